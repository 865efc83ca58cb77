"""`qda states`: what somebody says by hand of a cell of the comparison, with the reason."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qda.cli.command import add_form
from qda.cli.parsing import add_action, add_actions, or_list
from qda.errors import UsageError
from qda.model.judgements import STATES

if TYPE_CHECKING:
    import argparse

    from qda.cli.command import Command

_LONG = (
    "A state that is set by hand stands in the comparison beside what is counted, and changes no figure."
    f" States: {', '.join(STATES)}."
)


def run(command: Command, words: list[str]) -> None:
    """List the states that were set by hand, set one or take one back."""
    parser = command.parser(epilog=_LONG)
    actions = add_actions(parser)
    add_form(add_action(actions, "list", "list the states that were set by hand", _LONG))
    give = add_action(actions, "set", "say of a code at a value how it stands there", _LONG)
    take = add_action(actions, "remove", "take back what was said of a code at a value")
    for one in (give, take):
        one.add_argument("code", help="path of the code")
        one.add_argument("at", nargs="+", metavar="ATTRIBUTE=VALUE", help="the value, or both values, of the cell")
    give.add_argument("--state", default=STATES[0], help=f"one of {', '.join(STATES)} (default: {STATES[0]})")
    give.add_argument("--reason", default="", help="why; needed")
    options = parser.parse_args(or_list(words))
    {"list": _list, "set": _set, "remove": _remove}[options.action](command, options)


def _list(command: Command, options: argparse.Namespace) -> None:
    study = command.study
    with study.database.reading():
        paths = {code.key: code.path for code in study.codebook.tree().codes}
        rows = [
            (
                *(paths[one.code], ", ".join(f"{name}={value}" for name, value in one.values), one.state, one.reason),
                *(one.coder, one.at),
            )
            for one in study.judgements.all()
            if one.code in paths
        ]
    command.show(("code", "at", "state", "reason", "by", "set_at"), rows, options, "No state is set by hand.")


def _set(command: Command, options: argparse.Namespace) -> None:
    from qda.reports.judging import judge

    judge(command.study, options.code, _values(options.at), options.state, options.reason)


def _remove(command: Command, options: argparse.Namespace) -> None:
    from qda.reports.judging import take_back

    take_back(command.study, options.code, _values(options.at))


def _values(words: list[str]) -> list[tuple[str, str]]:
    pairs = [word.partition("=") for word in words]
    if any(not sign or not name.strip() or not value.strip() for name, sign, value in pairs):
        raise UsageError("a cell is named by ATTRIBUTE=VALUE, as host_country=NO, once or twice")
    return [(name.strip(), value.strip()) for name, _, value in pairs]
