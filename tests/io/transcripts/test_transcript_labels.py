"""Labels are judged by their form."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qda.io.transcripts.labels import HEADING, NAME, SENTENCE, WEAK, judge
from qda.io.transcripts.roles import fold_label
from qda.io.transcripts.speakers import is_generic, role_of


@pytest.mark.parametrize(
    "label",
    [
        "I",
        "R",
        "Q",
        "R1",
        "P3",
        "QR02",
        "INT",
        "Interviewer",
        "interviewer 2",
        "Respondent 2",
        "Speaker 1",
        "SPEAKER_00",
        "Spreker A",
        "Vraag",
        "Antwoord",
        "Tolk",
        "Intervjuer",
        "Deelnemer 4",
        "De tolk",
        "ש",
        "Respondent (vrouw)",
        "Moderator",
        "Informant 12",
        "Taler 2",
        "Facilitator",
    ],
)
def test_generic_labels_are_local_to_their_source(label: str) -> None:
    assert is_generic(label)
    assert judge(label).grade == NAME


@pytest.mark.parametrize(
    "label",
    [
        "Karim",
        "Anne-Marie de Wit",
        "DR. JANSEN",
        "Prof. dr. A. Bakker",
        "sp0321m",
        "יגאל ביבי",
        "張偉",
        "van Dijk",
        'היו"ר דן',
        "Anna (tolk)",
        "O’Brien",
        "Joke van ’t Hof",
        "Ina in ’t Veld",
        "साक्षात्कारकर्ता",
        "Zoë",
        "محمد",
        "Anna & Bram",
        "Al-Rashid",
    ],
)
def test_names_may_speak_and_are_not_generic(label: str) -> None:
    assert judge(label).grade == NAME
    assert not is_generic(label)


@pytest.mark.parametrize(
    "label",
    [
        "Note",
        "NOTES",
        "Source",
        "Bron",
        "Figure 2",
        "Table 1",
        "Tabel 3b",
        "Box 3",
        "Figure XX",
        "e.g.",
        "Casus",
        "Re",
        "Subject",
        "Datum",
        "Date",
        "Kilde",
        "Part 2",
        "Break",
        "Norway",
        "De vraag is",
        "Hij zei",
        "Ja",
        "",
        "The Norwegian Directorate",
        "een twee",
        "A" * 41,
        "Een Twee Drie Vier Vijf Zes",
        "Ter vergelijking",
    ],
)
def test_headings_and_sentences_are_never_speakers(label: str) -> None:
    assert judge(label).grade in {HEADING, SENTENCE}


def test_a_lone_word_without_capital_is_weak() -> None:
    assert judge("karim").grade == WEAK
    assert judge("a").grade == WEAK


def test_case_space_and_composition_do_not_make_another_label() -> None:
    assert fold_label("  Zoe\u0308  DE  Wit ") == fold_label("zoë de wit")
    assert judge("INTERVIEWER").key == judge("Interviewer").key


@pytest.mark.parametrize(
    ("label", "role"),
    [
        ("Interviewer", "interviewer"),
        ("I", "interviewer"),
        ("INT", "interviewer"),
        ("Q", "interviewer"),
        ("Vraag", "interviewer"),
        ("Moderator 2", "interviewer"),
        ("Facilitator", "interviewer"),
        ("Intervjuer", "interviewer"),
        ("Interviewer Anna", "interviewer"),
        ("Interpreter", "interpreter"),
        ("Tolk", "interpreter"),
        ("Tolken", "interpreter"),
        ("Vertaler 1", "interpreter"),
        ("Translator", "interpreter"),
        ("Samira (tolk)", "interpreter"),
        ("المحاور", "interviewer"),
        ("پرسیارکەر ٢", "interviewer"),
        ("المترجمة", "interpreter"),
        ("وەرگێڕ", "interpreter"),
        ("المبحوث 3", "respondent"),
        ("R1", "respondent"),
        ("Karim", "respondent"),
        ("Anna I", "respondent"),
        ("Antwoord", "respondent"),
        ("", "respondent"),
    ],
)
def test_the_role_is_read_from_the_label(label: str, role: str) -> None:
    assert role_of(label) == role


@given(st.text(max_size=60))
def test_any_label_is_judged(label: str) -> None:
    assert judge(label).grade in {HEADING, SENTENCE, WEAK, NAME}
    assert judge(label).generic == is_generic(label)
    assert role_of(label) in {"interviewer", "interpreter", "respondent"}
