"""`qda codings`: codings as JSON lines, in and out; one more, one less."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from qda.cli.command import number_of
from qda.cli.selecting import add_selection, selection_of
from qda.errors import QdaError

if TYPE_CHECKING:
    import argparse

    from qda.cli.command import Command


def run(command: Command, words: list[str]) -> None:
    """Move codings in or out, add or remove one."""
    parser = command.parser(epilog='A line: {"source": "...", "code": "a/b", "coder": "...", "start": 0, "end": 9}')
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    imported = actions.add_parser("import", help="take codings in, all or none")
    imported.add_argument("file", help="- is standard input")
    imported.add_argument("--create-codes", action="store_true", help="make codes that are not there")
    export = actions.add_parser("export", help="write codings with their text")
    export.add_argument("file", nargs="?", default="-", help="default: standard output")
    add_selection(export)
    add = actions.add_parser("add", help="put a code on a segment, as yourself")
    add.add_argument("source")
    add.add_argument("code")
    add.add_argument("start")
    add.add_argument("end")
    remove = actions.add_parser("remove", help="take a coding away")
    remove.add_argument("id")
    options = parser.parse_args(words)
    _ACTIONS[options.action](command, options)


def _import(command: Command, options: argparse.Namespace) -> None:
    from qda.io.codings import parse_codings
    from qda.io.files import read_text

    found = parse_codings(read_text(options.file), options.file)
    summary = f"codings from {'standard input' if options.file == '-' else Path(options.file).name}"
    try:
        done = command.study.codings.import_rows(found.rows, summary, create_codes=options.create_codes)
    except QdaError as error:
        raise QdaError(f"{options.file}: {error}") from None
    said = f"{done.added} codings taken in, {done.skipped} were here already"
    if done.new_coders:
        said += f"; new coders: {', '.join(done.new_coders)}"
    if done.new_codes:
        said += f"; new codes: {', '.join(done.new_codes)}"
    if found.turned_ids:
        said += f"; {found.turned_ids} ids were no UUIDs and got one made from their words"
    command.say(said)


def _export(command: Command, options: argparse.Namespace) -> None:
    from qda.io.codings import write_codings
    from qda.reports.scope import look_up
    from qda.reports.selected import selected_codings

    study = command.study
    with study.database.reading():
        scope = look_up(study, selection_of(options))
        command.write("".join(write_codings(study, selected_codings(study, scope))), options.file)


def _add(command: Command, options: argparse.Namespace) -> None:
    start, end = number_of(options.start, "start"), number_of(options.end, "end")
    print(command.study.codings.apply(options.source, options.code, start, end))


def _remove(command: Command, options: argparse.Namespace) -> None:
    command.study.codings.remove(options.id)


_ACTIONS = {"import": _import, "export": _export, "add": _add, "remove": _remove}
