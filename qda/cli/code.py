"""`qda code`: changing the codebook, one code at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qda.cli.given import code_of
from qda.cli.parsing import add_action, add_actions
from qda.errors import UsageError
from qda.model.nouns import many_are

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterable

    from qda.cli.command import Command

_FIELDS = {
    "definition": "what it means",
    "include": "when it is given",
    "exclude": "when it is not given",
    "example": "words that have it",
    "origin": "open (a new code is that), a-priori, in-vivo or analyst",
    "moment": "the family of codes or the attribute that tells moments apart, for a code with one level at each",
}
_WORDS = ("definition", "include", "exclude", "example")


def run(command: Command, words: list[str]) -> None:
    """Change one code; its codings stay with it, and each change makes a codebook version."""
    parser = command.parser(
        epilog="A code is named by its path, joined by / (a / in a name is written \\/). Aliases,"
        " former paths and a name that no other code has work."
    )
    actions = add_actions(parser)
    add = add_action(actions, "add", "make a code; the codes above it must be there")
    rename = add_action(actions, "rename", "give a code another name; the old one stays as an alias")
    move = add_action(actions, "move", "put a code, with its subcodes, under another one")
    merge = add_action(actions, "merge", "let the codings of a code become those of another one")
    retire = add_action(actions, "retire", "take a code out of use, with its subcodes; its codings stay and count")
    back = add_action(actions, "bring-back", "bring a retired code back")
    remove = add_action(actions, "remove", "delete a code that has neither codings nor subcodes")
    describe = add_action(actions, "describe", "set the words that explain a code")
    for one in (add, rename, move, merge, retire, back, remove, describe):
        one.add_argument("path", help="path of the code, as trust/high")
    rename.add_argument("name", help="the new name, without the path")
    move.add_argument("parent", help="path of the code above it ('' for the top)")
    merge.add_argument("into", help="path of the code that stays")
    _add_words(add, (*_WORDS, "origin"), "")
    add.set_defaults(origin="open")
    _add_words(describe, _FIELDS, None)
    options = parser.parse_args(words)
    for name in ("path", "into", "parent"):
        if getattr(options, name, "") and options.action != "add":
            setattr(options, name, code_of(command.study, getattr(options, name)))
    _ACTIONS[options.action](command, options)


def _add_words(action: argparse.ArgumentParser, fields: Iterable[str], default: str | None) -> None:
    """The options for the words of a code."""
    for field in fields:
        metavar = "WORDS" if field in _WORDS else field.upper()
        action.add_argument(f"--{field}", default=default, metavar=metavar, help=_FIELDS[field])


def _check_origin(origin: str) -> None:
    from qda.model.codebook import ORIGINS

    if origin not in ORIGINS:
        raise UsageError(f"--origin is one of {', '.join(ORIGINS)}, not '{origin}'")


def _add(command: Command, options: argparse.Namespace) -> None:
    _check_origin(options.origin)
    words = {field: getattr(options, field) for field in _WORDS if getattr(options, field)}
    command.study.codebook.add(options.path, origin=options.origin, **words)


def _rename(command: Command, options: argparse.Namespace) -> None:
    command.study.codebook.rename(options.path, options.name)


def _move(command: Command, options: argparse.Namespace) -> None:
    command.study.codebook.move(options.path, options.parent)


def _merge(command: Command, options: argparse.Namespace) -> None:
    moved = command.study.codebook.merge(options.path, options.into)
    command.say(f"{many_are(moved, 'coding')} now of the code {options.into}")


def _retire(command: Command, options: argparse.Namespace) -> None:
    command.study.codebook.retire(options.path, back=options.action == "bring-back")


def _remove(command: Command, options: argparse.Namespace) -> None:
    command.study.codebook.remove(options.path)


def _describe(command: Command, options: argparse.Namespace) -> None:
    words = {field: getattr(options, field) for field in _FIELDS if getattr(options, field) is not None}
    if not words:
        raise UsageError("say what to set: " + ", ".join(f"--{field}" for field in _FIELDS))
    if words.get("origin"):
        _check_origin(words["origin"])
    command.study.codebook.describe(options.path, **words)


_ACTIONS = {
    "add": _add,
    "rename": _rename,
    "move": _move,
    "merge": _merge,
    "retire": _retire,
    "bring-back": _retire,
    "remove": _remove,
    "describe": _describe,
}
