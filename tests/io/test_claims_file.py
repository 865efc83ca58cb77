"""Claims as a Markdown file: written and read without loss, written by hand, and refused by line."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qda.errors import QdaError
from qda.io.claims import parse_claims, write_claims
from qda.model.claims import CLAIM_KINDS, CLAIM_STATES, CitationRow, ClaimRow, one_sentence, parse_scope
from qda.model.codebook import Codebook, CodeEntry
from qda.model.transcript import Transcript
from qda.store import Study
from qda.store.claim_import import import_claims

if TYPE_CHECKING:
    from collections.abc import Callable

TALK = (
    "R: Nobody asked me.\n\n> quoted *stars* & <b>\n  — a dash, characters 3-4\n"
    "R: Nobody asked me. # end \t\n\u00e9\u2028x"
)
ODD = st.text(st.sampled_from("ab #*_[]()<>&;:·—-+=|~`\\\n\t.,!'\"$@1é\u2028\u202e🚢"), max_size=14)
WORDS = st.builds(lambda words: f"a{words}", ODD)


def study_in(folder: Path) -> Study:
    study = Study.create(folder, coder="anna")
    for name, text in (("talk", TALK), ("notes, the 2nd: a·b", "Field notes. Nobody asked.")):
        study.sources.add(Transcript(name, "txt", text.encode(), text, "utf-8"), speakers={})
    study.codebook.import_codebook(Codebook("", {}, (CodeEntry("trust", children=(CodeEntry("a/b"),)),)), "codes")
    return study


def reader(study: Study) -> Callable[[str], str]:
    return lambda name: study.sources.text(study.sources.get(name).key)


def held(study: Study) -> list[tuple[object, ...]]:
    """Everything that a study says in its claims, but for who wrote it when."""
    claims = {claim.key: claim for claim in study.claims.all()}
    names = {source.key: source.name for source in study.sources.all()}
    found: list[tuple[object, ...]] = []
    for claim in claims.values():
        parent = claims[claim.under].text if claim.under else ""
        found.append((claim.uid, *claim[3:11], parent))
        found += [(names[one.source], one.uid, *one[5:13]) for one in study.claims.citations(claim.key)]
    return found


@st.composite
def rows(draw: st.DrawFn) -> list[ClaimRow]:
    made = []
    for number in range(draw(st.integers(1, 3))):
        grade = draw(st.sampled_from(("", "probable")))
        cited = {}
        for _ in range(draw(st.integers(0, 3))):
            start = draw(st.integers(0, len(TALK) - 1))
            end = draw(st.integers(start + 1, len(TALK)))
            quoted = draw(st.sampled_from(("verbatim", "translated", "edited")))
            wording = {"verbatim": "", "translated": draw(WORDS), "edited": f"[{draw(st.sampled_from('ab'))}] …"}[
                quoted
            ]
            if quoted == "edited":
                wording, end = "[so] asked", TALK.index("asked") + 5
                start = 0
            by = draw(WORDS) if quoted == "translated" else ""
            stance = draw(st.sampled_from(("for", "against")))
            cited[start, end] = CitationRow("talk", start, end, stance, draw(ODD), quoted, wording, by)
        made.append(
            ClaimRow(
                f"{number}a{draw(ODD)}",
                draw(st.sampled_from(CLAIM_KINDS)),
                draw(st.sampled_from(CLAIM_STATES)),
                draw(ODD),
                draw(st.sampled_from(("", "confirmed: sources >= 2 and against = 0; probable: otherwise"))),
                grade,
                draw(WORDS) if grade else "",
                parse_scope(draw(st.sampled_from((["code trust", "no subcodes"], ["source notes, the 2nd: a·b"], [])))),
                made[0].text if made and draw(st.booleans()) else "",
                tuple(cited.values()),
            )
        )
    return made


@settings(max_examples=20, deadline=None)
@given(rows())
def test_nothing_is_lost_on_the_way_out_and_in(made: list[ClaimRow]) -> None:
    with tempfile.TemporaryDirectory() as folder, study_in(Path(folder) / "one") as one:
        for row in made:
            one.claims.add(row)
        text = "".join(write_claims(one))
        state = one.state_hash()
        again = import_claims(one, parse_claims(text, "claims.md", reader(one)), "again")
        assert (again.new, again.changed, again.same) == (0, 0, len(made))
        assert one.state_hash() == state
        with study_in(Path(folder) / "other") as other:
            assert import_claims(other, parse_claims(text, "claims.md", reader(other)), "in").new == len(made)
            assert held(other) == held(one)
            assert "".join(write_claims(other)) == text


BY_HAND = """My own words about the claims, which stay mine.

## Nobody was asked

Kind: respondent-said
scope: code trust
scope: source talk

### For
> Nobody asked.
— notes\\, the 2nd\\: a·b
role: a neighbour
translated by Ingrid:
> Niemand vroeg het.

### against

> R: Nobody asked me.
— talk, characters 0-19

## Another one
part of: Nobody was asked
"""


@pytest.fixture
def study(tmp_path: Path) -> Study:
    return study_in(tmp_path / "study")


def test_a_file_written_by_hand(study: Study) -> None:
    text = BY_HAND.replace("a·b", "a&#183;b")
    assert import_claims(study, parse_claims(text, "f.md", reader(study)), "in") == (2, 0, 0)
    first, second = study.claims.all()
    assert (first.text, first.kind, first.scope.codes, first.scope.sources) == (
        "Nobody was asked",
        "respondent-said",
        ("trust",),
        ("talk",),
    )
    assert second.under == first.key
    assert [tuple(one[5:13]) for one in study.claims.citations(first.key)] == [
        (13, 26, "Nobody asked.", "for", "a neighbour", "translated", "Niemand vroeg het.", "Ingrid"),
        (0, 19, "R: Nobody asked me.", "against", "", "verbatim", "", ""),
    ]
    study.changes.undo()
    assert study.claims.all() == []


def test_a_claim_becomes_what_the_file_says(study: Study) -> None:
    cited = (CitationRow("talk", 3, 19), CitationRow("talk", 0, 2, "against"))
    study.claims.add(ClaimRow("One.", citations=cited))
    study.claims.add(ClaimRow("Other."))
    text = "".join(write_claims(study)).split("\n### Against")[0].replace("state: tentative", "state: upheld")
    assert import_claims(study, parse_claims(text, "f.md", reader(study)), "in") == (0, 1, 0)
    assert [(claim.text, claim.state) for claim in study.claims.all()] == [("One.", "upheld"), ("Other.", "tentative")]
    assert [(one.start, one.stance) for one in study.claims.citations()] == [(3, "for")]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("## \n", "f.md:1: the heading of this claim has no words"),
        ("## 12", "f.md:1: the claim has no words"),
        ("## One\nkind: opinion", "f.md:2: 'opinion' is no kind of a claim"),
        ("## One\n\nstate: true", "f.md:3: 'true' is no state of a claim"),
        ("## One\ncolour: red", "f.md:2: 'colour: red' is no line of a claim; lines begin with 'kind:'"),
        ("## One\nkind: literature\nkind: literature", "f.md:3: 'kind:' stands in line 2 already"),
        ("## One\ngrade: probable", "f.md:2: a grade that is set by hand needs a line 'reason: …'"),
        ("## One\nrule: sure", "f.md:2: 'sure' is no part of a rule"),
        ("## One\nscope: everything", "f.md:2: 'everything' is no part of a scope"),
        ("## One\n### Beside", "f.md:2: '### Beside' is no part of a claim"),
        ("## One\n## Two\n## One", "f.md:3: this claim stands in line 1 already"),
        ("## One\n### For\n> Nobody asked me.", "f.md:3: no line '— source, characters 3-20' stands below"),
        ("## One\n### For\n— talk, characters 0-3", "f.md:3: no quotation stands above this line"),
        ("## One\n> R\n— talk, characters 0-1", "f.md:2: say whether this is cited for or against the claim"),
        ("## One\n### For\n> Nobody\n— nowhere", "f.md:3: there is no source named 'nowhere'"),
        ("## One\n### For\n> Nobody\n— talk", "f.md:3: the quotation 'Nobody' stands 2 times in 'talk'"),
        ("## One\n### For\n> Nobodi\n— talk", "f.md:3: the quotation 'Nobodi' does not stand in 'talk'"),
        ("## One\n### For\n> asked\n— talk, characters 0-5", "the same words stand at characters 10-15"),
        ("## One\n### For\n> Nobodi\n— talk, characters 0-6", "stand nowhere in that source"),
        (
            "## One\n### For\n> R: N\n— talk, characters 0-4\nedited:\n> [S]o",
            "f.md:3: the edited quotation: the words 'o'",
        ),
        ("## One\n### For\n> R: N\n— talk, characters 0-4\ntranslated:\n> So", "f.md:3: say who translated"),
        (
            "## One\n### For\n> R: N\n— talk, characters 0-4\nedited:\n\nrole: x",
            "f.md:5: the words that are edited stand",
        ),
        ("## One\n### For\nsomething else", "f.md:3: 'something else' is neither a quotation nor"),
        ("## One\npart of: Nothing", "f.md:1: there is no claim 'Nothing'"),
        ("## One\nscope: code nothing", "f.md:1: "),
        ("## One\n### For\n> gone\n— talk · unanchored · citation x", "f.md:3: this citation has lost its words"),
    ],
)
def test_what_is_wrong_is_refused_by_its_line(study: Study, text: str, said: str) -> None:
    from qda.errors import in_file

    before = study.state_hash()
    with pytest.raises(QdaError) as refused:
        try:
            import_claims(study, parse_claims(text, "f.md", reader(study)), "in")
        except QdaError as error:
            raise in_file(error, "f.md") from None
    assert said in str(refused.value)
    assert study.state_hash() == before


def test_citations_that_lost_their_words_stay_on_the_round_trip(study: Study) -> None:
    from qda.store.revisions import edit_source

    study.claims.add(ClaimRow("One.", citations=(CitationRow("talk", 3, 19), CitationRow("talk", 20, 40))))
    new = "Something else altogether.\n" + TALK[20:]
    edit_source(study, "talk", Transcript("talk", "txt", new.encode(), new, "utf-8"), {})
    assert study.claims.flagged()[1] == 1
    state, text = study.state_hash(), "".join(write_claims(study))
    assert import_claims(study, parse_claims(text, "f.md", reader(study)), "in") == (0, 0, 1)
    assert study.state_hash() == state


def test_line_text_is_one_sentence() -> None:
    assert one_sentence(" a\n\tb ") == "a b"
