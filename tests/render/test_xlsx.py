"""Reports as a workbook, read by another program: figures, the links to their evidence, words that are no formula."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET
from zipfile import ZipFile

import pytest
from python_calamine import CalamineWorkbook

from qda.cli.main import main

if TYPE_CHECKING:
    from pathlib import Path

OF = ("--code", "agency_level", "--code", "actor")
MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def made(sample: Path, file: Path, *words: str) -> Path:
    assert main(["--study", str(sample), "--coder", "Anna", *words, "-o", str(file)]) == 0
    return file


def told(sample: Path, capsys: pytest.CaptureFixture[str], *words: str) -> dict[str, object]:
    capsys.readouterr()
    assert main(["--study", str(sample), "--coder", "Anna", *words, "--format", "json"]) == 0
    return json.loads(capsys.readouterr().out)


def links(file: Path, sheet: int) -> dict[str, str]:
    """What the cells of a sheet lead to."""
    with ZipFile(file) as packed:
        tree = ET.fromstring(packed.read(f"xl/worksheets/sheet{sheet}.xml"))
    return {one.attrib["ref"]: one.attrib["location"] for one in tree.iter(f"{MAIN}hyperlink")}


def block(rows: list[list[object]], first: int) -> list[list[object]]:
    """The rows of evidence from a row of the sheet on that are about the same cell."""
    name = rows[first - 1][0]
    found = []
    for row in rows[first - 1 :]:
        if row[0] != name:
            break
        found.append(row)
    return found


def test_every_figure_leads_to_its_codings(sample: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = made(sample, tmp_path / "figures.xlsx", "report", "frequency", *OF)
    found = told(sample, capsys, "report", "frequency", *OF, "--evidence")
    words = {row["id"]: row["text"] for row in told(sample, capsys, "report", "excerpts", *OF)["rows"]}
    book = CalamineWorkbook.from_path(str(file))
    assert book.sheet_names == ["frequency", "frequency data", "frequency evidence", "frequency columns"]
    shown = book.get_sheet_by_name("frequency").to_python()
    evidence = book.get_sheet_by_name("frequency evidence").to_python()
    places = links(file, 1)
    head = next(number for number, row in enumerate(shown) if row[0] == "code")
    opened = 0
    for number, row in enumerate(shown[head + 1 :], start=head + 2):
        for column, at in (("passages", shown[head].index("passages")),):
            there = found["evidence"].get(f"{row[0]}|{column}", [])
            if not there:
                continue
            first = int(re.fullmatch(r"'frequency evidence'!A(\d+)", places[f"{'ABCDEFGH'[at]}{number}"])[1])
            behind = block(evidence, first)
            assert {str(one[8]): one[7] for one in behind} == {uid: words[uid] for uid in there}
            opened += 1
    assert opened > 10


def test_of_too_much_evidence_each_cell_has_the_first(
    sample: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = made(sample, tmp_path / "whole.xlsx", "report", "frequency", *OF)
    monkeypatch.setattr("qda.render.xlsx.workbook._MOST_EVIDENCE", 5)
    file = made(sample, tmp_path / "cut.xlsx", "report", "frequency", *OF)
    every, shown = (
        CalamineWorkbook.from_path(str(one)).get_sheet_by_name("frequency evidence").to_python()
        for one in (whole, file)
    )
    found = {row[0]: sum(other[0] == row[0] for other in every) for row in every}
    long = {name: number for name, number in found.items() if number > 10}
    assert long
    for name in found:
        all_of_it = [row for row in every if row[0] == name]
        assert [row for row in shown if row[0] == name] == all_of_it[:10], name
    sheet = CalamineWorkbook.from_path(str(file)).get_sheet_by_name("frequency").to_python()
    says = [row[0] for row in sheet if "left out for length" in str(row[0])]
    assert says == [
        f"{sum(long.values()) - 10 * len(long)} rows of evidence left out for length; CSV and JSON have all."
    ]
    for place, where in links(file, 1).items():
        assert shown[int(re.sub(r".*!A", "", where)) - 1][0], place


def test_figures_are_numbers_in_full(sample: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = made(sample, tmp_path / "figures.xlsx", "report", "frequency", *OF)
    found = told(sample, capsys, "report", "frequency", *OF)
    columns, *rows = CalamineWorkbook.from_path(str(file)).get_sheet_by_name("frequency data").to_python()
    assert columns == list(found["rows"][0])
    for row, expected in zip(rows, found["rows"], strict=True):
        assert row[0] == expected["code"]
        assert row[1:] == pytest.approx(list(expected.values())[1:], rel=1e-14)  # a file has 16 digits of a figure


def test_equal_reports_are_equal_files(sample: Path, tmp_path: Path) -> None:
    words = ("report", "frequency", *OF)
    one, two = made(sample, tmp_path / "one.xlsx", *words), made(sample, tmp_path / "two.xlsx", *words)
    assert one.read_bytes() == two.read_bytes()


def test_a_book_has_a_sheet_for_each_report(sample: Path, tmp_path: Path) -> None:
    one = made(sample, tmp_path / "book.xlsx", "report", "all", "--code", "actor/iom", "--by", "host_country")
    names = CalamineWorkbook.from_path(str(one)).sheet_names
    assert names[:2] == ["contents", "frequency"]
    assert {"cooccurrence", "comparison", "excerpts", "agreement"} < set(names)
    targets = {location.split("!")[0].strip("'") for location in links(one, 1).values()}
    assert targets < set(names)


def test_words_are_no_formula(sample: Path, tmp_path: Path) -> None:
    from qda.cli.demo import make_sample

    folder = tmp_path / "own"
    make_sample(folder)
    code = "=HYPERLINK(1)"
    assert main(["--study", str(folder), "code", "add", code, "--definition", "+1"]) == 0
    assert main(["--study", str(folder), "codings", "add", "no_official", code, "100", "190"]) == 0
    file = made(folder, tmp_path / "formula.xlsx", "report", "frequency", "--code", code, "--coder", "Anna")
    with ZipFile(file) as packed:
        assert not [name for name in packed.namelist() if b"<f>" in packed.read(name)]
    rows = CalamineWorkbook.from_path(str(file)).get_sheet_by_name("frequency data").to_python()
    assert rows[1][0] == code


def test_a_terminal_is_shown_no_workbook(sample: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--study", str(sample), "report", "frequency", "--format", "xlsx"]) == 2
    said = capsys.readouterr()
    assert (said.out, said.err) == ("", "qda: a terminal cannot show xlsx; name a file for it with -o FILE.xlsx\n")
