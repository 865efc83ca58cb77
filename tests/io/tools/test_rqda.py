"""RQDA: what was deleted stays out, and all else stands at its words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tools_world import Truth, codings, database, grown, take

if TYPE_CHECKING:
    from pathlib import Path

    from qda.store import Study

SCHEMA = """
CREATE TABLE project (databaseversion text, date text, dateM text, memo text, about text);
CREATE TABLE source (name text, id integer, file text, memo text, owner text, date text, dateM text, status integer);
CREATE TABLE freecode (name text, memo text, owner text, date text, dateM text, id integer, status integer, color text);
CREATE TABLE treecode (cid integer, catid integer, date text, dateM text, memo text, status integer, owner text);
CREATE TABLE codecat (name text, cid integer, catid integer, owner text, date text, dateM text, memo text,
  status integer);
CREATE TABLE coding (cid integer, fid integer, seltext text, selfirst real, selend real, status integer, owner text,
  date text, memo text);
CREATE TABLE cases (name text, memo text, owner text, date text, dateM text, id integer, status integer);
CREATE TABLE caselinkage (caseid integer, fid integer, selfirst real, selend real, status integer, owner text,
  date text, memo text);
CREATE TABLE caseAttr (variable text, value text, caseID integer, date text, dateM text, owner text, status integer);
CREATE TABLE attributes (name text, status integer, date text, dateM text, owner text, memo text, class text);
CREATE TABLE annotation (fid integer, position integer, annotation text, owner text, date text, dateM text,
  status integer);
CREATE TABLE journal (name text, journal text, date text, dateM text, owner text, status integer);
"""
DAY = "Fri Feb 03 16:17:22 2012"


def project(path: Path, ending: str = "\n") -> list[Truth]:
    text, places = grown(5)
    gone, _ = grown(6)
    rows, truth = [], []
    for number, (start, end) in enumerate(places):
        at = len(text[:start].replace("\n", ending))
        kept = text[start:end]
        code, status = 1 + number % 3, 0 if number % 5 == 4 else 1
        rows.append((code, 1, kept, float(at), float(at + len(kept)), status, "rong", DAY, ""))
        if status and code != 3:
            truth.append(Truth("one.txt", {1: "Life/Trust", 2: "Alone"}[code], "rong", start, end, kept))
    rows.append((1, 2, gone[:3], 0.0, 3.0, 1, "rong", DAY, ""))
    database(
        path,
        SCHEMA,
        {
            "project": [("0.2.0", DAY, "", "ask widely", "")],
            "source": [
                ("one.txt", 1, text.replace("\n", ending), "read twice", "rong", DAY, "", 1),
                ("two.txt", 2, gone, "", "rong", DAY, "", 0),
            ],
            "codecat": [("Life", None, 1, "rong", DAY, "", "all of it", 1), ("Gone", None, 2, "rong", DAY, "", "", 0)],
            "freecode": [
                ("Trust", "believing", "rong", DAY, "", 1, 1, "red"),
                ("Alone", "", "rong", DAY, "", 2, 1, "#FF0000"),
                ("Dropped", "", "rong", DAY, "", 3, 0, ""),
            ],
            "treecode": [
                (1, 1, DAY, "", "", 1, "rong"),
                (2, 1, DAY, "", "", 0, "rong"),
                (2, 2, DAY, "", "", 1, "rong"),
            ],
            "coding": rows,
            "cases": [("Ann", "a case", "rong", DAY, "", 1, 1), ("Bob", "", "rong", DAY, "", 2, 0)],
            "caselinkage": [(1, 1, 0.0, 5.0, 1, "rong", DAY, ""), (1, 2, 0.0, 5.0, 0, "rong", DAY, "")],
            "attributes": [("age", 1, DAY, "", "rong", "", "numeric")],
            "caseAttr": [("age", "41", 1, DAY, "", "rong", 1), ("age", "50", 2, DAY, "", "rong", 0)],
            "annotation": [(1, 2, "look", "rong", DAY, "", 1), (1, 3, "gone", "rong", DAY, "", 0)],
            "journal": [("first", "we began", DAY, "", "rong", 1)],
        },
    )
    return sorted(truth)


def test_what_was_deleted_stays_out_and_all_else_is_at_its_words(study: Study, tmp_path: Path) -> None:
    truth = project(tmp_path / "p.rqda")
    outcome = take(study, tmp_path / "p.rqda", speakers="no")
    assert codings(study) == truth
    assert sorted(one.path for one in study.codebook.tree().codes) == ["Alone", "Life", "Life/Trust"]
    assert [one.name for one in study.sources.all()] == ["one.txt"]
    assert [one.name for one in study.cases.all()] == ["Ann"]
    assert sorted(memo.body for memo in study.memos.all()) == ["a case", "ask widely", "look", "read twice", "we began"]
    assert study.attributes.of("case")[study.cases.all()[0].key] == {"age": ("41",)}
    assert any("codings of a source" in said for said in outcome.said)
    assert {one.at[:19] for one in study.codings.all()} == {"2012-02-03T16:17:22"}


def test_line_ends_of_two_signs_are_counted_as_two(study: Study, tmp_path: Path) -> None:
    truth = project(tmp_path / "p.rqda", "\r\n")
    take(study, tmp_path / "p.rqda", speakers="no")
    assert codings(study) == truth


def test_a_database_of_the_first_versions_comes_in(study: Study, tmp_path: Path) -> None:
    schema = """CREATE TABLE source (name text, id integer, file text, memo text, status integer);
    CREATE TABLE freecode (name text, memo text, id integer, status integer);
    CREATE TABLE treecode (cid integer, catid integer);
    CREATE TABLE coding (cid integer, fid integer, seltext text, selfirst real, selend real, status integer);"""
    rows = {
        "source": [("one", 1, "caf\u00e9 and ship", None, 1)],
        "freecode": [("place", None, 1, 1)],
        "coding": [(1, 1, "caf\u00e9", 0.0, 4.0, 1)],
    }
    take(study, database(tmp_path / "old.rqda", schema, rows))
    assert codings(study) == [Truth("one", "place", "unknown", 0, 4, "caf\u00e9")]
