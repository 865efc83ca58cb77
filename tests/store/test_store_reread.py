"""Reading again: what opens a list, for whom, what closes it, and what counts then."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from store_world import add, another, document, make, problems, state_from_scratch

from qda.errors import QdaError
from qda.model.codebook import CodeEntry
from qda.model.rounds import Part
from qda.store.handout import hand_out
from qda.store.merge.merging import merge
from qda.store.progress import ProgressRow
from qda.store.reread import Tally, tallied

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from qda.store import Study


@pytest.fixture
def study(tmp_path: Path) -> Iterator[Study]:
    """A study of anna's with the sources `t` and `u` and the codes `a`, `a/b` and `c`; anna has done both."""
    made = make(tmp_path / "study")
    add(made, document("Something else. And more of it.", "u"))
    for name in ("t", "u"):
        made.progress.set(name, "anna", "done")
    yield made
    assert problems(made) == []
    assert made.state_hash() == state_from_scratch(made)
    made.close()


def waiting(study: Study) -> list[tuple[str, str, str, str]]:
    """Source, coder, code and why, of what is still to be read again."""
    names = {source.key: source.name for source in study.sources.all()}
    coders = {coder.key: coder.name for coder in study.coders.all()}
    paths = {code.key: code.path for code in study.codebook.tree().codes}
    return [
        (names[one.source], coders[one.coder], paths[one.code], one.why) for one in study.rereads.all() if not one.done
    ]


def test_a_new_code_and_changed_words_open_a_list(study: Study) -> None:
    assert waiting(study) == []
    study.codebook.add("new")
    assert waiting(study) == [("t", "anna", "new", "new code"), ("u", "anna", "new", "new code")]
    study.codebook.describe("c", definition="Words.", exclude="Others.")
    assert ("t", "anna", "c", "definition, exclude") in waiting(study)
    for field in ("include", "example"):
        study.codebook.describe("a", **{field: "Words."})
    assert ("t", "anna", "a", "include, example") in waiting(study)


def test_other_changes_ask_nobody_to_read_again(study: Study) -> None:
    study.codebook.rename("c", "d")
    study.codebook.move("d", "a")
    study.codebook_edits.rewrite("a", CodeEntry("a", labels={"nl": "een"}, aliases=("z",), origin="open"))
    study.codebook.retire("a/b")
    study.codebook.describe("a/b", definition="Out of use.")
    assert waiting(study) == []


def test_a_change_that_is_taken_back_asks_nobody(study: Study) -> None:
    study.codebook.describe("c", definition="Words.")
    study.changes.undo()
    assert waiting(study) == []
    study.codebook.describe("c", definition="Words.")
    study.codebook.describe("c", definition="")
    assert waiting(study) == []


def test_only_whoever_was_done_before_has_to_read_again(study: Study) -> None:
    study.progress.import_rows(
        [
            ProgressRow("t", "bram", "done"),
            ProgressRow("u", "bram", "in progress"),
            ProgressRow("u", "cleo", "assigned"),
        ],
        "states",
    )
    study.progress.import_rows([ProgressRow("u", "dora", "done", layer="consensus")], "agreed")
    study.codebook.add("new")
    study.progress.set("u", "emil", "done")
    assert waiting(study) == [
        ("t", "anna", "new", "new code"),
        ("t", "bram", "new", "new code"),
        ("u", "anna", "new", "new code"),
    ]


def test_reading_again_for_one_code_or_for_all(study: Study) -> None:
    study.codebook.add("new")
    study.codebook.describe("c", definition="Words.")
    assert study.rereads.mark(["t"], ["new"]) == 1
    assert waiting(study) == [
        ("t", "anna", "c", "definition"),
        ("u", "anna", "c", "definition"),
        ("u", "anna", "new", "new code"),
    ]
    anna = study.coders.find("anna")
    keys = {code.path: code.key for code in study.codebook.tree().codes}
    assert tallied(study.rereads.all()) == [Tally(anna, keys["c"], 0, 2), Tally(anna, keys["new"], 1, 2)]
    assert study.rereads.mark(["t", "u"]) == 2
    assert waiting(study) == []
    assert {one.since for one in study.rereads.all()} == {4, 5}
    assert {one.under for one in study.rereads.all()} == {3}
    assert study.rereads.mark(["t", "u"]) == 0
    assert study.changes.all(1)[0].summary == "2 sources: read again for 2 codes by anna"


def test_a_second_change_opens_the_list_again(study: Study) -> None:
    study.codebook.describe("c", definition="Words.")
    study.rereads.mark(["t"])
    study.codebook.describe("c", definition="Other words.")
    assert waiting(study) == [("t", "anna", "c", "definition"), ("u", "anna", "c", "definition")]


def test_done_anew_needs_no_mark(study: Study) -> None:
    study.codebook.add("new")
    study.progress.set("t", "anna", "done")
    assert [one[0] for one in waiting(study)] == ["u"]


def test_undo_and_redo(study: Study) -> None:
    study.codebook.add("new")
    before = study.state_hash()
    study.rereads.mark(["t"])
    after = study.state_hash()
    study.changes.undo()
    assert study.state_hash() == before
    assert len(waiting(study)) == 2
    study.changes.redo()
    assert study.state_hash() == after
    assert len(waiting(study)) == 1


@pytest.mark.parametrize("act", ["remove", "merge"])
def test_marks_go_with_their_code(study: Study, act: str) -> None:
    study.codebook.add("new")
    study.rereads.mark(["t"])
    study.codebook.remove("new") if act == "remove" else study.codebook.merge("new", "c")
    assert study.rereads.looked() == set()
    study.changes.undo()
    assert len(study.rereads.looked()) == 1


@pytest.mark.parametrize(
    ("coder", "sources", "codes", "said"),
    [
        ("", ["t"], [], "say who has read it again"),
        ("bram", ["t"], [], "nobody"),
        ("anna", ["nowhere"], [], "there is no source named 'nowhere'"),
        ("anna", ["t"], ["nothing"], "nothing"),
        ("anna", ["v"], [], "anna is not done with 'v'"),
    ],
)
def test_what_is_refused(study: Study, coder: str, sources: list[str], codes: list[str], said: str) -> None:
    add(study, document("A third one.", "v"))
    study.codebook.add("new")
    before = study.state_hash()
    study.coder = coder
    with pytest.raises(QdaError, match="bram is not done" if said == "nobody" else said):
        study.rereads.mark(sources, codes)
    study.coder = "anna"
    assert study.state_hash() == before


def whole(study: Study, name: str) -> list[Part]:
    source = study.sources.get(name)
    return [Part(source.key, source.revision_key, whole=True, start=0, end=0)]


def test_a_proposal_asks_nobody_until_the_reveal(study: Study) -> None:
    study.rounds.make("first", ("anna", "bram"), whole(study, "u"))
    bram = another(study, "bram")
    bram.progress.set("t", "bram", "done")
    bram.codebook.add("secret")
    assert waiting(study) == waiting(bram) == []
    with pytest.raises(QdaError, match="a proposal until the blind round is revealed"):
        bram.rereads.mark(["t"], ["secret"])
    bram.close()
    study.rounds.reveal("first", anyway=True)
    asked = [
        ("t", "anna", "secret", "new code"),
        ("t", "bram", "secret", "new code"),
        ("u", "anna", "secret", "new code"),
    ]
    assert waiting(study) == asked


def test_what_others_read_again_in_a_blind_round_is_hidden(study: Study) -> None:
    bram = another(study, "bram")
    for name in ("t", "u"):
        bram.progress.set(name, "bram", "done")
    study.codebook.add("new")
    study.rounds.make("first", ("anna", "bram"), whole(study, "t"))
    bram.rereads.mark(["t", "u"])
    assert {one[:2] for one in waiting(study)} == {("t", "anna"), ("u", "anna")}
    assert len(study.rereads.looked()) == 1  # that of `u`
    assert [line.summary for line in study.changes.all(1)] == ["new round first"]
    study.rounds.reveal("first", anyway=True)
    assert len(study.rereads.looked()) == 2
    bram.close()


def test_marks_travel_with_a_hand_out_and_back(study: Study, tmp_path: Path) -> None:
    bram = another(study, "bram")
    bram.progress.set("t", "bram", "done")
    bram.progress.set("u", "bram", "done")
    study.codebook.add("new")
    study.codebook.add("newer")
    bram.rereads.mark(["t"], ["new"])
    study.rereads.mark(["t"])
    study.rounds.make("first", ("anna", "bram"), whole(study, "t"))
    hand_out(study, "first", "bram", tmp_path / "bram.db")
    out = type(study).open(tmp_path / "bram.db")
    assert waiting(out) == [("t", "bram", "newer", "new code")]
    out.rereads.mark(["t"])
    assert problems(out) == []
    out.close()
    merge(study, tmp_path / "bram.db")
    assert waiting(bram) == [("u", "anna", "new", "new code"), ("u", "anna", "newer", "new code"), *waiting(bram)[2:]]
    assert ("t", "bram", "newer", "new code") not in waiting(bram)
    assert len(study.rereads.looked()) == 2  # only anna's own: the round is blind
    study.changes.undo()
    assert ("t", "bram", "newer", "new code") in waiting(bram)
    bram.close()
