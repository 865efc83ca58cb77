"""`qda reread`: what is to be read again since codes were made or changed, and saying that it was."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qda.cli.command import add_form
from qda.cli.given import code_of
from qda.cli.parsing import add_action, add_actions, or_list
from qda.model.nouns import many

if TYPE_CHECKING:
    import argparse

    from qda.cli.command import Command
    from qda.store.reread import Reread

_LONG = (
    "A source is to be read again by a coder who was done with it before a code was made, or before its definition,"
    " include, exclude or example were changed; another name asks for nothing. A source that was read again for a new"
    " code was looked through for it: comparison and agreement count it so.\nProposals of a blind round ask for nothing"
    " until it is revealed."
)


_NOTHING = "Nothing is to be read again."


def run(command: Command, words: list[str]) -> None:
    """List what is to be read again, how far everybody is, or say that it was read."""
    parser = command.parser(epilog=_LONG)
    actions = add_actions(parser)
    listing = add_action(actions, "list", "list the sources that are to be read again, for which code and why", _LONG)
    listing.add_argument("--all", action="store_true", help="also what was read again already")
    progress = add_action(actions, "progress", "how many sources each coder has read again for each code, of how many")
    for one in (listing, progress):
        one.add_argument("--code", action="append", default=[], metavar="PATH", help="only for this code (repeatable)")
        one.add_argument("--coder", metavar="NAME", help="only by this coder")
        add_form(one)
    done = add_action(actions, "done", "say that you have read sources again")
    done.add_argument("sources", nargs="+", metavar="SOURCE", help="name of a source with which you are done")
    done.add_argument(
        "--code", action="append", default=[], metavar="PATH", help="for this code only (repeatable; default: all)"
    )
    options = parser.parse_args(or_list(words))
    _ACTIONS[options.action](command, options)


def _found(command: Command, options: argparse.Namespace) -> list[Reread]:
    study = command.study
    coder = study.coders.find(options.coder) if options.coder else None
    codes = {study.codebook.get(code_of(study, path)).key for path in options.code}
    return study.rereads.all(coder=coder, codes=codes or None)


def _list(command: Command, options: argparse.Namespace) -> None:
    study = command.study
    with study.database.reading():
        found = _found(command, options)
        sources = {source.key: source.name for source in study.sources.all()}
        coders, paths = _names(command)
    rows = [
        (
            *(sources[one.source], coders[one.coder], paths[one.code], one.why, one.under, one.since),
            "read again" if one.done else "to be read again",
        )
        for one in found
        if options.all or not one.done
    ]
    command.show(("source", "coder", "code", "changed", "done_under", "changed_in", "state"), rows, options, _NOTHING)


def _progress(command: Command, options: argparse.Namespace) -> None:
    from qda.store.reread import tallied

    with command.study.database.reading():
        coders, paths = _names(command)
        rows = [(coders[one.coder], paths[one.code], one.read, one.of) for one in tallied(_found(command, options))]
    command.show(("coder", "code", "read_again", "of"), rows, options, _NOTHING)


def _names(command: Command) -> tuple[dict[int, str], dict[int, str]]:
    """The names of coders and the paths of codes by key."""
    study = command.study
    coders = {coder.key: coder.name for coder in study.coders.all()}
    return coders, {code.key: code.path for code in study.codebook.tree().codes}


def _done(command: Command, options: argparse.Namespace) -> None:
    study = command.study
    read = study.rereads.mark(options.sources, [code_of(study, path) for path in options.code])
    if read:
        command.say(f"{many(read, 'source')} read again by {study.coder}")


_ACTIONS = {"list": _list, "progress": _progress, "done": _done}
