"""Datasets as they are listed: what came in, and what is done to it when it is read."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from qda.model.dataset.recoding import Recoding


class Dataset(NamedTuple):
    """A table of others: its name, its rows, its columns with their types as they came in, where it comes from.

    `sha256` is that of the bytes that came in, which stay.
    """

    key: int
    uid: str
    name: str
    sha256: str
    encoding: str
    delimiter: str
    rows: int
    columns: tuple[tuple[str, str], ...]
    origin: str
    note: str
    coder: str
    at: str

    @property
    def names(self) -> tuple[str, ...]:
        """The names of its columns."""
        return tuple(name for name, _ in self.columns)


class Recoded(NamedTuple):
    """A recoding of a dataset, with its place in the order in which they are applied, why, by whom and when.

    `hits` is in how many rows it changed what stood there when it was made.
    """

    key: int
    uid: str
    number: int
    recoding: Recoding
    hits: int
    reason: str
    coder: str
    at: str


class KeptRule(NamedTuple):
    """A rule that is kept with a dataset, in its words."""

    key: int
    uid: str
    words: str
    coder: str
    at: str
