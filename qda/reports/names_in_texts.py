"""Where the names of persons stand in the texts of a study, so that they can be blacked out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qda.model.confidential import BLACK_OUT
from qda.model.naming import needles
from qda.reports.search import search
from qda.store.sensitive import SensitiveRow

if TYPE_CHECKING:
    from collections.abc import Collection

    from qda.store import Study


def named_places(study: Study, persons: Collection[str] = (), reason: str = "") -> list[SensitiveRow]:
    """The places of words of persons' names in the current texts, longest first where they meet.

    Args:
        study: The study.
        persons: Whose names; empty: everybody's.
        reason: Why they are to be blacked out.

    Raises:
        QdaError: Nobody is called so.
    """
    chosen = {study.persons.find(name) for name in persons}
    names = [one.name for one in study.persons.all() if not chosen or one.key in chosen]
    texts = {source.name: study.sources.text(source.key) for source in study.sources.all()}
    places = {
        (hit.source, hit.start, hit.end)
        for word in sorted(needles(names))
        for hit in search(study, word)
        if _is_whole(texts[hit.source], hit.start, hit.end)
    }
    return [SensitiveRow(name, "", start, end, BLACK_OUT, reason) for name, start, end in sorted(places)]


def _is_whole(text: str, start: int, end: int) -> bool:
    """Whether a place is a word of its own, or with an `s` behind it."""
    behind = text[end:].removeprefix("s")[:1]
    return not (text[max(0, start - 1) : start].isalpha() or behind.isalpha())
