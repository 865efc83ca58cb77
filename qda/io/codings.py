"""Codings as JSON lines: one coding a line, in a fixed order, in plain ASCII."""

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from datetime import datetime
from json.encoder import encode_basestring_ascii as quoted
from typing import TYPE_CHECKING, Any

from qda.errors import BadFileError, WrongLinesError
from qda.model.nouns import LAYERS, coding_uid, uid_of
from qda.store.coding_lines import CodingRow

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from qda.model.nouns import Coding
    from qda.store import Study

SHOWN = 5
_EXAMPLE = '{"source": "...", "code": "...", "coder": "...", "start": 0, "end": 9}'

_TYPES: dict[str, tuple[type, ...]] = {
    **dict.fromkeys(("source", "code", "coder"), (str,)),
    **dict.fromkeys(("start", "end"), (int,)),
    **dict.fromkeys(("id", "text", "memo", "at", "origin", "layer"), (str,)),
    "weight": (float, int),
}
_NEEDED = ("source", "code", "coder", "start", "end")


class LineError(ValueError):
    """What is wrong with one line."""


@dataclass(frozen=True, slots=True)
class CodingFile:
    """The codings of a file, and how many of their ids are no UUIDs and were turned into some."""

    rows: list[CodingRow]
    turned_ids: int


def parse_codings(lines: str | Iterable[str], file: str) -> CodingFile:
    """Read codings; empty lines are skipped.

    An `id` is a UUID in any usual form. Any other one becomes the UUIDv5 of its words in our own namespace
    (`CODING_IDS`), so that the same id is the same coding each time; `turned_ids` says how many did.

    Raises:
        BadFileError: Lines are wrong; the sentence names them all by number (the first five with what is
            wrong in them).
    """
    rows: list[CodingRow] = []
    objects = Objects(_TYPES, _NEEDED)
    problems = Problems(file)
    turned: set[bytes] = set()
    for number, line in full_lines(lines, file, _EXAMPLE):
        try:
            rows.append(_row(number, objects.read(line), turned))
        except LineError as problem:
            problems.add(number, str(problem))
    problems.refuse()
    return CodingFile(rows, len(turned))


def _row(number: int, entry: dict[str, Any], turned: set[bytes]) -> CodingRow:
    """The coding that an object says."""
    if entry["start"] < 0 or entry["end"] < 0:
        raise LineError(f"'start' and 'end' are counted from 0, not {entry['start']} and {entry['end']}")
    uid = entry.get("id")
    if uid is not None:
        uid = uid_of(uid) or _turned(uid, turned)
    weight = entry.get("weight")
    if weight is not None:
        weight = _weight(weight)
    at = entry.get("at", "")
    if at:
        need_moment(at)
    layer = entry.get("layer", LAYERS[0])
    if layer not in LAYERS:
        raise LineError(f"the layer {shown(layer)} is not one of {', '.join(LAYERS)}")
    return CodingRow(
        number,
        entry["source"],
        entry["code"],
        entry["coder"],
        entry["start"],
        entry["end"],
        uid,
        entry.get("text"),
        entry.get("memo", ""),
        weight,
        at,
        entry.get("origin", "human"),
        layer,
    )


def _turned(word: str, turned: set[bytes]) -> bytes:
    uid = coding_uid(word)
    turned.add(uid)
    return uid


def _weight(weight: float) -> float:
    try:
        number = float(weight)
    except OverflowError:
        number = math.inf
    if not math.isfinite(number):
        raise LineError("'weight' is too large")
    return number


def write_codings(study: Study, codings: Iterable[Coding] | None = None) -> Iterator[str]:
    """Lines (with their ends) for codings, by default all that the current coder may see.

    They are sorted by source, start, end, code, coder and id; one text is held at a time.
    """
    paths = {code.key: code.path for code in study.codebook.tree().codes}
    coders = {coder.key: coder.name for coder in study.coders.all()}
    memos = study.memos.of_codings()
    chosen: dict[int, list[Coding]] | None = None
    if codings is not None:
        chosen = {}
        for coding in codings:
            chosen.setdefault(coding.source, []).append(coding)
    for source in study.sources.all():
        here = study.codings.all(source.key) if chosen is None else chosen.get(source.key, ())
        keyed = sorted((c.start, c.end, paths[c.code], coders[c.coder], c.uid, c) for c in here)
        if keyed:
            text = study.sources.text(source.key)
            for *_, path, coder, _, coding in keyed:
                memo = memos.get(coding.key, "")
                yield _line(coding, (source.name, path, coder), text[coding.start : coding.end], memo)


def _line(coding: Coding, names: tuple[str, str, str], text: str, memo: str) -> str:
    source, code, coder = names
    return (
        f'{{"source": {quoted(source)}, "code": {quoted(code)}, "coder": {quoted(coder)}, '
        f'"start": {coding.start}, "end": {coding.end}, "id": "{coding.uid}", "text": {quoted(text)}'
        + (f', "memo": {quoted(memo)}' if memo else "")
        + (f', "weight": {coding.weight!r}' if coding.weight is not None else "")
        + f', "at": {quoted(coding.at)}, "origin": {quoted(coding.origin)}'
        + (f', "layer": {quoted(coding.layer)}' if coding.layer != LAYERS[0] else "")
        + "}\n"
    )


class Problems:
    """What is wrong with the lines of a file, refused together."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.count = 0
        self._shown: list[tuple[int, str]] = []

    def add(self, line: int, problem: str) -> None:
        """Note what is wrong with a line."""
        self.count += 1
        if len(self._shown) < SHOWN:
            self._shown.append((line, problem))

    def refuse(self) -> None:
        """Refuse the file if anything is wrong.

        Raises:
            BadFileError: Something is.
        """
        if self.count:
            raise WrongLinesError(self._shown, self.count - len(self._shown)).of(self.file)


def full_lines(lines: str | Iterable[str], file: str, example: str) -> Iterator[tuple[int, str]]:
    """The lines that are not empty, with their numbers and without the white space around them.

    Only a line feed ends a line of JSON.

    Raises:
        BadFileError: The first line is none of JSON lines: this is another kind of file.
    """
    if isinstance(lines, str):
        lines = lines.removeprefix("\ufeff").split("\n")
    begun = False
    for number, given in enumerate(lines, 1):
        line = given.strip(" \t\r\n")
        if line:
            if not begun and line[0] != "{":
                raise BadFileError(file, f"this is no file of JSON lines; each line is as {example}", line=number)
            begun = True
            yield number, line


def _no_number(word: str) -> float:
    raise LineError(f"{word} is no number in JSON; leave it out")


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        keys = [key for key, _ in pairs]
        raise LineError(f"the key {shown(next(key for key in keys if keys.count(key) > 1))} stands twice")
    return found


_plain = json.JSONDecoder(parse_constant=_no_number).raw_decode
_careful = json.JSONDecoder(parse_constant=_no_number, object_pairs_hook=_unique).raw_decode


class Objects:
    """Reads lines that hold one JSON object each, with known keys and types; no key may stand twice.

    Good keys are kept with their types and with the number of quotes that stand around keys and words: a
    line that has as many holds nothing else, and any other line is read once more with care.
    """

    def __init__(self, types: Mapping[str, tuple[type, ...]], needed: tuple[str, ...]) -> None:
        self.types = types
        self.needed = needed
        self._good: dict[tuple[str, ...], tuple[list[type], int]] = {}

    def read(self, line: str) -> dict[str, Any]:
        """The object in a line; its strings are not empty and can be written as UTF-8.

        Raises:
            LineError: It is something else.
        """
        entry, end = _decoded(_plain, line)
        if type(entry) is not dict:
            raise LineError("this is no JSON object; write one {…} on each line")
        if end != len(line):
            raise LineError(f"something stands behind the object, at character {end + 1}")
        values = entry.values()
        if ([*map(type, values)], line.count('"')) != self._good.get(tuple(entry)):
            self._look_closely(line, entry)
        if "" in values:
            key = next(key for key in entry if entry[key] == "")
            raise LineError(f"'{key}' is empty" + ("" if key in self.needed else "; leave it out"))
        if "\\u" in line and ("\\ud" in line or "\\uD" in line):
            _refuse_surrogates(entry)
        return entry

    def _look_closely(self, line: str, entry: dict[str, Any]) -> None:
        _decoded(_careful, line)
        check_types(entry, self.types, self.needed)
        types = [*map(type, entry.values())]
        self._good[tuple(entry)] = (types, 2 * (len(types) + types.count(str)))


def check_types(entry: dict[str, Any], types: Mapping[str, tuple[type, ...]], needed: tuple[str, ...]) -> None:
    """Refuse an object with an unknown or missing key, or with a value of the wrong type.

    Raises:
        LineError: It is such an object.
    """
    for key in entry:
        if key not in types:
            raise LineError(f"the key {shown(key)} is unknown; keys are {', '.join(types)}")
    for key in needed:
        if key not in entry:
            raise LineError(f"'{key}' is missing")
    for key, value in entry.items():
        if type(value) not in types[key]:
            raise LineError(f"'{key}' must be {_KINDS[types[key][0]]}, not {shown(value)}")


_DAMAGE = {
    "Expecting ','": "a comma or the end of the object is missing",
    "Expecting ':'": "a colon is missing",
    "Expecting property name": "a key in double quotes is missing",
    "Expecting value": "a value is missing",
    "Illegal trailing comma": "a comma stands before the end",
    "Unterminated string": "a text begins without an end",
    "Invalid control character": "a tab or another control character stands",
    "Invalid \\": "a backslash stands alone (write two)",
}
_KINDS = {str: "a string", int: "a whole number", float: "a number", dict: "an object {…}", bool: "true"}


def _decoded(decode: Callable[[str], tuple[Any, int]], line: str) -> tuple[Any, int]:
    try:
        return decode(line)
    except json.JSONDecodeError as error:
        problem = next((ours for theirs, ours in _DAMAGE.items() if error.msg.startswith(theirs)), "it is damaged")
        raise LineError(f"this is no JSON: {problem} at character {error.pos + 1}") from None
    except RecursionError:
        raise LineError("this is no JSON that can be read: it is nested too deeply") from None
    except LineError:
        raise
    except ValueError:
        raise LineError("a number in it is too long") from None


def _refuse_surrogates(entry: dict[str, Any]) -> None:
    try:
        json.dumps(entry, ensure_ascii=False).encode("utf-8")
    except UnicodeEncodeError:
        raise LineError("half a character (a lone surrogate) stands in it; write the file as UTF-8") from None


def need_moment(word: str) -> None:
    """Refuse what is neither a date nor a date with a time.

    Raises:
        LineError: It is not.
    """
    try:
        datetime.fromisoformat(word)
    except ValueError:
        pass
    else:
        if len(word) <= len("2024-11-04") or word[10] in "T " or word[8] == "T":
            return
    raise LineError(f"'at' must be a date or time as in 2024-11-04 or 2024-11-04T10:00:00Z, not {shown(word)}")


def shown(value: object) -> str:
    """A value as a sentence shows it, cut short."""
    word = repr(value) if isinstance(value, str) else json.dumps(value)
    return word if len(word) <= 40 else word[:39] + "…"
