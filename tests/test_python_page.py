"""The page on Python does what it shows, and reports in Python are those of the commands."""

from __future__ import annotations

import doctest
import inspect
import json
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd
import pytest

import qda
from qda.cli.demo import make_sample
from qda.cli.main import main
from qda.errors import QdaError, StudyError, UsageError
from qda.reports.registry import NEED_BY, REPORTS

if TYPE_CHECKING:
    from qda.notebook import OpenStudy

PAGE = Path(__file__).parents[1] / "docs" / "python.md"
TRUST = "trust/distrust"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample study as `returns`; only to be read."""
    place = tmp_path_factory.mktemp("python") / "returns"
    make_sample(place)
    return place


@pytest.fixture(scope="module")
def study(folder: Path) -> OpenStudy:
    return qda.open_study(folder, coder="Anna")


def test_the_page_does_what_it_shows(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder.parent)
    shown = doctest.DocTestParser().get_doctest(
        "\n".join(part.partition("\n```")[0] for part in PAGE.read_text(encoding="utf-8").split("```pycon\n")[1:]),
        {}, PAGE.name, str(PAGE), 0,
    )  # fmt: skip
    assert len(shown.examples) > 20
    said: list[str] = []
    found = doctest.DocTestRunner(optionflags=doctest.NORMALIZE_WHITESPACE).run(shown, out=said.append)
    assert found.failed == 0, "".join(said)


def test_reports_are_those_of_the_commands(
    folder: Path, study: OpenStudy, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    """Rows, and behind them the same codings, once each, as the words of the study have them."""
    for name in sorted(set(REPORTS) - {"agreement"}):
        by = {"by": "host_country"} if name in NEED_BY else {}
        words = ["--study", str(folder), "--coder", "Anna", "report", name, "--evidence", "--format", "json"]
        capsys.readouterr()
        assert main([*words, *(f"--{one}={value}" for one, value in by.items())]) == 0
        wanted = json.loads(capsys.readouterr().out)
        report = study.report(name, **by)
        frame = report.to_pandas()
        assert list(frame.columns) == wanted["columns"]
        rows = [[None if pd.isna(cell) else cell for cell in row] for row in frame.astype(object).to_numpy().tolist()]
        assert rows == [list(row.values()) for row in wanted["rows"]]
        assert frame.attrs["notes"] == wanted["notes"]
        assert report.manifest["command"] == wanted["manifest"]["command"]
        key = "citation_id" if name == "claims" else "id"
        ids = {one for behind in wanted["evidence"].values() for one in behind}
        found = report.evidence()
        assert found[key].is_unique or name == "claims"
        assert set(found[key]) <= ids
        assert name == "claims" or set(found["id"]) == ids
        assert report.title.partition(":")[0] in report._repr_html_()


def test_the_codings_behind_a_cell(study: OpenStudy) -> None:
    compared = study.report("comparison", by="host_country")
    behind = compared.made.evidence().codings[f"{TRUST}|NL"]
    number = next(n for n, row in enumerate(compared.made.table.rows) if row[:2] == (TRUST, "NL"))
    for cell in ((TRUST, "NL"), (TRUST, "NL", "passages"), (TRUST, "NL", "cases"), (number, "base")):
        found = compared.evidence(*cell)
        assert sorted(found["id"]) == sorted(behind), cell
        for row in found.itertuples():
            assert study.sources.text(study.sources.get(row.source).key)[row.start : row.end] == row.text
    assert compared.evidence("trust", "NL", "passages").empty
    below = study.report("frequency").evidence("trust", "characters_with_subcodes")
    assert set(below["code"]) == {TRUST, "trust/trust", "trust/role_confusion"}
    counted = study.report("agreement", code=TRUST, coder=["Anna", "Bram"])
    assert set(counted.evidence()["coder"]) <= {"Anna", "Bram"}
    assert "Sources" in counted.parts()


def test_what_cannot_be_is_said_in_a_sentence(study: OpenStudy, folder: Path, tmp_path: Path) -> None:
    for asked, says in (
        ({"name": "nothing"}, "reports are frequency"),
        ({"name": "frequency", "bye": 1}, "takes no 'bye'"),
        ({"name": "frequency", "by": "host_country"}, "has no use for --by"),
        ({"name": "frequency", "where": {"host_country": "XX"}}, "the values of host_country are NL, NO"),
    ):
        with pytest.raises(QdaError, match=says):
            study.report(**asked)
    report = study.report("frequency", code="trust")
    for cell in (("nothing", "passages"), ("trust", "nothing"), ("trust",), (99,)):
        with pytest.raises(QdaError, match=r"the report has no (cell|row)"):
            report.evidence(*cell)
    with pytest.raises(UsageError, match="in which form"):
        report.save(tmp_path / "r.doc")
    assert list(tmp_path.iterdir()) == []
    before = (folder / "study.db").read_bytes()
    with pytest.raises(StudyError, match="only for reading"):
        study.codebook.add("more")
    assert (folder / "study.db").read_bytes() == before
    with pytest.raises(AttributeError, match="no report"):
        _ = study.reports.nothing


def test_reports_are_offered_and_explained(study: OpenStudy) -> None:
    assert dir(study.reports) == sorted(REPORTS)
    assert {"by", "test", "where"} <= set(inspect.signature(study.reports.comparison).parameters)
    assert "compare by this attribute" in str(study.reports.comparison.__doc__)
    found = study.reports.frequency(code=["trust"], coder=["Anna", "Bram"], roles=["respondent"], roll_up=True)
    assert found.manifest["selection"]["coders"] == ["Anna", "Bram"]
    assert "excerpts" in repr(study.reports)


def test_names_are_no_mark_up(tmp_path: Path) -> None:
    from qda.store import Study

    with Study.create(tmp_path / "s", coder="Anna") as made:
        made.codebook.add("<script>")
    with qda.open_study(tmp_path / "s", coder="Anna") as study:
        shown = study.report("frequency")._repr_html_()
        assert "<script>" not in shown
        assert "&lt;script&gt;" in shown
    with qda.open_study(tmp_path / "s", coder="Anna", write=True) as study:
        study.codebook.add("more")
        assert len(study.report("codebook").to_pandas()) == 2


@pytest.mark.parametrize("ending", ["html", "xlsx", "md", "csv", "json", "txt"])
def test_a_report_is_written_as_the_command_writes_it(
    study: OpenStudy, folder: Path, tmp_path: Path, ending: str
) -> None:
    made = study.report("frequency", code="trust").save(tmp_path / f"one.{ending}")
    form = "table" if ending == "txt" else ending
    words = ["--study", str(folder), "--coder", "Anna", "report", "frequency", "--code", "trust", "--format", form]
    assert main([*words, "-o", str(tmp_path / f"two.{ending}")]) == 0
    assert made.read_bytes() == (tmp_path / f"two.{ending}").read_bytes()
