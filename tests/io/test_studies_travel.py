"""Everything that a study exports, taken into a fresh one with the same sources and codebook, is what it was."""

from __future__ import annotations

import contextlib
import tempfile
from typing import TYPE_CHECKING, NamedTuple

from hypothesis import example, given, settings
from hypothesis import strategies as st

from qda.io import registers
from qda.io.codebook import read_codebook, write_codebook
from qda.io.codings import parse_codings, write_codings
from qda.io.tables import write_table
from qda.model.transcript import Speaker, SpokenTurn, Transcript
from qda.store import Study
from qda.store.attributes import AttributeRow
from qda.store.cases import CaseRow
from qda.store.coding_lines import CodingRow
from qda.store.persons import PersonRow
from qda.store.progress import CoverageRow, ProgressRow
from qda.store.speaking import speak_for

if TYPE_CHECKING:
    from collections.abc import Iterator

SOURCES = ("berg", "c|d", "ålesund")
LABELS = {"I": "interviewer", "R1": "respondent", "Tolk": "interpreter"}
NAMES = ("Grace", "Kim", 'a "b", c', "x|y", "Noor", "berg/R1")
CODES = ("trust", "trust/a\\/b", "time|place", "fear")
CODERS = ("Zoë", "anna", "Bram")
STATES = ("assigned", "in progress", "done")


def transcript(name: str) -> Transcript:
    text, turns = f"{name}\n", []
    for label in (*LABELS, "R1"):
        start = len(text)
        text += f"{label}: so it was, {label} of {name}\n"
        turns.append(SpokenTurn(start, start + len(label) + 2, len(text) - 1, label))
    return Transcript(name, "txt", text.encode(), text, "utf-8", tuple(turns))


@contextlib.contextmanager
def with_sources() -> Iterator[Study]:
    speakers = {label: Speaker(label, role, generic=True) for label, role in LABELS.items()}
    with tempfile.TemporaryDirectory() as folder, Study.create(folder, coder="Anna") as study:
        for name in SOURCES:
            study.sources.add(transcript(name), speakers=speakers)
        yield study


class Exports(NamedTuple):
    """All that a study writes."""

    codebook: str
    persons: str
    cases: str
    attributes: tuple[str, ...]
    progress: str
    coverage: str
    codings: str


def exports(study: Study) -> Exports:
    tables = [
        write_table(*make(study))
        for make in (
            registers.persons_table,
            registers.cases_table,
            registers.progress_table,
            registers.coverage_table,
        )
    ]
    persons, cases, progress, coverage = tables
    attributes = [write_table(*registers.attributes_table(study, target)) for target in ("source", "person", "case")]
    codebook = write_codebook(study.codebook.codebook())
    return Exports(codebook, persons, cases, tuple(attributes), progress, coverage, "".join(write_codings(study)))


@contextlib.contextmanager
def travelled(given_: Exports) -> Iterator[Study]:
    """A fresh study that has taken in what another one wrote."""
    with with_sources() as study:
        study.codebook.import_codebook(read_codebook(given_.codebook, "book.yaml"), "codebook")
        study.persons.import_rows(registers.parse_persons(given_.persons, "p.csv"), "persons")
        study.cases.import_rows(registers.parse_cases(given_.cases, "c.csv"), "cases")
        for text in given_.attributes:
            table = registers.parse_attributes(text, "a.csv")
            study.attributes.import_rows(table.target, table.columns, table.rows, "attributes")
        study.progress.import_rows(registers.parse_progress(given_.progress, "s.csv"), "progress")
        study.coverage.import_rows(registers.parse_coverage(given_.coverage, "v.csv"), "coverage")
        study.codings.import_rows(parse_codings(given_.codings, "c.jsonl").rows, "codings")
        yield study


def had(study: Study) -> list[tuple[str, str, str, str, frozenset[str]]]:
    """The states, each with the codes of today that its codebook had."""
    paths = {code.key: code.path for code in study.codebook.tree().codes}
    return sorted(
        (*row[:4], frozenset(paths[key] for key in study.codebook.codes_at(row[4]) if key in paths))
        for row in study.progress.all()
    )


source, coder, code = st.sampled_from(SOURCES), st.sampled_from(CODERS), st.sampled_from(CODES)
name = st.sampled_from(NAMES)
values = st.lists(st.sampled_from(["1", "NO", "a|b", "c\\", 'd "e"\nf', "null"]), min_size=1, max_size=2, unique=True)


class World(NamedTuple):
    """What is entered into a study: who is behind which label, what is known of whom, who did what."""

    people: dict[tuple[str, str], str]
    spoken_for: list[tuple[str, str]]
    alone: list[tuple[str, str]]
    roles: dict[str, str]
    cases: list[tuple[str, str, list[str], list[str]]]
    values: list[tuple[str, int, str, list[str]]]
    states: dict[tuple[str, str, str], tuple[str, int]]
    asked: dict[tuple[str, str], bool]
    codings: list[tuple[str, str, str, int, int]]


worlds = st.builds(
    World,
    people=st.dictionaries(st.tuples(source, st.sampled_from(list(LABELS))), name, max_size=5),
    spoken_for=st.lists(st.tuples(source, st.sampled_from(["", *NAMES])), max_size=3),
    alone=st.lists(st.tuples(source | st.just(""), name), max_size=2),
    roles=st.dictionaries(name, st.sampled_from(["respondent", "interviewer", "interpreter", "other"]), max_size=3),
    cases=st.lists(
        st.tuples(name, st.sampled_from(["pair", "country"]), st.lists(name, max_size=2), st.lists(source, max_size=2)),
        max_size=3,
        unique_by=lambda case: case[0],
    ),
    values=st.lists(
        st.tuples(
            st.sampled_from(["source", "person", "case"]),
            st.integers(0, 5),
            st.sampled_from(["land", "x:y", "job, or so", "date of birth"]),
            values,
        ),
        max_size=4,
    ),
    states=st.dictionaries(
        st.tuples(source, coder, st.sampled_from(["independent", "consensus"])),
        st.tuples(st.sampled_from(STATES), st.integers(0, 4)),
        max_size=5,
    ),
    asked=st.dictionaries(st.tuples(source, code), st.booleans(), max_size=4),
    codings=st.lists(st.tuples(source, code, coder, st.integers(0, 5), st.integers(6, 12)), max_size=5),
)


def enter(study: Study, world: World) -> None:
    study.persons.import_rows([PersonRow(one, role) for one, role in world.roles.items()], "roles")
    study.persons.import_rows(
        [PersonRow(who, "", source, label) for (source, label), who in world.people.items()], "people"
    )
    study.persons.import_rows([PersonRow(who, "", source) for source, who in world.alone], "alone")
    for source, whom in world.spoken_for:
        speakers = {
            one.name
            for one in study.persons.all()
            for turn in study.sources.turns(study.sources.get(source).revision_key)
            if turn.person == one.key and turn.label == "Tolk"
        }
        if whom not in speakers:
            speak_for(study, source, speakers.pop(), whom)
    people = [one.name for one in study.persons.all()]
    study.cases.import_rows(
        [
            CaseRow(case, kind, tuple({*persons} & {*people}), tuple(names))
            for case, kind, persons, names in world.cases
        ],
        "cases",
    )
    cases = [case[0] for case in world.cases]
    for target, which, column, given_ in world.values:
        if there := {"source": list(SOURCES), "person": people, "case": cases}[target]:
            row = AttributeRow(there[which % len(there)], {column: tuple(given_)})
            study.attributes.import_rows(target, {column: ""}, [row], "values")
    study.progress.import_rows(
        [
            ProgressRow(source, who, state, str(min(version, study.codebook.version())), layer)
            for (source, who, layer), (state, version) in world.states.items()
        ],
        "progress",
    )
    study.coverage.import_rows([CoverageRow(*place, asked) for place, asked in world.asked.items()], "asked")
    rows = [CodingRow(0, source, path, who, *place) for source, path, who, *place in world.codings]
    study.codings.import_rows(rows, "codings")


@settings(max_examples=25, deadline=None)
@given(worlds)
def test_a_study_comes_back_whole(world: World) -> None:
    with with_sources() as study:
        book = "codes:\n- name: trust\n  children:\n  - name: a/b\n- name: time|place\n- name: fear\n"
        study.codebook.import_codebook(read_codebook(book, "book.yaml"), "codebook")
        enter(study, world)
        written = exports(study)
    with travelled(written) as fresh:
        assert exports(fresh) == written


NAMESAKE = World({("c|d", "I"): "berg/R1", ("berg", "R1"): "Grace"}, [], [], {}, [], [], {}, {}, [])


@settings(max_examples=25, deadline=None)
@given(worlds)
@example(NAMESAKE)
def test_states_come_back_into_a_study_whose_codebook_came_at_once(world: World) -> None:
    """A state that no version of the fresh study fits says no more than before: nothing counts as looked for."""
    with with_sources() as study:
        for path in CODES:
            study.codebook.add(path)
        enter(study, world)
        written, before = exports(study), had(study)
    with travelled(written) as fresh:
        again, after = exports(fresh), had(fresh)
    assert again._replace(progress="") == written._replace(progress="")
    assert [row[:4] for row in after] == [row[:4] for row in before]
    for (*_, now), (*_, then) in zip(after, before, strict=True):
        assert now == (then if len(then) == len(CODES) else frozenset())
    with travelled(again) as third:
        assert exports(third) == again
