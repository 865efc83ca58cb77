"""The values of an attribute that the words of a passage carry: looked up on person, then source, then case."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from qda.errors import QdaError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from qda.reports.subjects import Subjects
    from qda.store import Study

MISSING = "(missing)"
LEVELS = ("person", "source", "case")


class Held(NamedTuple):
    """A value with the level it stands on and, for a value of a case, that case."""

    value: str
    level: str
    case: int | None = None


class Values:
    """One attribute, looked up for persons, sources and cases."""

    def __init__(self, study: Study, subjects: Subjects, name: str) -> None:
        level, _, plain = name.partition(".")
        forced = level in LEVELS and bool(plain)
        self.name = name
        self._subjects = subjects
        self._levels = (level,) if forced else LEVELS
        self._by_level = {where: _values(study, where, plain if forced else name) for where in self._levels}
        if not any(self._by_level.values()):
            raise QdaError(_unknown(study, name))
        self._found: dict[tuple[int, int | None], tuple[Held, ...]] = {}

    def of(self, source: int, person: int | None) -> tuple[Held, ...]:
        """The values for a person's words in a source (None: for words of nobody known); missing is one too."""
        known = self._found.get((source, person))
        if known is None:
            known = self._found[source, person] = self._look_up(source, person)
        return known

    def _look_up(self, source: int, person: int | None) -> tuple[Held, ...]:
        for level in self._levels:
            values = self._by_level[level]
            if level == "person":
                found = [Held(value, level) for value in values.get(person or 0, ())]
            elif level == "source":
                found = [Held(value, level) for value in values.get(source, ())]
            else:
                cases = (
                    self._subjects.cases(source, None)
                    if person is None
                    else self._subjects.cases_of_person(person, source)
                )
                found = [Held(value, level, case) for case in sorted(cases) for value in values.get(case, ())]
            if found:
                return tuple(found)
        return (Held(MISSING, ""),)

    def known(self) -> list[str]:
        """All values of the attribute on the levels that are looked at, missing left out."""
        return sorted({one for held in self._by_level.values() for values in held.values() for one in values})

    def of_source(self, source: int) -> list[tuple[int | None, Held]]:
        """The values that a source's subjects carry, with the person; of the source itself where it has none."""
        people: Iterable[int | None] = sorted(self._subjects.everybody(source)) or [None]
        return [(person, held) for person in people for held in self.of(source, person)]


def _values(study: Study, level: str, name: str) -> dict[int, tuple[str, ...]]:
    """The values of an attribute on one level, by key."""
    name = study.attributes.spelled(level, name)
    return {key: values[name] for key, values in study.attributes.of(level).items() if name in values}


def _unknown(study: Study, name: str) -> str:
    import difflib

    known = sorted({row[0] for row in study.attributes.all()} | {"kind", "language", "date"})
    close = difflib.get_close_matches(name.rpartition(".")[2], known, n=1)
    hint = f" (did you mean '{close[0]}'?)" if close else ""
    return f"no attribute '{name}' has a value here{hint}; the study has {', '.join(known)}"
