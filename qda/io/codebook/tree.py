"""The tree of a YAML text: every scalar the string that was typed, every node with its place."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Scalar:
    """A piece of text; `style` is its quote or block sign, empty where it stands plain."""

    start: int
    end: int
    line: int
    column: int
    text: str
    style: str


@dataclass(frozen=True, slots=True)
class Items:
    """A list; `flow` says that it was written with brackets."""

    start: int
    end: int
    line: int
    column: int
    flow: bool
    items: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Pairs:
    """Keys and their values, in order; `flow` says that they were written with braces."""

    start: int
    end: int
    line: int
    column: int
    flow: bool
    pairs: tuple[tuple[Scalar, Node], ...]

    def get(self, key: str) -> Node | None:
        """The value of a key."""
        return next((value for name, value in self.pairs if name.text == key), None)


Node = Scalar | Items | Pairs
