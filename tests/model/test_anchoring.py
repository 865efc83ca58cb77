"""A corrected transcript: codings follow their words, and what cannot is told."""

import random
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qda.model.anchoring import Anchored, follow

TALK = (
    "I: How did you come to the city?\n\nR: By bus, with my sister. Yes. Yes. Yes. It took two days.\n\n"
    "I: And the school?\n\nR: Yes. The school took my children after a year of waiting.\n"
)
YEAR = "my children after a year"
TEXT = st.text(alphabet="ab .\n", max_size=30) | st.text(max_size=40)


def span_of(text: str, words: str, start: int = 0) -> tuple[int, int]:
    return text.index(words, start), text.index(words, start) + len(words)


def one(old: str, new: str, words: str) -> tuple[int, str]:
    """The state of one coded stretch after the correction, and the words it now stands on."""
    (found,) = follow(old, new, [span_of(old, words)])
    return found.state, (old if found.state == 2 else new)[found.start : found.end]


def spans_in(data: st.DataObject, low: int, high: int) -> list[tuple[int, int]]:
    pairs = data.draw(st.lists(st.tuples(st.integers(low, high), st.integers(low, high)), max_size=8))
    return [(min(pair), max(pair)) for pair in pairs if pair[0] != pair[1]]


def test_m26_twelve_characters_before_a_segment_shift_it_by_twelve() -> None:
    start, end = span_of(TALK, "The school took my children")
    for place in (0, 7, start):
        new = TALK[:place] + "[inaudible] " + TALK[place:]
        assert follow(TALK, new, [(start, end)]) == [Anchored(start + 12, end + 12, 0)]
    for place in (end, end + 3, len(TALK)):
        assert follow(TALK, TALK[:place] + "[inaudible] " + TALK[place:], [(start, end)]) == [(start, end, 0)]


@pytest.mark.parametrize(
    ("words", "before", "after", "state", "stands"),
    [
        (YEAR, "children", "two children", 1, "my two children after a year"),
        (YEAR, "children ", "", 1, "my after a year"),
        (YEAR, "my children", "my\nchildren", 1, "my\nchildren after a year"),
        (YEAR, "children", "childern", 1, "my childern after a year"),
        (YEAR, "a year of", "some months of", 1, "my children after "),
        (YEAR, YEAR, "us", 2, YEAR),
        ("two days", "two days", "a long week", 2, "two days"),
        ("By bus", "By", "Nearby", 1, "y bus"),
        ("bus", "bus", "minibus", 0, "bus"),
        ("By bus", "with my sister. Yes. Yes. Yes.", "alone.", 0, "By bus"),
    ],
)
def test_edits_inside_and_around(words: str, before: str, after: str, state: int, stands: str) -> None:
    assert one(TALK, TALK.replace(before, after, 1), words) == (state, stands)


def test_what_moved_is_found_when_it_stands_once() -> None:
    answer = "R: Yes. The school took my children after a year of waiting.\n"
    moved = answer + "\n" + TALK.replace("\n" + answer, "")
    assert one(TALK, moved, answer) == (1, answer)
    assert one(TALK, answer + moved, answer)[0] == 2, "twice: nobody can tell which"
    twice = "It was a very long day.\nWell.\nIt was a very long day.\nSo.\n"
    assert one(twice, twice[24:], "It was a very long day.\nW")[0] == 2, "the other copy was always there"


def test_a_repeated_phrase_stays_on_its_own_copy() -> None:
    copies = [span_of(TALK, "Yes.", start) for start in (60, 65, 70, 110)]
    new = TALK.replace("R: By bus", "R: We came by bus").replace("two days", "three days")
    by = [8, 8, 8, 10]
    assert follow(TALK, new, copies) == [(s + n, e + n, 0) for n, (s, e) in zip(by, copies, strict=True)]
    told = [span_of(TALK, line) for line in TALK.splitlines() if line]
    without = TALK.replace("I: And the school?\n\n", "")
    assert [found.state for found in follow(TALK, without, told)] == [0, 0, 2, 0]


def test_scripts_and_code_points() -> None:
    assert one("so 👩‍👧 cafe\u0301 now", "so so 👩‍👧 cafe\u0301 now", "👩‍👧 cafe\u0301") == (0, "👩‍👧 cafe\u0301")
    assert one("the cafe\u0301 there", "the café there", "the cafe\u0301 there") == (1, "the café there")
    assert one("قال نعم ثم ذهب", "قال لي نعم ثم ذهب", "نعم ثم") == (0, "نعم ثم")
    assert one("אמר כן והלך הביתה", "אמר כן ואז הלך הביתה", "כן והלך הביתה") == (1, "כן ואז הלך הביתה")
    assert one("我去年来到这个城市。", "我前年来到这个城市。", "我去年来到这个城市") == (1, "我前年来到这个城市")


def test_all_or_nothing_left() -> None:
    spans = [(0, 3), (0, len(TALK)), (len(TALK) - 5, len(TALK))]
    gone = [(start, end, 2) for start, end in spans]
    assert follow(TALK, "", spans) == follow(TALK, "x" * 9, spans) == gone
    assert follow(TALK, f"< {TALK} >", spans) == [(start + 2, end + 2, 0) for start, end in spans]


@given(TEXT, TEXT, st.data())
def test_in_place_means_the_same_words(old: str, new: str, data: st.DataObject) -> None:
    spans = spans_in(data, 0, len(old))
    for (start, end), found in zip(spans, follow(old, new, spans), strict=True):
        assert 0 <= found.start < found.end <= len(old if found.state == 2 else new)
        assert found.state != 0 or new[found.start : found.end] == old[start:end]
        assert found.state != 2 or (found.start, found.end) == (start, end)
    assert follow(old, old, spans) == [(start, end, 0) for start, end in spans]


@given(TEXT, TEXT, TEXT, TEXT, st.data())
def test_an_edit_outside_changes_no_state(head: str, body: str, cut: str, put: str, data: st.DataObject) -> None:
    spans = [*spans_in(data, 0, len(head)), *spans_in(data, len(head), len(head + body))]
    for old, new in ((head + body, head + put + body), (head + cut + body, head + body)):
        away = len(old) - len(head + body)
        shifted = [(s + away, e + away) if s >= len(head) else (s, e) for s, e in spans]
        assert [found.state for found in follow(old, new, shifted)] == [0] * len(spans)


@given(st.lists(st.sampled_from(["yes", "no", "we", "so", ".", "\n"]), max_size=30), st.randoms(), st.data())
def test_order_is_kept(words: list[str], chance: random.Random, data: st.DataObject) -> None:
    changed = [word for word in words for word in [word] * chance.choice([0, 1, 1, 1, 2])]
    old, new = " ".join(words), " ".join(changed)
    bounds = sorted(data.draw(st.sets(st.integers(0, len(old)), max_size=12)))
    spans = [(start, end) for start, end in pairwise(bounds) if end - start < 15]  # longer ones may be moved
    kept = [found for found in follow(old, new, spans) if found.state < 2]
    assert all(one.end <= other.start for one, other in pairwise(kept))


@pytest.mark.parametrize("text", ["Yes. " * 60_000, "R: Yes.\n\n" * 30_000, (TALK + "\n" * 99) * 999])
def test_long_texts_without_landmarks_are_followed(text: str) -> None:
    third = len(text) // 3
    new = "So " + text[:third] + "[noise] " + text[third : 2 * third] + text[2 * third + 9 :] + "End."
    spans = [(place, place + 40) for place in range(0, len(text) - 40, 100)]
    assert sum(found.state != 0 for found in follow(text, new, spans)) <= 3


def test_one_long_line_is_followed() -> None:
    chance = random.Random(7)
    words = [f"w{int(chance.expovariate(1 / 900))}" for _ in range(90_000)]
    old = " ".join(words)
    new = " ".join([*words[:9], "so", *words[9:40_000], "well", *words[40_001:80_000], *words[80_003:]])
    spans = [(place, place + 90) for place in range(0, len(old) - 90, 100)]
    assert sum(found.state != 0 for found in follow(old, new, spans)) <= 6
