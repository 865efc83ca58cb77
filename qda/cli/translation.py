"""`qda translation`: which source is the translation of which, and which of their parts say the same."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING

from qda.cli.command import add_form
from qda.cli.given import language_of
from qda.cli.parsing import add_action, add_actions, or_list
from qda.errors import QdaError, UsageError, in_file
from qda.model.nouns import many

if TYPE_CHECKING:
    import argparse

    from qda.cli.command import Command
    from qda.store.translations import AlignedRow

_LONG = (
    "A source and its translation count as one: what is coded in either, or alike in both, is one passage, and sources,"
    " persons, cases and words count once. Which parts say the same is proposed, and corrected by hand."
)
_ALIGN = (
    "Parts are the turns, in a text without turns the paragraphs and items of lists; they are numbered from 1, and"
    " 'qda translation show' lists them. A file has the columns part and original, as 'show --format csv' writes them:"
    " 3, or 3 to 5; a part with nothing beside it says that nothing is its counterpart."
)


def run(command: Command, words: list[str]) -> None:
    """List the translations, link one, align one or take a link back."""
    parser = command.parser(epilog=_LONG)
    actions = add_actions(parser)
    add_form(add_action(actions, "list", "list the translations (what 'qda translation' alone does)"))
    link = add_action(actions, "link", "say that a source is the translation of another", _LONG)
    show = add_action(actions, "show", "list the parts of a translation beside those of its original", _ALIGN)
    align = add_action(actions, "align", "say which parts of a translation and of its original say the same", _ALIGN)
    unlink = add_action(actions, "unlink", "say that a source is no translation; both count by themselves again")
    for one in (link, show, align, unlink):
        one.add_argument("name", help="the source that is the translation")
    link.add_argument("original", help="the source that it is the translation of")
    link.add_argument("--language", default="", help="the language of the translation, as en or English")
    link.add_argument("--translator", default="", help="who translated it")
    link.add_argument("--method", default="", help="how, as: sworn translator, by machine and read by the coder")
    add_form(show)
    align.add_argument("file", nargs="?", help="a table with the columns part and original (- is standard input)")
    align.add_argument(
        "--pair", action="append", default=[], metavar="PART=ORIGINAL", help="these parts say the same; the rest stays"
    )
    align.add_argument("--propose", action="store_true", help="propose everything anew")
    options = parser.parse_args(or_list(words))
    _ACTIONS[options.action](command, options)


def _list(command: Command, options: argparse.Namespace) -> None:
    study = command.study
    with study.database.reading():
        sources = {source.key: source for source in study.sources.all()}
        rows = [
            (
                *(sources[one.source].name, sources[one.original].name, sources[one.source].language),
                *(one.translator, one.method, len(one.pairs), "yes" if study.translations.is_stale(one) else "no"),
            )
            for one in study.translations.all()
        ]
    columns = ("translation", "original", "language", "translator", "method", "pairs", "stale")
    empty = "No source is linked as a translation; 'qda translation link TRANSLATION ORIGINAL' links one."
    command.show(columns, sorted(rows), options, empty)


def _link(command: Command, options: argparse.Namespace) -> None:
    language = language_of(options.language) if options.language else ""
    said = {"language": language, "translator": options.translator, "method": options.method}
    command.study.translations.link(options.name, options.original, **said)
    _tell(command, options.name)
    command.say(f"'qda translation show {shlex.quote(options.name)}' lists them side by side; 'align' puts them right")


def _tell(command: Command, name: str) -> None:
    """How much of both texts is aligned."""
    from qda.io.registers.alignment import alignment_table

    rows = alignment_table(command.study, name)
    pairs = [row for row in rows if row[0] and row[1]]
    alone = [row[0] for row in rows if not row[1]]
    left = [row[1] for row in rows if not row[0]]
    command.say(f"{many(len(pairs), 'pair')}: parts of '{name}' and of its original that say the same")
    if alone or left:
        command.say(
            f"without a counterpart: {', '.join(alone) or 'none'} of the translation, {', '.join(left) or 'none'} of"
            " the original; 'qda translation show' lists them, 'qda translation align' corrects"
        )


def _show(command: Command, options: argparse.Namespace) -> None:
    from qda.io.registers.alignment import COLUMNS, alignment_table

    with command.study.database.reading():
        rows = alignment_table(command.study, options.name)
    command.show(COLUMNS, rows, options, "There is nothing to align.")


def _align(command: Command, options: argparse.Namespace) -> None:
    if sum(map(bool, (options.file, options.pair, options.propose))) != 1:
        raise UsageError("say what is aligned: a FILE, or --pair PART=ORIGINAL, or --propose")
    translations = command.study.translations
    if options.propose:
        translations.align(options.name)
    elif options.pair:
        translations.align(options.name, [_pair(words) for words in options.pair], only=False)
    else:
        from qda.io.files import read_text, shown
        from qda.io.registers.alignment import parse_alignment

        text, file = read_text(options.file), shown(options.file)
        rows = parse_alignment(text, file)
        try:
            translations.align(options.name, rows)
        except QdaError as error:
            raise in_file(error, file) from None
    _tell(command, options.name)


def _pair(words: str) -> AlignedRow:
    from qda.store.translations import AlignedRow

    part, sign, original = words.partition("=")
    if not sign or not (part.strip() or original.strip()):
        raise UsageError(f"'{words}' is no pair; write PART=ORIGINAL, as 3=4 or 3-5=4 (3= where 3 has no counterpart)")
    return AlignedRow(part.strip(), original.strip())


def _unlink(command: Command, options: argparse.Namespace) -> None:
    command.study.translations.unlink(options.name)


_ACTIONS = {"list": _list, "link": _link, "show": _show, "align": _align, "unlink": _unlink}
