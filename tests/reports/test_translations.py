"""Translations in reports: what is coded in either text counts once, at its place in the original.

The reference is a study without translations in which a person has put every coding of a translation on the words of
the original by hand; each report must say the same of both studies.
"""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING, Any
from uuid import UUID

import pytest
from worlds import CODERS

from qda.io.markdown import excerpts_markdown
from qda.model.claims import CitationRow, ClaimRow, parse_scope
from qda.model.codebook import Codebook, CodeEntry
from qda.model.rounds import Part, Terms
from qda.model.selection import Selection
from qda.model.transcript import Speaker, SpokenTurn, Transcript
from qda.render import render_report
from qda.reports.published import published
from qda.reports.registry import REPORTS, report_function
from qda.reports.search import search
from qda.store.attributes import AttributeRow
from qda.store.cases import CaseRow
from qda.store.coding_lines import CodingRow
from qda.store.not_data import NotDataRow
from qda.store.progress import CoverageRow, ProgressRow
from qda.store.sensitive import SensitiveRow
from qda.store.study import Study

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

NL = (
    ("Int", "Waarom bent u teruggegaan?"),
    ("Ari", "Ik wilde niet. Mijn moeder was ziek, en niemand hielp ons daar."),
    ("Int", "En toen?"),
    ("Ben", "Toen kwamen de papieren. Ik tekende."),
    ("Ari", "Ik ook, in 2019."),
)
EN = (
    ("Int", "Why did you go back?"),
    ("Ari", "I did not want to. My mother was ill."),
    ("Ari", "And nobody helped us there."),
    ("Int", "And then?"),
    ("Ben", "Then the papers came. I signed."),
    ("Ari", "So did I, in 2019."),
)
# Which turns of the translation say what which turns of the original say, both counted from 0.
TURNS = {0: 0, 1: 1, 2: 1, 3: 2, 4: 3, 5: 4}
"""The turns of the translation, each with the turn of the original that says the same."""
OTHER = (("Int", "En u?"), ("Cor", "Ik ging zelf. Mijn moeder was er."))
"""A second source, without a translation."""
CODES = ("family/near", "family/far", "paper")

BOOK = Codebook(
    codes=(CodeEntry(name="family", children=(CodeEntry(name="near"), CodeEntry(name="far"))), CodeEntry(name="paper"))
)


def spoken(name: str, said: tuple[tuple[str, str], ...]) -> Transcript:
    """A transcript of labels and what was said, a line each."""
    text, turns = "", []
    for label, words in said:
        start = len(text)
        text += f"{label}: {words}\n"
        turns.append(SpokenTurn(start, start + len(label) + 2, len(text) - 1, label))
    return Transcript(name, "txt", text.encode(), text, "utf-8", tuple(turns))


def add(study: Study, name: str, said: tuple[tuple[str, str], ...], *, local: bool = False) -> Transcript:
    """Add a transcript; its labels name the same people everywhere, unless they are `local`."""
    document = spoken(name, said)
    labels = {label for label, _ in said}
    roles = {label: "interviewer" if label == "Int" else "respondent" for label in labels}
    study.sources.add(document, speakers={label: Speaker(label, roles[label], generic=local) for label in labels})
    return document


def spans_of(said: tuple[tuple[str, str], ...]) -> list[tuple[int, int]]:
    """Where each turn stands."""
    return [(turn.start, turn.end) for turn in spoken("", said).turns]


def by_hand(start: int, end: int) -> tuple[int, int]:
    """A span of the translation on the words of the original: all of each turn that says the same as one of its.

    Turn 3 of the translation is no data, so it says nothing; what says nothing at all is put on what is no data there.
    """
    there = spans_of(NL)
    said = [(at, span) for at, span in enumerate(spans_of(EN)) if at != 3]
    turns = [TURNS[at] for at, (first, last) in said if first < end and start < last] or [2]
    return min(there[at][0] for at in turns), max(there[at][1] for at in turns)


@pytest.fixture(scope="module", params=(1, 2))
def both(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Study, Study]]:
    """The study with a translation, and the reference without."""
    place = tmp_path_factory.mktemp("translations")
    drawn = list(draw(Random(request.param)))
    studies = make(place / "linked", drawn, linked=True), make(place / "reference", drawn, linked=False)
    yield studies
    for study in studies:
        study.close()


def draw(random: Random) -> Iterator[tuple[str, str, str, int, int, UUID]]:
    """Codings anywhere in the three texts; no two of a coder and code reach the same words of the original."""
    taken = set()
    texts = {"nl": NL, "en": EN, "other": OTHER}
    for number in range(70):
        source = random.choice(("nl", "en", "en", "other"))
        length = len(spoken("", texts[source]).text)
        start = random.randrange(length - 2)
        end = min(start + random.choice((1, 4, 30)) + 1, length)
        coder, code = random.choice(CODERS[:2]), random.choice(CODES)
        at = by_hand(start, end) if source == "en" else (start, end)
        if (coder, code, source == "other", at) not in taken:
            taken.add((coder, code, source == "other", at))
            yield source, coder, code, start, end, UUID(int=number + 1)


def make(folder: Path, drawn: list[tuple[str, str, str, int, int, UUID]], *, linked: bool) -> Study:
    """A study of what was drawn, with the translation or with everything put on the original by hand."""
    study = Study.create(folder, coder=CODERS[0])
    add(study, "nl", NL)
    add(study, "other", OTHER)
    if linked:
        add(study, "en", EN, local=True)
        study.sources.describe("en", kind="translation", language="en", date="2001")
    study.sources.describe("nl", language="nl", date="2024-05")
    study.codebook.import_codebook(BOOK, "the codebook", "")
    if linked:
        study.translations.link("en", "nl")
        pairs = [(spans_of(EN)[at], spans_of(NL)[to]) for at, to in TURNS.items()]
        for one, other in pairs:
            assert study.translations.alignment(study.translations.get("en")).carry(*one) == [other], "as proposed"
    rows = []
    for number, (source, coder, code, start, end, uid) in enumerate(drawn, start=1):
        moved = source == "en" and not linked
        name, at = ("nl", by_hand(start, end)) if moved else (source, (start, end))
        rows.append(CodingRow(number, name, code, coder, *at, id=uid.bytes))
    study.codings.import_rows(rows, "codings")
    study.cases.import_rows([CaseRow("North", "place", ("Ari",), ()), CaseRow("South", "place", ("Ben", "Cor"))], "")
    for person, value in (("Ari", "yes"), ("Ben", "no"), ("Cor", "yes")):
        study.attributes.import_rows("person", {"left": ""}, [AttributeRow(person, {"left": (value,)}, 1)], "left")
    study.not_data.import_rows([NotDataRow("nl", *spans_of(NL)[2])], "no data")
    if linked:
        study.not_data.import_rows([NotDataRow("en", *spans_of(EN)[3])], "no data")
    study.progress.import_rows(
        [ProgressRow(name, coder, "done") for name in ("other", "nl") for coder in CODERS[:2]], ""
    )
    study.coverage.import_rows([CoverageRow("nl", "paper", asked=True)], "")
    return study


def said(study: Study, name: str, **asked: Any) -> tuple[Any, ...]:
    """What a report says: its figures, and which codings stand behind each."""
    options = {key: asked.pop(key) for key in list(asked) if key not in Selection.__dataclass_fields__}
    report = report_function(name)(study, Selection(**asked), **options)
    evidence = report.evidence().codings
    return report.table.columns, report.table.rows, {cell: sorted(ids) for cell, ids in evidence.items()}


ASKED: list[tuple[str, dict[str, Any]]] = [
    ("frequency", {}),
    ("frequency", {"coders": (CODERS[1],), "where": (("left", "yes"),)}),
    ("frequency", {"query": "near WITHIN 1 turns OF paper"}),
    ("cooccurrence", {}),
    ("cooccurrence", {"within": "turn", "follows": True}),
    ("comparison", {"by": ("left",)}),
    ("crosstab", {"by": ("code.family",), "codes": ("paper",)}),
    ("framework", {}),
    ("saturation", {}),
    ("timeline", {}),
    ("coverage", {}),
    ("portrait", {}),
    ("codebook", {}),
    ("agreement", {}),
    ("agreement", {"disagreements": True}),
]


@pytest.mark.parametrize(("name", "asked"), ASKED, ids=[f"{name} {asked}" for name, asked in ASKED])
def test_every_report_counts_as_if_all_were_coded_in_the_original(
    both: tuple[Study, Study], name: str, asked: dict[str, Any]
) -> None:
    linked, reference = both
    assert any(said(reference, name, **asked)[2].values()), "something stands behind its figures"
    assert said(linked, name, **asked) == said(reference, name, **asked)


def test_every_report_is_looked_at() -> None:
    shown_by_their_words = {"excerpts", "quotes", "claims", "spectrum", "joint"}
    assert {name for name, _ in ASKED} | shown_by_their_words == set(REPORTS)


# --- the same item in two languages -------------------------------------------------------------------------

DUTCH = (
    "Samenvatting\n\nWij spraken met 16 mensen die terugkeerden.\n\n► Terugkeren is een keuze onder druk.\n\n"
    "► Steun helpt zelden.\n\n► Wie lang wacht, wacht langer.\n"
)
ENGLISH = (
    "Summary\n\nWe spoke with 16 people who returned.\n\n► Returning is a choice\nunder pressure.\n\n"
    "► Support seldom helps.\n\n► Who waits long waits longer.\n"
)


@pytest.fixture(scope="module")
def summaries(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Study]:
    """Two summaries of a report, one the translation of the other; nothing is coded."""
    study = Study.create(tmp_path_factory.mktemp("summaries"), coder="Anna")
    for name, text in (("nl", DUTCH), ("en", ENGLISH)):
        study.sources.add(Transcript(name, "txt", text.encode(), text, "utf-8"), speakers={}, date="2025")
    study.codebook.import_codebook(Codebook(codes=(CodeEntry(name="A"), CodeEntry(name="B"))), "", "")
    study.translations.link("en", "nl", language="en", translator="Bureau", method="sworn")
    yield study
    study.close()


def coded(study: Study, *rows: tuple[str, str, str]) -> list[str]:
    """Code words of a source, in the place of all that was coded; returns the ids."""
    for one in study.codings.all():
        study.codings.remove(one.uid)
    texts = {"nl": DUTCH, "en": ENGLISH}
    found = []
    for number, (name, code, words) in enumerate(rows, start=1):
        start = texts[name].index(words)
        uid = UUID(int=number + (len(words) << 8))
        found.append(CodingRow(number, name, code, "Anna", start, start + len(words), id=uid.bytes))
    study.codings.import_rows(found, "coded")
    return [str(UUID(bytes=row.id)) for row in found if row.id]


def figures(study: Study, **asked: Any) -> dict[str, Any]:
    """The figures of the code A."""
    report = report_function("frequency")(study, Selection(**asked))
    return dict(zip(report.table.columns, report.table.rows[0], strict=True))


FIRST_NL, FIRST_EN = "► Terugkeren is een keuze onder druk.", "► Returning is a choice\nunder pressure."


def test_an_item_coded_in_either_language_or_in_both_is_one_passage(summaries: Study) -> None:
    for rows in (
        (("nl", "A", FIRST_NL),),
        (("en", "A", FIRST_EN),),
        (("nl", "A", FIRST_NL), ("en", "A", FIRST_EN)),
        (("nl", "A", "een keuze"), ("en", "A", "a choice\nunder")),
    ):
        ids = coded(summaries, *rows)
        for asked in ({}, {"sources": ("en",)}, {"sources": ("nl",)}, {"kinds": ("transcript",)}):
            found = figures(summaries, **asked)
            assert (found["passages"], found["sources"]) == (1, 1)
        report = report_function("frequency")(summaries, Selection())
        assert sorted(next(iter(report.evidence().codings.values()))) == sorted(ids)
        assert any(note.startswith("Translations are counted with their originals") for note in report.notes)
        assert "en (with nl)" in " ".join(report.notes)
    assert figures(summaries)["characters"] == len(FIRST_NL), "overlapping places are merged at the aligned stretch"


def test_codes_in_two_languages_meet_within_a_coder(summaries: Study) -> None:
    def met() -> tuple[tuple[object, ...], ...]:
        return report_function("cooccurrence")(summaries, Selection()).table.rows

    coded(summaries, ("nl", "A", "een keuze"), ("en", "B", "pressure"))
    assert met() == (("A", 1, 1), ("B", 1, 1))
    coded(summaries, ("nl", "A", "een keuze"), ("en", "B", "Support"))
    assert met() == (("A", 1, 0), ("B", 0, 1))


def test_what_is_aligned_with_nothing_is_said_and_not_counted(summaries: Study) -> None:
    from qda.store.translations import AlignedRow

    coded(summaries, ("en", "A", "Summary"), ("en", "A", FIRST_EN))
    summaries.translations.align("en", [AlignedRow("1", "")], only=False)
    report = report_function("frequency")(summaries, Selection(codes=("A",)))
    assert figures(summaries)["passages"] == 1
    assert [note for note in report.notes if note.startswith("Not counted")] == [
        "Not counted: 1 coding in en on words with which nothing of the original is aligned;"
        " 'qda translation show' lists them."
    ]
    summaries.translations.align("en")
    assert figures(summaries)["passages"] == 2


def test_what_is_no_data_at_an_end_carries_no_part(summaries: Study) -> None:
    # From the page head between the items ("seldom helps.") on: only the last item is data.
    start = ENGLISH.index("seldom")
    last = DUTCH[DUTCH.index("► Wie") :].strip()
    coded(summaries, ("en", "A", ENGLISH[start:].strip()))
    both = figures(summaries)["characters"]
    summaries.not_data.import_rows([NotDataRow("en", start, start + len("seldom helps."))], "head")
    assert (both > len(last), figures(summaries)["characters"]) == (True, len(last))
    summaries.not_data.remove("en", start, start + 1)


def test_searching_within_passages_finds_the_words_of_the_other_language(summaries: Study) -> None:
    coded(summaries, ("nl", "A", FIRST_NL))
    assert [hit.source for hit in search(summaries, "pressure", within=Selection(codes=("A",)))] == ["en"]
    assert [hit.source for hit in search(summaries, "longer", within=Selection(codes=("A",)))] == []
    assert [hit.source for hit in search(summaries, "choice", within=Selection(query="A"))] == ["en"]


def test_citations_of_both_languages_are_one_passage_of_one_source(summaries: Study) -> None:
    from qda.reports.claim_evidence import Evidence

    ids = coded(summaries, ("nl", "A", FIRST_NL), ("en", "A", "Support seldom helps."))
    where = [ENGLISH.index(FIRST_EN), DUTCH.index(FIRST_NL)]
    cited = (
        CitationRow("en", where[0], where[0] + len(FIRST_EN)),
        CitationRow("nl", where[1], where[1] + len(FIRST_NL)),
    )
    summaries.claims.add(ClaimRow("It is a choice.", "literature", scope=parse_scope(["code A"]), citations=cited))
    standing = Evidence(summaries).all()[0]
    assert (standing.own.passages, standing.own.sources, standing.own.kinds) == (1, 1, 1)
    assert [(one.source, one.codings) for one in standing.uncited or ()] == [("nl", (ids[1],))]
    assert (standing.uncited or ())[0].text == "► Steun helpt zelden."
    notes = report_function("claims")(summaries, Selection()).notes
    assert any("where both say the same, of one passage" in note for note in notes)


def test_a_round_of_the_translation_is_compared_at_the_original(summaries: Study) -> None:
    coded(summaries)
    one = summaries.sources.get("en")
    study = summaries
    study.rounds.make("pilot", ("Anna", "Bram"), [Part(one.key, one.revision_key, True, 0, 0)], Terms(blind=False))
    coded(summaries, ("nl", "A", FIRST_NL), ("en", "B", "Support seldom helps."))
    study.rounds.submit("pilot")
    study.coder = "Bram"
    start = ENGLISH.index("a choice")
    study.codings.apply("en", "A", start, start + 8)
    study.rounds.submit("pilot")
    study.coder = "Anna"
    report = report_function("agreement")(study, Selection(), round="pilot")
    said = {(row[0], row[3]): row[6] for row in report.table.rows if row[1] == "char"}
    assert [said[stat, "A"] for stat in "abc"] == [len(FIRST_NL), 0, 0], "Anna in Dutch, Bram in English"
    assert [said[stat, "B"] for stat in "abc"] == [0, len("► Steun helpt zelden."), 0]
    notes = [note for note in report.notes if "ranslation" in note]
    assert [note[:25] for note in notes] == ["Translations are counted ", "A coding of a translation"]


def test_both_quotes_are_printed(summaries: Study) -> None:
    from qda.io.quotes import check_quotes
    from qda.render.docx import document_text, report_document
    from qda.render.html.quotations import quotations_html

    steun, support = "► Steun helpt zelden.", "► Support seldom helps."
    ids = coded(summaries, ("nl", "A", FIRST_NL), ("en", "A", "seldom"))
    report = report_function("excerpts")(summaries, Selection())
    rows = [dict(zip(report.table.columns, row, strict=True)) for row in report.table.rows]
    at, seldom = ENGLISH.index(FIRST_EN), ENGLISH.index("seldom")
    assert [(row["id"], row["source"], row["text"], row["translation"], row["translation_at"]) for row in rows] == [
        (ids[0], "nl", FIRST_NL, FIRST_EN, f"en {at}-{at + len(FIRST_EN)}"),
        (ids[1], "nl", steun, "seldom", f"en {seldom}-{seldom + 6}"),
    ]
    assert "\nseldom\n— en, " in document_text(report_document(summaries, [report]))
    markdown = excerpts_markdown(report)
    assert f"> ► Returning is a choice\n> under pressure.\n\n— en, characters {at}-" in markdown
    assert f"> seldom\n\n— en, characters {seldom}-{seldom + 6} · translation, in which it was coded\n" in markdown
    texts = {"nl": DUTCH, "en": ENGLISH}
    assert check_quotes(markdown, "x.md", texts.get) == []
    assert markdown.count("\n> ► ") == 3, "two of the original, one of the translation"

    summaries.attributes.import_rows("source", {"team": ""}, [AttributeRow("nl", {"team": ("N",)}, 1)], "")
    matrix = report_function("quotes")(summaries, Selection(by=("team",)))
    rows = [dict(zip(matrix.table.columns, row, strict=True)) for row in matrix.table.rows]
    assert [(row["text"], row["translation"]) for row in rows] == [(FIRST_NL, FIRST_EN), (steun, support)]
    assert [row[-2:] for row in matrix.parts()[0].table.rows] == [
        (FIRST_NL, "► Returning is a choice under pressure."),
        (steun, support),
    ]

    start, place = ENGLISH.index(support), f"{DUTCH.index(steun)}-{DUTCH.index(steun) + len(steun)}"
    cited = (CitationRow("en", start, start + len(support)),)
    summaries.claims.add(ClaimRow("Support is seldom the reason.", "literature", citations=cited))
    for public in (False, True):
        said = report_function("claims")(summaries, Selection(), public=public)
        row = next(row for row in said.table.rows if row[1] == "Support is seldom the reason.")
        cells = dict(zip(said.table.columns, row, strict=True))
        assert (cells["text"], cells["translation"]) == (support, steun)
        assert cells["translation_at"] == ("" if public else f"nl {place}")
        quoted = [quote for part in said.parts() for quote in part.quotes]
        for page in (
            render_report(said, "md"),
            render_report(said, "table"),
            "".join(quotations_html(quoted, "claims")),
        ):
            assert steun in page
        assert steun in document_text(report_document(summaries, [said]))
    claims = str(render_report(report_function("claims")(summaries, Selection()), "md"))
    assert check_quotes(claims, "x.md", texts.get) == []
    assert f"— nl, characters {place} · original" in claims


def test_what_is_confidential_in_one_language_stays_inside_in_the_other(tmp_path: Path) -> None:
    secret = "Ik tekende."
    start = spoken("", NL).text.index(secret)
    drawn = [
        ("nl", "Anna", "paper", *spans_of(NL)[0], UUID(int=1)),
        ("en", "Anna", "paper", *spans_of(EN)[4], UUID(int=2)),
    ]
    study = make(tmp_path / "study", drawn, linked=True)
    first = spans_of(NL)[3][0]
    study.codings.apply("nl", "paper", first, first + 20)
    study.sensitive.mark([SensitiveRow("nl", start=start, end=start + len(secret))], "secret")
    study.see_from("public")
    report = published(study, report_function("excerpts")(study, Selection()))
    assert [(row[1][:10], row[-2][:10]) for row in report.table.rows] == [("Int: Waaro", "Int: Why d")]
    for form in ("md", "csv", "json"):
        assert "Why did you go back?" in render_report(report, form)
        assert "signed" not in render_report(report, form) + excerpts_markdown(report)
    assert ("I signed." in study.sources.text(study.translations.all()[0].source)) is False
    study.close()
