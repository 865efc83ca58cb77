"""`qda history`, `qda undo`, `qda redo`: the change log."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qda.cli.command import add_form
from qda.cli.given import number_of

if TYPE_CHECKING:
    from qda.cli.command import Command


_SAID = {
    "undo": "Only your own actions, the last one first, also after days; refused where a later change builds on it.",
    "redo": "As long as you have done nothing new since; what was taken back last comes first.",
}


def run(command: Command, words: list[str]) -> None:
    """Show the change log, or take an action back or do it again."""
    if command.name == "history":
        _history(command, words)
        return
    parser = command.parser(epilog=_SAID[command.name])
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
    last = None if options.last is None else number_of(options.last, "--last", least=1)
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
