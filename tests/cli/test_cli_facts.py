"""`qda facts`: typed ratings and figures from elsewhere, as typed, counted, in and out, undone and refused."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from cli_world import done, qda

if TYPE_CHECKING:
    from pathlib import Path

HEAD = "about,measure,value,type,levels,unit,period,rater,origin,note\n"
LEVELS = "not reached|pending|reached|reached/qualified"
# Countries by two goals, as a published table rates them; typed in by hand.
GOALS = {
    "Algeria": ("not reached", "not reached"),
    "Armenia": ("reached", "reached"),
    "Azerbaijan": ("reached", "reached"),
    "China": ("not reached", "not reached"),
    "Georgia": ("reached", "reached"),
    "Morocco": ("reached/qualified", "not reached"),
    "Ukraine": ("reached", "reached"),
    "Pakistan": ("reached/qualified", "not reached"),
    "Russia": ("reached", "reached"),
    "Serbia": ("reached", "reached"),
    "Sri Lanka": ("reached/qualified", "not reached"),
    "Turkey": ("reached", "pending"),
}
# Cases that ended by year, 2017-2023, as two published tables have them, with the totals printed there.
YEARS = {
    "Iraq": (("1,576", "1,211", "1,164", "609", "522", "390", "422"), "5894"),
    "Nigeria": (("418", "487", "1,436", "1,284", "1,194", "958", "1,019"), "6796"),
}


def ratings() -> str:
    """Two goals for twelve countries; only the first row of a goal says what its levels are."""
    rows = []
    for number, goal in enumerate(("goal 1", "goal 2")):
        for place, (country, rated) in enumerate(GOALS.items()):
            described = f"scale,{LEVELS}" if not place else ","
            rows.append(f'origin_country={country},{goal},{rated[number]},{described},,2014,,"external, 004:2643",')
    return HEAD + "\n".join(rows) + "\n"


def test_a_table_of_ratings_is_counted_by_level_and_goes_out_as_it_came(demo: Path, tmp_path: Path) -> None:
    (tmp_path / "r.csv").write_text(ratings(), "utf-8")
    assert "24 facts are entered" in done("facts", "import", tmp_path / "r.csv", study=demo).err
    rows = done("facts", "count", "--format", "json", study=demo).json
    found = {(row["measure"], row["level"]): (row["number"], row["of_these"]) for row in rows}
    assert found == {
        ("goal 1", "not reached"): (2, ""),
        ("goal 1", "pending"): (0, ""),
        ("goal 1", "reached"): (10, "qualified 3"),
        ("goal 2", "not reached"): (5, ""),
        ("goal 2", "pending"): (1, ""),
        ("goal 2", "reached"): (6, ""),
    }
    assert {row["of"] for row in rows} == {12}
    table = done("facts", "export", "-", study=demo).out
    assert table.count("external, 004:2643") == 24
    assert "0 facts are entered" in done("facts", "import", "-", study=demo, stdin=table.encode()).err
    done("undo", study=demo)
    assert done("facts", "--format", "json", study=demo).json == []
    assert "24 facts are entered" in done("facts", "import", "-", study=demo, stdin=table.encode()).err
    assert done("facts", "export", "-", study=demo).out == table
    done("check", study=demo)


def test_figures_stay_as_typed_and_numbers_are_added(demo: Path) -> None:
    rows = [
        f'origin_country={country},cases ended,"{number}",number,,cases,{year},,"external, table A",'
        for country, (numbers, _) in YEARS.items()
        for year, number in enumerate(numbers, start=2017)
    ]
    rows += [
        'origin_country=Iraq,model A,3.229*,number,,,,,"external, 001:2373",',
        'origin_country=Iraq,cooperative,20 %,percent,,,2017-23,,"external, 001:2184",not all variables were available',
        "origin_country=Iraq,asked in person,Yes,yes/no,,,,Anna,,",
    ]
    done("facts", "import", "-", study=demo, stdin=(HEAD + "\n".join(rows)).encode())
    sums = done("facts", "sum", "cases ended", "--format", "json", study=demo).json
    assert {row["about"]: row["sum"] for row in sums} == {
        f"origin_country={country}": total for country, (_, total) in YEARS.items()
    }
    ranks = {"Iraq": (4, 4, 5, 2), "Pakistan": (18, 15, 11, 7)}  # 15 / 4, 51 / 4
    rows = [
        f"origin_country={who},rank,{n},number,,,,,table {i}," for who, ns in ranks.items() for i, n in enumerate(ns)
    ]
    done("facts", "import", "-", study=demo, stdin=(HEAD + "\n".join(rows)).encode())
    means = done("facts", "sum", "rank", "--format", "json", study=demo).json
    assert [(row["numbers"], row["sum"], row["mean"]) for row in means] == [(4, "15", "3.75"), (4, "51", "12.75")]
    values = {row["measure"]: row["value"] for row in done("facts", "--format", "json", study=demo).json}
    assert (values["model A"], values["cooperative"], values["asked in person"]) == ("3.229*", "20 %", "Yes")
    refused = qda("facts", "sum", "cooperative", study=demo)
    assert (refused.code, "only numbers are added" in refused.err) == (1, True)


def test_a_rating_has_a_rater_and_says_how_far_it_holds(demo: Path) -> None:
    note = "current state, not 2017-23"
    words = ("case=Grace", "cooperation", "2", "--type", "scale", "--levels", "1|2|3", "--rater", "expert", "--note")
    done("facts", "add", *words, note, study=demo)
    done("facts", "add", "case=Grace", "cooperation", "3", "--rater", "other expert", study=demo, coder="Bram")
    done("facts", "add", "case=Grace", "cooperation", "1", "--rater", "expert", "--note", note, study=demo)
    listed = done("facts", "--format", "json", study=demo).json
    shown = [(row["value"], row["rater"], row["note"], row["by"]) for row in listed]
    assert shown == [("1", "expert", note, "Anna"), ("3", "other expert", "", "Bram")]
    done("facts", "describe", "cooperation", "--levels", "1|2|3|4", study=demo)
    assert [row["level"] for row in done("facts", "count", "--format", "json", study=demo).json] == [*"1234"]
    done("facts", "remove", listed[1]["id"], study=demo)
    assert len(done("facts", "--format", "json", study=demo).json) == 1
    done("check", study=demo)


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("case=Grac,m,1,number,,,,,here,", "t.csv:3: there is no case named 'Grac' (did you mean 'Grace'?)"),
        ("origin=Iraq,m,1,number,,,,,here,", "t.csv:3: there is no attribute 'origin'"),
        ("origin_country=iraq,m,1,number,,,,,here,", "t.csv:3: the value is written 'Iraq' here, not 'iraq'"),
        ("Iraq,m,1,number,,,,,here,", "t.csv:3: a fact is about case=NAME or ATTRIBUTE=VALUE"),
        ("case=Grace,m,many,number,,,,,here,", "t.csv:3: 'many' is no number for 'm'"),
        ("case=Grace,m,20 %,number,,,,,here,", "t.csv:3: '20 %' is a percentage and 'm' a number"),
        ("case=Grace,m,maybe,yes/no,,,,,here,", "t.csv:3: 'maybe' is neither yes nor no"),
        ("case=Grace,m,x,scale,,,,,here,", "t.csv:3: the scale 'm' needs its levels"),
        ("case=Grace,m,x,scale,a|b,,,,here,", "t.csv:3: 'x' is no level of 'm': a, b"),
        ("case=Grace,m,x,kind,,,,,here,", "t.csv:3: the type 'kind' is not one of"),
        ("case=Grace,m,1,number,,,,,,", "t.csv:3: say where a fact comes from"),
        ("case=Grace,first,1,number,,,,,here,", "t.csv:3: the type of 'first' is 'text', and 'number' here"),
        ("case=Grace,first,yes,,,,,,here,", "t.csv:3: line 2 has the same measure of the same already"),
    ],
)
def test_what_is_wrong_is_refused_with_its_line(sample: Path, tmp_path: Path, row: str, said: str) -> None:
    (tmp_path / "t.csv").write_text(f"{HEAD}case=Grace,first,x,text,,,,,here,\n{row}\n", "utf-8")
    result = qda("facts", "import", tmp_path / "t.csv", study=sample)
    assert result.code == 1
    assert said in result.err
    assert done("facts", "--format", "json", study=sample).json == []
