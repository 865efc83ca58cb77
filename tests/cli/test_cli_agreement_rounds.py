"""What the agreement report says of rounds: over time, halves, one coder twice, a gold coder, a consensus."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from cli_world import done
from test_cli_agreement import figure, make, report, table, value

if TYPE_CHECKING:
    from pathlib import Path

SIZE = {"t": 100, "u": 101, "v": 102, "w": 103}  # different texts, for the same one is imported once


def hold(study: Path, name: str, coded: dict[str, list[tuple[str, str, int, int]]], *words: str) -> None:
    """A round from beginning to end: by coder the source, code, start and end."""
    sources = [word for source in SIZE for word in ("--source", source)]
    who = [word for coder in coded for word in ("--for", coder)]
    named = () if "--source" in words else sources
    done("round", "new", name, *who, *named, *words, study=study, coder="Lead")
    for coder, listed in coded.items():
        for source, code, start, end in listed:
            done("codings", "add", source, code, str(start), str(end), study=study, coder=coder)
        done("round", "submit", name, study=study, coder=coder)
    done("round", "reveal", name, study=study, coder="Lead")


def part(study: Path, heading: str, *words: str) -> dict[str, Any]:
    made = report(study, "--parts", *words)
    found: list[dict[str, Any]] = [one for one in made["parts"] if one["heading"] == heading]
    assert len(found) == 1, [one["heading"] for one in made["parts"]]
    return found[0]


def jaccard_and_kappa(both: int, one: int, two: int, size: int) -> tuple[float, float]:
    """Worked out from the four cells."""
    first, second = (both + one) / size, (both + two) / size
    agreed, chance = 1 - (one + two) / size, first * second + (1 - first) * (1 - second)
    return both / (both + one + two), (agreed - chance) / (1 - chance)


def test_rounds_over_time_give_the_same_coefficient_in_each(tmp_path: Path) -> None:
    study = make(tmp_path, SIZE, [])
    judged = ("--stat", "kappa")
    hold(study, "first", {"Anna": [("t", "x", 0, 40)], "Bram": [("t", "x", 20, 40)]}, "--source", "t", *judged)
    later = {"Anna": [("u", "x", 0, 40), ("u", "y", 50, 60)], "Bram": [("u", "x", 4, 40)]}
    hold(study, "second", later, "--source", "u", *judged)
    found = part(study, "Rounds over time")
    one, two = jaccard_and_kappa(20, 20, 0, 100), jaccard_and_kappa(36, 4, 0, 101)
    assert [(row["round"], row["sources"], row["codes"]) for row in found["rows"]] == [
        ("first", 1, 1),
        ("second", 1, 2),
    ]
    assert [row["kappa"] for row in found["rows"]] == pytest.approx([one[1], (two[1] + 0) / 2])  # y: one-sided, so 0
    assert [row["share both"] for row in found["rows"]] == pytest.approx([one[0], 36 / 50])
    codes = part(study, "Codes over the rounds", "--round", "second")["rows"]
    assert codes == [{"code": "x", "round first": pytest.approx(one[1]), "round second": pytest.approx(two[1])}]


def test_a_blind_round_that_is_not_revealed_is_no_part_of_it(tmp_path: Path) -> None:
    study = make(tmp_path, SIZE, [])
    for name, source in (("first", "t"), ("second", "u")):
        same = [(source, "x", 0, 40)]
        hold(study, name, {"Anna": same, "Bram": same}, "--source", source)
    done("round", "new", "third", "--for", "Anna", "--for", "Bram", "--source", "v", study=study, coder="Lead")
    for coder in ("Anna", "Bram"):
        done("codings", "add", "v", "y", "0", "10", study=study, coder=coder)
        done("round", "submit", "third", study=study, coder=coder)
    rows = part(study, "Rounds over time", "--round", "first")["rows"]
    assert [row["round"] for row in rows] == ["first", "second"]


def test_halves_go_by_when_the_last_coder_was_done(tmp_path: Path) -> None:
    study = make(tmp_path, SIZE, [])
    sources = [word for source in SIZE for word in ("--source", source)]
    done("round", "new", "r", "--for", "Anna", "--for", "Bram", *sources, study=study, coder="Lead")
    ends = {"t": 30, "u": 40, "v": 10, "w": 20}  # of Bram; Anna marks 40 everywhere
    for source, end in ends.items():
        done("codings", "add", source, "x", "0", "40", study=study, coder="Anna")
        done("codings", "add", source, "x", "0", str(end), study=study, coder="Bram")
    for source in ("t", "u", "v", "w"):
        done("progress", "set", source, "done", study=study, coder="Anna")
    for source in ("w", "u", "t", "v"):  # this order counts, for Bram is the last everywhere
        done("progress", "set", source, "done", study=study, coder="Bram")
    for coder in ("Anna", "Bram"):
        done("round", "submit", "r", study=study, coder=coder)
    done("round", "reveal", "r", study=study)
    rows = part(study, "First half against second half of the round", "--round", "r")["rows"]
    assert [row["which"] for row in rows] == ["w, u", "t, v"]
    assert [row["share both"] for row in rows] == pytest.approx([60 / 80, 40 / 80])


def test_the_same_coder_twice_is_compared_as_it_was_handed_in(tmp_path: Path) -> None:
    study = make(tmp_path, SIZE, [])
    hold(study, "first", {"Anna": [("t", "x", 0, 40), ("t", "y", 80, 90)], "Bram": []}, "--source", "t")
    lines = done("codings", "export", "-", study=study).out.splitlines()
    (old,) = [one for one in map(json.loads, lines) if one["code"] == "x"]
    done("codings", "remove", old["id"], study=study, coder="Anna")
    hold(study, "second", {"Anna": [("t", "x", 10, 40)], "Bram": []}, "--source", "t")
    done("codings", "add", "t", "x", "60", "70", study=study, coder="Anna")  # later: no part of either
    made = report(study, "--evidence")
    twice = {"coders": "Anna (first)|Anna (second)"}
    assert table(made, **twice) == (30, 10, 0, 60)
    assert value(made, "kappa", **twice) == pytest.approx(jaccard_and_kappa(30, 10, 0, 100)[1])
    assert value(made, "kappa", code="y", **twice) == 1
    assert figure(made, "segment90_total", "segment", **twice)["value"] == 2
    assert old["id"] in made["evidence"]["kappa|char||x||Anna (first)\\|Anna (second)"]
    found = part(study, "The same coder twice")
    (anna, bram) = found["rows"]
    assert (anna["first"], anna["second"], anna["kept"]) == ("Anna (first)", "Anna (second)", "1 of 2")
    assert (anna["both"], anna["only first"], anna["only second"]) == (40, 10, 0)
    assert (bram["both"], bram["kept"]) == (0, "0 of 0")
    assert {row["coders"] for row in report(study, "--stat", "kappa")["rows"]} >= {twice["coders"], "Anna|Bram"}


def test_a_trainee_is_measured_against_the_gold_coder(tmp_path: Path) -> None:
    coded = [("t", "x", "Greta", 0, 40), ("u", "x", "Greta", 0, 20)]
    study = make(tmp_path, SIZE, coded)
    work = {"Anna": [("t", "x", 10, 50), ("u", "x", 0, 20)], "Bram": [("t", "x", 0, 40)]}
    hold(study, "train", work, "--gold", "Greta")
    made = report(study, "--round", "train", "--parts")
    lead = " ".join(made["lead"])
    assert "each coder is measured against Greta" in lead
    assert "Anna against Greta (2 sources): marked 83 % of what Greta marked, and 17 % of what Anna marked" in lead
    assert "Bram against Greta (2 sources): marked 67 %" in lead
    assert "either of two coders" not in lead
    rows = {row["trainee"]: row for row in part(study, "Trainees against Greta", "--round", "train")["rows"]}
    assert (rows["Anna"]["both"], rows["Anna"]["missed"], rows["Anna"]["extra"]) == (50, 10, 10)
    assert (rows["Bram"]["both"], rows["Bram"]["missed"], rows["Bram"]["extra"]) == (40, 20, 0)
    # Greta said nothing of v and w and coded nothing there: she is missing, not in agreement.
    assert any("Greta in v, w (no state entered, nothing coded)" in note for note in made["notes"])
    places = report(study, "--round", "train", "--disagreements")["rows"]
    assert {row["coders"] for row in places} == {"Greta|Anna", "Greta|Bram"}
    assert (
        "coding against Greta" in part(study, "Paragraph for the methods section", "--round", "train")["sentences"][0]
    )


def test_what_a_round_is_judged_by_is_said_with_any_later_change(tmp_path: Path) -> None:
    study = make(tmp_path, SIZE, [])
    done("round", "new", "r", "--for", "Anna", "--for", "Bram", "--source", "t", "--stat", "kappa", study=study)
    for coder in ("Anna", "Bram"):
        done("codings", "add", "t", "x", "0", "40", study=study, coder=coder)
    done("round", "judge", "r", "--stat", "alpha_nominal", study=study)
    done("round", "submit", "r", study=study, coder="Anna")
    done("round", "submit", "r", study=study, coder="Bram")
    done("round", "reveal", "r", study=study)
    lead = " ".join(report(study, "--round", "r", "--parts")["lead"])
    assert "This was fixed before anybody handed in, and not changed since." in lead
    done("round", "judge", "r", "--stat", "percent", "--threshold", "0.5", study=study)
    lead = " ".join(report(study, "--round", "r", "--parts")["lead"])
    assert "is judged by percent (char), threshold 0.5" in lead
    assert "changed after the first coder handed in: at the start it was alpha_nominal (char), threshold 0.8" in lead


def test_of_several_pairs_the_lowest_is_held_against_the_threshold(tmp_path: Path) -> None:
    """And a value below it looks so; and a code that nobody used, y, whose percent is 1, reaches nothing."""
    study = make(tmp_path, SIZE, [])
    # Percent of 100 characters: Anna and Bram 100, each of them with Cato 79.
    coded = {"Anna": [("t", "x", 0, 40)], "Bram": [("t", "x", 0, 40)], "Cato": [("t", "x", 0, 61)]}
    hold(study, "r", coded, "--source", "t", "--stat", "percent", "--threshold", "0.795")
    lead = " ".join(report(study, "--round", "r", "--parts")["lead"])
    assert "percent (char), lowest pair of coders, is at least 0.795 for 0 of 1 codes with a value" in lead
    assert "below it: x (0.79)" in lead
    done("round", "judge", "r", "--stat", "jaccard", "--threshold", "0.66", study=study)
    lead = " ".join(report(study, "--round", "r", "--parts")["lead"])
    assert "Among them" not in lead
    assert "below it: x (0.656)" in lead  # 40 of 61, which two decimals would write as 0.66
    done("round", "judge", "r", "--threshold", "0.66", study=study)
    lead = " ".join(report(study, "--round", "r", "--parts")["lead"])
    assert "alpha_nominal (char) is at least 0.66" in lead  # one figure for all three


def test_a_code_of_one_coder_does_not_look_good_by_percent_and_what_leads_has_a_column(tmp_path: Path) -> None:
    study = make(tmp_path, SIZE, [])
    coded = {"Anna": [("t", "x", 0, 4), ("t", "y", 50, 70)], "Bram": [("t", "y", 50, 70)]}
    hold(study, "r", coded, "--source", "t", "--stat", "percent", "--threshold", "0.9")
    lead = " ".join(report(study, "--round", "r", "--parts")["lead"])
    assert "percent (char) is at least 0.9 for 2 of 2 codes with a value. Among them are codes of which no two" in lead
    assert "coders marked the same text: x." in lead
    done("round", "judge", "r", "--stat", "u_alpha_binary", "--unit", "continuum", "--threshold", "0.5", study=study)
    words = done("report", "agreement", "--round", "r", study=study).out
    row = next(line.split() for line in words.splitlines() if line.startswith("y  "))
    heads = next(line for line in words.splitlines() if line.startswith("code "))
    assert heads.startswith("code  u_alpha_binary (continuum)  alpha")
    assert row[1] == "1.00"
    lead = " ".join(report(study, "--round", "r", "--unit", "char", "--parts")["lead"])
    assert "u_alpha_binary (continuum) is not counted here, for other units or figures were asked for." in lead


def test_the_methods_say_who_coded_what_how_it_was_settled_and_how_many_codes_have_an_interval(tmp_path: Path) -> None:
    study = make(tmp_path, SIZE, [])
    done("not-data", "add", "t", "0", "10", study=study, coder="Lead")
    same = [("t", "x", 20, 40), ("u", "x", 0, 40), ("u", "y", 60, 70)]
    hold(study, "r", {"Anna": same, "Bram": [*same[:2], ("t", "y", 60, 70)]}, "--source", "t", "--source", "u")
    (words,) = part(study, "Paragraph for the methods section", "--round", "r")["sentences"]
    # 90 of t, without what is no data, and 101 of u, of 100 + 101 + 102 + 103 - 10.
    assert "2 coders (Anna, Bram) coded 2 of the 4 sources independently of each other, 48 % of the 396" in words
    assert "until it was revealed; it held 2 sources, named" in words or "it held all 2 sources" in words
    assert "No confidence interval could be given" in words
    assert "Disagreements were settled by […]" in words
    places = done("round", "disagreements", "r", "--format", "json", study=study).json
    rows = places["rows"] if isinstance(places, dict) else places
    apart = [str(row["place"]) for row in rows if "extra" in row["kinds"] or "missed" in row["kinds"]]
    assert len(apart) == 2
    done("round", "decide", "r", apart[0], "--take", "all", study=study, coder="Lead")
    done("round", "decide", "r", apart[1], "--take", "none", "--mode", "arbiter", study=study, coder="Lead")
    (words,) = part(study, "Paragraph for the methods section", "--round", "r")["sentences"]
    assert "Disagreements were settled in discussion (1 place) and by an arbiter (1 place)." in words


def test_the_methods_do_not_say_that_all_coded_what_only_some_did(tmp_path: Path) -> None:
    coded = [(source, "x", who, 0, 40) for source in ("t", "u") for who in ("Anna", "Bram", "Cato")]
    study = make(tmp_path, SIZE, coded)
    (words,) = part(study, "Paragraph for the methods section")["sentences"]
    assert "3 coders (Anna, Bram, Cato) coded 2 of the 4 sources" in words
    assert "Who was done with which source: […]." in words  # it was assumed
    for source, who in (("t", "Anna"), ("t", "Bram"), ("t", "Cato"), ("u", "Anna"), ("u", "Bram")):
        done("progress", "set", source, "done", study=study, coder=who)
    (words,) = part(study, "Paragraph for the methods section")["sentences"]
    assert "Of 3 coders (Anna, Bram, Cato), at least two coded 2 of the 4 sources" in words
    assert "(all of them 1)" in words
    assert "Who was done" not in words


def test_handing_in_says_which_sources_were_still_in_progress(tmp_path: Path) -> None:
    study = make(tmp_path, SIZE, [])
    done("round", "new", "r", "--for", "Anna", "--for", "Bram", "--source", "t", "--source", "u", study=study)
    done("progress", "set", "u", "in progress", study=study, coder="Anna")
    made = done("round", "submit", "r", study=study, coder="Anna")
    assert "You had not said that you are done with u; now it counts as done." in made.out + made.err
    made = done("round", "submit", "r", study=study, coder="Bram")
    assert "You had not said" not in made.out + made.err


def test_a_text_that_was_changed_after_the_round_is_out(tmp_path: Path) -> None:
    study = make(tmp_path, SIZE, [])
    same = [("t", "x", 0, 40), ("u", "x", 0, 40)]
    hold(study, "r", {"Anna": same, "Bram": same}, "--source", "t", "--source", "u")
    file = tmp_path / "new.txt"
    file.write_text(("words and " * 100)[:100] + "more", encoding="utf-8")
    done("source", "edit", "t", file, study=study)
    made = report(study, "--round", "r")
    assert table(made) == (40, 0, 0, 61)
    assert any("text was changed after the round was made: t" in note for note in made["notes"])


def test_the_consensus_stands_apart_and_moves_no_figure(tmp_path: Path) -> None:
    study = make(tmp_path, SIZE, [("t", "x", "Anna", 0, 40), ("t", "x", "Bram", 20, 60), ("u", "x", "Anna", 0, 10)])
    before = report(study)["rows"]
    line = {"source": "t", "code": "x", "coder": "Anna", "start": 0, "end": 50, "layer": "consensus"}
    done("codings", "import", "-", study=study, stdin=(json.dumps(line) + "\n").encode())
    assert report(study)["rows"] == before
    found = part(study, "Coders and the consensus")
    kept = [
        (row["coder"], row["sources"], row["both"], row["only the coder"], row["only the consensus"])
        for row in found["rows"]
    ]
    assert kept == [("Anna", 1, 40, 0, 10), ("Bram", 1, 30, 10, 20)]
    assert "no agreement between coders" in found["sentences"][0]
    assert (
        "a consensus is recorded in 1 of the 2 sources"
        in part(study, "Paragraph for the methods section")["sentences"][0]
    )


def test_a_code_that_nobody_used_lifts_no_mean_over_the_rounds(tmp_path: Path) -> None:
    study = make(tmp_path, SIZE, [])
    for name, source in (("first", "t"), ("second", "u")):
        hold(study, name, {"Anna": [(source, "x", 0, 40)], "Bram": [(source, "x", 20, 60)]}, "--source", source)
    done("round", "judge", "second", "--stat", "percent", study=study)
    rows = {row["round"]: row for row in part(study, "Rounds over time")["rows"]}
    assert (rows["first"]["codes"], rows["first"]["percent"]) == (1, 0.6)  # of x alone, not of x and y


def test_codes_proposed_in_the_round_are_out_and_not_said_to_be_unused(tmp_path: Path) -> None:
    study = make(tmp_path, SIZE, [])
    who = ("--for", "Anna", "--for", "Bram", "--for", "Cato")
    done("round", "new", "first", *who, "--source", "t", study=study, coder="Lead")
    for coder, code in (("Anna", "proposed"), ("Bram", "other")):
        done("code", "add", code, study=study, coder=coder)
        done("codings", "add", "t", code, "0", "10", study=study, coder=coder)
        done("codings", "add", "t", "x", "0", "10", study=study, coder=coder)
        done("round", "submit", "first", study=study, coder=coder)
    done("round", "reveal", "first", "--anyway", study=study, coder="Lead")
    made = report(study, "--parts", "--round", "first")
    unused = [note for note in made["notes"] if "No coder used" in note]
    assert not [note for note in unused if "proposed" in note or "other" in note]
    assert [note for note in made["notes"] if "did not have yet" in note and "proposed" in note]
    (said,) = [one for one in made["parts"] if one["heading"] == "Paragraph for the methods section"]
    assert "did not see each other's codings until it was revealed" in " ".join(said["sentences"])
    alone = report(study, "--parts", "--round", "first", "--code", "proposed")
    assert "No coder used" not in " ".join((*alone["lead"], *alone["notes"]))


def test_what_was_handed_in_under_a_code_that_is_merged_later_counts_under_the_other(tmp_path: Path) -> None:
    study = make(tmp_path, SIZE, [])
    for code in ("z", "zz"):
        done("code", "add", code, study=study, coder="Lead")
    hold(study, "first", {"Anna": [("t", "x", 0, 40)], "Bram": [("t", "z", 20, 40)]}, "--source", "t")
    done("code", "merge", "z", "zz", study=study, coder="Lead")
    done("code", "merge", "zz", "x", study=study, coder="Lead")
    made = report(study, "--round", "first")
    assert list(table(made)[:3]) == [20, 20, 0]
    listed = done("round", "disagreements", "first", "--format", "csv", study=study)
    assert "Bram: x 20-40" in str(listed)
    done("undo", study=study, coder="Lead")
    done("undo", study=study, coder="Lead")
    made = report(study, "--round", "first")
    assert list(table(made)[:3]) == [0, 40, 0]
