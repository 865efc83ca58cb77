"""Files are recognised by content, read whole, and refused in one sentence."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qda.errors import BadFileError
from qda.io.transcripts import is_transcript, read_transcript

DIALOGUE = "Interviewer: Hoe?\n\nKarim: Zo.\n\nInterviewer: Goed.\n\nKarim: Ja.\n"
VTT = "WEBVTT\n\n00:01.000 --> 00:02.000\n<v Anna>Ja.\n"
SRT = "1\n00:00:01,000 --> 00:00:02,000\nJa.\n"
PNG = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0"


@pytest.mark.parametrize(
    ("name", "content", "kind", "stem"),
    [
        ("gesprek.txt", DIALOGUE, "txt", "gesprek"),
        ("gesprek.v2.TXT", DIALOGUE, "txt", "gesprek.v2"),
        ("gesprek.md", DIALOGUE, "md", "gesprek"),
        ("3. Karim Bakker", DIALOGUE, "txt", "3. Karim Bakker"),
        ("zoom.vtt", VTT, "vtt", "zoom"),
        ("zoom.txt", VTT, "vtt", "zoom"),
        ("film.srt", SRT, "srt", "film"),
        ("film.txt", SRT, "srt", "film"),
    ],
)
def test_content_decides_and_the_ending_helps(tmp_path: Path, name: str, content: str, kind: str, stem: str) -> None:
    path = tmp_path / name
    path.write_bytes(content.encode())
    transcript = read_transcript(path)
    assert is_transcript(path)
    assert (transcript.name, transcript.format, transcript.original) == (stem, kind, content.encode())
    assert transcript.turns


def test_what_is_unsure_comes_along(tmp_path: Path) -> None:
    path = tmp_path / "t.txt"
    path.write_text(DIALOGUE + "Samira: Nee.", "utf-8")
    assert [(one.label, one.times) for one in read_transcript(path).unsure] == [("Samira", 1)]
    assert read_transcript(path, speakers="yes").turns[-1].label == "Samira"
    assert read_transcript(path, speakers="no").turns == ()


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("foto.txt", PNG, "a picture"),
        ("foto.docx", PNG, "a picture"),
        ("oud.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "save it as .docx"),
        ("oud.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "save it as .docx"),
        ("archief.txt", b"PK\x03\x04rommel", "zip archive"),
        ("lijst.csv", b"a;b\n", "if it is a survey, 'qda survey columns FILE'"),
        ("los.xyz", b"a;b\n", ".txt .md .docx .odt"),
        ("ruis.txt", b"abc\0\1\2" * 50 + b"\0", "no text"),
    ],
)
def test_what_is_no_transcript_is_not_taken_and_says_why(tmp_path: Path, name: str, data: bytes, words: str) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    assert not is_transcript(path)
    with pytest.raises(BadFileError) as caught:
        read_transcript(path)
    assert words in str(caught.value)
    assert str(path) in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("name", ["leeg.txt", "leeg.docx", "leeg.vtt"])
def test_an_empty_file_has_no_text(tmp_path: Path, name: str) -> None:
    (tmp_path / name).touch()
    with pytest.raises(BadFileError, match=r"it has no text, the file is empty$"):
        read_transcript(tmp_path / name)


def test_a_file_that_cannot_be_read_gives_one_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for path, words in ((tmp_path / "weg.txt", "there is no such file"), (tmp_path, "this is a folder")):
        assert not is_transcript(path)
        with pytest.raises(BadFileError, match=words):
            read_transcript(path)

    def refuse(self: Path) -> bytes:
        raise PermissionError(13, "Permission denied", str(self))

    (tmp_path / "dicht.txt").write_text(DIALOGUE)
    monkeypatch.setattr(Path, "read_bytes", refuse)
    with pytest.raises(BadFileError, match="you may not read this file"):
        read_transcript(tmp_path / "dicht.txt")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pijp.txt")
    assert not is_transcript(tmp_path / "pijp.txt")
    with pytest.raises(BadFileError, match="no ordinary file"):
        read_transcript(tmp_path / "pijp.txt")


def test_reading_text_loads_no_heavy_package(tmp_path: Path) -> None:
    (tmp_path / "t.txt").write_text(DIALOGUE)
    program = (
        "import sys; from pathlib import Path; from qda.io.transcripts import read_transcript\n"
        f"assert read_transcript(Path({str(tmp_path / 't.txt')!r})).turns\n"
        "print({'docx', 'lxml', 'webvtt', 'pandas', 'sqlite3'} & sys.modules.keys())"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert (done.stdout, done.stderr) == ("set()\n", "")


@given(
    st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1),
    st.sampled_from([".txt", ".md"]),
)
def test_every_text_is_kept_whatever_is_recognised(
    tmp_path_factory: pytest.TempPathFactory, text: str, ending: str
) -> None:
    path = tmp_path_factory.mktemp("t") / f"t{ending}"
    path.write_bytes(("Karim: x\n" + text).encode())
    transcript = read_transcript(path, speakers="yes")
    assert transcript.text == ("Karim: x\n" + text).replace("\r\n", "\n").replace("\r", "\n")
