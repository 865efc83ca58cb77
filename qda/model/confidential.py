"""What is confidential, and what it is called in what goes out; plain values."""

from __future__ import annotations

from typing import NamedTuple

WITHHOLD, BLACK_OUT = "withhold", "black out"
"""How a segment is kept back: every excerpt that meets it, or only its own words in excerpts."""
INTERNAL, TEAM, PUBLIC = "internal", "team", "public"
PROFILES = (INTERNAL, TEAM, PUBLIC)
"""For whom something is made."""
FEWEST = 3
"""From how many cases a cell is shown in public, where nothing else is said."""
TARGETS = ("person", "source", "case")
"""What can have a pseudonym, in the order in which a name is looked for."""


class Mark(NamedTuple):
    """A mark that something is confidential.

    Attributes:
        key: Its key.
        uid: Its id.
        kind: `source` or `person`; a segment is one of a source.
        name: The name of the source or person.
        target: The key of the source or person.
        start: The first character of a segment, None where all is confidential.
        end: The character behind its last one.
        how: `withhold` or `black out`.
        reason: Why.
        coder: Who marked it, empty where that is not known here.
        at: When.
        anchor: 0 in place, 1 after an edit within its words, 2 where these are gone.
    """

    key: int
    uid: str
    kind: str
    name: str
    target: int
    start: int | None
    end: int | None
    how: str
    reason: str
    coder: str
    at: str
    anchor: int


class Pseudonym(NamedTuple):
    """What a person, source or case is called outside; `key` is that of the person, source or case."""

    key: int
    kind: str
    name: str
    pseudonym: str
    coder: str
    at: str


class Allowed(NamedTuple):
    """A name that may go out where it stands among these words (folded); without words anywhere."""

    key: int
    uid: str
    name: str
    words: str
    reason: str
    coder: str
    at: str
