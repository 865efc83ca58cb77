"""`qda export docx` and `qda export tagged`: transcripts with their codings, in the margin or within the text."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from qda.cli.given import make_folder, refuse_dash
from qda.cli.publishing import add_profile, through
from qda.cli.selecting import add_selection, selection_of
from qda.errors import UsageError
from qda.model.nouns import many_are

if TYPE_CHECKING:
    import argparse
    from collections.abc import Mapping

    from qda.cli.command import Command
    from qda.cli.publishing import Door


FORMS = {
    "docx": "Word documents in which each coding is a comment in the margin, on its very words",
    "tagged": "plain text with tags around the words of each coding",
}
_WHERE = "a file for all of them, else a folder with a file for each (default: in exports/ of the study's folder)"


def run(command: Command, words: list[str]) -> None:
    """Write transcripts with the codings of a selection."""
    from qda.render.coded import ENDINGS, coded_transcripts

    options = _options(command, words)
    form, output = options.form, options.output
    if form == "docx":
        refuse_dash(output, "'qda export docx' writes into a file or a folder")
    if output and output.endswith(tuple(other for name in FORMS if name != form for other in ENDINGS[name])):
        raise UsageError(f"'qda export {form}' writes files that end in {' or '.join(ENDINGS[form])}, or into a folder")
    selection = selection_of(options, form)
    selection = replace(selection, sources=(*selection.sources, *options.sources))
    one = output == "-" or (output or "").endswith(ENDINGS[form])

    def make(door: Door) -> None:
        codings, contents = coded_transcripts(command.study, selection, form, each=not one)
        if one:
            door.write(contents[""], output)
        where = output if one else _into_folder(door, form, output, contents)
        if where != "-":
            door.say(f"{many_are(codings, 'coding')} in {where}")

    through(command, options, make)


def _into_folder(door: Door, form: str, output: str | None, contents: Mapping[str, str | bytes]) -> str:
    """Write a file for each transcript; returns where they are. Without a place one goes to `exports` itself."""
    from qda.render.coded import ENDINGS

    exports = door.command.study.folder / "exports"
    folder = Path(output) if output else exports if len(contents) == 1 else exports / f"transcripts_{form}"
    files = {folder / f"{name}{ENDINGS[form][0]}": content for name, content in contents.items()}
    make_folder(folder)
    for file, content in files.items():
        door.write(content, str(file))
    return str(next(iter(files)) if len(files) == 1 else folder)


def _options(command: Command, words: list[str]) -> argparse.Namespace:
    parser = command.parser(epilog="docs/commands.md says what the files look like, and how tags are taken off again.")
    parser.add_argument("form", metavar="FORMAT", help=f"{words[0]}: {FORMS[words[0]]}")
    parser.add_argument("sources", nargs="*", metavar="SOURCE", help="which sources (default: all)")
    parser.add_argument("-o", "--output", metavar="FILE|FOLDER", help=_WHERE)
    add_selection(parser)
    add_profile(parser, cells=False)
    return parser.parse_args(words)
