"""The counting queries: the right rows, in the order on which the reports rely."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from store_world import INTERVIEW, add, coding, document

from qda.model.folding import fold, marks_to_bytes
from qda.model.nouns import id_of
from qda.store.progress import ProgressRow
from qda.store.revisions import edit_source

if TYPE_CHECKING:
    from qda.model.spans import Segment
    from qda.store import Study


@pytest.fixture
def anna(anna: Study) -> Study:
    add(anna, INTERVIEW)
    rows = [
        coding(1, "c", 5, 9),
        coding(2, "a", 5, 7, coder="bram"),
        coding(3, "a", 5, 7),
        coding(4, "a", 2, 9, coder="bram"),
        coding(5, "a", 0, 3, source="u", layer="consensus"),
        coding(6, "a", 0, 3, source="u", layer="consensus", coder="bram"),
        coding(7, "a", 0, 5, source="u"),
    ]
    anna.codings.import_rows(rows, "x")
    return anna


Shown = list[tuple[str, int, int, str]]


def segments(study: Study, source: str) -> list[Segment]:
    return study.counts.segments(study.sources.get(source).key, None, consensus=False)


def shown(study: Study, source: str, coders: set[str] | None = None, *, consensus: bool = False) -> Shown:
    names = {coder.key: coder.name for coder in study.coders.all()} | {0: "consensus"}
    codes = {code.key: code.path for code in study.codebook.tree().codes}
    wanted = None if coders is None else {study.coders.find(name) for name in coders}
    found = study.counts.segments(study.sources.get(source).key, wanted, consensus=consensus)
    assert [(row[4], row[0], row[1]) for row in found] == sorted((row[4], row[0], row[1]) for row in found)
    assert {row[5] for row in found} <= {None}
    return sorted((codes[code], start, end, names[who]) for start, end, who, _, code, _ in found)


T = [("a", 2, 9, "bram"), ("a", 5, 7, "anna"), ("a", 5, 7, "bram"), ("c", 5, 9, "anna")]
AGREED = [("a", 0, 3, "consensus"), ("a", 0, 3, "consensus")]
OWN = [("a", 0, 5, "anna")]


def test_segments_of_coders_and_of_the_consensus(anna: Study) -> None:
    assert shown(anna, "t") == T
    assert shown(anna, "t", {"bram"}) == [T[0], T[2]]
    assert shown(anna, "t", set()) == []
    assert shown(anna, "t", consensus=True) == []
    assert shown(anna, "u") == OWN
    assert shown(anna, "u", {"bram"}) == []
    assert shown(anna, "u", consensus=True) == AGREED
    assert shown(anna, "u", {"anna"}, consensus=True) == AGREED


def test_a_consensus_may_be_that_there_is_nothing(anna: Study) -> None:
    assert anna.counts.consensus_sources() == {anna.sources.get("u").key}
    anna.progress.import_rows([ProgressRow("t", "anna", "in progress", layer="consensus")], "x")
    assert anna.counts.consensus_sources() == {anna.sources.get("u").key}
    anna.progress.import_rows([ProgressRow("t", "anna", "done")], "x")
    assert anna.counts.consensus_sources() == {anna.sources.get("u").key}
    anna.progress.import_rows([ProgressRow("t", "anna", "done", layer="consensus")], "x")
    assert anna.counts.consensus_sources() == {anna.sources.get(name).key for name in "tu"}


def test_who_coded_where(anna: Study) -> None:
    t, u = (anna.sources.get(name).key for name in "tu")
    anna_key, bram = (anna.coders.find(name) for name in ("anna", "bram"))
    assert anna.counts.independent_coders() == {t: {anna_key, bram}, u: {anna_key}}


def test_turns_and_texts_are_those_of_the_newest_revision(anna: Study) -> None:
    source = anna.sources.get("u")
    assert [row[2] for row in anna.counts.turns(source.key)] == [1, 2, 3, 4, 5]
    assert [row[3] for row in anna.counts.turns(source.key)] == [7, 8, 6, 3, 6]
    new = document("Nothing but this.", "u")
    edit_source(anna, "u", new, {})
    assert anna.counts.turns(source.key) == []
    texts = dict(anna.counts.texts())
    assert texts[source.key] == "Nothing but this."
    assert list(texts) == sorted(texts)
    assert anna.counts.text_words()[source.key] == 3
    folded = fold("Nothing but this.")
    assert {row[0]: row[1:] for row in anna.counts.folds()}[source.key] == (
        *(folded.text.encode(), marks_to_bytes(folded.marks), b"Nothing but this."),
    )
    anna.changes.undo()
    assert len(anna.counts.turns(source.key)) == 5


def test_ids_and_details_by_row(anna: Study) -> None:
    rows = [row[3] for name in "tu" for row in segments(anna, name)]
    ids = anna.counts.ids(rows)
    assert sorted(ids.values()) == sorted(one.uid for one in anna.codings.all() if one.layer == "independent")
    assert anna.counts.ids([]) == {}
    assert anna.counts.ids([10**9]) == {}
    for source in anna.sources.all():
        details = anna.counts.details(source.key)
        assert {(key, id_of(uid), at) for _, key, uid, at in details.values()} == {
            (one.key, one.uid, one.at) for one in anna.codings.all(source.key)
        }
        assert all(row == detail[0] for row, detail in details.items())


def test_what_is_gone_does_not_count(anna: Study) -> None:
    edit_source(anna, "t", document("Something entirely different.", "t"), {})
    assert shown(anna, "t") == []
    assert anna.counts.independent_coders().keys() == {anna.sources.get("u").key}
    for one in list(anna.codings.all(anna.sources.get("u").key)):
        anna.codings.remove(one.uid)
    assert shown(anna, "u") == shown(anna, "u", consensus=True) == []
    assert anna.counts.details(anna.sources.get("u").key) == {}


def test_many_ids(anna: Study) -> None:
    add(anna, document("x" * 3000, "long"))
    anna.codings.import_rows([coding(n, "c", n, n + 1, source="long") for n in range(1200)], "many")
    rows = [row[3] for row in segments(anna, "long")]
    assert len(set(anna.counts.ids(rows).values())) == 1200
