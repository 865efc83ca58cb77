"""Codes as elements, and codebook files (`.qdc`) out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qda.errors import QdaError
from qda.io.refi.codes import described, description, told
from qda.io.refi.keeping import kept_of
from qda.io.refi.writing.kept import written
from qda.io.refi.writing.xml import HEAD
from qda.model.codebook import CodeEntry
from qda.model.nouns import id_of
from qda.model.project import CODABLE, COLOUR, Left
from qda.version import __version__

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from qda.io.refi.writing.xml import Xml
    from qda.model.project import Project, ProjectCode

_ROOT = (
    '<CodeBook xmlns="urn:QDA-XML:codebook:1.0" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'
    ' xsi:schemaLocation="urn:QDA-XML:codebook:1.0 http://schema.qdasoftware.org/versions/Codebook/v1.0/Codebook.xsd"'
    ' origin="{origin}">\n'
)
_STAYS = "stay in the study"


def codes_xml(codes: Sequence[ProjectCode], xml: Xml, notes: Mapping[bytes | None, Sequence[bytes]]) -> Iterator[str]:
    """The tree of codes in pieces; `notes` are the notes about each."""
    children: dict[bytes | None, list[ProjectCode]] = {}
    for one in codes:
        children.setdefault(one.parent, []).append(one)
    yield "<Codes>\n"
    stack: list[Iterator[ProjectCode]] = [iter(children.get(None, ()))]
    while stack:
        code = next(stack[-1], None)
        if code is None:
            stack.pop()
            yield "</Code>\n" if stack else "</Codes>\n"
            continue
        colour = code.entry.extra.get(COLOUR, "")
        attrs = {
            "guid": id_of(code.guid),
            "name": code.entry.name,
            "isCodable": "false" if code.entry.extra.get(CODABLE) == "false" else "true",
            "color": colour if isinstance(colour, str) else "",
        }
        yield "<Code" + "".join(f' {name}="{xml.value(value)}"' for name, value in attrs.items() if value) + ">\n"
        yield xml.plain("Description", description(code.entry))
        yield from (f'<NoteRef targetGUID="{id_of(note)}"/>\n' for note in notes.get(code.guid, ()))
        stack.append(iter(children.get(code.guid, ())))


def codebook_file(project: Project, xml: Xml) -> str:
    """The codes of a project as a codebook file, with the sets of codes that were kept.

    Raises:
        QdaError: There are no codes.
    """
    if not project.codes:
        raise QdaError("there are no codes in the study, so there is nothing to write")
    parts = [HEAD, _ROOT.format(origin=f"qda {__version__}"), *codes_xml(project.codes, xml, {})]
    known = {code.guid for code in project.codes}
    sets = [written(node, guid, xml, known, book=True) for guid, node in kept_of(project.kept, "set")]
    if any(sets):
        parts += ["<Sets>\n", *sets, "</Sets>\n"]
    return "".join([*parts, "</CodeBook>\n"])


def lost_of_codes(codes: Sequence[ProjectCode]) -> list[Left]:
    """What REFI-QDA cannot say of codes."""
    entries = [code.entry for code in codes]
    counts = {
        "codes with labels in other languages": [entry for entry in entries if entry.labels],
        "codes with aliases": [entry for entry in entries if entry.aliases],
        "codes with an origin other than a-priori": [one for one in entries if one.origin not in ("", "a-priori")],
        "codes with rules of their family (ordinal, exclusive, moment, outside)": [
            one for one in entries if one.ordinal or one.exclusive or one.moment or one.outside
        ],
        "codes with patterns": [entry for entry in entries if entry.patterns],
        "codes with notes of yours under x:": [one for one in entries if set(one.extra) - {COLOUR, CODABLE}],
        "codes whose include, exclude or example could not be told apart again": [
            one for one in entries if not _whole(one)
        ],
    }
    return [
        Left(what, len(found), f"{_STAYS}; 'qda codebook export' writes them")
        for what, found in counts.items()
        if found
    ]


def _whole(entry: CodeEntry) -> bool:
    """Whether the description says all words of a code."""
    return told(described(CodeEntry(entry.name), description(entry))) == told(entry)
