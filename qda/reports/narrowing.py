"""Narrowing a selection by attributes: `--where attribute=value`."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from qda.reports.subjects import Subjects
from qda.reports.values import Values

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

    def filter(self, source: int, segments: list[Segment]) -> list[Segment]:
        """The segments of a source whose words carry the wanted values, one of their persons all of them."""
        heard = self._subjects.heard(source, segments)
        return [one for one, persons in zip(segments, heard, strict=True) if self._carry(source, persons)]

    def holds(self, source: int, start: int, end: int) -> bool:
        """Whether the words of a segment carry the wanted values, one of its persons all of them."""
        return self._carry(source, self._subjects.persons(source, start, end))

    def _carry(self, source: int, persons: Heard) -> bool:
        return any(self._fits(source, person) for person in (persons or (None,)))

    def in_source(self, source: int) -> bool:
        """Whether anybody in a source carries the wanted values."""
        return any(self._fits(source, person) for person in (self._subjects.everybody(source) or (None,)))

    def _fits(self, source: int, person: int | None) -> bool:
        return all(
            any(held.value in wanted for held in values.of(source, person)) for values, wanted in self._conditions
        )


def narrow(study: Study, scope: Scope) -> Scope:
    """A scope with only the sources in which somebody carries the wanted values."""
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
