"""`qda history`, `qda undo`, `qda redo`: the change log."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qda.cli.command import add_form, number_of
from qda.errors import UsageError

if TYPE_CHECKING:
    from qda.cli.command import Command


def run(command: Command, words: list[str]) -> None:
    """Show the change log, or take an action back or do it again."""
    if command.name == "history":
        _history(command, words)
        return
    parser = command.parser(epilog="Only your own actions, the last one first; it works after a restart too.")
    parser.parse_args(words)
    changes = command.study.changes
    if command.name == "undo":
        command.say(f"Taken back: {changes.undo()}")
    else:
        command.say(f"Done again: {changes.redo()}")


def _history(command: Command, words: list[str]) -> None:
    parser = command.parser()
    parser.add_argument("--last", metavar="N", help="only the last N changes")
    add_form(parser)
    options = parser.parse_args(words)
    last = None if options.last is None else number_of(options.last, "--last")
    if last is not None and last > 10**9:
        raise UsageError("--last takes a smaller number")
    lines = command.study.changes.all(last)
    rows = [
        (
            line.number,
            line.at,
            line.coder,
            line.kind,
            line.summary,
            line.undoes,
            "undone" if line.undone else "",
        )
        for line in lines
    ]
    columns = ("change", "at", "coder", "kind", "summary", "undoes", "state")
    command.show(columns, rows, options, "Nothing has been done in this study yet.")
