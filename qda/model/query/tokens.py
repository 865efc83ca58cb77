"""The words of a query: names, names in quotation marks, brackets and signs, each with its place."""

from __future__ import annotations

import re
from typing import NamedTuple

from qda.model.query.parts import QueryError

KEYWORDS = ("AND", "OR", "NOT", "WITHIN", "OF", "IN", "SAME", "TURN", "AS", "ONLY")
SIGNS = ("=", "!=", "<", "<=", ">", ">=")

_TOKEN = re.compile(
    r"""
    (?P<space> \s+ )
    | (?P<sign> != | <= | >= | [=<>()] )
    | "(?P<quoted> (?: [^"] | "" )* )"
    | (?P<name> [^\s()"=<>!]+ )
    """,
    re.VERBOSE,
)


class Token(NamedTuple):
    """A word of a query: `sign`, `name`, `quoted` or, behind the last one, `end`; its words and its place."""

    kind: str
    text: str
    start: int
    end: int

    @property
    def at(self) -> tuple[int, int]:
        """Where it stands in the text, in code points."""
        return self.start, self.end

    def is_word(self, *words: str) -> bool:
        """Whether it is one of some keywords or signs, and no name in quotation marks."""
        return self.kind in ("name", "sign") and self.text in words


def tokens(text: str) -> list[Token]:
    """The words of a query, and an `end` behind them.

    Raises:
        QueryError: A quotation mark is not closed, or a sign has no meaning.
    """
    found, place = [], 0
    while place < len(text):
        match = _TOKEN.match(text, place)
        if match is None:
            if text[place] == '"':
                raise QueryError(text, (place, len(text)), "this quotation mark is not closed")
            raise QueryError(text, (place, place + 1), "this sign means nothing here; 'is not' is written !=")
        kind = str(match.lastgroup)
        words = match[kind].replace('""', '"') if kind == "quoted" else match[0]
        if kind != "space":
            found.append(Token(kind, words, *match.span()))
        place = match.end()
    return [*found, Token("end", "", len(text), len(text))]


def plain(name: str) -> bool:
    """Whether a name can stand in a query without quotation marks."""
    match = _TOKEN.fullmatch(name)
    return bool(match) and str(match and match.lastgroup) == "name" and name not in (*KEYWORDS, "*")
