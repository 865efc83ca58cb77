"""What is wrong with a YAML text, in one sentence with its place."""

from __future__ import annotations

import re
from typing import Any

MAX_CHARACTERS = 2_000_000
_ODD = re.compile("[^\t\n -~\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]")
_LONE_KEY = re.compile(r"[ ]*(?:-[ ]+)*[\w-]+[ ]*")
_QUOTES = "put it in quotes"
_ESCAPE = "a backslash in double quotes begins an escape, and this is none: double it, or use single quotes"

# The parser's words, and ours; the first group stands where it began to read, the second where it gave up.
_WHERE_IT_BEGAN = {
    "unexpected end of stream": "the quote that opens here is never closed",
    "unexpected document separator": "the quote that opens here is not closed before a '---' or '...' line",
    "scanning a directive": f"text cannot begin with '%': {_QUOTES}",
    "scanning an alias": f"text cannot begin with '*': {_QUOTES}",
    "scanning an anchor": f"text cannot begin with '&': {_QUOTES}",
    " a tag": f"text cannot begin with '!': {_QUOTES}",
    "tag handle '!": f"text cannot begin with '!': {_QUOTES}",
    "a block scalar": "after '|' or '>' the text begins on the next line: put text with this sign in quotes",
    "a simple key": "this is no key with a colon after it: write 'key: text' or correct the indentation",
}
_WHERE_IT_ENDED = {
    r"'\t' that cannot": "a tab stands here, where YAML takes only spaces: use spaces, or quote the text",
    "YAML d": "lines that begin with '%' are not used in codebooks: remove this one",
    "duplicate tag": "lines that begin with '%' are not used in codebooks: remove this one",
    "sequence entries": "a list item ('- ') cannot stand here: give it a line of its own below its key",
    "mapping keys": f"a '?' followed by a space cannot stand here: {_QUOTES}",
    "<document start>": "this does not fit what stands above it: check the indentation",
}


class Refusal(Exception):  # noqa: N818 - it becomes a BadFileError where the file's name is known
    """A codebook cannot be read: one sentence, and the place (from 1) where there is one."""

    def __init__(self, problem: str, line: int | None = None, column: int | None = None) -> None:
        super().__init__(problem)
        self.problem = problem
        self.line = line
        self.column = column


def refused(mark: Any, problem: str) -> Refusal:
    """The refusal of what stands at one of PyYAML's marks."""
    return Refusal(problem, mark.line + 1, mark.column + 1)


def clean(text: str) -> str:
    """The text without BOM and with LF line ends.

    Raises:
        Refusal: It is too long, or holds a character that no codebook can hold as it is.
    """
    if len(text) > MAX_CHARACTERS:
        raise Refusal(f"this file has more than {MAX_CHARACTERS:,} characters: split it into several codebooks")
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    odd = _ODD.search(text)
    if odd is None:
        return text
    problem = f"the invisible character U+{ord(odd[0]):04X} stands here: remove it, or escape it in double quotes"
    if odd[0] == "\0":
        problem = "a NUL character stands here, so this is no text: save the codebook as UTF-8"
    line = text.count("\n", 0, odd.start()) + 1
    raise Refusal(problem, line, odd.start() - text.rfind("\n", 0, odd.start()))


def explain(error: Any, text: str) -> Refusal:
    """The refusal for an error of PyYAML that has marks (`yaml.MarkedYAMLError`)."""
    mark = error.problem_mark or error.context_mark
    words = f"{error.context} {error.problem}"
    if "escape" in words:
        return explain_escape(mark, text)
    for theirs, ours in _WHERE_IT_ENDED.items():
        if theirs in words:
            return refused(mark, ours)
    for theirs, ours in _WHERE_IT_BEGAN.items():
        if theirs in words:
            return refused(error.context_mark or mark, ours)
    return refused(mark, _in_context(error, mark, words, text))


def explain_escape(mark: Any, text: str) -> Refusal:
    """The refusal of an escape just before a mark; its place is that of its backslash."""
    back = mark.index - text.rfind("\\", 0, mark.index)
    return Refusal(_ESCAPE, mark.line + 1, mark.column + 1 - back)


def _in_context(error: Any, mark: Any, words: str, text: str) -> str:
    """The sentence for errors whose cause shows only in the text around them."""
    sign = text[mark.index : mark.index + 1]
    before = text[text.rfind("\n", 0, mark.index) + 1 : mark.index]
    if "mapping values" in words:
        if _LONE_KEY.fullmatch(before):
            return "this key is not indented like the keys it belongs to: line them up"
        return "a colon followed by a space cannot stand in text without quotes: put the whole text in quotes"
    if "parsing a flow" in words and "expected ','" in words:
        kind, opening = ("list", "[") if "sequence" in words else ("mapping", "{")
        where = f"line {error.context_mark.line + 1}, column {error.context_mark.column + 1}"
        return f"the {kind} that opens with '{opening}' in {where} lacks a comma or its end before this place"
    if "that cannot start" in words or (sign and sign in ",[]{}"):
        return f"text cannot begin with {sign!r}: {_QUOTES}"
    if "'<scalar>'" in words and before.rstrip().endswith(("'", '"')):
        return "text stands here after a closing quote: put all of it between the quotes"
    return "this does not fit what stands above it: check the indentation and the quotes"
