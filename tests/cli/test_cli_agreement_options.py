"""Options of the agreement report: whose words, thresholds, what is behind every row, tables that mislead."""

from __future__ import annotations

import json
import random
from typing import TYPE_CHECKING, Any

import pytest
from cli_world import done
from test_cli_agreement import add, figure, make, report, table, value

if TYPE_CHECKING:
    from pathlib import Path

TALK = "Front page.\n\nI: Why?\n\nR1: Because of the winter.\n\nI: And?\n\nR2: The sea was calm.\n\nR1: It was.\n"


@pytest.fixture
def talk(tmp_path: Path) -> Path:
    """Two respondents, of whom one is old; Anna and Bram code the whole text with x and y, and a part apart."""
    study = make(tmp_path, {"t": 10}, [])
    file = tmp_path / "in" / "talk.txt"
    file.write_text(TALK, encoding="utf-8")
    done("import", file, "--speakers", "yes", study=study)
    for name, words in (
        ("persons", "person,role,source,label\nTove,respondent,talk,R1\nUlf,respondent,talk,R2\n"),
        ("attributes", "person,age:number\nTove,70\nUlf,30\n"),
    ):
        (tmp_path / f"{name}.csv").write_text(words, encoding="utf-8")
        done(name, "import", tmp_path / f"{name}.csv", study=study)
    add(study, [("talk", "x", "Anna", 0, len(TALK)), ("talk", "x", "Bram", TALK.index("Because"), len(TALK))])
    return study


def test_with_where_only_the_words_of_these_persons_are_text(talk: Path) -> None:
    turns = done("source", "turns", "talk", "--format", "json", study=talk).json
    marks = [(TALK[one["start"] :], one) for one in turns]
    tove = [one for words, one in marks if words.startswith("R1")]
    assert len(tove) == 2
    begin = TALK.index("Because")
    chars = [at for one in tove for at in range(one["start"], one["end"])]
    both = sum(at >= begin for at in chars)
    assert table(report(talk, "--where", "age=70", "--source", "talk")) == (both, len(chars) - both, 0, 0)
    made = report(talk, "--source", "talk", "--where", "age=30")
    assert sum(cell or 0 for cell in table(made)) < len(TALK) / 2
    assert any("Only words of age = 30" in note for note in made["notes"])
    assert "--where age=30" in made["manifest"]["command"]


def test_thresholds_and_rules_are_printed_in_the_rule(talk: Path) -> None:
    made = report(talk, "--source", "talk", "--overlap", "0.5")
    rules = {row["stat"]: row["rule"] for row in made["rows"] if row["unit"] == "segment"}
    assert rules["segment50_percent"] == "overlap 0.5"
    assert rules["f1_iou50"] is None
    for unit in ("turn", "sentence"):
        assert {row["rule"] for row in made["rows"] if row["unit"] == unit} == {"any", "majority"}
        only = report(talk, "--source", "talk", "--unit", unit, "--rule", "any")["rows"]
        assert {row["rule"] for row in only} == {"any"}


def test_means_over_codes_leave_out_codes_without_a_value(tmp_path: Path) -> None:
    coded = [("t", "x", "Anna", 0, 40), ("t", "x", "Bram", 0, 20)]
    made = report(make(tmp_path, {"t": 100}, coded))
    pair: dict[str, Any] = {"code": None, "coders": "Anna|Bram"}
    kappa = (0.8 - (0.4 * 0.2 + 0.6 * 0.8)) / (1 - (0.4 * 0.2 + 0.6 * 0.8))
    assert value(made, "macro_kappa", **pair) == pytest.approx(kappa)  # y was used by nobody
    assert value(made, "macro_positive", **pair) == pytest.approx(2 * 20 / 60)
    pi = (0.4 + 0.2) / 2
    assert value(made, "macro_ac1", **pair) == pytest.approx((0.8 - 2 * pi * (1 - pi)) / (1 - 2 * pi * (1 - pi)))
    assert value(made, "macro_alpha", **pair) == pytest.approx(1 - 199 * 20 / (60 * 140))
    nobody = report(make(tmp_path / "none", {"t": 100}, coded), "--code", "y")
    assert figure(nobody, "macro_kappa", **pair)["reason"] == "no code has a value"


def test_a_code_that_only_one_coder_used_does_not_look_good(tmp_path: Path) -> None:
    made = report(make(tmp_path, {"t": 5000}, [("t", "x", "Anna", 0, 200), ("t", "y", "Bram", 0, 9)]), "--parts")
    assert table(made) == (0, 200, 0, 4800)
    for stat in ("kappa", "positive", "jaccard"):
        assert value(made, stat) == 0
    alpha = value(made, "alpha_nominal")
    assert alpha is not None
    assert alpha <= 0
    (cautions,) = [part for part in made["parts"] if part["heading"] == "Cautions"]
    assert any("Only one of two coders used it" in said for said in cautions["sentences"])


def test_a_source_that_nobody_coded_is_no_agreement(tmp_path: Path) -> None:
    study = make(tmp_path, {"t": 100, "u": 101}, [("t", "x", "Anna", 0, 10)])
    done("progress", "import", "-", study=study, stdin=b"source,coder,state\nu,Anna,done\nu,Bram,done\n")
    made = report(study, "--source", "u", "--by-source", "--parts")
    plain = {"a", "b", "c", "d", "percent", "negative", "prevalence_index", "bias_index", "percent_sets"}
    for row in made["rows"]:
        if row["stat"] not in plain:
            assert row["value"] in (None, 0), row
            assert row["value"] == 0 or row["reason"], row
    assert made["lead"] == ["No coder used any of the codes in the sources that are compared."]


def test_where_or_what_tells_places_from_codes(tmp_path: Path) -> None:
    """The same places under other codes, then other places under the same codes; families against families too."""
    study = make(tmp_path, {"t": 100}, [])
    book = tmp_path / "family.yaml"
    book.write_text("codes:\n- name: f\n  exclusive: text\n  children: [{name: p}, {name: q}]\n", encoding="utf-8")
    done("codebook", "import", book, study=study)
    same = [("t", "f/p", "Anna", 0, 20), ("t", "f/q", "Anna", 40, 60)]
    add(study, [*same, ("t", "f/q", "Bram", 0, 20), ("t", "f/p", "Bram", 40, 60)])
    parts = {part["heading"]: part for part in report(study, "--parts")["parts"]}
    (row,) = parts["Where or what"]["rows"]
    assert row["family"] == "f"
    assert row["where"] == 1
    assert row["what"] < 0  # never the same code where both marked
    assert [one["characters"] for one in parts["Which code instead"]["rows"]] == [20, 20]
    assert "Which family instead" not in parts  # all within one family
    add(study, [("t", "x", "Anna", 70, 80), ("t", "f/p", "Bram", 70, 78)])
    parts = {part["heading"]: part for part in report(study, "--parts")["parts"]}
    kept = [
        (one["the first put"], one["the other put"], one["characters"]) for one in parts["Which family instead"]["rows"]
    ]
    assert kept == [("x", "f", 8)]
    kept = [
        (one["the first put"], one["the other put"], one["characters"])
        for one in parts["Which family against nothing"]["rows"]
    ]
    assert kept == [("x", "(nothing)", 2)]


def test_codings_to_plan_for_follow_the_published_table(tmp_path: Path) -> None:
    """METHODS, 5: for a share of .25, 81 for alpha .667, 139 for .800 and 283 for .900."""
    coded = [("t", "x", "Anna", 0, 30), ("t", "x", "Bram", 0, 20)]  # a quarter of both together
    parts = {part["heading"]: part for part in report(make(tmp_path, {"t": 100}, coded), "--parts")["parts"]}
    (row,) = parts["How many codings to plan for"]["rows"]
    assert [*row.values()] == ["x", 0.25, 81, 139, 283]
    assert "codings for alpha 0.8" in row  # 139 are those of both coders: 70 units, not 139


@pytest.mark.parametrize("seed", range(4))
def test_every_row_opens_its_disagreements_and_random_spans_never_crash(tmp_path: Path, seed: int) -> None:
    """Abutting, overlapping, empty and unassigned: what is behind a row are codings of its code, source and coders."""
    rnd = random.Random(seed)
    texts = {f"t{number}": 60 + number for number in range(3)}
    coded = []
    for _ in range(rnd.randint(0, 25)):
        name = rnd.choice([*texts][: 2 + seed % 2])
        start = rnd.randint(0, 50)
        coded.append((name, rnd.choice("xy"), rnd.choice(["Anna", "Bram", "Cato"]), start, start + rnd.randint(1, 9)))
    study = make(tmp_path, texts, list(dict.fromkeys(coded)))
    states = [
        f"{name},{who},{rnd.choice(['done', 'done', 'in progress'])}" for name in texts for who in ("Anna", "Cato")
    ]
    states += [f"{name},Bram,done" for name in [*texts][1:]]
    done("progress", "import", "-", study=study, stdin="\n".join(["source,coder,state", *states, ""]).encode())
    made = report(study, "--by-source", "--evidence", "--parts")
    lines = done("codings", "export", "-", study=study).out.splitlines()
    known = {one["id"]: one for one in map(json.loads, lines)}
    for row in made["rows"]:
        name = "|".join("" if row[key] is None else str(row[key]).replace("|", "\\|") for key in made["columns"][:6])
        behind = [known[one] for one in made["evidence"][name]]
        for one in behind:
            assert row["code"] in (None, one["code"])
            assert row["source"] in (None, one["source"])
            assert row["coders"] is None or one["coder"] in row["coders"].split("|")
        if row["stat"] in ("kappa", "jaccard", "alpha_nominal") and row["value"] not in (None, 1):
            assert behind
        if row["value"] == 1 and row["stat"] in ("kappa", "jaccard"):
            assert not behind
    places = report(study, "--disagreements", "--evidence")
    assert len(places["evidence"]) == len(places["rows"])
    assert all(places["evidence"].values())


def test_a_unit_asked_for_alone_has_the_rows_that_it_has_beside_the_others(tmp_path: Path) -> None:
    """Two coders far apart, and a code that nobody used: no unit may make them agree by being asked for alone."""
    coded = [("t", "x", "Anna", 0, 30), ("t", "x", "Bram", 60, 90), ("t", "y", "Cato", 0, 10)]
    study = make(tmp_path, {"t": 100}, coded)
    done("code", "add", "unused", study=study)
    every = report(study)["rows"]
    alone = [row for unit in ("char", "segment", "continuum", "turn", "sentence") for row in _of_unit(study, unit)]
    key = ("stat", "unit", "rule", "code", "coders")
    assert sorted(alone, key=lambda row: [str(row[name]) for name in key]) == sorted(
        every, key=lambda row: [str(row[name]) for name in key]
    )
    (alone,) = (row for row in _of_unit(study, "continuum") if (row["stat"], row["code"]) == ("u_alpha_binary", "x"))
    assert alone["value"] < 0


def _of_unit(study: Path, unit: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = report(study, "--unit", unit)["rows"]
    assert {row["unit"] for row in rows} <= {unit}
    return rows


def test_cautions_and_means_are_of_the_pairs_of_coders_that_they_are_about(tmp_path: Path) -> None:
    """Anna and Bram have x with other ends, Cato not at all; y is Anna's alone, and nothing to Bram and Cato."""
    coded = [("t", "x", "Anna", 0, 30), ("t", "x", "Bram", 5, 30), ("t", "y", "Anna", 40, 60)]
    study = make(tmp_path, {"t": 100}, coded)
    for who in ("Anna", "Bram", "Cato"):
        done("progress", "set", "t", "done", study=study, coder=who)
    parts = {part["heading"]: part for part in report(study, "--parts")["parts"]}
    said = " ".join(parts["Cautions"]["sentences"])
    assert "Do: agree on that (1 code: x (in 1 of 3 pairs))" in said
    assert "Do: ask the other coder why (2 codes: x (in 2 of 3 pairs), y (in 2 of 3 pairs))" in said
    rows = {row["counted by"]: row for row in parts["The same codings, counted in other ways"]["rows"]}
    # x: 95, 70 and 75 of 100 the same; y: 80 and 80, and not Bram's and Cato's 100, who both left it out.
    percent = rows["characters, percent"]
    assert (percent["values"], percent["mean"]) == (5, pytest.approx((0.95 + 0.70 + 0.75 + 0.80 + 0.80) / 5))


def test_other_ways_to_count_leave_out_codes_that_nobody_used_whatever_the_unit(tmp_path: Path) -> None:
    study = make(tmp_path, {"t": 100}, [("t", "x", "Anna", 0, 30), ("t", "x", "Bram", 60, 90)])
    done("code", "add", "unused", study=study)
    parts = {part["heading"]: part for part in report(study, "--unit", "sentence", "--parts")["parts"]}
    rows = {row["counted by"]: row for row in parts["The same codings, counted in other ways"]["rows"]}
    assert rows["sentences, percent (any)"]["values"] == 1
    (words,) = parts["Paragraph for the methods section"]["sentences"]
    assert "computed for 1 code on sentences" in words
