"""What `qda import --dry-run` shows: what would become of each file, and what was recognised in it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from qda.cli.projects import take_projects
from qda.errors import QdaError, in_file
from qda.model.nouns import many

if TYPE_CHECKING:
    import argparse

    from qda.cli.command import Command
    from qda.cli.importing import Plan
    from qda.model.transcript import Transcript
    from qda.reports.report import Cell
    from qda.store.arrivals import Added

_COLUMNS = ("file", "name", "what", "format", "encoding", "characters", "turns", "speakers", "left as text", "no data")


def preview(command: Command, options: argparse.Namespace, plan: Plan, labels: str | frozenset[str]) -> None:
    """List what would become of each file, and refuse what would be refused."""
    from qda.store.arrivals import Arrivals

    rows: list[tuple[Cell | list[str], ...]] = []
    arrivals, first = Arrivals(command.study), dict[bytes, Path]()
    for file, transcript in plan.transcripts:
        try:
            added = arrivals.expect(transcript, name=options.name, again=options.again)
        except QdaError as error:
            plan.refused.append(str(in_file(error, str(file))))
            continue
        twin = first.setdefault(transcript.original, file) if added.new else first.get(transcript.original)
        rows.append((str(file), added.name, _becomes(added, file, twin), *_read(wanted(options, transcript))))
    for file in plan.codebooks:
        try:
            codes = many(_codes(file), "code")
        except QdaError as error:
            plan.refused.append(str(in_file(error, str(file))))
            continue
        rows.append((str(file), file.stem, f"{codes} taken over", "codebook", None, None, None, [], [], []))
    more, refused = take_projects(command, options, plan.projects, labels)
    rows += more
    plan.refused.extend(refused)
    command.show(_COLUMNS, rows, options, "Nothing would come in.")


def wanted(options: argparse.Namespace, transcript: Transcript) -> Transcript:
    """A transcript with its page heads as no data, unless that is declined."""
    from qda.io.documents.said import without_heads

    return without_heads(transcript) if options.page_heads == "no" else transcript


def _becomes(added: Added, file: Path, twin: Path | None) -> str:
    if added.new:
        return "new (the name was taken)" if added.renamed else "new"
    return "here already" if twin is None or twin == file else f"the same bytes as {twin}"


def _read(transcript: Transcript) -> tuple[Cell | list[str], ...]:
    """What was recognised in a transcript."""
    from qda.io.documents.said import heads_of

    return (
        *(transcript.format, transcript.encoding, len(transcript.text)),
        *(len(transcript.turns), list(dict.fromkeys(t.label for t in transcript.turns if t.label))),
        [f"{label.label} ({label.times})" for label in transcript.unsure],
        heads_of(transcript),
    )


def _codes(file: Path) -> int:
    """How many codes a codebook has that can be taken over."""
    from qda.cli.codebook import read
    from qda.store.code_names import check_codebook

    codebook = read(str(file))
    check_codebook(codebook)
    return sum(1 for _ in codebook.walk())
