"""Writing a report into the study's exports folder: the same bytes that the command line writes."""

from __future__ import annotations

import shlex
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from qda.errors import StudyError
from qda.io.files import read_data, write_file
from qda.render import render_report
from qda.render.as_csv import metadata
from qda.render.books import BOOKS, book
from qda.reports.manifest import selection_options

if TYPE_CHECKING:
    from qda.model.selection import Selection
    from qda.reports.report import Report
    from qda.store import Study

FORMS = {"m": ("md", "Markdown"), "c": ("csv", "CSV"), "j": ("json", "JSON"), "w": ("docx", "Word")}
QUOTES = "q"


Files = dict[Path, str | bytes]
"""What is to be written into which file."""


def contents(study: Study, report: Report, form: str, folder: Path, number: int = 1) -> Files:
    """The files of a report in a form; a higher number makes other names."""
    file = folder / f"{report.name}{'' if number == 1 else f'_{number}'}.{form}"
    if form in BOOKS:
        return {file: book(study, [report], form)}
    made: Files = {file: render_report(report, form)}
    if form == "csv":
        made[file.with_name(f"{file.name}-metadata.json")] = metadata(report, file.name)
    return made


def quotations(report: Report, selection: Selection, folder: Path, number: int = 1) -> Files:
    """The excerpts as quotations for writers, as `qda export markdown` writes them."""
    from qda.io.markdown import excerpts_markdown

    command = shlex.join(["qda", "export", "markdown", *selection_options(selection)])
    named = replace(report, manifest={**report.manifest, "command": command})
    file = folder / f"quotations{'' if number == 1 else f'_{number}'}.md"
    return {file: excerpts_markdown(named)}


def standing_in_the_way(files: Files, written: Files) -> list[Path]:
    """The files that hold something else than what is to be written, and that were not written from here."""
    found = []
    for file, content in files.items():
        if not file.exists():
            continue
        if _content(file) not in (_bytes(content), _bytes(written.get(file))):
            found.append(file)
    return found


def _bytes(content: str | bytes | None) -> bytes | None:
    return content.encode("utf-8") if isinstance(content, str) else content


def _content(file: Path) -> bytes:
    """The bytes of a file; of one that cannot be read, or is empty, none."""
    from qda.errors import QdaError

    try:
        return read_data(file)
    except QdaError:
        return b""


def write(files: Files) -> None:
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
