"""`qda leaks`: which names may go out in what is made for others, and in which place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qda.cli.command import add_form
from qda.cli.parsing import add_action, add_actions, or_list
from qda.model.nouns import many_are

if TYPE_CHECKING:
    import argparse

    from qda.cli.command import Command

_LONG = (
    "What is made with --profile team or public is searched for names before it is written. A name that is found stops"
    " it, until it is said that it may stand there, or the name is gone. A decision holds for that name among these"
    " words."
)


def run(command: Command, words: list[str]) -> None:
    """List the decisions on names, take one, or take those on a name back."""
    parser = command.parser(epilog=_LONG)
    actions = add_actions(parser)
    add_form(add_action(actions, "list", "list the names that may go out (what 'qda leaks' alone does)", _LONG))
    allow = add_action(actions, "allow", "let a name go out where it stands among some words", _LONG)
    allow.add_argument("name", help="the name, as it was found")
    allow.add_argument("words", nargs="*", help="the words around it, as they were listed; --everywhere: more names")
    allow.add_argument("--everywhere", action="store_true", help="wherever the names stand, in the place of the words")
    allow.add_argument("--reason", default="", help="why it may")
    forget = add_action(actions, "forget", "take the decisions on a name back")
    forget.add_argument("name", help="the name")
    options = parser.parse_args(or_list(words))
    _ACTIONS[options.action](command, options)


def _list(command: Command, options: argparse.Namespace) -> None:
    with command.study.database.reading():
        rows = [(one.name, one.words or "anywhere", one.reason, one.coder, one.at) for one in command.study.leaks.all()]
    command.show(
        ("name", "among", "reason", "by", "at"),
        rows,
        options,
        "No name was let out yet; where a name would go out, the report or export says how to let it.",
    )


def _allow(command: Command, options: argparse.Namespace) -> None:
    from qda.errors import UsageError
    from qda.model.naming import WITHHELD_RUN

    withheld = len(options.name.split()) >= WITHHELD_RUN
    if not options.everywhere and (len(options.words) > 1 or not (options.words or withheld)):
        raise UsageError("say where the name may stand: the words around it, or --everywhere")
    places = [(options.name, words) for words in options.words or [""]]
    if options.everywhere:
        places = [(name, "") for name in (options.name, *options.words)]
    command.study.leaks.allow(places, options.reason)


def _forget(command: Command, options: argparse.Namespace) -> None:
    count = command.study.leaks.forget(options.name)
    command.say(f"{many_are(count, 'decision')} taken back")


_ACTIONS = {"list": _list, "allow": _allow, "forget": _forget}
