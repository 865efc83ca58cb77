"""On which page of its document a place stands, in sources whose pages are marked."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

from qda.model.transcript import PAGE_MARK

if TYPE_CHECKING:
    from collections.abc import Mapping

    from qda.store import Study


class Pages:
    """The page marks (`[page 3]`) of all sources.

    Args:
        study: The study.
        texts: The current text of each source, by its key.
    """

    def __init__(self, study: Study, texts: Mapping[int, str]) -> None:
        keys = study.sources.names()
        self._starts: dict[str, list[int]] = {}
        self._labels: dict[str, list[str]] = {}
        for name, start, end, reason in study.not_data.all():
            if reason == PAGE_MARK and (text := texts.get(keys[name])) is not None:
                self._starts.setdefault(name, []).append(start)
                self._labels.setdefault(name, []).append(_label(text[start:end]))

    def __bool__(self) -> bool:
        return bool(self._starts)

    def page(self, source: str, place: int) -> str:
        """What is printed as the number of the page on which a place stands; empty where no page is marked."""
        before = bisect_right(self._starts.get(source, []), place)
        return self._labels[source][before - 1] if before else ""


def _label(mark: str) -> str:
    return mark.strip().removeprefix("[page ").removesuffix("]")
