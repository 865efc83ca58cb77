"""Projects for QualCoder and Taguette, and Web Annotations: read by other eyes than ours, and in again the same."""

from __future__ import annotations

import html
import json
import re
import shutil
import sqlite3
import sys
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tools_world import codings, take

from qda.errors import QdaError
from qda.io.tools.asked import KnownText
from qda.io.tools.writing.qualcoder import try_qualcoder, write_qualcoder
from qda.io.tools.writing.taguette import try_taguette, write_taguette
from qda.io.tools.writing.web_annotation import try_annotations, write_annotations
from qda.model.codebook import Codebook, CodeEntry
from qda.model.nouns import uid_of
from qda.model.paths import join_path, split_path
from qda.model.transcript import Transcript
from qda.store import Study
from qda.store.attributes import AttributeRow
from qda.store.cases import CaseRow
from qda.store.coding_lines import CodingRow
from qda.store.memos import MemoRow
from qda.store.projects import give

sys.path.insert(0, str(Path(__file__).parents[1] / "refi"))
from random_study import RandomStudy

TEXT = 'Zoë: café 🚢\n\nI < you & "me"\nשלום, trust them.\n'
SPANS = {
    "ship": TEXT.index("🚢"),
    "amp": TEXT.index("you &"),
    "shalom": TEXT.index("שלום"),
}
DAY = "2024-05-14T10:00:00Z"


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Study:
    """A small study with one of each thing."""
    study = Study.create(tmp_path_factory.mktemp("out") / "small", coder="Lead")
    inner = CodeEntry("trust", definition="Relying.", include="On people.")
    book = Codebook(
        codes=(
            CodeEntry("heads", extra={"codable": "false"}, children=(inner, CodeEntry("empty"))),
            CodeEntry("place", extra={"color": "#112233"}, children=(CodeEntry("trust"),)),
        )
    )
    study.codebook.import_codebook(book, "codes")
    study.sources.add(Transcript("talk", "md", TEXT.encode(), TEXT, "utf-8"), speakers={}, kind="notes", language="he")
    study.sources.add(Transcript("x" * 60, "txt", b"b\x0cb", "b\x0cb", "utf-8"), speakers={})
    rows = [
        CodingRow(0, "talk", "place", "Zoë", SPANS["ship"], SPANS["ship"] + 1, at=DAY, memo="a ship"),
        CodingRow(0, "talk", "place/trust", "Zoë", SPANS["ship"], SPANS["ship"] + 1, at="2024-05-15T10:00:00Z"),
        CodingRow(0, "talk", "heads/trust", "Bram", SPANS["ship"], SPANS["ship"] + 1, at=DAY),
        CodingRow(0, "talk", "heads", "Bram", SPANS["amp"], SPANS["amp"] + 5, at=DAY),
        CodingRow(0, "talk", "place", "Bram", SPANS["shalom"], len(TEXT), at=DAY),
        CodingRow(0, "x" * 60, "place", "Bram", 0, 3, at=DAY),
    ]
    study.codings.import_rows(rows, "codings")
    study.cases.import_rows([CaseRow("Home", "household", (), ("talk",))], "cases")
    study.attributes.import_rows("source", {"age": "number"}, [AttributeRow("talk", {"age": ("41",)})], "values")
    study.attributes.import_rows("case", {"age": "text"}, [AttributeRow("Home", {"age": ("1", "2")})], "values")
    memos = [
        MemoRow("We began.", "study", "", title="Day one", coder="Bram", at=DAY),
        MemoRow("What trust is.", "code", "heads/trust", coder="Bram", at=DAY),
        MemoRow("A warm talk.", "source", "talk", coder="Bram", at=DAY),
        MemoRow("Look.", "segment", "talk", start=0, end=3, coder="Zoë", at=DAY),
        MemoRow("Again.", "segment", "talk", start=0, end=3, coder="Zoë", at="2024-06-14T10:00:00Z"),
    ]
    study.memos.import_rows(memos, "memos")
    return study


def rows(file: Path, query: str) -> list[tuple[Any, ...]]:
    """What a database answers, asked without our reader."""
    with closing(sqlite3.connect(f"{file.as_uri()}?mode=ro", uri=True)) as connection:
        return connection.execute(query).fetchall()


def left(wrote: Any) -> dict[str, int]:
    return {one.what: one.number for one in wrote.left}


def test_qualcoder_finds_its_tables_filled(small: Study, tmp_path: Path) -> None:
    folder = tmp_path / "small.qda"
    wrote = write_qualcoder(give(small, "small"), folder)
    file = folder / "data.qda"
    asked = "SELECT s.name, n.name, c.owner, seltext, pos0, pos1, c.memo FROM code_text c"
    coded = rows(file, f"{asked} JOIN source s ON s.id = fid JOIN code_name n ON n.cid = c.cid")
    ship = SPANS["ship"]
    assert sorted(coded) == sorted(
        [
            ("talk", "place", "Zoë", "🚢", ship, ship + 1, "a ship"),
            ("talk", "place/trust", "Zoë", "🚢", ship, ship + 1, ""),
            ("talk", "heads/trust", "Bram", "🚢", ship, ship + 1, ""),
            ("talk", "heads", "Bram", "you &", SPANS["amp"], SPANS["amp"] + 5, ""),
            ("talk", "place", "Bram", TEXT[SPANS["shalom"] :], SPANS["shalom"], len(TEXT), ""),
            ("x" * 60, "place", "Bram", "b\x0cb", 0, 3, ""),
        ]
    )
    tree = "SELECT n.name, k.name, p.name FROM code_name n LEFT JOIN code_cat k ON k.catid = n.catid"
    tree += " LEFT JOIN code_name p ON p.cid = n.supercid"
    assert set(rows(file, tree)) == {
        ("heads", None, None),
        ("heads/trust", "heads", None),
        ("empty", "heads", None),
        ("place", None, None),
        ("place/trust", None, "place"),
    }
    assert rows(file, "SELECT memo, color FROM code_name WHERE name IN ('heads/trust', 'place') ORDER BY name") == [
        ("Relying.\n\nInclude: On people.", "#8AB4F8"),
        ("", "#112233"),
    ]
    assert rows(file, "SELECT fid, pos0, pos1, memo, owner FROM annotation") == [(1, 0, 3, "Look.\n\nAgain.", "Zoë")]
    assert set(rows(file, "SELECT name, jentry, owner, date FROM journal")) == {
        ("Day one", "We began.", "Bram", "2024-05-14 10:00:00"),
        ("heads/trust: memo", "What trust is.", "Bram", "2024-05-14 10:00:00"),
    }
    assert rows(file, "SELECT c.name, t.fid, pos0, pos1 FROM cases c JOIN case_text t USING (caseid)") == [
        ("Home", 1, 0, len(TEXT))
    ]
    asked = "SELECT t.name, attr_type, value, valuetype, id FROM attribute a JOIN attribute_type t ON t.name = a.name"
    assert set(rows(file, asked)) >= {
        ("kind", "file", "notes", "character", 1),
        ("age", "file", "41", "numeric", 1),
        ("age", "file", "", "numeric", 2),
        ("age (2)", "case", "1; 2", "character", 1),
        ("kind of case", "case", "household", "character", 1),
    }
    assert rows(file, "SELECT databaseversion, memo FROM project") == [("v17", "")]
    assert {one[0] for one in rows(file, "SELECT name FROM coder_names")} >= {"Zoë", "Bram"}
    assert (folder / "documents" / "talk.md").read_bytes() == TEXT.encode()
    assert left(wrote)["codes with the name of another code"] == 2
    assert left(wrote)["categories that are coded"] == left(wrote)["memos on codes"] == 1
    assert wrote == try_qualcoder(give(small, "small"))
    with pytest.raises(QdaError, match="nothing is written over it"):
        write_qualcoder(give(small, "small"), folder)
    write_qualcoder(give(small, "small"), tmp_path / "again.qda")
    assert (tmp_path / "again.qda" / "data.qda").read_bytes() == file.read_bytes()


def test_parents_go_to_older_versions_of_qualcoder_as_categories(small: Study, tmp_path: Path) -> None:
    write_qualcoder(give(small, "small"), tmp_path / "small.qda", categories=True)
    tree = "SELECT n.name, k.name, supercid FROM code_name n LEFT JOIN code_cat k USING (catid)"
    assert set(rows(tmp_path / "small.qda" / "data.qda", tree)) == {
        ("heads", None, None),
        ("heads/trust", "heads", None),
        ("empty", "heads", None),
        ("place", None, None),
        ("place/trust", "place", None),
    }
    with Study.create(tmp_path / "new", coder="Lead") as other:
        take(other, tmp_path / "small.qda", speakers="no")
        assert len(codings(other)) == 6
        assert {one.path for one in other.codebook.tree().codes if one.parent is None} == {"heads", "place"}


def test_taguette_finds_bytes_between_tags(small: Study, tmp_path: Path) -> None:
    file = tmp_path / "small.sqlite3"
    wrote = write_taguette(give(small, "small"), file)
    documents = dict(rows(file, "SELECT id, contents FROM documents"))
    words = {key: html.unescape(re.sub(r"<[^>]*>", "", one)) for key, one in documents.items()}
    assert words == {1: TEXT, 2: "b b"}
    assert documents[1].startswith('<p>Zoë: café 🚢</p>\n<p></p>\n<p>I &lt; you &amp; "me"</p>\n<p>שלום')
    asked = "SELECT h.document_id, start_offset, end_offset, snippet, path, user_login, date FROM highlights h"
    asked += " JOIN highlight_tags ON highlight_id = h.id JOIN tags t ON t.id = tag_id"
    marked = rows(file, f"{asked} JOIN commands c ON json_extract(payload, '$.highlight_id') = h.id")
    # Counted by hand: "Zoë: café " has 10 letters, two of them of two bytes; the ship has four bytes.
    assert {one[:3] for one in marked if "🚢" in one[3]} == {(1, 12, 16)}
    assert {(one[4], one[5], one[6][:10]) for one in marked if "🚢" in one[3]} == {
        ("place", "zoe", "2024-05-14"),
        ("place/trust", "zoe", "2024-05-14"),
        ("heads/trust", "bram", "2024-05-14"),
    }
    for key, start, end, snippet, *_ in marked:
        here = words[key].encode()[start:end].decode()
        assert html.unescape(re.sub(r"<[^>]*>", "", snippet)) == here
    assert len(marked) == 6
    assert len(rows(file, "SELECT 1 FROM highlights")) == wrote.counts["highlights"] == 5
    assert rows(file, "PRAGMA application_id") == [(0x54677474,)]
    assert rows(file, "SELECT length(name), text_direction FROM documents") == [
        (4, "RIGHT_TO_LEFT"),
        (50, "LEFT_TO_RIGHT"),
    ]
    assert set(rows(file, "SELECT user_login, privileges FROM project_members")) == {("admin", "ADMIN")}
    lost = left(wrote)
    assert (lost["control characters in texts"], lost["names longer than Taguette allows"]) == (1, 1)
    assert (lost["memos on codings"], lost["memos on segments"], lost["memos on codes"]) == (1, 2, 1)
    assert wrote == try_taguette(give(small, "small"))
    with pytest.raises(QdaError, match="nothing is written over it"):
        write_taguette(give(small, "small"), file)


def test_annotations_say_place_words_and_who(small: Study, tmp_path: Path) -> None:
    file = tmp_path / "a.jsonld"
    wrote = write_annotations(give(small, "small"), file)
    found = json.loads(file.read_text(encoding="utf-8"))
    assert found["@context"] == "http://www.w3.org/ns/anno.jsonld"
    items = found["first"]["items"]
    assert found["total"] == len(items) == 6 + 3
    ship = next(one for one in items if one["body"][0]["value"] == "place" and one["creator"]["name"] == "Zoë")
    start = SPANS["ship"]
    assert ship["target"]["selector"] == [
        {"type": "TextPositionSelector", "start": start, "end": start + 1},
        {"type": "TextQuoteSelector", "exact": "🚢", "prefix": TEXT[:start], "suffix": TEXT[start + 1 : start + 33]},
    ]
    assert (ship["motivation"], ship["created"]) == ("tagging", DAY)
    assert [one["value"] for one in ship["body"]] == ["place", "a ship"]
    known = {one.uid for one in small.codings.all()} | {one.uid for one in small.memos.all()}
    assert {one["id"].removeprefix("urn:uuid:") for one in items} <= known
    assert left(wrote)["codes without a coding"] == 1
    assert wrote == try_annotations(give(small, "small"))


@settings(max_examples=4, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 2**32))
def test_what_goes_out_comes_in_again(tmp_path: Path, seed: int) -> None:
    for name in ("one", "two", "three", "four", "p.qda", "p.sqlite3"):
        shutil.rmtree(tmp_path / name, ignore_errors=True)
        (tmp_path / name).unlink() if (tmp_path / name).exists() else None
    with RandomStudy(tmp_path / "one", seed).study as study:
        truth = codings(study)
        paths = [split_path(one.path) for one in study.codebook.tree().codes]
        last = [names[-1] for names in paths]

        def as_qualcoder(path: str) -> str:
            names = split_path(path)
            own = [join_path(names[: at + 1]) if last.count(name) > 1 else name for at, name in enumerate(names)]
            return join_path(own)

        write_qualcoder(give(study, "p"), tmp_path / "p.qda")
        write_taguette(give(study, "p"), tmp_path / "p.sqlite3")
        write_annotations(give(study, "p"), tmp_path / "p.jsonld")
        with Study.create(tmp_path / "two", coder="Lead") as other:
            take(other, tmp_path / "p.qda", speakers="no")
            assert codings(other) == sorted(one._replace(code=as_qualcoder(one.code)) for one in truth)
        with Study.create(tmp_path / "three", coder="Lead") as other:
            take(other, tmp_path / "p.sqlite3", speakers="no")
            plain = [one._replace(coder="", code=join_path([one.code]), text=_spaced(one.text)) for one in truth]
            assert sorted(one._replace(coder="") for one in codings(other)) == sorted(plain)
            assert len({one.coder for one in codings(other)}) == len({one.coder for one in truth})
        with Study.create(tmp_path / "four", coder="Lead") as other:
            for source in study.sources.all():
                text = study.sources.text(source.key)
                other.sources.add(
                    Transcript(source.name, "txt", text.encode(), text, "utf-8"),
                    speakers={},
                    name=source.name,
                    again=True,
                )
            texts = [
                KnownText(uid_of(one.uid) or b"", one.name, lambda key=one.key: other.sources.text(key))  # type: ignore[misc]
                for one in other.sources.all()
            ]
            if truth or study.memos.all():
                take_annotations(other, tmp_path / "p.jsonld", texts)
            assert codings(other) == truth


def take_annotations(study: Study, file: Path, texts: list[KnownText]) -> None:
    if json.loads(file.read_text(encoding="utf-8"))["total"]:
        take(study, file, texts=lambda: texts)


def _spaced(text: str) -> str:
    return text.replace("\x0c", " ")
