"""Excerpts as Markdown: what a writer gets, to the byte."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qda.errors import UsageError
from qda.io.markdown import excerpts_markdown
from qda.io.quotes import read_quotes
from qda.model.markup import plain
from qda.reports.report import Cell, Evidence, Report, Table

COLUMNS = ("code", "text", "source", "start", "end", "turn", "speaker", "coder", "at", "memo", "id")
MANIFEST: dict[str, Any] = {
    "state": "0f1e",
    "codebook_version": 3,
    "selection": {"codes": []},
    "tool": "qda 0.1.0",
    "command": "qda export markdown --code 'return/*'",
}
ANNA = ("Anna", "2024-11-04T09:30:00Z")
ROWS: tuple[tuple[Cell, ...], ...] = (
    (
        "return/forced",
        "We had [no] choice.\n\n- none",
        "nl_group",
        1203,
        1229,
        12,
        "NL advisor",
        *ANNA,
        None,
        "4f3a",
        "NL",
        2,
    ),
    (
        "return/*own*",
        "‘Vrij’ … é ö ◦",
        "Oslo, 3: a·b",
        0,
        14,
        None,
        None,
        "Li, Bo",
        "2024",
        "see\n— a, characters 1-2",
        "77",
        None,
        1.5,
    ),
    ("return/forced", "again", "nl_group", 5, 10, 1, "", None, "2024-11-05", "", None, "NO", ""),
)
BY_CODE = """\
# Excerpts: codings of Anna \\*

3 excerpts of 2 codes from 2 sources.

## return/forced

> We had \\[no] choice.
>
> \\- none

— nl_group, turn 12, characters 1203-1229 · speaker: NL advisor · host\\: country: NL · attribute coder: 2\
 · coder: Anna, 2024-11-04 · id 4f3a

> again

— nl_group, turn 1, characters 5-10 · host\\: country: NO · coded: 2024-11-05

## return/\\*own\\*

> ‘Vrij’ … é ö ◦

— Oslo\\, 3\\: a&#183;b, characters 0-14 · attribute coder: 1.5 · coder: Li\\, Bo, 2024 · id 77

Memo: see
&#8212; a, characters 1-2

---

- Pooled: none.
- A \\<b>note&#10;in two lines.
- Command: `qda export markdown --code 'return/*'`
- State: `0f1e`
- Codebook version: 3
- Tool: qda 0.1.0
"""


def make_report(rows: tuple[tuple[Cell, ...], ...], **changes: Any) -> Report:
    fields: dict[str, Any] = {
        "title": "Excerpts: codings of Anna *",
        "notes": ("Pooled: none.", "A <b>note\nin two lines."),
        "manifest": MANIFEST,
    }
    table = Table((*COLUMNS, "host: country", "coder"), rows)
    return Report(
        "excerpts", unit="codings", table=table, evidence=lambda: Evidence({}), **(fields | changes)
    )


def test_by_code() -> None:
    assert excerpts_markdown(make_report(ROWS)) == BY_CODE


def test_by_source() -> None:
    markdown = excerpts_markdown(make_report(ROWS), "source")
    headings = [line for line in markdown.split("\n") if line.startswith("##")]
    assert headings == [
        "## nl_group",
        "### return/forced",
        "## Oslo, 3: a&#183;b",
        "### return/\\*own\\*",
    ]
    assert sorted(markdown.split("\n\n")[2:-2]) != sorted(BY_CODE.split("\n\n")[2:-2])
    assert {quote.id for quote in read_quotes(markdown)} == {"4f3a", "77", ""}


def test_another_grouping_is_refused() -> None:
    with pytest.raises(UsageError, match="by code or source, not by 'coder'"):
        excerpts_markdown(make_report(ROWS), "coder")


def test_an_empty_selection_says_so() -> None:
    assert excerpts_markdown(make_report((), notes=(), manifest={"tool": "qda 0.1.0"})) == (
        "# Excerpts: codings of Anna \\*\n\n"
        "No excerpts: there is no coding in this selection.\n\n---\n\n- Tool: qda 0.1.0\n"
    )
    assert excerpts_markdown(make_report((), notes=(), manifest={})).endswith("selection.\n")


def test_one_of_each() -> None:
    assert "\n1 excerpt of 1 code from 1 source.\n" in excerpts_markdown(make_report(ROWS[:1]))


def test_equal_numbers_of_other_kinds_are_written_as_they_are() -> None:
    """`1` and `1.0` are one key to a cache; what is written must not hang on what was written before."""
    rows = tuple((*row[:11], cell, None) for row, cell in zip(ROWS[:1] * 2, (1, 1.0), strict=True))
    markdown = excerpts_markdown(make_report(rows))
    assert "country: 1 ·" in markdown
    assert "country: 1.0 ·" in markdown


def test_a_command_that_no_code_span_can_hold() -> None:
    markdown = excerpts_markdown(make_report((), manifest={"command": "qda '`a`\nb'"}))
    assert markdown.endswith("- Command: qda '\\`a\\`&#10;b'\n")


@given(st.lists(st.tuples(*[st.text(max_size=12)] * 4), max_size=4), st.sampled_from(["code", "source"]))
def test_markdown_readers_see_the_same(drawn: list[tuple[str, str, str, str]], group: str) -> None:
    """A reader finds one quotation for each row, the names as they are, and no mark-up from inside them."""
    reader = pytest.importorskip("markdown_it").MarkdownIt("commonmark").enable(["table", "strikethrough"])
    rows = tuple(
        (code, f"x{text}", name, 1, 2, None, name, None, None, memo, "7", None, code)
        for code, text, name, memo in drawn
    )
    tokens = reader.parse(excerpts_markdown(make_report(rows), group))
    found = [token.type for token in tokens]
    assert found.count("blockquote_open") == len(rows)
    assert (found.count("hr"), found.count("bullet_list_open"), found.count("list_item_open")) == (1, 1, 6)
    assert {token.type for token in tokens} <= {
        *("heading_open", "heading_close", "paragraph_open", "paragraph_close", "inline", "hr"),
        *("blockquote_open", "blockquote_close", "bullet_list_open", "bullet_list_close"),
        *("list_item_open", "list_item_close"),
    }
    inner = {child.type for token in tokens if token.type == "inline" for child in token.children}
    assert inner <= {"text", "softbreak", "code_inline"}


@given(st.text(max_size=8), st.text(max_size=8), st.text(max_size=8))
def test_the_facts_can_be_taken_apart(name: str, label: str, value: str) -> None:
    row = ("a", "b", f"s{name}", 1, 2, 3, f"x{value}", f"c{name}", "2024-11-04", None, "7", f"y{value}")
    table = Table((*COLUMNS, f"k{label}"), (row,))
    report = Report("excerpts", "t", "u", table, (), {}, lambda: Evidence({}))
    place, speaker, attribute, coder, uid = excerpts_markdown(report).split("\n")[8].split(" · ")
    assert plain(place.removeprefix("— ").removesuffix(", turn 3, characters 1-2")) == f"s{name}"
    assert plain(speaker.removeprefix("speaker: ")) == f"x{value}"
    written, _, said = attribute.partition(": ")
    assert (plain(written), plain(said)) == (f"k{label}", f"y{value}")
    assert plain(coder.removeprefix("coder: ").removesuffix(", 2024-11-04")) == f"c{name}"
    assert uid == "id 7"
