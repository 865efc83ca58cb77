"""`qda search`: find words in all sources."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qda.cli.command import add_form
from qda.model.nouns import many
from qda.model.selection import Selection

if TYPE_CHECKING:
    from qda.cli.command import Command


def run(command: Command, words: list[str]) -> None:
    """Search and list the hits with their places."""
    from qda.reports.search import search

    parser = command.parser(
        epilog="Without an option the search sees through case, line breaks, line-end hyphens and accents apart.\n"
        "Places are code points of the stored text."
    )
    parser.add_argument("text", help="the words to find")
    mode = parser.add_mutually_exclusive_group()
    mode.add_argument("--exact", dest="mode", action="store_const", const="exact", help="exactly these characters")
    mode.add_argument("--regex", dest="mode", action="store_const", const="regex", help="a regular expression")
    mode.add_argument(
        "--lemma",
        dest="mode",
        action="store_const",
        const="lemma",
        help="all forms of the words (en, nl, no and more)",
    )
    parser.add_argument("--source", action="append", default=[], help="only in this source (repeatable)")
    parser.add_argument(
        "--code", action="append", default=[], metavar="PATH", help="only within passages of this code and its subcodes"
    )
    parser.add_argument(
        "--coder", action="append", default=[], metavar="NAME", help="only within passages that this coder coded"
    )
    parser.add_argument("--query", default="", help="only within passages that this query finds (its name, or itself)")
    add_form(parser)
    options = parser.parse_args(words)
    hits = search(
        command.study,
        options.text,
        mode=options.mode or "folded",
        within=Selection(
            sources=tuple(options.source),
            codes=tuple(options.code),
            coders=tuple(options.coder),
            query=options.query,
        ),
        say=lambda sentence: command.say(f"note: {sentence}"),
    )
    command.show(
        ("source", "start", "end", "text", "turn"),
        hits,
        options,
        f"'{options.text}' was not found.",
    )
    if options.format == "table" and hits:
        sources = len({hit.source for hit in hits})
        command.say(f"{many(len(hits), 'hit')} in {many(sources, 'source')}.")
