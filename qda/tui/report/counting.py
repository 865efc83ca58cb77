"""Counting away from the screen: each job opens the study for itself, for a connection belongs to its thread."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from qda.reports.behind import BELOW
from qda.reports.registry import report_function

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from qda.model.selection import Selection
    from qda.reports.report import Cell, Evidence, Report
    from qda.store import Study
    from qda.tui.report.state import Request


@dataclass(frozen=True, slots=True)
class Door:
    """By what a study is opened once more: its file, and who works."""

    file: Path
    coder: str

    def open(self) -> Study:
        """Open the study."""
        from qda.store import Study

        return Study.open(self.file, self.coder)


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A coding with its words, as it is read."""

    id: str
    code: str
    text: str
    source: str
    start: int
    end: int
    turn: int | None
    speaker: str
    coder: str
    at: str
    memo: str


@dataclass(frozen=True, slots=True)
class Behind:
    """What stands behind a cell: its excerpts, how many of them are the code's own, and which sources were read."""

    title: str
    excerpts: tuple[Excerpt, ...]
    own: int
    read: tuple[str, ...]
    state: str


def door_of(study: Study) -> Door:
    """The door of an open study."""
    return Door(study.database.file, study.coder)


def make(door: Door, request: Request) -> Report:
    """Make a report with its parts. Its evidence needs a connection that is closed: `look_behind` makes it anew."""
    with door.open() as study, study.database.reading():
        report = report_function(request.name)(study, request.selection, **dict(request.options))
        parts = report.parts()
        return replace(report, parts=lambda: parts)


def count_found(door: Door, selection: Selection, words: str) -> tuple[int, int]:
    """How many passages a query, or the saved one of a name, finds in a selection, and in how many sources.

    Raises:
        QdaError: It is wrong, or names something that is not there.
    """
    from qda.reports.query_hits import count_query

    with door.open() as study, study.database.reading():
        return count_query(study, replace(selection, query=words))


def look_behind(door: Door, request: Request, title: str, names: Sequence[str], codes: tuple[str, ...]) -> Behind:
    """What stands behind the cells of these names, in the order of codebook, source and place; own codings first."""
    with door.open() as study, study.database.reading():
        report = report_function(request.name)(study, request.selection, **dict(request.options))
        found, own, read = _gathered(report.evidence(), names)
        listed = _excerpts(study, request, codes, set(found)) if found else {}
        listed |= {uid: cited for uid in found if (cited := _citation(report, uid)) is not None}
        state = study.state_hash()
    order = [one for uid, one in listed.items() if uid in own] + [one for uid, one in listed.items() if uid not in own]
    return Behind(title, tuple(order), len(own), tuple(read), state)


def _gathered(evidence: Evidence, names: Sequence[str]) -> tuple[dict[str, None], set[str], list[str]]:
    """The ids behind cells, which of them are the code's own, and the sources that were read for nothing."""
    found: dict[str, None] = {}
    own: set[str] = set()
    for name in names:
        ids = evidence.codings.get(name, ())
        found.update(dict.fromkeys(ids))
        if not name.endswith(f"|{BELOW}"):
            own.update(ids)
    read = dict.fromkeys(source for name in names for source in evidence.read.get(name, ()))
    return found, own, list(read)


def _excerpts(study: Study, request: Request, codes: tuple[str, ...], wanted: set[str]) -> dict[str, Excerpt]:
    """The excerpts of some codings; only the codes that a cell is about are read."""
    from qda.reports.excerpts import excerpts

    layer = "independent" if request.name == "agreement" else request.selection.layer
    selection = replace(
        request.selection,
        layer=layer,
        codes=codes or request.selection.codes,
        subcodes=True,
        by=(),
        by_within="overlap",
    )
    rows = excerpts(study, replace(selection, roll_up=False)).table.rows
    return {str(row[10]): excerpt_of(row) for row in rows if row[10] in wanted}


def _citation(report: Report, uid: str) -> Excerpt | None:
    """A segment that is cited in a report, by the id of its citation; None where the report has none of that id."""
    if "citation_id" not in report.table.columns:
        return None
    at = report.table.columns.index
    for row in report.table.rows:
        if row[at("citation_id")] == uid and row[at("source")]:
            said = [row[at(name)] for name in ("stance", "text", "source", "start", "end", "turn", "speaker")]
            return excerpt_of((*said, row[at("footnote")], "", row[at("wording")], uid))
    return None


def excerpt_of(row: tuple[Cell, ...]) -> Excerpt:
    """A row of the report on excerpts, as it is read."""
    code, text, source, start, end, turn, speaker, coder, at, memo, uid = row[:11]
    return Excerpt(
        id=str(uid),
        code=str(code),
        text=str(text),
        source=str(source),
        start=int(start or 0),
        end=int(end or 0),
        turn=None if turn is None else int(turn),
        speaker=str(speaker or ""),
        coder=str(coder or ""),
        at=str(at or ""),
        memo=str(memo or ""),
    )
