"""What must be true of the tree of codes, whichever way it was changed."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, NamedTuple

from qda.model.nouns import plain_name

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from qda.store.database import Database


class TreeProblem(NamedTuple):
    """Something that is wrong: a sentence, and the codes in it with the columns that make it so."""

    sentence: str
    codes: dict[int, str]


def tree_problems(database: Database) -> Iterator[TreeProblem]:
    """What is wrong with the tree of codes."""
    rows = database.rows("SELECT key, parent, name, aliases FROM live_code ORDER BY key")
    yield from _circles({key: parent for key, parent, *_ in rows}, {row[0]: row[2] for row in rows})
    yield from _twins(rows)


def _circles(parents: dict[int, int | None], names: dict[int, str]) -> Iterator[TreeProblem]:
    for key in parents:
        seen: dict[int, str] = {}
        at: int | None = key
        while at is not None and at in parents and at not in seen:
            seen[at] = "parent"
            at = parents[at]
        if at is not None and at in seen:
            yield TreeProblem(f"the code '{names[key]}' would stand under itself", seen)


def _twins(rows: Sequence[Any]) -> Iterator[TreeProblem]:
    named: dict[tuple[int | None, str], int] = {}
    for key, parent, name, _ in rows:
        other = named.setdefault((parent, plain_name(name)), key)
        if other != key:
            both = dict.fromkeys((other, key), "parent, name")
            yield TreeProblem(f"two codes beside each other would be called '{name}'", both)
    for key, parent, name, aliases in rows:
        for alias in json.loads(aliases):
            other = named.get((parent, plain_name(alias)), key)
            if other != key:
                both = {key: "parent, aliases", other: "parent, name"}
                yield TreeProblem(f"the alias '{alias}' of '{name}' would be the name of a code beside it", both)
