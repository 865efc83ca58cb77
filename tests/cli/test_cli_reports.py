"""Reports through the command line: shapes, forms, sameness, evidence, selections, and what writers take away."""

from __future__ import annotations

import csv
import io
import json
import shlex
from pathlib import Path
from typing import Any

import pytest
from cli_world import copy_study, done, fresh, qda

from qda.reports.dictionary import BY_REPORT
from qda.reports.registry import MOST_BY, NEED_BY, NEED_SOURCE
from qda.reports.registry import REPORTS as ALL_REPORTS

REPORTS = (
    *("frequency", "frequency --roll-up", "cooccurrence", "cooccurrence --long", "cooccurrence --within turn"),
    *(
        "cooccurrence --within 40 --pool",
        "cooccurrence --within 1t --follows",
        "spectrum",
        "quotes --by origin_country --code trust --per-case 1",
        "coverage --code trust",
        "codebook",
        "framework --by origin_country --code trust",
        "saturation --base 5 --run 3 --threshold 0.1 --orders 50 --seed 3",
        "timeline --per quarter",
        "portrait --source no_official --pieces 20",
        "timeline --code trust --moment timing",
        "cooccurrence --measure row",
        "comparison --by host_country",
    ),
    *("comparison --by person.origin_country --by host_country", "comparison --by timing --code agency_level"),
    *("excerpts --code timing", "agreement", "comparison --by host_country --cases 'country pair'"),
    *("crosstab --code timing --by location", "crosstab --code timing --by location --by code.actor --by host_country"),
)
FIRST = {
    "portrait": "source",
    "agreement": "stat",
    "spectrum": "family",
    "framework": "case",
    "coverage": "source",
    "saturation": "source",
}
TOP = ["report", "title", "unit", "columns", "rows", "evidence", "notes", "manifest"]


def report(study: Path, words: str, *more: str) -> dict[str, Any]:
    found: dict[str, Any] = done("report", *shlex.split(words), *more, "--format", "json", study=study).json
    return found


@pytest.mark.parametrize("words", REPORTS)
def test_each_report_has_its_shape_and_its_command_makes_it_anew(sample: Path, tmp_path: Path, words: str) -> None:
    found = report(sample, words)
    assert [key for key in found if key in TOP] == TOP
    assert found["report"] == words.split(maxsplit=1)[0]
    assert found["columns"][0] == FIRST.get(words.split(maxsplit=1)[0], "code")
    assert found["rows"]
    for row in found["rows"]:
        assert list(row) == found["columns"]
    assert found["evidence"] == {}
    assert {"state", "selection", "codebook_version", "tool", "command"} <= found["manifest"].keys()
    assert len(found["manifest"]["state"]) == 64
    command = shlex.split(found["manifest"]["command"])
    assert command[:2] == ["qda", "report"]
    assert done(*command[1:], "--format", "json", study=sample).json == found
    check_csv(sample, tmp_path, words, found)


def check_csv(sample: Path, tmp_path: Path, words: str, found: dict[str, Any]) -> None:
    """CSV is the table alone, with its meaning beside it."""
    result = done("report", *shlex.split(words), "--format", "csv", study=sample)
    rows = list(csv.reader(io.StringIO(result.out)))
    assert rows[0] == found["columns"]
    assert len(rows) == len(found["rows"]) + 1
    assert found["title"] in result.err
    for note in found["notes"]:
        assert note in result.err
    done("report", *shlex.split(words), "--format", "csv", "-o", tmp_path / "r.csv", study=sample)
    assert (tmp_path / "r.csv").read_text(encoding="utf-8") == result.out
    beside = json.loads((tmp_path / "r.csv-metadata.json").read_text(encoding="utf-8"))
    assert beside["manifest"] == found["manifest"]
    assert beside["notes"] == found["notes"]
    columns = beside["tableSchema"]["columns"]
    assert [column["titles"] for column in columns] == found["columns"]
    for column in columns:
        assert column["dc:description"], column
        values = [row[column["titles"]] for row in found["rows"]]
        wanted = {"integer": int, "number": int | float, "string": str}[column["datatype"]]
        assert all(value is None or isinstance(value, wanted) for value in values), column


@pytest.mark.parametrize("number", range(len(REPORTS)))
def test_the_same_study_gives_the_same_bytes_anywhere(
    sample: Path, tmp_path: Path, number: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each report as JSON, which has all of it, and in one form more in turn."""
    forms = ("json", ("table", "md", "csv")[number % 3])
    commands = [("report", *shlex.split(REPORTS[number]), "--format", form, "--evidence") for form in forms]
    first = [done(*words, study=sample, coder="Anna").out for words in commands]
    elsewhere = copy_study(sample, tmp_path / "quite another place")
    monkeypatch.setenv("TZ", "Asia/Tokyo")
    monkeypatch.setenv("USER", "zz-user")
    monkeypatch.chdir(elsewhere)
    assert [done(*words, coder="Zz-coder").out for words in commands] == first
    for word in (str(sample), str(tmp_path), "zz-user", "Zz-coder", "root@", ".db"):
        assert not [words for words, said in zip(commands, first, strict=True) if word in said]
    assert done(*commands[1], "-o", tmp_path / "r", coder=None).out == ""
    assert (tmp_path / "r").read_text(encoding="utf-8") == first[1]


def test_a_fresh_process_gives_the_same_bytes(sample: Path, tmp_path: Path) -> None:
    for words in ("report comparison --by host_country --evidence", "report cooccurrence --format json"):
        inside = done(*words.split(), study=sample)
        for seed in ("0", "1"):
            run = fresh("--study", sample, *words.split(), cwd=tmp_path, env={"PYTHONHASHSEED": seed})
            assert run.stdout.decode() == inside.out


def test_the_column_of_evidence_is_explained_too(sample: Path, tmp_path: Path) -> None:
    done("report", "frequency", "--evidence", "--format", "csv", "-o", tmp_path / "r.csv", study=sample)
    beside = json.loads((tmp_path / "r.csv-metadata.json").read_text(encoding="utf-8"))
    assert beside["tableSchema"]["columns"][-1]["titles"] == "evidence"


def test_the_list_of_commands_explains_every_column() -> None:
    page = (Path(__file__).parents[2] / "docs" / "commands.md").read_text(encoding="utf-8")
    for name, columns in BY_REPORT.items():
        part = page.partition(f"#### `qda report {name}`")[2].partition("\n### ")[0].partition("\n#### ")[0]
        for column in columns:
            assert f"`{column}`" in part, (name, column)


def test_columns_that_others_rely_on(sample: Path) -> None:
    counts = ["passages", "characters", "share", "sources", "persons", "cases", "coders"]
    found = report(sample, "frequency")["columns"]
    assert found[:8] == ["code", *counts]
    assert set(found[8:]) == {f"{name}_with_subcodes" for name in counts}
    found = report(sample, "cooccurrence")
    codes = [one["path"] for one in done("codes", "--format", "json", study=sample).json]
    assert found["columns"] == ["code", *codes]
    assert [row["code"] for row in found["rows"]] == codes
    assert report(sample, "cooccurrence --long")["columns"][:4] == ["code", "other", "count", "jaccard"]
    wanted = ["code", "value", "passages", "sources", "persons", "cases", "base", "share", "state"]
    assert report(sample, "comparison --by host_country")["columns"][:9] == wanted
    wanted.insert(2, "value2")
    assert report(sample, "comparison --by host_country --by actor")["columns"][:10] == wanted
    found = report(sample, "excerpts")["columns"]
    assert found[:11] == [
        "code", "text", "source", "start", "end", "turn", "speaker", "coder", "at", "memo", "id",
    ]  # fmt: skip
    assert {"source.host_country", "person.host_country", "actor", "origin_country"} <= set(found[11:])


def test_counts_are_numbers_always(sample: Path) -> None:
    for row in report(sample, "comparison --by host_country")["rows"]:
        for name in ("passages", "sources", "persons", "cases", "base"):
            assert type(row[name]) is int
        assert row["share"] is None or 0 <= row["share"] <= 1
        assert (row["share"] is None) == (row["base"] == 0)
        assert row["state"] in ("found", "unasked", "none found", "not yet coded", "not asked", "coverage unknown")


def test_evidence_is_the_codings_behind_each_figure(sample: Path) -> None:
    lines = [json.loads(line) for line in done("codings", "export", study=sample).out.splitlines()]
    ids = {line["id"]: line for line in lines}
    found = report(sample, "frequency", "--evidence")
    for row in found["rows"]:
        behind = found["evidence"].get(f"{row['code']}|passages", [])
        assert {ids[one]["code"] for one in behind} <= {row["code"]}
        assert len(behind) == sum(line["code"] == row["code"] for line in lines)
        assert (row["passages"] > 0) == bool(behind)
    found = report(sample, "cooccurrence", "--evidence")
    for row in found["rows"]:
        for other in found["columns"][1:]:
            behind = found["evidence"].get(f"{row['code']}|{other}", [])
            assert bool(behind) == bool(row[other]), (row["code"], other)
            assert {ids[one]["code"] for one in behind} <= {row["code"], other}
    found = report(sample, "comparison --by host_country", "--evidence")
    assert any(found["evidence"].values())
    assert {one for behind in found["evidence"].values() for one in behind} <= ids.keys()


def test_whose_codings_count_stands_in_the_title(sample: Path) -> None:
    assert "Anna, Bram" in report(sample, "frequency")["title"]
    title = report(sample, "frequency --coder Bram")["title"]
    assert "Bram" in title
    assert "Anna" not in title


def test_known_answers(tmp_path: Path) -> None:
    """The examples of the counting rules, through commands only."""
    done("init", tmp_path / "s")
    (tmp_path / "t.txt").write_text("x" * 300, encoding="utf-8")
    done("import", tmp_path / "t.txt", study=tmp_path / "s")
    for code in "AB":
        done("code", "add", code, study=tmp_path / "s")

    def counted(codings: list[tuple[str, str, int, int]], *options: str) -> tuple[int, int]:
        for coder, code, start, end in codings:
            done("codings", "add", "t", code, str(start), str(end), study=tmp_path / "s", coder=coder)
        found = {row["code"]: row for row in report(tmp_path / "s", "cooccurrence", *options)["rows"]}
        for coder, *_ in codings:
            done("undo", study=tmp_path / "s", coder=coder)
        assert found["A"]["B"] == found["B"]["A"]
        return found["A"]["B"], found["A"]["A"]

    for coders in (["Anna"], ["Anna", "Bram"], ["Anna", "Bram", "Cato"]):
        assert counted([(who, code, 0, 50) for who in coders for code in "AB"]) == (1, 1)
    apart = [("Anna", "A", 0, 50), ("Bram", "B", 0, 50)]
    assert counted(apart) == (0, 1)
    assert counted(apart, "--pool") == (1, 1)
    assert counted([("Anna", "A", 0, 100), ("Anna", "A", 100, 200), ("Anna", "B", 0, 200)]) == (2, 2)
    assert counted([("Anna", "A", 0, 100), ("Anna", "B", 100, 120)]) == (0, 1)


def test_report_all(study: Path, tmp_path: Path) -> None:
    told = done("report", "all", study=study).err
    assert "claims is left out: there are none yet" in told
    assert "joint is left out: no facts are entered" in told
    done("claims", "add", "Family decides.", study=study)
    done("facts", "add", "country=NL", "seats", "150", "--origin", "law", study=study)
    for form, ending in (("table", "txt"), ("json", "json")):
        result = done("report", "all", "--by", "country", "--format", form, "-o", tmp_path / form, study=study)
        assert result.out == ""
        for name in set(ALL_REPORTS) - {*NEED_SOURCE}:
            by = ("--by", "country") if name in MOST_BY else ()
            single = done("report", name, *by, "--format", form, study=study).out
            assert (tmp_path / form / f"{name}.{ending}").read_text(encoding="utf-8") == single
    result = done("report", "all", "-o", tmp_path / "four", study=study)
    assert all(f"{name} is left out" in result.err for name in (*NEED_BY, *NEED_SOURCE))
    assert len(list((tmp_path / "four").iterdir())) == len(ALL_REPORTS) - len((*NEED_BY, *NEED_SOURCE))
    result = done("report", "all", "--source", "alfa", "-o", tmp_path / "one", study=study)
    assert "portrait" not in result.err
    assert "from the first word to the last" in (tmp_path / "one" / "portrait.txt").read_text(encoding="utf-8")
    assert "Frequency of codes" in done("report", "all", study=study).out


def test_where_and_kinds_narrow(study: Path) -> None:
    assert {row["source"] for row in report(study, "excerpts --where country=NO")["rows"]} == {"beta", "gamma"}
    assert {row["source"] for row in report(study, "excerpts --kind notes")["rows"]} == {"gamma"}
    assert {row["source"] for row in report(study, "excerpts --source alfa --source beta")["rows"]} == {"alfa", "beta"}
    found = report(study, "frequency --code trust --roll-up")["rows"]
    assert found[0]["code"] == "trust"
    assert found[0]["passages"] == 5


def test_an_empty_study_has_reports(tmp_path: Path) -> None:
    done("init", tmp_path / "s")
    for name in ("frequency", "cooccurrence", "excerpts"):
        for form in ("table", "md", "csv", "json"):
            assert done("report", name, "--format", form, study=tmp_path / "s").out
        assert report(tmp_path / "s", name)["rows"] == []
    assert done("codings", "export", study=tmp_path / "s").out == ""
    assert done("export", "markdown", "-o", "-", study=tmp_path / "s").out
    assert done("check", study=tmp_path / "s").code == 0
    assert qda("report", "comparison", "--by", "country", study=tmp_path / "s").code == 1


@pytest.mark.parametrize(
    "words", ["report frequency", "report cooccurrence", "report excerpts", "export markdown -o -"]
)
def test_an_option_that_is_not_used_is_not_passed_over(study: Path, words: str) -> None:
    """Who asks for `--by contry` must not get a report that looks as if it were by something."""
    result = qda(*words.split(), "--by", "contry", study=study)
    assert (result.code, result.out) == (2, "")
    assert "'qda report comparison'" in result.err


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ("report excerpts --roll-up", "'qda report quotes' and 'qda report agreement'"),
        ("report cooccurrence --cases organisation", "cooccurrence --within case"),
        ("report cooccurrence --within turn --roles interviewer", "cooccurrence --within case"),
        ("codings export --roles interviewer", "--where"),
        ("codings export --by country", "comparison"),
        ("export markdown --roll-up -o -", "frequency"),
        ("report frequency --by-within turn", "--by"),
        ("report comparison --by country --by-within turn", "code"),
        ("report all --by country --by-within turn", "code"),
        ("report frequency --no-subcodes", "--code"),
        ("report frequency --layer consensus --coder Anna", "consensus"),
        ("codings export --layer consensus --coder Anna", "consensus"),
    ],
)
def test_options_that_mean_nothing_are_refused(study: Path, words: str, says: str) -> None:
    result = qda(*words.split(), study=study)
    assert (result.code, result.out) == (2, "")
    assert says in result.err


@pytest.mark.parametrize(
    "words",
    [
        "report cooccurrence --within case --cases organisation --roles respondent,interviewer",
        "report cooccurrence --where country=NL --roles interviewer",
        "report comparison --by trust --by-within turn",
        "report all --roll-up --cases organisation --roles interviewer",
        "report frequency --where country=(missing)",
        "report frequency --where person.age=41 --where kind=notes",
        "codings export --where country=NL",
    ],
)
def test_options_that_mean_something_are_taken(study: Path, words: str) -> None:
    done(*words.split(), study=study)


def test_each_of_all_reports_says_only_what_it_used(study: Path, tmp_path: Path) -> None:
    words = ("--by", "country", "--roll-up", "--cases", "organisation")
    done("report", "all", *words, "--format", "json", "-o", tmp_path / "all", study=study)
    for file in sorted((tmp_path / "all").iterdir()):
        made = json.loads(file.read_text(encoding="utf-8"))
        command = shlex.split(made["manifest"]["command"])
        assert ("--by" in command) == (file.stem in (*NEED_BY, "framework"))
        assert done(*command[1:], "--format", "json", study=study).json == made


@pytest.mark.parametrize(
    ("where", "says"),
    [
        ("country=Nl", "did you mean 'NL'"),
        ("country=Netherlands", "the values of country are NL, NO"),
        ("person.age=NL", "41"),
        ("kind=letter", "notes, transcript"),
        ("contry=NL", "did you mean 'country'"),
    ],
)
@pytest.mark.parametrize("words", ["report frequency", "report comparison --by country", "codings export"])
def test_a_value_that_nobody_has_is_refused(study: Path, words: str, where: str, says: str) -> None:
    result = qda(*words.split(), "--where", where, study=study)
    assert (result.code, result.out) == (1, "")
    assert says in result.err


def test_jaccard_is_explained_where_it_stands(study: Path) -> None:
    assert "Jaccard" not in done("report", "cooccurrence", study=study).out
    assert "Jaccard" in done("report", "cooccurrence", "--long", study=study).out
    assert "Jaccard" not in done("report", "cooccurrence", "--long", "--within", "turn", study=study).out


def test_no_report_moves_the_cursor_of_a_terminal(study: Path, tmp_path: Path) -> None:
    (tmp_path / "esc.txt").write_text("I: \x1b[31mRed\x1b[0m and \x07 bell.\n", encoding="utf-8")
    done("import", tmp_path / "esc.txt", study=study)
    done("codings", "add", "esc", "place", "0", "20", study=study)
    for words in ("report excerpts", "report excerpts --format md", "search Red", "search Red --format md"):
        shown = done(*words.split(), study=study).out
        assert "Red" in shown
        assert not {"\x1b", "\x07"} & set(shown)


def test_signs_that_nobody_sees_are_proven_too(study: Path, tmp_path: Path) -> None:
    text = "I: \x1b[31mRed\x1b[0m and \x07 bell,\x0b a tab\x1c and \x9b31m.\x85\n"
    (tmp_path / "esc.txt").write_text(text, encoding="utf-8", newline="")
    done("import", tmp_path / "esc.txt", study=study)
    done("codings", "add", "esc", "place", "0", str(len(text) - 1), study=study)
    written = done("export", "markdown", "-o", "-", study=study).out
    assert all(sign.isprintable() or sign == "\n" for sign in written)
    done("export", "markdown", study=study)
    assert "11 quotes verbatim" in done("check", study=study).err
    for words in ("report excerpts", "report excerpts --format md"):
        assert all(sign.isprintable() or sign == "\n" for sign in done(*words.split(), study=study).out)


# --- what writers take away --------------------------------------------------------------------------------


@pytest.mark.parametrize("words", ["", "--group source", "--group source --code trust --coder Anna --no-subcodes"])
def test_excerpts_say_the_command_that_makes_them(study: Path, words: str) -> None:
    text = done("export", "markdown", *words.split(), "-o", "-", study=study).out
    command = next(line for line in text.splitlines() if line.startswith("- Command: `")).split("`")[1]
    assert command.startswith("qda export markdown")
    assert done(*shlex.split(command)[1:], "-o", "-", study=study).out == text


def test_markdown_goes_into_the_studys_exports(study: Path) -> None:
    result = done("export", "markdown", study=study)
    assert result.out == ""
    file = study / "exports" / "excerpts.md"
    assert "10 excerpts" in result.err
    assert file.read_text(encoding="utf-8") == done("export", "markdown", "-o", "-", study=study).out
    assert "10 quotes verbatim" in done("check", study=study).err
    file.write_text(file.read_text(encoding="utf-8").replace("My brother.", "My mother."), encoding="utf-8")
    result = qda("check", study=study)
    assert result.code == 1
    assert "exports/excerpts.md:" in result.out


@pytest.mark.parametrize("group", ["code", "source"])
def test_markdown_survives_a_formatter(study: Path, group: str) -> None:
    """Line ends of another system, spaces at the end of lines, and the writer's own words do no harm."""
    file = study / "exports" / "mine.md"
    done("export", "markdown", "--group", group, "-o", file, study=study)
    text = file.read_text(encoding="utf-8")
    mine = "# My chapter\n\n> A quotation of a book.\n\n" + text + "\nThe end — characters of a play.\n"
    file.write_bytes(mine.replace("\n", "\r\n").encode("utf-8-sig"))
    assert "10 quotes verbatim" in done("check", study=study).err


def test_tables_of_everything(study: Path, tmp_path: Path) -> None:
    done("export", "tables", "--raw", "-o", tmp_path / "tables", study=study)
    names = {file.name for file in (tmp_path / "tables").iterdir()}
    assert {"source.csv", "code.csv", "coding.csv", "coder.csv", "person.csv"} <= names
    rows = list(csv.DictReader((tmp_path / "tables" / "coding.csv").open(encoding="utf-8")))
    assert len(rows) == 10
