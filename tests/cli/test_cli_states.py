"""`qda states`: said by hand of a cell of the comparison, with reason, who and when; no figure changes by it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cli_world import done, qda

if TYPE_CHECKING:
    from pathlib import Path

CODE, AT, WHY = "strategy/rule_creation", "host_country=NO", "One official, of another country."


def cells(study: Path, *words: str) -> dict[tuple[str, ...], dict[str, Any]]:
    rows = done("report", "comparison", *words, "--format", "json", study=study).json["rows"]
    return {tuple(row[name] for name in ("code", "value", "value2") if name in row): row for row in rows}


def test_a_state_stands_beside_the_figures(demo: Path) -> None:
    by = ("--by", "host_country")
    before = cells(demo, *by)
    done("states", "set", CODE, AT, "--reason", WHY, study=demo, coder="Bram")
    after = cells(demo, *by)
    told = after[CODE, "NO"]
    assert [told[name] for name in ("state_by_hand", "reason_by_hand", "set_by")] == [
        "not firmly established",
        WHY,
        "Bram",
    ]
    assert told["set_at"]
    names = ("state_by_hand", "reason_by_hand", "set_by", "set_at")
    same = dict.fromkeys(names)
    assert {cell: row | same for cell, row in after.items()} == before
    read = done("report", "comparison", *by, "--format", "md", study=demo).out
    assert f"‡ {CODE} at NO: not firmly established, set by Bram, " in read.replace("\\_", "_")
    assert "‡ not firmly established |" in read
    done("states", "set", CODE, AT, "--state", "found", "--reason", "Two more.", study=demo)
    (one,) = done("states", "--format", "json", study=demo).json
    assert (one["state"], one["reason"], one["by"], one["at"]) == ("found", "Two more.", "Anna", AT)
    done("undo", study=demo)
    assert cells(demo, *by) == after
    done("states", "remove", CODE, AT, study=demo)
    assert cells(demo, *by) == before
    done("check", study=demo)


def test_a_cell_of_two_values_is_the_same_in_either_order(demo: Path) -> None:
    done("states", "set", CODE, "origin_country=Iraq", AT, "--reason", WHY, study=demo)
    one = cells(demo, "--by", "origin_country", "--by", "host_country")
    other = cells(demo, "--by", "host_country", "--by", "origin_country")
    assert one[CODE, "Iraq", "NO"]["reason_by_hand"] == other[CODE, "NO", "Iraq"]["reason_by_hand"] == WHY
    assert sum(row["set_by"] is not None for row in (*one.values(), *other.values())) == 2
    assert not any(row["set_by"] for row in cells(demo, "--by", "host_country").values())


def test_what_is_wrong_is_refused(demo: Path) -> None:
    before = done("history", "--format", "json", study=demo).out
    for words, said in (
        (("set", CODE, AT), "needs a reason"),
        (("set", CODE, AT, "--state", "perhaps", "--reason", WHY), "is one of not firmly established, found"),
        (("set", CODE, "host_country=XX", "--reason", WHY), "has no value 'XX' (there are: NL, NO, (missing))"),
        (("set", CODE, "host=NO", "--reason", WHY), "no attribute 'host'"),
        (("set", "nothing", AT, "--reason", WHY), "no code 'nothing'"),
        (("set", CODE, "NO", "--reason", WHY), "named by ATTRIBUTE=VALUE"),
        (("set", CODE, AT, "host_country=NL", "--reason", WHY), "two of different things"),
        (("remove", CODE, AT), "no state is set by hand"),
    ):
        result = qda("states", *words, study=demo)
        assert result.code in (1, 2)
        assert said in result.err, result.err
    assert done("history", "--format", "json", study=demo).out == before
