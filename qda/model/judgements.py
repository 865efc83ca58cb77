"""States of cells of a comparison that somebody set by hand, with the reason."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

STATES = ("not firmly established", "found", "none found", "not asked")
"""What may be said of a cell by hand; nothing that is counted changes by it."""


class Judgement(NamedTuple):
    """What somebody says of a code at some values; `coder` is a name, `at` the moment."""

    key: int
    uid: str
    code: int
    cell: str
    state: str
    reason: str
    coder: str
    at: str

    @property
    def values(self) -> tuple[tuple[str, str], ...]:
        """What is compared by, and the value, of each thing that makes the cell."""
        return tuple((str(name), str(value)) for name, value in json.loads(self.cell))


def cell_sign(values: Iterable[tuple[str, str]]) -> str:
    """The values that make a cell, the same whatever the order in which one compares by them."""
    return json.dumps(sorted(values), ensure_ascii=False, separators=(",", ":"))
