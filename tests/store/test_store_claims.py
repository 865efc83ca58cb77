"""Claims in the store: written, cited, graded, logged, undone, re-anchored, merged, handed out and proven."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from store_world import ENGLISH, another, document, make, problems, rich, state_from_scratch

from qda.errors import QdaError
from qda.model.claims import CitationRow, ClaimRow, parse_scope, scope_lines
from qda.model.rounds import Part
from qda.store import Study
from qda.store.backup import write_backup
from qda.store.handout import hand_out
from qda.store.memos import MemoRow
from qda.store.merge.merging import merge
from qda.store.revisions import edit_source

if TYPE_CHECKING:
    from pathlib import Path

NOBODY = (ENGLISH.index("Nobody asked me"), ENGLISH.index("Nobody asked me") + len("Nobody asked me"))


@pytest.fixture
def letter(tmp_path: Path) -> Study:
    return make(tmp_path / "study")


def nobody(**fields: str) -> CitationRow:
    return CitationRow("t", *NOBODY, **fields)


def test_a_claim_is_written_cited_changed_and_told(letter: Study) -> None:
    scope = parse_scope(["code a", "source t"])
    uid = letter.claims.add(ClaimRow("  People are\nnot asked. ", "respondent-said", scope=scope))
    claim = letter.claims.get("1")
    assert (claim.uid, claim.text, claim.state, claim.scope) == (uid, "People are not asked.", "tentative", scope)
    cited = letter.claims.cite(claim, nobody(role="a resident"))
    letter.claims.edit(claim, state="upheld", because="the focus group agreed")
    letter.claims.uncite(letter.claims.citation(cited))
    assert [line.words for line in letter.claims.log(claim.key)] == [
        "written, respondent-said, tentative: People are not asked.",
        "cited for: t 26-41",
        "state 'tentative' → 'upheld'; reason of the state none → 'the focus group agreed'",
        "no longer cited: t 26-41",
    ]
    assert {line.coder for line in letter.claims.log(claim.key)} == {"anna"}
    assert problems(letter) == []


def test_everything_is_undone_and_done_again(letter: Study) -> None:
    states = [letter.state_hash()]
    letter.claims.add(ClaimRow("One."))
    one = letter.claims.get("One")
    states.append(letter.state_hash())
    for act in (
        lambda: letter.claims.cite(one, nobody()),
        lambda: letter.claims.cite(one, nobody(stance="against")),
        lambda: letter.claims.edit(one, grade="probable", reason="I was there"),
        lambda: letter.claims.edit(one, scope=parse_scope(["code a/b"])),
        lambda: letter.claims.remove(letter.claims.get("One")),
    ):
        act()
        states.append(letter.state_hash())
    assert letter.claims.all() == []
    assert letter.claims.citations() == []
    assert len(set(states)) == len(states) - 1  # the last is the first again
    for before in reversed(states[:-1]):
        letter.changes.undo()
        assert letter.state_hash() == before == state_from_scratch(letter)
    for after in states[1:]:
        letter.changes.redo()
        assert letter.state_hash() == after
    assert problems(letter) == []


def test_a_segment_is_cited_once(letter: Study) -> None:
    letter.claims.add(ClaimRow("One."))
    one = letter.claims.get("1")
    first = letter.claims.cite(one, nobody())
    assert letter.claims.cite(one, nobody(stance="against", role="a resident")) == first
    assert [(row.stance, row.role) for row in letter.claims.citations(one.key)] == [("against", "a resident")]


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (ClaimRow(" "), "no words"),
        (ClaimRow("x", "opinion"), "'opinion' is no kind of a claim; it is one of respondent-said"),
        (ClaimRow("x", state="true"), "'true' is no state of a claim"),
        (ClaimRow("x", grade="sure", reason="so"), "'sure' is no grade of a claim"),
        (ClaimRow("x", grade="probable"), "needs a reason"),
        (ClaimRow("x", rule="sure"), "'sure' is no part of a rule"),
        (ClaimRow("x", rule="confirmed: people > 1"), "a rule cannot count 'people'"),
        (ClaimRow("x", scope=parse_scope(["code nothing"])), "nothing"),
        (ClaimRow("x", scope=parse_scope(["source nothing"])), "there is no source named 'nothing'"),
        (ClaimRow("x", under="nothing"), "there are no claims yet"),
        (ClaimRow("x", citations=(CitationRow("t", 3, 3),)), "3-3 does not lie in 't'"),
        (ClaimRow("x", citations=(CitationRow("t", 0, 9999),)), "does not lie in 't'"),
        (ClaimRow("x", citations=(nobody(stance="beside"),)), "for or against, not 'beside'"),
        (ClaimRow("x", citations=(nobody(words="Nobody asked us"),)), "are not those of the quotation"),
        (ClaimRow("x", citations=(nobody(wording="No"),)), "verbatim quotation has no other wording"),
        (ClaimRow("x", citations=(nobody(quoted="translated", wording="Niemand"),)), "say who translated"),
        (ClaimRow("x", citations=(nobody(quoted="edited"),)), "needs its words"),
        (ClaimRow("x", citations=(nobody(quoted="edited", wording="Nobody asked"),)), "nothing in it is marked"),
        (ClaimRow("x", citations=(nobody(quoted="edited", wording="[They] asked us"),)), "'asked us' do not stand so"),
    ],
)
def test_what_makes_no_sense_changes_nothing(letter: Study, row: ClaimRow, said: str) -> None:
    before = (letter.state_hash(), len(letter.changes.all()))
    with pytest.raises(QdaError, match=said.replace("(", r"\(")):
        letter.claims.add(row)
    assert (letter.state_hash(), len(letter.changes.all())) == before


def test_a_claim_is_no_part_of_itself(letter: Study) -> None:
    letter.claims.add(ClaimRow("One."))
    letter.claims.add(ClaimRow("Two.", under="One."))
    with pytest.raises(QdaError, match="cannot be a part of itself"):
        letter.claims.edit(letter.claims.get("One."), under="Two.")
    letter.claims.remove(letter.claims.get("One."))
    assert [claim.under for claim in letter.claims.all()] == [None]


def test_marked_edits_are_taken(letter: Study) -> None:
    letter.claims.add(ClaimRow("One."))
    for wording in ("[No one] asked me", "Nobody […] me", "Nobody asked [the speaker]", "Nobody asked …"):
        letter.claims.cite(letter.claims.get("1"), nobody(quoted="edited", wording=wording))
        assert problems(letter) == []


def test_a_code_that_is_merged_or_renamed_stays_in_the_scope(letter: Study) -> None:
    letter.claims.add(ClaimRow("One.", scope=parse_scope(["code a/b"])))
    letter.codebook.rename("a/b", "bee")
    assert scope_lines(letter.claims.get("1").scope) == ("code a/bee",)
    letter.codebook.merge("a/bee", "c")
    assert scope_lines(letter.claims.get("1").scope) == ("code c",)
    assert problems(letter) == []


def test_citations_follow_their_words(letter: Study) -> None:
    letter.claims.add(ClaimRow("One."))
    one = letter.claims.get("1")
    letter.claims.cite(one, nobody())
    letter.claims.cite(one, CitationRow("t", 0, 25))
    letter.claims.cite(one, CitationRow("t", 43, len(ENGLISH), "against"))
    text = "At last. " + ENGLISH.replace("The return was voluntary.", "Gone.").replace("for hours", "for ours")
    done = edit_source(letter, "t", document(text, "t"), {})
    assert tuple(done.cited) == (1, 1)
    found = {row.anchor: row for row in letter.claims.citations(one.key)}
    assert text[found[0].start : found[0].end] == found[0].words == "Nobody asked me"
    assert "for ours" in found[1].words
    assert found[2].words == "The return was voluntary."
    assert letter.claims.flagged() == (1, 1)
    assert problems(letter) == []
    again = found[1]
    letter.claims.cite(one, CitationRow("t", again.start, again.end, "against"))
    assert letter.claims.flagged() == (0, 1)


def test_a_quote_that_was_tampered_with_is_found(letter: Study) -> None:
    letter.claims.add(ClaimRow("One.", citations=(nobody(),)))
    with letter.database.writing() as connection:
        connection.execute("UPDATE citation SET words = 'Nobody asked us'")
    assert any("t 26-41) is not verbatim: its words do not stand there" in one for one in problems(letter))


def test_a_copy_comes_back_three_way(tmp_path: Path) -> None:
    file = tmp_path / "copy.db"
    with rich(tmp_path / "rich") as full:
        write_backup(full.database, file)
        with Study.open(file, coder="dora") as copy:
            claim = copy.claims.get("Nobody is asked.")
            copy.claims.edit(claim, state="contested", because="Dora saw it otherwise")
            copy.claims.cite(claim, CitationRow("t", 0, 10, "against"))
            copy.claims.add(ClaimRow("Dora's own.", citations=(CitationRow("t", 0, 3),)))
        full.claims.edit(full.claims.get("Nobody is asked."), kind="literature")
        full.claims.add(ClaimRow("Ours."))
        merge(full, file)
        claim = full.claims.get("Nobody is asked.")
        assert (claim.state, claim.kind, claim.because) == ("contested", "literature", "Dora saw it otherwise")
        assert {one.text for one in full.claims.all()} >= {"Dora's own.", "Ours.", "Nobody is asked twice."}
        assert len(full.claims.citations(claim.key)) == 3
        assert problems(full) == []
        assert full.state_hash() == state_from_scratch(full)


def test_both_changed_one_thing_differently(tmp_path: Path) -> None:
    file = tmp_path / "copy.db"
    with rich(tmp_path / "rich") as full:
        write_backup(full.database, file)
        with Study.open(file, coder="dora") as copy:
            copy.claims.edit(copy.claims.get("1"), state="contested", because="x")
        full.claims.edit(full.claims.get("1"), state="upheld", because="y")
        merged = merge(full, file)
        assert any("the claim 'Nobody is asked.' was changed in both" in said for said in merged.kept)
        assert full.claims.get("1").state == "upheld"


def test_the_older_text_follows_in_a_merge(tmp_path: Path) -> None:
    file = tmp_path / "copy.db"
    with rich(tmp_path / "rich") as full:
        write_backup(full.database, file)
        with Study.open(file, coder="dora") as copy:
            copy.claims.cite(copy.claims.get("1"), CitationRow("t", 0, 25))
        edit_source(full, "t", document("Well. " + ENGLISH, "t"), {})
        merge(full, file)
        found = {row.words: row.start for row in full.claims.citations() if row.anchor == 0}
        assert found["The return was voluntary."] == 6
        assert problems(full) == []


def test_no_claim_goes_out_with_a_hand_out_and_those_written_in_it_come_back(tmp_path: Path) -> None:
    with rich(tmp_path / "rich") as full:
        source = full.sources.get("t")
        full.coder = "bram"
        full.claims.add(ClaimRow("Bram's.", citations=(CitationRow("t", 0, 3), CitationRow("u", 5, 9))))
        full.memos.add(MemoRow("Is it?", "claim", "Bram's."))
        full.coder = "anna"
        full.rounds.make("blind", ("anna", "bram"), [Part(source.key, source.revision_key, True, 0, 0)])
        hand_out(full, "blind", "bram", tmp_path / "bram.db")
        with Study.open(tmp_path / "bram.db") as bram:
            tables = ("claim", "claim_code", "citation")
            assert [bram.database.one(f"SELECT count(*) FROM main.{table}") for table in tables] == [0, 0, 0]
            assert "Is it?" not in [memo.body for memo in bram.memos.all()]
            assert problems(bram) == []
            bram.claims.add(ClaimRow("Written away.", citations=(CitationRow("t", 4, 10),)))
        before = {claim.text for claim in full.claims.all()}
        merge(full, tmp_path / "bram.db")
        full.coder = "bram"
        assert {claim.text for claim in full.claims.all()} == before | {"Bram's.", "Written away."}
        assert len(full.claims.citations(full.claims.get("Bram's.").key)) == 2
        assert [one.words for one in full.claims.citations(full.claims.get("Written").key)] == ["return"]
        assert problems(full) == []


def test_a_blind_round_hides_and_freezes(letter: Study) -> None:
    letter.claims.add(ClaimRow("Before.", citations=(nobody(),)))
    bram = another(letter, "bram")
    source = letter.sources.get("t")
    letter.rounds.make("blind", ("anna", "bram"), [Part(source.key, source.revision_key, True, 0, 0)])
    letter.claims.add(ClaimRow("Anna's secret.", citations=(CitationRow("t", 0, 3),)))
    letter.claims.cite(letter.claims.get("Before."), CitationRow("t", 4, 10))
    assert [claim.text for claim in bram.claims.all()] == ["Before."]
    assert bram.claims.citations() == []  # what others cite of a source in the round says how they read it
    assert len(letter.claims.citations()) == 3
    assert not [line for line in bram.claims.log(bram.claims.get("1").key) if "4-10" in line.words]
    with pytest.raises(QdaError, match="before a blind round stay as they are"):
        letter.claims.edit(letter.claims.get("Before."), state="upheld")
    letter.claims.edit(letter.claims.get("secret"), state="upheld")
    for study in (letter, bram):
        study.rounds.submit("blind")
    letter.rounds.reveal("blind")
    assert {claim.text for claim in bram.claims.all()} == {"Before.", "Anna's secret."}
    assert len(bram.claims.citations()) == 3
