"""`qda code`: changing the codebook, one code at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qda.errors import UsageError

if TYPE_CHECKING:
    import argparse

    from qda.cli.command import Command

_FIELDS = ("definition", "include", "exclude", "example", "origin", "moment")


def run(command: Command, words: list[str]) -> None:
    """Change one code; its codings stay with it, and each change makes a codebook version."""
    parser = command.parser(
        epilog="A code is named by its path, joined by / (a / in a name is written \\/). Aliases and former paths work."
    )
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    add = actions.add_parser("add", help="make a code; its parents must be there")
    add.add_argument("path")
    for field in _FIELDS[:4]:
        add.add_argument(f"--{field}", default="")
    add.add_argument("--origin", default="open")
    rename = actions.add_parser("rename", help="give it another name; the old one stays as an alias")
    rename.add_argument("path")
    rename.add_argument("name")
    move = actions.add_parser("move", help="put it under another code ('' for the top)")
    move.add_argument("path")
    move.add_argument("parent")
    merge = actions.add_parser("merge", help="let its codings become those of another code")
    merge.add_argument("path")
    merge.add_argument("into")
    for action, said in (
        ("retire", "take it out of use; its codings stay and count"),
        ("bring-back", "bring a retired code back"),
        ("remove", "delete a code that was never used"),
    ):
        actions.add_parser(action, help=said).add_argument("path")
    describe = actions.add_parser("describe", help="set its words")
    describe.add_argument("path")
    for field in _FIELDS:
        describe.add_argument(f"--{field}")
    options = parser.parse_args(words)
    _ACTIONS[options.action](command, options)


def _check_origin(origin: str) -> None:
    from qda.model.codebook import ORIGINS

    if origin not in ORIGINS:
        raise UsageError(f"--origin is one of {', '.join(ORIGINS)}, not '{origin}'")


def _add(command: Command, options: argparse.Namespace) -> None:
    _check_origin(options.origin)
    words = {field: getattr(options, field) for field in _FIELDS[:4] if getattr(options, field)}
    command.study.codebook.add(options.path, origin=options.origin, **words)


def _rename(command: Command, options: argparse.Namespace) -> None:
    command.study.codebook.rename(options.path, options.name)


def _move(command: Command, options: argparse.Namespace) -> None:
    command.study.codebook.move(options.path, options.parent)


def _merge(command: Command, options: argparse.Namespace) -> None:
    moved = command.study.codebook.merge(options.path, options.into)
    command.say(f"{moved} codings are now those of {options.into}")


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
