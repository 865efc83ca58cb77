"""What became of a project that was taken in, or would become of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple


class SourceOutcome(NamedTuple):
    """What became of a source: its name here, what happened (`new`, `here`, `new text`, ...), and its size."""

    name: str
    what: str
    format: str
    encoding: str | None
    characters: int
    turns: int
    speakers: tuple[str, ...]


@dataclass
class Tally:
    """How many things of a kind are new, changed, and here already."""

    new: int = 0
    changed: int = 0
    here: int = 0


@dataclass
class Outcome:
    """All that became of a project; `said` are sentences about what did not go smoothly."""

    sources: list[SourceOutcome] = field(default_factory=list)
    coders: Tally = field(default_factory=Tally)
    codes: Tally = field(default_factory=Tally)
    codings: Tally = field(default_factory=Tally)
    memos: Tally = field(default_factory=Tally)
    cases: Tally = field(default_factory=Tally)
    values: int = 0
    only_here: int = 0
    said: list[str] = field(default_factory=list)
