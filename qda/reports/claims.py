"""Claims as they are reported: each finding with its quotations and footnotes, what contradicts it, what is missing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qda.errors import QdaError
from qda.model.footnotes import USUAL, footnote, names_in, parse_patterns
from qda.model.nouns import many
from qda.reports.claim_evidence import Evidence as Standings
from qda.reports.claim_parts import parts
from qda.reports.manifest import manifest
from qda.reports.report import Evidence, Report, Table, cell_name

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from qda.model.alignment import Counterpart
    from qda.model.selection import Selection
    from qda.reports.claim_evidence import Cited, Standing
    from qda.reports.report import Cell
    from qda.reports.scope import Scope
    from qda.store import Study

    Row = tuple[Cell, ...]

FACTS = ("number", "claim", "kind", "state", "grade", "sources", "sources_with_parts", "passages")
QUOTE = ("stance", "text", "source", "start", "end", "turn", "speaker", "quoted", "wording", "by", "note", "footnote")
COLUMNS = (*FACTS, *QUOTE, "codes", "claim_id", "citation_id")
VIEW = ("number", "claim", "state", "grade", "for", "against", "sources", "uncited")
PATTERN = "footnote"
"""The setting that holds the patterns of footnotes."""
_KNOWN = ("role", "date", "month", "year", "source", "kind", "language", "person")


def claims(study: Study, selection: Selection, *, footnote: str = "", group: str = "", public: bool = False) -> Report:
    """The claims of a selection, in their order.

    Args:
        study: The study.
        selection: With codes, only claims that speak about one of them; with sources, kinds or values, only those that
            cite such a source; with coders, only what they wrote. What is not cited is counted in its layer.
        footnote: Patterns of footnotes; empty: those of the study, else the usual ones.
        group: The attribute under whose values the quotations of each claim stand; empty: they are not grouped.
        public: Footnotes and quotations as readers outside see them, without names and places.

    Raises:
        QdaError: The selection, a pattern or `group` names something that is not there.
    """
    from qda.reports.scope import look_up

    scope = look_up(study, selection)
    found = Standings(study, scope.layer, group)
    notes = Notes(found, footnote or study.settings.get(PATTERN) or USUAL, public=public)
    chosen = [found.of(claim) for claim in found.claims if _is_wanted(found, claim.key, scope)]
    numbers = notes.number(chosen)
    rows = tuple(row for one in chosen for row in _rows(one, notes, numbers))
    view = tuple(_view(one) for one in chosen)
    given = [("--footnote", footnote), ("--group", group)]
    options = [*(word for pair in given if pair[1] for word in pair), *(["--public"] if public else [])]
    return Report(
        name="claims",
        title="Claims" + (", as readers outside see them" if public else ""),
        unit="citations: segments that are cited for or against a claim; sources are distinct ones",
        table=Table((*COLUMNS, *notes.columns), rows),
        view=Table(VIEW, view),
        notes=tuple(_notes(chosen, found)),
        manifest=manifest(study, scope, "claims", options),
        lead=() if found.claims else ("There are no claims yet; 'qda claims add TEXT' writes one.",),
        evidence=lambda: Evidence({}) if public else _evidence(chosen),
        parts=lambda: parts(chosen, notes, numbers, {claim.key: claim.number for claim in found.claims}),
        described={"citation_id": "the id of the citation; empty in a row of what is not cited"},
    )


class Notes:
    """Writes the footnotes of citations."""

    def __init__(self, found: Standings, words: str, *, public: bool) -> None:
        self._found, self.public = found, public
        self._beside = found.beside
        self._patterns = parse_patterns(words)
        self._asked = names_in(self._patterns) - {*_KNOWN}
        for name in self._asked:
            found.value(name, 0, frozenset())  # one that is nowhere is refused

    def number(self, standings: list[Standing]) -> dict[int, int]:
        """The numbers of the footnotes, by the keys of citations, in the order in which they are read."""
        cited = [one.citation.key for each in standings for one in (*each.supporting, *each.contradicting)]
        return {key: number for number, key in enumerate(cited, start=1)}

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns of words in other languages, where there are translations."""
        return self._beside.columns

    def beside(self, one: Cited) -> tuple[Counterpart, ...]:
        """The words of a citation in other languages."""
        return self._beside.of(one.citation.source, one.citation.start, one.citation.end)

    def other(self, one: Cited | None) -> tuple[str, ...]:
        """The cells of `columns`; empty where nothing is cited. Readers outside see no places."""
        cells = self._beside.cells(self.beside(one) if one is not None else ())
        return (cells[0], "") if cells and self.public else cells

    def words(self, one: Cited) -> str:
        """The footnote of a citation."""
        pattern = self._patterns.get(one.root.kind, self._patterns[""])
        return footnote(pattern, self._facts(one), "" if self.public else _inside(one, self._found.subjects.names))

    def _facts(self, one: Cited) -> Mapping[str, str]:
        source, persons = one.root, one.persons
        facts = {"date": source.date, "source": source.name, "kind": source.kind, "language": source.language}
        more = {name: self._found.value(name, source.key, persons) for name in self._asked}
        return {**more, **facts, "role": self._role(one), "person": one.speaker}

    def _role(self, one: Cited) -> str:
        """What the citation calls whoever speaks, else their attribute `role`, else the role of their register."""
        if one.citation.role:
            return one.citation.role
        try:
            said = self._found.value("role", one.root.key, one.persons)
        except QdaError:  # no attribute is called so
            said = ""
        roles = dict.fromkeys(self._found.subjects.roles[person] for person in sorted(one.persons))
        return said or " and ".join(roles)


def _inside(one: Cited, names: Mapping[int, str]) -> str:
    """Who it is, for whom they speak, and where it stands, for the team's own eyes."""
    turn = "" if one.turn is None else f", turn {one.turn}"
    place = f"{one.source.name}{turn}, {one.citation.start}-{one.citation.end}"
    others = [name for person in sorted(one.persons) if (name := names[person]) not in one.speaker.split("; ")]
    speaker = f"{one.speaker} for {' and '.join(others)}" if one.speaker and others else one.speaker
    return f"{speaker}; {place}" if speaker else place


def _is_wanted(found: Standings, key: int, scope: Scope) -> bool:
    """Whether a claim is about what is selected, cites it, or was written by whoever is named."""
    standing = found.of(next(claim for claim in found.claims if claim.key == key))
    selection = scope.selection
    if selection.codes:
        wanted = {code.key for code in scope.codes}
        about = {scope.tree.named(path).key for path in standing.claim.scope.codes}
        if not wanted & about:
            return False
    if selection.coders and standing.claim.coder not in selection.coders:
        return False
    if selection.sources or selection.kinds or selection.where:
        return any(one.root.key in scope.source_keys for one in standing.cited)
    return True


def _rows(one: Standing, notes: Notes, numbers: Mapping[int, int]) -> Iterator[Row]:
    """A row for each citation and each passage that is not cited; one without them where there is nothing."""
    claim = one.claim
    counts = (one.own.sources, one.all.sources, one.own.passages)
    facts: Row = (claim.number, claim.text, claim.kind, claim.state, one.grade or None, *counts)
    listed = False
    for cited in (*one.supporting, *one.contradicting):
        listed = True
        uid = "" if notes.public else cited.citation.uid
        yield (*facts, *_quote(cited, notes, numbers), "", claim.uid, uid, *notes.other(cited))
    for lost in one.lost:
        listed = True
        place = (None, None, None, None, "") if notes.public else ("", lost.start, lost.end, None, "")
        said = ("words gone", lost.words, *place, lost.quoted, lost.wording, lost.by, None, "")
        yield (*facts, *said, "", claim.uid, "" if notes.public else lost.uid, *notes.other(None))
    for passage in () if notes.public else one.uncited or ():
        listed = True
        said = ("not cited", passage.text, passage.source, passage.start, passage.end, None, "", "", "", "", None, "")
        yield (*facts, *said, "|".join(passage.codes), claim.uid, "", *notes.other(None))
    if not listed:
        said = ("nothing", "", "", None, None, None, "", "", "", "", None, "")
        yield (*facts, *said, "", claim.uid, "", *notes.other(None))


def _quote(one: Cited, notes: Notes, numbers: Mapping[int, int]) -> Row:
    citation = one.citation
    place: Row = (one.source.name, citation.start, citation.end, one.turn, one.speaker)
    how = (citation.quoted, citation.wording, citation.by)
    hidden: Row = ("", None, None, None, "")
    said = hidden if notes.public else place
    return (citation.stance, citation.words, *said, *how, numbers[citation.key], notes.words(one))


def _view(one: Standing) -> Row:
    claim = one.claim
    sources = str(one.own.sources)
    if one.all.sources != one.own.sources:
        sources = f"{one.own.sources} ({one.all.sources} with its parts)"
    uncited = "no scope" if one.uncited is None else len(one.uncited)
    grade = f"{one.grade} (by hand)" if claim.grade else one.grade or None
    return (claim.number, claim.text, claim.state, grade, len(one.supporting), len(one.contradicting), sources, uncited)


def _notes(chosen: list[Standing], found: Standings) -> Iterator[str]:
    yield f"{many(len(chosen), 'claim')} of {len(found.claims)}."
    unsupported = [str(one.claim.number) for one in chosen if one.unsupported]
    if unsupported:
        yield f"Unsupported, for nothing is cited for them: {', '.join(unsupported)}."
    contested = [str(one.claim.number) for one in chosen if one.contradicting]
    if contested:
        yield f"Contradicted by what is shown beside them: {', '.join(contested)}."
    silent = [
        str(one.claim.number)
        for one in chosen
        if one.claim.kind == "respondent-said" and one.all.passages and not one.all.persons
    ]
    if silent:
        yield f"Said to be said by respondents, but no respondent is heard in what is cited: {', '.join(silent)}."
    yield (
        "A passage in scope is not cited when it shares no character with what is cited for or against the claim or"
        " its parts."
    )
    if found.translated:
        yield "Citations of a text and of its translation are of one source; where both say the same, of one passage."
    yield from dict.fromkeys(f"Grade: {one.rule}." for one in chosen)
    for one in chosen:
        if one.claim.grade and one.computed != one.claim.grade:
            by_rule = one.computed or "nothing"
            yield f"Claim {one.claim.number} is {one.claim.grade} by hand, {by_rule} by its rule: {one.claim.reason}"
        if one.problem:
            yield f"Claim {one.claim.number}: {one.problem}"
    yield from found.notes


def _evidence(chosen: list[Standing]) -> Evidence:
    """Ids of citations behind what is cited, of codings behind what is not."""
    codings: dict[str, list[str]] = {}
    for one in chosen:
        number = str(one.claim.number)
        codings[cell_name(number, "for")] = [each.citation.uid for each in one.supporting]
        codings[cell_name(number, "against")] = [each.citation.uid for each in one.contradicting]
        codings[cell_name(number, "sources")] = [each.citation.uid for each in one.supporting]
        uncited = dict.fromkeys(uid for passage in one.uncited or () for uid in passage.codings)
        codings[cell_name(number, "uncited")] = list(uncited)
        for passage in one.uncited or ():
            codings[cell_name(number, f"{passage.source} {passage.start}-{passage.end}")] = list(passage.codings)
    return Evidence(codings)
