"""The spectrum: against the reference, and the cases that the studies describe."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from against import by_column
from hypothesis import given
from hypothesis import strategies as st
from oracle import CaseData, SourceData, World, path
from oracle.spectrum import conflicts, count, spectrum
from test_against_oracle import FAST, examine
from test_known_answers import put
from worlds import Drawn, drawn_worlds, make_study, selections, told

from qda.model.codebook import Codebook, CodeEntry
from qda.model.selection import Selection
from qda.reports.registry import report_function
from qda.reports.report import cell_name

if TYPE_CHECKING:
    from qda.reports.report import Report
    from qda.store import Study

LEVEL, T = ("level",), ("t",)
LOW, MID, HIGH, OUT = (("level", name) for name in ("low", "mid", "high", "refusal"))
T1, T2 = ("t", "t1"), ("t", "t2")
CODES = [LEVEL, LOW, MID, HIGH, OUT, T, T1, T2]


def as_scale(study: Study, top: str, *, outside: str = "", moment: str = "") -> None:
    """Say in the codebook that a family is ordinal; what a code of the scale is called that lies outside."""

    def told_of(code: CodeEntry, above: str) -> CodeEntry:
        from dataclasses import replace

        here = "/".join(filter(None, [above, code.name.replace("\\", "\\\\").replace("/", "\\/")]))
        more: dict[str, Any] = {"children": tuple(told_of(child, here) for child in code.children)}
        if here == top:
            more |= {"ordinal": True, "exclusive": "case_moment" if moment else "", "moment": moment}
        return replace(code, outside=here == outside, **more)

    book = study.codebook.tree().codebook("codebook")
    study.codebook.import_codebook(Codebook("codebook", {}, tuple(told_of(code, "") for code in book.codes)), "a scale")


@examine
@given(st.data())
def test_every_level_equals_the_reference(data: st.DataObject) -> None:
    drawn = data.draw(drawn_worlds())
    tops = [code for code in drawn.world.codes if any(one[:-1] == code for one in drawn.world.codes)]
    if not tops:
        return
    top, moment = data.draw(st.sampled_from(tops)), data.draw(st.sampled_from(drawn.world.codes))
    selection = data.draw(selections(drawn))
    selection = Selection(
        **{name: getattr(selection, name) for name in ("coders", "layer", "sources", "kinds", "roles")}
    )
    with tempfile.TemporaryDirectory(dir=FAST) as folder, make_study(Path(folder), drawn) as study:
        as_scale(study, path(top))
        report = report_function("spectrum")(study, selection, moment=path(moment))
        world, asked = told(drawn, selection)
        expected = spectrum(world, asked, top, moment)
        evidence = report.evidence().codings
        rows = by_column(report)
        assert {(row["case"], row["moment"], row["level"]) for row in rows} == set(expected)
        for row in rows:
            key = row["case"], row["moment"], row["level"]
            said = expected[key]
            assert set(filter(None, row["conflict"].split("; "))) == conflicts(expected, *key[:2]), key
            ids = sorted({one for _, codings in said for one in codings.codings})
            assert evidence[cell_name(path(top), *key)] == ids
            assert row["passages"] == count(said)
            assert row["sources"] == len({passage.source for _, passage in said})
            assert row["coders"] == "|".join(sorted({coder.strip("()") for coder, _ in said}))


def shown(folder: Path, *rows: Any, sources: dict[str, SourceData] | None = None, moment: str = "t") -> Report:
    """The spectrum of a study with one case for its one source."""
    sources = sources or {"s": SourceData("x" * 200)}
    cases = {"Pia": CaseData("respondent", sources=list(sources))}
    world = World(sources, CODES, put(*rows), cases=cases)
    with make_study(folder, Drawn(world, frozenset(CODES))) as study:
        as_scale(study, "level", outside="level/refusal", moment=moment)
        found = report_function("spectrum")(study, Selection())
        parts = {part.heading.partition(": ")[2]: part for part in found.parts()}
        vars(found)["said"] = parts
        return found


def parts_of(report: Report) -> dict[str, Any]:
    found: dict[str, Any] = vars(report)["said"]
    return found


def test_levels_at_two_moments_are_a_path(tmp_path: Path) -> None:
    report = shown(tmp_path, ("Anna", HIGH, 0, 9), ("Anna", T1, 0, 9), ("Anna", LOW, 20, 29), ("Anna", T2, 20, 29))
    assert report.view is not None
    assert report.view == (("case", "t1", "t2"), (("Pia", "high", "low"),))
    assert not any("WARNING" in note for note in report.notes)
    assert parts_of(report)["paths"].table.rows == (("high → low", 1, "Pia"),)


def test_two_levels_at_one_moment_warn_with_both_excerpts(tmp_path: Path) -> None:
    report = shown(tmp_path, ("Anna", HIGH, 0, 9), ("Anna", LOW, 20, 29), ("Anna", T1, 0, 9), ("Anna", T1, 20, 29))
    assert report.view is not None
    assert report.view.rows == (("Pia", "low/high !", "·"),)
    assert any("WARNING" in note for note in report.notes)
    excerpts = parts_of(report)["one coder gave two levels at one moment"].table.rows
    assert [(row[3], row[5]) for row in excerpts] == [("low", "s 20-29"), ("high", "s 0-9")]


def test_two_coders_with_two_levels_disagree(tmp_path: Path) -> None:
    report = shown(tmp_path, ("Anna", HIGH, 0, 9), ("Anna", T1, 0, 9), ("Bram", LOW, 0, 9), ("Bram", T1, 0, 9))
    assert report.view is not None
    assert report.view.rows == (("Pia", "low/high ≠", "·"),)
    assert not any("WARNING" in note for note in report.notes)
    assert len(parts_of(report)["coders disagree"].table.rows) == 2


def test_who_refuses_is_outside_and_not_low(tmp_path: Path) -> None:
    report = shown(tmp_path, ("Anna", OUT, 0, 9), ("Anna", T1, 0, 9))
    assert [(row["place"], row["scale"]) for row in by_column(report)] == [(None, "outside")]
    assert report.view is not None
    assert report.view.rows == (("Pia", "(refusal)", "·"),)
    spread = parts_of(report)["cases at each level"].table.rows
    assert spread == (
        *(("low", 0, 0, 0), ("mid", 0, 0, 0), ("high", 0, 0, 0)),
        *(("(refusal)", 1, 0, 1), ("cases", 1, 0, 1)),
    )


def test_a_codebook_without_a_scale_says_so(tmp_path: Path) -> None:
    with make_study(tmp_path, Drawn(World({"s": SourceData("x" * 9)}, CODES), frozenset(CODES))) as study:
        report = report_function("spectrum")(study, Selection())
        assert report.table.rows == ()
        assert "ordinal" in report.lead[0]
