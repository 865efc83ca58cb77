"""`qda export docx` and `qda export tagged`: transcripts with their codings, in the margin or within the text."""

from __future__ import annotations

import re
import shlex
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from qda.cli.given import make_folder, refuse_dash
from qda.cli.selecting import add_selection, selection_of
from qda.model.nouns import many, many_are

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence

    from qda.cli.command import Command
    from qda.model.selection import Selection
    from qda.reports.marked import Marked


class _Form(NamedTuple):
    """A format: the endings of its files, the first of which is given, and what it is in a few words."""

    endings: tuple[str, ...]
    said: str


FORMS = {
    "docx": _Form((".docx",), "Word documents in which each coding is a comment in the margin, on its very words"),
    "tagged": _Form((".md", ".txt"), "plain text with tags around the words of each coding"),
}
_WHERE = "a file for all of them, else a folder with a file for each (default: in exports/ of the study's folder)"
_NO_NAME = re.compile(r'[\x00-\x1f<>:"/\\|?*]|^\.|[. ]$')


def run(command: Command, words: list[str]) -> None:
    """Write transcripts with the codings of a selection."""
    from qda.reports.marked import transcripts

    options = _options(command, words)
    form, study = options.form, command.study
    if form == "docx":
        refuse_dash(options.output, "'qda export docx' writes into a file or a folder")
    selection = selection_of(options, form)
    selection = replace(selection, sources=(*selection.sources, *options.sources))
    with study.database.reading():
        found = transcripts(study, selection)
    made_by = _made_by(form, selection)
    output = options.output or str(_usual(study.folder / "exports", form, found.all))
    if output != "-" and not output.endswith(FORMS[form].endings):
        make_folder(Path(output))
        for name, one in _names(found.all):
            file = Path(output) / f"{name}{FORMS[form].endings[0]}"
            command.write(_content(form, [one], found.notes, made_by), str(file))
    else:
        command.write(_content(form, found.all, found.notes, made_by), output)
    if output != "-":
        codings = sum(len(one.marks) for one in found.all)
        command.say(f"{many(len(found.all), 'transcript')} with {many_are(codings, 'coding')} in {output}")


def _options(command: Command, words: list[str]) -> argparse.Namespace:
    parser = command.parser(epilog="docs/commands.md says what the files look like, and how tags are taken off again.")
    parser.add_argument("form", metavar="FORMAT", help=f"{words[0]}: {FORMS[words[0]].said}")
    parser.add_argument("sources", nargs="*", metavar="SOURCE", help="which sources (default: all)")
    parser.add_argument("-o", "--output", metavar="FILE|FOLDER", help=_WHERE)
    add_selection(parser)
    return parser.parse_args(words)


def _content(form: str, marked: Sequence[Marked], notes: Sequence[str], made_by: str) -> str | bytes:
    if form == "docx":
        from qda.render.docx import transcripts_document

        return transcripts_document(marked, notes, made_by)
    from qda.io.tagged import tagged_file

    return tagged_file(marked, notes, made_by)


def _usual(folder: Path, form: str, marked: Sequence[Marked]) -> Path:
    """Where transcripts go when nobody says where."""
    if len(marked) == 1:
        ((name, _),) = _names(marked)
        return folder / f"{name}{FORMS[form].endings[0]}"
    return folder / f"transcripts_{form}"


def _names(marked: Sequence[Marked]) -> list[tuple[str, Marked]]:
    """Each transcript with the name of its file: that of the source, without what no file may be called."""
    from qda.io.outgoing import Names

    names = Names()
    return [(names.give(_NO_NAME.sub("_", one.source.name) or "_"), one) for one in marked]


def _made_by(form: str, selection: Selection) -> str:
    """The command that writes the same transcripts again; where they go is no part of them."""
    from qda.reports.manifest import selection_options

    return shlex.join(["qda", "export", form, *selection_options(selection)])
