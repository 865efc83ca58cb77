"""Names of people in texts: what is found, and what is a word like others, by a list made by hand."""

from __future__ import annotations

import pytest

from qda.model.naming import Names, common_words, rare_runs, telling, words_of

NAMES = ["Osas", "Anna Ólafsdóttir", "Leila Ben-Salah", "Returnee A", "NO liaison officer", "Man in Oslo"]
NAMES += ["王小明", "李明", "أحمد", "Ирина Петрова", "Ben", "Bo", "Ms Grace Field", "José"]
FOUND = {
    "and then anna said": ["anna"],
    "OSAS’ brother, Osas's aunt, osas2 and Osas_b": ["osas"] * 4,
    "Mrs Olafsdottir and Mrs O\u0301lafsdo\u0301ttir": ["olafsdottir", "ólafsdóttir"],
    "An-\nna came, then An- na went": ["anna", "anna"],
    "the Ben-Salahs, Mr Ben-\nSalah": ["ben", "salah", "bensalah"],
    "write to annaolafsdottir@example.org or aolafsdottir@example.org": ["annaolafsdottir", "aolafsdottir"],
    "A. Ólafsdóttir": ["ólafsdóttir"],
    "我叫王小明，他是李明的朋友": ["王小明", "李明"],
    "Osasさんは来た": ["osas"],
    "قال وأحمد لأحمد": ["أحمد", "أحمد"],
    "с Ириной? с Ирина Петрова": ["ирина", "петрова"],
    "and so Ben and Bo said, with Mrs Field, to jose": ["ben", "bo", "field", "jose"],
    "«Osas» – “Osas”": ["osas", "osas"],
    "Os\u200bas, Ｏｓａｓ": ["ｏｓａｓ", "osas"],
}
NOT_FOUND = [
    "A returnee told the officer that the liaison came; no official, one adviser",
    "Returnee B and the Dutch officer in Oslo; the directorate is open",
    "osasuna, hosanna, savannah, annalen, a field of ben trees, bo, in den Haag",
    "the hash 3efe4 and 9osas7",
]


@pytest.fixture(scope="module")
def names() -> Names:
    told = [telling(name, {"liaison", "anna"}) for name in NAMES]
    anywhere = {word for one in told for word in one.anywhere}
    return Names(anywhere | {word for one in told for word in one.doubtful}, {w for t in told for w in t.doubtful})


@pytest.mark.parametrize("text", FOUND)
def test_a_name_is_found_however_it_is_written(names: Names, text: str) -> None:
    hits = list(names.find(text))
    assert [hit.name for hit in hits] == FOUND[text]
    assert all(text[hit.start : hit.end] for hit in hits)


@pytest.mark.parametrize("text", NOT_FOUND)
def test_roles_and_other_words_are_no_names(names: Names, text: str) -> None:
    assert [hit.words for hit in names.find(text)] == []


def test_a_word_is_common_only_if_texts_use_it_as_one() -> None:
    often = "They will come and will stay, for Will will it, and Anna."
    once = "Then anna came, said Anna, and will."
    script = "Interviewer: أحمد. Respondent: أحمد. أحمد! أحمد"
    assert common_words({"will", "anna", "أحمد"}, [often, once, script]) == {"will"}
    assert common_words({"anna"}, ["anna and anna and anna and anna " * 30]) == set()


def test_short_runs_of_withheld_words_are_those_that_stand_nowhere_else() -> None:
    secret = ["She hid in the old mill near us", "Flutter zyxomma", "Yes", "word " * 61]
    open_words = ["Yes, we hid in the old barn", "near us"]
    assert rare_runs(secret, open_words) == {
        *("she hid in the", "in the old mill", "the old mill near", "old mill near us"),
        "flutter zyxomma",
    }
    assert words_of("我叫 Osas、ありがと") == ["我", "叫", "osas", "あ", "り", "が", "と"]
