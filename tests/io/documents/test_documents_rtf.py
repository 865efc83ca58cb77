"""RTF of several programs gives the words that are seen, whatever encodings and groups they stand in."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from qda.errors import BadFileError
from qda.io.documents import kind_of, read_document
from qda.io.transcripts import read_transcript

if TYPE_CHECKING:
    from pathlib import Path

FONTS = (
    r"{\fonttbl{\f0\fnil\fcharset0 Arial;}{\f1\fcharset204 Arial;}{\f2\fcharset178 A;}"
    r"{\f3\fcharset128 M;}{\f4\fcharset2 S;}}"
)


def read(rtf: str | bytes) -> str:
    data = rtf.encode("latin-1") if isinstance(rtf, str) else rtf
    assert kind_of(data, ".txt") == "rtf"
    return read_document(data, "rtf", "t.rtf").text


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ("\\pard I: Hoe?\\par\nR: Zo\\line en\\tab zo.\\par", "I: Hoe?\nR: Zo\nen\tzo."),
        (r"\b vet\b0  en {\i schuin} \{x\} \\", "vet en schuin {x} \\"),
        (r"\'e9\f1 \'e9\plain \'e9\f2\'c3\f3\'8a\'bf\'8eA\f0 \'80\u8364\'80\u8364?x",
         "éйéأ漢拶€€€x"),
        (r"\uc0\u1670\u1734\u1606 {\uc2\u233\'c3\'a9}{\uc1\u233 e}\u-10179 \u-8936 z\uc1\u128578?", "چۆنéé🔘z🙂"),
        (r"a{\v weg}b{\deleted weg}c\v weg\v0 d{\footnote noot}e{\*\annotation weg}f{\header kop\par}", "abcdef"),
        (r"{\field{\*\fldinst HYPERLINK x}{\fldrslt voorbeeld}}{\*\generator x;}{\pict\bin4 {{{{}{\info{\title t}}",
         "voorbeeld"),
        (r"{\listtext 1.\tab}een\par{\pntext\'b7\tab}twee\par", "een\ntwee"),
        (r"voor\par\trowd a\intbl\cell b\par c\cell\row\trowd\cell d\cell\row na", "voor\na\tb\nc\n\td\nna"),
        (r"\trowd a\cell x\par n1\nestcell n2\nestcell{\*\nesttableprops\nestrow}{\nonesttables\par}y\cell\row",
         "a\tx\nn1\tn2\ny"),
        (r"{\upr{x}{\*\ud{\u1670?}}}{\*\other{\*\ud weg}}", "چ"),
        (r"voor{\shp{\*\shpinst\shpleft1{\sp{\sn x}{\sv y}}{\shptxt kader\par}}{\shprslt weg}} na\par einde",
         "voor na\nkader\neinde"),
        (r"\page a\par\page\par b\page\par c\page d", "a\n\nb\nc\nd"),
        (r"a\~b\_c\-d\endash e\ldblquote f\rdblquote\page g\f4\'b7", "a\u00a0b-c\u00add–e“f”\ng\uf0b7"),
        ("een\\\ntwee\\\r\n\\\ndrie", "een\ntwee\n\ndrie"),  # TextEdit ends paragraphs so
        ("caf\u00e9 \\'zz", "café zz"),
    ],
    ids=range(15),
)  # fmt: skip
def test_a_paragraph_reads_as_it_is_seen(body: str, text: str) -> None:
    assert read(rf"{{\rtf1\ansi\ansicpg1252\deff0{FONTS}{body}}}") == text


@pytest.mark.parametrize(
    ("rtf", "text"),
    [
        (r"{\rtf1\mac \'8e}", "é"),
        (r"{\rtf1\pca \'82}", "é"),
        (r"{\rtf1\ansi\ansicpg1251 \'e9}", "й"),
        (r"{\rtf1\ansi\ansicpg65001 \'c3\'a9}", "é"),
        (r"{\rtf1\ansi\ansicpg99999 \'e9}", "é"),
        (r"{\rtf1\ansi\deff3{\fonttbl{\f3\cpg1256 A;}}\plain \'c3}", "أ"),
    ],
)
def test_the_encoding_is_that_of_the_font_or_the_file(rtf: str, text: str) -> None:
    assert read(rtf) == text


@pytest.mark.parametrize(
    ("rtf", "words"),
    [(r"{\rtf1 I: Hoe", "breaks off"), (r"{\rtf1{\v weg}}", "no text"), ("{\\rtf1 \\", "breaks off"),
     (r"{\rtf1 a\bin99999999 }", "breaks off"), ("{\\rtf1" + "{" * 50_000, "breaks off"), ("{\\rtf1 \0}", "damaged")],
    ids=range(6),
)  # fmt: skip
def test_rtf_that_is_broken_is_refused(rtf: str, words: str) -> None:
    with pytest.raises(BadFileError, match=words):
        read(rtf)


def turns(tmp_path: Path, body: str) -> list[tuple[str | None, str, int | None]]:
    path = tmp_path / "gesprek.txt"
    path.write_text(rf"{{\rtf1\ansi {body}}}", "ascii")
    read = read_transcript(path)
    assert (read.format, read.encoding) == ("rtf", None)
    return [(turn.label, read.text[turn.body : turn.end], turn.time_ms) for turn in read.turns]


def test_f4_and_maxqda_say_when_a_speech_ends(tmp_path: Path) -> None:
    f4 = (
        r"I: Hoe begon het? #00:00:05-2#\par B: In de winter.\par Toen #00:00:07-0# kwam iedereen. #00:00:12-4#\par"
        r" I: En toen?  #00:00:14-0#\par B: Zo."
    )
    assert turns(tmp_path, f4) == [
        ("I", "Hoe begon het?", None),
        ("B", "In de winter.\nToen #00:00:07-0# kwam iedereen.", 5200),
        ("I", "En toen?", 12400),
        ("B", "Zo.", 14000),
    ]
    maxqda = r"[00:00:01.0] I: Hoe?\par [00:01:23.4] B: Zo.\par [00:01:25.0] I: Ja?\par"
    assert turns(tmp_path, maxqda) == [("I", "Hoe?", 1000), ("B", "Zo.", 83400), ("I", "Ja?", 85000)]
    behind = "I: Hoe? [00:00:05.1]\\par\nB: Zo. [00:01:23.4]\\par\n"
    assert turns(tmp_path, behind + behind)[1:3] == [("B", "Zo.", 5100), ("I", "Hoe?", 83400)]
    once = r"I: Hoe? #00:00:05-1#\par B: Zo.\par I: Ja?\par B: Nee.\par"  # one alone is a remark in the text
    assert turns(tmp_path, once)[0] == ("I", "Hoe? #00:00:05-1#", None)
