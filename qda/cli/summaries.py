"""`qda summaries`: what the team writes of a case on a theme, cell by cell of the framework matrix."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from qda.cli.moving import parse_action, run_action
from qda.cli.parsing import add_action

if TYPE_CHECKING:
    import argparse

    from qda.cli.command import Command
    from qda.cli.parsing import Actions


def run(command: Command, words: list[str]) -> None:
    """List summaries, write, confirm or remove one, or move them in or out."""
    options = parse_action(command, words, _add_own)
    own = {"list": _list, "write": _write, "confirm": _confirm, "remove": _remove}
    own.get(options.action, run_action)(command, options)


def _add_own(actions: Actions) -> None:
    write = add_action(actions, "write", "write the summary of a cell, in the place of what stands there")
    confirm = add_action(actions, "confirm", "say that a stale summary still holds, after reading what changed")
    remove = add_action(actions, "remove", "empty a cell")
    for one in (write, confirm, remove):
        one.add_argument("case", help="name of the case (of the source, in a study without cases)")
        one.add_argument("theme", help="path of the code")
    write.add_argument("text", help="the summary, in quotes (- is standard input)")


def _list(command: Command, options: argparse.Namespace) -> None:
    study = command.study
    with study.database.reading():
        names = {one.key: one.name for one in study.sources.all()} | {one.key: one.name for one in study.cases.all()}
        paths = {code.key: code.path for code in study.codebook.tree().codes}
        rows = sorted(
            (names[one.target], paths[one.code], one.body, one.coder, one.at)
            for one in study.summaries.all()
            if one.target in names and one.code in paths
        )
    nothing = "Nothing is summed up yet; 'qda report framework' shows the cells, 'qda summaries write' fills one."
    command.show(("case", "theme", "summary", "written_by", "written_at"), rows, options, nothing)


def _write(command: Command, options: argparse.Namespace) -> None:
    from qda.reports.summing_up import Wanted, write

    body = sys.stdin.read().strip("\n") if options.text == "-" else options.text
    write(command.study, [Wanted(options.case, options.theme, body)])


def _confirm(command: Command, options: argparse.Namespace) -> None:
    from qda.reports.summing_up import confirm

    confirm(command.study, options.case, options.theme)


def _remove(command: Command, options: argparse.Namespace) -> None:
    from qda.reports.summing_up import remove

    remove(command.study, options.case, options.theme)
