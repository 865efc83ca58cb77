"""Where a quotation stands in a source, letter for letter."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qda.errors import QdaError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


class Quotes:
    """Finds quotations in sources, letter for letter."""

    def __init__(self, text_of: Callable[[str], str]) -> None:
        self._text_of = text_of
        self._texts: dict[str, str] = {}

    def find(self, source: str, quote: str, occurrence: int | None = None) -> tuple[int, int]:
        """Where a quotation stands: its only place, or the one with a number, from 1.

        Raises:
            QdaError: It is not there, or stands there several times and no number is given.
        """
        if source not in self._texts:
            self._texts[source] = self._text_of(source)
        places = list(_places(self._texts[source], quote))
        words = f"the quotation {_short(quote)}"
        if not places:
            raise QdaError(f"{words} does not stand in '{source}'")
        if occurrence is None and len(places) > 1:
            raise QdaError(f"{words} stands {len(places)} times in '{source}'; say which one, or quote more")
        if occurrence is not None and not 1 <= occurrence <= len(places):
            times = "once" if len(places) == 1 else f"{len(places)} times"
            raise QdaError(f"{words} stands {times} in '{source}'; there is no occurrence {occurrence}")
        start = places[(occurrence or 1) - 1]
        return start, start + len(quote)


def _places(text: str, quote: str) -> Iterator[int]:
    at = text.find(quote)
    while at >= 0:
        yield at
        at = text.find(quote, at + 1)


def _short(quote: str) -> str:
    return repr(quote if len(quote) <= 40 else quote[:39] + "…")
