"""The parts of a query as plain values, and the error that points at the place of a fault in it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from qda.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from qda.model.spans import Span

NOWHERE = (0, 0)
_SHOWN = 40


class QueryError(UsageError):
    """A query is wrong; the sentence says where. `start` and `end` are the place in its text, in code points."""

    def __init__(self, text: str, at: Span, problem: str) -> None:
        self.start, self.end = at
        words = text[self.start : self.end]
        shown = words if len(words) <= _SHOWN else f"{words[: _SHOWN - 1]}…"
        where = f"at character {self.start + 1} ('{shown}')" if words else "at its end"
        super().__init__(f"the query is wrong {where}: {problem}")
        self.problem = problem


@dataclass(frozen=True, slots=True)
class Code:
    """The passages of a code, and of its subcodes unless it is meant alone; `at` is the place in the text."""

    path: str
    alone: bool = False
    at: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class AnyCode:
    """The passages of every code."""

    at: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Condition:
    """What must be true of a passage: an attribute, `coder` or `source`, one of = != < <= > >=, and a value."""

    name: str
    sign: str
    value: str
    at: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Not:
    """What must not be true of a passage; of passages: that it shares words with one."""

    part: Part
    at: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Both:
    """All of the parts: the words that the passages share, of which every condition is true."""

    parts: tuple[Part, ...]
    at: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Either:
    """Any of the parts."""

    parts: tuple[Part, ...]
    at: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Near:
    """The passages of one part at most so many characters or turns from one of the other; or those that are not."""

    one: Part
    other: Part
    most: int
    turns: bool
    negated: bool = False
    at: Span = field(default=NOWHERE, compare=False)


Part = Code | AnyCode | Condition | Not | Both | Either | Near


@dataclass(frozen=True, slots=True)
class Query:
    """A query as it was written, and what it says."""

    text: str
    part: Part

    def wrong(self, part: Part, problem: str) -> QueryError:
        """The error that says what is wrong with a part of the query."""
        return QueryError(self.text, part.at, problem)


def finds(part: Part) -> bool:
    """Whether a part finds passages; else it only says what must be true of them."""
    if isinstance(part, Condition | Not):
        return False
    if isinstance(part, Both | Either):
        return any(map(finds, part.parts))
    return True


def inside(part: Part) -> tuple[Part, ...]:
    """The parts of which a part is made."""
    if isinstance(part, Both | Either):
        return part.parts
    if isinstance(part, Near):
        return part.one, part.other
    return (part.part,) if isinstance(part, Not) else ()


def with_codes(part: Part, change: Callable[[Code], Code]) -> Part:
    """A part in which every code is changed."""
    if isinstance(part, Code):
        return change(part)
    if isinstance(part, Both | Either):
        return replace(part, parts=tuple(with_codes(one, change) for one in part.parts))
    if isinstance(part, Near):
        return replace(part, one=with_codes(part.one, change), other=with_codes(part.other, change))
    return replace(part, part=with_codes(part.part, change)) if isinstance(part, Not) else part


def walk(part: Part) -> Iterator[Part]:
    """A part and everything in it, in the order of the text."""
    yield part
    for one in inside(part):
        yield from walk(one)
