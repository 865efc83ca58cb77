"""Themes in the rows of a joint display: the cells of a framework for cases, those of a comparison for values."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from qda.reports.compared import ALL_FIGURES, both, count, figures_of
from qda.reports.framed import Framed, themes_of
from qda.reports.quotes import quotes_of
from qda.reports.states import FOUND

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from qda.reports.compared import Counted
    from qda.reports.report import Cell
    from qda.reports.scope import Scope
    from qda.store import Study

NO_SOURCE = "no source"
LONGEST = 160


class Themes(Protocol):
    """The themes of a display: what stands in each row under each of them."""

    paths: tuple[str, ...]
    case_names: dict[int, str]
    notes: tuple[str, ...]

    def known_rows(self) -> list[str]:
        """The rows that the study itself has, in their order."""

    def rows(self, row: str, path: str) -> Collection[int]:
        """The rows of the codings behind a cell."""

    def sources(self, row: str) -> Collection[int]:
        """The selected sources of a row."""

    def cells(self, row: str) -> Iterator[tuple[str, tuple[Cell, ...]]]:
        """By theme: passages, n, of, base_found, base, state."""

    def quotations(self, study: Study) -> dict[tuple[str, str], str]:
        """The first words in each cell, by row and theme."""


class _Quoting:
    """What quotes the first coding of each cell."""

    paths: tuple[str, ...]

    def known_rows(self) -> list[str]:
        """The names of the rows."""
        raise NotImplementedError

    def rows(self, row: str, path: str) -> Collection[int]:
        """The codings behind a theme in a row."""
        raise NotImplementedError

    def quotations(self, study: Study) -> dict[tuple[str, str], str]:
        """The first words in each cell, by row and theme: verbatim, and cut short with `[…]` where they are long."""
        behind = {(row, path): self.rows(row, path) for row in self.known_rows() for path in self.paths}
        ids = study.counts.ids({one for found in behind.values() for one in found})
        words: dict[str, tuple[int, str]] = {}
        for quoted in quotes_of(study, [*ids.values()]):
            for quote in quoted.quotes:
                who = f"{quote.speaker}, {quoted.source.name}" if quote.speaker else quoted.source.name
                words[quote.id] = (len(words), f"“{_short(quoted.text[quote.start : quote.end])}” ({who})")
        first = {cell: min(words[ids[one]] for one in found) for cell, found in behind.items() if found}
        return {cell: said for cell, (_, said) in first.items()}


def _short(words: str) -> str:
    plain = " ".join(words.split())
    return plain if len(plain) <= LONGEST else f"{plain[:LONGEST].rpartition(' ')[0]} […]"


class ByCase(_Quoting):
    """Rows are cases; sources, in a study without cases."""

    def __init__(self, study: Study, scope: Scope) -> None:
        self._framed = framed = Framed(study, scope, themes_of(scope))
        self.paths = tuple(theme.path for theme in framed.themes)
        self.case_names = framed.subjects.case_names
        self.notes = (*framed.codings.notes(), *framed.subjects.case_notes(scope.case_kind))
        self._units = {name: unit for unit, name in framed.units.items()}
        self._keys = {theme.path: theme.key for theme in framed.themes}

    def known_rows(self) -> list[str]:
        """The cases, by name."""
        return sorted(self._units, key=lambda name: (name.casefold(), name))

    def rows(self, row: str, path: str) -> Collection[int]:
        """The rows of the codings behind a cell."""
        return self._framed.rows(self._units[row], self._keys[path])

    def sources(self, row: str) -> Collection[int]:
        """The selected sources of a case."""
        return self._framed.sources.get(self._units[row], ())

    def cells(self, row: str) -> Iterator[tuple[str, tuple[Cell, ...]]]:
        """By theme: the passages, else why there are none."""
        for path, key in self._keys.items():
            told = len(self._framed.told(self._units[row], key))
            yield path, (told, None, None, None, None, FOUND if told else self._framed.state(self._units[row], key))


class ByValue(_Quoting):
    """Rows are the values of what the selection compares by."""

    def __init__(self, study: Study, scope: Scope) -> None:
        self._counted: Counted = count(study, scope, evidence=True)
        themes = themes_of(scope)
        self.paths = tuple(theme.path for theme in themes)
        self.case_names = self._counted.subjects.case_names
        self.notes = self._counted.notes
        self._keys = {theme.path: theme.key for theme in themes}

    def known_rows(self) -> list[str]:
        """The values that the selected sources carry."""
        return sorted(key[0] for key in self._counted.columns)

    def rows(self, row: str, path: str) -> Collection[int]:
        """The rows of the codings behind a cell."""
        return both(self._counted, self._keys[path], (row,))[1].rows

    def sources(self, row: str) -> Collection[int]:
        """The selected sources of a value."""
        column = self._counted.columns.get((row,))
        return column.sources if column is not None else ()

    def cells(self, row: str) -> Iterator[tuple[str, tuple[Cell, ...]]]:
        """By theme: passages, cases with one of all cases, the same of those asked and done, and the state."""
        for path, key in self._keys.items():
            if (row,) not in self._counted.columns:
                yield path, (0, 0, 0, 0, 0, NO_SOURCE)
                continue
            found = dict(zip(ALL_FIGURES, figures_of(self._counted, key, (row,)), strict=True))
            names = ("passages_with_subcodes", "cases_with_subcodes", "cases_in_value", "base_found", "base")
            figures = tuple(found[name] for name in names)
            state = FOUND if figures[0] else found["state"]
            yield path, (*figures, state)


def by_case(study: Study, scope: Scope) -> Themes:
    """Themes by case."""
    return ByCase(study, scope)


def by_value(study: Study, scope: Scope) -> Themes:
    """Themes by the values of what the selection compares by."""
    return ByValue(study, scope)
