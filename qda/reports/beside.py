"""What is quoted in the other language: beside an original its translations, beside a translation its original."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qda.model.alignment import Counterpart

if TYPE_CHECKING:
    from collections.abc import Iterable

    from qda.reports.scope import Scope
    from qda.store import Study
    from qda.store.translations import Translation

COLUMNS = ("translation", "translation_at")
"""Of the tables that quote, where the study has translations."""
TRANSLATION, ORIGINAL, CODED = "translation", "original", "translation, in which it was coded"


class Beside:
    """Looks up the words in the other language; there are none where no selected source has a translation."""

    def __init__(self, study: Study, scope: Scope | None = None) -> None:
        self._study = study
        every = study.translations.all()
        translations = [one for one in every if scope is None or one.original in scope.source_keys]
        self._of: dict[int, list[Translation]] = {}
        self._from: dict[int, Translation] = {}
        for one in translations:
            self._of.setdefault(one.original, []).append(one)
            self._from[one.source] = one
        self._names = {key: name for name, key in study.sources.names().items()} if translations else {}
        self._texts: dict[int, str] = {}
        self._places: dict[int, dict[int, tuple[int, int, int]]] = {}

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns in which the words stand; none where no selected source has a translation."""
        return COLUMNS if self._of else ()

    def of(self, source: int, start: int, end: int, row: int | None = None) -> tuple[Counterpart, ...]:
        """The words that say the same as a span, in each other language.

        Args:
            source: The source, an original or a translation.
            start: Where the span begins.
            end: Where it ends.
            row: The coding that stands there, by its row: where it was made in a translation, its own words are given.
        """
        found: list[Counterpart] = []
        own = self._own(source).get(row) if row is not None else None
        for one in self._of.get(source, ()):
            if own is not None and own[0] == one.source:
                found.append(self._words(*own, CODED))
                continue
            back = self._study.translations.alignment(one).turned
            found += [self._words(one.source, *span, TRANSLATION) for span in back.carry(start, end)]
        if source in self._from:
            one = self._from[source]
            there = self._study.translations.alignment(one)
            found += [self._words(one.original, *span, ORIGINAL) for span in there.carry(start, end)]
        return tuple(found)

    def _own(self, source: int) -> dict[int, tuple[int, int, int]]:
        """Where the codings that were made in translations of a source stand there."""
        if source not in self._of:
            return {}
        if source not in self._places:
            self._places[source] = self._study.counts.translated(source)
        return self._places[source]

    def _words(self, source: int, start: int, end: int, said: str) -> Counterpart:
        if source not in self._texts:
            self._texts[source] = self._study.sources.text(source)
        return Counterpart(self._names[source], start, end, self._texts[source][start:end], said)

    def cells(self, found: Iterable[Counterpart]) -> tuple[str, ...]:
        """Words and places as the cells of `columns`; several have ` | ` between them."""
        if not self._of:
            return ()
        listed = list(found)
        places = (f"{one.source} {one.start}-{one.end}" for one in listed)
        return " | ".join(one.text for one in listed), " | ".join(places)
