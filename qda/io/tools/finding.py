"""Finds quotations again in a text: letter for letter, else whatever case, spaces, hyphens and quotes they have."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from qda.model.finding import find_folded
from qda.model.folding import Folded, fold

if TYPE_CHECKING:
    from collections.abc import Sequence

Place = tuple[int, int]


class Finder:
    """One text in which quotations are looked for."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._found: dict[str, list[Place]] = {}

    @cached_property
    def _folded(self) -> Folded:
        return fold(self.text)

    def places(self, quote: str) -> list[Place]:
        """Where a quotation stands, in order; none where it does not."""
        quote = quote.replace("\r\n", "\n").replace("\r", "\n")
        if quote not in self._found:
            self._found[quote] = self._exact(quote) or self._alike(quote.strip())
        return self._found[quote]

    def _exact(self, quote: str) -> list[Place]:
        found: list[Place] = []
        at = self.text.find(quote) if quote.strip() else -1
        while at >= 0:
            found.append((at, at + len(quote)))
            at = self.text.find(quote, at + 1)
        return found

    def _alike(self, quote: str) -> list[Place]:
        return self._exact(quote) or (find_folded(self.text, self._folded, quote) if quote else [])

    def between(self, places: Sequence[Place], before: str, after: str) -> list[Place]:
        """Those of some places that have certain words before and behind them; all where none has."""
        left, right = "".join(before.split()), "".join(after.split())

        def fits(start: int, end: int) -> bool:
            head = "".join(self.text[max(start - 2 * len(before) - 20, 0) : start].split())
            tail = "".join(self.text[end : end + 2 * len(after) + 20].split())
            return head.endswith(left) and tail.startswith(right)

        return [place for place in places if fits(*place)] or list(places)


def nearest(places: Sequence[Place], at: int) -> Place:
    """The place that begins nearest to a number of characters."""
    return min(places, key=lambda place: abs(place[0] - at))
