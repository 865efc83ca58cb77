"""Folded text: known answers, and maps that lead every hit back to the words that were meant."""

from __future__ import annotations

import unicodedata
from array import array
from itertools import pairwise

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from qda.model.finding import find_folded
from qda.model.folding import COLUMNS, RULES, Folded, fold, is_current, marks_from_bytes, marks_to_bytes, rules_of

SHY = "\u00ad"

PIECES = (
    *("re", "turn", "Return", "RETURN", "é", "e\u0301", "É", "E\u0301", "e", "ß", "ss", "ẞ", "İ", "I", "i", "ı"),
    *(" ", "  ", "\n", "\n\n", " \n ", "\t", "\u00a0", "-", "-\n", "- \n", "--\n", SHY, f"{SHY}\n", "’", "'", "“", "„"),
    *(
        "ﬁ",
        "fi",
        "a",
        "b",
        "7",
        "-7",
        ".",
        "عودة",
        "\u064b",
        "ǆ",
        "ŉ",
        "x\u0323\u0301",
        "\u0301",
        "가",
        "한",
        "👩\u200d👧",
    ),
)
texts = st.one_of(st.lists(st.sampled_from(PIECES), max_size=14).map("".join), st.text(max_size=30))


def find(text: str, query: str) -> list[str]:
    """The words that a query finds, as they stand in the text."""
    return [text[start:end] for start, end in find_folded(text, fold(text), query)]


# --- known answers ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("", ""),
        ("Return", "return"),
        ("  Return \n", "return"),
        ("a  b\t\tc", "a b c"),
        ("a\nb\n\n\nc", "a b c"),
        ("a \n b", "a b"),
        ("vrij-\nwillig", "vrijwillig"),
        ("vrij- \n willig", "vrijwillig"),
        ("vrij-\n\nwillig", "vrij- willig"),
        ("vrij-willig", "vrij-willig"),
        ("1-\n2", "1- 2"),
        ("a -\nb", "a - b"),
        ("a--\nb", "a-- b"),
        ("-\nb", "- b"),
        ("a-\n-b", "a- -b"),
        ("a-\n", "a-"),
        (f"vrij{SHY}willig", "vrijwillig"),
        ("e\u0301", "é"),
        ("É", "é"),
        ("E\u0301", "é"),
        ("Straße", "strasse"),
        ("İ", "i\u0307"),
        ("ﬁn", "fin"),
        ("ΣΑΣ", "σασ"),
        ("it’s ‘so’", "it's 'so'"),
        ("“so” „zo”", '"so" "zo"'),
        ("\u00a0a\u00a0b\u2003", "a b"),
        ("\x0ba\x1cb", "a b"),
        (f"a {SHY} b", "a b"),
        (f"a {SHY}", "a"),
        (f"a-\n{SHY}\nb", "a- b"),
        (f"a{SHY}\nb", "ab"),
        (f"a{SHY}\n\nb", "a b"),
        (f"7{SHY}\n8", "7 8"),
        ("عودة", "عودة"),
    ],
)
def test_known_folds(text: str, folded: str) -> None:
    assert fold(text).text == folded


@pytest.mark.parametrize(
    ("text", "query", "found"),
    [
        ("The Return was voluntary", "return", ["Return"]),
        ("the\nreturn", "THE RETURN", ["the\nreturn"]),
        ("the \n\n  return", "the return", ["the \n\n  return"]),
        ("vrij-\nwillige terugkeer", "vrijwillige", ["vrij-\nwillige"]),
        ("well-\nbeing and wellbeing and well-being", "wellbeing", ["well-\nbeing", "wellbeing"]),
        ("well-\nbeing and wellbeing and well-being", "well-being", ["well-\nbeing", "well-being"]),
        ("a well- \n  being b", "well-being", ["well- \n  being"]),
        (f"re{SHY}turn", "return", [f"re{SHY}turn"]),
        ("return", f"re{SHY}turn", ["return"]),
        ("cafe\u0301s", "café", ["cafe\u0301"]),
        ("cafés", "CAFE\u0301", ["café"]),
        ("Straße STRASSE", "strasse", ["Straße", "STRASSE"]),
        ("Straße STRASSE", "straße", ["Straße", "STRASSE"]),
        ("it's it’s", "it’s", ["it's", "it’s"]),
        ("“so”", '"so"', ["“so”"]),
        ("aaaa", "aa", ["aa", "aa"]),
        ("كَتَبَ كتب", "كتب", ["كتب"]),
        ("كتبَ", "كتب", ["كتبَ"]),
        ("return", "", []),
        ("return", " \n ", []),
        ("return", "returned", []),
        ("", "x", []),
        ("rela-\ntie rela", "rela", ["rela", "rela"]),
        ("rela-\ntie", "latie", ["la-\ntie"]),
        ("rela-\ntie", "tie", ["tie"]),
        ("7-\n8", "7- 8", ["7-\n8"]),
        ("face-to-\nface face-to-face facetoface", "face-to-face", ["face-to-\nface", "face-to-face"]),
        (f"face-to{SHY}\nface", "face-to-face", []),
        (f"rela{SHY} \n  tie rela{SHY}\n\ntie", "relatie", [f"rela{SHY} \n  tie"]),
        ("ß\u0301 s", "s", ["s"]),
        ("STRASSE Straße", "ss", ["SS", "ß"]),
        ("naïve NAI\u0308VE x", "naïve", ["naïve", "NAI\u0308VE"]),
        ("Việt Nam VIE\u0323\u0302T", "việt", ["Việt", "VIE\u0323\u0302T"]),
        ("नेपाल नेपाली", "नेपाल", ["नेपाल", "नेपाल"]),
        ("it’s “quite” é", "é", ["é"]),
        ("İstanbul istanbul", "istanbul", ["istanbul"]),
    ],
)
def test_known_hits(text: str, query: str, found: list[str]) -> None:
    assert find(text, query) == found


def test_places_are_those_of_the_stored_text() -> None:
    text = "  e\u0301e\u0301  Stra\u00dfe-\nname  \n\n x"
    for query, place in (
        ("straße", (8, 14)),
        ("name", (16, 20)),
        ("straßename", (8, 20)),
        ("x", (25, 26)),
        ("éé", (2, 6)),
    ):
        assert find_folded(text, fold(text), query) == [place]


@pytest.mark.parametrize("text", ["face-to-\nface", "face-\nto-face"])
def test_a_query_with_two_hyphens(text: str) -> None:
    assert find(text, "face-to-face") == [text]


def test_a_soft_hyphen_at_a_lines_end() -> None:
    text = f"rela{SHY}\ntie"
    assert find(text, "relatie") == [text]


@pytest.mark.parametrize(("text", "query"), [("ß", "s"), ("aß", "as"), ("ﬁ", "f"), ("İ", "i"), ("ßa", "sa")])
def test_half_a_letter_is_no_hit(text: str, query: str) -> None:
    assert find(text, query) == []


def test_hits_never_overlap() -> None:
    assert len(find("ß", "s")) <= 1


# --- properties ---------------------------------------------------------------------------------------------


def clusters(text: str) -> list[str]:
    """Letters with their marks."""
    found: list[str] = []
    for sign in text:
        if found and unicodedata.combining(sign):
            found[-1] += sign
        else:
            found.append(sign)
    return found


def grows(text: str) -> bool:
    """Whether a letter of the text becomes several in folding (see the faults above)."""
    return any(len(fold(cluster).text) > 1 for cluster in clusters(text))


@given(texts)
@example("a\u0301\u0323-\nb")
def test_the_map_covers_the_text_in_order(text: str) -> None:
    folded = fold(text)
    places = [folded.original(place) for place in range(len(folded.text))]
    assert places == sorted(places)
    assert all(0 <= place < len(text) for place in places)
    size = len(folded.marks) // COLUMNS
    here, there, here_bytes, there_bytes = (
        list(folded.marks[size * column : size * (column + 1)]) for column in range(COLUMNS)
    )
    assert here == sorted(here)
    assert there == sorted(there)
    assert here_bytes == [len(folded.text[:place].encode()) for place in here]
    assert there_bytes == [len(text[:place].encode()) for place in there]
    assert is_current(marks_to_bytes(folded.marks))


@given(texts)
def test_each_folded_letter_comes_from_its_place(text: str) -> None:
    folded = fold(text)
    for place, sign in enumerate(folded.text):
        origin = text[folded.original(place)]
        if sign == " ":
            assert origin.isspace()
        elif not unicodedata.combining(sign) and not grows(text):
            cluster = next(one for one, end in _ends(text) if end > folded.original(place))
            assert sign in fold(cluster).text


def _ends(text: str) -> list[tuple[str, int]]:
    found, end = [], 0
    for cluster in clusters(text):
        end += len(cluster)
        found.append((cluster, end))
    return found


@given(texts, st.data())
def test_every_hit_says_what_was_asked(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    query = text[start : data.draw(st.integers(start, min(len(text), start + 12)))]
    assume("-" not in query and not unicodedata.combining(query[:1] or " "))
    last = -1
    for begin, end in find_folded(text, fold(text), query):
        assert max(last, 0) <= begin < end
        last = end
        said, wanted = fold(text[begin:end]).text, fold(query).text
        assert said.startswith(wanted)
        assert all(unicodedata.combining(sign) for sign in said[len(wanted) :])  # marks on the last letter


@given(texts)
def test_a_fold_is_folded(text: str) -> None:
    folded = fold(text).text
    assert folded == folded.strip()
    assert "  " not in folded
    assert "\n" not in folded
    assert SHY not in folded


@given(st.text("abcé \n", max_size=20), st.text("abcé \n", min_size=1, max_size=4))
def test_searching_plain_words_is_searching_without_line_ends(text: str, query: str) -> None:
    plain, wanted = " ".join(text.split()), " ".join(query.split())
    assert len(find_folded(text, fold(text), query)) == (plain.count(wanted) if wanted else 0)


@given(texts)
def test_the_map_survives_being_stored(text: str) -> None:
    folded = fold(text)
    again = Folded(folded.text, marks_from_bytes(marks_to_bytes(folded.marks)))
    assert again == folded
    assert len(marks_to_bytes(folded.marks)) == 4 * len(folded.marks)


def test_the_stored_map_has_its_little_end_first(monkeypatch: pytest.MonkeyPatch) -> None:
    marks = array("I", [1, 256])
    assert marks_to_bytes(marks) == b"\x01\0\0\0\0\x01\0\0"
    monkeypatch.setattr("sys.byteorder", "big")
    assert marks_to_bytes(marks) == b"\0\0\0\x01\0\0\x01\0"
    assert marks == array("I", [1, 256])
    assert marks_from_bytes(b"\0\0\0\x01\0\0\x01\0") == marks


@given(st.lists(st.sampled_from(PIECES), min_size=40, max_size=60).map("".join), st.integers(0, 600))
@example("\ta" * 2000, 1)
def test_long_texts_have_marks_often_enough(text: str, size: int) -> None:
    """Places behind long plain stretches are counted from a mark nearby, and are right."""
    long = f"{'x ø “ja” ' * size}Zebra {text}"
    folded = fold(long)
    marks = folded.marks[: len(folded.marks) // COLUMNS]
    assert max((b - a for a, b in pairwise(marks)), default=0) <= 1024
    found = [(start, long[start:end]) for start, end in find_folded(long, folded, "zebra")]
    assert found[0] == (9 * size, "Zebra")


def test_maps_of_older_rules_are_known() -> None:
    fresh = marks_to_bytes(fold("a\n\nb").marks)
    assert rules_of(fresh) == RULES
    assert rules_of(array("I", [0, 5, 0, 7]).tobytes()) == 1
    assert [rules_of(data) for data in (b"", b"\0", fresh[:-1])] == [0, 0, 0]
    assert not is_current(array("I", [0, 0]).tobytes())


def test_a_long_text_is_folded_in_a_moment() -> None:
    text = "De terugkeer was vrij-\nwillig, zei hij; niemand vroeg mij iets.\n" * 5000
    folded = fold(text)
    assert len(find_folded(text, folded, "vrijwillig")) == 5000
    assert find_folded(text, folded, "iets. de")[-1][1] < len(text)
