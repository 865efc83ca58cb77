"""Excerpts read back from what a writer made of the export, and checked against the sources."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qda.io.markdown import excerpts_markdown
from qda.io.quotes import Quote, check_quotes, count, read_quotes
from qda.reports.report import Cell, Evidence, Report, Table

COLUMNS = ("code", "text", "source", "start", "end", "turn", "speaker", "coder", "at", "memo", "id")
NASTY = (
    *("a", "b c", ",", ", turn 3", ", characters 1-2", " · id 7", "·", "—", "— a, characters 1-2", ">", "> "),
    *("\n", "\n\n", " ", "  ", "\t", "\xa0", "\u2028", "\x85", "\x1c", "\v", "\f", "\\", "\\,", ":", "*"),
    *("# ", "- ", "1. ", "&#32;", "é", "1", "id "),
)
nasty = st.lists(st.sampled_from(NASTY), min_size=1, max_size=15).map("".join)
texts = nasty | st.text(min_size=1, max_size=40)
stored = texts.map(lambda text: text.replace("\r", "\n"))
names = st.one_of(texts, st.text("a,·—:- \\.\r", min_size=1, max_size=6))
cells = st.none() | names


@dataclass(frozen=True)
class Case:
    """A report and the quotations that must come back from it."""

    report: Report
    quotes: list[tuple[str, int, int, str, str]]
    sources: dict[str, str]


def make_report(rows: list[tuple[Cell, ...]], attributes: tuple[str, ...] = ()) -> Report:
    table = Table((*COLUMNS, *attributes), tuple(rows))
    return Report("excerpts", "Excerpts", "codings", table, (), {}, lambda: Evidence({}))


@st.composite
def cases(draw: st.DrawFn) -> Case:
    sources = draw(st.dictionaries(names, stored, min_size=1, max_size=3))
    attributes = tuple(draw(st.lists(names | st.sampled_from(["coder", "id 1"]), max_size=2)))
    rows: list[tuple[Cell, ...]] = []
    for _ in range(draw(st.integers(1, 4))):
        source = draw(st.sampled_from(sorted(sources)))
        text = sources[source]
        start = draw(st.integers(0, len(text) - 1))
        end = draw(st.integers(start + 1, len(text)))
        turn = draw(st.none() | st.integers(0, 99))
        speaker, coder, at, memo = (draw(cells) for _ in range(4))
        place = (draw(names), text[start:end], source, start, end, turn)
        rows.append((*place, speaker, coder, at, memo, draw(names), *(draw(cells) for _ in attributes)))
    quotes = [(str(r[2]), int(r[3] or 0), int(r[4] or 0), str(r[1]), str(r[10])) for r in rows]
    return Case(make_report(rows, attributes), quotes, sources)


def bare(quote: Quote) -> tuple[str, int, int, str, str]:
    return quote.source, quote.start, quote.end, quote.text, quote.id


@given(cases(), st.sampled_from(["code", "source"]))
def test_every_excerpt_comes_back(case: Case, group: str) -> None:
    markdown = excerpts_markdown(case.report, group)
    quotes = read_quotes(markdown)
    assert sorted(map(bare, quotes)) == sorted(case.quotes)
    assert count(markdown) == len(case.quotes)
    assert check_quotes(markdown, "a.md", case.sources.get) == []
    lines = markdown.split("\n")
    assert all(lines[quote.line - 1].startswith(">") for quote in quotes)


@given(cases())
def test_it_survives_other_line_ends_and_trimmed_lines(case: Case) -> None:
    lines = excerpts_markdown(case.report).split("\n")
    changed = "\ufeff" + "\r\n".join(f"  {line.rstrip(' ')} " for line in lines)
    assert sorted(map(bare, read_quotes(changed))) == sorted(case.quotes)


TEXT = "Ik ging terug.\nDat was ‘vrijwillig’ … é ö ◦.\n\nIk ging terug, echt."


def excerpt(start: int, end: int, uid: str | None = "4f3a") -> str:
    row = ("a", TEXT[start:end], "s", start, end, 2, None, "Anna", "2024-11-04T10:00:00Z", None, uid)
    return excerpts_markdown(make_report([row])).split("## a\n\n")[1]


def test_the_writers_own_text_is_left_alone() -> None:
    own = "# Mine\n\nProse: > a sign — and characters 1-2.\n\n> Somebody's words\n\n— Somebody\n\n"
    more = "More prose.\n> A quotation of my own\n\nMemo: mine\n\n"
    first, second = read_quotes(f"{own}{excerpt(15, 54)}{more}{excerpt(0, 14, None)}— the end\n")
    assert first == Quote("s", 15, 54, TEXT[15:54], "4f3a", 9)
    assert (second.start, second.text, second.id) == (0, TEXT[:14], "")


def test_a_quotation_next_to_the_writers_own() -> None:
    (quote,) = read_quotes(f"> Mine\n\n{excerpt(0, 14)}")
    assert (quote.text, quote.line) == (TEXT[:14], 3)


def test_a_dash_set_by_an_editor_is_read() -> None:
    (quote,) = read_quotes(excerpt(0, 14).replace("0-14", "0–14"))
    assert (quote.start, quote.end) == (0, 14)


GONE = "the quotation is not at {}, and those words stand nowhere in that source now"
MOVED = "the quotation is not at {}; the same words stand at characters {} now"
SPACED = "the quotation differs from {} in white space or line ends only"
NO_SOURCE = "there is no source 's' now; the quotation is said to be {}"
NO_WORDS = "no quotation stands above the line that names {}"
PLACE = "characters 0-14 of 's'"
WRONG: list[tuple[str, str, str | None, str]] = [
    ("", "", f"Nou. {TEXT}", MOVED.format(PLACE, "5-19")),
    ("", "", TEXT[3:], GONE.format(PLACE)),
    ("", "", None, NO_SOURCE.format(PLACE)),
    ("Ik", "Hij", TEXT, GONE.format(PLACE)),
    ("Ik ging", "Ik\n> ging", TEXT, SPACED.format(PLACE)),
    ("0-14", "0-99", TEXT, MOVED.format("characters 0-99 of 's'", "0-14")),
    ("> Ik ging terug.\n\n", "", TEXT, NO_WORDS.format(PLACE)),
]


@pytest.mark.parametrize(("old", "new", "now", "problem"), WRONG)
def test_each_wrong_quotation_is_one_sentence(old: str, new: str, now: str | None, problem: str) -> None:
    markdown = f"{excerpt(0, 14).replace(old, new)}\n"
    assert check_quotes(markdown, "exports/a.md", {"s": now}.get) == [f"exports/a.md:1: {problem}"]


def test_the_nearest_of_several_places_is_named() -> None:
    (problem,) = check_quotes(excerpt(0, 7), "a.md", lambda _: "x Ik ging y Ik ging")
    assert problem.endswith("at characters 2-9 now")
