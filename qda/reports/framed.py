"""The cells of a framework: for each case and theme its passages, and what a summary of them rests on."""

from __future__ import annotations

from dataclasses import replace
from operator import itemgetter
from typing import TYPE_CHECKING, NamedTuple

from qda.model.selection import Selection
from qda.model.spans import CODE, ROW, START, extents, heard_in
from qda.model.summaries import Basis, Link, definition_sign, sign_of, whats_new
from qda.reports.cells import columns
from qda.reports.counting import Codings
from qda.reports.scope import look_up
from qda.reports.states import States
from qda.reports.subjects import Subjects

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from qda.model.spans import Passage
    from qda.model.summaries import Summary
    from qda.model.tree import Code
    from qda.reports.scope import Scope
    from qda.store import Study

Place = tuple[int, int]
"""A cell: the key of its case (of its source, where there are no cases), and that of its theme."""


class Told(NamedTuple):
    """A passage of a cell, in its source."""

    source: int
    passage: Passage


class Framed:
    """Every case with every theme, counted once; a theme is a code with the subcodes that are selected with it."""

    def __init__(self, study: Study, scope: Scope, themes: tuple[Code, ...]) -> None:
        self.study, self.scope = study, scope
        self.subjects = Subjects(study, scope)
        self.codings = Codings(study, scope, subjects=self.subjects)
        self.themes = themes
        self.units = self.subjects.case_names or scope.source_names
        self.sources = _sources(scope, self.subjects, self.codings)
        self.states = States(study, scope, self.subjects)
        self.cells: dict[Place, list[Told]] = {}
        along = scope.selection.subcodes
        below = {theme.key: scope.tree.below(theme.key) if along else (theme.key,) for theme in self.themes}
        for source, segments in self.codings.sources():
            for theme, keys in below.items():
                listed = sorted((one for key in keys for one in segments.get(key, ())), key=itemgetter(START))
                for passage in self.codings.passages(source, listed):
                    for unit in self._units(source, passage):
                        self.cells.setdefault((unit, theme), []).append(Told(source, passage))

    def _units(self, source: int, passage: Passage) -> Collection[int]:
        if not self.subjects.case_names:
            return (source,)
        return self.subjects.cases(source, heard_in(passage[2]))

    def told(self, unit: int, theme: int) -> list[Told]:
        """The passages of a cell, in the order of sources and places."""
        return self.cells.get((unit, theme), [])

    def rows(self, unit: int, theme: int) -> set[int]:
        """The rows of the codings of a cell."""
        return {segment[ROW] for one in self.told(unit, theme) for segment in one.passage[2]}

    def state(self, unit: int, theme: int) -> str:
        """Why a cell has no passages."""
        if unit not in self.sources:
            return "no source"
        return self.states.of_cell(self.sources.get(unit, ()), (theme,))

    def bases(self, places: Iterable[Place]) -> dict[Place, Basis]:
        """What summaries of these cells rest on when they are written now."""
        places = list(places)
        ids = self.study.counts.ids({row for place in places for row in self.rows(*place)})
        texts = self._texts({one.source for place in places for one in self.told(*place)})
        signs = {code.key: definition_sign(code.entry) for code in self.scope.tree.codes}
        made: dict[Place, Basis] = {}
        for place in places:
            links = {
                ids[segment[ROW]]: Link(
                    ids[segment[ROW]],
                    sign_of(texts[one.source][segment[0] : segment[1]]),
                    signs[segment[CODE]],
                )
                for one in self.told(*place)
                for segment in one.passage[2]
            }
            made[place] = Basis(signs[place[1]], tuple(links[uid] for uid in sorted(links)))
        return made

    def _texts(self, sources: set[int]) -> dict[int, str]:
        return {source: self.study.sources.text(source, bare=True) for source in sources}

    def stale(self, summaries: Iterable[Summary]) -> dict[str, tuple[str, ...]]:
        """Why each summary is stale, by its id; those that are not are left out."""
        listed = [one for one in summaries if one.target in self.units]
        bases = self.bases({(one.target, one.code) for one in listed})
        ids = self.study.counts.ids({row for place in bases for row in self.rows(*place)})
        found: dict[str, tuple[str, ...]] = {}
        for one in listed:
            known = {link.id for link in one.basis.links}
            fresh = sum(_is_fresh(told.passage, known, ids) for told in self.told(one.target, one.code))
            why = whats_new(one.basis, bases[one.target, one.code], fresh)
            if why:
                found[one.uid] = why
        return found


def _is_fresh(passage: Passage, known: set[str], ids: dict[int, str]) -> bool:
    """Whether a passage has words that no known coding of it covers."""
    covered = extents([segment for segment in passage[2] if ids[segment[ROW]] in known])
    return [(one[0], one[1]) for one in covered] != [(passage[0], passage[1])]


def themes_of(scope: Scope) -> tuple[Code, ...]:
    """The themes of a selection: the codes that are named, or those at the top."""
    named = scope.selection.codes
    wanted = {scope.tree.named(path).key for path in named}
    return tuple(code for code in scope.codes if (code.key in wanted if named else code.parent is None))


def _sources(scope: Scope, subjects: Subjects, codings: Codings) -> dict[int, set[int]]:
    """The selected sources of each case."""
    found = columns(subjects, iter(sorted(scope.source_keys)), (), codings.where)
    return found[()].cases if found else {}


def framed_by_all(study: Study, kind: str, themes: Collection[int]) -> Framed:
    """The cells of some themes by everybody's codings in all sources: what summaries rest on, whoever looks at them.

    Args:
        study: The study.
        kind: The kind of the cases; empty where there are none.
        themes: The keys of the themes.
    """
    scope = look_up(study, Selection(cases=kind))
    return Framed(study, scope, tuple(code for code in scope.codes if code.key in themes))


def stands_on_all(scope: Scope) -> bool:
    """Whether a selection leaves nothing out but themes, so that its cells are those that summaries rest on."""
    one = replace(scope.selection, codes=(), cases="", by=())
    return scope.layer == "final" and replace(one, layer="") == Selection()
