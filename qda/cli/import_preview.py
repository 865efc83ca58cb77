"""What `qda import --dry-run` shows: what would become of each file, and what was recognised in it."""

from __future__ import annotations

import argparse
import contextlib
from pathlib import Path
from typing import TYPE_CHECKING

from qda.cli.command import Command
from qda.cli.projects import take_projects
from qda.errors import QdaError, in_file
from qda.model.nouns import many

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qda.cli.importing import Plan
    from qda.model.transcript import Transcript
    from qda.reports.report import Cell
    from qda.store.arrivals import Added

_COLUMNS = ("file", "name", "what", "format", "encoding", "characters", "turns", "speakers", "left as text", "no data")


def preview(command: Command, options: argparse.Namespace, plan: Plan, labels: str | frozenset[str]) -> None:
    """List what would become of each file, and refuse what would be refused."""
    from qda.store.arrivals import Arrivals

    rows: list[tuple[Cell | list[str], ...]] = []
    expected: list[Transcript] = []
    arrivals, first = Arrivals(command.study), dict[bytes, Path]()
    for file, transcript in plan.transcripts:
        try:
            added = arrivals.expect(transcript, name=options.name, again=options.again)
        except QdaError as error:
            plan.refused.append(str(in_file(error, str(file))))
            continue
        twin = first.setdefault(transcript.original, file) if added.new else first.get(transcript.original)
        rows.append((str(file), added.name, _becomes(added, file, twin), *_read(wanted(options, transcript))))
        expected.append(transcript)
    for file in plan.codebooks:
        try:
            codes = many(_codes(file), "code")
        except QdaError as error:
            plan.refused.append(str(in_file(error, str(file))))
            continue
        rows.append((str(file), file.stem, f"{codes} taken over", "codebook", None, None, None, [], [], []))
    if plan.projects:
        more, refused = _projects(command, options, plan, expected, labels)
        rows += more
        plan.refused.extend(refused)
    command.show(_COLUMNS, rows, options, "Nothing would come in.")


def _projects(
    command: Command, options: argparse.Namespace, plan: Plan, expected: list[Transcript], labels: str | frozenset[str]
) -> tuple[list[tuple[Cell | list[str], ...]], list[str]]:
    """What would become of projects, each behind the codebooks, documents and projects that come in before it."""
    from qda.cli.codebook import read

    if not (expected or plan.codebooks) and len(plan.projects) == 1:
        return take_projects(command, options, plan.projects, labels)
    with _copied(command) as other:
        for file in plan.codebooks:
            with contextlib.suppress(QdaError):  # it was refused already
                other.study.codebook.import_codebook(read(str(file)), "codebook", file.name)
        for transcript in expected:
            other.study.sources.add(transcript, speakers={}, name=options.name, again=options.again)
        really = argparse.Namespace(**(vars(options) | {"dry_run": False}))
        return take_projects(other, really, plan.projects, labels)


@contextlib.contextmanager
def _copied(command: Command) -> Iterator[Command]:
    """The command with a copy of its study, which lies beside the study and goes when it is done."""
    import tempfile

    from qda.store.backup import write_backup

    study = command.study
    with tempfile.TemporaryDirectory(prefix=".qda-", dir=command.file.parent) as folder:
        copy = Path(folder, command.file.name)
        write_backup(study.database, copy)
        other = Command(command.name, command.summary, str(copy), study.coder)
        try:
            yield other
        finally:
            other.close()


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
