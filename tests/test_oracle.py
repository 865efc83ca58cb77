"""Known answers that the reference must give before it may examine anything."""

from __future__ import annotations

import random
from dataclasses import replace
from fractions import Fraction

import pytest
from oracle import (
    FOUND,
    MISSING,
    NONE_FOUND,
    NOT_ASKED,
    NOT_YET,
    UNKNOWN,
    CaseData,
    CodingData,
    PersonData,
    ProgressData,
    Selection,
    SourceData,
    TurnData,
    World,
    cases_of,
    chosen_codings,
    comparison,
    cooccurrence,
    final_layer,
    frequency,
    left_out,
    own_passages,
    passages,
    persons_of,
)
from oracle.frequency import data_characters

A = ("A",)
B = ("B",)
PARENT = ("P",)
CHILD_1 = ("P", "1")
CHILD_2 = ("P", "2")
CODES = (A, B, PARENT, CHILD_1, CHILD_2)
ALL = Selection()


def put(*rows: tuple[str, tuple[str, ...], int, int], source: str = "s") -> list[CodingData]:
    """Codings of one source from rows of coder, code, start, end."""
    return [
        CodingData(f"{source}{number}", source, code, coder, start, end)
        for number, (coder, code, start, end) in enumerate(rows)
    ]


def plain(*rows: tuple[str, tuple[str, ...], int, int], not_data: tuple[tuple[int, int], ...] = ()) -> World:
    """One source of 200 characters without turns."""
    return World({"s": SourceData("x" * 200, not_data=not_data)}, CODES, put(*rows))


def cell(world: World, a: tuple[str, ...] = A, b: tuple[str, ...] = B, **options: object) -> int:
    """One cell of the matrix, checked for symmetry on the way."""
    counted = cooccurrence(world, ALL, **options).count  # type: ignore[arg-type]
    assert options.get("measure") == "row" or counted[a, b] == counted[b, a]
    return counted[a, b]


def interview(*rows: tuple[str, tuple[str, ...], int, int]) -> World:
    """One interview: I asks, R1 and R2 answer, T interprets for R2, somebody nameless speaks."""
    turns = [
        TurnData(1, 0, 3, 20, "I"),
        TurnData(2, 20, 24, 50, "R1"),
        TurnData(3, 50, 54, 80, "R2"),
        TurnData(4, 80, 83, 100, "T", "R2"),
        TurnData(5, 100, 103, 120, None),
    ]
    persons = {
        "I": PersonData("interviewer"),
        "R1": PersonData(attributes={"country": ["NL"]}),
        "R2": PersonData(attributes={"country": ["NO"]}),
        "T": PersonData("interpreter"),
    }
    source = SourceData("x" * 130, turns=turns, persons=list(persons))
    return World({"s": source}, CODES, put(*rows), persons)


class TestCooccurrence:
    @pytest.mark.parametrize("coders", [["Anna"], ["Anna", "Bram"], ["Anna", "Bram", "Cem"]])
    def test_k_coders_who_agree_make_one(self, coders: list[str]) -> None:
        world = plain(*((coder, code, 10, 60) for coder in coders for code in (A, B)))
        for within in ("overlap", "source", 0, 50):
            assert cell(world, within=within) == 1
            assert cell(world, within=within, pool=True) == 1
            assert cell(world, within=within, measure="row") == 1

    def test_a_disagreement_is_no_cooccurrence(self) -> None:
        world = plain(("Anna", A, 10, 60), ("Bram", B, 10, 60))
        for within in ("overlap", "source", 0):
            assert cell(world, within=within) == 0
            assert cell(world, within=within, pool=True) == 1
        assert cooccurrence(world, ALL).jaccard[A, B] == 0
        assert cooccurrence(world, ALL, pool=True).jaccard[A, B] == 1

    def test_two_passages_in_one(self) -> None:
        world = plain(("Anna", A, 0, 100), ("Anna", A, 100, 200), ("Anna", B, 0, 200))
        assert cell(world) == 2
        assert cooccurrence(world, ALL).count[A, A] == 2
        assert cooccurrence(world, ALL, measure="row").count == {
            **dict.fromkeys(((a, b) for a in CODES for b in CODES), 0),
            (A, A): 2,
            (A, B): 2,
            (B, A): 1,
            (B, B): 1,
        }
        assert cell(world, within=0) == 2

    def test_touching_is_not_overlap_but_near(self) -> None:
        world = plain(("Anna", A, 0, 100), ("Anna", B, 100, 120))
        assert cell(world) == 0
        assert cell(world, within=0) == 1
        assert cooccurrence(world, ALL, within=0).jaccard[A, B] is None

    def test_overlap_of_ten_characters(self) -> None:
        world = plain(("Anna", A, 0, 100), ("Anna", B, 90, 150))
        assert cell(world) == 1
        assert cooccurrence(world, ALL).jaccard[A, B] == Fraction(10, 150)
        assert cooccurrence(world, ALL).jaccard[A, A] == 1
        assert cooccurrence(world, ALL).jaccard[PARENT, CHILD_1] is None

    def test_another_coder_bridges_two_regions(self) -> None:
        anna = (("Anna", A, 0, 50), ("Anna", A, 50, 100), ("Anna", B, 0, 100))
        assert cell(plain(*anna)) == 2
        assert cell(plain(*anna, ("Bram", A, 0, 100), ("Bram", B, 0, 100))) == 1

    def test_regions_that_touch_stay_two(self) -> None:
        world = plain(("Anna", A, 0, 50), ("Anna", B, 0, 50), ("Bram", A, 50, 90), ("Bram", B, 50, 90))
        assert cell(world) == 2

    def test_distance_leaves_out_not_data(self) -> None:
        rows = (("Anna", A, 0, 10), ("Anna", B, 20, 30))
        assert [cell(plain(*rows), within=distance) for distance in (9, 10)] == [0, 1]
        assert cell(plain(*rows, not_data=((10, 20),)), within=0) == 1

    def test_near_pairs_of_agreeing_coders_are_one(self) -> None:
        rows = [(coder, *rest) for coder in ("Anna", "Bram") for rest in ((A, 0, 10), (B, 20, 30))]
        assert cell(plain(*rows), within=10) == 1

    def test_region_inside_not_data_is_left_out(self) -> None:
        world = plain(("Anna", A, 0, 50), ("Anna", B, 40, 90), not_data=((40, 50),))
        assert cell(world) == 0
        assert cooccurrence(world, ALL).jaccard[A, B] == 0
        assert cell(world, within=0) == 1

    def test_turns(self) -> None:
        world = interview(("Anna", A, 24, 30), ("Anna", B, 40, 60), ("Anna", A, 90, 95), ("Bram", B, 96, 99))
        counted = cooccurrence(world, ALL, within="turn")
        assert (counted.count[A, A], counted.count[B, B], counted.count[A, B]) == (2, 3, 1)
        assert counted.jaccard[A, B] == Fraction(1, 3)
        assert cell(world, within="turn", pool=True) == 2
        assert cell(world, within="turn", measure="row") == 1

    def test_cases(self) -> None:
        codings = [*put(("Anna", A, 0, 5), source="s1"), *put(("Bram", B, 0, 5), source="s2")]
        sources = {name: SourceData("x" * 10) for name in ("s1", "s2")}
        world = World(sources, CODES, codings, cases={"c": CaseData("person", sources=["s1", "s2"])})
        assert cell(world, within="case") == 1
        assert cell(world, within="source") == 0
        assert cell(replace(world, cases={}), within="case", pool=True) == 0
        same = replace(world, codings=put(("Anna", A, 0, 5), ("Bram", B, 0, 5), source="s1"))
        assert cell(same, within="case") == 0
        assert cell(same, within="case", pool=True) == 1

    def test_consensus_is_one_voice(self) -> None:
        world = plain(("Anna", A, 10, 60), ("Bram", B, 10, 60))
        world = replace(world, codings=[replace(coding, layer="consensus") for coding in world.codings])
        assert cell(world) == 1

    def test_roll_up_merges(self) -> None:
        world = plain(("Anna", CHILD_1, 0, 20), ("Anna", CHILD_2, 10, 30), ("Anna", A, 0, 30))
        assert cell(world, PARENT, A) == 0
        counted = cooccurrence(world, Selection(roll_up=True)).count
        assert (counted[PARENT, A], counted[PARENT, PARENT]) == (1, 1)


class TestPassages:
    def test_own_overlap_merges_and_touching_does_not(self) -> None:
        rows = (("Anna", A, 0, 10), ("Anna", A, 9, 20), ("Anna", A, 20, 30))
        for found in (passages(plain(), put(*rows)), own_passages(plain(), put(*rows))):
            assert sorted(len(one.data) for one in found) == [10, 20]

    def test_another_coder_joins_what_touches(self) -> None:
        rows = (("Anna", A, 0, 10), ("Anna", A, 10, 20), ("Bram", A, 5, 15))
        (only,) = passages(plain(), put(*rows))
        assert (len(only.data), only.coders) == (20, {"Anna", "Bram"})

    def test_page_head_inside_a_quote(self) -> None:
        world = plain(("Anna", A, 0, 100), not_data=((40, 60),))
        (only,) = passages(world, world.codings)
        assert len(only.data) == 80
        own = frequency(world, ALL)[0].own
        assert (own.passages, own.characters, own.share) == (1, 80, Fraction(80, 180))

    def test_wholly_inside_not_data(self) -> None:
        world = plain(("Anna", A, 45, 55), not_data=((40, 60),))
        assert passages(world, world.codings) == []
        assert len(left_out(world, world.codings)) == 1
        own = frequency(world, ALL)[0].own
        assert (own.passages, own.sources, own.coders) == (0, 0, 0)

    def test_codes_stay_apart(self) -> None:
        assert len(passages(plain(), put(("Anna", A, 0, 10), ("Anna", B, 0, 10)))) == 2


class TestWhose:
    def test_consensus_in_two_of_ten_keeps_ten(self) -> None:
        names = [f"s{number}" for number in range(10)]
        codings = [
            coding
            for name in names
            for coding in put(("Anna", A, 0, 5), ("Bram", A, 2, 8), ("Anna", A, 20, 25), source=name)
        ]
        agreed = [CodingData(f"{name}agreed", name, A, "Anna", 0, 8, layer="consensus") for name in names[:2]]
        world = World({name: SourceData("x" * 30) for name in names}, CODES, [*codings, *agreed])
        finals = final_layer(world)
        assert [finals[name].rule for name in names] == ["consensus"] * 2 + ["pooled"] * 8
        assert [len(finals[name].codings) for name in names] == [1] * 2 + [3] * 8
        own = frequency(world, ALL)[0].own
        assert (own.sources, own.passages) == (10, 2 * 1 + 8 * 2)
        assert frequency(world, Selection(layer="consensus"))[0].own.sources == 2
        assert frequency(world, Selection(layer="independent"))[0].own.passages == 20

    def test_only_coder_and_nobody(self) -> None:
        assert final_layer(plain(("Anna", A, 0, 5)))["s"].rule == "only coder"
        assert final_layer(plain())["s"].rule == "nobody"

    def test_a_named_coder_is_heard_beside_a_consensus(self) -> None:
        world = plain(("Anna", A, 0, 5), ("Team", A, 0, 9))
        anna, team = world.codings
        world = replace(world, codings=[anna, replace(team, layer="consensus")])
        assert [one.id for one in chosen_codings(world, ALL)] == [team.id]
        assert [one.id for one in chosen_codings(world, Selection(coders=frozenset({"Anna"})))] == [anna.id]

    def test_sources_and_kinds(self) -> None:
        sources = {"t": SourceData("x" * 10), "n": SourceData("x" * 30, kind="notes")}
        codings = [*put(("Anna", A, 0, 5), source="t"), *put(("Anna", A, 0, 6), source="n")]
        world = World(sources, CODES, codings)
        own = frequency(world, Selection(kinds=frozenset({"notes"})))[0].own
        assert (own.sources, own.share) == (1, Fraction(6, 30))
        assert data_characters(world, Selection(sources=frozenset({"t"}))) == 10


class TestPersons:
    def who(self, start: int, end: int, *roles: str) -> tuple[set[str], bool]:
        world = interview(("Anna", A, start, end))
        (only,) = passages(world, world.codings)
        found = persons_of(world, only, frozenset(roles or ("respondent",)))
        return set(found.persons), found.unknown

    def test_interviewer_and_respondent(self) -> None:
        assert self.who(10, 40) == ({"R1"}, False)
        assert self.who(10, 40, "respondent", "interviewer") == ({"I", "R1"}, False)
        assert self.who(10, 15) == (set(), False)

    def test_interpreter(self) -> None:
        assert self.who(85, 95) == ({"R2"}, False)
        assert self.who(85, 95, "interpreter") == ({"T"}, False)

    def test_unknown(self) -> None:
        assert self.who(105, 110) == (set(), True)
        assert self.who(90, 110) == ({"R2"}, True)
        assert self.who(122, 128) == (set(), True)

    def test_each_of_two_speakers(self) -> None:
        own = frequency(interview(("Anna", A, 30, 40), ("Anna", A, 60, 70)), ALL)[0].own
        assert (own.passages, own.persons, own.sources) == (2, 2, 1)

    @pytest.mark.parametrize(
        ("attached", "expected"),
        [([], set()), (["R1"], {"R1"}), (["R1", "I"], {"R1"}), (["R1", "R2"], set())],
    )
    def test_without_turns(self, attached: list[str], expected: set[str]) -> None:
        world = interview(("Anna", A, 10, 40))
        world = replace(world, sources={"s": SourceData("x" * 130, persons=attached)})
        (only,) = passages(world, world.codings)
        found = persons_of(world, only)
        assert (set(found.persons), found.unknown) == (expected, not expected)

    def test_page_head_lends_no_speaker(self) -> None:
        world = interview(("Anna", A, 30, 55))
        world = replace(world, sources={"s": replace(world.sources["s"], not_data=[(50, 60)])})
        (only,) = passages(world, world.codings)
        assert persons_of(world, only).persons == {"R1"}


class TestCases:
    def test_by_person_else_by_source(self) -> None:
        cases = {"c1": CaseData("person", persons=["R1"]), "c2": CaseData("person", sources=["s"])}
        world = replace(interview(("Anna", A, 30, 60), ("Anna", B, 30, 40), ("Anna", PARENT, 5, 9)), cases=cases)
        found = {one.code: cases_of(world, one) for one in passages(world, world.codings)}
        assert found[A].cases == {"c1", "c2"}
        assert found[B].cases == {"c1"}
        assert found[PARENT].cases == {"c2"}

    def test_ambiguous(self) -> None:
        cases = {name: CaseData("person", persons=["R1"]) for name in ("c1", "c2")}
        world = replace(interview(("Anna", A, 30, 40)), cases=cases)
        (only,) = passages(world, world.codings)
        assert cases_of(world, only).ambiguous
        assert frequency(world, ALL)[0].own.cases == 2

    def test_no_cases_at_all(self) -> None:
        assert frequency(interview(("Anna", A, 30, 40)), ALL)[0].own.cases == 1

    def test_several_kinds_need_a_name(self) -> None:
        cases = {"c1": CaseData("person", persons=["R1"]), "c2": CaseData("country", sources=["s"])}
        world = replace(interview(("Anna", A, 30, 40)), cases=cases)
        with pytest.raises(ValueError, match="several kinds"):
            frequency(world, ALL)
        assert frequency(world, Selection(cases="country"))[0].own.cases == 1

    def test_one_case_told_by_two(self) -> None:
        names = {"counsellor": "R1", "returnee": "R2"}
        sources = {name: SourceData("x" * 20, persons=[person]) for name, person in names.items()}
        codings = [coding for name in names for coding in put(("Anna", A, 0, 9), source=name)]
        world = World(
            sources,
            CODES,
            codings,
            {"R1": PersonData(), "R2": PersonData()},
            {"c": CaseData("person", persons=["R1", "R2"])},
        )
        own = frequency(world, ALL)[0].own
        assert (own.cases, own.persons, own.sources) == (1, 2, 2)


class TestSubcodes:
    def test_merged_in_and_never_added(self) -> None:
        world = plain(("Anna", CHILD_1, 0, 10), ("Anna", CHILD_2, 5, 15), ("Anna", PARENT, 15, 20))
        row = frequency(world, Selection(codes=(PARENT,)))[0]
        assert (row.own.passages, row.with_subcodes.passages) == (1, 2)
        assert (row.own.characters, row.with_subcodes.characters) == (5, 20)

    def test_distinct_sources(self) -> None:
        """STUDIES M23: 10, 9 and 3 sources are 14, not 22."""
        names = [f"s{number}" for number in range(14)]
        used = [(PARENT, names[:10]), (CHILD_1, names[5:14]), (CHILD_2, names[:3])]
        codings = [
            replace(coding, id=f"{code}{coding.id}")
            for code, where in used
            for name in where
            for coding in put(("Anna", code, 0, 5), source=name)
        ]
        world = World({name: SourceData("x" * 9) for name in names}, CODES, codings)
        row = frequency(world, Selection(codes=(PARENT,)))[0]
        assert (row.own.sources, row.with_subcodes.sources) == (10, 14)

    def test_selection(self) -> None:
        along = Selection(codes=(PARENT,))
        assert [row.code for row in frequency(plain(), along)] == [PARENT, CHILD_1, CHILD_2]
        alone = frequency(plain(("Anna", CHILD_1, 0, 9)), replace(along, subcodes=False))
        assert [(row.code, row.with_subcodes.passages) for row in alone] == [(PARENT, 0)]


def country_study(countries: list[str | None]) -> World:
    """One interview per person without turns; each person a case of its own; all asked about A and done."""
    names = [f"s{number}" for number in range(len(countries))]
    done = ProgressData("done", frozenset(CODES))
    persons = {
        f"p-{name}": PersonData(attributes={"country": [country]} if country else {})
        for name, country in zip(names, countries, strict=True)
    }
    return World(
        {name: SourceData("x" * 50, persons=[f"p-{name}"]) for name in names},
        CODES,
        persons=persons,
        cases={f"c-{name}": CaseData("person", persons=[f"p-{name}"]) for name in names},
        progress={(name, "Anna"): done for name in names},
        coverage={(name, A): True for name in names},
    )


class TestComparison:
    def test_base_and_share(self) -> None:
        """STUDIES M17: found in 9 of the 14 that were asked, of 16."""
        world = country_study(["IQ"] * 9 + ["NG"] * 7)
        found = [coding for number in range(9) for coding in put(("Anna", A, 0, 5), source=f"s{number}")]
        coverage = {**world.coverage, ("s14", A): False, ("s15", A): False}
        result = comparison(replace(world, codings=found, coverage=coverage), ALL, ["country"])
        total = result.totals[A]
        assert (total.own.cases, total.base, total.own.share) == (9, 14, Fraction(9, 14))
        assert total.beside == {NOT_ASKED: 2}
        assert (result.cells[A, ("IQ",)].base, result.cells[A, ("NG",)].base) == (9, 5)
        assert result.cells[A, ("IQ",)].state == FOUND
        assert result.cells[A, ("NG",)].state == NOT_ASKED

    def test_states(self) -> None:
        world = country_study(["NL"])
        assert self.state(world) == NONE_FOUND
        assert self.state(replace(world, coverage={})) == UNKNOWN
        assert self.state(replace(world, coverage={("s0", A): False})) == NOT_ASKED
        assert self.state(replace(world, progress={})) == NOT_YET
        early = ProgressData("done", frozenset({B}))
        assert self.state(replace(world, progress={("s0", "Anna"): early})) == NOT_YET
        busy = {**world.progress, ("s0", "Bram"): ProgressData("in progress")}
        assert self.state(replace(world, progress=busy)) == NOT_YET
        anna = comparison(replace(world, progress=busy), Selection(coders=frozenset({"Anna"})), ["country"])
        assert anna.cells[A, ("NL",)].state == NONE_FOUND

    def state(self, world: World) -> str:
        return comparison(world, ALL, ["country"]).cells[A, ("NL",)].state

    def test_assigned_is_not_done_although_the_code_was_known(self) -> None:
        world = country_study(["NL"])
        assigned = ProgressData("assigned", frozenset(CODES))
        assert self.state(replace(world, progress={("s0", "Anna"): assigned})) == NOT_YET

    @pytest.mark.parametrize(
        ("first", "second", "expected"),
        [(True, None, UNKNOWN), (True, False, NOT_ASKED), (False, None, UNKNOWN)],
    )
    def test_mixed_cell(self, first: bool, second: bool | None, expected: str) -> None:  # noqa: FBT001
        world = country_study(["NL", "NL"])
        asked = {("s0", A): first, ("s1", A): second}
        known = {key: value for key, value in asked.items() if value is not None}
        assert self.state(replace(world, coverage=known)) == expected
        asked_but_not_done = {**known, ("s2", A): True}
        sources = {**world.sources, "s2": world.sources["s0"]}
        assert self.state(replace(world, sources=sources, coverage=asked_but_not_done)) == NOT_YET

    def test_a_case_is_done_when_every_source_that_asked_is(self) -> None:
        world = country_study(["NL", "NL"])
        world = replace(world, cases={"c": CaseData("person", persons=["p-s0", "p-s1"])})
        half = {key: record for key, record in world.progress.items() if key[0] == "s0"}
        one = comparison(replace(world, progress=half), ALL, ["country"]).cells[A, ("NL",)]
        assert (one.base, one.beside) == (0, {NOT_YET: 1})

    def test_found_outside_the_base_does_not_raise_the_share(self) -> None:
        world = country_study(["NL", "NL", "NL"])
        found = [coding for name in ("s0", "s2") for coding in put(("Anna", A, 0, 5), source=name)]
        world = replace(world, codings=found, coverage={**world.coverage, ("s2", A): False})
        one = comparison(world, ALL, ["country"]).cells[A, ("NL",)]
        assert (one.own.cases, one.own.cases_in_base, one.base) == (2, 1, 2)
        assert (one.own.share, one.unasked) == (Fraction(1, 2), False)

    def test_asked_about_a_subcode_is_not_unasked(self) -> None:
        world = replace(country_study(["NL"]), codings=put(("Anna", CHILD_1, 0, 5), source="s0"))
        for below, expected in ((False, True), (True, False)):
            asked = replace(world, coverage={("s0", PARENT): False, ("s0", CHILD_1): below})
            assert comparison(asked, ALL, ["country"]).cells[PARENT, ("NL",)].unasked is expected

    def test_the_silent_and_the_unlisted_are_in_the_base(self) -> None:
        persons = {name: PersonData(attributes={"country": [name]}) for name in ("NL", "NO", "SE")}
        source = SourceData("x" * 50, turns=[TurnData(1, 0, 3, 25, "NL"), TurnData(2, 25, 28, 50, "SE")])
        world = World({"s": replace(source, persons=["NL", "NO"])}, CODES, persons=persons)
        assert {key[1] for key in comparison(world, ALL, ["country"]).cells} == {("NL",), ("NO",), ("SE",)}

    def test_every_source_must_say_none(self) -> None:
        world = country_study(["NL", "NL", "NO"])
        world = replace(world, coverage={key: True for key in world.coverage if key[0] != "s1"})
        cells = comparison(world, ALL, ["country"]).cells
        assert (cells[A, ("NL",)].state, cells[A, ("NL",)].base) == (UNKNOWN, 1)
        assert (cells[A, ("NO",)].state, cells[A, ("NO",)].own.share) == (NONE_FOUND, 0)

    def test_unasked(self) -> None:
        world = replace(country_study(["NL"]), codings=put(("Anna", A, 0, 5), source="s0"))
        (asked,) = comparison(world, Selection(codes=(A,)), ["country"]).cells.values()
        assert (asked.state, asked.unasked, asked.own.share) == (FOUND, False, 1)
        world = replace(world, coverage={("s0", A): False})
        (unasked,) = comparison(world, Selection(codes=(A,)), ["country"]).cells.values()
        assert (unasked.state, unasked.unasked, unasked.own.cases) == (FOUND, True, 1)
        assert (unasked.base, unasked.own.share) == (0, None)

    def test_parent_of_used_leaves_is_not_none_found(self) -> None:
        world = replace(country_study(["NL"]), codings=put(("Anna", CHILD_1, 0, 5), source="s0"))
        world = replace(world, coverage={("s0", code): True for code in CODES})
        cells = comparison(world, ALL, ["country"]).cells
        parent = cells[PARENT, ("NL",)]
        assert (parent.state, parent.own.passages, parent.with_subcodes.passages) == (FOUND, 0, 1)
        assert cells[CHILD_2, ("NL",)].state == NONE_FOUND

    def test_several_values_count_under_each(self) -> None:
        world = country_study(["NL"])
        world = replace(
            world,
            codings=put(("Anna", A, 0, 5), source="s0"),
            persons={"p-s0": PersonData(attributes={"country": ["NL", "NO"]})},
        )
        result = comparison(world, Selection(codes=(A,)), ["country"])
        assert {key[1]: one.own.passages for key, one in result.cells.items()} == {("NL",): 1, ("NO",): 1}
        total = result.totals[A]
        assert (total.own.passages, total.own.cases, total.base) == (1, 1, 1)

    def test_persons_have_the_value_of_their_cell(self) -> None:
        cells = comparison(interview(("Anna", A, 30, 70)), Selection(codes=(A,)), ["country"]).cells
        assert {key[1]: one.own.persons for key, one in cells.items()} == {("NL",): 1, ("NO",): 1}

    def test_lookup_order_and_forced_level(self) -> None:
        world = country_study(["NL", None, None, None])
        found = [coding for name in world.sources for coding in put(("Anna", A, 0, 5), source=name)]
        sources = {**world.sources, "s1": replace(world.sources["s1"], attributes={"country": ["NO"]})}
        sources["s0"] = replace(world.sources["s0"], attributes={"country": ["SE"]})
        cases = {**world.cases, "c-s2": replace(world.cases["c-s2"], attributes={"country": ["DK"]})}
        world = replace(world, codings=found, sources=sources, cases=cases)
        assert self.values(world, "country") == {
            "NL": {"person"},
            "NO": {"source"},
            "DK": {"case"},
            MISSING: set(),
        }
        assert self.values(world, "person.country") == {"NL": {"person"}, MISSING: set()}
        assert self.values(world, "source.country") == {"SE": {"source"}, "NO": {"source"}, MISSING: set()}

    def values(self, world: World, attribute: str) -> dict[str, set[str]]:
        cells = comparison(world, Selection(codes=(A,)), [attribute]).cells
        return {key[1][0]: set(one.levels) for key, one in cells.items() if one.own.passages}

    def test_two_attributes(self) -> None:
        world = country_study(["NL", "NO"])
        sources = {
            name: replace(source, attributes={"mode": [mode]})
            for (name, source), mode in zip(world.sources.items(), ("forced", "assisted"), strict=True)
        }
        codings = put(("Anna", A, 0, 5), source="s0")
        cells = comparison(replace(world, sources=sources, codings=codings), ALL, ["country", "mode"]).cells
        assert (cells[A, ("NL", "forced")].state, cells[A, ("NL", "forced")].base) == (FOUND, 1)
        assert cells[A, ("NO", "assisted")].state == NONE_FOUND
        assert (cells[A, ("NL", "assisted")].state, cells[A, ("NL", "assisted")].base) == (NOT_ASKED, 0)

    def test_by_code_family(self) -> None:
        rows = (("Anna", A, 0, 20), ("Anna", CHILD_1, 10, 30), ("Bram", CHILD_2, 0, 20), ("Anna", A, 40, 45))
        self.assert_family(plain(*rows), {"P": 0, "P/1": 1, "P/2": 0, MISSING: 1})
        self.assert_family(plain(*rows), {"P": 0, "P/1": 1, "P/2": 1, MISSING: 1}, pool=True)

    def test_by_code_family_within_turn(self) -> None:
        world = interview(("Anna", A, 24, 30), ("Anna", CHILD_1, 40, 48), ("Anna", A, 60, 70))
        self.assert_family(world, {"P": 0, "P/1": 0, "P/2": 0, MISSING: 2})
        self.assert_family(world, {"P": 0, "P/1": 1, "P/2": 0, MISSING: 1}, by_within="turn")

    def test_a_family_code_unknown_at_the_time_is_not_none_found(self) -> None:
        world = country_study(["NL"])
        early = ProgressData("done", frozenset({A, CHILD_1}))
        world = replace(world, progress={("s0", "Anna"): early})
        cells = comparison(world, Selection(codes=(A,)), [PARENT]).cells
        assert (cells[A, ("P/1",)].state, cells[A, ("P/2",)].state) == (NONE_FOUND, NOT_YET)

    def assert_family(self, world: World, expected: dict[str, int], **options: object) -> None:
        result = comparison(world, Selection(codes=(A,)), [PARENT], **options)  # type: ignore[arg-type]
        assert {key[1][0]: one.own.passages for key, one in result.cells.items()} == expected
        assert result.totals[A].own.passages == 2

    def test_a_case_asked_in_one_of_its_sources(self) -> None:
        world = country_study(["NL", "NL"])
        world = replace(
            world,
            cases={"c": CaseData("person", persons=["p-s0", "p-s1"])},
            coverage={("s0", A): True, ("s1", A): False},
        )
        one = comparison(world, ALL, ["country"]).cells[A, ("NL",)]
        assert (one.base, one.own.share, one.state) == (1, 0, NOT_ASKED)


def any_world(seed: int, coders: tuple[str, ...]) -> World:
    """A small study by chance."""
    chance = random.Random(seed)
    rows = []
    for _ in range(12):
        start = chance.randrange(55)
        rows.append((chance.choice(coders), chance.choice(CODES), start, start + chance.randrange(1, 15)))
    not_data = tuple((start, start + 4) for start in chance.sample(range(60), 2))
    return World({"s": SourceData("x" * 70, not_data=not_data)}, CODES, put(*rows))


@pytest.mark.parametrize("seed", range(15))
class TestWhatMustHold:
    def test_symmetry_and_diagonal(self, seed: int) -> None:
        world = any_world(seed, ("Anna", "Bram"))
        own = {row.code: row.own.passages for row in frequency(world, ALL)}
        for within in ("overlap", 3):
            for pool in (False, True):
                counted = cooccurrence(world, ALL, within, pool=pool)
                assert {code: counted.count[code, code] for code in CODES} == own
                assert all(counted.count[a, b] == counted.count[b, a] for a in CODES for b in CODES)

    def test_a_coder_who_agrees_changes_nothing(self, seed: int) -> None:
        world = any_world(seed, ("Anna",))
        twin = [replace(coding, id=f"twin{coding.id}", coder="Bram") for coding in world.codings]
        both = replace(world, codings=[*world.codings, *twin])
        for within in ("overlap", "source", 3):
            for measure in ("count", "row"):
                one = cooccurrence(world, ALL, within, measure=measure)
                assert one == cooccurrence(both, ALL, within, measure=measure)
                assert one == cooccurrence(both, ALL, within, measure=measure, pool=True)

    def test_pooling_is_the_overlap_of_merged_passages(self, seed: int) -> None:
        world = any_world(seed, ("Anna", "Bram", "Cem"))
        counted = cooccurrence(world, ALL, pool=True).count
        found = passages(world, world.codings)
        for a, b in ((A, B), (A, PARENT), (CHILD_1, CHILD_2)):
            meeting = [1 for one in found for two in found if one.code == a and two.code == b and one.data & two.data]
            assert counted[a, b] == len(meeting)

    def test_parent_holds_its_children(self, seed: int) -> None:
        row = next(row for row in frequency(any_world(seed, ("Anna", "Bram")), ALL) if row.code == PARENT)
        assert row.own.characters <= row.with_subcodes.characters
        assert row.own.evidence <= row.with_subcodes.evidence


@pytest.mark.parametrize(
    ("codes", "start", "end"), [((A,), 5, 5), ((A,), 5, 201), ((B,), 0, 5), ((CHILD_1, PARENT), 0, 5)]
)
def test_a_world_that_cannot_be_is_refused(codes: tuple[tuple[str, ...], ...], start: int, end: int) -> None:
    with pytest.raises(ValueError, match=r"segment|no code|parent"):
        World({"s": SourceData("x" * 200)}, codes, put(("Anna", A, start, end)))
