"""Hand-outs that come back in any order make the study in which everybody had worked in one file."""

from __future__ import annotations

import contextlib
import os
import shutil
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from store_world import ENGLISH, add, document, new_folder, problems, snapshot, state_from_scratch

from qda.errors import QdaError
from qda.model.rounds import Part, Terms
from qda.store import Study
from qda.store.handout import hand_out
from qda.store.memos import MemoRow
from qda.store.merge import merge

if TYPE_CHECKING:
    from pathlib import Path

CODERS = ("anna", "bram", "cleo")
SOURCES = ("s", "t")
NAMES = ("luck", "Luck", "hope", "a")

small = st.integers(0, 7)
deed = st.one_of(
    st.tuples(st.just("add"), st.sampled_from(SOURCES), small, small, small),
    st.tuples(st.just("remove"), small),
    st.tuples(st.just("recode"), small, small),
    st.tuples(st.just("weigh"), small, small),
    st.tuples(st.just("memo"), st.sampled_from(("source", "coding", "code", "segment")), small),
    st.tuples(st.just("forget"), small),
    st.tuples(st.just("propose"), st.sampled_from(NAMES), small),
    st.tuples(st.just("describe"), small, st.sampled_from(NAMES)),
    st.tuples(st.just("progress"), st.sampled_from(SOURCES), st.sampled_from(("in progress", "done"))),
    st.tuples(st.just("undo")),
    st.tuples(st.just("submit")),
)
work = st.fixed_dictionaries({coder: st.lists(deed, max_size=12) for coder in CODERS})
before = st.lists(st.tuples(st.sampled_from(CODERS), st.sampled_from((*SOURCES, "u")), small, small), max_size=6)


def codes(study: Study) -> list[str]:
    return sorted(code.path for code in study.codebook.tree().codes)


def own(study: Study) -> list[Any]:
    """The coder's own codings in the sources of the round, in an order that is the same in every file."""
    paths = {code.key: code.path for code in study.codebook.tree().codes}
    names = {source.key: source.name for source in study.sources.all()}
    me = study.coders.find(study.coder)
    found = [one for one in study.codings.all() if one.coder == me and names[one.source] in SOURCES]
    return sorted(found, key=lambda one: (names[one.source], one.start, one.end, paths[one.code]))


def do(study: Study, deed: tuple[Any, ...]) -> None:  # noqa: C901
    """One thing that a coder does; what is refused is refused in every file."""
    kind, *how = deed
    mine, paths = own(study), codes(study)
    memos = sorted((one for one in study.memos.all() if one.coder == study.coder), key=lambda one: (one.body, one.at))
    if kind == "add":
        study.codings.apply(how[0], paths[how[1] % len(paths)], how[2], how[2] + how[3] + 1)
    elif kind == "remove" and mine:
        study.coding_edits.remove([mine[how[0] % len(mine)].key])
    elif kind == "recode" and mine:
        study.coding_edits.recode(mine[how[0] % len(mine)].key, study.codebook.get(paths[how[1] % len(paths)]).key)
    elif kind == "weigh" and mine:
        study.coding_edits.weigh(mine[how[0] % len(mine)].key, how[1] / 2)
    elif kind == "memo":
        target = {"source": "s", "segment": "t", "code": paths[how[1] % len(paths)]}.get(how[0], "")
        if how[0] == "coding" and mine:
            target = mine[how[1] % len(mine)].uid
        span = (how[1], how[1] + 3) if how[0] == "segment" else (None, None)
        body = f"{study.coder} {how[0]} {how[1]}"
        study.memos.import_rows([MemoRow(body, how[0], target, start=span[0], end=span[1])], "memo")
    elif kind == "forget" and memos:
        study.memos.remove(memos[how[0] % len(memos)].uid)
    elif kind == "propose":
        study.codebook.add(how[0] if how[1] < 5 else f"{paths[how[1] % len(paths)]}/{how[0]}")
    elif kind == "describe":
        study.codebook.describe(paths[how[0] % len(paths)], definition=how[1])
    elif kind == "progress":
        study.progress.set(how[0], study.coder, how[1])
    elif kind == "undo":
        study.changes.undo()
    elif kind == "submit":
        study.rounds.submit("first")


def work_in(study: Study, coder: str, deeds: list[tuple[Any, ...]]) -> None:
    study.coder = coder
    done = 0
    for one in deeds:
        if one[0] == "undo" and not done:
            continue  # what was done before the hand-out is not undone in it
        number = study.coding_edits.last_change()
        with contextlib.suppress(QdaError):
            do(study, one)
        changed = study.coding_edits.last_change() > number
        done += (-1 if one[0] == "undo" else 1) * changed


def content(study: Study) -> dict[str, Any]:
    """What each coder has, as they see it, and what was handed in."""
    found: dict[str, Any] = {}
    one = study.rounds.get("first")
    for coder in CODERS:
        study.coder = coder
        tree = study.codebook.tree()
        names = {source.key: source.name for source in study.sources.all()}
        paths = {code.key: code.path for code in tree.codes}
        noted = study.memos.of_codings()
        key = study.coders.find(coder)
        found[coder] = {
            "codings": [
                (
                    names[x.source],
                    x.start,
                    x.end,
                    paths[x.code],
                    x.weight,
                    sorted(noted.get(x.key, "").split("\n")),
                )
                for x in own(study)
            ],
            "codes": [(code.path, code.entry.definition) for code in sorted(tree.codes, key=lambda code: code.path)],
            "memos": sorted(
                (memo.body, memo.target_kind, memo.start) for memo in study.memos.all() if memo.coder == coder
            ),
            "progress": [row for row in study.progress.all() if row[1] == coder],
        }
        submitted = study.rounds.submitted(one.key).get(key)
        if submitted is not None:
            found[coder]["handed in"] = sorted(
                (name, *segment[:2], paths.get(segment[4], ""))
                for number, name in names.items()
                for segment in study.rounds.segments(number, key, submitted)
                if name in SOURCES
            )
    study.coder = "lead"
    return found


def sound(study: Study) -> None:
    assert problems(study) == []
    assert state_from_scratch(study) == study.state_hash()


def base(folder: Path, codings: list[Any], blind: bool) -> Study:  # noqa: FBT001
    study = Study.create(folder, coder="lead")
    for name in ("s", "t", "u"):
        add(study, document(f"{name}. {ENGLISH}", name))
    for path in ("a", "a/b", "c"):
        study.codebook.add(path)
    for coder, source, which, start in codings:
        study.coder = coder
        study.codings.apply(source, ("a", "a/b", "c")[which % 3], start, start + 4)
    study.coder = "lead"
    parts = [
        Part(one.key, one.revision_key, whole=True, start=0, end=0)
        for one in study.sources.all()
        if one.name in SOURCES
    ]
    study.rounds.make("first", CODERS, parts, Terms(blind=blind))
    return study


@pytest.mark.long
@settings(max_examples=int(os.environ.get("QDA_EXAMPLES", "8")), deadline=None, suppress_health_check=list(HealthCheck))
@given(codings=before, deeds=work, order=st.permutations(CODERS), halfway=st.integers(0, 12))
def test_any_order_gives_what_one_file_would_have(
    codings: list[Any], deeds: dict[str, list[Any]], order: list[str], halfway: int
) -> None:
    folder = new_folder()
    try:
        study = base(folder / "many", codings, blind=True)
        study.close()
        shutil.copytree(folder / "many", folder / "one")
        study, one = Study.open(folder / "many", coder="lead"), Study.open(folder / "one", coder="lead")
        for coder in CODERS:
            hand_out(study, "first", coder, folder / f"{coder}.db")
            for part in (deeds[coder][:halfway], deeds[coder][halfway:]):
                with Study.open(folder / f"{coder}.db") as alone:
                    work_in(alone, coder, part)
                    sound(alone)
                if coder == order[-1]:
                    merge(study, folder / f"{coder}.db")  # one comes back twice
            work_in(one, coder, deeds[coder][:halfway])
            work_in(one, coder, deeds[coder][halfway:])
        for coder in order:
            start = snapshot(study)
            merge(study, folder / f"{coder}.db")
            sound(study)
            if study.state_hash() != start.state:
                study.changes.undo()
                assert study.state_hash() == start.state
                study.changes.redo()
                sound(study)
        done = snapshot(study)
        for coder in order:
            assert merge(study, folder / f"{coder}.db").nothing
        assert snapshot(study) == done
        assert content(study) == content(one)
        for each in (study, one):
            each.rounds.reveal("first", anyway=True)
            sound(each)
        assert len(codes(study)) == len(codes(one))
        assert study.codings.count() == one.codings.count()
        study.close()
        one.close()
    finally:
        shutil.rmtree(folder)
