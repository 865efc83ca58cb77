"""`qda sensitive`: what is confidential, of sources, persons and segments; and blacking names out in texts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qda.cli.command import add_form
from qda.cli.given import number_of
from qda.cli.parsing import add_action, add_actions, or_list
from qda.errors import UsageError
from qda.model.confidential import BLACK_OUT, WITHHOLD
from qda.model.nouns import many_are

if TYPE_CHECKING:
    import argparse

    from qda.cli.command import Command
    from qda.store.sensitive import SensitiveRow

_LONG = (
    "What is confidential is there for the team and stays out of what is made with --profile public: an excerpt that"
    " shares a character with it is withheld, and it is said how many are. A segment follows its words when the text"
    " is corrected."
)
_BLACK = "only these words are blacked out, for the team too; an excerpt around them may go out"
_STATES = ("", "the text was corrected there", "its words are gone")


def run(command: Command, words: list[str]) -> None:
    """List what is confidential, mark it, or take marks back."""
    parser = command.parser(epilog=_LONG)
    actions = add_actions(parser)
    add_form(add_action(actions, "list", "list what is confidential (what 'qda sensitive' alone does)", _LONG))
    add = add_action(actions, "add", "mark a source, a person or a segment as confidential", _LONG)
    remove = add_action(actions, "remove", "take the marks of a source, a person or a segment back")
    for one in (add, remove):
        one.add_argument("source", nargs="?", default="", metavar="SOURCE", help="the whole source, or with a place:")
        one.add_argument("start", nargs="?", help="the first character, counted from 0")
        one.add_argument("end", nargs="?", help="the character behind the last one")
        one.add_argument("--quote", metavar="WORDS", help="the words, letter for letter, in the place of START END")
        one.add_argument("--person", default="", metavar="NAME", help="all that this person says")
    add.add_argument("--reason", default="", help="why")
    add.add_argument("--black-out", action="store_true", help=_BLACK)
    names = add_action(actions, "names", "black out the names of persons wherever they stand in the texts", _BLACK)
    names.add_argument("--person", action="append", default=[], metavar="NAME", help="only of this person (repeatable)")
    names.add_argument("--reason", default="name", help="why (default: name)")
    options = parser.parse_args(or_list(words))
    _ACTIONS[options.action](command, options)


def _list(command: Command, options: argparse.Namespace) -> None:
    with command.study.database.reading():
        rows = [
            (
                *("segment" if one.start is not None else one.kind, one.name, one.start, one.end),
                *(one.how, one.reason, one.coder, one.at, _STATES[one.anchor]),
            )
            for one in command.study.sensitive.all()
        ]
    columns = ("what", "name", "start", "end", "how", "reason", "by", "at", "state")
    command.show(
        columns,
        rows,
        options,
        "Nothing is marked as confidential; 'qda sensitive add SOURCE --quote WORDS' marks words.",
    )


def _row(command: Command, options: argparse.Namespace) -> SensitiveRow:
    """What the words mean: a person, a source, or a segment of it."""
    from qda.store.sensitive import SensitiveRow

    placed = options.start is not None or options.quote is not None
    if bool(options.person) == bool(options.source):
        raise UsageError("say what is meant: SOURCE, SOURCE START END, SOURCE --quote WORDS, or --person NAME")
    how = BLACK_OUT if getattr(options, "black_out", False) else WITHHOLD
    if how == BLACK_OUT and not placed:
        raise UsageError("--black-out is for words of a source: SOURCE START END, or SOURCE --quote WORDS")
    row = SensitiveRow(options.source, options.person, how=how, reason=getattr(options, "reason", ""))
    if not placed:
        return row
    if options.quote is not None:
        from qda.io.quotations import Quotes

        if options.start is not None:
            raise UsageError("--quote says where the words stand; leave out START and END")
        study = command.study
        quotes = Quotes(lambda name: study.sources.text(study.sources.get(name).key))
        start, end = quotes.find(options.source, options.quote)
        return row._replace(start=start, end=end)
    if options.end is None:
        raise UsageError("say where the words stand: START and END, or --quote WORDS")
    return row._replace(start=number_of(options.start, "START"), end=number_of(options.end, "END"))


def _said(row: SensitiveRow) -> str:
    place = "" if row.start is None else f" {row.start}-{row.end}"
    return f"the person {row.person}" if row.person else f"{row.source}{place}"


def _add(command: Command, options: argparse.Namespace) -> None:
    row = _row(command, options)
    said = "is blacked out" if row.how == BLACK_OUT else "is confidential"
    command.study.sensitive.mark([row], f"{_said(row)} {said}")


def _remove(command: Command, options: argparse.Namespace) -> None:
    row = _row(command, options)
    count = command.study.sensitive.clear(row, f"{_said(row)} is not confidential any more")
    command.say(f"{many_are(count, 'mark')} taken back")


def _names(command: Command, options: argparse.Namespace) -> None:
    from qda.reports.names_in_texts import named_places

    study = command.study
    with study.database.reading():
        rows = named_places(study, options.person, options.reason)
    count = study.sensitive.mark(rows, "names in texts are blacked out")
    command.say(f"{many_are(count, 'place')} blacked out" if count else "No name stands in a text that is not yet.")


_ACTIONS = {"list": _list, "add": _add, "remove": _remove, "names": _names}
