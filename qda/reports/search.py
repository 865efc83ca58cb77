"""Finding words in the sources: folded, exact, by pattern or by lemma, with places in the stored text."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import TYPE_CHECKING, NamedTuple

from qda.errors import UsageError
from qda.model.folding import Folded, find_folded, fold, marks_from_bytes
from qda.model.spans import Stretches

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from qda.model.nouns import Source
    from qda.store import Study

MODES = ("folded", "exact", "regex", "lemma")


class Hit(NamedTuple):
    """A place where the words were found, and the number of the turn in which it begins."""

    source: str
    start: int
    end: int
    text: str
    turn: int | None


def search(study: Study, words: str, *, mode: str = "folded", sources: Sequence[str] = ()) -> list[Hit]:
    """All places of some words in the selected sources, in order; what is no data is left out.

    Raises:
        QdaError: The words are empty, the pattern is wrong, or a source is not there.
    """
    if not words.strip():
        raise UsageError("say what to search for")
    wanted = [study.sources.get(name) for name in sources] or study.sources.all()
    hidden = study.not_data.by_source()
    if mode == "folded":
        found = _folded(study, words, {source.key for source in wanted}, hidden)
    else:
        found = _plain(study, _finder(mode, words), wanted)
    return list(_hits(study, wanted, hidden, found))


Found = dict[int, tuple[str, list[tuple[int, int]]]]
"""For each source with hits: its text and the places."""


def _folded(study: Study, words: str, wanted: set[int], hidden: dict[int, list[tuple[int, int]]]) -> Found:
    """Search the stored folds; a text is read only where something was found."""
    needle = fold(words).text
    loose = needle.replace("-", "")
    found: Found = {}
    for source, text, marks in study.counts.folds():
        if source not in wanted:
            continue
        if source in hidden:
            body = study.sources.text(source)
            found[source] = body, _around(body, hidden[source], words)
        elif needle in text or loose in text:
            body = study.sources.text(source)
            found[source] = body, find_folded(body, Folded(text, marks_from_bytes(marks)), words)
    return found


def _around(text: str, hidden: list[tuple[int, int]], words: str) -> list[tuple[int, int]]:
    """Search a text as if the stretches that are no data were cut out of it."""
    parts, cuts, size, at = [], [(0, 0)], 0, 0
    for start, end in hidden:
        parts.append(text[at:start])
        size += start - at
        cuts.append((size, end))
        at = end
    parts.append(text[at:])
    kept = "".join(parts)
    places = [cut[0] for cut in cuts]

    def original(place: int) -> int:
        cut = cuts[bisect_right(places, place) - 1]
        return place - cut[0] + cut[1]

    return [(original(start), original(end - 1) + 1) for start, end in find_folded(kept, fold(kept), words)]


def _finder(mode: str, words: str) -> Callable[[str, str], list[tuple[int, int]]]:
    """The function that finds places in a text of a language."""
    if mode == "lemma":
        from qda.language.lemmas import find_lemmas

        return lambda text, language: find_lemmas(text, words, language)
    try:
        pattern = re.compile(words if mode == "regex" else re.escape(words))
    except (re.error, OverflowError, RecursionError) as error:
        raise UsageError(f"the pattern {words!r} is wrong: {error}") from None
    return lambda text, _: [match.span() for match in pattern.finditer(text) if match.end() > match.start()]


def _plain(study: Study, find: Callable[[str, str], list[tuple[int, int]]], wanted: Sequence[Source]) -> Found:
    found: Found = {}
    for source in wanted:
        text = study.sources.text(source.key)
        found[source.key] = text, find(text, source.language)
    return found


def _hits(
    study: Study, wanted: Sequence[Source], hidden: dict[int, list[tuple[int, int]]], found: Found
) -> Iterator[Hit]:
    for source in wanted:
        text, spans = found.get(source.key, ("", []))
        if not spans:
            continue
        without = Stretches(hidden.get(source.key, ()))
        places = [span for span in spans if not without.swallow(*span)]
        numbers = study.sources.turn_numbers(source.revision_key, [start for start, _ in places])
        for (start, end), number in zip(places, numbers, strict=True):
            yield Hit(source.name, start, end, text[start:end], number)
