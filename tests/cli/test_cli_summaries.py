"""`qda summaries`: written, confirmed, removed, in and out, and refused in a sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cli_world import done, qda

if TYPE_CHECKING:
    from pathlib import Path

LONG = "Trusts the pastor,\nand nobody with a form."


def cell(study: Path, *words: str) -> dict[str, Any]:
    rows = done("report", "framework", *words, "--format", "json", study=study).json["rows"]
    return next(row for row in rows if (row["case"], row["theme"]) == ("Grace", "trust"))


def test_a_cell_is_written_confirmed_and_emptied(demo: Path) -> None:
    assert (cell(demo)["state"], cell(demo)["summary"]) == ("open", None)
    done("summaries", "write", "Grace", "trust", "-", study=demo, stdin=f"{LONG}\n".encode())
    assert (cell(demo)["state"], cell(demo)["summary"], cell(demo)["written_by"]) == ("written", LONG, "Anna")
    assert LONG in done("report", "framework", "--format", "csv", study=demo).out
    assert "Trusts the pastor, and nobody with a form." in done("report", "framework", "--format", "md", study=demo).out
    done("code", "describe", "trust", "--definition", "Other words.", study=demo, coder="Bram")
    assert cell(demo)["stale_because"] == "a definition changed"
    done("summaries", "confirm", "Grace", "trust", study=demo, coder="Bram")
    assert (cell(demo)["state"], cell(demo)["written_by"]) == ("written", "Bram")
    done("undo", study=demo, coder="Bram")
    assert cell(demo)["state"] == "stale"
    done("summaries", "remove", "Grace", "trust", study=demo)
    assert cell(demo)["state"] == "open"
    assert "emptied the cell Grace × trust" in done("history", study=demo).out
    done("check", study=demo)


def test_in_and_out_are_the_same(demo: Path, tmp_path: Path) -> None:
    done("summaries", "write", "Grace", "trust", LONG, study=demo)
    done("summaries", "write", "Efe", "actor", 'Says "no", twice.', study=demo)
    table = done("summaries", "export", "-", study=demo).out
    assert table.splitlines()[0] == "case,theme,summary"
    listed = done("summaries", "--format", "json", study=demo).json
    for case, theme in (("Grace", "trust"), ("Efe", "actor")):
        done("summaries", "remove", case, theme, study=demo)
    (tmp_path / "s.csv").write_text(table, "utf-8")
    assert "2 cells are written" in done("summaries", "import", tmp_path / "s.csv", study=demo).err
    again = done("summaries", "--format", "json", study=demo).json
    assert [row["summary"] for row in again] == [row["summary"] for row in listed]
    assert "0 cells are written" in done("summaries", "import", tmp_path / "s.csv", study=demo).err


def test_what_is_wrong_is_refused_whole(demo: Path, tmp_path: Path) -> None:
    before = done("history", "--format", "json", study=demo).out
    (tmp_path / "s.csv").write_text("case,theme,summary\nGrace,trust,Yes\nGrac,trust,No\n", "utf-8")
    for words, said in (
        (("import", tmp_path / "s.csv"), "s.csv:3: there is no case named 'Grac' (did you mean 'Grace'?)"),
        (("write", "Grace", "trus", "x"), "no code 'trus'"),
        (("write", "Grace", "trust", " "), "a summary needs words"),
        (("remove", "Grace", "trust"), "nothing is written in this cell"),
        (("confirm", "Grace", "trust"), "nothing is written in Grace × trust"),
    ):
        result = qda("summaries", *words, study=demo)
        assert result.code in (1, 2)
        assert said in result.err
    assert done("history", "--format", "json", study=demo).out == before
