"""Codings in and out, search, history, backups and checks."""

from __future__ import annotations

import json
import sqlite3
from typing import TYPE_CHECKING, Any

import pytest
from cli_world import ALFA, BETA, check_sentence, done, everything, fresh, qda

if TYPE_CHECKING:
    from pathlib import Path


def lines(study: Path, *options: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in done("codings", "export", *options, study=study).out.splitlines()]


# --- codings in and out ------------------------------------------------------------------------------------


def test_out_is_ascii_sorted_and_the_same_each_time(study: Path, tmp_path: Path) -> None:
    written = done("codings", "export", study=study)
    assert written.err == ""
    assert written.out.isascii()
    assert done("codings", "export", "-", study=study).out == written.out
    done("codings", "export", tmp_path / "c.jsonl", study=study)
    assert (tmp_path / "c.jsonl").read_text(encoding="ascii") == written.out
    found = lines(study)
    keys = [(one["source"], one["start"], one["end"], one["code"], one["coder"], one["id"]) for one in found]
    assert keys == sorted(keys)
    assert list(found[0])[:7] == ["source", "code", "coder", "start", "end", "id", "text"]
    for one in found:
        text = {"alfa": ALFA, "beta": BETA}.get(one["source"])
        if text:
            assert text[one["start"] : one["end"]] == one["text"]


@pytest.mark.parametrize("which", ["study", "sample"])
def test_a_round_trip_is_byte_equal(which: str, request: pytest.FixtureRequest, tmp_path: Path) -> None:
    study: Path = request.getfixturevalue({"study": "study", "sample": "demo"}[which])
    done("codings", "export", tmp_path / "c.jsonl", study=study)
    wanted = (tmp_path / "c.jsonl").read_bytes()
    result = done("codings", "import", tmp_path / "c.jsonl", study=study)
    assert "0 codings taken in" in result.err
    while "codings from" not in done("undo", study=study).err:
        pass
    assert lines(study) == []
    done("codings", "import", tmp_path / "c.jsonl", study=study)
    assert done("codings", "export", study=study).out.encode() == wanted


def test_ids_memos_weights_and_layers_come_back(study: Path) -> None:
    one = {
        "source": "gamma",
        "code": "place",
        "coder": "Cato",
        "start": 0,
        "end": 5,
        "text": "Field",
        "id": "0f9b6a1e-7c57-4a55-8a3a-0f6f0b8f2d11",
        "memo": "Why?\nBecause “so”.",
        "weight": 0.5,
        "at": "2024-06-01T09:00:00+02:00",
        "origin": "human",
        "layer": "consensus",
    }
    done("codings", "import", "-", study=study, stdin=json.dumps(one).encode())
    assert [found for found in lines(study) if found["coder"] == "Cato"] == [one]


def test_the_same_coding_is_skipped_and_counted(study: Path) -> None:
    line = b'{"source": "alfa", "code": "place", "coder": "Dirk", "start": 0, "end": 9}\n'
    result = done("codings", "import", "-", study=study, stdin=line + line + b"\n" + line)
    assert "1 coding taken in, 2 were here already" in result.err
    assert "new coders: Dirk" in result.err
    before = everything(study)
    done("codings", "import", "-", study=study, stdin=line)
    assert everything(study) == before


def test_codes_are_made_only_when_asked(study: Path) -> None:
    line = b'{"source": "alfa", "code": "new/deep\\\\/er", "coder": "Anna", "start": 0, "end": 9}\n'
    assert qda("codings", "import", "-", study=study, stdin=line).code == 1
    result = done("codings", "import", "--create-codes", "-", study=study, stdin=line)
    assert "new codes: new/deep\\/er" in result.err
    paths = [one["path"] for one in done("codes", "--format", "json", study=study).json]
    assert {"new", "new/deep\\/er"} <= set(paths)
    done("undo", study=study)
    assert "new" not in [one["path"] for one in done("codes", "--format", "json", study=study).json]


def test_names_in_other_capitals_make_no_twins(study: Path) -> None:
    line = b'{"source": "Alfa", "code": "Trust/Low", "coder": "anna", "start": 1, "end": 9}'
    assert "new co" not in done("codings", "import", "--create-codes", "-", study=study, stdin=line).err
    found = [one for one in lines(study) if (one["start"], one["end"]) == (1, 9)]
    assert [(one["source"], one["code"], one["coder"]) for one in found] == [("alfa", "trust/low", "Anna")]


def test_refusal_names_each_line(study: Path) -> None:
    good = '{"source": "alfa", "code": "place", "coder": "Eva", "start": 0, "end": 9}'
    bad = [good, "", good.replace("alfa", "delta"), good.replace("place", "plaice"), good.replace("9}", "9999}")]
    before = everything(study)
    result = qda("codings", "import", "-", study=study, stdin="\n".join(bad).encode())
    assert result.code == 1
    for number in (3, 4, 5):
        assert f"standard input:{number}: " in result.err
    assert "input:1:" not in result.err
    assert everything(study) == before


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_files_of_other_machines(study: Path, encoding: str, line_end: str) -> None:
    line = '{"source": "beta", "code": "place", "coder": "Åse", "start": 0, "end": 3, "text": "I: "}\n' * 2
    done("codings", "import", "-", study=study, stdin=line.replace("\n", line_end).encode(encoding))
    assert sum(one["coder"] == "Åse" for one in lines(study)) == 1


def test_export_selects(study: Path) -> None:
    assert {one["code"] for one in lines(study, "--code", "trust")} == {"trust", "trust/low", "trust/high"}
    assert {one["code"] for one in lines(study, "--code", "trust", "--no-subcodes")} == {"trust"}
    assert {one["source"] for one in lines(study, "--source", "beta")} == {"beta"}
    assert {one["source"] for one in lines(study, "--kind", "notes")} == {"gamma"}
    assert {one["source"] for one in lines(study, "--where", "country=NO")} == {"beta", "gamma"}


def test_one_more_and_one_less(study: Path) -> None:
    made = done("codings", "add", "beta", "place", "0", "3", study=study, coder="Bram")
    assert made.err == ""
    assert made.out.strip() in [one["id"] for one in lines(study)]
    again = done("codings", "add", "beta", "place", "0", "3", study=study, coder="Bram")
    assert again.out == made.out
    done("codings", "remove", made.out.strip(), study=study)
    assert made.out.strip() not in [one["id"] for one in lines(study)]


# --- search ------------------------------------------------------------------------------------------------


def hits(study: Path, *words: str) -> list[dict[str, Any]]:
    found = done("search", *words, "--format", "json", study=study).json
    for one in found:
        assert list(one) == ["source", "start", "end", "text", "turn"]
        text = {"alfa": ALFA, "beta": BETA}.get(one["source"])
        if text:
            assert text[one["start"] : one["end"]] == one["text"]
    return list(found)


def test_search_sees_through_lines_hyphens_and_case(study: Path) -> None:
    assert [(one["source"], one["text"]) for one in hits(study, "THE OFFICE")] == [
        ("alfa", "the office"), ("alfa", "the of-\nfice"), ("gamma", "the office"),
    ]  # fmt: skip
    assert [one["turn"] for one in hits(study, "trust you")] == []
    assert [one["turn"] for one in hits(study, "brother")] == [4]
    assert hits(study, "nothing of the kind") == []


def test_search_in_other_ways(study: Path) -> None:
    assert [one["text"] for one in hits(study, "--exact", "the office")] == ["the office"] * 2
    assert len(hits(study, "--exact", "The Office")) == 0
    assert [one["text"] for one in hits(study, "--regex", "[Nn]o(body|w)")] == ["Nobody", "now", "Now", "nobody"]
    assert {one["text"] for one in hits(study, "--lemma", "begin")} >= {"begin", "began"}
    assert {one["source"] for one in hits(study, "nå", "--source", "beta")} == {"beta"}
    assert hits(study, "🚢")[0]["text"] == "🚢"
    assert hits(study, ".", "--exact", "--source", "alfa") != hits(study, ".", "--regex", "--source", "alfa")


def test_search_within_what_somebody_coded(study: Path) -> None:
    assert [(one["source"], one["text"]) for one in hits(study, "trust", "--coder", "Anna")] == [("alfa", "trust")]
    assert [one["text"] for one in hits(study, "the office", "--code", "trust/high")] == ["the of-\nfice"]
    assert [one["text"] for one in hits(study, "office", "--code", "trust")] == ["office", "of-\nfice"]
    assert [one["text"] for one in hits(study, "office", "--code", "trust", "--coder", "Bram")] == ["office"]
    assert [one["text"] for one in hits(study, "I did", "--coder", "Anna")] == ["I did"]
    assert hits(study, "I did", "--coder", "Bram") == []  # begins before the passage
    assert [one["text"] for one in hits(study, "--regex", "o.en", "--code", "place")] == ["open"]
    assert "did you mean 'Bram'" in qda("search", "trust", "--coder", "Brem", study=study).err
    assert "did you mean 'trust'" in qda("search", "trust", "--code", "trst", study=study).err


def test_lemmas_where_there_are_none(study: Path) -> None:
    """Kurdish has none: its sources are searched for the words as they are, and that is said once."""
    done("source", "set", "alfa", "--language", "ku", study=study)
    done("source", "set", "gamma", "--language", "ku", study=study)
    result = done("search", "--lemma", "THE office", "--format", "json", study=study)
    assert {(one["source"], one["text"]) for one in result.json} == {
        ("alfa", "the office"), ("alfa", "the of-\nfice"), ("gamma", "the office"),
    }  # fmt: skip
    assert result.err.splitlines() == [
        "note: no lemmas are known for 'ku', so the words were searched as they are in alfa, gamma"
    ]
    assert done("search", "--lemma", "stolte", "--source", "beta", study=study).err.count("note") == 0


def test_what_is_no_data_is_not_found(study: Path) -> None:
    for options in ((), ("--exact",), ("--regex",)):
        assert hits(study, "page head", *options) == []


# --- history, undo, redo -----------------------------------------------------------------------------------


def state(study: Path) -> str:
    return str(done("report", "frequency", "--format", "json", study=study).json["manifest"]["state"])


def test_everything_is_undone_and_done_again_over_processes(study: Path) -> None:
    states = [state(study)]
    while qda("undo", study=study).code == 0:
        states.append(state(study))
    assert len(states) > 13
    assert done("sources", "--format", "json", study=study).json == []
    assert states[-1] not in states[:-1]
    for wanted in reversed(states[:-1]):
        run = fresh("--coder", "Anna", "redo", cwd=study)
        assert run.returncode == 0, run.stderr
        assert run.stdout == b""
        assert state(study) == wanted
    assert qda("redo", study=study).code == 1
    assert done("check", study=study).code == 0


def test_undo_takes_back_ones_own_and_a_new_action_clears_ones_own_redo_only(study: Path) -> None:
    done("code", "add", "annas", study=study, coder="Anna")
    done("code", "add", "brams", study=study, coder="Bram")
    result = done("undo", study=study, coder="Anna")
    assert result.err == "Taken back: new code annas\n"
    paths = [one["path"] for one in done("codes", "--format", "json", study=study).json]
    assert "brams" in paths
    assert "annas" not in paths
    done("code", "add", "more", study=study, coder="Bram")
    done("redo", study=study, coder="Anna")
    done("undo", study=study, coder="Anna")
    done("code", "add", "other", study=study, coder="Anna")
    assert qda("redo", study=study, coder="Anna").code == 1


def test_undo_is_a_change_itself(study: Path) -> None:
    done("code", "add", "fresh", study=study)
    number = done("history", "--last", "1", "--format", "json", study=study).json[0]["change"]
    done("undo", study=study)
    last, before = done("history", "--last", "2", "--format", "json", study=study).json
    assert (last["kind"], last["undoes"]) == ("undo", number)
    assert (before["change"], before["state"]) == (number, "undone")


def test_two_processes_write_side_by_side(study: Path) -> None:
    import subprocess
    import sys

    runs = [
        subprocess.Popen([sys.executable, "-m", "qda", "--coder", who, "code", "add", f"{who}{number}"], cwd=study)
        for who in ("Anna", "Bram")
        for number in range(3)
    ]
    assert [run.wait() for run in runs] == [0] * 6
    assert len(done("codes", "--format", "json", study=study).json) == 12
    assert done("check", study=study).code == 0


# --- backups and checks ------------------------------------------------------------------------------------


def test_backup_and_restore(study: Path, tmp_path: Path) -> None:
    wanted = everything(study)
    result = done("backup", tmp_path / "kept.db", study=study)
    assert result.out == ""
    assert "kept.db" in result.err
    assert (tmp_path / "kept.db").stat().st_mode & 0o777 == 0o600
    done("code", "add", "fresh", study=study)
    result = done("restore", tmp_path / "kept.db", study=study)
    found = everything(study)
    assert {name: one for name, one in found.items() if "backups" not in name} == wanted
    kept = [name for name in found if name.startswith("file backups/")]
    assert len(kept) == 1  # what was here before
    done("restore", study / kept[0].removeprefix("file "), study=study)
    assert "fresh" in [one["path"] for one in done("codes", "--format", "json", study=study).json]


def test_a_backup_goes_into_the_studys_folder_by_itself(study: Path) -> None:
    done("backup", study=study)
    done("backup", study=study)
    kept = list((study / "backups").iterdir())
    assert len(kept) == 2
    assert done("sources", study=kept[0]).out == done("sources", study=study).out


def test_a_backup_is_consistent_while_others_work(study: Path, tmp_path: Path) -> None:
    other = sqlite3.connect(study / "study.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    other.execute("DELETE FROM coding")
    done("backup", tmp_path / "kept.db", study=study)
    other.execute("ROLLBACK")
    other.close()
    assert len(lines(tmp_path / "kept.db")) == 10


def test_check_is_silent_on_a_sound_study(demo: Path) -> None:
    result = done("check", study=demo)
    assert result.out == ""
    assert "1408 codings" in result.err
    assert "1631 quotes" in result.err


def test_check_finds_a_tampered_quote(demo: Path) -> None:
    file = demo / "exports" / "excerpts_by_code.md"
    text = file.read_text(encoding="utf-8")
    number = next(n for n, line in enumerate(text.splitlines(), 1) if line.startswith("> ") and "the" in line)
    spoilt = text.splitlines(keepends=True)
    spoilt[number - 1] = spoilt[number - 1].replace("the", "teh", 1)
    file.write_text("".join(spoilt), encoding="utf-8")
    result = qda("check", study=demo)
    assert result.code == 1
    assert result.out.count("\n") == 1
    assert "exports/excerpts_by_code.md:" in result.out
    file.write_text(text, encoding="utf-8")
    assert qda("check", study=demo).code == 0


def test_check_finds_a_moved_place_and_a_lost_source(demo: Path) -> None:
    file = demo / "exports" / "mine.md"
    quote = ALFA[:9]
    file.write_text(f"My words.\n\n> {quote}\n\n— nothing, characters 0-9\n", encoding="utf-8")
    result = qda("check", study=demo)
    assert (result.code, "mine.md:3" in result.out, "nothing" in result.out) == (1, True, True)


@pytest.mark.parametrize(
    ("sql", "said"),
    [
        ("UPDATE text SET body = replace(body, 'trust', 'TRUST')", "hash"),
        ("UPDATE coding SET end = 99999 WHERE row = 1", "text"),
        ("UPDATE coding SET start = start + 1 WHERE row = 1", "behind the change log"),
        ("DELETE FROM coding WHERE row = 1", "behind the change log"),
        ("UPDATE original SET bytes = x'00'", "original"),
        ("UPDATE code SET name = 'x' WHERE row = 1", "behind the change log"),
    ],
)
def test_check_finds_what_was_changed_behind_its_back(study: Path, sql: str, said: str) -> None:
    connection = sqlite3.connect(study / "study.db")
    connection.execute(sql)
    connection.commit()
    connection.close()
    result = qda("check", study=study)
    assert result.code == 1
    assert said in result.out


def test_check_says_when_a_codebook_file_drifts(demo: Path) -> None:
    done("code", "describe", "timing", "--definition", "Other words.", study=demo)
    result = done("check", study=demo)
    assert "return_decisions.yaml" in result.err


def test_demo_is_the_same_each_time(sample: Path, tmp_path: Path) -> None:
    run = fresh("demo", cwd=tmp_path)
    assert run.returncode == 0, run.stderr
    made = tmp_path / "qda-demo"
    names = sorted(file.name for file in (sample / "exports").iterdir())
    assert names == sorted(file.name for file in (made / "exports").iterdir())
    for name in names:
        assert (made / "exports" / name).read_bytes() == (sample / "exports" / name).read_bytes()
    assert done("codings", "export", study=made).out == done("codings", "export", study=sample).out


def test_codings_that_an_edit_flags_stay_listed_until_they_are_reviewed(study: Path, tmp_path: Path) -> None:
    new = ALFA.replace("did not trust", "did not quite trust").replace("My brother.", "")
    (tmp_path / "new.txt").write_text(new, encoding="utf-8")
    assert "qda codings flagged" in done("source", "edit", "alfa", tmp_path / "new.txt", study=study).err
    found = done("codings", "flagged", "--format", "json", study=study).json
    start = new.index("did not quite trust the office")
    assert [
        (one["state"], one["source"], one["turn"], one["coder"], one["code"], one["before"], one["now"])
        for one in found
    ] == [
        ("words gone", "alfa", 4, "Anna", "trust/high", "My brother.", ""),
        (
            *("to be reviewed", "alfa", 4, "Anna", "trust/low"),
            *("I did not trust the office at all.", "I did not quite trust the office at all."),
        ),
        (
            "to be reviewed",
            "alfa",
            4,
            "Bram",
            "trust/low",
            "did not trust the office",
            "did not quite trust the office",
        ),
    ]
    assert (found[2]["start"], found[2]["end"]) == (start, start + len("did not quite trust the office"))
    listed = ("codings", "flagged", "--format", "json")
    assert done(*listed, "--coder", "Bram", study=study).json == found[2:]
    assert done(*listed, "--state", "unanchored", study=study).json == found[:1]
    assert done(*listed, "--state", "review", "--source", "alfa", study=study).json == found[1:]
    assert done(*listed, "--source", "beta", study=study).json == []
    checked = done("check", study=study).err
    assert "2 codings are to be reviewed" in checked
    assert "1 coding has lost its words" in checked
    done("codings", "reviewed", found[1]["id"], found[2]["id"], study=study)
    assert done(*listed, study=study).json == found[:1]
    done("undo", study=study)
    assert done(*listed, study=study).json == found
    assert qda("codings", "reviewed", study=study).code == 2
    done("codings", "reviewed", "--source", "beta", study=study)
    assert done(*listed, study=study).json == found
    done("codings", "reviewed", "--source", "alfa", study=study)
    assert done(*listed, study=study).json == found[:1]
    done("undo", study=study)
    refused = qda("codings", "reviewed", found[0]["id"], study=study)
    check_sentence(refused.err)
    assert refused.code == 1
    done("codings", "remove", found[0]["id"], study=study)
    assert done(*listed, study=study).json == found[1:]
