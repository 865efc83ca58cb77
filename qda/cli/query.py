"""`qda query`: try a query, save it by name, list, rename and remove the saved ones."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qda.cli.command import add_form
from qda.cli.parsing import add_action, add_actions, or_list
from qda.cli.selecting import LAYERS
from qda.model.nouns import many
from qda.model.selection import SELECTION_LAYERS, Selection

if TYPE_CHECKING:
    import argparse

    from qda.cli.command import Command

_LANGUAGE = (
    "A query:\n"
    "  trust                       passages of the code or a subcode; ONLY trust leaves subcodes out, * is any code\n"
    "  trust AND duty              the words that a passage of each shares\n"
    "  trust OR duty               passages of either\n"
    "  trust AND NOT duty          passages of trust that share no word with one of duty\n"
    "  trust WITHIN 2 turns OF duty, trust WITHIN 80 characters OF duty, trust IN SAME TURN AS duty\n"
    "  trust NOT WITHIN 2 turns OF duty\n"
    "  trust AND country = NL      = != < <= > >= with an attribute or date, = != with coder or source\n"
    'Brackets group; a name of several words stands in quotation marks: "host country". All of it is by one coder:'
    " what two coders coded does not meet."
)


def run(command: Command, words: list[str]) -> None:
    """List the saved queries, or do what is asked with one."""
    parser = command.parser(epilog=_LANGUAGE)
    actions = add_actions(parser)
    add_form(add_action(actions, "list", "list the saved queries (what 'qda query' alone does)"))
    tried = add_action(actions, "run", "list the passages that a query finds", _LANGUAGE)
    tried.add_argument("query", help="the name of a saved query, or a query in quotes")
    _add_selection(tried)
    add_form(tried)
    saved = add_action(actions, "save", "save a query under a name", _LANGUAGE)
    saved.add_argument("name", help="its name, as in --query NAME")
    saved.add_argument("query", help="the query, in quotes")
    saved.add_argument("--replace", action="store_true", help="give a query of this name these words")
    renamed = add_action(actions, "rename", "give a saved query another name")
    renamed.add_argument("name", help="its name")
    renamed.add_argument("new", help="its new name")
    removed = add_action(actions, "remove", "take a saved query away")
    removed.add_argument("name", help="its name")
    options = parser.parse_args(or_list(words))
    _ACTIONS[options.action](command, options)


def _add_selection(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--coder", action="append", default=[], metavar="NAME", help="only codings of this coder")
    parser.add_argument("--layer", default="", metavar="|".join(SELECTION_LAYERS), help=LAYERS)
    parser.add_argument("--source", action="append", default=[], metavar="NAME", help="only this source")
    parser.add_argument("--kind", action="append", default=[], help="only sources of this kind, as notes")


def _list(command: Command, options: argparse.Namespace) -> None:
    rows = [(one.name, one.text, one.coder, one.at) for one in command.study.queries.all()]
    empty = "No query is saved yet; save one with 'qda query save NAME QUERY'."
    command.show(("name", "query", "coder", "at"), rows, options, empty)


def _run(command: Command, options: argparse.Namespace) -> None:
    from qda.reports.query_hits import run_query

    selection = Selection(
        query=options.query,
        coders=tuple(options.coder),
        layer=options.layer,
        sources=tuple(options.source),
        kinds=tuple(options.kind),
    )
    with command.study.database.reading():
        found = run_query(command.study, selection)
    columns = ("source", "start", "end", "turn", "speaker", "coders", "codes", "text")
    rows = [(*one[:5], list(one.coders), list(one.codes), one.text) for one in found.passages]
    command.show(columns, rows, options, "The query finds nothing.")
    command.say(f"query: {found.said}")
    for note in found.notes:
        command.say(f"note: {note}")
    sources = len({one.source for one in found.passages})
    command.say(f"{many(len(rows), 'passage')} in {many(sources, 'source')}; {found.whose}")


def _save(command: Command, options: argparse.Namespace) -> None:
    from qda.reports.querying import checked

    study = command.study
    with study.database.reading():
        text = checked(study, options.query)
    study.queries.save(options.name, text, replace=options.replace)


def _rename(command: Command, options: argparse.Namespace) -> None:
    command.study.queries.rename(options.name, options.new)


def _remove(command: Command, options: argparse.Namespace) -> None:
    command.study.queries.remove(options.name)


_ACTIONS = {"list": _list, "run": _run, "save": _save, "rename": _rename, "remove": _remove}
