"""Summaries of what a case says on a theme, and what has changed since they were written."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, NamedTuple

from qda.model.nouns import many

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qda.model.codebook import CodeEntry


class Link(NamedTuple):
    """A coding that a summary rests on: its id, a sign of its words, and one of the definition of its code."""

    id: str
    words: str
    definition: str


class Basis(NamedTuple):
    """What a summary rests on: a sign of its theme's definition, and its codings in the order of their ids."""

    definition: str = ""
    links: tuple[Link, ...] = ()

    def to_json(self) -> str:
        """As it is kept."""
        return json.dumps([self.definition, *self.links], separators=(",", ":"))

    @staticmethod
    def from_json(words: str) -> Basis:
        """As it was kept."""
        definition, *links = json.loads(words)
        return Basis(definition, tuple(Link(*link) for link in links))


class Summary(NamedTuple):
    """What the team wrote of a case (or a source, where there are no cases) on a theme.

    `target` and `code` are keys, `coder` is the name of who wrote it last, `at` the moment of that.
    """

    key: int
    uid: str
    target: int
    code: int
    body: str
    basis: Basis
    coder: str
    at: str


def sign_of(*words: str) -> str:
    """A short sign that is another one once any of the words change."""
    return hashlib.sha256("\0".join(words).encode("utf-8", "surrogatepass")).hexdigest()[:16]


def definition_sign(entry: CodeEntry) -> str:
    """The sign of what a code means; another name, label or place leaves it as it was."""
    return sign_of(entry.definition, entry.include, entry.exclude)


def whats_new(before: Basis, now: Basis, fresh: int) -> tuple[str, ...]:
    """Why a summary is stale, in words; nothing where it stands as it was written.

    Args:
        before: What it rests on.
        now: What stands in its cell today.
        fresh: How many passages of the cell hold words that it did not rest on.
    """
    return tuple(_reasons(before, now, fresh))


def _reasons(before: Basis, now: Basis, fresh: int) -> Iterator[str]:
    standing = {link.id: link for link in now.links}
    pairs = [(link, standing[link.id]) for link in before.links if link.id in standing]
    gone = len(before.links) - len(pairs)
    if gone:
        yield f"{many(gone, 'linked coding')} gone from the cell"
    changed = sum(old.words != new.words for old, new in pairs)
    if changed:
        yield f"the words of {many(changed, 'linked coding')} changed"
    if before.definition != now.definition or any(old.definition != new.definition for old, new in pairs):
        yield "a definition changed"
    if fresh:
        yield f"{many(fresh, 'passage')} with new words"
