"""Rows of versioned tables are closed and opened, never overwritten; "as of" any change can be read."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from store_world import coding, problems, snapshot
from test_store_undo import ACTIONS

from qda.errors import QdaError
from qda.store.change import Change

if TYPE_CHECKING:
    from store_world import Snapshot

    from qda.store import Study


def only_closed(before: Snapshot, after: Snapshot) -> None:
    """What was there is there, with the same content; what lived may have died."""
    newest = after.log[-1][0]
    for place, row in before.rows.items():
        kept = after.rows[place]
        assert kept[:-1] == row[:-1]
        assert kept[-1] == row[-1] or (row[-1] is None and kept[-1] == newest)
    for place, row in after.rows.items():
        if place not in before.rows:
            assert row[-2:] == (newest, None)


@pytest.mark.parametrize("name", ACTIONS)
def test_no_action_overwrites_anything(full: Study, name: str) -> None:
    first = snapshot(full)
    ACTIONS[name](full)
    done = snapshot(full)
    only_closed(first, done)
    full.changes.undo()
    undone = snapshot(full)
    only_closed(done, undone)
    full.changes.redo()
    redone = snapshot(full)
    only_closed(undone, redone)
    last = redone.log[-1][0]
    for back, snap in enumerate((redone, undone, done, first)):
        assert redone.as_of(last - back) == snap.live()


def test_every_moment_of_the_log_can_be_read(full: Study) -> None:
    moments = {snapshot(full).log[-1][0]: snapshot(full).live()}
    for act in ACTIONS.values():
        try:
            act(full)
        except QdaError:
            continue
        now = snapshot(full)
        moments[now.log[-1][0]] = now.live()
    last = snapshot(full)
    assert len(moments) > 25
    for number, live in moments.items():
        assert last.as_of(number) == live


def test_a_row_made_and_changed_in_one_action_has_one_version(anna: Study) -> None:
    anna.codebook.add("new", definition="Words", include="More")
    rows = anna.database.rows("SELECT definition, include, died FROM code WHERE name = 'new'")
    assert rows == [("Words", "More", None)]


def test_an_edit_that_changes_nothing_touches_nothing(anna: Study) -> None:
    before = snapshot(anna)
    with anna.action("code", "nothing") as change:
        assert change.edit("code", "name = 'c'", (), definition="", retired=0) == 0
        assert change.put("setting", ("x", "1")) is not False
        change.close("setting", "name = 'x'")
    assert before.rows == snapshot(anna).rows
    assert before.state == anna.state_hash()


def test_put_says_whether_something_differed(anna: Study) -> None:
    with anna.action("setting", "x") as change:
        assert change.put("setting", ("x", "1"))
        assert not change.put("setting", ("x", "1"))
        assert change.put("setting", ("x", "2"))
    assert anna.settings.all() == {"x": "2"}
    assert len(anna.database.rows("SELECT * FROM setting")) == 1
    with anna.action("setting", "x again") as change:
        assert not change.put("setting", ("x", "2"))
        assert change.close("setting", "name = ?", ("x",)) == 1
        assert change.put("setting", ("x", "2"))
    assert problems(anna) == []


def test_edit_counts_and_many_rows_are_edited_in_parts(anna: Study) -> None:
    anna.codings.import_rows([coding(n, "c", n % 70, n % 70 + 1 + n // 70) for n in range(700)], "many")
    with anna.action("coding", "all") as change:
        assert change.edit("coding", "start < 60", (), weight=0.5) == 600
        assert change.edit("coding", "start < 60", (), weight=0.5) == 0
    assert sum(one.weight == 0.5 for one in anna.codings.all()) == 600
    assert anna.codings.count() == 700
    assert problems(anna) == []


def test_entities_keep_their_key_for_ever(anna: Study) -> None:
    with anna.action("x", "made") as change:
        made = change.new_keys("code", 3, [b"1" * 16, None, b"2" * 16])
        change.insert("setting", [("x", "1")])
    assert len(set(made)) == 3
    with anna.action("x", "again") as change:
        again = change.new_keys("code", 3, [b"2" * 16, b"1" * 16, None])
        change.insert("setting", [("y", "1")])
    assert (again[0], again[1]) == (made[2], made[0])
    assert again[2] not in made
    assert isinstance(change, Change)
    kinds = dict(anna.database.rows("SELECT key, kind FROM entity"))
    assert {kinds[key] for key in {*made, *again}} == {"code"}


def test_a_row_that_would_stand_twice_is_closed_once_repointed(anna: Study) -> None:
    anna.codings.apply("t", "c", 0, 3)
    source = anna.sources.get("t").key
    keys = {code.path: code.key for code in anna.codebook.tree().codes}
    with anna.action("coverage", "both") as change:
        change.insert("coverage", [(source, keys["a"], 1), (source, keys["c"], 0)])
    with anna.action("coverage", "one") as change:
        change.repoint("coverage", "code", keys["c"], keys["a"])
    assert anna.coverage.all() == [("t", "a", True)]
    assert problems(anna) == []
