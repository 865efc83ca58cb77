"""`qda codings`: codings as JSON lines, in and out; one more, one less."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from qda.cli.command import add_form
from qda.cli.given import code_of, number_of
from qda.cli.parsing import add_action, add_actions
from qda.cli.publishing import add_profile, through
from qda.cli.selecting import add_selection, selection_of
from qda.errors import QdaError, UsageError, in_file
from qda.model.nouns import many, many_are

if TYPE_CHECKING:
    import argparse

    from qda.cli.command import Command
    from qda.cli.publishing import Door


_STATES = ("review", "unanchored")
_SAID = {1: "to be reviewed", 2: "words gone"}
_FLAGGED = (
    "An edit inside the words of a coding leaves it 'to be reviewed': it counts, and 'qda codings reviewed' says that"
    " it is right. A coding whose words are gone is unanchored: it is kept and counts nowhere; its place is in the text"
    " before the edit; code other words with it, or remove it."
)


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
    add_profile(export, cells=False)
    add = add_action(actions, "add", "put a code on a segment, as the coder who works; prints the coding's id")
    add.add_argument("source", help="name of the source")
    add.add_argument("code", help="path of the code, as trust/high")
    add.add_argument("start", help="the first character, counted from 0 ('qda search' says where words stand)")
    add.add_argument("end", help="the character behind the last one")
    remove = add_action(actions, "remove", "take a coding away, with its memos")
    remove.add_argument("id", help="the coding's id")
    flagged = add_action(actions, "flagged", "list the codings that need a look since a text was edited", _FLAGGED)
    flagged.add_argument("--source", metavar="NAME", help="only in this source")
    flagged.add_argument("--coder", metavar="NAME", help="only codings of this coder")
    flagged.add_argument("--state", choices=_STATES, metavar="|".join(_STATES), help="only those in this state")
    add_form(flagged)
    reviewed = add_action(actions, "reviewed", "say that codings are right on the words that they have now")
    reviewed.add_argument("ids", nargs="*", metavar="ID", help="a coding's id, as 'qda codings flagged' lists it")
    reviewed.add_argument("--source", metavar="NAME", help="all codings of this source that are to be reviewed")
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

    study, selection = command.study, selection_of(options, "codings")
    withheld = 0

    def make(door: Door) -> None:
        nonlocal withheld
        with study.database.reading():
            chosen = list(selected_codings(study, look_up(study, selection)))
            withheld = sum(study.outside.withholds(one.source, one.start, one.end) for one in chosen)
            door.write("".join(write_codings(study, chosen)), options.file)

    through(command, options, make)
    if withheld:
        command.say(f"{withheld} withheld, for they touch what is confidential")


def _add(command: Command, options: argparse.Namespace) -> None:
    start, end = number_of(options.start, "start"), number_of(options.end, "end")
    print(command.study.codings.apply(options.source, code_of(command.study, options.code), start, end))


def _remove(command: Command, options: argparse.Namespace) -> None:
    command.study.codings.remove(options.id)


def _flagged(command: Command, options: argparse.Namespace) -> None:
    study = command.study
    source = study.sources.get(options.source).name if options.source else ""
    coder = study.coders.find(options.coder) if options.coder else None
    rows = [
        (
            *(_SAID[one.coding.anchor], one.source, one.turn, one.coding.start, one.coding.end),
            *(one.code, one.coder, one.before, one.now, one.coding.uid),
        )
        for one in study.review.all()
        if source in ("", one.source)
        and coder in (None, one.coding.coder)
        and options.state in (None, _STATES[one.coding.anchor - 1])
    ]
    columns = ("state", "source", "turn", "start", "end", "code", "coder", "before", "now", "id")
    command.show(columns, rows, options, "No coding needs a look.")


def _reviewed(command: Command, options: argparse.Namespace) -> None:
    from qda.store.codings import LOST

    study = command.study
    if bool(options.ids) == bool(options.source):
        raise UsageError("say which codings are right: their ids, or --source NAME for all of a source")
    keys = [study.codings.key(one) for one in options.ids]
    if options.source:
        source = study.sources.get(options.source).key
        found = [one.coding for one in study.review.all()]
        keys = [one.key for one in found if one.source == source and one.anchor != LOST]
    done = study.review.accept(keys)
    if done:
        command.say(f"{many_are(done, 'coding')} reviewed")


_ACTIONS = {
    "import": _import,
    "export": _export,
    "add": _add,
    "remove": _remove,
    "flagged": _flagged,
    "reviewed": _reviewed,
}
