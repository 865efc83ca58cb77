"""The work list of a round and what becomes of decisions: the consensus, undo, texts, codes, progress, merging."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest
from adjudication_world import CODINGS, agree, consensus, make, pilot, problems, states, take
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from qda.errors import QdaError
from qda.model.nouns import id_of
from qda.model.rounds import Part
from qda.model.selection import Selection
from qda.model.transcript import Transcript
from qda.reports.adjudication.deciding import Wanted, decide, finish
from qda.reports.adjudication.worklist import decided_anew, work_list
from qda.reports.frequency import frequency
from qda.store import Study
from qda.store.memos import MemoRow
from qda.store.merge import Options, merge
from qda.store.revisions import edit_source

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def study(tmp_path: Path) -> Iterator[Study]:
    with make(tmp_path / "study") as made:
        yield made


def test_the_work_list_of_a_round(study: Study) -> None:
    work = pilot(study)
    assert [(one.number, one.source.name, one.place.start, one.place.end, one.place.kinds) for one in work.items] == [
        (1, "talk", 0, 25, ("agreed",)),
        (2, "talk", 26, 42, ("boundary",)),
        (3, "talk", 43, 52, ("missed",)),
        (4, "talk", 53, 80, ("different code",)),
        (5, "visit", 0, 19, ("extra",)),
    ]
    assert [one.state for one in work.items] == ["open"] * 5
    assert work.get("3") == work.get(work.items[2].id[:8]) == work.items[2]
    for words in ("0", "6", "99999999999999999999", "zzzzzz", work.items[0].id[:3] + "x"):
        with pytest.raises(QdaError, match="there is no place"):
            work.get(words)


@pytest.mark.parametrize(
    ("number", "wanted", "expected"),
    [
        (3, Wanted("anna"), [("talk", "trust", 43, 52)]),
        (3, Wanted("Anna"), [("talk", "trust", 43, 52)]),
        (3, Wanted("none"), []),
        (3, Wanted("recode"), []),
        (4, Wanted("bram"), [("talk", "fear", 53, 80)]),
        (4, Wanted("all"), [("talk", "fear", 53, 80), ("talk", "trust/police", 53, 80)]),
        (2, Wanted("all"), [("talk", "fear", 26, 42)]),
        (2, Wanted("all", ends="intersection"), [("talk", "fear", 33, 42)]),
        (2, Wanted("all", ends="lead:bram"), [("talk", "fear", 33, 42)]),
        (2, Wanted(spans=((30, 40),)), [("talk", "fear", 30, 40)]),
        (2, Wanted(spans=((26, 32), (33, 42))), [("talk", "fear", 26, 32), ("talk", "fear", 33, 42)]),
    ],
)
def test_what_is_taken_is_consensus(
    study: Study, number: int, wanted: Wanted, expected: list[tuple[str, str, int, int]]
) -> None:
    before = study.state_hash()
    work = pilot(study)
    decide(study, work, [work.items[number - 1]], wanted)
    assert consensus(study) == expected
    assert len([one for one in study.codings.all() if one.layer == "independent"]) == len(CODINGS)
    assert states(study)[number - 1] == ("recode" if wanted.take == "recode" else "decided")
    assert problems(study) == []
    after = study.state_hash()
    study.changes.undo()
    assert study.state_hash() == before
    assert (consensus(study), states(study)) == ([], ["open"] * 5)
    study.changes.redo()
    assert study.state_hash() == after


def test_new_codes_and_what_is_kept_of_a_decision(study: Study) -> None:
    unused = study.codebook.get("unused").key
    take(study, 4, "anna", codes=(unused,), reason="Neither fits.", mode="arbiter")
    assert consensus(study) == [("talk", "unused", 53, 80)]
    (one,) = study.decisions.all()
    lead = study.coders.find("lead")
    assert (one.take, one.reason, one.mode, one.coder, one.round) == (
        *("span", "Neither fits.", "arbiter", lead),
        study.rounds.get("pilot").key,
    )
    take(study, 2, "all", ends="lead:anna")
    two = study.decisions.all()[0]
    assert (two.ends, two.whose, two.take, two.mode) == ("lead", study.coders.find("anna"), "all", "discussion")


@pytest.mark.parametrize(
    ("number", "wanted", "said"),
    [
        (3, Wanted("bram"), "bram has nothing at place 3"),
        (3, Wanted("cleo"), "'cleo' is none of anna, bram, all, none and recode"),
        (4, Wanted(spans=((53, 60),)), "place 4 has several codes"),
        (3, Wanted(spans=((0, 10),)), "0-10 does not meet place 3 (43-52)"),
        (4, Wanted(spans=((53, 90),), codes=(1,)), "53-90 does not lie in 'talk' (0-80)"),
        (3, Wanted("all", ends="lead:bram"), "bram did not give 'trust' there"),
        (3, Wanted("all", ends="some"), "ends are union, intersection or lead:NAME"),
        (3, Wanted("all", mode="vote"), "the mode is discussion or arbiter"),
    ],
)
def test_what_is_refused_changes_nothing(study: Study, number: int, wanted: Wanted, said: str) -> None:
    before, work = study.state_hash(), pilot(study)
    with pytest.raises(QdaError, match=said.replace("(", r"\(").replace(")", r"\)")):
        decide(study, work, [work.items[number - 1]], wanted)
    assert study.state_hash() == before
    assert problems(study) == []


def test_deciding_again_replaces_the_former_decision(study: Study) -> None:
    take(study, 4, "all")
    take(study, 4, "anna")
    assert consensus(study) == [("talk", "trust/police", 53, 80)]
    assert len(study.decisions.all()) == 1
    take(study, 4, "none")
    assert consensus(study) == []
    study.changes.undo()
    assert consensus(study) == [("talk", "trust/police", 53, 80)]
    study.decisions.withdraw([study.decisions.all()[0].key])
    assert (consensus(study), study.decisions.all()) == ([], [])
    assert problems(study) == []


def test_two_decisions_may_rest_on_one_coding(study: Study) -> None:
    trust = study.codebook.get("trust").key
    take(study, 3, "anna")
    take(study, 4, spans=((43, 80),), codes=(trust,))
    take(study, 3, spans=((43, 80),))
    assert consensus(study) == [("talk", "trust", 43, 80)]
    take(study, 4, "none")
    assert consensus(study) == [("talk", "trust", 43, 80)]
    take(study, 3, "none")
    assert consensus(study) == []
    assert problems(study) == []


@pytest.mark.parametrize(
    ("ends", "expected"), [("union", (26, 42)), ("intersection", (33, 42)), ("lead:anna", (26, 42))]
)
def test_what_is_agreed_is_taken_over_by_the_rule_of_ends(study: Study, ends: str, expected: tuple[int, int]) -> None:
    assert agree(study, ends) == 2
    assert consensus(study) == [("talk", "fear", *expected), ("talk", "trust", 0, 25)]
    assert {one.ends for one in study.decisions.all()} == {ends.partition(":")[0]}
    assert agree(study, "union") == 0


def test_before_the_reveal_nothing_is_decided(tmp_path: Path) -> None:
    with make(tmp_path / "revealed") as study, make(tmp_path / "blind", reveal=False) as blind:
        with pytest.raises(QdaError, match="the round 'pilot' is blind and not revealed"):
            pilot(blind)
        work = pilot(study)
        with pytest.raises(QdaError, match="not revealed"):
            decide(blind, work, work.items[:1], Wanted("all"))
        assert blind.decisions.all() == []


def test_what_coders_do_later_is_no_part_of_a_round(study: Study) -> None:
    study.coder = "bram"
    study.codings.apply("talk", "trust", 43, 52)
    assert pilot(study).items[2].place.kinds == ("missed",)
    work = work_list(study)  # the codings as they are
    assert work.items[2].place.kinds == ("agreed",)
    decide(study, work, [work.items[2]], Wanted("all"))
    assert [one.state for one in work_list(study).items] == ["open", "open", "decided", "open", "open"]
    assert states(study) == ["open"] * 5
    few = work_list(study, "", Selection(sources=("visit",), coders=("anna", "bram")))
    assert [one.place.kinds for one in few.items] == [("extra",)]


# --- done, and what counts then -----------------------------------------------------------------------------


def counted(study: Study, code: str = "trust") -> int:
    table = frequency(study, Selection()).table
    at = table.columns.index("passages")
    return next(int(str(row[at])) for row in table.rows if row[0] == code)


def test_the_consensus_counts_once_it_is_done(study: Study) -> None:
    assert counted(study) == 2
    agree(study)
    take(study, 3, "none")
    assert finish(study, pilot(study)) == []
    with pytest.raises(QdaError, match="1 place of 'talk' are open|1 place of 'talk'"):
        finish(study, pilot(study), ["talk"])
    assert counted(study) == 2
    take(study, 4, "recode")
    assert finish(study, pilot(study)) == []
    take(study, 4, "bram")
    assert finish(study, pilot(study)) == ["talk"]
    assert finish(study, pilot(study)) == []
    assert counted(study) == 1
    assert ("talk", "lead", "consensus", "done") in [row[:4] for row in study.progress.all()]
    take(study, 4, "recode")  # opens it again
    assert counted(study) == 2
    study.changes.undo()
    assert counted(study) == 1
    study.changes.undo()
    assert counted(study) == 2


# --- codes, texts, codings ----------------------------------------------------------------------------------


def test_a_code_of_a_decision_can_be_merged_and_not_removed(study: Study) -> None:
    take(study, 4, "all")
    study.codebook.merge("trust/police", "fear")
    assert consensus(study) == [("talk", "fear", 53, 80)]
    assert problems(study) == []
    study.changes.undo()
    study.codings.import_rows([], "nothing")
    with pytest.raises(QdaError, match="codings"):
        study.codebook.remove("trust/police")


def test_a_consensus_coding_that_is_removed_leaves_its_decision(study: Study) -> None:
    take(study, 3, "anna")
    (one,) = [one for one in study.codings.all() if one.layer == "consensus"]
    study.codings.remove(one.uid)
    assert problems(study) == []
    assert study.decisions.all()[0].codings == ()


def test_decisions_follow_their_words_into_a_corrected_text(study: Study) -> None:
    work = work_list(study)
    decide(study, work, [work.items[2]], Wanted("anna"))
    old = study.sources.text(study.sources.get("talk").key)
    new = f"So. {old}"
    edit_source(study, "talk", Transcript("talk", "txt", new.encode(), new, "utf-8"), {})
    assert [one.state for one in work_list(study).items] == ["open", "open", "decided", "open", "open"]
    assert consensus(study) == [("talk", "trust", 47, 56)]
    assert pilot(study).items[0].source.name == "visit"  # the round was about another text
    assert problems(study) == []
    study.changes.undo()
    study.changes.undo()
    assert study.decisions.all() == []


def test_a_later_blind_round_hides_decisions_on_its_sources(study: Study) -> None:
    take(study, 3, "anna")
    take(study, 5, "bram")
    source = study.sources.get("talk")
    part = Part(source.key, source.revision_key, whole=True, start=0, end=0)
    study.rounds.make("second", ("anna", "bram"), [part])
    assert len(study.decisions.all()) == 2
    with Study.open(study.folder, coder="anna") as anna:
        (seen,) = anna.decisions.all()
        assert seen.codings
        assert [one.source.name for one in pilot(anna).items] == ["visit"]
        assert "blind round" in " ".join(pilot(anna).notes)
        assert "trust on talk" not in " ".join(line.summary for line in anna.changes.all())
        assert problems(anna) == []
    with pytest.raises(QdaError, match="blind round"):
        study.decisions.decide([_ruling(study)], "again")


def _ruling(study: Study):  # noqa: ANN202 - a ruling on the source of the blind round
    from qda.model.decisions import Ruling

    source = study.sources.get("talk")
    code = study.codebook.get("trust").key
    return Ruling(b"x" * 16, None, source.key, source.revision_key, 0, 5, frozenset({code}), "none")


# --- copies -------------------------------------------------------------------------------------------------


def copy_of(study: Study, folder: Path) -> Study:
    study.close()
    shutil.copytree(study.folder, folder)
    return Study.open(folder, coder="chair")


def test_copies_bring_their_decisions_together(tmp_path: Path) -> None:
    made = make(tmp_path / "study")
    take(made, 1, "all")
    with copy_of(made, tmp_path / "copy") as copy, Study.open(tmp_path / "study", coder="lead") as study:
        take(study, 2, "all")
        take(study, 3, "none")
        take(copy, 3, "anna")
        take(copy, 4, "bram")
        take(copy, 1, "none")  # what both started with is changed in the copy only
        take(copy, 5, "recode")
        before = study.state_hash()
        merged = merge(study, copy.database.file, Options())
        assert consensus(study) == [("talk", "fear", 26, 42), ("talk", "fear", 53, 80)]
        assert states(study) == ["decided"] * 4 + ["recode"]
        assert [sentence for sentence in merged.kept if "decision" in sentence]
        assert problems(study) == []
        assert not merge(study, copy.database.file, Options()).counts
        study.changes.undo()
        assert study.state_hash() == before
        merge(study, copy.database.file, Options(theirs=True))
        assert consensus(study) == [("talk", "fear", 26, 42), ("talk", "fear", 53, 80), ("talk", "trust", 43, 52)]
        assert problems(study) == []


deed = st.one_of(
    st.tuples(st.just("take"), st.integers(1, 5), st.sampled_from(("anna", "bram", "all", "none", "recode"))),
    st.tuples(st.just("agree"), st.just(0), st.sampled_from(("union", "intersection", "lead:anna", "lead:bram"))),
    st.tuples(st.just("withdraw"), st.integers(0, 4), st.just("")),
    st.tuples(st.just("finish"), st.just(0), st.just("")),
    st.tuples(st.just("memo"), st.integers(0, 4), st.sampled_from(("why", "how"))),
)


def do(study: Study, one: tuple[str, int, str]) -> None:
    """One deed; what is refused changes nothing."""
    kind, number, words = one
    before = study.state_hash()
    try:
        if kind == "take":
            take(study, number, words)
        elif kind == "agree":
            agree(study, words)
        elif kind == "withdraw" and study.decisions.all():
            decisions = study.decisions.all()
            study.decisions.withdraw([decisions[number % len(decisions)].key])
        elif kind == "finish":
            finish(study, pilot(study))
        elif kind == "memo" and (rests := [one for one in study.codings.all() if one.layer == "consensus"]):
            key = rests[number % len(rests)].key
            uid = study.database.one("SELECT uid FROM entity WHERE key = ?", (key,))
            study.memos.add(MemoRow(words, "coding", id_of(uid)))
    except QdaError:
        assert study.state_hash() == before


@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(deed, min_size=1, max_size=8))
def test_all_that_is_decided_can_be_taken_back_and_done_again(tmp_path_factory, deeds) -> None:  # noqa: ANN001
    with make(tmp_path_factory.mktemp("walk") / "study") as study:
        seen = [study.state_hash()]
        for one in deeds:
            do(study, one)
            if study.state_hash() != seen[-1]:
                seen.append(study.state_hash())
        assert problems(study) == []
        back = list(reversed(seen))
        for state in back[1:]:
            while study.state_hash() != state:
                study.changes.undo()
        assert (consensus(study), study.decisions.all()) == ([], [])
        for state in seen[1:]:
            while study.state_hash() != state:
                study.changes.redo()
        assert problems(study) == []


@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(deed, max_size=4), st.lists(deed, max_size=4), st.lists(deed, max_size=4), st.booleans())
@example(shared=[("agree", 0, "union")], here=[("withdraw", 0, "")], there=[("take", 1, "anna")], theirs=False)
@example(
    shared=[("take", 1, "anna"), ("memo", 0, "why")],
    here=[("memo", 0, "how")],
    there=[("withdraw", 0, "")],
    theirs=True,
)
def test_any_two_copies_can_be_merged(tmp_path_factory, shared, here, there, theirs) -> None:  # noqa: ANN001
    folder = tmp_path_factory.mktemp("copies")
    made = make(folder / "study")
    for one in shared:
        do(made, one)
    with copy_of(made, folder / "copy") as copy, Study.open(folder / "study", coder="lead") as study:
        for one in here:
            do(study, one)
        for one in there:
            do(copy, one)
        merge(study, copy.database.file, Options(theirs=theirs))
        assert problems(study) == []
        once = study.state_hash()
        merge(study, copy.database.file, Options(theirs=theirs))
        assert study.state_hash() == once
        resting = {coding for one in study.decisions.all() for coding in one.codings}
        assert {one.key for one in study.codings.all() if one.layer == "consensus"} == resting
        assert len({(one.source, one.start, one.codes) for one in study.decisions.all()}) == len(study.decisions.all())


def test_decisions_are_read_anew_without_the_places(study: Study) -> None:
    before = pilot(study)
    for number, wanted in ((2, "anna"), (4, "all"), (2, "none"), (5, "recode"), (3, "anna")):
        take(study, number, wanted)
        after = pilot(study)
        assert decided_anew(study, before).items == after.items
        assert decided_anew(study, before).coder_names == after.coder_names
    take(study, 5, "none")
    finish(study, pilot(study))
    assert decided_anew(study, before).done == pilot(study).done != frozenset()
    study.changes.undo()
    study.decisions.withdraw([one.key for one in study.decisions.all()])
    assert decided_anew(study, before).items == before.items


def test_what_a_decision_took_and_why(study: Study) -> None:
    take(study, 4, "all")
    (one,) = study.decisions.all()
    keys = {code.path: code.key for code in study.codebook.tree().codes}
    expected = sorted((53, 80, keys[path]) for path in ("fear", "trust/police"))
    assert study.decisions.taken(one.key) == expected
    state = study.state_hash()
    study.coder = "anna"
    study.decisions.explain(one.key, "Both.")
    (after,) = study.decisions.all()
    assert (after.reason, after.coder) == ("Both.", study.coders.find("anna"))
    assert after._replace(reason="", coder=one.coder, at=one.at) == one
    assert study.decisions.taken(one.key) == expected
    last = study.coding_edits.last_change()
    study.decisions.explain(one.key, "Both.")
    assert study.coding_edits.last_change() == last, "what says nothing new is no change"
    assert problems(study) == []
    study.changes.undo()
    assert study.state_hash() == state
    study.coder = ""
    with pytest.raises(QdaError, match="say who decides first"):
        study.decisions.explain(one.key, "No.")
    study.coder = "lead"
    study.decisions.withdraw([one.key])
    with pytest.raises(QdaError, match="taken away in the meantime"):
        study.decisions.explain(one.key, "No.")
