"""The lines of a page of a PDF as they are read, where some of it is written from right to left.

On paper, letters stand from left to right, whatever their script. pypdf turns what it takes for Arabic or Hebrew, piece
by piece, and loses the order of the pieces. Here its turning is taken back, the pieces are put in their places on the
line, and the whole line is turned by the rules by which it was laid out (Unicode Standard Annex 9), read backwards.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple
from unicodedata import category, normalize

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

_RIGHT = "\u0590-\u065f\u066e-\u06ef\u06fa-\u08ff\ufb1d-\ufdff\ufe70-\ufefc"
_DIGITS = "\u0660-\u0669\u06f0-\u06f9"
_IS_RIGHT = re.compile(f"[{_RIGHT}]")
_RIGHT_RUN = re.compile(f"[{_RIGHT}]+")
_IS_HEBREW = re.compile("[\u0590-\u05ff\ufb1d-\ufb4f]")
_MAY_BE_TURNED = re.compile(f"[{_RIGHT}{_DIGITS}]")
# What pypdf takes for neither direction, and so adds to the piece before.
_NEUTRAL = re.compile("[\x00-\x2f\x3a-\x40\u0660-\u066d\u06f0-\u06f9\u2000-\u206f\u20a0-\u21ff]")
_LEFT = f"[^\\W\\d_{_RIGHT}]"
_MONEY = "[%$\u00a3\u20aa\u20ac]?"
_WORDS = re.compile(f"[^\\W_{_RIGHT}{_DIGITS}](?:[^{_RIGHT}{_DIGITS}]*[^\\W_{_RIGHT}{_DIGITS}])?[\u0300-\u036f]*")
_STRETCH = re.compile(
    f"(?:[0-9.,:/]{{0,30}}[0-9]\\s{{1,3}}(?=[.,;:!?]{{1,5}}[{_RIGHT}]))?[.,;:!?([{{)\\]}}]{{0,5}}"
    f"[{_RIGHT}{_DIGITS}](?:(?:(?!{_LEFT}).)*[{_RIGHT}{_DIGITS}])?"
)
_NUMBER = re.compile(f"[0-9]+(?:[.,:/][0-9]+)*|[{_DIGITS}]+(?:[.,:/\u066b\u066c][{_DIGITS}]+)*")
_NUMBER_IN_HEBREW = re.compile(f"{_MONEY}[0-9]+(?:[.,:/+-][0-9]+)*{_MONEY}|{_NUMBER.pattern}")
_LABEL = re.compile(f"\\s*{_LEFT}[^:{_RIGHT}]{{0,30}}:")
_CLUSTER = re.compile(
    "[^\\s\u0590-\u08ff](?:[\u0300-\u036f\ufe0e\ufe0f\U0001f3fb-\U0001f3ff]|\u200d.)+|[\U0001f1e6-\U0001f1ff]{2}"
)
_START = re.compile("[.,;:!?]")  # on the left: the end of a line from right to left
_STOP = re.compile(f'[{_RIGHT}{_DIGITS}][\\s"”)]*[.,;:!?]+$')
_SHAPES = re.compile("[\ufb50-\ufbff\ufe70-\ufefc]")  # as drawn within a word; no search would find them
_OPENING, _CLOSING = "([{«‹", ")]}»›"
_BRACKETS = str.maketrans(_OPENING + _CLOSING, _CLOSING + _OPENING)
_SPACES = re.compile(" {2,}")


class _Piece(NamedTuple):
    """Words that were drawn in one go, and how far to the right they begin."""

    words: str
    place: float


class _Stretch(NamedTuple):
    """Words of a line as they are read, and whether they are read from right to left."""

    words: str
    right: bool


def lines_of(page: Any) -> list[str]:
    """The lines of a page, words and numbers of Arabic and Hebrew in the order in which they are read."""
    pieces: list[_Piece] = []

    def hear(words: str, _: Any, matrix: list[float], *__: Any) -> None:
        pieces.append(_Piece(words, float(matrix[4])))

    words = page.extract_text()
    if not _MAY_BE_TURNED.search(words):
        return str(words).split("\n")
    page.extract_text(visitor_text=hear)
    lines, right = [], False
    for words in map(_from_left, _lines(_as_drawn(pieces))):
        right = _is_right(words, before=right)
        lines.append(_as_read(words, right=right))
    mirrored = _are_mirrored(lines)
    return [_joined(line, mirrored=mirrored) for line in lines]


def _as_drawn(pieces: list[_Piece]) -> Iterator[_Piece]:
    """The pieces with their letters in the order in which they were drawn, which pypdf turned in some of them.

    It goes on from right to left until a letter of the other direction comes, and begins a new piece then. A sign of
    several letters (as lam-alef) stays as it is in pieces from left to right. A space alone before words at its own
    place is no space: pypdf sets it where what is drawn goes on further to the right.
    """
    turned, before = False, None
    for piece, following in pairwise([*pieces, _Piece("", -1)]):
        words = piece.words
        goes_on = (turned and _IS_RIGHT.search(following.words)) or _START.match(following.words)
        if words == " " and following.place == piece.place and goes_on:
            continue
        if _IS_RIGHT.search(words):
            turned = turned or before == piece.place
            if not turned:
                words = _RIGHT_RUN.sub(lambda found: found[0][::-1], words)
        elif any(not _NEUTRAL.match(sign) for sign in words):
            turned = False
        if turned:
            words = "\n".join(line[::-1] for line in words.split("\n"))
        before = piece.place
        yield piece._replace(words=words)


def _lines(pieces: Iterable[_Piece]) -> Iterator[list[_Piece]]:
    """The pieces of each line."""
    line: list[_Piece] = []
    for piece in pieces:
        first, *others = piece.words.split("\n")
        line.append(piece._replace(words=first))
        for words in others:
            yield line
            line = [piece._replace(words=words)]
    yield line


def _from_left(line: list[_Piece]) -> str:
    """The signs of a line from left to right.

    A mark that is drawn apart (as of a vowel) is drawn before the letter on which it stands.
    """
    filled = [piece for piece in line if piece.words]
    words = "".join(piece.words for piece in filled)
    if re.search(_LEFT, words) and not _IS_RIGHT.search(words):
        return words
    places = [piece.place for piece in filled]
    for number in range(len(filled) - 2, -1, -1):
        if {category(sign) for sign in filled[number].words.strip()} == {"Mn"}:
            places[number] = places[number + 1]
    order = sorted(range(len(filled)), key=lambda number: places[number])
    return "".join(filled[number].words for number in order)


def _is_right(line: str, *, before: bool) -> bool:
    """Whether a line is one from right to left: not behind a label `I:`, nor where most letters are of the other way.

    A line without letters goes on as the line before it.
    """
    strong = re.findall(f"({_LEFT})|([{_RIGHT}])", line)
    if not strong:
        return before
    left = sum(bool(one) for one, _ in strong)
    if (strong[0][0] and not strong[-1][0] and _LABEL.match(line)) or (_STOP.search(line) and not _START.match(line)):
        return False
    return left * 2 <= len(strong) or bool(_START.match(line)) or not (strong[0][0] or strong[-1][0])


def _as_read(line: str, *, right: bool) -> list[_Stretch]:
    """The stretches of a line in the order in which they are read; `right`: it is one from right to left."""
    if right:
        return _parted(_backwards(line), _WORDS, right=False, turn=_forwards)
    return _parted(line, _STRETCH, right=True, turn=_backwards)


def _parted(line: str, part: re.Pattern[str], *, right: bool, turn: Callable[[str], str]) -> list[_Stretch]:
    """A line cut into what the pattern finds, turned, and what lies between."""
    stretches, at = [], 0
    for found in part.finditer(line):
        stretches += [_Stretch(line[at : found.start()], not right), _Stretch(turn(found[0]), right)]
        at = found.end()
    return [one for one in (*stretches, _Stretch(line[at:], not right)) if one.words]


def _backwards(words: str) -> str:
    """Words turned round, but for numbers and signs that stand on one another."""
    turned = _CLUSTER.sub(lambda found: found[0][::-1], words)[::-1]
    numbers = _NUMBER_IN_HEBREW if _IS_HEBREW.search(words) else _NUMBER
    return numbers.sub(lambda found: found[0][::-1], turned)


def _forwards(words: str) -> str:
    """Words from left to right that were turned with their line, turned back."""
    return _backwards(words) if any(sign.isalpha() for sign in words) else words


def _are_mirrored(lines: Iterable[list[_Stretch]]) -> bool:
    """Whether brackets between words from right to left are called by how they look, not by what they are."""
    balance = 0
    for line in lines:
        signs = [sign in _OPENING for one in line if one.right for sign in one.words if sign in _OPENING + _CLOSING]
        balance += sum(one - other for one, other in pairwise(signs))
    return balance < 0


def _joined(line: list[_Stretch], *, mirrored: bool) -> str:
    """The words of a line, letters in their usual form."""
    if not any(stretch.right for stretch in line):
        return "".join(stretch.words for stretch in line)
    words = "".join(
        stretch.words.translate(_BRACKETS) if mirrored and stretch.right else stretch.words for stretch in line
    )
    words = _SHAPES.sub(lambda found: normalize("NFKC", found[0]), words)
    return _SPACES.sub(" ", words).rstrip()
