"""What stands behind claims: who says what is cited, how many sources that are, the grade, and what is not cited."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from operator import itemgetter
from typing import TYPE_CHECKING, NamedTuple

from qda.errors import QdaError
from qda.model.claims import has_scope
from qda.model.grading import USUAL_RULE, Measure, grade_of, parse_rule
from qda.model.selection import Selection
from qda.model.spans import ROW, merge_overlapping
from qda.reports.beside import Beside
from qda.reports.counting import Codings
from qda.reports.scope import look_up
from qda.reports.subjects import EMPTY, Subjects
from qda.reports.values import MISSING, Values

if TYPE_CHECKING:
    from collections.abc import Iterable

    from qda.model.claims import Citation, Claim
    from qda.model.nouns import Source
    from qda.model.spans import Span
    from qda.reports.scope import Scope
    from qda.store import Study


class Cited(NamedTuple):
    """A citation with its source, its first turn, who speaks there, and which respondents are heard in it.

    `group` are the values of the attribute by which quotations are grouped, empty where they are not. `root` is the
    source that counts, the original where a translation is cited, and `spans` where the words stand in it.
    """

    citation: Citation
    source: Source
    turn: int | None
    speaker: str
    persons: frozenset[int]
    root: Source
    spans: tuple[Span, ...]
    group: str = ""


class Uncited(NamedTuple):
    """A passage in the scope of a claim that is cited neither for nor against it; with its codes and codings."""

    source: str
    start: int
    end: int
    text: str
    codes: tuple[str, ...]
    codings: tuple[str, ...]


@dataclass(frozen=True)
class Counts:
    """How much is cited, each thing once: passages, sources, persons, cases, kinds of sources; sources against."""

    passages: int
    sources: int
    persons: int
    cases: int
    kinds: int
    against: int


@dataclass(frozen=True)
class Standing:
    """How a claim stands: what is cited, counts of its own and with its parts, its grade, what is not cited.

    `lost` are citations whose words are gone from the text. `computed` is the grade by the `rule`, empty where that
    cannot be counted; `problem` says why, or why the scope cannot be looked up. `uncited` is None without a scope.
    """

    claim: Claim
    cited: tuple[Cited, ...]
    lost: tuple[Citation, ...]
    own: Counts
    all: Counts
    rule: str
    computed: str
    uncited: tuple[Uncited, ...] | None
    problem: str

    @property
    def grade(self) -> str:
        """The grade that holds: the one set by hand, else that of the rule."""
        return self.claim.grade or self.computed

    @cached_property
    def supporting(self) -> tuple[Cited, ...]:
        """What is cited for it."""
        return tuple(one for one in self.cited if one.citation.stance == "for")

    @cached_property
    def contradicting(self) -> tuple[Cited, ...]:
        """What is cited against it."""
        return tuple(one for one in self.cited if one.citation.stance == "against")

    @property
    def unsupported(self) -> bool:
        """Whether nothing is cited for it, nor for any of its parts."""
        return not self.all.passages


class Evidence:
    """Looks the evidence of all claims up, once.

    Raises:
        QdaError: Nothing has the attribute `group`, by which quotations are to be grouped.
    """

    def __init__(self, study: Study, layer: str = "", group: str = "") -> None:
        self._study, self._layer, self._group = study, layer, group
        self.claims = study.claims.all()
        self._scope = look_up(study, Selection())
        self.subjects = Subjects(study, self._scope)
        self.beside = Beside(study, self._scope)
        self._sources = {source.key: source for source in study.sources.all()}
        self._translations = {one.source: one for one in study.translations.all()}
        self._texts: dict[int, str] = {}
        self._values: dict[str, Values] = {}
        self._passages: dict[Selection, tuple[Uncited, ...]] = {}
        self._by_claim: dict[int, list[Cited]] = {}
        self._lost: dict[int, list[Citation]] = {}
        for citation in study.claims.citations():
            if citation.anchor == 2:
                self._lost.setdefault(citation.claim, []).append(citation)
            else:
                self._by_claim.setdefault(citation.claim, []).append(self._heard(citation))
        if group:
            self._held(group)  # one that is nowhere is refused
            for listed in self._by_claim.values():
                listed.sort(key=lambda one: (one.group == MISSING, one.group))
        self._rule = study.settings.get("grade rule") or USUAL_RULE

    @property
    def translated(self) -> bool:
        """Whether any source of the study is linked as the translation of another."""
        return bool(self._translations)

    @property
    def notes(self) -> tuple[str, ...]:
        """What is hidden from whoever looks."""
        return tuple(note for note in self._scope.notes if note.startswith("Hidden"))

    @property
    def scope(self) -> Scope:
        """All that the current coder may see."""
        return self._scope

    def text(self, source: int) -> str:
        """The text of a source."""
        if source not in self._texts:
            self._texts[source] = self._study.sources.text(source)
        return self._texts[source]

    def all(self) -> list[Standing]:
        """How every claim stands, in their order."""
        return [self.of(claim) for claim in self.claims]

    def of(self, claim: Claim) -> Standing:
        """How one claim stands."""
        family = self.family(claim)
        cited = [one for key in family for one in self._by_claim.get(key, ())]
        own = self._by_claim.get(claim.key, [])
        rule, computed, problem = claim.rule or self._rule, "", ""
        try:
            computed = grade_of(parse_rule(rule), lambda measure: self._count(measure, cited))
        except QdaError as error:
            problem = f"the grade cannot be counted: {error}"
        uncited: tuple[Uncited, ...] | None = None
        if has_scope(claim.scope):
            try:
                uncited = self._uncited(claim, cited)
            except QdaError as error:
                problem = f"the scope cannot be looked up: {error}"
        lost = tuple(self._lost.get(claim.key, ()))
        counts = (self._counts(own), self._counts(cited))
        return Standing(claim, tuple(own), lost, *counts, rule, computed, uncited, problem)

    def family(self, claim: Claim) -> list[int]:
        """The keys of a claim and of all that are part of it."""
        keys = [claim.key]
        for key in keys:
            keys += [one.key for one in self.claims if one.under == key]
        return keys

    def value(self, name: str, source: int, persons: frozenset[int]) -> str:
        """The values of an attribute that a citation carries, several joined by `and`; empty where there is none.

        Raises:
            QdaError: No source, person or case has such an attribute.
        """
        people: Iterable[int | None] = sorted(persons) or [None]
        held = (one.value for person in people for one in self._held(name).of(source, person))
        return " and ".join(dict.fromkeys(value for value in held if value != MISSING))

    def _held(self, name: str) -> Values:
        if name not in self._values:
            self._values[name] = Values(self._study, self.subjects, name)
        return self._values[name]

    def _heard(self, citation: Citation) -> Cited:
        source = self._sources[citation.source]
        voices = self.subjects.voices(citation.source)
        turns = voices.between(citation.start, citation.end)
        root = source
        spans: tuple[Span, ...] = ((citation.start, citation.end),)
        if translation := self._translations.get(source.key):
            root = self._sources[translation.original]
            spans = tuple(self._study.translations.alignment(translation).carry(*spans[0]))
        persons = EMPTY.union(*(self.subjects.persons(root.key, *span) or EMPTY for span in spans))
        names = [self.subjects.names.get(voices.speakers[turn] or 0, "") for turn in turns]
        if not names and persons:
            names = [self.subjects.names[person] for person in sorted(persons)]
        number = voices.numbers[turns[0]] if turns else None
        group = (self.value(self._group, root.key, persons) or MISSING) if self._group else ""
        who = "; ".join(filter(None, dict.fromkeys(names)))
        return Cited(citation, source, number, who, persons, root, spans, group)

    def _counts(self, cited: Iterable[Cited]) -> Counts:
        known = list(cited)
        return Counts(*(self._count(Measure(name), known) for name in Counts.__annotations__))

    def _count(self, measure: Measure, cited: Iterable[Cited]) -> int:
        """How many there are of a measure, each once: of what is cited for, or against."""
        if measure.name == "passages":
            return len(self._passages_of(measure, cited))
        stance = "against" if measure.name == "against" else "for"
        found: set[object] = set()
        for one in cited:
            citation = one.citation
            if citation.stance != stance:
                continue
            if measure.attribute and not self._carries(measure, one):
                continue
            if measure.name == "persons":
                found |= one.persons
            elif measure.name == "cases":
                found |= self.subjects.cases(one.root.key, one.persons)
            else:
                found.add(one.root.kind if measure.name == "kinds" else one.root.key)
        return len(found)

    def _passages_of(self, measure: Measure, cited: Iterable[Cited]) -> set[tuple[int, int, int]]:
        """The passages that are cited for a claim: places that share a character are one, as everywhere."""
        places: dict[int, set[Span]] = {}
        for one in cited:
            if one.citation.stance == "for" and (not measure.attribute or self._carries(measure, one)):
                if one.spans:
                    places.setdefault(one.root.key, set()).update(one.spans)
                else:
                    places.setdefault(one.source.key, set()).add((one.citation.start, one.citation.end))
        return {(source, *span) for source, spans in places.items() for span in merge_overlapping(sorted(spans))}

    def _carries(self, measure: Measure, one: Cited) -> bool:
        held = self._held(measure.attribute)
        people: Iterable[int | None] = sorted(one.persons) or [None]
        return any(measure.value == each.value for person in people for each in held.of(one.root.key, person))

    def _uncited(self, claim: Claim, cited: Iterable[Cited]) -> tuple[Uncited, ...]:
        """The passages in a claim's scope that share no character with what is cited for it or its parts."""
        spans: dict[str, list[tuple[int, int]]] = {}
        for one in cited:
            spans.setdefault(one.root.name, []).extend(one.spans)
        return tuple(
            passage
            for passage in self._in_scope(claim.scope)
            if not any(start < passage.end and passage.start < end for start, end in spans.get(passage.source, ()))
        )

    def _in_scope(self, selection: Selection) -> tuple[Uncited, ...]:
        """All passages that a scope holds, by source and place; one that several codes have is one."""
        if selection not in self._passages:
            asked = selection if selection.layer else replace(selection, layer=self._layer)
            scope = look_up(self._study, asked)
            codings = Codings(self._study, scope)
            found: dict[tuple[str, int, int, int], tuple[dict[str, None], dict[int, None]]] = {}
            for source, by_code in codings.sources():
                for code, segments in by_code.items():
                    for start, end, makers in codings.passages(source, segments):
                        paths, rows = found.setdefault((scope.source_names[source], start, end, source), ({}, {}))
                        paths[scope.tree.by_key[code].path] = None
                        rows |= dict.fromkeys(int(segment[ROW]) for segment in makers)
            ids = self._study.counts.ids({row for _, rows in found.values() for row in rows})
            self._passages[selection] = tuple(
                self._passage(place, paths, sorted(ids[row] for row in rows))
                for place, (paths, rows) in sorted(found.items(), key=itemgetter(0))
            )
        return self._passages[selection]

    def _passage(self, place: tuple[str, int, int, int], paths: Iterable[str], codings: Iterable[str]) -> Uncited:
        name, start, end, source = place
        return Uncited(name, start, end, self.text(source)[start:end], tuple(paths), tuple(codings))
