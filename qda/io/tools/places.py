"""Where the codings of a text are: places as a tool counts them turned into ours, checked by the words it kept."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from qda.io.refi.offsets import POINTS, UTF16, Convention, Raw, Ruler
from qda.store.foreign import whole

if TYPE_CHECKING:
    from collections.abc import Sequence

COUNTED = tuple(Convention(unit, crlf, bom) for unit in (POINTS, UTF16) for crlf in (2, 1) for bom in (1, 0))
"""How tools may count that keep their texts as strings, the likeliest way first."""
_BOM = "\ufeff"


class Quoted(NamedTuple):
    """A stretch as a tool has it, half-open, with its words as the tool kept them (empty: it kept none)."""

    start: int
    end: int
    words: str = ""


class Span(NamedTuple):
    """A stretch of our text; whether its end was cut off at the end of the text, and whether its words differ."""

    start: int
    end: int
    cut: bool
    differs: bool


class Places:
    """The way from a tool's places to ours for one text; which it is, the words decide that the tool kept."""

    def __init__(self, text: str, sample: Sequence[Quoted] = (), counted: Sequence[Convention] = COUNTED) -> None:
        raw = Raw(text.removeprefix(_BOM), text.startswith(_BOM))
        self.text = raw.plain
        rulers: dict[tuple[object, ...], Ruler] = {}
        for convention in counted:
            ruler = Ruler(raw, convention)
            rulers.setdefault(ruler.signature, ruler)
        ways = list(rulers.values())
        self._kept = [one for one in sample if one.words]
        # The way that fits most goes first; a tool may count what it found itself otherwise than what people marked.
        self._ways = sorted(ways, key=lambda way: -self._hits(way, self._kept)) if len(ways) > 1 else ways

    @property
    def hits(self) -> int:
        """How many stretches of the sample have the words that the tool kept."""
        return self._hits(self._ways[0], self._kept)

    def _hits(self, ruler: Ruler, kept: Sequence[Quoted]) -> int:
        found = ((ruler.ours(one.start), ruler.ours(one.end), one.words) for one in kept)
        return sum(
            start is not None and end is not None and same_words(self.text[start:end], words)
            for start, end, words in found
        )

    def span(self, one: Quoted) -> Span | None:
        """A stretch as ours: in the first way in which it has its words, else in that which fits most others.

        None where it is empty, or outside the text.
        """
        first = self._span(self._ways[0], one)
        if first is not None and not first.differs:
            return first
        others = (self._span(way, one) for way in self._ways[1:]) if one.words else ()
        return next((span for span in others if span is not None and not (span.differs or span.cut)), first)

    def _span(self, way: Ruler, one: Quoted) -> Span | None:
        start = way.ours(one.start) if one.start >= 0 else None
        cut = one.end > way.units
        end = len(self.text) if cut else way.ours(one.end)
        if start is None or end is None or start >= end:
            return None
        return Span(start, end, cut, bool(one.words) and not same_words(self.text[start:end], one.words))


def quoted(start: object, end: object, kept: str = "") -> Quoted:
    """A stretch as a database has it; places that are no numbers lie outside every text."""
    first, last = whole(start), whole(end)
    return Quoted(-1 if first is None else first, -1 if last is None else last, kept)


def same_words(text: str, kept: str) -> bool:
    """Whether the words that a tool kept are those of the text, whatever spaces and line ends part them."""
    return text == kept or text.split() == kept.split()
