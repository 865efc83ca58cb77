"""The state hash: per table the sum, modulo 2^256, of a digest of each live row's content.

A sum can be kept in each transaction at the cost of the rows that changed, does not depend on the order of
work, and goes back to where it was when a change is undone.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

MODULUS = 1 << 256

# `ascii` gives the same characters for the same values in every version of Python: it escapes all else.
Value = str | int | float | bytes | None


def row_digest(table: str, values: tuple[Value, ...]) -> int:
    """The digest of one row's content: entities by their uids, no row ids and no times."""
    return int.from_bytes(hashlib.sha256(ascii((table, *values)).encode("ascii")).digest(), "big")


def add(total: bytes | None, delta: int) -> bytes:
    """A table's sum after a change of its rows."""
    before = int.from_bytes(total, "big") if total else 0
    return ((before + delta) % MODULUS).to_bytes(32, "big")


def rows_sum(table: str, rows: Iterable[tuple[Value, ...]]) -> int:
    """The sum over rows of one table, modulo 2^256."""
    return sum(row_digest(table, row) for row in rows) % MODULUS


def state_hash(sums: Mapping[str, bytes]) -> str:
    """The study's state as 64 hexadecimal digits; a table without live rows counts as absent."""
    joined = hashlib.sha256()
    for name in sorted(sums):
        if any(sums[name]):
            joined.update(name.encode("ascii") + b"\0" + sums[name])
    return joined.hexdigest()
