"""What a grid shows: its columns, its rows, and how the words of a cell fit into it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from rich.cells import cell_len

from qda.tui.layout import on_one_line

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Sequence

    from qda.tui.layout import Arranged

QUIET, GOOD, WARN, STRONG = "quiet", "good", "warn", "strong"
Cell = str | tuple[str, str]
"""What stands in a cell, and in which tone where that is not the plain one."""


class Column(NamedTuple):
    """A column: its name, how wide it wants to be, and a quiet line above its name."""

    name: str
    width: int
    right: bool = False
    over: str = ""
    grow: bool = False


@dataclass
class Sheet:
    """What a grid shows; cells are asked for when they are painted."""

    columns: Sequence[Column] = ()
    rows: int = 0
    cell: Callable[[int, int], Cell] = lambda _row, _column: ""
    cells: bool = False
    """Whether the cursor is a cell; else it is a row."""
    marks: Collection[int] = field(default_factory=frozenset)
    sorted: tuple[int, bool] | None = None
    """The column by which the rows are sorted, and whether from the end."""
    head: bool = True
    """Whether the names of the columns are shown."""


def wide(name: str, values: Iterable[str], most: int = 24) -> int:
    """The width of a column: that of its longest word, within reason."""
    return min(max([cell_len(name), *(cell_len(on_one_line(value)) for value in values)]), most)


def fit(words: str, width: int, *, right: bool, order: Arranged = "screen") -> str:
    """Words in a cell of a width, cut with an ellipsis where they are longer, in the order in which they are read."""
    words = on_one_line(words, width, order)
    space = " " * (width - cell_len(words))
    return space + words if right else words + space
