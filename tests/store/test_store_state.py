"""The state hash: what it depends on, and what it does not."""

from __future__ import annotations

import hashlib
import random
import shutil
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from store_world import (
    ENGLISH,
    another,
    coding,
    document,
    make,
    new_folder,
    problems,
    rich,
    seed,
    spoken,
    state_from_scratch,
)

from qda.errors import QdaError
from qda.model.claims import CitationRow, ClaimRow
from qda.store import Study, change, claims, codings, digest, memos
from qda.store.attributes import AttributeRow
from qda.store.cases import CaseRow
from qda.store.memos import MemoRow
from qda.store.not_data import NotDataRow
from qda.store.persons import PersonRow
from qda.store.progress import CoverageRow, ProgressRow

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

EMPTY = hashlib.sha256().hexdigest()

# Actions that neither need nor touch one another, but for what the small study has.
INDEPENDENT: dict[str, Callable[[Study], Any]] = {
    "source": lambda s: s.sources.add(spoken("u", ("I", "Yes?"), ("R1", "No.")), speakers={}),
    "another source": lambda s: s.sources.add(document("Notes.", "v"), speakers={}, kind="notes"),
    "code": lambda s: s.codebook.add("a/new"),
    "code elsewhere": lambda s: s.codebook.add("a/b/new"),
    "words": lambda s: s.codebook.describe("c", definition="Words"),
    "coding": lambda s: s.codings.apply("t", "a", 0, 3),
    "codings": lambda s: s.codings.import_rows([coding(1, "c", 5, 9, memo="So."), coding(2, "c", 7, 9)], "codings"),
    "coder": lambda s: s.codings.import_rows([coding(1, "c", 5, 9, coder="zed")], "codings of a new coder"),
    "memo": lambda s: s.memos.add(MemoRow("Oh.", "source", "t")),
    "segment": lambda s: s.memos.add(MemoRow("Oh.", "segment", "t", start=0, end=3)),
    "value": lambda s: s.attributes.import_rows("source", {"x": ""}, [AttributeRow("t", {"x": ("1", "2")})], "x"),
    "kind": lambda s: s.sources.describe("t", language="nl"),
    "person": lambda s: s.persons.import_rows([PersonRow("Noor", "interviewer", "t")], "Noor"),
    "case": lambda s: s.cases.import_rows([CaseRow("Shelter", "organisation", (), ("t",))], "case"),
    "progress": lambda s: s.progress.import_rows([ProgressRow("t", "anna", "done", "1")], "progress"),
    "coverage": lambda s: s.coverage.import_rows([CoverageRow("t", "a", asked=True)], "coverage"),
    "stretch": lambda s: s.not_data.import_rows([NotDataRow("t", 0, 3)], "stretch"),
    "setting": lambda s: s.settings.set("x", "1"),
    "claim": lambda s: s.claims.add(ClaimRow("Said.", citations=(CitationRow("t", 0, 3),))),
}


def test_an_empty_study_has_the_hash_of_nothing(tmp_path: Path) -> None:
    with Study.create(tmp_path) as study:
        assert study.state_hash() == EMPTY
        study.settings.set("x", "1")
        assert study.state_hash() not in (EMPTY, "")
        study.settings.set("x", "")
        assert study.state_hash() == EMPTY


def test_two_studies_made_the_same_way_have_one_hash(tmp_path: Path) -> None:
    with rich(tmp_path / "one") as one, rich(tmp_path / "other") as other, rich(tmp_path / "third", "x") as third:
        assert one.state_hash() == other.state_hash() == state_from_scratch(one)
        assert third.state_hash() != one.state_hash()


def test_times_are_no_part_of_the_state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Later:
        @staticmethod
        def now(_: object) -> Any:
            from datetime import UTC, datetime

            return datetime(2031, 1, 2, 3, 4, 5, tzinfo=UTC)

    with rich(tmp_path / "now") as now:
        monkeypatch.setattr(change, "datetime", Later)
        monkeypatch.setattr(codings, "now", lambda: "2031-01-02T03:04:05Z")
        monkeypatch.setattr(memos, "now", lambda: "2031-01-02T03:04:05Z")
        monkeypatch.setattr(claims, "now", lambda: "2031-01-02T03:04:05Z")
        with rich(tmp_path / "later") as later:
            assert {line.at[:4] for line in later.changes.all()} == {"2031"}
            assert {one.at[:4] for one in later.codings.all()} == {"2031"}
            assert later.state_hash() == now.state_hash()


def test_keys_rows_and_numbers_of_changes_are_no_part_of_the_state(tmp_path: Path) -> None:
    def work(study: Study) -> str:
        seed(study.database, "work")
        study.sources.add(document(), speakers={})
        study.codebook.add("c")
        study.codings.apply("t", "c", 0, 3)
        return study.state_hash()

    with Study.create(tmp_path / "one", coder="anna") as one, Study.create(tmp_path / "other", coder="anna") as other:
        for study in (one, other):
            seed(study.database, "begin")
            study.settings.set("x", "1")
        for name in ("P", "Q", "R"):
            other.persons.import_rows([PersonRow(name)], "persons")
            other.changes.undo()
        assert work(one) == work(other)
        keys = [next(study.codings.all()).key for study in (one, other)]
        assert keys[0] != keys[1]
        assert len(one.changes.all()) != len(other.changes.all())


@pytest.mark.parametrize("name", INDEPENDENT)
def test_every_action_changes_the_state_and_its_undo_takes_that_back(tmp_path: Path, name: str) -> None:
    with make(tmp_path / "study") as study:
        before = study.state_hash()
        INDEPENDENT[name](study)
        after = study.state_hash()
        assert after != before
        assert after == state_from_scratch(study)
        study.changes.undo()
        assert study.state_hash() == before
        study.changes.redo()
        assert study.state_hash() == after


@pytest.fixture(scope="module")
def base() -> Iterator[Path]:
    """A small study to begin with."""
    folder = new_folder()
    with Study.create(folder, coder="anna") as study:
        seed(study.database, "begin")
        study.sources.add(document(ENGLISH), speakers={})
        for path in ("a", "a/b", "c"):
            study.codebook.add(path)
    yield folder / "study.db"
    shutil.rmtree(folder)


def _in_order(base: Path, names: list[str], closing: random.Random) -> str:
    """The state after some actions on a study that is closed now and then."""
    folder = new_folder()
    shutil.copy(base, folder)
    study = Study.open(folder, coder="anna")
    for name in names:
        if closing.random() < 0.3:
            study.close()
            study = Study.open(folder, coder="anna")
        seed(study.database, name)
        INDEPENDENT[name](study)
        if closing.random() < 0.3:
            study.changes.undo()
            study.changes.redo()
    found = study.state_hash()
    assert problems(study) == []
    study.close()
    shutil.rmtree(folder)
    return found


@given(st.permutations(sorted(INDEPENDENT)), st.randoms(use_true_random=False))
@settings(max_examples=12, deadline=None)
def test_the_order_of_independent_work_does_not_matter(base: Path, names: list[str], closing: random.Random) -> None:
    first = EXPECTED.setdefault("hash", _in_order(base, sorted(names), random.Random(0)))
    assert _in_order(base, names, closing) == first


EXPECTED: dict[str, str] = {}


def test_the_state_is_in_the_file_and_every_process_reads_it(anna: Study, bram: Study) -> None:
    before = anna.state_hash()
    bram.settings.set("x", "1")
    assert anna.state_hash() == bram.state_hash() != before


def test_a_refused_action_leaves_the_state(anna: Study) -> None:
    before = anna.state_hash()
    with pytest.raises(QdaError):
        anna.codings.import_rows([coding(1, "c", 0, 3), coding(2, "c", 0, 300)], "refused")
    assert anna.state_hash() == before == state_from_scratch(anna)


def test_what_another_process_made_is_hashed_by_its_own_uid(anna: Study) -> None:
    with another(anna, "bram") as bram:
        made = bram.codings.apply("t", "c", 0, 3)
        bram.codebook.add("new")
        anna.codebook.rename("new", "newer")
        anna.codings.remove(made)
    assert problems(anna) == []


# --- the arithmetic -----------------------------------------------------------------------------------------


def test_known_digests() -> None:
    digits = hashlib.sha256(b"('setting', 'a', 'b')").hexdigest()
    assert digest.row_digest("setting", ("a", "b")) == int(digits, 16)
    assert digest.row_digest("x", ("é", None, 1, 0.5, b"\xff")) == int(
        hashlib.sha256(b"('x', '\\xe9', None, 1, 0.5, b'\\xff')").hexdigest(), 16
    )


rows = st.lists(st.tuples(st.one_of(st.none(), st.text(), st.integers(), st.binary())), max_size=8)


@given(rows, st.randoms())
def test_sums_do_not_depend_on_order_and_go_back(values: list[tuple[Any, ...]], order: random.Random) -> None:
    total: bytes | None = None
    for value in values:
        total = digest.add(total, digest.rows_sum("t", [value]))
    assert int.from_bytes(total or b"", "big") == digest.rows_sum("t", values)
    order.shuffle(values)
    for value in values:
        total = digest.add(total, -digest.rows_sum("t", [value]))
    assert not any(total or b"")


def test_tables_without_rows_count_as_absent() -> None:
    zero, one = bytes(32), (1).to_bytes(32, "big")
    assert digest.state_hash({"a": zero}) == digest.state_hash({}) == EMPTY
    assert digest.state_hash({"a": zero, "b": one}) == digest.state_hash({"b": one})
    assert digest.state_hash({"b": one, "a": one}) == digest.state_hash({"a": one, "b": one})
    assert digest.state_hash({"a": one}) != digest.state_hash({"b": one})
    assert digest.state_hash({"a": one}) == hashlib.sha256(b"a\0" + one).hexdigest()
    assert digest.add((digest.MODULUS - 1).to_bytes(32, "big"), 1) == zero
    assert digest.MODULUS == 2**256
