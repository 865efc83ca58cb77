"""Aligning a translation with its original, and carrying places across."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qda.errors import QdaError
from qda.model.aligning import Unit, paragraphs, propose, unit
from qda.model.alignment import Alignment, Pair, from_words, joined, numbered, parts_of, to_words

ORIGINAL = """Samenvatting

In 2023 kregen 436.000 mensen een besluit;
85.000 keerden terug.

► Terugkeren is een keuze.
► Steun helpt zelden, maar soms toch.

Einde.
"""
TRANSLATION = """Summary

In 2023 a decision was given to 436,000 people. This is a rather long sentence about it.

Of these, 85,000 returned.

► Returning is a choice.
A translator's remark that nobody asked for.

► Support seldom helps, but at times it does.
"""


def test_paragraphs_are_aligned_by_order_length_numbers_and_items() -> None:
    ours, theirs = paragraphs(TRANSLATION), paragraphs(ORIGINAL)
    assert [TRANSLATION[one.start : one.end].split(maxsplit=1)[0] for one in ours] == ["Summary", "In", "Of", "►", "►"]
    assert [(one.mark, sorted(one.numbers)) for one in theirs] == [
        ("", []),
        ("", ["2023", "436000", "85000"]),
        ("item", []),
        ("item", []),
        ("", []),
    ]
    found = propose(ours, theirs)
    said = [
        (TRANSLATION[p.start : p.end].rsplit(maxsplit=1)[-1], ORIGINAL[p.first : p.last].rsplit(maxsplit=1)[-1])
        for p in found
    ]
    assert said == [("Summary", "Samenvatting"), ("returned.", "terug."), ("for.", "keuze."), ("does.", "toch.")]


def test_what_only_one_text_has_is_left_alone() -> None:
    def parts(*lengths: int) -> list[Unit]:
        ends = [sum(lengths[: at + 1]) for at in range(len(lengths))]
        return [Unit(end - length, end, "", Counter()) for end, length in zip(ends, lengths, strict=True)]

    ours, theirs = parts(1000, 80, 300, 600), parts(1000, 80, 200, 300, 600)
    wanted = [(0, 0), (1000, 1000), (1080, 1280), (1380, 1580)]
    assert [(pair.start, pair.first) for pair in propose(ours, theirs)] == wanted
    assert [(pair.first, pair.start) for pair in propose(theirs, ours)] == wanted


def test_turns_of_the_same_kinds_go_with_the_one_in_their_place() -> None:
    text = "abcdefghij"
    ours = [unit(text, 0, 1, "interviewer"), unit(text, 1, 9, "respondent")]
    theirs = [unit(text, 0, 7, "interviewer"), unit(text, 7, 8, "respondent")]
    assert propose(ours, theirs) == [Pair(0, 1, 0, 7), Pair(1, 9, 7, 8)]
    assert propose([], theirs) == []
    lines = "one\ntwo\n  three  \n"
    assert [lines[one.start : one.end] for one in paragraphs(lines)] == ["one", "two", "three"]


def test_places_are_carried_to_all_of_what_is_aligned() -> None:
    across = Alignment([Pair(0, 10, 100, 120), Pair(10, 20, 130, 140), Pair(30, 40, 0, 50)])
    assert across.carry(3, 4) == [(100, 120)]
    assert across.carry(9, 11) == [(100, 140)], "stretches side by side in the original are one"
    assert across.carry(19, 31) == [(0, 50), (130, 140)], "others are not"
    assert across.carry(20, 30) == []
    assert across.turned.carry(45, 101) == [(0, 10), (30, 40)]
    pairs = [Pair(0, 10, 7, 11), Pair(20, 30, 20, 31), Pair(5, 25, 40, 50), Pair(33, 34, 49, 52), Pair(34, 35, 0, 7)]
    assert joined(pairs) == [Pair(0, 34, 7, 52), Pair(34, 35, 0, 7)]
    assert from_words(to_words(pairs)) == pairs


SPANS = st.tuples(st.integers(0, 30), st.integers(1, 8)).map(lambda one: (one[0], one[0] + one[1]))


@settings(max_examples=20, deadline=None)
@given(st.lists(st.tuples(SPANS, SPANS).map(lambda two: Pair(*two[0], *two[1])), max_size=6), SPANS)
def test_carrying_is_what_each_character_says(pairs: list[Pair], span: tuple[int, int]) -> None:
    kept = joined(pairs)
    for one in pairs:
        assert any(each.start <= one.start and one.end <= each.end and each.first <= one.first for each in kept)
    for one in kept:
        for other in kept:
            assert one is other or one.end <= other.start or other.end <= one.start
            assert one is other or one.last <= other.first or other.last <= one.first
    wanted = {place for one in kept if set(range(one.start, one.end)) & set(range(*span)) for place in range(*one[2:])}
    found = Alignment(kept).carry(*span)
    assert wanted <= {place for each in found for place in range(*each)}
    aligned = {place for one in kept for place in range(*one[2:])}
    assert {place for each in found for place in range(*each)} & aligned == wanted


def test_parts_are_named_by_number() -> None:
    units = [(0, 5), (6, 9), (10, 20)]
    assert [parts_of(words, units) for words in ("2", "1-2", "2 to 3", "2–3")] == [(6, 9), (0, 9), (6, 20), (6, 20)]
    assert [numbered(span, units) for span in ((0, 5), (7, 12), (5, 6))] == ["1", "2 to 3", ""]
    for words in ("0", "4", "3-2", "x", "1-2-3", "", "٣"):
        with pytest.raises(QdaError):
            parts_of(words, units)
