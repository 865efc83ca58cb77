"""Lists of quotations: tables as three tools write them, found again in the texts, by the command itself."""

from __future__ import annotations

import re
import zipfile
from contextlib import closing
from pathlib import Path
from xml.sax.saxutils import escape

import pytest
from tools_world import Truth, codings

from qda.cli.main import main
from qda.store import Study

TEXT = "Ann: we trust them.\nBob: I said \u201cno\u201d to \U0001f6a2 ships,\nand they trust us.\n"
TRUST, NO, SHIPS = (8, 13), (32, 36), (40, 48)


@pytest.fixture
def place(study: Study, tmp_path: Path) -> str:
    """The file of a study with two texts."""
    file = str(study.database.file)
    study.close()
    for name in ("Talk one", "two"):
        (tmp_path / f"{name}.txt").write_text(TEXT, encoding="utf-8")
        assert main(["--study", file, "import", str(tmp_path / f"{name}.txt"), "--speakers", "no", *again(name)]) == 0
    return file


def again(name: str) -> list[str]:
    return ["--again", "--name", name] if name == "two" else []


def found(place: str) -> list[Truth]:
    with closing(Study.open(Path(place))) as study:
        return codings(study)


def workbook(path: Path, rows: list[list[str]]) -> Path:
    """A workbook with strings that are shared, strings of their own, and cells that are left out."""
    shared: list[str] = []
    lines = []
    for number, row in enumerate(rows, 1):
        cells = []
        for column, value in enumerate(row):
            place = f"{chr(65 + column)}{number}"
            if value and column % 2:
                cells.append(f'<c r="{place}" t="inlineStr"><is><t>{escape(value)}</t></is></c>')
            elif value:
                shared.append(f"<si><r><t>{escape(value[:2])}</t></r><r><t>{escape(value[2:])}</t></r></si>")
                cells.append(f'<c r="{place}" t="s"><v>{len(shared) - 1}</v></c>')
        lines.append(f'<row r="{number}">{"".join(cells)}</row>')
    space = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("xl/workbook.xml", f"<workbook {space}/>")
        archive.writestr("xl/sharedStrings.xml", f"<sst {space}>{''.join(shared)}</sst>")
        archive.writestr(
            "xl/worksheets/sheet1.xml", f"<worksheet {space}><sheetData>{''.join(lines)}</sheetData></worksheet>"
        )
    return path


def test_a_list_of_atlas(place: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = [
        ["Report of the project"],
        [],
        ["ID", "Document", "Quotation Content", "Comment", "Codes", "Reference", "Created by"],
        ["1:1", "1: Talk one", "trust", "why?", "belief\nfirm", "1 - 1", "Ann"],
        ["1:2", "1: Talk one", "trust", "", "belief", "3 - 3", "Ann"],
        ["1:3", "1: Talk one", 'said "NO" to', "", "no; odd", "2 - 2", "Bob"],
        ["1:4", "1: Talk one", "never said", "", "belief", "2 - 2", "Bob"],
        ["2:1", "2: lost.docx", "trust", "", "belief", "1 - 1", "Bob"],
    ]
    assert main(["--study", place, "import", str(workbook(tmp_path / "q.xlsx", rows))]) == 0
    said = capsys.readouterr().err
    assert "1 quotation whose words are not in the source" in said
    assert "'lost.docx'" in said or "lost.docx" in said
    last = TEXT.index("trust us")
    no = TEXT.index("said \u201cno\u201d to")
    assert found(place) == [
        Truth("Talk one", "belief", "Ann", *TRUST, "trust"),
        Truth("Talk one", "belief", "Ann", last, last + 5, "trust"),
        Truth("Talk one", "firm", "Ann", *TRUST, "trust"),
        Truth("Talk one", "no", "Bob", no, no + 12, "said \u201cno\u201d to"),
        Truth("Talk one", "odd", "Bob", no, no + 12, "said \u201cno\u201d to"),
    ]


def test_a_list_of_maxqda(place: str, tmp_path: Path) -> None:
    path = tmp_path / "coded segments.csv"
    path.write_text(
        "Document group;Document name;Code;Beginning;End;Segment;Created by\n"
        "all;two;Life > Trust;3;3;trust;Ann\n"
        "all;two;Life\\Sea;2;2;\U0001f6a2 ships;Bob\n",
        encoding="utf-8-sig",
    )
    assert main(["--study", place, "import", str(path)]) == 0
    last = TEXT.index("trust us")
    assert found(place) == [
        Truth("two", "Life/Sea", "Bob", TEXT.index("\U0001f6a2"), TEXT.index("\U0001f6a2") + 7, "\U0001f6a2 ships"),
        Truth("two", "Life/Trust", "Ann", last, last + 5, "trust"),
    ]


def test_a_list_of_dedoose(place: str, tmp_path: Path) -> None:
    last = TEXT.index("trust us")
    path = tmp_path / "excerpts.csv"
    path.write_text(
        "Media Title,Excerpt Creator,Excerpt Range,Excerpt Copy,Codes Applied Combined,Code: Sea Applied,"
        "Code: Trust Applied\n"
        f'two.txt,ann,{last + 1}-{last + 6},trust,"Trust, Sea",True,True\n'
        "two.txt,bob,8-13,trust,Trust,False,True\n"
    )
    assert main(["--study", place, "import", str(path)]) == 0
    assert found(place) == [
        Truth("two", "Sea", "ann", last, last + 5, "trust"),
        Truth("two", "Trust", "ann", last, last + 5, "trust"),
        Truth("two", "Trust", "bob", *TRUST, "trust"),
    ]


def test_columns_can_be_told_and_what_stands_twice_is_taken_in_order(
    place: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "mine.csv"
    path.write_text("wer,wo,was,kode\nAnn,two,trust,T\nAnn,two,trust,T\nBob,two,trust,T\n")
    told = ["--column", "document=wo", "--column", "text=was", "--column", "code=Kode", "--column", "coder=wer"]
    assert main(["--study", place, "import", str(path), *told, "--dry-run"]) == 0
    assert found(place) == []
    assert main(["--study", place, "import", str(path), *told]) == 0
    assert "3 quotations whose words stand several times" in capsys.readouterr().err
    last = TEXT.index("trust us")
    assert [(one.coder, one.start) for one in found(place)] == [("Ann", TRUST[0]), ("Ann", last), ("Bob", TRUST[0])]


def test_a_table_whose_columns_are_not_known_or_not_there_is_refused(
    place: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "mine.csv"
    path.write_text("wer,wo,was\nAnn,two,trust\n")
    assert main(["--study", place, "import", str(path), "--column", "document=wo"]) == 1
    assert "it is no list of quotations" in capsys.readouterr().err
    assert main(["--study", place, "import", str(path), "--column", "document=nowhere"]) == 1
    assert "the table has no column 'nowhere'; it has wer, wo, was" in capsys.readouterr().err
    assert main(["--study", place, "import", str(path), "--column", "where=wo"]) == 2
    assert found(place) == []


def test_every_sheet_that_is_a_list_comes_in_and_others_are_said(
    place: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    header = ["Document", "Quotation Content", "Codes"]
    sheets = [
        workbook(tmp_path / f"{number}.xlsx", rows)
        for number, rows in enumerate(
            (
                [["Codes", "Comment"], ["a", "b"]],
                [header, ["Talk one", "trust", "one"]],
                [header, ["Talk one", "said", "two"]],
            )
        )
    ]
    # Strings are put into the cells themselves, for each sheet has its own list of them here.
    with zipfile.ZipFile(tmp_path / "all.xlsx", "w") as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
        for number, file in enumerate(sheets, 1):
            with zipfile.ZipFile(file) as one:
                shared = re.findall("<si>(.*?)</si>", one.read("xl/sharedStrings.xml").decode())
                data = one.read("xl/worksheets/sheet1.xml").decode()
            cells = r't="s"><v>(\d+)</v>'
            data = re.sub(cells, lambda cell: f't="inlineStr"><is>{shared[int(cell[1])]}</is>', data)  # noqa: B023
            archive.writestr(f"xl/worksheets/sheet{number}.xml", data)
    assert main(["--study", place, "import", str(tmp_path / "all.xlsx")]) == 0
    assert "sheet 1: no list of quotations, left out" in capsys.readouterr().err
    assert [(one.code, one.text) for one in found(place)] == [("one", "trust"), ("two", "said")]


def test_damaged_workbooks_are_refused_in_a_sentence(
    place: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    header = ["Document", "Quotation Content", "Codes"]
    good = workbook(tmp_path / "q.xlsx", [header, ["two", "trust", "x"]]).read_bytes()
    bad = tmp_path / "bad.xlsx"
    for cut in range(50, len(good), 97):
        bad.write_bytes(good[:cut])
        assert main(["--study", place, "import", str(bad), "--column", "code=Codes"]) == 1
        assert "Traceback" not in capsys.readouterr().err
    assert found(place) == []
