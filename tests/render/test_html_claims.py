"""Claims in a page and a workbook: quotations and footnotes lead to each other; readers outside see no places."""

from __future__ import annotations

import re
import shutil
from typing import TYPE_CHECKING

import pytest
from python_calamine import load_workbook

from qda.cli.main import main
from qda.render import quotations

if TYPE_CHECKING:
    from pathlib import Path

TALK = "nigerian_returnee"


@pytest.fixture
def claimed(sample: Path, tmp_path: Path) -> Path:
    """The sample study with one claim for and against which words are cited, one of them translated."""
    study = tmp_path / "study"
    shutil.copytree(sample, study)
    for words in (
        *[("remove", "1")] * 3,  # those of the sample
        ("add", "Family & friends decide", "--scope", "code agency_level"),
        ("cite", "1", TALK, "--quote", "Nobody pushed me"),
        ("cite", "1", TALK, "3763", "3778", "--against", "--translated", "<Mijn> moeder.", "--by", "Ingrid"),
    ):
        assert main(["--study", str(study), "--coder", "Anna", "claims", *words]) == 0
    return study


def page(study: Path, *words: str) -> str:
    file = study / "page.html"
    assert main(["--study", str(study), "report", "claims", *words, "--format", "html", "-o", str(file)]) == 0
    return file.read_text(encoding="utf-8")


def test_quotations_and_footnotes_lead_to_each_other(claimed: Path) -> None:
    text = page(claimed)
    assert {"r0-p0", "r0-q1", "r0-n1", "r0-q2", "r0-n2"} <= set(re.findall(r'id="([^"]+)"', text))
    links = re.findall(r'href="#(r0-[pqn]\d+)"', text)
    assert set(links) <= set(re.findall(r'id="([^"]+)"', text))
    assert links.count("r0-n2") == links.count("r0-q2") == 1
    assert "&lt;Mijn&gt; moeder.<sup" in text
    assert "Translated by Ingrid; the original:" in text
    assert 'data-e="0"' in text  # what is not cited opens its excerpts
    assert "are in the study no more" not in text


def test_readers_outside_see_no_source(claimed: Path) -> None:
    assert TALK in page(claimed)
    assert TALK not in page(claimed, "--public")
    assert "Nobody pushed me" in page(claimed, "--public")


def test_what_is_cited_is_shown_and_of_the_rest_not_more_than_can_be_read(
    claimed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = page(claimed)
    monkeypatch.setattr(quotations, "MOST", 1)
    text = page(claimed)
    figures = '<figure class="quote">'
    uncited = whole.count(figures) - 2
    assert text.count(figures) == 3
    assert f"<p>And {uncited - 1} more: the figure in the table opens all of them" in text


def test_a_workbook_has_the_quotations_and_only_codings_as_evidence(claimed: Path) -> None:
    file = claimed / "claims.xlsx"
    assert main(["--study", str(claimed), "report", "claims", "--format", "xlsx", "-o", str(file)]) == 0
    book = load_workbook(str(file))
    shown = [str(row[0]) for row in book.get_sheet_by_name("claims").to_python()]
    assert "  <Mijn> moeder. [2]" in shown
    assert f"    [1] Interview with respondent, 7 October 2024 [Grace; {TALK}, turn 47, 3780-3796]" in shown
    cells = {row[0] for row in book.get_sheet_by_name("claims evidence").to_python()[1:]}
    assert cells == {"1|uncited"}
