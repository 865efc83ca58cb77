"""W3C Web Annotation: JSON-LD with selectors of places and quotations; also as Hypothesis gives it out."""

from __future__ import annotations

import contextlib
import json
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import unquote

from qda.errors import BadFileError, QdaError
from qda.io.refi.items import BARE
from qda.io.tools.assembly import Assembly, Item, Marked, Noted, Text
from qda.io.tools.beside import Beside, read_text_file
from qda.io.tools.finding import Finder, nearest
from qda.io.tools.known_texts import KnownTexts
from qda.io.tools.places import Places, Quoted
from qda.io.tools.writing.web_annotation import GENERATOR
from qda.model.paths import join_path, split_path

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterator
    from pathlib import Path

    from qda.io.tools.asked import Asked
    from qda.model.project import Project

_HEAD = 1 << 16
_SIGNS = (b"anno.jsonld", b"TextQuoteSelector", b"TextPositionSelector")
_CODES = ("tagging", "classifying", "identifying")
_LONGEST_NAME = 100


class _Annotation(NamedTuple):
    """An annotation: its document, its place and quotation, the words around it, codes, notes, who and when.

    `address` is where the text of the document is found, where that is not its name.
    """

    source: str
    address: str
    place: Quoted | None
    quote: str
    before: str
    after: str
    codes: tuple[str, ...]
    notes: tuple[str, ...]
    user: str
    at: str
    whole: bool


def is_web_annotation(path: Path) -> bool:
    """Whether a file holds Web Annotations."""
    try:
        if path.suffix.casefold() not in (".json", ".jsonld") or not path.is_file():
            return False
        with path.open("rb") as stream:
            head = stream.read(_HEAD)
    except OSError:
        return False
    return any(sign in head for sign in _SIGNS)


@contextlib.contextmanager
def open_web_annotation(path: Path, asked: Asked) -> Iterator[Project]:
    """Annotations of texts that are sources of the study, or lie beside the file.

    Raises:
        BadFileError: It is no JSON, or holds no annotations.
    """
    yield _Reading(path, asked).project()


class _Reading:
    """One file on its way in."""

    def __init__(self, path: Path, asked: Asked) -> None:
        self._assembly = Assembly("web annotation", path.stem, "", asked)
        self._known = KnownTexts(asked)
        self._beside = Beside(path.parent)
        try:
            found = json.loads(read_text_file(path).text)
        except (ValueError, RecursionError) as error:
            line = getattr(error, "lineno", None)
            raise BadFileError(str(path), "it is no JSON, or damaged", line=line) from None
        self._all = [one for value in _annotations(found) for one in _read(value)]
        ours = isinstance(found, dict) and _name(found.get("generator")) == GENERATOR
        self._names = split_path if ours else _flat
        if not self._all:
            raise BadFileError(str(path), "there are no annotations in it")
        self._texts: dict[str, tuple[Hashable, str]] = {}

    def project(self) -> Project:
        """The project as plain values; its items are read as they are asked for."""
        assembly = self._assembly
        for name, address in {one.source: one.address for one in self._all}.items():
            self._source(name, address)
        for code in dict.fromkeys(code for one in self._all for code in one.codes):
            self._code(code)
        assembly.project.codes = assembly.codes.build()
        assembly.project.items = self._items
        return assembly.project

    def _code(self, code: str) -> None:
        """Add a code; where it is written as a path, the codes above it too."""
        try:
            names = self._names(code)
        except QdaError:
            names = (code,)
        above = None
        for number, name in enumerate(names, 1):
            key = code if number == len(names) else join_path(names[:number])
            self._assembly.codes.add(key, name, above)
            above = key

    def _source(self, name: str, address: str) -> None:
        """Find the text of a document: that of a source of the study, else a file beside this one."""
        if known := self._known.find(name):
            self._texts[name] = known.uid, self._known.add(self._assembly, known)
        elif read := self._beside.read(name) or (self._beside.read(unquote(address)) if address else None):
            load = partial(_same, read)
            self._assembly.source(name, name, load, apart=read.text)
            self._texts[name] = name, read.text
        else:
            count = sum(one.source == name for one in self._all)
            self._assembly.project.said.append(
                f"'{name}': its text is neither in the study nor beside the file; left out: {count} of its annotations"
            )

    def _items(self) -> Iterator[Item]:
        assembly = self._assembly
        for name, (key, text) in self._texts.items():
            found = [one for one in self._all if one.source == name]
            places = Places(text, [one.place._replace(words=one.quote) for one in found if one.place])
            ours, finder = Places(places.text), Finder(places.text)
            for one in found:
                place = _place(one, places, finder)
                if place is None:
                    assembly.gone("annotations whose words are not in their text")
                    continue
                codes = one.codes
                memo = "\n\n".join(one.notes)
                yield from assembly.coded(
                    ours,
                    [
                        Marked(key, code, one.user, place, one.at, memo if number == 0 else "")
                        for number, code in enumerate(codes)
                    ],
                )
                if not codes and one.whole:
                    yield from assembly.memo("source", key, memo, one.user, at=one.at)
                elif not codes:
                    yield from assembly.noted(key, ours, [Noted(one.user, place, memo or BARE, one.at)])
        assembly.close()


def _flat(code: str) -> tuple[str, ...]:
    return (code,)


def _same(read: Text) -> Text:
    return read


def _place(one: _Annotation, places: Places, finder: Finder) -> Quoted | None:
    """Where an annotation stands: where its place says, if its words are there, else where these are found."""
    if one.whole:
        return Quoted(0, len(places.text))
    span = places.span(one.place) if one.place else None
    if span is not None and (not one.quote or finder.text[span.start : span.end] == one.quote):
        return Quoted(span.start, span.end)
    found = finder.between(finder.places(one.quote), one.before, one.after) if one.quote else []
    if not found:
        return None
    return Quoted(*(nearest(found, span.start) if span else found[0]))


def _annotations(value: Any) -> Iterator[dict[str, Any]]:
    """The annotations in a value: one, a list, a collection, its pages, or the rows of Hypothesis."""
    queue = [value]
    for one in queue:
        if isinstance(one, list):
            queue += one
        elif isinstance(one, dict):
            parts = [one[key] for key in ("items", "rows", "first", "@graph") if isinstance(one.get(key), list | dict)]
            queue += parts
            if not parts and "target" in one:
                yield one


def _read(value: dict[str, Any]) -> Iterator[_Annotation]:
    """An annotation once for each of its targets."""
    codes, notes = _bodies(value)
    user = _name(value.get("creator") or value.get("user"))
    at = _word(value.get("created"))
    for target in _listed(value["target"]):
        source = target.get("source", target.get("id", "")) if isinstance(target, dict) else target
        address = _word(source.get("id")) if isinstance(source, dict) else ""
        selectors = _listed(target.get("selector")) if isinstance(target, dict) else []
        place, quote, before, after = None, "", "", ""
        for selector in selectors:
            if not isinstance(selector, dict):
                continue
            start, end = selector.get("start"), selector.get("end")
            if "TextPosition" in str(selector.get("type")) and isinstance(start, int) and isinstance(end, int):
                place = Quoted(start, end)
            elif "TextQuote" in str(selector.get("type")):
                quote, before, after = (_word(selector.get(key)) for key in ("exact", "prefix", "suffix"))
        yield _Annotation(_name(source), address, place, quote, before, after, codes, notes, user, at, not selectors)


def _bodies(value: dict[str, Any]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The codes and the notes of an annotation."""
    codes = [_word(tag) for tag in _listed(value.get("tags"))]
    notes = [_word(value["text"])] if isinstance(value.get("text"), str) else []
    motivation = {str(one).rpartition(":")[2] for one in _listed(value.get("motivation"))}
    for body in (*_listed(value.get("body")), *_listed(value.get("bodyValue"))):
        if isinstance(body, dict):
            said = body.get("value", body.get("label", body.get("source", body.get("id", ""))))
            words = _name(said)
            purpose = {str(one).rpartition(":")[2] for one in _listed(body.get("purpose"))} or motivation
        else:
            words, purpose = _word(body), motivation
        short = len(words) <= _LONGEST_NAME and "\n" not in words
        if purpose & set(_CODES) or (not purpose and short):
            codes.append(words)
        elif words.strip():
            notes.append(words)
    named = [code for code in codes if code.strip()]
    return tuple(dict.fromkeys(named)), tuple(note for note in notes if note.strip())


def _listed(value: Any) -> list[Any]:
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def _name(value: Any) -> str:
    """What somebody or something is called."""
    while isinstance(value, list):
        value = value[0] if value else ""
    if isinstance(value, dict):
        value = next((value[key] for key in ("name", "nickname", "label", "id") if value.get(key)), "")
    return _word(value)


def _word(value: Any) -> str:
    """A value as text; half a character, which JSON can hold, becomes a question mark."""
    return str("" if value is None else value).encode("utf-8", "replace").decode()
