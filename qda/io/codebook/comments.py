"""Tells what the comments of a codebook's text belong to."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from qda.io.codebook.rows import Row, find_rows

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from qda.io.codebook.elements import Element, Key
    from qda.io.codebook.tree import Node

Place = Literal["before", "beside", "end"]


@dataclass(frozen=True, slots=True)
class Comment:
    """A row, and the element it stands before, beside or at the end of."""

    text: str
    gap: str
    place: Place
    owner: Key


def find_comments(text: str, root: Node | None, parts: Sequence[Element]) -> tuple[list[str], list[Comment]]:
    """The lines at the head of a text, then all other comments and blank lines with what they belong to."""
    rows = find_rows(text, root)
    begin = parts[1].start if len(parts) > 1 else len(text)
    above = [row.text for row in rows if row.at < begin]
    head = _head(above)
    return above[:head], list(_Owners(text, parts).comments(rows[head:]))


def _head(above: list[str]) -> int:
    """How many lines above the first element are the text's own: all but a last paragraph touching it."""
    if "" not in above or not above[-1]:
        return len(above)
    return len(above) - above[::-1].index("")


class _Owners:
    """Tells what a row belongs to, by its place and its indentation."""

    def __init__(self, text: str, parts: Sequence[Element]) -> None:
        self._text = text
        self._parts = parts
        self._starts = [part.start for part in parts]

    def comments(self, rows: Sequence[Row]) -> Iterator[Comment]:
        """The comments of some rows, each with its place and owner."""
        for group in self._groups(rows):
            for row, column in zip(group, _columns(group), strict=True):
                place, owner = self._beside(row) if row.beside else self._alone(row, column)
                yield Comment(row.text, row.gap, place, owner.key)

    def _groups(self, rows: Sequence[Row]) -> Iterator[list[Row]]:
        """The rows that nothing but white space keeps apart, together."""
        group: list[Row] = []
        for row in rows:
            if group and (row.beside or group[-1].beside or self._text[_end(group[-1]) : row.at].strip()):
                yield group
                group = []
            group.append(row)
        if group:
            yield group

    def _alone(self, row: Row, column: int) -> tuple[Place, Element]:
        """The owner of a line of its own: the next element, or one before it that it is indented to."""
        at = bisect_left(self._starts, row.at)
        following = self._parts[at] if at < len(self._parts) else None
        chain = self._parts[at - 1].chain()
        around = [part for part in chain[1:] if row.at < part.end]
        if around and (following is None or following.start >= around[-1].end):
            return "before", around[-1]
        whole = chain[:1] if following is None else ()
        past = [*whole, *(part for part in chain[1:] if part.end <= row.at)]
        ended = [part for part in past if part.inside is not None and part.inside <= column]
        if following and (column <= self._indent(following) or not ended):
            return "before", following
        return "end", max(ended, key=lambda part: part.inside or 0)

    def _beside(self, row: Row) -> tuple[Place, Element]:
        """The owner of a comment after content: the last and largest element that is whole on its line."""
        line = row.at - row.column
        after = bisect_left(self._starts, row.at)
        begun = self._parts[max(1, bisect_left(self._starts, line)) : after]
        complete = [part for part in begun if part.end <= row.at]
        if complete:
            return "beside", max(complete, key=lambda part: part.end)
        around = (part for part in self._parts[after - 1].chain() if part.inside is None)
        owner = begun[-1] if begun else next((part for part in around if line < part.end <= row.at), None)
        return ("beside", owner) if owner else self._alone(row, 0)

    def _indent(self, part: Element) -> int:
        begin = self._text.rfind("\n", 0, part.start) + 1
        return len(self._text[begin : part.start]) - len(self._text[begin : part.start].lstrip(" "))


def _end(row: Row) -> int:
    return row.at + len(row.text)


def _columns(group: Sequence[Row]) -> list[int]:
    """The indentation that counts: never deeper than a comment above; a blank line has its comment's."""
    columns: list[int] = []
    deepest = max(row.column for row in group)
    for row in group:
        deepest = min(deepest, row.column) if row.text else deepest
        columns.append(deepest)
    below = 0
    for at in range(len(group) - 1, -1, -1):
        below = columns[at] = columns[at] if group[at].text else below
    return columns
