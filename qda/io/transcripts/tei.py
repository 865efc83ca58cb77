"""Transcribed speech in TEI (also ISO 24624): utterances with their speakers and times."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from qda.errors import BadFileError
from qda.io.transcripts.pieces import on_lines, told

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qda.io.transcripts.pieces import Told

_ROOT = re.compile(r"<(?:[A-Za-z_][\w.-]*:)?TEI(?:Corpus)?[\s>]", re.IGNORECASE)
_SPEECH = re.compile(r"<(?:[A-Za-z_][\w.-]*:)?u[\s>]")
_DECLARED = re.compile(r"\A\s*<\?xml[^>]*\?>")
_HEAD = 8192
_ID = "{http://www.w3.org/XML/1998/namespace}id"
# Remarks and analyses beside what was said, and the second spelling where there are two.
_LEFT_OUT = {"note", "spanGrp", "span", "fs", "reg", "corr", "expan", "figDesc"}
_BLOCKS = {"annotationBlock", "u"}
_CLOCK = re.compile(r"(?:\d{4}-\d\d-\d\dT)?(\d{1,3}):(\d\d):(\d\d)(?:[.,](\d{1,3})\d*)?")
_NUMBER = re.compile(r"\d{1,12}(?:\.\d{1,12})?")
_UNITS = {"s": 1000.0, "ms": 1.0, "min": 60_000.0, "h": 3_600_000.0}
_SPACE = re.compile(r"\s+")


def is_tei(text: str) -> bool:
    """Whether a text is TEI with utterances."""
    return text.lstrip()[:1] == "<" and bool(_ROOT.search(text[:_HEAD])) and bool(_SPEECH.search(text))


def read_tei(text: str, file: str, speakers: str | frozenset[str]) -> Told:
    """The utterances of a TEI file, one a line, with the speakers' names from its list of persons.

    Notes, analyses and normalised spellings are left out; what somebody describes (`<desc>`) stands in brackets.

    Raises:
        BadFileError: The XML is damaged, declares entities, or nothing is said in it.
    """
    root = _parsed(text, file)
    names, times = dict(_names(root)), _times(root)
    spoken = (one for one in root.iter() if _name(one) == "u" and not _within(one))
    said = [_utterance(one, names, times) for one in spoken]
    return told(on_lines(said), file, speakers, empty="nobody says a word in it (its <u> are empty)")


def _parsed(text: str, file: str) -> Any:
    from lxml import etree

    if "<!ENTITY" in text:
        raise BadFileError(file, "it declares entities, which may hide anything; save it with their text in place")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, remove_pis=True)
    try:
        root = etree.fromstring(_DECLARED.sub("", text).encode("utf-8"), parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        line = getattr(error, "lineno", None)
        raise BadFileError(file, "this TEI file is damaged or cut short; export it again", line=line) from None
    if any(one.tag is etree.Entity for one in root.iter(etree.Entity)):
        raise BadFileError(file, "it uses entities that it does not explain; save it with their text in place")
    return root


def _name(element: Any) -> str:
    """The name of an element whatever its vocabulary, nothing for comments."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def _names(root: Any) -> Iterator[tuple[str, str]]:
    """The name of each person by its identity: a name that is written, else the name that is an attribute."""
    for person in root.iter():
        if _name(person) not in {"person", "personGrp", "participant"} or not person.get(_ID):
            continue
        inside = {_name(one): " ".join("".join(one.itertext()).split()) for one in reversed(list(person.iter()))}
        parts = [inside.get("forename") or inside.get("givenName", ""), inside.get("surname", "")]
        parts[1] = parts[1] or inside.get("familyName", "")
        written = inside.get("persName") or inside.get("name") or ""
        full = " ".join(filter(None, parts))
        yield person.get(_ID), full or written or person.get("n") or person.get(_ID)


def _times(root: Any) -> dict[str, int]:
    """Each point of the timelines in milliseconds; one that is told from another counts from that."""
    told_times: dict[str, tuple[str, float]] = {}
    for line in (one for one in root.iter() if _name(one) == "timeline"):
        factor = _UNITS.get(line.get("unit") or "s", 1000.0)
        origin = (line.get("origin") or "").lstrip("#")
        for when in (one for one in line if _name(one) == "when" and one.get(_ID)):
            interval, clock = when.get("interval") or "", _CLOCK.fullmatch(when.get("absolute") or "")
            since = (when.get("since") or "").lstrip("#")
            if _NUMBER.fullmatch(interval):
                own = _UNITS.get(when.get("unit") or "", factor)
                told_times[when.get(_ID)] = ("" if since in (origin, when.get(_ID)) else since, float(interval) * own)
            elif clock:
                hours, minutes, seconds, fraction = clock.groups()
                whole = (int(hours) * 60 + int(minutes)) * 60 + int(seconds)
                told_times[when.get(_ID)] = ("", whole * 1000.0 + int((fraction or "0").ljust(3, "0")))
    return {point: round(found) for point in told_times if (found := _since(point, told_times)) is not None}


def _since(point: str, told_times: dict[str, tuple[str, float]]) -> float | None:
    """The time of a point from the start of the recording; a point that nobody explains is the start."""
    total, seen = 0.0, set[str]()
    while point in told_times:
        if point in seen:
            return None
        seen.add(point)
        point, more = told_times[point]
        total += more
    return total


def _within(one: Any) -> bool:
    """Whether an utterance is a part of another, whose words it has."""
    return any(_name(parent) == "u" for parent in one.iterancestors())


def _utterance(one: Any, names: dict[str, str], times: dict[str, int]) -> tuple[str, str | None, int | None]:
    """Words, speaker and time of an utterance; where it does not say who or when, the block around it does."""
    around = [one, *(parent for parent in one.iterancestors() if _name(parent) in _BLOCKS)]
    who = next((found for element in around if (found := element.get("who"))), "")
    points = [element.get("start") or "" for element in around]
    points += [anchor.get("synch") or "" for anchor in one.iter() if _name(anchor) == "anchor"][:1]
    time = next((times[point.lstrip("#")] for point in points if point.lstrip("#") in times), None)
    voices = [names.get(word.rpartition("#")[2], word.rpartition("#")[2]) for word in who.split()]
    return _SPACE.sub(" ", "".join(_words(one))), ", ".join(voices) or None, time


def _words(parent: Any) -> Iterator[str]:
    """What is said: words that are marked one by one are parted by a space, their punctuation is not."""
    yield parent.text or ""
    for child in parent:
        name = _name(child)
        if name == "w":
            yield " "
        if name == "desc":
            yield f"({''.join(child.itertext()).strip()})"
        elif name == "lb":
            yield " "
        elif name and name not in _LEFT_OUT:
            yield from _words(child)
        tail = child.tail or ""
        following = child.getnext()
        glued = not tail.strip() and following is not None and _name(following) == "pc"
        yield "" if glued else tail
