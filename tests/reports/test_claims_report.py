"""The report on claims: the acceptance checks of the studies, worked out by hand, and a slow second way of counting."""

from __future__ import annotations

import random
import re
from itertools import product
from typing import TYPE_CHECKING, Any

import pytest

from qda.errors import QdaError
from qda.io.quotes import check_quotes, count
from qda.model.claims import CitationRow, ClaimRow, parse_scope
from qda.model.codebook import Codebook, CodeEntry
from qda.model.selection import Selection
from qda.model.transcript import Speaker, SpokenTurn, Transcript
from qda.render import render_report
from qda.reports.claim_evidence import Evidence
from qda.reports.claims import claims
from qda.store import Study
from qda.store.attributes import AttributeRow
from qda.store.cases import CaseRow
from qda.store.coding_lines import CodingRow
from qda.store.persons import PersonRow

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from qda.reports.report import Report

WORDS = "I had no choice. They asked me twice. Nobody came."


@pytest.fixture
def study(tmp_path: Path) -> Iterator[Study]:
    with Study.create(tmp_path / "study", coder="anna") as made:
        made.codebook.import_codebook(
            Codebook("", {}, (CodeEntry("force", children=(CodeEntry("paper"),)), CodeEntry("help"))), "codes"
        )
        yield made


def add(study: Study, name: str, *, kind: str = "transcript", date: str = "", speaker: str = "") -> str:
    """A source in which one respondent says the same words as in all others; its bytes are its own."""
    label = f"{speaker}: " if speaker else ""
    text = f"{label}{WORDS}\n\n{name}\n"
    turns = (SpokenTurn(0, len(label), len(label) + len(WORDS), speaker),) if speaker else ()
    known = {speaker: Speaker(speaker, "respondent", generic=False)} if speaker else {}
    study.sources.add(Transcript(name, "txt", text.encode(), text, "utf-8", turns), speakers=known)
    study.sources.describe(name, kind=kind, date=date)
    return name


def said(study: Study, source: str, words: str = "I had no choice.", **fields: str) -> CitationRow:
    start = study.sources.text(study.sources.get(source).key).index(words)
    return CitationRow(source, start, start + len(words), **fields)


def rows(report: Report) -> list[dict[str, Any]]:
    return [dict(zip(report.table.columns, row, strict=True)) for row in report.table.rows]


def test_m23_fourteen_distinct_sources_and_not_twenty_two(study: Study) -> None:
    """004, notes 66-68: ten, nine and three sources; those of note 67 and 68 are partly those of note 66."""
    first = ["BZ", "VenJ", "SZW", "Defensie", "IenM", "Frankrijk", "SHIP", "DEVCO", "wetenschapper", "enquete"]
    second = ["VenJ", "IOM", "ambassadeur", "Frankrijk", "DGHOME", "ECRE", "SHIP", "wetenschapper", "enquete"]
    third = ["wetenschapper", "VenJ", "ambassadeur"]
    for name in dict.fromkeys((*first, *second, *third)):
        add(study, name, kind="survey" if name == "enquete" else "transcript")
    study.claims.add(ClaimRow("Own strategy is the reason most mentioned."))
    for text, names in (("Links.", first), ("Politics.", second), ("Region.", third)):
        cited = tuple(said(study, name) for name in names)
        study.claims.add(ClaimRow(text, under="Own strategy", citations=cited))
    found = {one.claim.text: one for one in Evidence(study).all()}
    assert [found[text].own.sources for text in ("Links.", "Politics.", "Region.")] == [10, 9, 3]
    whole = found["Own strategy is the reason most mentioned."]
    assert (whole.own.sources, whole.all.sources, whole.all.kinds) == (0, 14, 2)
    assert 10 + 9 + 3 == 22
    assert whole.grade == "confirmed"
    text = render_report(claims(study, Selection()), "table")
    assert "With its parts: 14 passages in 14 sources of 2 kinds" in text


def test_m19_twelve_variables_get_their_grades(study: Study) -> None:
    """002:122-181: confirmed 2, probable 5, inconclusive 5; confirmed needs a study with an effects analysis."""
    studies = [add(study, f"study{number}", kind="literature") for number in range(4)]
    study.attributes.import_rows(
        "source", {"design": ""}, [AttributeRow(studies[0], {"design": ("effects analysis",)}, 1)], "designs"
    )
    rule = (
        "confirmed: sources >= 2 and sources[design=effects analysis] >= 1 and against = 0;"
        " probable: sources >= 2 and against = 0; inconclusive: otherwise"
    )
    study.settings.set("grade rule", rule)
    evidence = {"confirmed": ([0, 1], []), "probable": ([1, 2, 3], []), "inconclusive": ([0, 1], [2])}
    wanted = ["confirmed"] * 2 + ["probable"] * 5 + ["inconclusive"] * 5
    for number, grade in enumerate(wanted):
        speak, against = evidence[grade]
        cited = [said(study, studies[one]) for one in speak]
        cited += [said(study, studies[one], stance="against") for one in against]
        study.claims.add(ClaimRow(f"Variable {number}", "literature", citations=tuple(cited)))
    assert [one.grade for one in Evidence(study).all()] == wanted
    assert f"Grade: {rule}." in claims(study, Selection()).notes


def test_m24_two_men_of_one_date_are_told_apart_inside_and_not_outside(study: Study) -> None:
    for name, person in (("iraq_1", "Ali"), ("iraq_2", "Omar")):
        add(study, name, date="2024-10-07", speaker=person)
    attributes = [AttributeRow(name, {"role": ("Iraqi returnee",)}, 1) for name in ("Ali", "Omar")]
    study.attributes.import_rows("person", {"role": ""}, attributes, "roles")
    study.claims.add(ClaimRow("Forced.", citations=(said(study, "iraq_1"), said(study, "iraq_2"))))
    study.claims.add(ClaimRow("Without anything."))
    inside, outside = claims(study, Selection()), claims(study, Selection(), public=True)
    words = "Interview with Iraqi returnee, 7 October 2024"
    assert [row["footnote"] for row in rows(outside)][:2] == [words, words]
    assert [row["footnote"] for row in rows(inside)][:2] == [
        f"{words} [Ali; iraq_1, turn 1, 5-21]",
        f"{words} [Omar; iraq_2, turn 1, 6-22]",
    ]
    assert "Unsupported, for nothing is cited for them: 2." in inside.notes
    public = "".join(render_report(outside, form, evidence=False) for form in ("table", "md", "csv", "json"))
    for name in ("Ali", "Omar", "iraq_1", "iraq_2"):
        assert name not in public.replace("study", "")
    markdown = render_report(outside, "md")
    assert f"[^1]: {words}.\n\n[^2]: {words}." in markdown
    assert markdown.count("> I had no choice.[^") == 2


def test_m12_what_the_analyst_says_does_not_read_as_said(study: Study) -> None:
    add(study, "notes", kind="notes")
    add(study, "talk", speaker="Ali")
    study.claims.add(ClaimRow("Differentiation."))
    study.claims.add(ClaimRow("Said.", "respondent-said", citations=(said(study, "notes"),)))
    study.claims.add(ClaimRow("Really said.", "respondent-said", citations=(said(study, "talk"),)))
    report = claims(study, Selection())
    assert "Said to be said by respondents, but no respondent is heard in what is cited: 2." in report.notes
    text = render_report(report, "table")
    assert "Kind: analyst-derived. State: tentative." in text
    assert "Cited for it: 0 passages in 0 sources of 0 kinds by 0 respondents" in text


def test_m27_an_edited_quote_is_marked_and_all_originals_are_proven(study: Study) -> None:
    add(study, "talk", speaker="Ali")
    cited = (
        said(study, "talk", quoted="edited", wording="[We] had no choice.", by="anna"),
        said(study, "talk", "They asked me twice.", quoted="translated", wording="Twee keer.", by="Ingrid"),
        said(study, "talk", "Nobody came.", stance="against"),
    )
    study.claims.add(ClaimRow("Forced.", citations=cited))
    markdown = render_report(claims(study, Selection()), "md")
    assert "> [We] had no choice.[^1]".replace("[We]", r"\[We]") in markdown
    for words in ("Edited by anna; the original:", "Translated by Ingrid; the original:", "> Twee keer.[^2]"):
        assert words in markdown
    text = study.sources.text(study.sources.get("talk").key)
    assert count(markdown) == 3
    assert check_quotes(markdown, "claims.md", lambda name: text if name == "talk" else None) == []
    assert len(check_quotes(markdown.replace("I had no choice", "I had a choice"), "c", lambda _: text)) == 1


def test_m29_a_contradiction_shows_from_both_sources(study: Study) -> None:
    add(study, "norway", kind="literature")
    add(study, "review", kind="literature")
    study.claims.add(
        ClaimRow("More return.", citations=(said(study, "norway"), said(study, "review", stance="against")))
    )
    study.claims.add(ClaimRow("Other."))
    for source in ("norway", "review"):
        report = claims(study, Selection(sources=(source,)))
        assert [(row["source"], row["stance"]) for row in rows(report)] == [("norway", "for"), ("review", "against")]
        assert "Contradicted by what is shown beside them: 1." in report.notes
        assert report.title == "Claims"


def test_m30_one_case_in_two_sources_counts_once(study: Study) -> None:
    add(study, "counsellor", speaker="Cas")
    add(study, "returnee", speaker="Ali")
    study.persons.import_rows([PersonRow("Cas", "respondent"), PersonRow("Ali", "respondent")], "persons")
    study.cases.import_rows([CaseRow("The family", "family", ("Cas", "Ali"), ())], "cases")
    study.claims.add(ClaimRow("Told twice.", citations=(said(study, "counsellor"), said(study, "returnee"))))
    counts = Evidence(study).all()[0].own
    assert (counts.cases, counts.persons, counts.sources, counts.passages) == (1, 2, 2, 2)


def test_m31_a_box_has_a_head_for_each_origin_and_quotes_with_the_role_only(study: Study) -> None:
    origins = {"s1": "Nigeria", "s2": "Iraq", "s3": "Nigeria", "s4": "Afghanistan", "s5": ""}
    for name, origin in origins.items():
        add(study, name, speaker=f"P{name}")
        if origin:
            study.attributes.import_rows("source", {"origin": ""}, [AttributeRow(name, {"origin": (origin,)}, 1)], "x")
    study.claims.add(ClaimRow("Forced.", citations=tuple(said(study, name) for name in origins)))
    report = claims(study, Selection(), footnote="<role>", group="origin", public=True)
    markdown = render_report(report, "md")
    heads = re.findall(r"^### (.+)$", markdown, re.MULTILINE)
    assert heads == ["For: Afghanistan", "For: Iraq", "For: Nigeria", "For: (missing)"]
    nigeria = markdown.partition("### For: Nigeria")[2].partition("###")[0]
    assert re.findall(r"\[\^(\d)\]", nigeria) == ["3", "4"]
    assert "[^3]: respondent.\n" in markdown
    assert report.manifest["command"] == "qda report claims --footnote '<role>' --group origin --public"
    with pytest.raises(QdaError, match="no attribute 'nothing' has a value here"):
        claims(study, Selection(), group="nothing")


def test_what_is_in_scope_and_not_cited_is_listed(study: Study) -> None:
    add(study, "one")
    add(study, "two")
    study.codings.import_rows(
        [
            CodingRow(1, "one", "force", "anna", 0, 16),
            CodingRow(2, "one", "force/paper", "bram", 10, 20),
            CodingRow(3, "two", "force", "anna", 0, 16),
            CodingRow(4, "two", "help", "anna", 17, 37),
        ],
        "codings",
    )
    study.claims.add(ClaimRow("Forced.", scope=parse_scope(["code force"]), citations=(CitationRow("one", 15, 16),)))
    study.claims.add(ClaimRow("Parts.", scope=parse_scope(["code force", "no subcodes"]), under="Forced."))
    (whole, part) = Evidence(study).all()
    # the cited character 15 lies in both passages of source one; the part cites nothing itself
    assert [(one.source, one.start, one.end, one.codes) for one in whole.uncited or ()] == [("two", 0, 16, ("force",))]
    assert [(one.source, one.start) for one in part.uncited or ()] == [("one", 0), ("two", 0)]
    study.claims.cite(study.claims.get("2"), CitationRow("two", 0, 3, "against"))
    whole, part = Evidence(study).all()
    assert (whole.uncited, len(part.uncited or ())) == ((), 1)
    report = claims(study, Selection())
    assert [row["source"] for row in rows(report) if row["stance"] == "not cited"] == ["one"]
    (coding,) = report.evidence().codings["2|uncited"]
    assert coding in {one.uid for one in study.codings.all()}


def test_a_grade_by_hand_says_why_and_what_the_rule_says(study: Study) -> None:
    add(study, "one")
    study.claims.add(ClaimRow("x", grade="confirmed", reason="I know it", citations=(said(study, "one"),)))
    report = claims(study, Selection())
    assert "Claim 1 is confirmed by hand, inconclusive by its rule: I know it" in report.notes
    assert report.view is not None
    assert report.view.rows[0][3] == "confirmed (by hand)"


def test_a_scope_that_leads_nowhere_is_said_and_stops_nothing(study: Study) -> None:
    add(study, "one")
    study.claims.add(ClaimRow("x", scope=parse_scope(["where country=NL"])))
    study.claims.add(ClaimRow("y", rule="confirmed: sources[method=a] > 0", citations=(said(study, "one"),)))
    notes = "\n".join(claims(study, Selection()).notes)
    assert "Claim 1: the scope cannot be looked up: no attribute 'country'" in notes
    assert "Claim 2: the grade cannot be counted: no attribute 'method'" in notes


def test_which_claims_are_chosen(study: Study) -> None:
    add(study, "one")
    study.claims.add(ClaimRow("a", scope=parse_scope(["code force/paper"])))
    study.claims.add(ClaimRow("b", citations=(said(study, "one"),)))
    chosen = [
        [row[0] for row in (claims(study, selection).view or claims(study, selection).table).rows]
        for selection in (Selection(codes=("force",)), Selection(codes=("help",)), Selection(sources=("one",)))
    ]
    assert chosen == [[1], [], [2]]
    assert len(claims(study, Selection(coders=("anna",))).table.rows) == 2


@pytest.mark.parametrize("seed", range(12))
def test_counts_equal_a_slow_second_way(study: Study, seed: int) -> None:
    """Random citations and codings; sources, persons, kinds and what is not cited are counted one by one."""
    chance = random.Random(seed)
    names = [add(study, f"s{n}", kind=chance.choice(("transcript", "notes")), speaker=f"P{n % 2}") for n in range(4)]
    size = len(WORDS)
    spans = [tuple(sorted(chance.sample(range(size), 2))) for _ in range(12)]
    codings = {(chance.choice(names), *span, chance.choice(("force", "force/paper"))) for span in spans}
    study.codings.import_rows(
        [CodingRow(n, name, code, "anna", a, b) for n, (name, a, b, code) in enumerate(sorted(codings), 1)], "x"
    )
    made: dict[tuple[str, int, int], str] = {}
    for _ in range(6):
        made[chance.choice(names), *tuple(sorted(chance.sample(range(size), 2)))] = chance.choice(("for", "against"))  # type: ignore[index]
    cited = tuple(CitationRow(*place, stance) for place, stance in made.items())
    study.claims.add(ClaimRow("x", scope=parse_scope(["code force"]), citations=cited))
    one = Evidence(study).all()[0]
    speaking = [place for place, stance in made.items() if stance == "for"]
    kinds = {source.name: source.kind for source in study.sources.all()}
    assert one.own.sources == len({name for name, *_ in speaking})
    assert one.own.against == len({place[0] for place, stance in made.items() if stance == "against"})
    assert one.own.kinds == len({kinds[name] for name, *_ in speaking})
    assert one.own.persons == len({int(name[1:]) for name, *_ in speaking})  # each label is its own source's person
    left = set()
    for name, code in product(names, ("force", "force/paper")):
        mine = sorted((a, b) for source, a, b, which in codings if (source, which) == (name, code))
        merged: list[list[int]] = []
        for a, b in mine:
            if merged and a < merged[-1][1]:
                merged[-1][1] = max(merged[-1][1], b)
            else:
                merged.append([a, b])
        for a, b in merged:
            touched = any(set(range(a, b)) & set(range(c, d)) for source, c, d in made if source == name)
            if not touched:
                left.add((name, a, b))
    assert {(passage.source, passage.start, passage.end) for passage in one.uncited or ()} == left


def test_the_same_study_gives_the_same_bytes_in_every_form(study: Study) -> None:
    add(study, "one", speaker="Ali")
    study.claims.add(ClaimRow("x | *y*", scope=parse_scope(["code force"]), citations=(said(study, "one"),)))
    for form in ("table", "md", "csv", "json"):
        first = render_report(claims(study, Selection()), form, evidence=True)
        assert first == render_report(claims(study, Selection()), form, evidence=True)
    markdown = render_report(claims(study, Selection()), "md")
    assert re.search(r"^\[\^1\]: Interview with respondent, no date", markdown, re.MULTILINE)
    assert "x | \\*y\\*" in markdown or "x \\| \\*y\\*" in markdown


def test_words_that_are_cited_twice_are_one_passage(study: Study) -> None:
    # "I had no choice. They" and "They asked me twice." share "They"; "Nobody came." stands apart.
    add(study, "a", speaker="Ali")
    cited = [said(study, "a", words) for words in ("I had no choice. They", "They asked me twice.", "Nobody came.")]
    study.claims.add(ClaimRow("No choice.", citations=tuple(cited)))
    counts = Evidence(study).all()[0].own
    assert (counts.passages, counts.sources, counts.persons) == (2, 1, 1)
