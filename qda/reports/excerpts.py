"""Coded excerpts: every coding with its words, its place, who speaks, who coded and what was noted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qda.reports.counting import Codings
from qda.reports.manifest import manifest
from qda.reports.report import Cell, Evidence, Report, Table, cell_name
from qda.reports.scope import look_up
from qda.reports.subjects import Subjects

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qda.model.selection import Selection
    from qda.reports.scope import Scope
    from qda.store import Study

COLUMNS = ("code", "text", "source", "start", "end", "turn", "speaker", "coder", "at", "memo", "id")


def excerpts(study: Study, selection: Selection) -> Report:
    """The codings of the selection, in the order of the codebook, then of source and place."""
    scope = look_up(study, selection)
    writer = _Writer(study, scope)
    rows = tuple(writer.rows())
    return Report(
        name="excerpts",
        title=f"Coded excerpts: {scope.whose}",
        unit="codings",
        table=Table((*COLUMNS, *(name for _, name in writer.attributes)), rows),
        notes=(
            f"{len(rows)} codings in {len({row[2] for row in rows})} of {len(scope.sources)} sources.",
            *scope.notes,
        ),
        manifest=manifest(study, scope, "excerpts"),
        evidence=lambda: Evidence({cell_name(str(row[10]), "text"): [str(row[10])] for row in rows}),
    )


class _Writer:
    """Puts the rows together; texts are sliced one source at a time."""

    def __init__(self, study: Study, scope: Scope) -> None:
        self._study = study
        self._scope = scope
        self._codings = Codings(study, scope)
        self._subjects = Subjects(study, scope)
        self._memos = study.memos.of_codings()
        self._details = study.counts.details()
        self._names = {source.key: source.name for source in scope.sources}
        self._values = {level: study.attributes.of(level) for level in ("person", "source", "case")}
        self.attributes = self._attributes()

    def _attributes(self) -> list[tuple[str, str]]:
        """The attributes with the level they stand on; a name on several levels is said with its level."""
        listed = [(target, name) for name, target, _ in self._study.attributes.all()]
        names = [name for _, name in listed]
        used = [
            name for name in ("kind", "language", "date") if any(name in v for v in self._values["source"].values())
        ]
        return [("source", name) for name in used] + [
            (target, f"{target}.{name}" if names.count(name) > 1 or name in used or name in COLUMNS else name)
            for target, name in listed
        ]

    def rows(self) -> Iterator[tuple[Cell, ...]]:
        """All rows in order."""
        order = {code.key: number for number, code in enumerate(self._scope.codes)}
        made = []
        texts = dict(self._study.counts.texts())
        for source, segments in self._codings.sources():
            text, name = texts[source], self._names[source]
            without = self._codings.without(source)
            for code, listed in segments.items():
                for start, end, coder, row, _, _ in listed:
                    if not without.swallow(start, end):
                        place = (order[code], name, start, end, coder)
                        made.append((place, source, code, text[start:end], row))
        made.sort(key=lambda item: (item[0], self._details[item[4]][1]))
        for place, source, code, words, row in made:
            yield self._row(place, source, code, words, row)

    def _row(
        self, place: tuple[int, str, int, int, int], source: int, code: int, words: str, row: int
    ) -> tuple[Cell, ...]:
        _, name, start, end, coder = place
        key, uid, at = self._details[row]
        turn, speaker = self._turn(source, start, end)
        persons = self._subjects.persons(source, start, end)
        return (
            *(self._scope.tree.by_key[code].path, words, name, start, end, turn, speaker),
            *(self._scope.coder_names.get(coder, "consensus"), at, self._memos.get(key, ""), uid),
            *self._attribute_cells(source, persons),
        )

    def _turn(self, source: int, start: int, end: int) -> tuple[int | None, str]:
        """The first turn that a coding shares, and who speaks in all of them."""
        voices = self._subjects.voices.get(source)
        if voices is None or not voices.starts:
            return None, ""
        places = voices.between(start, end)
        names = dict.fromkeys(
            self._subjects.names[speaker] for i in places if (speaker := voices.speakers[i]) is not None
        )
        return (voices.numbers[places[0]] if places else None), "; ".join(names)

    def _attribute_cells(self, source: int, persons: frozenset[int] | None) -> Iterator[str]:
        """The values of each attribute, several joined by `|`."""
        cases = self._subjects.cases(source, persons)
        keys = {"person": sorted(persons or ()), "source": [source], "case": sorted(cases)}
        for target, shown in self.attributes:
            name = shown.removeprefix(f"{target}.")
            values = dict.fromkeys(
                value for key in keys[target] for value in self._values[target].get(key, {}).get(name, ())
            )
            yield "|".join(value.replace("|", "\\|") for value in values)
