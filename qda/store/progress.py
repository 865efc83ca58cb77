"""Who has done which source, under which codebook, and what was asked where."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from qda.errors import QdaError
from qda.model.nouns import LAYERS, STATES, plain_word
from qda.store.base import Nouns, at_line
from qda.store.codebook_versions import Versions

if TYPE_CHECKING:
    from collections.abc import Sequence


class ProgressRow(NamedTuple):
    """A coder's state on a source; `version` is the codebook's at that time (empty: today's).

    How many `codes` that version had, and which it `lacks`, lets another study find the version that is like it;
    None where that is not said and the number alone counts.
    """

    source: str
    coder: str
    state: str
    version: str = ""
    layer: str = "independent"
    line: int = 0
    codes: int | None = None
    lacks: tuple[str, ...] = ()


class Entered(NamedTuple):
    """How many states were entered, and how many of them under a version with fewer codes than theirs had."""

    states: int
    fewer: int


class CoverageRow(NamedTuple):
    """Whether a source's respondents were asked about a code (and with it about its subcodes)."""

    source: str
    code: str
    asked: bool
    line: int = 0


class Progress(Nouns):
    """Progress by coder and source."""

    def all(self) -> list[tuple[str, str, str, str, int]]:
        """All states: source, coder, layer, state, codebook version."""
        rows = self.database.rows(
            "SELECT s.name, c.name, p.layer, p.state, p.version FROM live_progress p"
            " JOIN live_source s ON s.key = p.source JOIN live_coder c ON c.key = p.coder"
            " ORDER BY s.name, c.key, p.layer"
        )
        return [(source, coder, LAYERS[layer], state, version) for source, coder, layer, state, version in rows]

    def by_keys(self) -> list[tuple[int, int, int, str, int]]:
        """All states by keys: source, coder, layer, state, codebook version."""
        return self.database.rows("SELECT source, coder, layer, state, version FROM live_progress")

    def counted(self) -> list[tuple[int, int, int, str, int]]:
        """The states `by_keys` as reports count them: a translation and its original are one source.

        Who has a state on both is done when done with both, under the older of the two versions of the codebook.
        """
        roots = self.study.translations.roots()
        if not roots:
            return self.by_keys()
        found: dict[tuple[int, int, int], tuple[str, int]] = {}
        for source, coder, layer, state, version in self.by_keys():
            place = roots.get(source, source), coder, layer
            before = found.get(place, (state, version))
            found[place] = (before[0] if state == "done" else state), min(before[1], version)
        return [(*place, *said) for place, said in found.items()]

    def import_rows(self, rows: Sequence[ProgressRow], summary: str) -> Entered:
        """Enter states; unknown coders are made.

        Where no version of the codebook has just the codes that a row says, one counts that had fewer: nothing is
        taken for looked for that was not.

        Raises:
            QdaError: A line is wrong; the sentence names it and nothing is entered.
        """
        with self.study.action("progress", summary) as change:
            sources = self.study.sources.known()
            versions = Versions(self.study)
            coders = self.study.coders.make_from(change, ((row.coder, row.line) for row in rows))
            last: dict[tuple[int, int, int], tuple[str, int, bool]] = {}
            for row in rows:
                place = sources.get(row.source, row.line), coders[row.coder], _layer(row)
                last[place] = (_state(row), *versions.of(row))
            for (source, coder, layer), (state, version, _) in last.items():
                change.put("progress", (source, coder, layer, state, version))
        return Entered(len(last), sum(fewer for *_, fewer in last.values()))

    def set(self, source: str, coder: str, state: str) -> None:
        """Set one state under today's codebook."""
        self.import_rows([ProgressRow(source, coder, state)], f"{source}: {state} by {coder}")


class Coverage(Nouns):
    """What was asked where."""

    def all(self) -> list[tuple[str, str, bool]]:
        """All entries: source, path of the code, asked."""
        paths = {code.key: code.path for code in self.study.codebook.tree().codes}
        rows = self.database.rows(
            "SELECT s.name, v.code, v.asked FROM live_coverage v JOIN live_source s ON s.key = v.source ORDER BY s.name"
        )
        order = {key: number for number, key in enumerate(paths)}
        rows.sort(key=lambda row: (row[0], order[row[1]]))
        return [(source, paths[code], bool(asked)) for source, code, asked in rows]

    def by_keys(self) -> dict[tuple[int, int], bool]:
        """All entries by keys of source and code."""
        rows = self.database.rows("SELECT source, code, asked FROM live_coverage")
        return {(source, code): bool(asked) for source, code, asked in rows}

    def counted(self) -> dict[tuple[int, int], bool]:
        """The entries as reports count them: those of a translation go for its original where that has none."""
        roots, found = self.study.translations.roots(), self.by_keys()
        return {(roots[source], code): asked for (source, code), asked in found.items() if source in roots} | found

    def import_rows(self, rows: Sequence[CoverageRow], summary: str) -> int:
        """Enter what was asked; a later line replaces an earlier one of the same source and code.

        Raises:
            QdaError: A line is wrong; the sentence names it and nothing is entered.
        """
        with self.study.action("coverage", summary) as change:
            sources = self.study.sources.known()
            tree = self.study.codebook.tree()
            last: dict[tuple[int, int], bool] = {}
            for row in rows:
                source = sources.get(row.source, row.line)
                try:
                    last[source, tree.get(row.code).key] = row.asked
                except QdaError as error:
                    raise at_line(row.line, error) from None
            for (source, code_key), asked in last.items():
                change.put("coverage", (source, code_key, int(asked)))
        return len(last)


def _layer(row: ProgressRow) -> int:
    if row.layer not in LAYERS:
        raise at_line(row.line, f"the layer '{row.layer}' is not one of {', '.join(LAYERS)}")
    return LAYERS.index(row.layer)


def _state(row: ProgressRow) -> str:
    state = plain_word(row.state)
    if state not in STATES:
        raise at_line(row.line, f"the state '{row.state}' is not one of {', '.join(STATES)}")
    return state
