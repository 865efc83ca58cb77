"""How every command is called: help, exit status, the study, who works, forms, and where results go."""

from __future__ import annotations

import csv
import io
import json
import re
from typing import TYPE_CHECKING

import pytest
from cli_world import ALFA, check_sentence, done, everything, fresh, qda

from qda.cli.main import COMMANDS

if TYPE_CHECKING:
    from pathlib import Path

LISTS = (
    *("sources", "codes", "coders", "persons", "cases", "memos", "attributes", "progress", "coverage", "not-data"),
    *("history", "settings", "codebook history", "claims"),
)


# --- help --------------------------------------------------------------------------------------------------


def test_alone_without_a_terminal_is_help_and_wrong_usage(tmp_path: Path) -> None:
    result = qda(coder=None)
    assert (result.code, result.out) == (2, "")
    assert all(command in result.err for command in COMMANDS)
    run = fresh(cwd=tmp_path)
    assert (run.returncode, run.stdout, run.stderr.decode()) == (2, b"", result.err)


def test_help_and_version() -> None:
    shown = done("--help", coder=None)
    assert shown.err == ""
    assert all(command in shown.out for command in COMMANDS)
    version = done("--version", coder=None)
    assert re.fullmatch(r"qda \d+\.\d+\.\d+\S*\n", version.out)
    assert version.err == ""
    assert done("-h", coder=None).out == shown.out


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_explains_itself_without_a_study(command: str, tmp_path: Path) -> None:
    result = done(command, "--help", coder=None)
    assert result.out.startswith(f"usage: qda {command}")
    assert result.err == ""
    assert list(tmp_path.iterdir()) == []


# --- the study ---------------------------------------------------------------------------------------------


def test_the_study_is_a_folder_a_file_or_the_nearest_above(study: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    wanted = done("sources", study=study).out
    assert done("sources", study=study / "study.db").out == wanted
    deep = study / "transcripts" / "a" / "b"
    deep.mkdir(parents=True)
    monkeypatch.chdir(deep)
    assert done("sources").out == wanted
    done("init", deep / "own")
    assert done("sources", study=deep / "own").out != wanted
    monkeypatch.chdir(deep / "own")
    assert done("sources").out != wanted


def test_the_study_may_stand_behind_an_equals_sign(study: Path) -> None:
    assert done(f"--study={study}", "--coder=Bram", "sources", coder=None).out == done("sources", study=study).out


def test_init_makes_a_study_with_its_folders(tmp_path: Path) -> None:
    result = done("init", tmp_path / "new")
    assert result.out == ""
    assert sorted(file.name for file in (tmp_path / "new").iterdir()) == [
        "codebooks", "exports", "study.db", "transcripts",
    ]  # fmt: skip
    assert (tmp_path / "new" / "study.db").stat().st_mode & 0o777 == 0o600
    assert qda("init", tmp_path / "new").code == 1
    assert done("sources", "--format", "json", study=tmp_path / "new").json == []


def test_init_works_here_or_where_study_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    done("init", study=tmp_path / "there")
    assert (tmp_path / "there" / "study.db").is_file()
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    done("init")
    assert (tmp_path / "here" / "study.db").is_file()


# --- who works ---------------------------------------------------------------------------------------------


def last_coder(study: Path) -> str:
    return str(done("history", "--format", "json", study=study).json[0]["coder"])


def test_who_works_is_named_before_the_command(study: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QDA_CODER", "Env")
    done("code", "add", "a", study=study, coder="Bram")
    assert last_coder(study) == "Bram"


def test_who_works_stands_in_the_environment_then_in_the_study_then_with_the_machine(
    study: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    done("settings", "coder", "Set", study=study)
    monkeypatch.setenv("QDA_CODER", "Env")
    done("code", "add", "a", study=study, coder=None)
    assert last_coder(study) == "Env"
    monkeypatch.delenv("QDA_CODER")
    done("code", "add", "b", study=study, coder=None)
    assert last_coder(study) == "Set"
    done("settings", "coder", "", study=study)
    for name in ("LOGNAME", "USER", "LNAME", "USERNAME"):
        monkeypatch.setenv(name, "machine")
    done("code", "add", "c", study=study, coder=None)
    assert last_coder(study) == "machine"


def test_who_works_in_a_new_study(tmp_path: Path) -> None:
    done("init", tmp_path / "new", coder="Noor")
    done("code", "add", "a", study=tmp_path / "new", coder=None)
    assert last_coder(tmp_path / "new") == "Noor"


def test_the_coder_after_a_report_selects_and_the_one_before_works(study: Path) -> None:
    everybody = done("report", "excerpts", "--format", "json", study=study, coder="Anna").json
    assert {row["coder"] for row in everybody["rows"]} == {"Anna", "Bram"}
    assert "Anna, Bram" in everybody["title"]
    for who in ("Anna", "Bram", "Newcomer"):
        chosen = done("report", "excerpts", "--coder", "Bram", "--format", "json", study=study, coder=who).json
        assert {row["coder"] for row in chosen["rows"]} == {"Bram"}
        assert "Anna" not in chosen["title"]
        assert done("report", "excerpts", "--format", "json", study=study, coder=who).json == everybody
        lines = done("codings", "export", "--coder", "Bram", study=study, coder=who).out.splitlines()
        assert {json.loads(line)["coder"] for line in lines} == {"Bram"}
        written = done("export", "markdown", "-o", "-", "--coder", "Bram", study=study, coder=who).out
        assert "coder: Anna" not in written
    both = done("report", "excerpts", "--coder", "Bram", "--coder", "Anna", "--format", "json", study=study).json
    assert both["rows"] == everybody["rows"]


def test_the_coder_after_search_selects_as_everywhere(study: Path) -> None:
    for who in ("Anna", "Newcomer"):
        found = done("search", "trust", "--coder", "Bram", "--format", "json", study=study, coder=who).json
        assert [one["text"] for one in found] == ["trust"]
    assert len(done("search", "trust", "--format", "json", study=study, coder="Bram").json) == 3


def test_looking_as_somebody_new_changes_nothing(study: Path) -> None:
    before = done("history", "--format", "json", study=study).out
    for words in ("sources", "report frequency", "codings export", "search trust", "history", "check"):
        done(*words.split(), study=study, coder="Newcomer")
    assert done("history", "--format", "json", study=study).out == before
    assert [one["name"] for one in done("coders", "--format", "json", study=study).json] == ["Anna", "Bram"]


# --- forms and places --------------------------------------------------------------------------------------


@pytest.mark.parametrize("words", LISTS)
def test_lists_in_all_forms(study: Path, tmp_path: Path, words: str) -> None:
    done("claims", "add", "Trust comes slowly.", study=study)
    listed = done(*words.split(), "--format", "json", study=study).json
    assert isinstance(listed, list)
    assert listed
    columns = list(listed[0])
    assert all(list(one) == columns for one in listed)
    rows = list(csv.reader(io.StringIO(done(*words.split(), "--format", "csv", study=study).out)))
    assert rows[0] == columns
    assert len(rows) == len(listed) + 1
    for form in ("table", "md", "csv", "json"):
        result = done(*words.split(), "--format", form, study=study)
        assert result.out.endswith("\n")
        assert "\x1b" not in result.out
        file = tmp_path / f"list.{form}"
        written = done(*words.split(), "--format", form, "-o", file, study=study)
        assert written.out == ""
        assert file.read_text(encoding="utf-8") == result.out
        assert done(*words.split(), "--format", form, "-o", "-", study=study).out == result.out
    table = done(*words.split(), study=study).out
    assert table == done(*words.split(), "--format", "table", study=study).out
    markdown = done(*words.split(), "--format", "md", study=study).out.splitlines()
    assert markdown[0].startswith("| ")
    assert set(markdown[1]) <= set("|-: ")
    assert len(markdown) == len(listed) + 2


@pytest.mark.parametrize("words", [name for name in LISTS if name not in ("history", "settings")])
def test_empty_lists(tmp_path: Path, words: str) -> None:
    done("init", tmp_path / "new", coder=None)
    result = done(*words.split(), "--format", "json", study=tmp_path / "new")
    assert result.json == []
    assert result.err.count("\n") == 1  # what to do


def test_a_file_that_is_there_keeps_its_permissions_and_links(study: Path, tmp_path: Path) -> None:
    (tmp_path / "list.csv").write_text("old\n", encoding="utf-8")
    (tmp_path / "list.csv").chmod(0o640)
    (tmp_path / "link.csv").symlink_to(tmp_path / "list.csv")
    done("sources", "--format", "csv", "-o", tmp_path / "link.csv", study=study)
    assert (tmp_path / "link.csv").is_symlink()
    assert (tmp_path / "list.csv").read_text(encoding="utf-8").startswith("name,kind")
    assert (tmp_path / "list.csv").stat().st_mode & 0o777 == 0o640
    assert sorted(file.name for file in tmp_path.iterdir()) == ["link.csv", "list.csv", "study"]


def test_results_go_out_and_talk_goes_to_the_side(study: Path, tmp_path: Path) -> None:
    (tmp_path / "new.txt").write_text("I: Well?\n\nR1: Well.\n", encoding="utf-8")
    for words in ("import new.txt", "code add fresh", "undo", "redo", "settings coder Bram", "check", "backup b.db"):
        result = done(*words.split(), study=study)
        assert result.out == ""
    for words in (
        "sources",
        "history",
        "codings export",
        "report frequency",
        "attributes export -",
        "source text alfa",
    ):
        result = done(*words.split(), study=study)
        assert result.out
        assert result.err == ""


def test_a_fresh_process_says_the_same(study: Path) -> None:
    for words in ("sources --format json", "report frequency --format csv", "codes", "codings export", "history"):
        run = fresh("--coder", "Anna", *words.split(), cwd=study)
        inside = done(*words.split(), study=study)
        assert (run.returncode, run.stdout.decode(), run.stderr.decode()) == (0, inside.out, inside.err)
    assert fresh("sources", "--nonsense", cwd=study).returncode == 2
    assert fresh("source", "text", "nothing", cwd=study).returncode == 1


def test_other_languages_of_the_machine_change_nothing(study: Path) -> None:
    wanted = fresh("report", "excerpts", cwd=study, env={"LC_ALL": "C.UTF-8"}).stdout
    for language in ("C", "POSIX", "nl_NL.UTF-8", "en_US.ISO-8859-1"):
        assert fresh("report", "excerpts", cwd=study, env={"LC_ALL": language, "PYTHONUTF8": "0"}).stdout == wanted
    assert fresh("report", "excerpts", cwd=study, env={"PYTHONIOENCODING": "ascii"}).stdout == wanted


# --- what makes no sense is refused, and says what does -------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("backup -", "file"),
        ("restore -", "file"),
        ("export tables -o -", "folder"),
        ("codebook history book.yaml", "qda codebook diff book.yaml"),
        ("report comparison --by country --by country", "'country' twice"),
        ("report comparison --by country --by Country", "twice"),
        ("report comparison --by trust --by trust", "twice"),
    ],
)
def test_words_that_make_no_sense_are_refused(study: Path, tmp_path: Path, words: str, said: str) -> None:
    untouched = everything(study)
    result = qda(*words.split(), study=study)
    check_sentence(result.err)
    assert said in result.err
    assert (result.code, result.out) == (2, "")
    assert everything(study) == untouched
    assert [one.name for one in tmp_path.iterdir()] == ["study"]


def test_two_different_things_to_compare_by(study: Path) -> None:
    done("report", "comparison", "--by", "country", "--by", "source.country", study=study)


def test_a_corrected_text_comes_through_standard_input(study: Path, tmp_path: Path) -> None:
    new = ALFA.replace("winter", "long winter")
    done("source", "edit", "alfa", "-", study=study, stdin=new.encode())
    assert done("source", "text", "alfa", study=study).out == new
    (tmp_path / "same.txt").write_text(new, encoding="utf-8")
    assert "here already as 'alfa'" in done("import", tmp_path / "same.txt", study=study).err
    refused = qda("source", "edit", "alfa", "-", study=study, stdin=b"")
    check_sentence(refused.err)
    assert "standard input" in refused.err
    assert refused.code == 1
