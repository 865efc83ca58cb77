"""Turns: found where they are certain, in every form that people type, and nowhere else."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qda.io.transcripts.speakers import find_turns

SPEECH = "Dat was in het voorjaar, denk ik, en daarna niet meer."


def seen(text: str, speakers: str | frozenset[str] = "auto") -> list[tuple[str | None, int | None, str]]:
    """Label, time and speech of each turn."""
    turns, _ = find_turns(text, speakers)
    return [(turn.label, turn.time_ms, text[turn.body : turn.end]) for turn in turns]


def labels(text: str, speakers: str | frozenset[str] = "auto") -> list[str | None]:
    return [label for label, _, _ in seen(text, speakers)]


@pytest.mark.parametrize(
    ("line", "label", "time_ms"),
    [
        ("Interviewer: {}", "Interviewer", None),
        ("I: {}", "I", None),
        ("R1: {}", "R1", None),
        ("Respondent 2: {}", "Respondent 2", None),
        ("Speaker 1: {}", "Speaker 1", None),
        ("Karim: {}", "Karim", None),
        ("Anne-Marie de Wit: {}", "Anne-Marie de Wit", None),
        ("DR. JANSEN: {}", "DR. JANSEN", None),
        ("sp0321m: {}", "sp0321m", None),
        ("יגאל ביבי: {}", "יגאל ביבי", None),
        ("\u200fדן ביבי\u200f: {}", "דן ביבי", None),
        ("張偉：{}", "張偉", None),
        ("Marie\u00a0: {}", "Marie", None),
        ("Interviewer:\n{}", "Interviewer", None),
        ("[00:12:03] Interviewer: {}", "Interviewer", 723_000),
        ("[00:12:03]\nInterviewer: {}", "Interviewer", 723_000),
        ("(12:03) Karim: {}", "Karim", 723_000),
        ("00:12:03 Interviewer: {}", "Interviewer", 723_000),
        ("#00:00:12-4# I: {}", "I", 12_400),
        ("[00:00:01.250 --> 00:00:05.000] Karim: {}", "Karim", 1_250),
        ("Interviewer [00:12:03]: {}", "Interviewer", 723_000),
        ("Interviewer 12:03: {}", "Interviewer", 723_000),
        ("Interviewer: [00:12:03] {}", "Interviewer", 723_000),
        ("**Karim Bakker:** \\[01:46\\] {}", "Karim Bakker", 106_000),
        ("**Karim**: {}", "Karim", None),
        ("*Karim:* {}", "Karim", None),
        ("__Karim:__ {}", "Karim", None),
        ("QR02  31:26\n{}", "QR02", 1_886_000),
        ("Karim Bakker\t0:12\n{}", "Karim Bakker", 12_000),
        ("Bakker, Karim (HR)   1:00:12\n{}", "Bakker, Karim (HR)", 3_612_000),
        ("Speaker 1 [00:00:05]\n{}", "Speaker 1", 5_000),
    ],
)
def test_each_form_of_label(line: str, label: str, time_ms: int | None) -> None:
    text = "\n\n".join([line.format(SPEECH), f"Anna: {SPEECH}"] * 2) + "\n"
    assert seen(text) == [(label, time_ms, SPEECH), ("Anna", None, SPEECH)] * 2


def test_a_turn_has_its_label_then_its_speech_then_its_continuation() -> None:
    text = "Gesprek drie\n\n**I:** Ja?  \n\nNog iets.\n\n  R1:  \nNee \nI: \n"
    turns, _ = find_turns(text)
    assert [(text[t.start : t.body], text[t.body : t.end], t.label) for t in turns] == [
        ("**I:** ", "Ja?  \n\nNog iets.", "I"),
        ("R1:  \n", "Nee", "R1"),
        ("I:", "", "I"),
    ]


def test_a_label_once_stays_text_and_is_listed() -> None:
    text = "Interviewer: Hoe?\nAnna: Zo.\nInterviewer: En toen?\nSamira: Niets."
    turns, unsure = find_turns(text)
    assert [turn.label for turn in turns] == ["Interviewer", "Interviewer"]
    assert [(one.label, one.times, text[one.start :][:5]) for one in unsure] == [
        ("Anna", 1, "Anna:"),
        ("Samira", 1, "Samir"),
    ]
    assert labels(text, "yes") == ["Interviewer", "Anna", "Interviewer", "Samira"]
    assert labels(text, frozenset(["SAMIRA"])) == ["Samira"]
    assert labels(text, "no") == []


def test_a_generic_label_counts_once_only_beside_a_certain_one() -> None:
    assert labels("Karim: Ja.\nTolk: Hij zegt ja.\nKarim: Precies.") == ["Karim", "Tolk", "Karim"]
    text = "I: Ja?\nR: Nee."
    turns, unsure = find_turns(text)
    assert turns == ()
    assert [one.label for one in unsure] == ["I", "R"]
    assert labels(text, "yes") == ["I", "R"]


def test_spellings_of_one_label_count_together_and_stay_as_written() -> None:
    assert labels("INTERVIEWER: a?\nKarim: b.\nInterviewer: c?\nkarim: d.") == [
        "INTERVIEWER",
        "Karim",
        "Interviewer",
        "karim",
    ]


def test_a_confirmed_label_is_a_turn_wherever_it_stands_as_one() -> None:
    text = "Note: dit.\nDe man: [0:05] Ja.\n\nNote 0:12\nNee.\nNotering: x\nNote\tOok.\n"
    assert seen(text, frozenset(["note", "De man"])) == [
        ("Note", None, "dit."),
        ("De man", 5_000, "Ja."),
        ("Note", 12_000, "Nee.\nNotering: x"),
        ("Note", None, "Ook."),
    ]
    assert seen(text, frozenset()) == []


def test_times_alone_are_turns_of_nobody_only_where_nobody_is_named() -> None:
    assert seen("[00:01] Een.\nTwee.\n[00:09] Drie.") == [(None, 1000, "Een.\nTwee."), (None, 9000, "Drie.")]
    named = "I: Een?\n[00:09] Nog iets.\nR: Twee.\nI: Drie."
    assert seen(named) == [("I", None, "Een?\n[00:09] Nog iets."), ("R", None, "Twee."), ("I", None, "Drie.")]
    bare = "0:00\nNote: een.\n0:04\nTwee.\n0:09\nDrie."
    assert seen(bare) == [(None, 0, "Note: een."), (None, 4000, "Twee."), (None, 9000, "Drie.")]
    assert seen("[00:09] Een.\n[00:03] Twee.\n[00:01] Drie.") == []
    assert seen("(3:16) Een vers.") == []


def test_columns_are_turns_where_they_fill_the_text() -> None:
    rows = "Interviewer\tHoe ging het?\nKarim\tGoed.\nEn verder?\nInterviewer\tJa?\nKarim\tNee."
    assert labels(rows) == ["Interviewer", "Karim"] * 2
    assert labels("Land\t2020\t2021\nGhana\t3\t4\nGhana\t5\t6\nPolen\t3\t4\nPolen\t5\t6") == []


def test_single_labels_are_believed_where_every_line_has_one() -> None:
    debate = "".join(f"Naam{chr(97 + n)} Bakker: {SPEECH}\n" for n in range(12))
    text = "Debat\n\n" + debate + "Anna Visser: Ja.\nBram Smit: Nee.\nAnna Visser: Toch.\nBram Smit: Nee hoor.\n"
    assert len(labels(text)) == 16


@pytest.mark.parametrize(
    "line",
    [
        "Note: {}",
        "Source: {}",
        "Bron: {}",
        "Figure 2: {}",
        "Table 1: {}",
        "Box 3: {}",
        "https://voorbeeld.nl/{}",
        "e.g.: {}",
        "12:30 {}",
        "Casus: {}",
        "Re: {}",
        "Subject: {}",
        "Datum: {}",
        "Date: {}",
        "Ik zei: {}",
        "Kilde: {}",
        "Norway: {}",
        "Problem: {}",
        "Einddoel 1: {}",
        "2013: {}",
        "Ten eerste: {}",
    ],
)
def test_headings_are_no_speakers_however_often_they_stand(line: str) -> None:
    text = f"{SPEECH}\n\n{line.format(SPEECH)}\n\n" * 12
    assert find_turns(text) == ((), ())
    assert labels(text, "yes") == []
    mixed = "I: Ja?\n\n" + text + "R: Nee.\n\nI: Goed.\n"
    assert labels(mixed) == ["I", "R", "I"]


def test_names_lost_in_a_long_report_are_no_speakers() -> None:
    report = "".join(f"{(SPEECH + chr(10)) * 300}\nLeiden: {SPEECH}\n\n" for _ in range(8))
    assert labels(report) == labels(report, "yes") == []


def test_a_line_broken_before_a_name_and_colon_is_prose() -> None:
    prose = "Zo schreef men over de uitgave van\nLeiden: Brill, en over de uitgave in\nUtrecht: Kok, en\n"
    assert labels((prose + (SPEECH + "\n") * 3) * 4) == []


def test_a_programme_is_no_interview() -> None:
    assert labels("09:00 Ontvangst: koffie\n09:30 Anna Visser: welkom\n10:15 Panel: gesprek\n") == []
    assert labels("09:00\nOntvangst\n09:30\nOpening\n10:00\nPauze\n") == []


def test_the_header_of_a_transcript_is_no_turn() -> None:
    header = "Datum: 3 maart\nInterviewer: Anna\nRespondent: Karim\nPlaats: Utrecht\n\n"
    body = "Interviewer: Hoe?\n\nRespondent: Zo.\n\nInterviewer: Goed.\n"
    assert seen(header + body) == seen(body)


def test_a_time_on_some_labels_is_enough() -> None:
    text = f"**Anna Visser:** \\[01:46\\] {SPEECH}\n\n**Karim:** {SPEECH}\n\n"
    text += "**Break:** \\[11:37\\]\n\n**Karim:** Ja.\n"
    assert [label for label, _, _ in seen(text)] == ["Anna Visser", "Karim", "Karim"]


def test_entries_of_a_form_are_no_speakers() -> None:
    form = f"Naam: Karim\nLeeftijd: 34\nLand: Ghana\nVerhaal: {SPEECH}\nPartner: {SPEECH}\n\n"
    assert labels(form * 6) == []


def test_long_answers_below_names_are_believed_when_asked_for() -> None:
    text = "Gesprek\n\nAnna Visser: Vertel eens.\n\nKarim: " + f"{SPEECH}\n\n" * 600
    assert labels(text) == []
    assert labels(text, "yes") == ["Anna Visser", "Karim"]


def test_many_different_labels_are_read_in_linear_time() -> None:
    text = "".join(f"{SPEECH}\nnog iets\n\nTerm{chr(97 + n % 26)}{n}x{n}: uitleg\n\n" for n in range(6000))
    began = time.process_time()
    find_turns(text)
    assert time.process_time() - began < 5


NAMES = st.sampled_from(["Interviewer", "R1", "Karim", "Anna de Wit", "I", "Note", "12:30", "[00:05]", "**Tolk", "דן"])
LINES = st.tuples(
    NAMES,
    st.sampled_from([": ", ":", ":** ", "\t", "  0:12", " [1:02:03]: "]),
    st.text("ab .\n?\u00a0é", max_size=30),
)
TEXTS = st.lists(LINES, max_size=12).map(lambda lines: "\n".join("".join(line) for line in lines)) | st.text(
    max_size=80
)


@given(TEXTS, st.sampled_from(["auto", "yes", "no"]) | st.frozensets(st.sampled_from(["R1", "note", "", "[x"])))
def test_turns_are_in_order_and_hold_their_label(text: str, speakers: str | frozenset[str]) -> None:
    turns, unsure = find_turns(text, speakers)
    last = 0
    for turn in turns:
        assert last <= turn.start <= turn.body <= turn.end <= len(text)
        assert (turn.label or "") in text[turn.start : turn.body]
        assert text[turn.body : turn.end] == text[turn.body : turn.end].strip()
        assert turn.label is None or turn.label.strip() == turn.label != ""
        last = turn.end
    for following, turn in zip(turns[1:], turns, strict=False):
        assert not text[turn.end : following.start].strip()
    assert all(text[one.start :].startswith(one.label) or "*" in text for one in unsure if one.label.isalnum())


@given(
    st.lists(st.sampled_from(["Interviewer", "R1", "Respondent 2", "Tolk"]), min_size=3, max_size=30),
    st.data(),
)
def test_a_made_dialogue_comes_back_turn_by_turn(who: list[str], data: st.DataObject) -> None:
    said = [data.draw(st.text("abc é,.\u05d0", min_size=1).filter(str.strip)) for _ in who]
    text = "\n\n".join(f"{name}: {words}" for name, words in zip(who, said, strict=True))
    assert [(label, speech) for label, _, speech in seen(text, "yes")] == [
        (name, words.strip()) for name, words in zip(who, said, strict=True)
    ]


TALK = (
    "Who decided?",
    "We did, with the ministry.",
    "And when was that?",
    "Two years ago, I think.",
    "Did it help?",
    "Some of them, yes.",
)


def talk(*written: str, said: tuple[str, ...] = TALK) -> str:
    """Paragraphs of labels in turn, as they are written, and what is said."""
    return "# Interview 7\n\n" + "\n\n".join(
        f"{written[number % len(written)]} {words}" for number, words in enumerate(said)
    )


@pytest.mark.parametrize("mode", ["auto", "yes"])
@pytest.mark.parametrize("officer", ["**Programme officer:**", "**Programme officer**:", "__Programme officer:__"])
@pytest.mark.parametrize("other", ["**Interviewer:**", "I:", "**Anna Bakker**:", "Karim:"])
def test_a_function_in_bold_that_recurs_in_a_talk_speaks(other: str, officer: str, mode: str) -> None:
    found = labels(talk(other, officer), mode)
    assert found == [other.strip("*:"), "Programme officer"] * 3


def test_a_function_in_bold_may_say_several_paragraphs() -> None:
    said = tuple(f"{words}\n\nYou see.\n\nSo it was." for words in TALK)
    text = talk("**Interviewer:**", "**Policy adviser (ministry):**", said=said)
    assert labels(text) == ["Interviewer", "Policy adviser (ministry)"] * 3


@pytest.mark.parametrize(
    "officer",
    ["Programme officer:", "*Programme officer:*", "**Next step:**", "**The main point:**", "**programme officer:**"],
)
def test_the_same_words_not_in_bold_and_headings_in_bold_do_not_speak(officer: str) -> None:
    assert set(labels(talk("**Interviewer:**", officer))) <= {"Interviewer"}


def test_a_function_that_stands_twice_is_too_little() -> None:
    assert set(labels(talk("**Interviewer:**", "**Programme officer:**", said=TALK[:4]))) <= {"Interviewer"}


@pytest.mark.parametrize("mode", ["auto", "yes"])
def test_entries_in_bold_are_no_speakers(mode: str) -> None:
    """A report with the same entries in each part, and the front pages of several interviews one after another."""
    report = "\n\n".join(
        f"## Country {number}\n\n**Main concern:** The waiting was long.\n\n**Good practice:** They asked twice."
        for number in range(5)
    )
    assert labels(report, mode) == []
    forms = "\n\n".join(
        f"**Interviewer:** Anna\n**Place of work:** city {number}\n**Years there:** {number}" for number in range(5)
    )
    assert {"Place of work", "Years there"}.isdisjoint(labels(forms, mode))
