"""Finding words in the sources: folded, exact, by pattern or by lemma, with places in the stored text."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from qda.errors import UsageError
from qda.model.finding import Wanted, find_folded
from qda.model.folding import fold, is_current, marks_from_bytes
from qda.model.selection import Selection
from qda.model.spans import Stretches

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from qda.model.nouns import Source
    from qda.store import Study

    Place = tuple[int, int, str]
    Find = Callable[[str], list[tuple[int, int]]]
    Within = dict[int, list[tuple[int, int]]]

MODES = ("folded", "exact", "regex", "lemma")


class Hit(NamedTuple):
    """A place where the words were found, and the number of the turn in which it begins."""

    source: str
    start: int
    end: int
    text: str
    turn: int | None


def search(
    study: Study,
    words: str,
    *,
    mode: str = "folded",
    within: Selection = Selection(),  # noqa: B008 - it is frozen
    say: Callable[[str], None] = lambda _: None,
) -> list[Hit]:
    """All places of some words in the selected sources, in order; what is no data is left out.

    Args:
        study: The study.
        words: What is searched for.
        mode: One of `MODES`.
        within: Only in its sources; where codes or coders are named, only within passages of these codes (with their
            subcodes) that these coded; with a query, only within passages that it finds.
        say: Told, in a sentence, where something else was done than was asked for.

    Raises:
        QdaError: The words are empty, the pattern is wrong, or a source, code or coder is not there.
    """
    if not words.strip():
        raise UsageError("say what to search for")
    named = {study.sources.get(name).key for name in within.sources}
    wanted = [source for source in study.sources.all() if not named or source.key in named]
    lying = [_coded(study, within)] if within.codes or within.coders else []
    lying += [_queried(study, within)] if within.query else []
    found = dict(_found(study, wanted, words, mode, say))
    return [hit for source in wanted for hit in _hits(study, source, found.get(source.key, ()), lying)]


def _found(
    study: Study, sources: Sequence[Source], words: str, mode: str, say: Callable[[str], None]
) -> Iterator[tuple[int, list[Place]]]:
    """The places in each source that has any."""
    if mode == "folded":
        yield from _folded(study, words, {source.key for source in sources})
        return
    hidden = study.not_data.by_source()
    find = _by_lemma(sources, words, say) if mode == "lemma" else _by_pattern(mode, words)
    for source in sources:
        text = study.sources.text(source.key)
        without = Stretches(hidden.get(source.key, ()))
        spans = [span for span in find(source.language)(text) if not without.swallow(*span)]
        yield source.key, [(start, end, text[start:end]) for start, end in spans]


def _folded(study: Study, words: str, sources: set[int]) -> Iterator[tuple[int, list[Place]]]:
    """Search the stored folds; only where something was found are the text and its map looked at."""
    wanted = Wanted(words)
    hidden = study.not_data.by_source()
    for source, folded, marks, text in study.counts.folds():
        if source not in sources:
            continue
        if source in hidden:
            yield source, _around(text.decode(), hidden[source], words)
        elif not is_current(marks):
            fresh = fold(text.decode())
            yield source, wanted.find(text, fresh.text.encode(), fresh.marks)
        elif wanted.may_be_in(folded):
            yield source, wanted.find(text, folded, marks_from_bytes(marks))


def _around(text: str, hidden: list[tuple[int, int]], words: str) -> list[Place]:
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

    spans = [(original(start), original(end - 1) + 1) for start, end in find_folded(kept, fold(kept), words)]
    return [(start, end, text[start:end]) for start, end in spans]


def _by_pattern(mode: str, words: str) -> Callable[[str], Find]:
    """How exact words or a pattern are found; the same in every language."""
    try:
        pattern = re.compile(words if mode == "regex" else re.escape(words))
    except (re.error, OverflowError, RecursionError) as error:
        raise UsageError(f"the pattern {words!r} is wrong: {error}") from None
    return lambda _: lambda text: [match.span() for match in pattern.finditer(text) if match.end() > match.start()]


def _by_lemma(sources: Sequence[Source], words: str, say: Callable[[str], None]) -> Callable[[str], Find]:
    """How words are found in a language: in all their forms, or as they are where no lemmas are known."""
    from qda.language.lemmas import find_lemmas, has_lemmas

    unknown = {language for language in sorted({source.language for source in sources}) if not has_lemmas(language)}
    for language in sorted(unknown):
        names = [source.name for source in sources if source.language == language]
        say(f"no lemmas are known for '{language}', so the words were searched as they are in {', '.join(names)}")

    def find(language: str) -> Find:
        if language in unknown:
            return lambda text: find_folded(text, fold(text), words)
        return lambda text: find_lemmas(text, words, language)

    return find


def _coded(study: Study, selection: Selection) -> Within:
    """Where the passages of some codes, by some coders, lie in each source."""
    from qda.reports.counting import Codings
    from qda.reports.scope import look_up

    codings = Codings(study, look_up(study, replace(selection, query="")))
    found = {
        source: [extent[:2] for segments in by_code.values() for extent in codings.extents(source, segments)]
        for source, by_code in codings.sources()
    }
    return _with_translations(study, found)


def _queried(study: Study, selection: Selection) -> Within:
    """Where the passages of a query, by some coders, lie in each source."""
    from qda.reports.counting import counted_segments
    from qda.reports.query_hits import merged
    from qda.reports.querying import Sought
    from qda.reports.scope import look_up

    scope = look_up(study, selection)
    sought = Sought(study, scope)
    found = {
        source: [one[:2] for one in merged(sought.places(source, segments))]
        for source, segments in counted_segments(study, scope)
    }
    return _with_translations(study, found)


def _with_translations(study: Study, within: Within) -> Within:
    """Passages of originals, and the stretches of their translations that say the same."""
    for one in study.translations.all():
        if one.original in within:
            back = study.translations.alignment(one).turned
            within[one.source] = [found for span in within[one.original] for found in back.carry(*span)]
    return within


def _hits(study: Study, source: Source, found: Sequence[Place], lying: Sequence[Within]) -> Iterator[Hit]:
    """The places in a source as hits; where passages are given, only those that lie within one of each."""
    for coded in lying:
        spans = coded.get(source.key, [])
        found = [(start, end, text) for start, end, text in found if any(a <= start and end <= b for a, b in spans)]
    if not found:
        return
    numbers = study.sources.turn_numbers(source.revision_key, [start for start, _, _ in found])
    for (start, end, text), number in zip(found, numbers, strict=True):
        yield Hit(source.name, start, end, text, number)
