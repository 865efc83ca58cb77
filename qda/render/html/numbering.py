"""The numbers that quotes have in a page: in order of source and place, from 1."""

from __future__ import annotations

from operator import sub
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from qda.reports.quotes import Quote, Quoted


MOST = 5000
"""Quotes up to which a page can be read without script; with more of them it would be slow to open."""


class Numbered:
    """All quotes of a page with their numbers, and the codes that they have."""

    def __init__(self, quoted: Sequence[Quoted]) -> None:
        self.quoted = quoted
        self.firsts = [1]
        self.of_id: dict[str, int] = {}
        self.by_code: dict[str, dict[str, list[int]]] = {}
        for one in quoted:
            for quote in one.quotes:
                number = self.of_id[quote.id] = len(self.of_id) + 1
                self.by_code.setdefault(quote.code, {}).setdefault(one.source.name, []).append(number)
            self.firsts.append(len(self.of_id) + 1)
        self._place = {code: number for number, code in enumerate(self.by_code)}

    def __len__(self) -> int:
        return len(self.of_id)

    @property
    def packed(self) -> bool:
        """Whether there are so many that sources are packed, and only a script can show them."""
        return len(self) > MOST

    def sources(self) -> Iterator[tuple[int, Quoted]]:
        """Each source with the number of its first quote."""
        yield from zip(self.firsts, self.quoted, strict=False)

    def anchor(self, code: str) -> str:
        """Where a page without script lists the quotes of a code; of a code without any, all quotes."""
        return f"k{self._place[code]}" if code in self._place and not self.packed else "quotes"

    def steps(self, ids: Iterable[str]) -> list[int]:
        """The numbers of quotes as the first and then each one's distance from the one before, which is shorter."""
        numbers = sorted(filter(None, map(self.of_id.get, ids)))
        return list(map(sub, numbers, [0, *numbers[:-1]]))


def facts_of(quote: Quote, source: str) -> list[str]:
    """What is said of a quote beside its words: its turn, who speaks, who coded it."""
    turn = "" if quote.turn is None else f"turn {quote.turn}"
    speaker = "; ".join(name.removeprefix(f"{source}/") for name in quote.speaker.split("; "))
    return [fact for fact in (turn, speaker, f"coded by {quote.coder}") if fact]
