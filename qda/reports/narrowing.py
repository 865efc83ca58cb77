"""Narrowing a selection by attributes: `--where attribute=value`."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from qda.errors import QdaError
from qda.model.spans import HEARD
from qda.reports.subjects import Subjects
from qda.reports.values import MISSING, Values

if TYPE_CHECKING:
    from qda.model.spans import Heard, Segment
    from qda.reports.scope import Scope
    from qda.store import Study


class Where:
    """The conditions of a selection: values of one attribute are alternatives, attributes add up."""

    def __init__(self, study: Study, scope: Scope) -> None:
        self._subjects = Subjects(study, scope)
        wanted: dict[str, set[str]] = {}
        for name, value in scope.selection.where:
            wanted.setdefault(name, set()).add(value)
        self._conditions = [(Values(study, self._subjects, name), values) for name, values in wanted.items()]
        for held, values in self._conditions:
            check_known(held, values)

    def filter(self, source: int, segments: list[Segment]) -> list[Segment]:
        """The segments of a source whose words carry the wanted values, with those of their persons who do."""
        kept: list[Segment] = []
        for one, persons in zip(segments, self._subjects.heard(source, segments), strict=True):
            if persons:
                fitting = frozenset(person for person in persons if self.fits(source, person))
                if fitting:
                    kept.append((*one[:HEARD], fitting))
            elif self.fits(source, None):
                kept.append(one)
        return kept

    def holds(self, source: int, start: int, end: int) -> bool:
        """Whether the words of a segment carry the wanted values, one of its persons all of them."""
        return self._carry(source, self._subjects.persons(source, start, end))

    def _carry(self, source: int, persons: Heard) -> bool:
        return any(self.fits(source, person) for person in (persons or (None,)))

    def in_source(self, source: int) -> bool:
        """Whether anybody in a source carries the wanted values."""
        return any(self.fits(source, person) for person in (self._subjects.everybody(source) or (None,)))

    def fits(self, source: int, person: int | None) -> bool:
        """Whether somebody's words in a source (None: nobody's who is known) carry all wanted values."""
        return all(
            any(held.value in wanted for held in values.of(source, person)) for values, wanted in self._conditions
        )


def check_known(held: Values, wanted: set[str]) -> None:
    """Refuse a value that nothing in the study has: a report of it would be empty without saying why.

    Raises:
        QdaError: Nothing has it; the sentence names the nearest.
    """
    import difflib

    from qda.reports.scope import listed

    known = held.known()
    for value in sorted(wanted.difference(known, [MISSING])):
        close = [one for one in known if one.casefold() == value.casefold()]
        close = close or difflib.get_close_matches(value, known, n=1)
        hint = f" (did you mean '{close[0]}'?)" if close else ""
        raise QdaError(f"nothing here has {held.name} '{value}'{hint}; the values of {held.name} are {listed(known)}")


def narrow(study: Study, scope: Scope, query: str) -> Scope:
    """A scope with only the sources in which somebody carries the wanted values; a note says what is narrowed.

    A query leaves the sources as they are: what it finds depends on codings, which are no base.

    Args:
        study: The study.
        scope: The scope; its query is in the one way of writing it.
        query: The same as it was asked for, so that what is wrong is pointed at where it stands.

    Raises:
        QdaError: A value is none that anything has, or the query is wrong.
    """
    from qda.reports.querying import Sought, asked

    if scope.selection.query:
        found = Sought(study, scope, asked(study, scope.tree, query)).asked
        scope = replace(scope, notes=(found.note, *scope.notes))
    if not scope.selection.where:
        return scope
    where = Where(study, scope)
    said = " and ".join(f"{name} = {value}" for name, value in scope.selection.where)
    return replace(
        scope,
        sources=tuple(source for source in scope.sources if where.in_source(source.key)),
        all_sources=False,
        notes=(f"Only words of {said}.", *scope.notes),
    )
