"""Writing a report into the study's exports folder: the same bytes that the command line writes."""

from __future__ import annotations

import shlex
from dataclasses import replace
from typing import TYPE_CHECKING

from qda.errors import StudyError
from qda.io.files import read_text, write_file
from qda.render import render_report
from qda.render.as_csv import metadata
from qda.reports.manifest import selection_options

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from qda.model.selection import Selection
    from qda.reports.report import Report

FORMS = {"m": ("md", "Markdown"), "c": ("csv", "CSV"), "j": ("json", "JSON")}
QUOTES = "q"


def contents(report: Report, form: str, folder: Path, number: int = 1) -> dict[Path, str]:
    """The files of a report in a form; a higher number makes other names."""
    file = folder / f"{report.name}{'' if number == 1 else f'_{number}'}.{form}"
    made = {file: render_report(report, form)}
    if form == "csv":
        made[file.with_name(f"{file.name}-metadata.json")] = metadata(report, file.name)
    return made


def quotations(report: Report, selection: Selection, folder: Path, number: int = 1) -> dict[Path, str]:
    """The excerpts as quotations for writers, as `qda export markdown` writes them."""
    from qda.io.markdown import excerpts_markdown

    command = shlex.join(["qda", "export", "markdown", *selection_options(selection)])
    named = replace(report, manifest={**report.manifest, "command": command})
    file = folder / f"quotations{'' if number == 1 else f'_{number}'}.md"
    return {file: excerpts_markdown(named)}


def standing_in_the_way(files: Mapping[Path, str], written: Mapping[Path, str]) -> list[Path]:
    """The files that hold something else than what is to be written, and that were not written from here."""
    found = []
    for file, content in files.items():
        if not file.exists():
            continue
        there = _content(file)
        if there not in (content, written.get(file)):
            found.append(file)
    return found


def _content(file: Path) -> str | None:
    from qda.errors import QdaError

    try:
        return read_text(file)
    except QdaError:
        return None


def write(files: Mapping[Path, str]) -> None:
    """Write files; their folder is made where it is not there.

    Raises:
        QdaError: They cannot be written; the sentence says why.
    """
    for file, content in files.items():
        try:
            file.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise StudyError(f"{file.parent}: this folder cannot be made ({error.strerror})") from None
        write_file(file, content)
