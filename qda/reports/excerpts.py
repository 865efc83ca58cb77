"""Coded excerpts: every coding with its words, its place, who speaks, who coded and what was noted."""

from __future__ import annotations

from functools import cache, partial
from operator import itemgetter
from typing import TYPE_CHECKING

from qda.model.nouns import id_of, many
from qda.reports.beside import COLUMNS as BESIDE
from qda.reports.beside import Beside
from qda.reports.counting import Codings
from qda.reports.manifest import manifest
from qda.reports.pages import Pages
from qda.reports.report import Cell, Evidence, Report, Table, cell_name
from qda.reports.scope import look_up
from qda.reports.subjects import Subjects

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from qda.model.alignment import Counterpart
    from qda.model.selection import Selection
    from qda.model.spans import Segment
    from qda.reports.scope import Scope
    from qda.store import Study

    Row = tuple[Cell, ...]

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
        table=Table((*COLUMNS, *writer.more, *(name for _, name in writer.attributes), *writer.beside.columns), rows),
        notes=(
            f"{many(len(rows), 'coding')} in {len({row[2] for row in rows})} of {many(len(scope.sources), 'source')}.",
            *([f"Wholly in what is no data, so left out: {', '.join(writer.left_out)}."] if writer.left_out else []),
            *writer.case_notes(),
            *scope.notes,
        ),
        manifest=manifest(study, scope, "excerpts"),
        evidence=lambda: Evidence({cell_name(str(row[10]), "text"): [str(row[10])] for row in rows}),
        described=dict.fromkeys(writer.more, "page of the document on which it begins, as printed there")
        | {
            shown: f"attribute {shown.removeprefix(f'{target}.')} of the {target}, several values with | between them"
            for target, shown in writer.attributes
        },
        beside=writer.in_other_languages(rows),
    )


class _Writer:
    """Puts the rows together; texts are sliced one source at a time."""

    def __init__(self, study: Study, scope: Scope) -> None:
        self._study = study
        self._scope = scope
        self._subjects = Subjects(study, scope)
        self._codings = Codings(study, scope, subjects=self._subjects)
        self._memos = study.memos.of_codings()
        self._names = {source.key: source.name for source in scope.sources}
        self._values = {level: study.attributes.of(level) for level in ("person", "source", "case")}
        self._texts = dict(study.counts.texts())
        self._pages = Pages(study, self._texts)
        self.more = ("page",) if self._pages else ()
        self.attributes = self._attributes()
        self.left_out: list[str] = []
        self.beside = Beside(study, scope)
        self._quoted: dict[tuple[Cell, Cell], tuple[Counterpart, ...]] = {}

    def _attributes(self) -> list[tuple[str, str]]:
        """The attributes with the level they stand on; a name on several levels is said with its level."""
        listed = [(target, name) for name, target, _ in self._study.attributes.all()]
        names = [name for _, name in listed]
        used = [
            name for name in ("kind", "language", "date") if any(name in v for v in self._values["source"].values())
        ]
        taken = {*used, *COLUMNS, *self.more, *BESIDE}
        return [("source", name) for name in used] + [
            (target, f"{target}.{name}" if names.count(name) > 1 or name in taken else name) for target, name in listed
        ]

    def case_notes(self) -> list[str]:
        """Of which kind the cases are whose attributes are given."""
        if not any(target == "case" for target, _ in self.attributes):
            return []
        return [f"Attributes of cases are of the kind '{self._scope.case_kind}'{self._scope.others_said}."]

    def rows(self) -> Iterator[Row]:
        """All rows in order: by code, source, place and coder."""
        found: dict[int, list[tuple[str, list[Row]]]] = {}
        for source, segments in self._codings.sources():
            for code, rows in self._of_source(source, self._texts[source], segments):
                found.setdefault(code, []).append((self._names[source], rows))
        for one in self._scope.codes:
            for _, rows in sorted(found.get(one.key, ()), key=itemgetter(0)):
                yield from rows

    def _of_source(self, source: int, text: str, by_code: dict[int, list[Segment]]) -> Iterator[tuple[int, list[Row]]]:
        """The rows of each code in one source, by place, coder and id."""
        name, without = self._names[source], self._codings.without(source)
        details, memos, coders = self._study.counts.details(source), self._memos, self._scope.coder_names
        spans = [segment[:2] for listed in by_code.values() for segment in listed]
        places = self._subjects.places(source, spans)
        cells = cache(partial(self._attribute_cells, source))
        for code, listed in by_code.items():
            path = self._scope.tree.by_key[code].path
            made = []
            for (start, end, coder, row, _, persons), (turn, speaker) in zip(listed, places, strict=False):
                if without.spans and without.swallow(start, end):
                    self.left_out.append(f"{name} {start}-{end}")
                    continue
                _, key, uid, at = details[row]
                words = (path, text[start:end], name, start, end, turn, speaker)
                facts = (coders.get(coder, "consensus"), at, memos.get(key, ""), id_of(uid))
                page = (self._pages.page(name, start),) if self._pages else ()
                other: tuple[str, ...] = ()
                if self.beside.columns:
                    found = self._quoted[facts[-1], start] = self.beside.of(source, start, end, row)
                    other = self.beside.cells(found)
                made.append((start, end, coder, uid, (*words, *facts, *page, *cells(persons), *other)))
            made.sort()
            yield code, [one[-1] for one in made]

    def in_other_languages(self, rows: Sequence[Row]) -> dict[Row, tuple[Counterpart, ...]]:
        """The words of each row in other languages."""
        return {row: self._quoted[row[10], row[3]] for row in rows} if self._quoted else {}

    def _attribute_cells(self, source: int, persons: frozenset[int] | None) -> tuple[str, ...]:
        """The values of each attribute, several joined by `|`."""
        cases = self._subjects.cases(source, persons)
        keys = {"person": sorted(persons or ()), "source": [source], "case": sorted(cases)}
        found = []
        for target, shown in self.attributes:
            name = shown.removeprefix(f"{target}.")
            values = dict.fromkeys(
                value for key in keys[target] for value in self._values[target].get(key, {}).get(name, ())
            )
            found.append("|".join(value.replace("|", "\\|") for value in values))
        return tuple(found)
