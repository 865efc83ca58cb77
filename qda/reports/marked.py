"""Transcripts with their codings: each source's text, its turns, and every coding of a selection at its words."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from qda.model.nouns import many
from qda.reports.excerpts import excerpts
from qda.reports.published import published
from qda.reports.scope import look_up

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qda.model.nouns import Source
    from qda.model.selection import Selection
    from qda.reports.report import Cell
    from qda.store import Study


class Mark(NamedTuple):
    """A coding in a transcript: its place in code points, its code by path, who coded it, and its memo."""

    start: int
    end: int
    code: str
    coder: str
    memo: str = ""


class Spoken(NamedTuple):
    """A turn: where it and its speech begin, who speaks, and the moment in milliseconds, where that is known."""

    start: int
    body: int
    speaker: str
    time_ms: int | None


class Marked(NamedTuple):
    """A source with its text, its turns in order, and its codings in order of place, the longer ones first."""

    source: Source
    text: str
    turns: tuple[Spoken, ...]
    marks: tuple[Mark, ...]

    def facts(self) -> str:
        """What is known of the source and how much is coded in it, in a line."""
        source, coders = self.source, sorted({mark.coder for mark in self.marks})
        by = f" by {', '.join(coders)}" if coders else ""
        facts = (source.kind, source.language, source.date, f"{many(len(self.marks), 'coding')}{by}")
        return " · ".join(filter(None, facts))


class Transcripts(NamedTuple):
    """Transcripts with their codings, in order of name, and what must be known of them."""

    all: tuple[Marked, ...]
    notes: tuple[str, ...]


def transcripts(study: Study, selection: Selection) -> Transcripts:
    """The sources of a selection with its codings; one without any is there too.

    The current coder's view holds, and the profile through which the study is seen: what a blind round hides and what
    is withheld is not there.

    Raises:
        QdaError: The selection names something that is not there.
    """
    report, scope = published(study, excerpts(study, selection)), look_up(study, selection)
    found: dict[str, list[Mark]] = {}
    for row in report.table.rows:
        known = dict(zip(report.table.columns, row, strict=True))
        found.setdefault(str(known["source"]), []).append(_mark(known))
    names = {person.key: person.name for person in study.persons.all()}
    return Transcripts(
        tuple(
            Marked(
                source,
                study.sources.text(source.key),
                tuple(
                    Spoken(turn.start, turn.body, names.get(turn.person or 0) or turn.label or "", turn.time_ms)
                    for turn in study.sources.turns(source.revision_key)
                ),
                _in_order(found.get(source.name, [])),
            )
            for source in sorted(scope.sources, key=lambda one: one.name)
        ),
        report.notes,
    )


def _mark(row: dict[str, Cell]) -> Mark:
    start, end = row["start"], row["end"]
    assert isinstance(start, int)  # noqa: S101 - for the type; excerpts have whole numbers for places
    assert isinstance(end, int)  # noqa: S101
    return Mark(start, end, str(row["code"]), str(row["coder"]), str(row["memo"] or ""))


def _in_order(marks: Sequence[Mark]) -> tuple[Mark, ...]:
    """By place, the longer ones first; of one place, codes in the order of the codebook."""
    return tuple(sorted(marks, key=lambda mark: (mark.start, -mark.end)))
