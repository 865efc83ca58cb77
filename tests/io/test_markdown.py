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
COMMAND = "qda export markdown --code 'return/*'"
MANIFEST = {"state": "0f1e", "codebook_version": 3, "selection": {}, "tool": "qda 0.1.0", "command": COMMAND}
CHOICE = ("return/forced", "We had [no] choice.\n\n- none", "nl_group", 1203, 1229, 12, "NL advisor")
FREE = ("return/*own*", "‘Vrij’ … é ö ◦", "Oslo, 3: a·b", 0, 14, None, None)
ROWS: tuple[tuple[Cell, ...], ...] = (
    (*CHOICE, "Anna", "2024-11-04T09:30:00Z", None, "4f3a", "NL", 2),
    (*FREE, "Li, Bo", "2024", "see\n— a, characters 1-2", "77", None, 1.5),
    ("return/forced", "again", "nl_group", 5, 10, 1, "", None, "2024-11-05", "", None, "NO", ""),
)
BY_CODE = """\
# Excerpts: Anna \\*

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


def make_report(
    rows: tuple[tuple[Cell, ...], ...],
    attributes: tuple[str, ...] = ("host: country", "coder"),
    notes: tuple[str, ...] = ("Pooled: none.", "A <b>note\nin two lines."),
    manifest: dict[str, Any] = MANIFEST,
) -> Report:
    table = Table((*COLUMNS, *attributes), rows)
    return Report("excerpts", "Excerpts: Anna *", "codings", table, notes, manifest, lambda: Evidence({}))


def test_by_code() -> None:
    assert excerpts_markdown(make_report(ROWS)) == BY_CODE


def test_by_source() -> None:
    markdown = excerpts_markdown(make_report(ROWS), "source")
    headings = [line for line in markdown.split("\n") if line.startswith("##")]
    assert headings[:2] == ["## nl_group", "### return/forced"]
    assert headings[2:] == ["## Oslo, 3: a&#183;b", "### return/\\*own\\*"]
    assert [quote.id for quote in read_quotes(markdown)] == ["4f3a", "", "77"]


def test_another_grouping_is_refused() -> None:
    with pytest.raises(UsageError, match="by code or source, not by 'coder'"):
        excerpts_markdown(make_report(ROWS), "coder")


def test_an_empty_selection_says_so() -> None:
    markdown = excerpts_markdown(make_report((), notes=(), manifest={}))
    assert markdown == "# Excerpts: Anna \\*\n\nNo excerpts: there is no coding in this selection.\n"


def test_equal_numbers_of_other_kinds_are_written_as_they_are() -> None:
    """`1` and `1.0` are one key to a cache; what is written must not hang on what was written before."""
    rows = tuple((*ROWS[0][:11], number, None) for number in (1, 1.0))
    markdown = excerpts_markdown(make_report(rows))
    assert "\n2 excerpts of 1 code from 1 source.\n" in markdown
    assert "country: 1 ·" in markdown
    assert "country: 1.0 ·" in markdown


def test_a_command_that_no_code_span_can_hold() -> None:
    markdown = excerpts_markdown(make_report((), manifest={"command": "qda '`a`\nb'"}))
    assert markdown.endswith("- Command: qda '\\`a\\`&#10;b'\n")


BLOCKS = ("heading", "paragraph", "blockquote", "bullet_list", "list_item")


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
    assert {name.removesuffix("_open").removesuffix("_close") for name in found} <= {*BLOCKS, "inline", "hr"}
    inner = {child.type for token in tokens if token.type == "inline" for child in token.children}
    assert inner <= {"text", "softbreak", "code_inline"}


@given(st.text(max_size=8), st.text(max_size=8), st.text(max_size=8))
def test_the_facts_can_be_taken_apart(name: str, label: str, value: str) -> None:
    row = ("a", "b", f"s{name}", 1, 2, 3, f"x{value}", f"c{name}", "2024-11-04", None, "7", f"y{value}")
    line = excerpts_markdown(make_report((row,), (f"k{label}",))).split("\n")[8]
    place, speaker, attribute, coder, uid = line.split(" · ")
    assert plain(place.removeprefix("— ").removesuffix(", turn 3, characters 1-2")) == f"s{name}"
    assert plain(speaker.removeprefix("speaker: ")) == f"x{value}"
    written, _, said = attribute.partition(": ")
    assert (plain(written), plain(said), uid) == (f"k{label}", f"y{value}", "id 7")
    assert plain(coder.removeprefix("coder: ").removesuffix(", 2024-11-04")) == f"c{name}"
