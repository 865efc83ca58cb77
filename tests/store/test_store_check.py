"""`qda check` finds what somebody did to the file behind the change log."""

from __future__ import annotations

from array import array
from typing import TYPE_CHECKING

import pytest
from store_world import VERSIONED, document, problems, snapshot, state_from_scratch

from qda.model.folding import fold
from qda.reports.search import search
from qda.store.check import check_study
from qda.store.revisions import edit_source
from qda.store.schema import TABLES

if TYPE_CHECKING:
    from qda.store import Study

CHANGED = {
    "setting": "value = 'changed'",
    "coder": "name = name || 'x'",
    "source": "kind = 'changed'",
    "revision": "number = number + 10",
    "turn": "words = words + 1",
    "person": "role = 'other'",
    "participant": "source = (SELECT key FROM source WHERE name = 'u')",
    "case": "name = 'changed'",
    "member": "case_ = member",
    "attribute": "name = name || 'x'",
    "value": "value = value || 'x'",
    "code": "definition = 'changed'",
    "coding": "weight = 0.75",
    "memo": "body = 'changed'",
    "summary": "body = 'changed'",
    "judgement": "state = 'changed'",
    "fact": "note = 'changed'",
    "dataset": "note = 'changed'",
    "recoding": "reason = 'changed'",
    "rule": "words = 'changed'",
    "frame": "note = 'changed'",
    "frame_unit": "status = 'changed'",
    "not_data": "reason = 'changed'",
    "progress": "version = 99",
    "coverage": "asked = 1 - asked",
    "reread": "version = 99",
    "round": "unit = 'changed'",
    "assignment": "whole = 1 - whole",
    "submission": "round = coder",
    "decision": "reason = 'changed'",
    "decided": "code = decision",
    "outcome": "coding = decision",
    "claim": "state = 'changed'",
    "claim_code": "claim = code",
    "citation": "role = 'changed'",
    "query": "text = 'changed'",
    "translation": "method = 'changed'",
    "sensitive": "reason = 'changed'",
    "pseudonym": "name = 'changed'",
    "leak": "reason = 'changed'",
}


def damage(study: Study, *statements: str) -> list[str]:
    study.database.connection.execute("PRAGMA foreign_keys = OFF")
    for statement in statements:
        study.database.connection.execute(statement)
    return problems(study)


def test_a_sound_study(full: Study) -> None:
    said: list[str] = []
    assert check_study(full, said.append) == []
    assert said[:4] == ["the database", "texts and originals", "places of codings", "links between things"]
    assert len(said) >= 6
    assert set(VERSIONED) == set(TABLES) == set(CHANGED)


@pytest.mark.parametrize("table", CHANGED)
def test_a_row_changed_behind_the_log(full: Study, table: str) -> None:
    found = damage(full, f'UPDATE "{table}" SET {CHANGED[table]} WHERE died IS NULL')
    assert f"the table {table} was changed behind the change log" in found


@pytest.mark.parametrize("table", CHANGED)
def test_a_row_taken_away_behind_the_log(full: Study, table: str) -> None:
    found = damage(full, f'DELETE FROM "{table}" WHERE row = (SELECT min(row) FROM "{table}" WHERE died IS NULL)')
    assert f"the table {table} was changed behind the change log" in found


@pytest.mark.parametrize("table", CHANGED)
def test_a_row_closed_behind_the_log(full: Study, table: str) -> None:
    found = damage(
        full, f'UPDATE "{table}" SET died = 3 WHERE row = (SELECT max(row) FROM "{table}" WHERE died IS NULL)'
    )
    assert f"the table {table} was changed behind the change log" in found


def test_times_and_dead_rows_are_no_part_of_the_state(full: Study) -> None:
    full.codebook.rename("fear", "worry")
    assert damage(full, "UPDATE coding SET at = 'x'", "UPDATE memo SET at = 'x'", "UPDATE change SET at = 'x'") == []


def test_a_state_that_was_changed(full: Study) -> None:
    found = damage(full, "UPDATE state SET sum = zeroblob(32) WHERE name = 'coding'")
    assert found == ["the table coding was changed behind the change log"]
    assert full.state_hash() != state_from_scratch(full)


def test_a_text_that_was_changed(full: Study) -> None:
    found = damage(full, "UPDATE text SET body = 'X' || substr(body, 2) WHERE characters > 100")
    assert any("is not what its hash says" in sentence for sentence in found)
    assert any("the search text of" in sentence for sentence in found)


def test_a_text_of_another_length(full: Study) -> None:
    assert any("characters, not 3" in sentence for sentence in damage(full, "UPDATE text SET characters = 3"))


@pytest.mark.parametrize("column", ["folded = 'x'", "map = x'00'"])
def test_a_fold_that_was_changed(full: Study, column: str) -> None:
    found = damage(full, f"UPDATE text SET {column}")
    assert found
    assert all("the search text of" in sentence and "is out of date" in sentence for sentence in found)


def test_a_fold_of_older_rules_is_no_damage_and_is_made_anew(full: Study) -> None:
    """A search sees through what an older version folded otherwise; only damage is wrong."""
    before = [search(full, words) for words in ("THE", "return", "- ")]
    assert any(before)
    older = array("I", [0, 0]).tobytes()
    with full.database.writing() as connection:
        connection.execute("UPDATE text SET folded = 'quite another', map = ?", (older,))
    assert problems(full) == []
    assert [search(full, words) for words in ("THE", "return", "- ")] == before
    source = full.sources.all()[0].key
    assert full.sources.folded(source) == fold(full.sources.text(source))


def test_a_missing_text(full: Study) -> None:
    found = damage(full, "DELETE FROM text")
    assert any("the text of revision" in sentence for sentence in found)
    assert any("the original" in sentence and "is missing" in sentence for sentence in found)


def test_an_original_that_was_changed(anna: Study) -> None:
    anna.sources.add(document("text", "u", original=b"bytes"), speakers={})
    assert problems(anna) == []
    found = damage(anna, "UPDATE original SET bytes = x'00' WHERE bytes IS NOT NULL")
    assert any("the original" in sentence and "is not what its hash says" in sentence for sentence in found)


@pytest.mark.parametrize("table", ["coding", "memo", "not_data", "turn"])
@pytest.mark.parametrize("change", ["end = 100000", "start = -1", "start = end + 1"])
def test_places_outside_the_text(full: Study, table: str, change: str) -> None:
    found = damage(full, f"UPDATE {table} SET {change} WHERE died IS NULL AND start IS NOT NULL")
    assert any(f"rows of {table} do not lie in their text" in sentence for sentence in found)


def test_empty_codings(full: Study) -> None:
    found = damage(full, "UPDATE coding SET end = start")
    assert any("codings are empty" in sentence for sentence in found)


def test_codings_on_an_older_text(full: Study) -> None:
    revision = full.sources.get("t").revision_key
    edit_source(full, "t", document("Well. The return was voluntary."), {})
    found = damage(full, f"UPDATE coding SET revision = {revision} WHERE died IS NULL AND anchor < 2")
    assert any("codings belong to an older text of their source" in sentence for sentence in found)


def test_codings_of_another_source_s_text(full: Study) -> None:
    t, u = (full.sources.get(name).key for name in "tu")
    found = damage(full, f"UPDATE coding SET source = {u} WHERE source = {t}")
    assert any("codings belong to an older text of their source" in sentence for sentence in found)


@pytest.mark.parametrize(
    ("table", "kind"),
    [
        ("code", "code"),
        ("coder", "coder"),
        ("source", "source"),
        ("revision", "revision"),
        ("person", "person"),
        ("case", "case"),
        ("attribute", "attribute"),
    ],
)
def test_links_to_what_is_gone(full: Study, table: str, kind: str) -> None:
    found = damage(full, f'UPDATE "{table}" SET died = 3 WHERE died IS NULL')
    assert any(f"refer to a {kind} that is gone" in sentence for sentence in found)


def test_checking_changes_nothing(full: Study) -> None:
    before = snapshot(full)
    full.close()
    content = full.database.file.read_bytes()
    from qda.store import Study

    with Study.open(full.folder) as again:
        assert problems(again) == []
        assert snapshot(again) == before
    assert full.database.file.read_bytes() == content
