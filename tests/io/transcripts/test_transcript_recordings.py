"""What programmes write from recordings becomes turns with speakers, times and the exact words."""

from __future__ import annotations

import io
import json
from typing import TYPE_CHECKING, Any

import pytest

from qda.errors import BadFileError
from qda.io.transcripts import is_transcript, read_transcript

if TYPE_CHECKING:
    from pathlib import Path

TEI = """<?xml version="1.0" encoding="UTF-8"?>
<!-- invented -->
<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader><profileDesc><particDesc><listPerson>
<person xml:id="P1"><persName><forename>Anna</forename><surname>Visser</surname></persName></person>
<person xml:id="P2" n="Karim"/></listPerson></particDesc></profileDesc></teiHeader>
<text><timeline unit="s" origin="#T0"><when xml:id="T0" absolute="00:00:00"/>
<when xml:id="T1" interval="1.5" since="#T0"/><when xml:id="T2" interval="2" since="#T1"/></timeline>
<body><u who="#P1" start="#T0">Hoe was <note>zacht</note>het?</u>
<annotationBlock who="P2" start="T1"><u><seg><w>Goed</w> <pc>,</pc>
 <w>dank</w><pc>.</pc></seg></u><spanGrp><span>AB</span></spanGrp></annotationBlock>
<u who="#P2"><anchor synch="#T2"/>Ja <vocal><desc>lacht</desc></vocal></u>
<u who="#P3 #P1">Nee &amp; ja</u></body></text></TEI>"""
NOSCRIBE = """<!DOCTYPE html><html><head><title>x</title><style>p { a: b }</style></head><body>
<p style="x">gesprek.wav</p><p><a name="ts_0_900_S00">S00: Hoe was</a> <a name="ts_900_1500_S00">het nu: echt?</a></p>
<p><a name="ts_1500_4000_S01">Karim: <span>[00:00:01]</span> Goed &lt;3.</a></p>
<p><a name="ts_4000_5000_S01">Karim: Ja.</a></p></body></html>"""
OTR = (
    '<p><span class="timestamp" contenteditable="false" data-timestamp="12.3">0:12</span>&nbsp;Anna: Hoe <b>was</b>'
    ' het?</p><p>Karim: <span class="timestamp" data-timestamp="14">0:14</span> Goed.<br></p>'
    "<p>Anna: Mooi.</p><p>Karim: Ja &amp; nee.</p>"
)


def seen(path: Path, data: str | bytes | dict[str, Any]) -> tuple[str, str, list[tuple[object, ...]]]:
    """The kind and the text of a file, and label, time and speech of each turn."""
    content = json.dumps(data) if isinstance(data, dict) else data
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    assert is_transcript(path)
    read = read_transcript(path)
    assert read.original == path.read_bytes()
    return read.format, read.text, [(one.label, one.time_ms, read.text[one.body : one.end]) for one in read.turns]


def words(*spoken: tuple[str, float, str]) -> list[dict[str, object]]:
    return [{"word": word, "start": start, "score": 0.5, "speaker": voice} for word, start, voice in spoken]


def test_whisper_and_its_kin(tmp_path: Path) -> None:
    whisper = {"text": "x", "language": "nl", "segments": [{"start": 0.0, "end": 2, "text": " Hoe was het? 🚢"}]}
    whisper["segments"] += [{"start": 61.25, "end": 62, "text": " Goed."}, {"start": 63, "text": "  "}]  # type: ignore[operator]
    assert seen(tmp_path / "a.json", whisper) == (
        "whisper",
        "Hoe was het? 🚢\nGoed.",
        [(None, 0, "Hoe was het? 🚢"), (None, 61250, "Goed.")],
    )
    two = words(("Hoe", 0.5, "SPEAKER_00"), ("dan?", 0.8, "SPEAKER_00"), ("Zo.", 1.2, "SPEAKER_01"))
    whisperx = {
        "segments": [
            {"start": 0.5, "end": 2, "text": " Hoe dan? Zo.", "speaker": "SPEAKER_00", "words": two},
            {"start": 2, "end": 3, "text": "En toen?", "speaker": "SPEAKER_01"},
            {"start": 4, "end": 5, "text": "Ja.", "words": words(("Ja.", 4, "SPEAKER_00"))},
        ]
    }
    assert seen(tmp_path / "b.txt", whisperx)[1:] == (
        "Hoe dan?\nZo.\nEn toen?\nJa.",
        [("SPEAKER_00", 500, "Hoe dan?"), ("SPEAKER_01", 1200, "Zo.\nEn toen?"), ("SPEAKER_00", 4000, "Ja.")],
    )
    cpp = {"result": {"language": "nl"}, "transcription": []}
    for at, (voice, said) in enumerate((("0", " Een"), ("0", " Twee"), ("1", " Drie"))):
        cpp["transcription"].append({"offsets": {"from": at * 1000, "to": 9}, "text": said, "speaker": voice})  # type: ignore[attr-defined]
    assert seen(tmp_path / "c.json", cpp) == (
        "whisper.cpp",
        "Een\nTwee\nDrie",
        [("Speaker 0", 0, "Een\nTwee"), ("Speaker 1", 2000, "Drie")],
    )


def test_otranscribe_and_noscribe(tmp_path: Path) -> None:
    otr = {"text": OTR, "media": "gesprek.mp3", "media-time": 3.1}
    assert seen(tmp_path / "a.otr", otr) == (
        "otr",
        "Anna: Hoe was het?\nKarim: Goed.\nAnna: Mooi.\nKarim: Ja & nee.",
        [
            ("Anna", 12300, "Hoe was het?"),
            ("Karim", 14000, "Goed."),
            ("Anna", 14000, "Mooi."),
            ("Karim", 14000, "Ja & nee."),
        ],
    )
    kind, text, turns = seen(tmp_path / "b.html", NOSCRIBE)
    assert kind == "noscribe"
    assert text == "gesprek.wav\nS00: Hoe was het nu: echt?\nKarim: [00:00:01] Goed <3.\nKarim: Ja."
    assert turns == [("S00", 0, "Hoe was het nu: echt?"), ("Karim", 1500, "Goed <3."), ("Karim", 4000, "Ja.")]


def test_speech_in_tei(tmp_path: Path) -> None:
    assert seen(tmp_path / "a.xml", TEI) == (
        "tei",
        "Hoe was het?\nGoed, dank.\nJa (lacht)\nNee & ja",
        [
            ("Anna Visser", 0, "Hoe was het?"),
            ("Karim", 1500, "Goed, dank.\nJa (lacht)"),
            ("P3, Anna Visser", None, "Nee & ja"),
        ],
    )


def test_times_in_tei_that_are_told_from_others(tmp_path: Path) -> None:
    timeline = '<when xml:id="S" interval="0.0" since="S"/><when xml:id="A" interval="90" since="S"/>'
    timeline += '<when xml:id="B" interval="1" since="#C"/><when xml:id="C" interval="1" since="#B"/>'
    said = "".join(f'<u who="p{point}" start="{point}">Zin {point}. <u>En.</u></u>' for point in "SAB")
    text = f"<TEI><text><timeline>{timeline}</timeline><body>{said}</body></text></TEI>"
    assert seen(tmp_path / "a.xml", text)[2] == [
        ("pS", 0, "Zin S. En."),
        ("pA", 90000, "Zin A. En."),
        ("pB", None, "Zin B. En."),
    ]


def test_captions_of_meetings_and_of_youtube(tmp_path: Path) -> None:
    sbv = "0:00:00.378,0:00:11.378\nEen\n\n0:00:11.378,0:01:12.305\nTwee\nDrie\n"
    assert seen(tmp_path / "a.sbv", sbv)[1:] == ("Een\nTwee\nDrie", [(None, 378, "Een"), (None, 11378, "Twee\nDrie")])
    teams = "WEBVTT\n\n1b2c/12-0\n00:00:03.500 --> 00:00:05.000\n<v Anna Visser>Hoe?</v>\n\n1b2c/13-0\n"
    teams += "00:00:05.000 --> 00:00:06.000\n<v Karim>Zo.</v>\n"
    assert seen(tmp_path / "b.vtt", teams)[2] == [("Anna Visser", 3500, "Hoe?"), ("Karim", 5000, "Zo.")]
    zoom = "WEBVTT\n\n" + "\n".join(
        f"{at}\n00:00:0{at}.000 --> 00:00:0{at}.900\n{said}\n"
        for at, said in enumerate(("Anna Visser: Hoe?", "Karim: Zo.", "Anna Visser: Ja."))
    )
    assert seen(tmp_path / "c.vtt", zoom)[2] == [
        ("Anna Visser", 0, "Hoe?"),
        ("Karim", 1000, "Zo."),
        ("Anna Visser", 2000, "Ja."),
    ]


@pytest.mark.parametrize("word", [False, True], ids=["txt", "docx"])
@pytest.mark.parametrize(
    "text",
    [
        "Anna Visser  0:02  \nHoe was het?\n\nKarim  1:02:12  \nGoed.\nHeel goed.\n\nTranscribed by https://otter.ai\n",
        "Gesprek\n\nAnna Visser   0:02\nHoe was het?\nKarim   1:02:12\nGoed.\nHeel goed.\n",
        "0:0:2.0 --> 0:0:3.240\nAnna Visser\nHoe was het?\n1:2:12.0 --> 1:2:14.40\nKarim\nGoed.\nHeel goed.\n",
        "[00:00:02] Anna Visser: Hoe was het?\n\n[01:02:12] Karim: Goed.\nHeel goed.\n",
        "Anna Visser [00:00:02] Hoe was het?\n\nKarim [01:02:12] Goed.\nHeel goed.\n",
        "00:00:02\tAnna Visser:\tHoe was het?\n01:02:12\tKarim:\tGoed.\nHeel goed.\n",
        "00:00:02 From Anna Visser to Everyone:\n\tHoe was het?\n"
        "01:02:12 From Karim to Anna(Direct Message):\n\tGoed.\nHeel goed.\n",
        "00:00:02\t From  Anna Visser : Hoe was het?\n01:02:12\t From  Karim  to  Everyone : Goed.\nHeel goed.\n",
    ],
    ids=["otter", "teams", "teams-times", "trint", "trint-inline", "zoom-cloud", "zoom-chat", "zoom-old"],
)
def test_names_and_times_in_text(tmp_path: Path, text: str, *, word: bool) -> None:
    data: str | bytes = text
    if word:
        from docx import Document

        document, stream = Document(), io.BytesIO()
        for row in text.split("\n"):
            document.add_paragraph(row)
        document.save(stream)
        data = stream.getvalue()
    _, stored, turns = seen(tmp_path / ("t.docx" if word else "t.txt"), data)
    assert turns == [("Anna Visser", 2000, "Hoe was het?"), ("Karim", 3732000, "Goed.\nHeel goed.")]
    assert stored.strip() == text.strip()


def test_speakers_can_be_confirmed_or_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    path.write_text(NOSCRIBE, "utf-8")
    assert read_transcript(path, speakers="no").turns == ()
    assert [one.label for one in read_transcript(path, speakers=frozenset(["karim"])).turns] == [
        None,
        None,
        "Karim",
        "Karim",
    ]
    path.write_text("0:0:2.0 --> 0:0:3.2\nAnna\nHoe?\n0:0:4.0 --> 0:0:5.2\nKarim\nZo.\n", "utf-8")
    assert [
        one.label for one in read_transcript(path.rename(tmp_path / "a.txt"), speakers=frozenset(["Anna"])).turns
    ] == [
        "Anna",
        None,
    ]


@pytest.mark.parametrize(
    ("name", "data", "problem"),
    [
        ("a.json", '{"segments": [{"start": 0', "damaged or cut short"),
        ("a.json", '{"segments": [{"start": 0, "text": "x"}, {"start": "nu", "text": "y"}]}', "segment 2 has no time"),
        ("a.json", '{"segments": [{"start": NaN, "text": "x"}]}', "segment 1 has no time"),
        ("a.json", '{"segments": [{"start": 0, "text": "x"}, {"start": 1}]}', "segment 2 has no text"),
        ("a.json", '{"segments": [{"start": 0, "text": "\\ud800"}]}', "halves of characters"),
        ("a.json", '{"segments": [], "language": "nl"}', "no words"),
        ("a.json", '{"text": "alleen tekst"}', "no transcript that can be read"),
        ("a.json", "[" * 100_000, "no transcript that can be read"),
        ("a.json", '{"a":' * 100_000, "no transcript that can be read"),
        ("a.otr", "{}", "no file of oTranscribe"),
        ("a.otr", '{"text": "<p></p>", "media": ""}', "no words"),
        ("a.xml", TEI.replace("</body>", ""), "damaged or cut short"),
        (
            "a.xml",
            TEI.replace("<!-- invented -->", '<!DOCTYPE TEI [<!ENTITY x SYSTEM "file:///etc/passwd">]>'),
            "declares entities",
        ),
        (
            "a.xml",
            TEI.replace("Nee", "&x;").replace("<!-- invented -->", "<!DOCTYPE TEI SYSTEM 'tei.dtd'>"),
            "entities",
        ),
        ("a.xml", '<TEI xmlns="http://www.tei-c.org/ns/1.0"><u> </u></TEI>', "nobody says a word"),
        ("a.sbv", "some text", "no times"),
    ],
)
def test_a_damaged_file_is_refused_in_one_sentence(tmp_path: Path, name: str, data: str, problem: str) -> None:
    path = tmp_path / name
    path.write_text(data, "utf-8")
    with pytest.raises(BadFileError) as caught:
        read_transcript(path)
    assert problem in str(caught.value)
    assert "\n" not in str(caught.value)


def test_other_texts_stay_what_they_are(tmp_path: Path) -> None:
    for name, text in {
        "prose.txt": "And then we went [00:01:02] to the shop.\nAnd then we came [00:02:02] home again.\n",
        "curly.txt": "{ this is no JSON }\n",
        "numbers.txt": "13:05,14:10\nis when the bus goes\n",
    }.items():
        path = tmp_path / name
        path.write_text(text, "utf-8")
        assert (read_transcript(path).format, read_transcript(path).text, read_transcript(path).turns) == (
            "txt",
            text,
            (),
        )
    for name, text in {"d.json": '{"type": "x"}', "f.xml": "<a><u>Ja</u></a>"}.items():
        (tmp_path / name).write_text(text, "utf-8")
        assert not is_transcript(tmp_path / name)
