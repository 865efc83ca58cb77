"""Finds the comments and blank lines of a text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from qda.io.codebook.tree import Items, Node, Pairs, Scalar

if TYPE_CHECKING:
    from collections.abc import Iterator

_HIDDEN = "x"  # stands for a character of a scalar, where '#' and line breaks mean nothing


@dataclass(frozen=True, slots=True)
class Row:
    """A comment, or a blank line (without text); `gap` is what stands between content and its comment."""

    at: int
    column: int
    text: str
    gap: str = ""
    beside: bool = False


def find_rows(text: str, root: Node | None) -> list[Row]:
    """The comments and blank lines of a text, in order; a `#` in quotes or a block of text is no comment."""
    found: list[Row] = []
    at = 0
    for line in _without_scalars(text, root).splitlines():
        content, sign, _ = line.partition("#")
        if sign:
            gap = content[len(content.rstrip()) :]
            comment = text[at + len(content) : at + len(line)]
            found.append(Row(at + len(content), len(content), comment, gap, beside=bool(content.strip())))
        elif not content.strip():
            found.append(Row(at, 0, ""))
        at += len(line) + 1
    return found


def _without_scalars(text: str, root: Node | None) -> str:
    """The text with the words of its scalars hidden."""
    pieces: list[str] = []
    at = 0
    for scalar in _scalars(root):
        start = scalar.start
        if scalar.style in {"|", ">"}:  # the line of its sign may hold a comment
            start += (text[start : scalar.end] + "\n").index("\n") + 1
        if start < scalar.end:
            pieces += [text[at:start], _HIDDEN * (scalar.end - start)]
            at = scalar.end
    return "".join([*pieces, text[at:]])


def _scalars(node: Node | None) -> Iterator[Scalar]:
    if isinstance(node, Scalar):
        yield node
    elif isinstance(node, Items):
        for item in node.items:
            yield from _scalars(item)
    elif isinstance(node, Pairs):
        for key, value in node.pairs:
            yield key
            yield from _scalars(value)
