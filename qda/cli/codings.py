"""`qda codings`: codings as JSON lines, in and out; one more, one less."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from qda.cli.given import code_of, number_of
from qda.cli.parsing import add_action, add_actions
from qda.cli.selecting import add_selection, selection_of
from qda.errors import QdaError, in_file
from qda.model.nouns import many

if TYPE_CHECKING:
    import argparse

    from qda.cli.command import Command


def run(command: Command, words: list[str]) -> None:
    """Move codings in or out, add or remove one."""
    line = 'A line: {"source": "...", "code": "a/b", "coder": "...", "start": 0, "end": 9}'
    parser = command.parser(epilog=line)
    actions = add_actions(parser)
    imported = add_action(actions, "import", "take codings in from a file, all or none", line)
    imported.add_argument("file", help="the file, JSON lines (- is standard input)")
    imported.add_argument("--create-codes", action="store_true", help="make codes that are not there")
    export = add_action(actions, "export", "write codings with their words, as 'import' reads them")
    export.add_argument("file", nargs="?", default="-", help="the file (without it: the screen)")
    add_selection(export)
    add = add_action(actions, "add", "put a code on a segment, as the coder who works; prints the coding's id")
    add.add_argument("source", help="name of the source")
    add.add_argument("code", help="path of the code, as trust/high")
    add.add_argument("start", help="the first character, counted from 0 ('qda search' says where words stand)")
    add.add_argument("end", help="the character behind the last one")
    remove = add_action(actions, "remove", "take a coding away, with its memos")
    remove.add_argument("id", help="the coding's id")
    options = parser.parse_args(words)
    _ACTIONS[options.action](command, options)


def _import(command: Command, options: argparse.Namespace) -> None:
    from qda.io.codings import parse_codings
    from qda.io.files import read_text, shown

    file = shown(options.file)
    found = parse_codings(read_text(options.file), file)
    summary = f"codings from {Path(file).name}"
    try:
        done = command.study.codings.import_rows(found.rows, summary, create_codes=options.create_codes)
    except QdaError as error:
        raise in_file(error, file) from None
    said = (
        f"{many(done.added, 'coding')} taken in, {done.skipped} {'was' if done.skipped == 1 else 'were'} here already"
    )
    if done.new_coders:
        said += f"; new coders: {', '.join(done.new_coders)}"
    if done.new_codes:
        said += f"; new codes: {', '.join(done.new_codes)}"
    if found.turned_ids:
        ids = "1 id was no UUID" if found.turned_ids == 1 else f"{found.turned_ids} ids were no UUIDs"
        said += f"; {ids} and got one made from its words"
    command.say(said)


def _export(command: Command, options: argparse.Namespace) -> None:
    from qda.io.codings import write_codings
    from qda.reports.scope import look_up
    from qda.reports.selected import selected_codings

    study = command.study
    with study.database.reading():
        scope = look_up(study, selection_of(options, "codings"))
        command.write("".join(write_codings(study, selected_codings(study, scope))), options.file)


def _add(command: Command, options: argparse.Namespace) -> None:
    start, end = number_of(options.start, "start"), number_of(options.end, "end")
    print(command.study.codings.apply(options.source, code_of(command.study, options.code), start, end))


def _remove(command: Command, options: argparse.Namespace) -> None:
    command.study.codings.remove(options.id)


_ACTIONS = {"import": _import, "export": _export, "add": _add, "remove": _remove}
