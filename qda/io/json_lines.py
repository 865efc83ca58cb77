"""JSON lines: one object a line with known keys and types, and all that is wrong in a file said together."""

from __future__ import annotations

import json
from datetime import datetime
from typing import TYPE_CHECKING, Any

from qda.errors import BadFileError, WrongLinesError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

SHOWN = 5


class LineError(ValueError):
    """What is wrong with one line."""


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
