"""What tidy tables take from a study: sources, persons, codings and the names of things, from one place each."""

from __future__ import annotations

from bisect import bisect_right
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qda.model.nouns import Case, Coding, Person, Source, Turn
    from qda.model.tree import Code
    from qda.store import Study


class Taken:
    """A study as its tables see it; what the current coder may not see is not there."""

    def __init__(self, study: Study) -> None:
        self.study = study

    @cached_property
    def sources(self) -> list[Source]:
        """All sources."""
        return self.study.sources.all()

    @cached_property
    def persons(self) -> list[Person]:
        """All persons."""
        return self.study.persons.all()

    @cached_property
    def cases(self) -> list[Case]:
        """All cases."""
        return self.study.cases.all()

    @cached_property
    def codes(self) -> dict[int, Code]:
        """All codes by key, in the order of the codebook."""
        return dict(self.study.codebook.tree().by_key)

    @cached_property
    def coders(self) -> dict[int, str]:
        """The names of coders by key."""
        return {one.key: one.name for one in self.study.coders.all()}

    @cached_property
    def source_by_name(self) -> dict[str, Source]:
        """Sources by name, for registers that name them."""
        return {one.name: one for one in self.sources}

    @cached_property
    def person_by_key(self) -> dict[int, Person]:
        """Persons by key."""
        return {one.key: one for one in self.persons}

    @cached_property
    def comments(self) -> dict[int, str]:
        """The memos on codings by key."""
        return self.study.memos.of_codings()

    def turns(self, source: Source) -> list[Turn]:
        """The turns of a source, in order."""
        return self.study.sources.turns(source.revision_key)

    def text(self, source: Source) -> str:
        """The text of a source."""
        return self.study.sources.text(source.key)

    def codings(self) -> Iterator[tuple[Source, str, list[Turn], list[Coding]]]:
        """Source by source: its text, its turns, and its codings in the order of places, but for those withheld."""
        outside = self.study.outside
        for source in self.sources:
            here = sorted(self.study.codings.all(source.key), key=lambda one: (one.start, one.end, one.uid))
            here = [one for one in here if not outside.withholds(source.key, one.start, one.end)]
            if here:
                yield source, self.text(source), self.turns(source), here

    def speaker(self, turn: Turn | None) -> Person | None:
        """Who is heard in a turn: for whom it is spoken, else who speaks."""
        key = None if turn is None else turn.speaks_for or turn.person
        return None if key is None else self.person_by_key.get(key)


def turn_at(turns: list[Turn], start: int, end: int) -> Turn | None:
    """The first turn that shares a character with a stretch, None where there is none."""
    at = max(bisect_right(turns, start, key=lambda turn: turn.start) - 1, 0)
    return next((turn for turn in turns[at : at + 2] if turn.start < end and turn.end > start), None)
