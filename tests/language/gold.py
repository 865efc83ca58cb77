"""The invented gold texts of sentences: how they are joined, and how well a splitter finds their boundaries."""

from __future__ import annotations

import textwrap
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable

_DATA = Path(__file__).with_name("data")


class Stretch(NamedTuple):
    """One stretch of text and the spans of its sentences, in code points."""

    text: str
    spans: list[tuple[int, int]]


def stretches(name: str) -> list[Stretch]:
    """The stretches of a gold file such as `nl_dev`; its first lines say its form."""
    blocks = (_DATA / f"sentences_{name}.txt").read_text(encoding="utf-8").split("\n@ ")[1:]
    return [_joined(*block.split("\n", 1)) for block in blocks]


def _joined(how: str, lines: str) -> Stretch:
    sentences = [line for line in lines.splitlines() if line]
    way, _, width = how.partition(" ")
    text = {"spaced": "  ", "lines": "\n"}.get(way, " ").join(sentences)
    if width:
        wrapped = textwrap.wrap(text, int(width), break_long_words=False, break_on_hyphens=False)
        text = ("\r\n" if way == "crlf" else "\n").join(wrapped)
    return Stretch(text, _spans(text, sentences))


def _spans(text: str, sentences: list[str]) -> list[tuple[int, int]]:
    """Where each sentence stands in the joined text, whatever white space it was joined with."""
    spans, at = [], 0
    for sentence in sentences:
        start = at
        for char in "".join(sentence.split()):
            while text[at] != char:
                at += 1
            start = at if start == at or text[start].isspace() else start
            at += 1
        start += len(text[start:]) - len(text[start:].lstrip())
        spans.append((start, at))
    return spans


def f1(name: str, split: Callable[[str], list[tuple[int, int]]]) -> tuple[float, list[str]]:
    """The F1 of a splitter over the boundaries inside the stretches, and the places where it errs.

    A boundary is where a sentence begins that is not the first of its stretch.
    """
    hits = found = wanted = 0
    errors = []
    for text, spans in stretches(name):
        gold, seen = {start for start, _ in spans[1:]}, {start for start, _ in split(text)[1:]}
        hits, found, wanted = hits + len(gold & seen), found + len(seen), wanted + len(gold)
        errors += [
            f"{'missed' if at in gold else 'extra'}: {text[max(0, at - 40) : at]}|{text[at : at + 30]}"
            for at in sorted(gold ^ seen)
        ]
    return 2 * hits / (found + wanted), errors
