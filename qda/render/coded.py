"""Transcripts with their codings as files: a Word document with comments, or plain text with tags."""

from __future__ import annotations

import re
import shlex
from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qda.model.selection import Selection
    from qda.reports.marked import Marked
    from qda.store import Study

ENDINGS = {"docx": (".docx",), "tagged": (".md", ".txt")}
"""The forms, and how their files end; the first is given where nobody names a file."""
_NO_NAME = re.compile(r'[\x00-\x1f<>:"/\\|?*]|^\.|[. ]$')


def coded_transcripts(
    study: Study, selection: Selection, form: str, *, each: bool
) -> tuple[int, dict[str, str | bytes]]:
    """How many codings a selection has, and its transcripts with them, by the names of files without their ending.

    Args:
        study: The study; the current coder's view holds.
        selection: Which sources and codings.
        form: One of `ENDINGS`.
        each: Whether each transcript has a file of its own, just as if it alone were selected; else there is one of
            all, without a name.

    Raises:
        QdaError: The selection names something that is not there.
    """
    from qda.model.confidential import INTERNAL
    from qda.reports.manifest import selection_options
    from qda.reports.marked import transcripts
    from qda.reports.scope import look_up

    with study.database.reading():
        scope = look_up(study, selection)
        names, selection = sorted(source.name for source in scope.sources), scope.selection
        chosen = [replace(selection, sources=(name,), kinds=()) for name in names] if each else [selection]
        profile = [] if study.outside.profile == INTERNAL else ["--profile", study.outside.profile]
        codings, contents = 0, []
        for one in chosen:
            found = transcripts(study, one)
            codings += sum(len(marked.marks) for marked in found.all)
            made_by = shlex.join(["qda", "export", form, *selection_options(one), *profile])
            contents.append(_content(form, found.all, found.notes, made_by))
    return codings, dict(zip(_names(names) if each else [""], contents, strict=True))


def _content(form: str, marked: Sequence[Marked], notes: Sequence[str], made_by: str) -> str | bytes:
    if form == "docx":
        from qda.render.docx import transcripts_document

        return transcripts_document(marked, notes, made_by)
    from qda.render.as_tagged import tagged_file

    return tagged_file(marked, notes, made_by)


def _names(sources: Sequence[str]) -> list[str]:
    """The names of files: those of the sources without what no file may be called, each once."""
    given: list[str] = []
    taken: set[str] = set()
    for source in sources:
        plain, number = _NO_NAME.sub("_", source) or "_", 1
        name = plain
        while name.casefold() in taken:
            number += 1
            name = f"{plain}_{number}"
        taken.add(name.casefold())
        given.append(name)
    return given
