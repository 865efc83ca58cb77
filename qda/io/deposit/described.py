"""Metadata as archives read them: DDI-Codebook 2.5 and Dublin Core, both XML."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qda.io.refi.writing.xml import HEAD, Xml
from qda.version import __version__

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from qda.io.deposit.metadata import Metadata

_KIND = "Qualitative data: texts of interviews and other documents, with a codebook and codings"


def dublin_core(about: Metadata) -> str:
    """The study in simple Dublin Core, as OAI-PMH carries it; what nobody said is left out."""
    xml = Xml()
    told: list[tuple[str, Iterable[str]]] = [
        ("title", [about.title + (f": {about.subtitle}" if about.subtitle else "")]),
        ("creator", about.creators),
        ("subject", about.keywords),
        ("description", [about.abstract]),
        ("publisher", [about.publisher]),
        ("contributor", (*about.contributors, *about.funders)),
        ("date", [about.date]),
        ("type", ["Dataset"]),
        ("format", ["application/zip"]),
        ("identifier", [about.identifier]),
        ("language", about.languages),
        ("coverage", (*about.places, about.collected)),
        ("rights", (about.licence, about.access)),
    ]
    inside = [f"  {xml.plain(f'dc:{name}', value)}" for name, values in told for value in values if value]
    spaces = 'xmlns:oai_dc="http://www.openarchives.org/OAI/2.0/oai_dc/" xmlns:dc="http://purl.org/dc/elements/1.1/"'
    return f"{HEAD}<oai_dc:dc {spaces}>\n{''.join(inside)}</oai_dc:dc>\n"


def ddi(about: Metadata, files: Mapping[str, str], units: str) -> str:
    """The study as DDI-Codebook 2.5; what nobody said is left out.

    Args:
        about: What is said of it.
        files: The files of the package, each with what it holds.
        units: What the study counts, in a few words, as `16 sources, 30 persons`.
    """
    xml = Xml()
    title = [("titl", about.title), ("subTitl", about.subtitle), ("IDNo", about.identifier)]
    software = ("software", f"qda {__version__}")
    document = _tag("docDscr", _tag("citation", _within(xml, "titlStmt", title), _within(xml, "prodStmt", [software])))
    citation = _tag(
        "citation",
        _within(xml, "titlStmt", title),
        _within(xml, "rspStmt", _each("AuthEnty", about.creators) + _each("othId", about.contributors)),
        _within(
            xml,
            "prodStmt",
            [("copyright", about.licence), ("prodDate", about.date), software, *_each("fundAg", about.funders)],
        ),
        _within(xml, "distStmt", [("distrbtr", about.publisher), ("contact", about.contact)]),
        _within(xml, "verStmt", [("version", about.version)]),
    )
    method = [("sampProc", about.sampling), ("collMode", about.method)]
    access = [("restrctn", about.access), ("conditions", about.licence)]
    study = _tag(
        "stdyDscr",
        citation,
        _about_data(xml, about, units),
        _tag("method", _within(xml, "dataColl", method)),
        _tag("dataAccs", _within(xml, "useStmt", access)),
    )
    listed = [
        f'<fileDscr ID="F{number}" URI="{xml.value(name)}">\n'
        + _within(xml, "fileTxt", [("fileName", name), ("fileCont", said)])
        + "</fileDscr>\n"
        for number, (name, said) in enumerate(files.items(), 1)
    ]
    return "".join(
        [HEAD, '<codeBook xmlns="ddi:codebook:2_5" version="2.5">\n', document, study, *listed, "</codeBook>\n"]
    )


def _about_data(xml: Xml, about: Metadata, units: str) -> str:
    start, _, end = about.collected.partition("/")
    days = (("start", start), ("end", end)) if end else (("single", start),)
    collected = [xml.element("collDate", {"event": event, "date": day}) for event, day in days if day]
    told = [*_each("geogCover", about.places), ("anlyUnit", units), ("universe", about.population), ("dataKind", _KIND)]
    return _tag(
        "stdyInfo",
        _within(xml, "subject", _each("keyword", about.keywords)),
        xml.plain("abstract", about.abstract),
        _tag("sumDscr", *collected, *(xml.plain(name, words) for name, words in told)),
        xml.plain("notes", f"Languages: {', '.join(about.languages)}" if about.languages else ""),
    )


def _each(name: str, values: Iterable[str]) -> list[tuple[str, str]]:
    return [(name, value) for value in values]


def _within(xml: Xml, name: str, told: Iterable[tuple[str, str]]) -> str:
    return _tag(name, *(xml.plain(inner, words) for inner, words in told))


def _tag(name: str, *inside: str) -> str:
    """An element around others, nothing where there are none."""
    words = "".join(inside)
    return f"<{name}>\n{words}</{name}>\n" if words else ""
