"""Small worlds of the reference, drawn at random, and the real studies that hold the same.

A `Drawn` is a world of the reference with what the reference does not know: progress of the consensus. `told`
says the same to the reference in its own words, for one selection; that is where the product's own choices are
turned into a world in which the reference makes the same ones:

1. Coders named without a layer are heard in the layer `independent`.
2. The consensus is one voice that is nobody's, so `--coder` does not touch it; the column `coders` counts who wrote it.
3. A consensus that is done without any coding is a consensus: nothing was found there.
4. Progress goes by layer: of the consensus under `consensus`, of coders under `independent`; under `final` of the
   consensus where one is recorded, else of coders.
5. To be asked about a code is to be asked about its subcodes that have no entry of their own.
6. Of several kinds of cases the first entered is taken.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import TYPE_CHECKING, Literal
from uuid import UUID

from hypothesis import strategies as st
from oracle import CaseData, CodingData, PersonData, ProgressData, SourceData, TurnData, World, path
from oracle import Selection as Asked

from qda.model.codebook import Codebook, CodeEntry
from qda.model.selection import Selection
from qda.model.transcript import Speaker, SpokenTurn, Transcript
from qda.store.attributes import AttributeRow
from qda.store.cases import CaseRow
from qda.store.coding_lines import CodingRow
from qda.store.not_data import NotDataRow
from qda.store.persons import PersonRow
from qda.store.progress import CoverageRow, ProgressRow
from qda.store.study import Study

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from oracle.world import Attributes, Code

    Draw = st.DrawFn

CODERS = ("Anna", "Bram", "Cem")
PERSONS = ("Pia", "Quirijn", "Rosa", "Siri", "Tor")
ROLES = ("respondent", "respondent", "respondent", "interviewer", "interpreter", "other")
NAMES = ("A", "B/b", "C|c", "D\\d", "E é", "F")
ATTRIBUTES = ("country", "actor")
VALUES = ("NL", "NO", "SE|x")
KINDS = ("transcript", "notes")
TEXT = "Wij gingen 😀 terug naar\nhuis, zei é hij; det var\tikke lett. שלום I went. " * 2
CONSENSUS = "(consensus)"


@dataclass(frozen=True)
class Drawn:
    """A world, with the progress of the consensus and the codes of the codebook's first version."""

    world: World
    first: frozenset[Code]
    consensus: Mapping[tuple[str, str], ProgressData] = field(default_factory=dict)


# --- drawing -----------------------------------------------------------------------------------------------


@st.composite
def drawn_worlds(draw: Draw) -> Drawn:
    """A small world with everything in it that the counting rules speak of."""
    codes = draw(_codes())
    persons = draw(_persons())
    names = [f"source {number}" for number in range(1, draw(st.integers(2, 4)) + 1)]
    sources = {name: draw(_source(persons)) for name in names}
    first = frozenset(codes[: draw(st.integers(1, len(codes)))])
    world = World(
        sources=sources,
        codes=codes,
        codings=draw(_codings(sources, codes)),
        persons=persons,
        cases=draw(_cases(names, list(persons))),
        progress=draw(_progress(names, first, frozenset(codes), 2)),
        coverage=draw(_coverage(names, codes)),
    )
    consensus = draw(_progress(names, first, frozenset(codes), 5))
    return Drawn(world, first, consensus)


@st.composite
def _codes(draw: Draw) -> list[Code]:
    codes: list[Code] = []
    for name in NAMES[: draw(st.integers(2, 6))]:
        parent = draw(st.sampled_from([(), *(code for code in codes if len(code) < 3)]))
        codes.append((*parent, name))
    return codes


def _attributes() -> st.SearchStrategy[Attributes]:
    values = st.lists(st.sampled_from(VALUES), max_size=2, unique=True)
    return st.dictionaries(st.sampled_from(ATTRIBUTES), values, max_size=2)


@st.composite
def _persons(draw: Draw) -> dict[str, PersonData]:
    count = draw(st.integers(0, len(PERSONS)))
    return {name: PersonData(draw(st.sampled_from(ROLES)), draw(_attributes())) for name in PERSONS[:count]}


@st.composite
def _source(draw: Draw, persons: Mapping[str, PersonData]) -> SourceData:
    size = draw(st.integers(40, 120))
    turns = draw(_turns(size, persons))
    attached = draw(st.lists(st.sampled_from(sorted(persons)), max_size=2, unique=True)) if persons else []
    marks = st.sampled_from(range(0, size + 1, 4))
    not_data = []
    for one, two in draw(st.lists(st.tuples(marks, marks), max_size=3)):
        if one != two:
            not_data.append((min(one, two), min(max(one, two), min(one, two) + 24)))
    kind = draw(st.sampled_from(KINDS))
    return SourceData(TEXT[:size], kind, turns, attached, not_data, draw(_attributes()))


@st.composite
def _turns(draw: Draw, size: int, persons: Mapping[str, PersonData]) -> list[TurnData]:
    """Turns one after the other, some with a gap between them; an interpreter speaks for one respondent."""
    cuts = draw(st.lists(st.integers(0, size // 4), max_size=7, unique=True))
    edges = sorted(cut * 4 for cut in cuts)
    respondents = sorted(name for name, person in persons.items() if person.role == "respondent")
    speaks_for = {
        name: draw(st.sampled_from(respondents))
        for name, person in persons.items()
        if person.role == "interpreter" and respondents
    }
    turns = []
    for start, end in pairwise(edges):
        last = end - draw(st.sampled_from((0, 0, 1, 3)))
        who = draw(st.sampled_from([None, *sorted(persons)]))
        for_whom = speaks_for.get(who) if who else None
        turns.append(TurnData(len(turns) + 1, start, min(start + 2, last), last, who, for_whom))
    return turns


@st.composite
def _codings(draw: Draw, sources: Mapping[str, SourceData], codes: Sequence[Code]) -> list[CodingData]:
    """Codings whose ends often are those of others, of turns and of what is no data."""
    coders = CODERS[: draw(st.integers(1, 3))]
    agreed = draw(st.lists(st.sampled_from(sorted(sources)), max_size=2, unique=True))
    layers = {name: ("independent", "independent", *(["consensus"] * 2 * (name in agreed))) for name in sources}
    rows = []
    for _ in range(draw(st.integers(0, 15))):
        name = draw(st.sampled_from(sorted(sources)))
        start, end = draw(_span(sources[name]))
        code, coder = draw(st.sampled_from(codes)), draw(st.sampled_from(coders))
        rows.append((name, code, coder, start, end, draw(st.sampled_from(layers[name]))))
    return [CodingData(str(UUID(int=n + 1)), *row) for n, row in enumerate(dict.fromkeys(rows))]


@st.composite
def _span(draw: Draw, source: SourceData) -> tuple[int, int]:
    size = len(source.text)
    edges = {place for turn in source.turns for place in (turn.start, turn.end)}
    edges |= {place for stretch in source.not_data for place in stretch}
    marks = sorted({0, size, *edges, *range(0, size, 10)})
    one = draw(st.sampled_from(marks))
    two = draw(st.sampled_from([mark for mark in marks if mark != one]))
    start, end = min(one, two), max(one, two)
    end = min(end, start + draw(st.sampled_from((1, 6, 15, 30, size))))
    return start, end


@st.composite
def _cases(draw: Draw, sources: Sequence[str], persons: Sequence[str]) -> dict[str, CaseData]:
    kinds = st.sampled_from(("organisation", "organisation", "organisation", "pair"))
    some_persons = st.lists(st.sampled_from(persons), max_size=3, unique=True) if persons else st.just([])
    some_sources = st.lists(st.sampled_from(sources), max_size=2, unique=True)
    return {
        f"case {number}": CaseData(draw(kinds), draw(some_persons), draw(some_sources), draw(_attributes()))
        for number in range(draw(st.integers(0, 3)))
    }


@st.composite
def _progress(
    draw: Draw, sources: Sequence[str], first: frozenset[Code], codes: frozenset[Code], rare: int
) -> dict[tuple[str, str], ProgressData]:
    state = st.sampled_from(("done", "done", "done", "in progress", "assigned"))
    keys = st.tuples(st.sampled_from(sources), st.sampled_from(CODERS))
    wanted = draw(st.lists(keys, max_size=12 // rare, unique=True))
    return {key: ProgressData(draw(state), draw(st.sampled_from((codes, codes, first)))) for key in wanted}


def _coverage(sources: Sequence[str], codes: Sequence[Code]) -> st.SearchStrategy[dict[tuple[str, Code], bool]]:
    keys = st.tuples(st.sampled_from(sources), st.sampled_from(codes))
    return st.dictionaries(keys, st.sampled_from((True, True, True, False)), max_size=12)


@st.composite
def selections(draw: Draw, drawn: Drawn) -> Selection:
    """A selection that fits the world, without what is compared by."""
    world = drawn.world
    codes = draw(st.lists(st.sampled_from(world.codes), max_size=3, unique=True))
    # Under --no-subcodes the two sides take codes one above the other differently: such selections are left out.
    nested = any(one != two and two[: len(one)] == one for one in codes for two in codes)
    subcodes = not codes or nested or draw(st.booleans())
    kinds = sorted({source.kind for source in world.sources.values()})
    case_kinds = sorted({case.kind for case in world.cases.values()})
    return Selection(
        codes=tuple(path(code) for code in codes),
        subcodes=subcodes,
        coders=draw(_some(CODERS)),
        layer=draw(st.sampled_from(("", "", "final", "independent", "consensus"))),
        sources=draw(_some(sorted(world.sources))),
        kinds=draw(_some(kinds)),
        cases=draw(st.sampled_from(("", *case_kinds))),
        roles=draw(st.sampled_from(ROLE_SETS)),
        roll_up=draw(st.booleans()),
    )


ROLE_SETS = (("respondent",), ("respondent",), ("respondent", "interpreter"), ("interviewer",))


def _some(values: Sequence[str]) -> st.SearchStrategy[tuple[str, ...]]:
    """Nothing (so everything) more often than not."""
    few = st.lists(st.sampled_from(values), min_size=1, max_size=2, unique=True).map(tuple)
    return st.one_of(st.just(()), st.just(()), few)


# --- telling the reference ---------------------------------------------------------------------------------


def told(drawn: Drawn, selection: Selection) -> tuple[World, Asked]:
    """The world and the selection in the words of the reference (see the top of this file)."""
    world = drawn.world
    layer = _layer(selection)
    agreed = {coding.source for coding in world.codings if coding.layer == "consensus"}
    agreed |= {source for (source, _), state in drawn.consensus.items() if state.state == "done"}
    codings = [
        replace(coding, coder=CONSENSUS) if coding.layer == "consensus" else coding
        for coding in world.codings
        if not (layer == "final" and coding.layer == "independent" and coding.source in agreed)
    ]
    world = replace(
        world,
        codings=codings,
        coverage=inherited(world),
        progress=_progress_that_counts(drawn, layer, agreed),
    )
    kinds = [case.kind for case in world.cases.values()]
    asked = Asked(
        coders=frozenset((*selection.coders, CONSENSUS)) if selection.coders and layer != "consensus" else None,
        codes=tuple(code for code in world.codes if path(code) in selection.codes) or None,
        sources=frozenset(selection.sources) or None,
        kinds=frozenset(selection.kinds) or None,
        layer=layer,
        roles=frozenset(selection.roles),
        subcodes=selection.subcodes,
        roll_up=selection.roll_up,
        cases=selection.cases or (kinds[0] if kinds else None),
    )
    return world, asked


def _layer(selection: Selection) -> Literal["final", "independent", "consensus"]:
    if selection.layer == "final" or not (selection.layer or selection.coders):
        return "final"
    return "consensus" if selection.layer == "consensus" else "independent"


def _progress_that_counts(drawn: Drawn, layer: str, agreed: set[str]) -> dict[tuple[str, str], ProgressData]:
    """The states of the layer whose codings count in each source; a state of the consensus is in nobody's name."""
    if layer == "independent":
        return dict(drawn.world.progress)
    of_consensus = _consensus_progress(drawn)
    if layer == "consensus":
        return of_consensus
    found = {key: state for key, state in drawn.world.progress.items() if key[0] not in agreed}
    return found | {key: state for key, state in of_consensus.items() if key[0] in agreed}


def _consensus_progress(drawn: Drawn) -> dict[tuple[str, str], ProgressData]:
    """One state of the consensus for each source: done when everybody who has a state there says so."""
    found: dict[tuple[str, str], ProgressData] = {}
    for (source, _), one in drawn.consensus.items():
        before = found.get((source, CONSENSUS), one)
        state = one.state if before.state == "done" else before.state
        found[source, CONSENSUS] = ProgressData(state, before.known & one.known)
    return found


def inherited(world: World) -> dict[tuple[str, Code], bool]:
    """What was asked, with what the nearest code above says where a code has no entry of its own."""
    found = {}
    for source in world.sources:
        for code in world.codes:
            for length in range(len(code), 0, -1):
                asked = world.coverage.get((source, code[:length]))
                if asked is not None:
                    found[source, code] = asked
                    break
    return found


# --- making the study --------------------------------------------------------------------------------------


def make_study(folder: Path, drawn: Drawn) -> Study:
    """A real study that holds the world."""
    world = drawn.world
    study = Study.create(folder, coder=CODERS[0])
    with study.action("coder", "everybody") as change:
        study.coders.make(change, CODERS)
    for name, source in world.sources.items():
        _add_source(study, name, source)
    _add_persons(study, world)
    study.cases.import_rows(
        [CaseRow(name, case.kind, tuple(case.persons), tuple(case.sources)) for name, case in world.cases.items()],
        "cases",
    )
    _add_attributes(study, "person", {name: person.attributes for name, person in world.persons.items()})
    _add_attributes(study, "source", {name: source.attributes for name, source in world.sources.items()})
    _add_attributes(study, "case", {name: case.attributes for name, case in world.cases.items()})
    study.not_data.import_rows(
        [NotDataRow(name, *span, "head") for name, source in world.sources.items() for span in source.not_data],
        "not data",
    )
    versions = _add_codes(study, drawn)
    _add_progress(study, world.progress, versions, "independent")
    _add_progress(study, drawn.consensus, versions, "consensus")
    study.coverage.import_rows(
        [CoverageRow(source, path(code), asked) for (source, code), asked in world.coverage.items()], "coverage"
    )
    added = study.codings.import_rows([_coding_row(n, coding) for n, coding in enumerate(world.codings)], "all")
    assert added.added == len(world.codings)
    return study


def _add_source(study: Study, name: str, source: SourceData) -> None:
    label = {person: f"R{number}" for number, person in enumerate(PERSONS)}
    turns = tuple(
        SpokenTurn(turn.start, turn.body, turn.end, label.get(turn.person, turn.person) if turn.person else None)
        for turn in source.turns
    )
    transcript = Transcript(name, "txt", f"{name}\n{source.text}".encode(), source.text, "utf-8", turns)
    labels = {turn.label for turn in turns if turn.label is not None}
    speakers = {one: Speaker(one, "respondent", generic=True) for one in labels}
    added = study.sources.add(transcript, speakers=speakers, kind=source.kind)
    assert added.new
    assert added.name == name


def _add_persons(study: Study, world: World) -> None:
    """Everybody by name and role, then who is behind the labels of each source, then who takes part."""
    label = {person: f"R{number}" for number, person in enumerate(PERSONS)}
    rows = [PersonRow(name, person.role) for name, person in world.persons.items()]
    for name, source in world.sources.items():
        behind = {turn.person: turn.speaks_for for turn in source.turns if turn.person}
        for person, speaks_for in behind.items():
            rows.append(PersonRow(person, "", name, label.get(person, person), speaks_for or ""))
        rows += [PersonRow(person, "", name) for person in source.persons]
    study.persons.import_rows(rows, "persons")
    assert {person.name for person in study.persons.all()} == set(world.persons)


def _add_attributes(study: Study, target: str, given: Mapping[str, Attributes]) -> None:
    """Values; an attribute that nobody has is not entered at all."""
    rows = [
        AttributeRow(name, {attribute: tuple(values) for attribute, values in held.items() if values})
        for name, held in given.items()
    ]
    columns = dict.fromkeys((name for row in rows for name in row.values), "")
    if columns:
        study.attributes.import_rows(target, columns, rows, f"attributes of {target}s")


def _add_codes(study: Study, drawn: Drawn) -> dict[frozenset[Code], str]:
    """The codebook in two steps; returns the version that has each of the two sets of codes."""
    everything = frozenset(drawn.world.codes)
    versions = {}
    for known in (drawn.first, everything):
        if known and known not in versions:
            wanted = [code for code in drawn.world.codes if code in known]
            study.codebook.import_codebook(Codebook("codebook", {}, _entries(wanted, ())), "codes")
            versions[known] = str(study.codebook.version())
    return versions


def _entries(codes: Iterable[Code], above: Code) -> tuple[CodeEntry, ...]:
    codes = list(codes)
    return tuple(CodeEntry(code[-1], children=_entries(codes, code)) for code in codes if code[:-1] == above)


def _add_progress(
    study: Study,
    progress: Mapping[tuple[str, str], ProgressData],
    versions: Mapping[frozenset[Code], str],
    layer: str,
) -> None:
    rows = [
        ProgressRow(source, coder, one.state, versions.get(one.known, ""), layer)
        for (source, coder), one in progress.items()
    ]
    study.progress.import_rows(rows, f"progress, {layer}")


def _coding_row(number: int, coding: CodingData) -> CodingRow:
    return CodingRow(
        number + 1,
        coding.source,
        path(coding.code),
        coding.coder,
        coding.start,
        coding.end,
        id=UUID(coding.id).bytes,
        layer=coding.layer,
    )
