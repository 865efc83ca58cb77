"""qualitative-coding: the lines of the sample's own export, and a folder that names files elsewhere."""

from __future__ import annotations

import os
import re
import sqlite3
import xml.etree.ElementTree as ET
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tools_world import Truth, codings, database, take

from qda.errors import QdaError

if TYPE_CHECKING:
    from qda.store import Study

SAMPLES = Path(os.environ.get("QDA_INTEROP", Path(__file__).parents[4] / "shared" / "interop")) / "samples"
SCHEMA = """
CREATE TABLE document (file_path VARCHAR PRIMARY KEY, file_hash VARCHAR);
CREATE TABLE document_index (id INTEGER PRIMARY KEY, name VARCHAR, time_series BOOLEAN, document_id VARCHAR);
CREATE TABLE location (id INTEGER PRIMARY KEY, start_line INTEGER, end_line INTEGER, document_index_id VARCHAR);
CREATE TABLE code (name VARCHAR PRIMARY KEY);
CREATE TABLE coder (name VARCHAR PRIMARY KEY);
CREATE TABLE coded_line (id INTEGER PRIMARY KEY, line INTEGER, coder_id VARCHAR, code_id VARCHAR);
CREATE TABLE coded_line_location_association (coded_line_id INTEGER, location_id INTEGER);
"""


def folder(path: Path, texts: dict[str, str], lines: list[tuple[str, int, str, str]], book: str) -> Path:
    """A project with some coded lines, each of a document, a number, a coder and a code."""
    for name, text in texts.items():
        (path / "corpus" / name).parent.mkdir(parents=True, exist_ok=True)
        (path / "corpus" / name).write_bytes(text.encode())
    (path / "settings.yaml").write_text("corpus_dir: corpus\ncodebook: book.yaml\nqc_version: 1.3.2\n")
    (path / "book.yaml").write_text(book)
    documents = list(dict.fromkeys([*texts, *(one[0] for one in lines)]))
    rows = {
        "document": [(name, "hash") for name in documents],
        "document_index": [(number, "paragraphs", 0, name) for number, name in enumerate(documents)],
        "location": [(number, 0, 9, number) for number in range(len(documents))],
        "code": [(code,) for code in sorted({one[3] for one in lines})],
        "coded_line": [(number, line, coder, code) for number, (_, line, coder, code) in enumerate(lines)],
        "coded_line_location_association": [(number, documents.index(one[0])) for number, one in enumerate(lines)],
    }
    database(path / "qualitative_coding.sqlite3", SCHEMA, rows)
    return path


@pytest.mark.skipif(not SAMPLES.exists(), reason="the samples are not here")
def test_lines_come_in_as_the_tool_itself_exports_them(study: Study, tmp_path: Path) -> None:
    with zipfile.ZipFile(SAMPLES / "qc_demo.qdpx") as archive:
        root = ET.fromstring(archive.read("project.qde"))
        texts = {name: archive.read(f"sources/{name}").decode() for name in ("board_2017.txt", "admin-1.txt")}
    space = "{urn:QDA-XML:project:1.0}"
    names = {one.get("guid"): str(one.get("name")) for one in root.iter(f"{space}Code")}
    lines, truth = [], []
    for source in root.iter(f"{space}TextSource"):
        name = str(source.get("plainTextPath"))
        for one in source.iter(f"{space}PlainTextSelection"):
            start, end = int(str(one.get("startPosition"))), int(str(one.get("endPosition")))
            number = int(re.sub(r"\D", "", str(one.get("name"))))
            for ref in one.iter(f"{space}CodeRef"):
                lines.append((name, number, "cp", names[ref.get("targetGUID")]))
                truth.append(Truth(name, names[ref.get("targetGUID")], "cp", start, end, texts[name][start:end]))
    take(study, folder(tmp_path / "qc", texts, lines, ""), speakers="no")
    assert codings(study) == sorted(truth)
    assert len(truth) == 205


def test_the_codebook_is_a_tree_and_the_last_line_may_have_no_end(study: Study, tmp_path: Path) -> None:
    book = "- life:\n  - trust\n  - work:\n    - hours\n- trust\n- alone\n"
    lines = [("a/one.txt", 0, "cp", "trust"), ("a/one.txt", 2, "cp", "hours"), ("a/one.txt", 1, "mb", "new")]
    path = folder(tmp_path / "qc", {"a/one.txt": "caf\u00e9\r\n\U0001f6a2\u2028x\r\nend"}, lines, book)
    outcome = take(study, path, speakers="no")
    assert codings(study) == [
        Truth("a/one.txt", "life/trust", "cp", 0, 5, "caf\u00e9\n"),
        Truth("a/one.txt", "life/work/hours", "cp", 9, 12, "end"),
        Truth("a/one.txt", "new", "mb", 5, 9, "\U0001f6a2\u2028x\n"),
    ]
    assert sorted(one.path for one in study.codebook.tree().codes) == [
        "alone", "life", "life/trust", "life/work", "life/work/hours", "new", "trust",
    ]  # fmt: skip
    assert any("several places of the codebook" in said for said in outcome.said)


def test_lines_that_are_not_there_and_paths_that_lead_away_are_left_out(study: Study, tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("a secret")
    lines = [("one.txt", 7, "cp", "x"), ("one.txt", -1, "cp", "x"), ("../../secret.txt", 0, "cp", "x")]
    outcome = take(study, folder(tmp_path / "qc", {"one.txt": "words"}, lines, ""))
    assert [one.name for one in study.sources.all()] == ["one.txt"]
    assert codings(study) == []
    for part in ("secret.txt': its text is not in the folder", "2 selections empty", "coded lines of a text"):
        assert any(part in said for said in outcome.said), part


def test_files_of_memos_are_memos_on_the_study(study: Study, tmp_path: Path) -> None:
    path = folder(tmp_path / "qc", {"one.txt": "words"}, [], "- a\n")
    with sqlite3.connect(path / "qualitative_coding.sqlite3") as connection:
        connection.executemany("INSERT INTO coder VALUES (?)", [("cp",), ("cp_two",)])
    (path / "memos").mkdir()
    for name, text in {
        "2024-02-03-16-17_cp.md": "# Memo by cp on 2024-02-03 16:17\n\nIt is odd.\n",
        "2024-02-04-08-09_cp_two_on_trust.md": "# On trust\n\ncp_two 2024-02-04 08:09\n\n# They trust\nonce.\n",
        "plain.md": "no heading",
        "empty.md": "",
        "x.docx": "PK",
    }.items():
        (path / "memos" / name).write_text(text)
    outcome = take(study, path)
    assert sorted((memo.title, memo.body, memo.coder, memo.at) for memo in study.memos.all()) == [
        ("", "no heading", "unknown", study.memos.all()[-1].at),
        ("Memo by cp on 2024-02-03 16:17", "It is odd.", "cp", "2024-02-03T16:17:00"),
        ("On trust", "# They trust\nonce.", "cp_two", "2024-02-04T08:09:00"),
    ]
    assert any("1 file in 'memos' of another kind" in said for said in outcome.said)


def test_a_damaged_codebook_is_refused_by_line(study: Study, tmp_path: Path) -> None:
    before = study.state_hash()
    with pytest.raises(QdaError, match=r"book.yaml:2"):
        take(study, folder(tmp_path / "qc", {"one.txt": "words"}, [], "- a\n- &b [*b\n"))
    assert study.state_hash() == before
