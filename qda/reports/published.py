"""A report as it goes out under a profile: without excerpts that are withheld, and with what has to be said of that.

A study that is seen through a profile gives reports without names already; what is left is the same for all of them.
"""

from __future__ import annotations

import shlex
from dataclasses import replace
from typing import TYPE_CHECKING

from qda.model.confidential import FEWEST, INTERNAL, PUBLIC, TEAM
from qda.model.nouns import id_of, many
from qda.reports.few import without_few
from qda.reports.report import Evidence, Part, Quotation, Report, Table
from qda.store.attributes import SOURCE_FIELDS
from qda.store.outside import COVER

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from qda.reports.report import Cell
    from qda.store import Study

Row = tuple["Cell", ...]


def published(study: Study, report: Report, *, fewest: int = FEWEST) -> Report:
    """A report as it goes out under the profile through which its study is seen; under `internal` as it is.

    Args:
        study: The study, seen through the profile (`Study.see_from`).
        report: What was made of it.
        fewest: Cells of fewer cases are withheld in public.
    """
    profile = study.outside.profile
    if profile == INTERNAL:
        return report
    options = ["--profile", profile, *(["--k", str(fewest)] if profile == PUBLIC and fewest != FEWEST else [])]
    manifest = {**report.manifest, "command": f"{report.manifest['command']} {shlex.join(options)}"}
    if profile == TEAM:
        return replace(report, manifest=manifest, notes=(*report.notes, *_team(study)))
    secret = _withheld_codings(study)
    report = without_few(_without_attributes(report), fewest)
    table, dropped = _without(report.table)
    view = None if report.view is None else _without(report.view)[0]
    parts, more = _parts(report.parts())
    withheld = dropped or more
    notes = (*report.notes, *_public(len(secret), len(withheld)))
    return replace(
        report,
        table=table,
        view=view,
        notes=notes,
        manifest=manifest,
        parts=lambda: parts,
        evidence=lambda: _open(report.evidence(), secret),
    )


def _without_attributes(report: Report) -> Report:
    """Excerpts without the attributes of persons and cases, by which each could be found in tables of few cases."""
    columns = report.table.columns
    if report.name != "excerpts":
        return report
    told = {name for name, said in report.described.items() if said.startswith("attribute ")} - {*SOURCE_FIELDS}
    kept = [at for at, name in enumerate(columns) if name not in told]
    cut = {row: tuple(row[at] for at in kept) for row in report.table.rows}
    rows, beside = tuple(cut[row] for row in report.table.rows), {cut[row]: one for row, one in report.beside.items()}
    left = ["Attributes of persons and cases are left out."] if len(kept) < len(columns) else []
    notes = (*(note for note in report.notes if not note.startswith("Attributes of cases")), *left)
    return replace(report, table=Table(tuple(columns[at] for at in kept), rows), notes=notes, beside=beside)


def _team(study: Study) -> Iterator[str]:
    given = len(study.pseudonyms.by_key())
    yield f"For the team: {many(given, 'pseudonym')} in the place of names; what is confidential is in it."


def _public(secret: int, withheld: int) -> Iterator[str]:
    yield "For the public: no names, dates of a month; persons and sources have pseudonyms or numbers."
    if withheld:
        yield f"{withheld} withheld: {'it touches' if withheld == 1 else 'they touch'} what is confidential."
    if secret:
        yield f"Confidential excerpts count in the figures, and their words are withheld: {many(secret, 'coding')}."


def _withheld_codings(study: Study) -> frozenset[str]:
    """The ids of the codings whose words are withheld."""
    covered = study.outside.covered
    rows = (row for row in study.counts.quoted() if row[1] in covered) if covered else ()
    return frozenset(id_of(row[0]) for row in rows if study.outside.withholds(row[1], row[2], row[3]))


def withheld_summaries(study: Study) -> frozenset[str]:
    """The ids of the summaries that rest on codings whose words are withheld, in a study that is seen in public."""
    secret = _withheld_codings(study)
    rest = study.summaries.all() if secret else []
    return frozenset(one.uid for one in rest if any(link.id in secret for link in one.basis.links))


def _without(table: Table) -> tuple[Table, set[Row]]:
    """A table without rows that hold what is withheld; and where the excerpts of these stand, each once."""
    kept, dropped = [], set()
    for number, row in enumerate(table.rows):
        if any(isinstance(cell, str) and COVER in cell for cell in row):
            dropped.add(_place(table.columns, row, number))
        else:
            kept.append(row)
    return table._replace(rows=tuple(kept)), dropped


def _place(columns: tuple[str, ...], row: Row, number: int) -> Row:
    """What tells one excerpt from another: its id, else its place, else its row."""
    said = dict(zip(columns, row, strict=True))
    for names in (("source", "start", "end"), ("citation_id",)):
        if all(said.get(name) not in (None, "") for name in names):
            return tuple(said[name] for name in names)
    return (number,)


def _parts(parts: Iterable[Part]) -> tuple[tuple[Part, ...], set[Row]]:
    """Parts without what is withheld, and what that was."""
    made, dropped = [], set[Row]()
    for place, part in enumerate(parts):
        table, rows = _without(part.table)
        quotes = tuple(one for one in part.quotes if not _is_withheld(one))
        dropped |= {(place, *row) for row in rows}
        dropped |= {(place, number, "quote") for number in range(len(part.quotes) - len(quotes))}
        made.append(part._replace(table=table, quotes=quotes))
    return tuple(made), dropped


def _is_withheld(quote: Quotation) -> bool:
    return any(COVER in words for words in (quote.text, quote.wording, *(other.text for other in quote.beside)))


def _open(evidence: Evidence, secret: frozenset[str]) -> Evidence:
    """Evidence without the codings whose words are withheld."""
    if not secret:
        return evidence
    codings = {name: [one for one in ids if one not in secret] for name, ids in evidence.codings.items()}
    return Evidence(codings, evidence.read)
