"""Projects and codebook files of other tools, as `qda import` shows them and takes them in."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

from qda.errors import QdaError, in_file
from qda.model.nouns import many

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator
    from pathlib import Path

    from qda.cli.command import Command
    from qda.io.tools.asked import KnownText
    from qda.model.project import Project
    from qda.reports.report import Cell
    from qda.store import Study
    from qda.store.projects import Outcome
    from qda.store.projects.outcome import Tally


def is_project_file(path: Path, *, told: bool = False) -> bool:
    """Whether a file is a project or a codebook of another tool, by its content; `told`: the columns of tables are."""
    from qda.io.refi.codebook_file import is_codebook_file
    from qda.io.refi.reading import is_project
    from qda.io.tools.recognising import tool_of

    return is_codebook_file(path) or is_project(path) or tool_of(path, told=told) is not None


@contextlib.contextmanager
def opened(
    command: Command, options: argparse.Namespace, file: Path, labels: str | frozenset[str]
) -> Iterator[Project]:
    """A project, or a codebook as one that has only codes."""
    from qda.io.refi.codebook_file import is_codebook_file, read_codebook_file
    from qda.io.refi.offsets import parse_convention
    from qda.io.refi.reading import open_project
    from qda.io.tools.asked import Asked
    from qda.io.tools.quotation_columns import parse_told
    from qda.io.tools.recognising import tool_of

    told = parse_told(options.column)
    if is_codebook_file(file):
        yield read_codebook_file(file)
    elif tool := tool_of(file, told=bool(told)):
        with tool.open(file, Asked(labels, options.coder_name, told, lambda: _texts(command.study))) as project:
            yield project
    else:
        with open_project(file, offsets=parse_convention(options.offsets), speakers=labels) as project:
            yield project


def _texts(study: Study) -> Iterator[KnownText]:
    """The sources of the study, for tools that keep no texts."""
    from functools import partial

    from qda.io.tools.asked import KnownText
    from qda.model.nouns import uid_of

    for source in study.sources.all():
        uid = uid_of(source.uid)
        if uid is not None:
            yield KnownText(uid, source.name, partial(study.sources.text, source.key))


def take_projects(
    command: Command, options: argparse.Namespace, files: list[Path], labels: str | frozenset[str]
) -> tuple[list[tuple[Cell | list[str], ...]], list[str]]:
    """Take projects in, or only find out what would become of them; returns rows to show, and what was refused."""
    rows: list[tuple[Cell | list[str], ...]] = []
    refused = []
    for file in files:
        try:
            outcome = _take(command, options, file, labels)
        except QdaError as error:
            refused.append(str(in_file(error, str(file))))
            continue
        for source in outcome.sources:
            sizes: tuple[Cell | list[str], ...] = (
                source.format,
                source.encoding,
                source.characters,
                source.turns,
                list(source.speakers),
                [],
                [],
            )
            rows.append((str(file), source.name, source.what, *sizes))
        command.say(f"{file}: {_summary(outcome)}")
        for sentence in outcome.said:
            command.say(f"  {sentence}")
    return rows, refused


def _take(command: Command, options: argparse.Namespace, file: Path, labels: str | frozenset[str]) -> Outcome:
    from qda.store.projects import take_in

    fields = {"kind": options.kind, "language": options.language, "date": options.date}
    with opened(command, options, file, labels) as project:
        return take_in(command.study, project, f"project {file.name}", fields, dry_run=options.dry_run)


def _summary(outcome: Outcome) -> str:
    """How many things came in, in one sentence."""
    parts = [
        _counted(outcome.codes, "code"),
        _counted(outcome.coders, "coder"),
        _sources(outcome),
        _counted(outcome.codings, "coding"),
        _counted(outcome.memos, "memo"),
        _counted(outcome.cases, "case"),
    ]
    if outcome.values:
        parts.append(many(outcome.values, "value of attributes", "values of attributes"))
    if outcome.only_here:
        parts.append(f"{many(outcome.only_here, 'coding')} here that the file lacks: they stay")
    return "; ".join(part for part in parts if part) or "nothing in it"


def _sources(outcome: Outcome) -> str:
    if not outcome.sources:
        return ""
    here = sum(source.what.startswith("here") for source in outcome.sources)
    revised = sum(source.what.startswith("its text") for source in outcome.sources)
    new = len(outcome.sources) - here - revised
    more = [f"{count} {word}" for count, word in ((revised, "with a new text"), (here, "here already")) if count]
    return ", ".join([many(new, "new source"), *more])


def _counted(tally: Tally, noun: str) -> str:
    if not (tally.new or tally.changed or tally.here):
        return ""
    more = [f"{count} {word}" for count, word in ((tally.changed, "changed"), (tally.here, "here already")) if count]
    return ", ".join([many(tally.new, f"new {noun}"), *more])
