"""Captions keep their words, their times and their voices; a broken one is refused with its line."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qda.errors import BadFileError
from qda.io.transcripts.captions import read_captions
from qda.io.transcripts.cues import looks_like_captions, read_cues


def read(
    text: str, kind: str = "vtt", *, speakers: str | frozenset[str] = "auto"
) -> tuple[str, list[tuple[object, ...]]]:
    """The words, and label, time and speech of each turn."""
    words, turns, _ = read_captions(text, "t.vtt", kind, speakers)
    return words, [(turn.label, turn.time_ms, words[turn.body : turn.end]) for turn in turns]


def vtt(*cues: str) -> str:
    """Captions of one second each."""
    timed = (f"00:{number:02}.000 --> 00:{number + 1:02}.000\n{cue}\n" for number, cue in enumerate(cues))
    return "WEBVTT\n\n" + "\n".join(timed)


def test_named_voices_are_turns_and_adjoining_cues_one() -> None:
    words, turns = read(
        vtt("<v Anna>Hoe\nwas het?", "<v Anna>Nou?</v>", "<v.luid Karim Bakker>Goed &amp; wel.</v>", "Gelach")
    )
    assert words == "Hoe\nwas het?\nNou?\nGoed & wel.\nGelach"
    assert turns == [
        ("Anna", 0, "Hoe\nwas het?\nNou?"),
        ("Karim Bakker", 2000, "Goed & wel."),
        (None, 3000, "Gelach"),
    ]


def test_a_cue_can_hold_several_voices() -> None:
    words, turns = read(vtt("<v Anna>- Ja?\n<v Karim>- <i>Nee</i>.</v> (stil)"))
    assert words == "- Ja?\n- Nee. (stil)"
    assert turns == [("Anna", 0, "- Ja?"), ("Karim", 0, "- Nee."), (None, 0, "(stil)")]


def test_labels_in_the_words_are_turns_with_the_time_of_their_cue() -> None:
    text = vtt("Anna Visser: Hoe was het?", "Echt?", "Karim: Goed.", "Anna Visser: Mooi.", "Karim: Ja.")
    assert read(text)[1] == [
        ("Anna Visser", 0, "Hoe was het?\nEcht?"),
        ("Karim", 2000, "Goed."),
        ("Anna Visser", 3000, "Mooi."),
        ("Karim", 4000, "Ja."),
    ]


def test_without_voices_each_cue_keeps_its_time() -> None:
    assert read(vtt("Een.\nTwee.", "Drie."))[1] == [(None, 0, "Een.\nTwee."), (None, 1000, "Drie.")]


def test_speakers_can_be_refused_or_confirmed() -> None:
    text = vtt("<v Anna>Ja.", "<v Karim>Nee.")
    assert read(text, speakers="no")[1] == []
    assert read(text, speakers=frozenset(["ANNA"]))[1] == [("Anna", 0, "Ja."), (None, 1000, "Nee.")]
    assert read(vtt("Anna: ja", "Bob: nee"), speakers=frozenset(["Bob"]))[1] == [("Bob", 1000, "nee")]


def test_tags_go_and_words_between_other_brackets_stay() -> None:
    cue = "<c.geel>a</c> <b>b</b><00:00:01.000> <lang nl>c</lang> <onverstaanbaar> 1 < 2 &lt;b&gt; AT&T"
    assert read(vtt(f"{cue} &copy x&nbsp;y &#233;"))[0] == "a b c <onverstaanbaar> 1 < 2 <b> AT&T &copy x\u00a0y é"
    srt = "1\n00:00:01,000 --> 00:00:02,000\n{\\an8}<font color='red'>Ja</font>\n"
    assert read(srt, "srt")[0] == "Ja"


def test_what_is_no_cue_is_left_out_of_the_words() -> None:
    text = (
        "WEBVTT - titel\nKind: captions\nStyle:\n::cue(b) { color: red }\n##\n\nSTYLE\n::cue { }\n\n"
        "REGION\nid:1\n\n"
        "NOTE een\ntwee\n\nguid/12-0\n01:00:00.500 --> 01:00:02.000 align:start position:0%\nEen  \n"
        "01:00:02.000 --> 01:00:03.000\n \nTwee\n\nNOTE\ndrie\n"
    )
    assert read(text) == ("Een  \n \nTwee", [(None, 3_600_500, "Een"), (None, 3_602_000, "Twee")])


def test_subrip_numbers_points_and_missing_empty_lines() -> None:
    text = (
        "1\n00:00:01,5 --> 00:00:02.000 X1:0\nEen\n2\n00:00:03 --> 00:00:04\nIn 1999\n1999\n\n\n"
        "3\n0:00:05,000 --> 0:00:06,000\n\n"
    )
    assert read(text, "srt") == (
        "Een\nIn 1999\n1999",
        [(None, 1500, "Een"), (None, 3000, "In 1999\n1999")],
    )


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("00:01.000 --> 00:02.000\nJa\n", 1, "begins with the line WEBVTT"),
        ("WEBVTT\n\n00:01.000 --> 00:0x.000\nJa\n", 3, "cannot be read"),
        ("WEBVTT\n\n00:01.000 --> 00:02.000\n00:01.000 --> 00:02.000\nJa\n", 4, "follow each other"),
        (
            "WEBVTT\n\n00:01.000 --> 00:02.000\nJa\n\nNee\n\n00:03.000 --> 00:04.000\nTja\n",
            6,
            "'Nee' has no times",
        ),
        ("WEBVTT\n\n00:01.000 --> 00:02.000\n\n", None, "no words"),
        ("WEBVTT\n\n00:01.000 --> 00:02.000\n<b></b>\n", None, "no words"),
        ("WEBVTT\n", None, "no captions"),
        ("WEBVTT\n\nNOTE niets\n", None, "no captions"),
    ],
)
def test_a_broken_caption_is_refused_with_its_line(text: str, line: int | None, words: str) -> None:
    with pytest.raises(BadFileError) as caught:
        read(text)
    assert caught.value.line == line
    assert words in str(caught.value)
    assert "\n" not in str(caught.value)


def test_captions_are_known_by_their_content() -> None:
    assert looks_like_captions("WEBVTT\n") == "vtt"
    assert looks_like_captions("WEBVTT met titel\n\n") == "vtt"
    assert looks_like_captions("\n1\n00:00:01,000 --> 00:00:02,000\nJa") == "srt"
    assert looks_like_captions("WEBVTTER\n") is None
    assert looks_like_captions("1\n12:30 was het\n") is None


VOICES = st.sampled_from(["", "<v Anna>", "<v Karim>"])
WORDS = st.text("ad é.<&>\u05d0", min_size=1, max_size=20).filter(lambda words: words.strip() and "-->" not in words)


@given(st.lists(st.tuples(VOICES, WORDS), min_size=1, max_size=20))
def test_turns_of_captions_are_in_order_and_cover_all_words(cues: list[tuple[str, str]]) -> None:
    words, turns, _ = read_captions(vtt(*(voice + said for voice, said in cues)), "t.vtt", "vtt", "auto")
    assert words == "\n".join(said for _, said in cues)
    last = 0
    for turn in turns:
        assert last <= turn.start == turn.body < turn.end
        assert not words[last : turn.start].strip()
        last = turn.end
    assert not words[last:].strip()


@given(st.text("WEBVT\n0123:.->< vNOTE", max_size=120))
def test_any_captions_give_cues_or_one_sentence(text: str) -> None:
    try:
        cues = read_cues("WEBVTT\n" + text, "t.vtt", "vtt")
    except BadFileError as error:
        assert "\n" not in str(error)  # either outcome is right
        return
    assert cues
