"""QualCoder: every coding at its words, of old and new versions, with what came in last still in the log."""

from __future__ import annotations

import random
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from tools_world import Truth, codings, database, grown, take

from qda.cli.main import main
from qda.errors import QdaError
from qda.store import Study

OLD = """
CREATE TABLE project (databaseversion text, date text, memo text);
CREATE TABLE source (id integer primary key, name text, fulltext text, mediapath text, memo text, owner text,
  date text, unique(name));
CREATE TABLE code_cat (catid integer primary key, name text, owner text, date text, memo text, supercatid integer);
CREATE TABLE code_name (cid integer primary key, name text, memo text, catid integer, owner text, date text,
  color text);
CREATE TABLE code_text (cid integer, fid integer, seltext text, pos0 integer, pos1 integer, owner text, date text,
  memo text);
"""
NEW = """
CREATE TABLE project (databaseversion text, date text, memo text, about text, bookmarkfile integer, bookmarkpos integer,
  codername text);
CREATE TABLE source (id integer primary key, name text, fulltext text, mediapath text, memo text, owner text, date text,
  av_text_id integer, risid integer, unique(name));
CREATE TABLE code_image (imid integer primary key, id integer, x1 integer, y1 integer, width integer, height integer,
  cid integer, memo text, date text, owner text, important integer, pdf_page integer);
CREATE TABLE annotation (anid integer primary key, fid integer, pos0 integer, pos1 integer, memo text, owner text,
  date text);
CREATE TABLE attribute_type (name text primary key, date text, owner text, memo text, caseOrFile text, valuetype text);
CREATE TABLE attribute (attrid integer primary key, name text, attr_type text, value text, id integer, date text,
  owner text);
CREATE TABLE case_text (id integer primary key, caseid integer, fid integer, pos0 integer, pos1 integer, owner text,
  date text, memo text);
CREATE TABLE cases (caseid integer primary key, name text, memo text, owner text, date text);
CREATE TABLE code_cat (catid integer primary key, name text, owner text, date text, memo text, supercatid integer);
CREATE TABLE code_text (ctid integer primary key, cid integer, fid integer, seltext text, pos0 integer, pos1 integer,
  owner text, date text, memo text, avid integer, important integer);
CREATE TABLE code_name (cid integer primary key, name text, memo text, catid integer, owner text, date text, color text,
  supercid integer);
CREATE TABLE journal (jid integer primary key, name text, jentry text, date text, owner text);
CREATE TABLE coder_names (name text unique not null, visibility integer not null default 1);
"""
DAY = "2024-01-15 10:00:00"


def new_project(folder: Path, ending: str = "\n", mark: str = "") -> list[Truth]:
    """A project of a new version whose texts have some line ends and perhaps a mark of byte order; what it holds."""
    luck = random.Random(7)
    paths = {1: "Trust", 2: "Trust/in people", 3: "Work/Hours", 4: "Hours"}
    rows: list[tuple[object, ...]] = []
    truth = []
    sources: list[tuple[object, ...]] = []
    for key in (1, 2):
        text, places = grown(key)
        stored = mark + text.replace("\n", ending)
        sources.append((key, f"talk {key}.txt", stored, None, "", "ann", DAY, None, None))
        longer = [(start, min(end + 30, len(text))) for start, end in places[::4]]
        for number, (start, end) in enumerate(places[1::3] + longer):
            code, owner = luck.choice(list(paths)), luck.choice(("ann", "bob"))
            at = len(mark) + len(text[:start].replace("\n", ending))
            kept = text[start:end].replace("\n", ending)
            rows.append((None, code, key, kept, at, at + len(kept), owner, DAY, "", None, number % 2))
            truth.append(Truth(f"talk {key}.txt", paths[code], owner, start, end, text[start:end]))
    sources.append((3, "photo.png", None, "/images/photo.png", "", "ann", DAY, None, None))
    database(
        folder / "data.qda",
        NEW,
        {
            "project": [("v17", DAY, "What we ask", "QualCoder 3.8", 0, 0, "ann")],
            "source": sources,
            "code_cat": [(1, "Work", "ann", DAY, "all of work", None)],
            "code_name": [
                (1, "Trust", "believing", None, "ann", DAY, "#F00082", None),
                (2, "in people", "", None, "ann", DAY, "#F00082", 1),
                (3, "Hours", "", 1, "ann", DAY, "#F00082", None),
                (4, "Hours", "", None, "ann", DAY, "#F00082", None),
            ],
            "code_text": rows,
            "code_image": [(1, 3, 1, 1, 5, 5, 1, "", DAY, "ann", 0, None)],
            "annotation": [(1, 1, rows[0][4], rows[0][5], "look here", "bob", DAY)],
            "cases": [(1, "Ann's team", "", "ann", DAY)],
            "case_text": [(1, 1, 1, 0, 10, "ann", DAY, ""), (2, 1, 2, 5, 10, "ann", DAY, "")],
            "attribute_type": [
                ("age", DAY, "ann", "", "case", "numeric"),
                ("place", DAY, "ann", "", "file", "character"),
            ],
            "attribute": [(1, "age", "case", "41", 1, DAY, "ann"), (2, "place", "file", "Oslo", 2, DAY, "ann")],
            "journal": [(1, "day one", "we began", DAY, "bob")],
        },
    )
    return sorted(truth)


@pytest.mark.parametrize("mark", ["", "\ufeff"])
@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_every_coding_of_a_new_project(study: Study, tmp_path: Path, ending: str, mark: str) -> None:
    truth = new_project(tmp_path / "p.qda", ending, mark)
    outcome = take(study, tmp_path / "p.qda", speakers="no")
    assert codings(study) == truth
    assert study.codebook.get("Trust").entry.definition == "believing"
    assert ("photo.png", "picture") in [(one.name, one.kind) for one in study.sources.all()]
    assert sorted(memo.body for memo in study.memos.all()) == ["What we ask", "look here", "we began"]
    assert any("coded areas of pictures" in said for said in outcome.said)
    assert [one.name for one in study.cases.all()] == ["Ann's team"]


def test_every_coding_of_an_old_project(study: Study, tmp_path: Path) -> None:
    text, places = grown(3)
    rows = [(1, 1, text[start:end], start, end, "ann", DAY, f"memo {start}") for start, end in places]
    tables = {
        "source": [(1, "talk", text, None, None, "ann", DAY)],
        "code_cat": [(1, "Work", "ann", DAY, None, 2), (2, "Life", "ann", DAY, None, None)],
        "code_name": [(1, "Hours", None, 1, "ann", DAY, None)],
        "code_text": rows,
    }
    take(study, database(tmp_path / "data.qda", OLD, tables), speakers="no")
    assert codings(study) == [Truth("talk", "Life/Work/Hours", "ann", a, b, text[a:b]) for a, b in places]
    assert len(study.memos.all()) == len(places)


def test_what_is_only_in_the_log_comes_in_and_the_folder_stays_as_it_was(study: Study, tmp_path: Path) -> None:
    folder = tmp_path / "p.qda"
    truth = new_project(folder)
    with closing(sqlite3.connect(folder / "data.qda")) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA wal_autocheckpoint = 0")
        connection.execute("UPDATE code_text SET owner = 'eve'")
        connection.commit()
        before = {file.name: file.read_bytes() for file in folder.iterdir()}
        assert before["data.qda-wal"]
        take(study, folder, speakers="no")
        assert {file.name: file.read_bytes() for file in folder.iterdir()} == before
    assert codings(study) == sorted(one._replace(coder="eve") for one in truth)


def test_the_same_project_again_is_here_already_and_a_copy_that_went_on_adds_its_part(
    study: Study, tmp_path: Path
) -> None:
    truth = new_project(tmp_path / "p.qda")
    take(study, tmp_path / "p.qda")
    assert take(study, tmp_path / "p.qda").codings.new == 0
    with closing(sqlite3.connect(tmp_path / "p.qda" / "data.qda")) as connection:
        connection.execute("DELETE FROM code_text WHERE ctid > 3")
        connection.execute("UPDATE code_text SET owner = 'eve'")
        connection.execute("UPDATE code_name SET cid = cid + 10 WHERE cid = 2")  # another's numbers
        connection.execute("UPDATE code_text SET cid = 12 WHERE cid = 2")
        connection.commit()
    outcome = take(study, tmp_path / "p.qda")
    assert (outcome.codings.new, outcome.codes.new, len(study.sources.all())) == (3, 0, 3)
    assert len(codings(study)) == len(truth) + 3


def test_the_command_takes_the_folder_as_one_project(
    study: Study, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    place = str(study.database.file)
    study.close()
    folder = tmp_path / "all"
    new_project(folder / "p.qda")
    (folder / "p.qda" / "documents").mkdir()
    (folder / "p.qda" / "documents" / "talk 1.txt").write_text("the file behind the source")
    (folder / "other.txt").write_text("a text of its own")
    assert main(["--study", place, "import", str(folder), "--dry-run"]) == 0
    assert "talk 1.txt" in capsys.readouterr().out
    assert main(["--study", place, "import", str(folder)]) == 0
    assert "p.qda" in capsys.readouterr().err
    with closing(Study.open(Path(place))) as opened:
        assert sorted(one.name for one in opened.sources.all()) == ["other", "photo.png", "talk 1.txt", "talk 2.txt"]


def test_damaged_databases_never_crash_nor_come_in_by_half(study: Study, tmp_path: Path) -> None:
    luck = random.Random(6)
    new_project(tmp_path / "good.qda")
    good = (tmp_path / "good.qda" / "data.qda").read_bytes()
    path = tmp_path / "data.qda"
    before = study.state_hash()
    for number in range(36):
        data = bytearray(good)
        if number % 3:
            for _ in range(luck.randint(1, 40)):
                data[luck.randrange(16, len(data))] = luck.randrange(256)
        else:
            del data[luck.randrange(100, len(data)) :]
        path.write_bytes(data)
        try:
            take(study, path, dry_run=True)
        except AssertionError:
            continue  # no longer to be known as what it was
        except QdaError as error:
            assert "\n" not in str(error)
        assert study.state_hash() == before


def test_odd_values_are_left_out_and_said(study: Study, tmp_path: Path) -> None:
    tables = {
        "source": [(1, "talk", "some words", None, None, "ann", DAY), (2, None, None, None, None, None, None)],
        "code_cat": [(1, "A", "ann", DAY, None, 2), (2, "B", "ann", DAY, None, 1)],
        "code_name": [(1, "Hours", None, 1, None, DAY, "red"), (2, "", None, 99, None, None, None)],
        "code_text": [
            (1, 1, "some", 0, 4, "ann", DAY, None),
            (1, 1, "some", 4, 4, "ann", DAY, None),
            (1, 1, "some", "x", None, "ann", DAY, None),
            (1, 1, "words", 5, 99, None, "yesterday", None),
            (7, 1, "some", 0, 4, "ann", DAY, None),
            (1, 7, "some", 0, 4, "ann", DAY, None),
            (2, 1, "other", 0, 4, "ann", DAY, None),
        ],
    }
    outcome = take(study, database(tmp_path / "data.qda", OLD, tables), speakers="no")
    assert [one.text for one in codings(study)] == ["some", "words", "some"]
    assert {one.coder for one in codings(study)} == {"ann", "unknown"}
    for part in (
        "2 selections empty",
        "1 coding whose words",
        "cut there",
        "code that is not in",
        "source that is not",
    ):
        assert any(part in said for said in outcome.said), part


def test_marks_of_people_in_units_and_those_of_the_machine_in_code_points(study: Study, tmp_path: Path) -> None:
    text, places = grown(9)
    rows, truth = [], []
    for number, (start, end) in enumerate(places):
        at, to = start, end
        if number % 3:
            at, to = (len(text[:place].encode("utf-16-le")) // 2 for place in (start, end))
        rows.append((1, 1, text[start:end], at, to, "ann", DAY, None))
        truth.append(Truth("talk", "Hours", "ann", start, end, text[start:end]))
    tables = {
        "source": [(1, "talk", text, None, None, "ann", DAY)],
        "code_name": [(1, "Hours", None, None, "ann", DAY, None)],
        "code_text": rows,
    }
    take(study, database(tmp_path / "data.qda", OLD, tables), speakers="no")
    assert codings(study) == sorted(truth)


def test_what_a_crash_left_in_the_journal_is_taken_back_in_the_copy_alone(study: Study, tmp_path: Path) -> None:
    truth = new_project(tmp_path / "p.qda")
    file = tmp_path / "p.qda" / "data.qda"
    with closing(sqlite3.connect(file, isolation_level=None)) as connection:
        connection.execute("PRAGMA cache_size = 1")
        connection.execute("BEGIN")
        connection.execute("UPDATE code_text SET owner = 'eve', memo = hex(randomblob(4000))")
        crashed = {one.name: one.read_bytes() for one in file.parent.iterdir()}
        connection.execute("ROLLBACK")
    assert crashed["data.qda-journal"]
    assert b"eve" in crashed["data.qda"]
    folder = tmp_path / "crashed.qda"
    folder.mkdir()
    for name, data in crashed.items():
        (folder / name).write_bytes(data)
    take(study, folder, speakers="no")
    assert codings(study) == truth
    assert {one.name: one.read_bytes() for one in folder.iterdir()} == crashed
