"""Folded text for searching: sees through case, line breaks, line-end hyphens and spelling of accents.

A fold never changes the stored text; it carries a map back to the original code points. Folded are: case
(`str.casefold`), runs of white space to one space, a hyphen at a line's end between letters, soft hyphens,
decomposed accents (NFC), typographic quotes and apostrophes.
"""

from __future__ import annotations

import re
import sys
import unicodedata
from array import array
from bisect import bisect_right
from dataclasses import dataclass

_QUOTES = {"’": "'", "‘": "'", "ʼ": "'", "“": '"', "”": '"', "„": '"'}
_CLUSTER = re.compile(r"(?P<space>\s+)|(?P<soft>\u00ad)|(?P<plain>[!-~]+)|(?P<other>.)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Folded:
    """A folded text with its map: `marks` holds the places where the two drift apart.

    The first half of `marks` are places in the folded text, the second half the original places that belong
    to them; between two marks both advance together.
    """

    text: str
    marks: array[int]

    def original(self, place: int) -> int:
        """The original place of the character at a place of the folded text."""
        half = len(self.marks) // 2
        number = bisect_right(self.marks, place, 0, half) - 1
        return self.marks[half + number] + place - self.marks[number]


def _marks(pairs: list[tuple[int, int]]) -> array[int]:
    """Pairs as one array: first all folded places (for bisecting), then all original ones."""
    return array("I", [pair[0] for pair in pairs] + [pair[1] for pair in pairs])


def marks_to_bytes(marks: array[int]) -> bytes:
    """The map as bytes, little end first on every machine."""
    if sys.byteorder == "big":
        marks = array("I", marks)
        marks.byteswap()
    return marks.tobytes()


def marks_from_bytes(data: bytes) -> array[int]:
    """The map from its bytes."""
    marks = array("I")
    marks.frombytes(data)
    if sys.byteorder == "big":
        marks.byteswap()
    return marks


def fold(text: str) -> Folded:
    """Fold a text, line by line: most lines need only a change of case."""
    parts: list[str] = []
    pairs: list[tuple[int, int]] = [(0, 0)]
    size = 0  # characters of folded text so far
    start = 0  # where the line begins in the original
    breaks = 0  # line ends since the last word
    for line in text.split("\n"):
        words, inner = _fold_line(line)
        if words:
            if size and parts[-1].endswith("-") and breaks == 1 and _joins(parts[-1], words):
                parts[-1] = parts[-1][:-1]
                size -= 1
            elif size:
                parts.append(" ")
                pairs.append((size, start - 1))
                size += 1
            pairs.extend((size + folded, start + original) for folded, original in inner)
            parts.append(words)
            size += len(words)
            breaks = 0
        start += len(line) + 1
        breaks += 1
    return Folded("".join(parts), _marks(pairs))


def _joins(before: str, after: str) -> bool:
    return len(before) > 1 and before[-2].isalpha() and after[0].isalpha()


def _fold_line(line: str) -> tuple[str, list[tuple[int, int]]]:
    """A line's folded words and where they drift from it."""
    words = line.strip()
    if not words:
        return "", []
    lead = line.index(words[0]) if line[0] != words[0] else 0
    if words.isascii():
        if "  " not in words and words.isprintable():
            return words.lower(), [(0, lead)]
    elif words.isprintable() and "  " not in words and unicodedata.is_normalized("NFC", words):
        folded = words.casefold()
        if len(folded) == len(words):
            for fancy, plain in _QUOTES.items():
                folded = folded.replace(fancy, plain)
            return folded, [(0, lead)]
    return _fold_slowly(words, lead)


def _fold_slowly(words: str, lead: int) -> tuple[str, list[tuple[int, int]]]:
    """Fold a line that holds runs of space, soft hyphens, accents apart or letters that grow in folding."""
    parts: list[str] = []
    pairs: list[tuple[int, int]] = []
    size = 0
    at = 0
    while at < len(words):
        found = _CLUSTER.match(words, at)
        end = found.end() if found else at + 1
        kind = found.lastgroup if found else "other"
        if kind == "other" or (kind == "plain" and end < len(words) and unicodedata.combining(words[end])):
            if kind == "plain" and end - at > 1:
                end -= 1
            else:
                while end < len(words) and unicodedata.combining(words[end]):
                    end += 1
        piece = words[at:end]
        folded = " " if kind == "space" else "" if kind == "soft" else _fold_piece(piece)
        if len(folded) == len(piece):
            pairs.append((size, lead + at))
        else:
            pairs.extend((size + i, lead + at + min(i, len(piece) - 1)) for i in range(len(folded)))
        parts.append(folded)
        size += len(folded)
        at = end
    return "".join(parts), pairs


def _fold_piece(piece: str) -> str:
    folded = unicodedata.normalize("NFC", piece).casefold()
    for fancy, plain in _QUOTES.items():
        folded = folded.replace(fancy, plain)
    return folded


def find_folded(text: str, folded: Folded, query: str) -> list[tuple[int, int]]:
    """All places of a query in a text, as original half-open spans, one after another without overlap.

    A hyphen in the query also finds the hyphen at which the text broke a line.
    """
    wanted = fold(query).text
    if not wanted:
        return []
    spans = _hits(text, folded, wanted)
    if "-" in wanted[1:]:
        joined = re.sub(r"(?<=\w)-(?=\w)", "", wanted)
        bare = re.sub(r"\s+", "", wanted)
        for start, end in _hits(text, folded, joined):
            if "".join(fold(re.sub(r"\s+", "", text[start:end])).text.split()) == bare:
                spans.append((start, end))
        spans = sorted(set(spans))
    return spans


def _hits(text: str, folded: Folded, wanted: str) -> list[tuple[int, int]]:
    spans = []
    at = folded.text.find(wanted)
    while at >= 0:
        start = folded.original(at)
        end = folded.original(at + len(wanted) - 1) + 1
        while end < len(text) and unicodedata.combining(text[end]):
            end += 1
        spans.append((start, end))
        at = folded.text.find(wanted, at + len(wanted))
    return spans
