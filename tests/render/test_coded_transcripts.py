"""Transcripts with their codings, as comments of Word and as tags: every coding at its words, every text the same."""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING
from zipfile import ZipFile

import docx
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from qda.io.leaking import texts_of
from qda.model.nouns import Source
from qda.render.as_tagged import tagged_file, tagged_text, without_tags
from qda.render.docx import document_text, transcripts_document
from qda.reports.marked import Mark, Marked, Spoken

if TYPE_CHECKING:
    from collections.abc import Iterator

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
TAG = re.compile(r"\[#(\d+) ((?:\\.|[^\\{])*)\{|\}#(\d+)\]")
PIECES = [
    *("\n", "\n\n", "\t", " ", "R1: ", "a b", "1", "🚢", "👩\u200d👧", "e\u0301", "سلام ", "שלום"),
    *("[#", "}#", "[", "}", "{", "]", "#", "\\", "<&>"),
]
CODES = st.sampled_from(["trust/low", "and\\/or{", "[#1 x{", "זמן", "a}#1]"])


@st.composite
def coded(draw: st.DrawFn) -> Marked:
    """A text of pieces that are hard to tell from mark-up, with codings anywhere in it."""
    text = "".join(draw(st.lists(st.sampled_from(PIECES), min_size=1, max_size=20)))
    marks = []
    for _ in range(draw(st.integers(0, 6))):
        start = draw(st.integers(0, len(text) - 1))
        end = draw(st.integers(start + 1, len(text)))
        marks.append(Mark(start, end, draw(CODES), draw(st.sampled_from(["Anna", "Bram B."])), "Why?\nSo."))
    return Marked(a_source(), text, (), tuple(sorted(marks, key=lambda mark: (mark.start, -mark.end))))


def a_source(language: str = "ar") -> Source:
    return Source(1, "u", "talk [#1 x{", "transcript", language, "2025-01-01", "txt", None, "", "", "", 1, 1, 0)


def as_the_page_says(tagged: str) -> str:
    """As docs/commands.md says: take the tags away, then one backslash where the text has something like a tag."""
    return re.sub(r"([\[}]\\*)\\#", r"\1#", TAG.sub("", tagged))


def tags_in(tagged: str) -> dict[int, tuple[str, str]]:
    """The code and the words of each coding, by its number."""
    begun: dict[int, tuple[str, int]] = {}
    found = {}
    for tag in TAG.finditer(tagged):
        if tag[1]:
            begun[int(tag[1])] = (re.sub(r"\\(.)", r"\1", tag[2]), tag.end())
        else:
            code, start = begun.pop(int(tag[3]))
            found[int(tag[3])] = (code, as_the_page_says(tagged[start : tag.start()]))
    assert not begun
    return found


def signs(paragraph: etree._Element) -> Iterator[tuple[str, str]]:
    """What stands in a paragraph, in order: text, and where comments begin and end."""
    for one in paragraph.iter():
        kind = one.tag.removeprefix(W) if isinstance(one.tag, str) else ""
        if kind in ("commentRangeStart", "commentRangeEnd"):
            yield kind, one.get(f"{W}id")
        elif kind in ("t", "tab", "br"):
            yield "text", {"tab": "\t", "br": "\n"}.get(kind) or one.text or ""


def read_document(data: bytes) -> tuple[str, dict[str, str]]:
    """The text of the lines of a transcript, and the words that each comment is about."""
    root = etree.fromstring(ZipFile(io.BytesIO(data)).read("word/document.xml"))
    speech = [one for one in root.iter(f"{W}p") if one.find(f"{W}pPr/{W}pStyle").get(f"{W}val") == "Speech"]
    text, begun, found = "", {}, {}
    for number, paragraph in enumerate(speech):
        text += "\n" if number else ""
        for kind, said in signs(paragraph):
            if kind == "text":
                text += said
            elif kind == "commentRangeStart":
                begun[said] = len(text)
            else:
                found[said] = text[begun.pop(said) :]
    assert not begun
    return text, found


@settings(max_examples=20, deadline=None)
@given(coded())
def test_texts_and_the_words_of_codings_come_back_from_both_forms(one: Marked) -> None:
    file = tagged_file([one, one], ["A note with }#1] in it."], "qda export tagged")
    bodies = re.findall(r"^\[#text\{\n(.*?)\n\}#text\]$", file, re.DOTALL | re.MULTILINE)
    assert [as_the_page_says(body) for body in bodies] == [one.text, one.text]
    tags = tags_in(bodies[0])
    assert {number: code for number, (code, _) in tags.items()} == {
        number: mark.code for number, mark in enumerate(one.marks, start=1)
    }
    for number, mark in enumerate(one.marks, start=1):
        if not re.search(r"[\[}]\\*$", one.text[: mark.start]):  # else a backslash before it belongs to what follows
            assert tags[number][1] == one.text[mark.start : mark.end]
    text, found = read_document(transcripts_document([one], ["A note."], "qda export docx"))
    assert text == one.text
    assert len(found) == len(one.marks)
    for number, mark in enumerate(one.marks):
        assert found[str(number)] == one.text[mark.start : mark.end].strip("\n")


def test_a_name_is_found_where_a_coding_begins_within_it() -> None:
    one = Marked(a_source("en"), "It was Osas.", (), (Mark(0, 9, "a", "Anna"), Mark(3, 12, "b", "Anna")))
    data = transcripts_document([one], [], "qda export docx")
    assert any("It was Osas." in text for text in texts_of(data))
    assert "It was Osas." in document_text(data)
    assert "It was Osas." in without_tags(tagged_file([one], [], "qda export tagged"))


def test_tags_nest_where_they_can() -> None:
    marks = (Mark(0, 9, "a", "Anna"), Mark(0, 3, "b{", "Bram"), Mark(2, 6, "c", "Anna"), Mark(6, 9, "d", "Anna"))
    assert tagged_text("one #two}#", marks) == r"[#1 a{[#2 b\{{on[#3 c{e}#2] #t}#3][#4 d{wo}}#4]}#1]\#"


def test_comments_say_code_coder_and_memo_and_lines_who_speaks() -> None:
    text = "Hello there.\nR1: שלום."
    marks = (Mark(0, 5, "trust/low", "Anna Berg", "She hesitates.\nTwice."), Mark(6, 19, "time", "Bram"))
    turns = (Spoken(0, 0, "Grace", 3_861_000), Spoken(13, 17, "R1", None))
    data = transcripts_document([Marked(a_source("he"), text, turns, marks)], [], "qda export docx")
    assert data == transcripts_document([Marked(a_source("he"), text, turns, marks)], [], "qda export docx")
    read = docx.Document(io.BytesIO(data))
    assert [(one.author, one.initials, one.text) for one in read.comments] == [
        ("Anna Berg", "AB", "trust/low\nShe hesitates.\nTwice."),
        ("Bram", "B", "time"),
    ]
    shown = [(one.style.name, one.text) for one in read.paragraphs if one.style.name in ("Turn", "Speech")]
    assert shown == [("Turn", "Grace · 1:04:21"), ("Speech", "Hello there."), ("Speech", "R1: שלום.")]
    assert [(run.text, run.style.name) for run in read.paragraphs[4].runs if run.text] == [
        ("R1: ", "Speaker Label"),
        ("של", "Default Paragraph Font"),
        ("ום.", "Default Paragraph Font"),
    ]
    assert read.paragraphs[4]._p.find(f"{W}pPr/{W}bidi") is not None
    assert "Anna Berg" in document_text(data)
    assert {each.get(f"{W}bidi") for each in read.element.iter(f"{W}lang")} == {"he-IL"}
