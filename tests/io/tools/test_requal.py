"""requal: segments counted from one with their last character, and those that came from RQDA counted from zero."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tools_world import Truth, codings, database, grown, take

if TYPE_CHECKING:
    from pathlib import Path

    from qda.store import Study

SCHEMA = """
CREATE TABLE projects (project_id INTEGER PRIMARY KEY, project_name TEXT, project_description TEXT, created_at TEXT);
CREATE TABLE users (user_id INTEGER PRIMARY KEY, user_login TEXT, user_name TEXT, user_mail TEXT, created_at TEXT);
CREATE TABLE documents (doc_id INTEGER PRIMARY KEY, project_id INTEGER, doc_name TEXT, doc_description TEXT,
  doc_text TEXT, created_at TEXT);
CREATE TABLE codes (project_id INTEGER, code_id INTEGER PRIMARY KEY, code_name TEXT, code_description TEXT,
  code_color TEXT);
CREATE TABLE categories (project_id INTEGER, category_id INTEGER PRIMARY KEY, category_name TEXT,
  category_description TEXT);
CREATE TABLE categories_codes_map (project_id INTEGER, category_id INTEGER, code_id INTEGER);
CREATE TABLE cases (project_id INTEGER, case_id INTEGER PRIMARY KEY, case_name TEXT, case_description TEXT);
CREATE TABLE cases_documents_map (project_id INTEGER, case_id INTEGER, doc_id INTEGER);
CREATE TABLE segments (project_id INTEGER, user_id INTEGER, doc_id INTEGER, code_id INTEGER,
  segment_id INTEGER PRIMARY KEY, segment_start INTEGER, segment_end INTEGER, segment_text TEXT);
CREATE TABLE memos (project_id INTEGER, memo_id INTEGER PRIMARY KEY, text TEXT, user_id INTEGER);
CREATE TABLE memos_segments_map (memo_id INTEGER, segment_id INTEGER);
CREATE TABLE memos_codes_map (memo_id INTEGER, code_id INTEGER);
"""


@pytest.mark.parametrize("first", [1, 0])
def test_every_segment_at_its_words(study: Study, tmp_path: Path, first: int) -> None:
    text, places = grown(11)
    segments, truth = [], []
    for number, (start, end) in enumerate(places):
        user, code = 1 + number % 2, 1 + number % 3 // 2
        segments.append((1, user, 1, code, number + 1, start + first, end, text[start:end]))
        truth.append(
            Truth("talk", {1: "Life/Trust", 2: "Alone"}[code], {1: "Ann", 2: "bob"}[user], start, end, text[start:end])
        )
    rows = {
        "projects": [(1, "P", "why we ask", "2024-01-15 10:00:00")],
        "users": [(1, "a", "Ann", "", ""), (2, "bob", None, "", "")],
        "documents": [(1, 1, "talk", "a long one", text, "")],
        "codes": [(1, 1, "Trust", "believing", "rgb(255,0,0)"), (1, 2, "Alone", "", "")],
        "categories": [(1, 1, "Life", "")],
        "categories_codes_map": [(1, 1, 1)],
        "cases": [(1, 1, "Ann's", "her words")],
        "cases_documents_map": [(1, 1, 1)],
        "segments": segments,
        "memos": [(1, 1, "on a segment", 2), (1, 2, "on a code", 1), (1, 3, "free", None)],
        "memos_segments_map": [(1, 1)],
        "memos_codes_map": [(2, 1)],
    }
    take(study, database(tmp_path / "p.requal", SCHEMA, rows), speakers="no")
    assert codings(study) == sorted(truth)
    assert study.codebook.get("Life/Trust").entry.extra == {"color": "#FF0000"}
    assert sorted(memo.body for memo in study.memos.all()) == sorted(
        ("on a segment", "on a code", "free", "why we ask", "a long one", "her words")
    )
    assert [one.name for one in study.cases.all()] == ["Ann's"]


def test_without_the_words_of_segments_they_are_counted_from_one(study: Study, tmp_path: Path) -> None:
    rows = {
        "documents": [(1, 1, "talk", "", "some words", "")],
        "codes": [(1, 1, "Trust", "", "")],
        "segments": [(1, 1, 1, 1, 1, 1, 4, None), (1, 1, 1, 1, 2, 6, 10, "")],
    }
    take(study, database(tmp_path / "p.requal", SCHEMA, rows))
    assert [one.text for one in codings(study)] == ["some", "words"]


def test_people_whose_names_differ_in_capitals_only_are_one_coder(study: Study, tmp_path: Path) -> None:
    for name, text in (("ann", "We trust."), ("Ann", "We do not.")):
        rows = {
            "users": [(1, name, name, "", "")],
            "documents": [(1, 1, name, "", text, "")],
            "codes": [(1, 1, "Trust", "", "")],
            "segments": [(1, 1, 1, 1, 1, 1, 2, "We")],
        }
        take(study, database(tmp_path / f"{text}.requal", SCHEMA, rows), speakers="no")
    assert [(one.coder, one.text) for one in codings(study)] == [("ann", "We")] * 2
