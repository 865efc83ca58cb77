"""A project as plain values, on its way into a study from another tool or out of one; whatever the format."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from qda.model.codebook import CodeEntry
    from qda.model.transcript import Speaker, Transcript

KEPT = "refi "
"""How the settings begin in which a study keeps what it has no noun for."""
COLOUR, CODABLE = "color", "codable"
"""What a code keeps under `x:` of its colour, and of being a mere heading (`false`)."""
SET = "set"
"""The kind of the cases that are sets of sources."""


class ProjectUser(NamedTuple):
    """Somebody who codes; `guid` are 16 bytes, as everywhere here."""

    guid: bytes
    name: str


class ProjectCode(NamedTuple):
    """A code, without its children, and the code above it."""

    guid: bytes
    parent: bytes | None
    entry: CodeEntry


class ProjectSource(NamedTuple):
    """A document: `load` gives its text and bytes, and who speaks in it, when they are wanted, one at a time.

    `fields` may be `kind`, `language` and `date`, as far as the project says them. `user` and `at` say who brought it
    in and when, where the project goes out.
    """

    guid: bytes
    name: str
    load: Callable[[], tuple[Transcript, Mapping[str, Speaker]]]
    fields: dict[str, str]
    user: bytes | None = None
    at: str = ""


class ProjectCase(NamedTuple):
    """What is compared: its kind and its sources."""

    guid: bytes
    name: str
    kind: str
    sources: tuple[bytes, ...]


class ProjectAttribute(NamedTuple):
    """A typed attribute of sources or cases (`target`)."""

    guid: bytes
    name: str
    target: str
    type: str


class ProjectValue(NamedTuple):
    """A value of an attribute of one source or case."""

    owner: bytes
    attribute: bytes
    value: str


class ProjectCoding(NamedTuple):
    """One coder put one code on one segment, in code points of the text as it is stored."""

    guid: bytes
    source: bytes
    code: bytes
    user: bytes
    start: int
    end: int
    at: str


class ProjectMemo(NamedTuple):
    """A note on a thing (`target`), on a segment of a source (with `start` and `end`), or on the study (no target)."""

    guid: bytes
    target_kind: str
    target: bytes | None
    user: bytes
    title: str
    body: str
    at: str
    kind: str = "analytic"
    start: int | None = None
    end: int | None = None


class Left(NamedTuple):
    """Something of a study that a project does not carry: what, how many, and what becomes of it."""

    what: str
    number: int
    becomes: str


@dataclass
class Project:
    """What a project holds; `items` streams codings and memos, a memo on a coding behind that coding.

    Where a project goes out, memos on the study, on codes, sources and cases come first, then codings and memos on
    segments source by source, in the order of `sources` and of places; `left` is what it does not carry.

    While `items` stream, further `users`, `kept` and `said` may be found. `kept` are things for which a study has no
    noun, by name, as text; `said` are sentences about what was found.
    """

    name: str
    users: dict[bytes, ProjectUser] = field(default_factory=dict)
    codes: list[ProjectCode] = field(default_factory=list)
    sources: list[ProjectSource] = field(default_factory=list)
    cases: list[ProjectCase] = field(default_factory=list)
    attributes: list[ProjectAttribute] = field(default_factory=list)
    values: list[ProjectValue] = field(default_factory=list)
    items: Callable[[], Iterable[ProjectCoding | ProjectMemo]] = tuple
    kept: dict[str, str] = field(default_factory=dict)
    said: list[str] = field(default_factory=list)
    left: list[Left] = field(default_factory=list)
