"""The lines of a page of a PDF as they are read, where some of it is written from right to left."""

from __future__ import annotations

import re
from itertools import groupby, pairwise
from typing import TYPE_CHECKING, Any, NamedTuple
from unicodedata import normalize

if TYPE_CHECKING:
    from collections.abc import Iterator

_RIGHT = "\u0590-\u065f\u066e-\u06ef\u06fa-\u08ff\ufb1d-\ufefc"
_DIGITS = "[\u0660-\u0669\u06f0-\u06f9]"
_NUMBER = re.compile(f"{_DIGITS}+(?:[.,/\u066b\u066c]{_DIGITS}+)*")
_IS_RIGHT = re.compile(f"[{_RIGHT}]")
_SHAPES = re.compile("[\ufb50-\ufbff\ufe70-\ufefc]")  # as drawn within a word; no search would find them
_BRACKETS = str.maketrans("()[]{}«»", ")(][}{»«")
_OPENING, _CLOSING = "([{«", ")]}»"
_LOOSE = re.compile(r"(?<=[(\[{«]) +| +(?=[)\]}».,:;!?،؛؟])| +(?= )")
_AHEAD = re.compile(rf"([.,:;!?،؛؟]+)([{_RIGHT}].*?)(\s*)", re.DOTALL)


class _Piece(NamedTuple):
    """Words that were drawn in one go, and how far to the right they begin."""

    words: str
    place: float


def lines_of(page: Any) -> list[str]:
    """The lines of a page, words and numbers of Arabic and Hebrew in the order in which they are read.

    pypdf gives each piece of a page as it is read, in the order in which they were drawn. Some programs draw the words
    of a line from left to right, whatever their letters; others as they are read.
    """
    pieces: list[_Piece] = []

    def hear(words: str, _: Any, matrix: list[float], *__: Any) -> None:
        pieces.append(_Piece(words, float(matrix[4])))

    words = page.extract_text()
    if not _IS_RIGHT.search(words):
        return str(words).split("\n")
    page.extract_text(visitor_text=hear)
    return [_as_read(line) for line in _lines(pieces)]


def _lines(pieces: list[_Piece]) -> Iterator[list[_Piece]]:
    """The pieces of each line."""
    line: list[_Piece] = []
    for piece in pieces:
        first, *others = piece.words.split("\n")
        line.append(piece._replace(words=first))
        for words in others:
            yield line
            line = [piece._replace(words=words)]
    yield line


def _as_read(line: list[_Piece]) -> str:
    """The words of a line; what was drawn from left to right and is read from right to left is turned round."""
    line = _turned(_in_letters([piece for piece in line if piece.words]))
    right = [number for number, piece in enumerate(line) if _IS_RIGHT.search(piece.words)]
    places = [line[number].place for number in right]
    drawn = len(places) > 1 and all(one < other for one, other in pairwise(places))
    words = [piece.words for piece in line]
    if not drawn:
        return "".join(words)
    start, end = right[0], right[-1] + 1
    if not any(map(_is_left, words)):
        start, end = 0, len(words)
    turned = "".join(_flipped(piece) if piece.strip().isdecimal() else piece for piece in words[start:end][::-1])
    brackets = [sign for sign in turned if sign in _OPENING + _CLOSING]
    if brackets and brackets[0] in _CLOSING:  # named by how they look, not by what they are
        turned = turned.translate(_BRACKETS)
    return "".join(words[:start]) + _LOOSE.sub("", turned) + "".join(words[end:])


def _in_letters(line: list[_Piece]) -> list[_Piece]:
    """The pieces in Arabic letters, not in their shapes, with numbers as they are read and signs behind their words.

    Where pypdf turns a piece that is read from right to left, it turns numbers in Arabic digits too, and sets the signs
    that end a sentence in front.
    """
    right = False
    put: list[_Piece] = []
    for piece in line:
        words = _SHAPES.sub(lambda found: normalize("NFKC", found[0]), piece.words)
        if _IS_RIGHT.search(words):
            right = True
        elif any(sign.isalnum() and not _NUMBER.match(sign) for sign in words):
            right = False
        if right:
            words = _NUMBER.sub(lambda found: found[0][::-1], words)
        if ahead := _AHEAD.fullmatch(words):
            words = ahead.expand(r"\2\1\3")
        put.append(_Piece(words, piece.place))
    return put


def _turned(line: list[_Piece]) -> list[_Piece]:
    """The pieces with those turned round that were drawn in one go from left to right and are read the other way."""
    put: list[_Piece] = []
    for _, drawn in groupby(line, key=lambda piece: (piece.place, _is_left(piece.words))):
        run = list(drawn)
        if len(run) > 1 and any(_IS_RIGHT.search(piece.words) for piece in run):
            run = [
                piece if _IS_RIGHT.search(piece.words) else piece._replace(words=_flipped(piece.words))
                for piece in run[::-1]
            ]
        put += run
    return put


def _is_left(words: str) -> bool:
    return any(sign.isalpha() and not _IS_RIGHT.match(sign) for sign in words)


def _flipped(piece: str) -> str:
    """A piece with the space around it on the other side."""
    words = piece.strip()
    before, behind = piece.split(words, 1) if words else ("", piece)
    return behind + words + before
