"""The sources as rows of a table: what they are, how much is coded in them, and how far everybody is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text

from qda.model.nouns import STATES, many
from qda.store.workload import codings_by_coder
from qda.tui.listing import Listing, Row
from qda.tui.sheet import GOOD, QUIET, WARN, Column, wide

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from qda.store import Study
    from qda.tui.sheet import Cell
    from qda.tui.theme import Paint

ASSIGNED, BEGUN, DONE = STATES
_SIGNS: dict[str, tuple[str, str]] = {
    ASSIGNED: (f"○ {ASSIGNED}", ""),
    BEGUN: (f"◐ {BEGUN}", WARN),
    DONE: (f"● {DONE}", GOOD),
}
_NUMBERS, _WORDS = ("mine", "all", "words", "turns", "people"), ("kind", "lang", "date")
_FULL_STATE, _SHORT_STATE = 13, 6
_ROOMY = 150


class SourceRows:
    """All sources of a study, as they were read."""

    def __init__(self, study: Study, me: int | None) -> None:
        self.me = me
        with study.database.reading():
            self.by_key = {source.key: source for source in study.sources.all()}
            self._turns, self._words = study.sources.turn_counts(), study.counts.text_words()
            self._all, self._own = study.codings.counts_by_source(), codings_by_coder(study)
            coders = {coder.key: coder.name for coder in study.coders.all()}
            states = study.progress.by_keys()
            self.states = {(row[0], row[1]): (row[3], row[4]) for row in states if row[2] == 0}
            self.agreed = _furthest((row[0], row[3]) for row in states if row[2] == 1)
            self._roots = study.translations.roots()
            self.confidential = frozenset(study.sensitive.whole())
            self._version = study.codebook.version()
            self._people: dict[int, int] = {}
            for where in study.persons.sources_of().values():
                for key in where:
                    self._people[key] = self._people.get(key, 0) + 1
        self.coders = {key: name for key, name in coders.items() if key == me} | coders  # my own column first
        self.rows = [self._row(key) for key in self.by_key]

    def listing(self, width: int) -> Listing:
        """The table for a screen of a width."""
        return Listing(self.columns(width), self.rows)

    def keys(self, names: Sequence[str]) -> list[int]:
        """The keys of sources by name."""
        wanted = set(names)
        return [key for key, source in self.by_key.items() if source.name in wanted]

    def state(self, source: int, coder: int | None) -> str:
        """How far a coder is in a source; empty where nothing is entered."""
        return self.states.get((source, coder or 0), ("", 0))[0]

    def _counts(self, key: int) -> tuple[int, ...]:
        mine = self._own.get(key, {}).get(self.me or 0, 0)
        return mine, *(known.get(key, 0) for known in (self._all, self._words, self._turns, self._people))

    def _row(self, key: int) -> Row:
        source = self.by_key[key]
        states = [self._state_cell(key, coder) for coder in self.coders]
        if self.agreed:
            agreed = self.agreed.get(key, "")
            states.append(_SIGNS[agreed] if agreed else ("·", QUIET))
        counts = map(str, self._counts(key))
        last = source.kind, source.language, source.date, str(source.characters)
        return Row(key, source.name, (source.name, *states, *counts, *last))

    def _state_cell(self, source: int, coder: int) -> Cell:
        state = self.state(source, coder)
        return _SIGNS[state] if state else ("·", QUIET)

    def columns(self, width: int) -> list[Column]:
        """The columns; with room enough the states of coders stand there in full."""
        columns = [Column("source", wide("source", (row.name for row in self.rows), 40))]
        state = _FULL_STATE if width >= _ROOMY and self.states else _SHORT_STATE
        columns += [Column(name, max(min(len(name), 10), state)) for name in self.coders.values()]
        columns += [Column("consensus", max(len("consensus"), state))] if self.agreed else []
        for name in (*_NUMBERS, *_WORDS, "chars"):
            words = (str(row.cells[at]) for at in [len(columns)] for row in self.rows)
            columns.append(Column(name, wide(name, words, 14), name not in _WORDS))
        return columns

    def about(self, key: int, paint: Paint) -> Text:
        """Everything about a source, in words."""
        source = self.by_key[key]
        _, _, words, turns, people = self._counts(key)
        parts = [source.kind, source.language, source.date]
        parts += [many(turns, "turn"), many(people, "person", "people"), many(words, "word")]
        parts += [many(source.characters, "character"), source.format]
        parts += [f"revision {source.revision}"] if source.revision > 1 else []
        original = self.by_key.get(self._roots.get(key, 0))
        parts += [f"translation of {original.name}"] if original else []
        parts += ["confidential"] if key in self.confidential else []
        quiet, plain = f"not bold {paint.quiet}", f"not bold {paint.text}"
        own = self._own.get(key, {})
        codings = " · ".join(f"{name} {own[coder]}" for coder, name in self.coders.items() if coder in own)
        text = Text(source.name, style=f"bold {paint.text}")
        text.append(f"\n{' · '.join(part for part in parts if part)}", style=quiet)
        text.append("\nprogress: ", style=quiet).append(self._progress(key), style=plain)
        return text.append("\ncodings:  ", style=quiet).append(codings or "none yet", style=plain)

    def _progress(self, key: int) -> str:
        said = []
        for coder, name in self.coders.items():
            if found := self.states.get((key, coder)):
                state, version = found
                old = state == DONE and version != self._version
                said.append(f"{name} {_SIGNS[state][0]}" + (f" under codebook {version}" if old else ""))
        if key in self.agreed:
            said.append(f"consensus {_SIGNS[self.agreed[key]][0]}")
        return " · ".join(said) or "nothing is entered; D marks it as done by you, P assigns it"


def _furthest(states: Iterable[tuple[int, str]]) -> dict[int, str]:
    """How far the consensus is in each source, whoever entered it."""
    found: dict[int, str] = {}
    for source, state in states:
        found[source] = max(found.get(source, ASSIGNED), state, key=STATES.index)
    return found
