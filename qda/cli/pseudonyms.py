"""`qda pseudonyms`: what persons, sources and cases are called in what goes out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qda.cli.moving import parse_action, run_action
from qda.cli.parsing import add_action
from qda.model.confidential import TARGETS

if TYPE_CHECKING:
    import argparse

    from qda.cli.command import Command
    from qda.cli.parsing import Actions

_LONG = (
    "With --profile team a pseudonym stands in the place of the name; with --profile public whoever has none is called"
    " by role and number. A pseudonym that is the name itself says that the name may go out."
)


def run(command: Command, words: list[str]) -> None:
    """List pseudonyms, set or remove one, or move them in or out."""
    options = parse_action(command, words, _add_own)
    own = {"list": _list, "set": _set, "remove": _set}
    own.get(options.action, run_action)(command, options)


def _add_own(actions: Actions) -> None:
    give = add_action(actions, "set", "say what a person, source or case is called outside", _LONG)
    take = add_action(actions, "remove", "take a pseudonym away")
    for one in (give, take):
        one.add_argument("name", help="name of the person, else of the source or case")
        one.add_argument(
            "--of", default="", choices=TARGETS, metavar="|".join(TARGETS), help="what it is the name of, where unclear"
        )
    give.add_argument("pseudonym", help="what they are called outside")


def _list(command: Command, options: argparse.Namespace) -> None:
    with command.study.database.reading():
        rows = [(one.kind, one.name, one.pseudonym, one.coder, one.at) for one in command.study.pseudonyms.all()]
    command.show(
        ("of", "name", "pseudonym", "by", "at"),
        rows,
        options,
        "There are no pseudonyms yet; give one with 'qda pseudonyms set NAME PSEUDONYM'.",
    )


def _set(command: Command, options: argparse.Namespace) -> None:
    from qda.store.pseudonyms import PseudonymRow

    word = getattr(options, "pseudonym", "")
    said = f"pseudonym of {options.name}" if word else f"no pseudonym of {options.name} any more"
    command.study.pseudonyms.set([PseudonymRow(options.of, options.name, word)], said)
