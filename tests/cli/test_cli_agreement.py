"""`qda report agreement` from spans in a small study, against answers worked out by hand and published ones."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from cli_world import done, qda

if TYPE_CHECKING:
    from pathlib import Path

Spans = dict[str, list[tuple[int, int]]]
COLUMNS = ["stat", "unit", "rule", "code", "source", "coders", "value", "low", "high", "n_sources", "reason"]


def make(folder: Path, texts: dict[str, int], coded: list[tuple[str, str, str, int, int]]) -> Path:
    """A study with texts of so many characters, and codings: source, code, coder, start, end."""
    given = folder / "in"
    given.mkdir(parents=True)
    study = folder / "study"
    done("init", study)
    for name, length in texts.items():
        (given / f"{name}.txt").write_text(("words and " * length)[:length], encoding="utf-8")
        done("import", given / f"{name}.txt", study=study)
    book = "codes:\n" + "".join(f"- name: {name}\n" for name in ("x", "y"))
    (given / "book.yaml").write_text(book, encoding="utf-8")
    done("codebook", "import", given / "book.yaml", study=study)
    if coded:
        add(study, coded)
    return study


def add(study: Path, coded: list[tuple[str, str, str, int, int]]) -> None:
    keys = ("source", "code", "coder", "start", "end")
    lines = "".join(json.dumps(dict(zip(keys, one, strict=True))) + "\n" for one in coded)
    done("codings", "import", "-", study=study, stdin=lines.encode())


def report(study: Path, *words: str) -> dict[str, Any]:
    made: dict[str, Any] = done("report", "agreement", *words, "--format", "json", study=study).json
    return made


def figure(made: dict[str, Any], stat: str, unit: str = "char", code: str | None = "x", **more: Any) -> Any:
    """The one row of a name."""
    wanted = {"stat": stat, "unit": unit, "code": code, **more}
    found = [row for row in made["rows"] if all(row[name] == value for name, value in wanted.items())]
    assert len(found) == 1, (stat, len(found))
    return found[0]


def value(made: dict[str, Any], stat: str, unit: str = "char", code: str | None = "x", **more: Any) -> float | None:
    found: float | None = figure(made, stat, unit, code, **more)["value"]
    return found


def table(made: dict[str, Any], **more: Any) -> tuple[float | None, ...]:
    return tuple(value(made, stat, **more) for stat in "abcd")


def test_two_passages_that_overlap_by_half(tmp_path: Path) -> None:
    study = make(tmp_path, {"t": 1000}, [("t", "x", "Anna", 0, 100), ("t", "x", "Bram", 50, 150)])
    made = report(study)
    assert made["columns"] == COLUMNS
    assert all(list(row) == COLUMNS for row in made["rows"])
    assert table(made) == (50, 50, 50, 850)
    assert value(made, "percent") == pytest.approx(0.9)
    assert value(made, "positive") == pytest.approx(0.5)
    assert value(made, "jaccard") == pytest.approx(1 / 3)
    assert value(made, "kappa") == pytest.approx((0.9 - 0.82) / (1 - 0.82))
    assert figure(made, "kappa")["coders"] == "Anna|Bram"
    assert figure(made, "alpha_nominal")["coders"] is None
    assert value(made, "segment90_agreements", "segment") == 0
    assert value(made, "segment90_total", "segment") == 2


@pytest.mark.parametrize(
    ("counts", "kappa"),
    [((50, 75, 75, 800), 0.3142857142857143), ((25, 25, 25, 25), 0.0)],  # METHODS, 1
)
def test_published_tables_rebuilt_as_spans(tmp_path: Path, counts: tuple[int, ...], kappa: float) -> None:
    a, b, c, d = counts
    spans = [("t", "x", "Anna", 0, a + b), ("t", "x", "Bram", 0, a), ("t", "x", "Bram", a + b, a + b + c)]
    made = report(make(tmp_path, {"t": sum(counts)}, spans))
    assert table(made) == (a, b, c, d)
    assert value(made, "kappa") == pytest.approx(kappa, abs=1e-12)


def test_what_nobody_used_is_null_with_a_reason_and_equal_coders_agree_fully(tmp_path: Path) -> None:
    made = report(make(tmp_path, {"t": 300}, [("t", "x", who, 10, 40) for who in ("Anna", "Bram")]))
    for stat in ("kappa", "alpha", "scott_pi", "ac1", "bp", "positive", "jaccard"):
        assert value(made, stat) == 1
        assert value(made, stat, code="y") is None
        assert figure(made, stat, code="y")["reason"] == "no coder used it"


def test_without_states_the_assignment_is_assumed(tmp_path: Path) -> None:
    coded = [("t", "x", "Anna", 0, 10), ("u", "y", "Bram", 0, 10)]
    made = report(make(tmp_path, {"t": 100, "u": 200, "nobody": 500}, coded))
    assert table(made) == (0, 10, 0, 290)  # Bram counts as done with t, Anna with u; the third is out
    assert any(note.startswith("Assignment assumed") for note in made["notes"])
    assert any("nobody" in note and "that nobody coded" in note for note in made["notes"])


def test_a_coder_who_is_not_done_is_missing(tmp_path: Path) -> None:
    coded = [("t", "x", "Anna", 0, 10), ("t", "x", "Bram", 0, 10), ("u", "x", "Anna", 0, 50), ("u", "x", "Bram", 9, 19)]
    study = make(tmp_path, {"t": 100, "u": 200}, coded)
    states = "source,coder,state\nt,Anna,done\nt,Bram,done\nu,Anna,done\nu,Bram,in progress\n"
    done("progress", "import", "-", study=study, stdin=states.encode())
    made = report(study)
    assert table(made) == (10, 0, 0, 90)
    assert not any(note.startswith("Assignment assumed") for note in made["notes"])
    assert any("Bram in u (in progress)" in note for note in made["notes"])
    assert any("only one coder is done" in note and "u" in note for note in made["notes"])
    done("progress", "set", "u", "done", study=study, coder="Bram")
    assert table(report(study)) == (20, 40, 0, 240)
    assert table(report(study, "--by-source"), source="u") == (10, 40, 0, 150)


def test_done_with_nothing_coded_is_agreement_to_code_nothing(tmp_path: Path) -> None:
    study = make(tmp_path, {"t": 100}, [("t", "x", "Anna", 0, 10)])
    states = "source,coder,state\nt,Anna,done\nt,Bram,done\n"
    done("progress", "import", "-", study=study, stdin=states.encode())
    assert table(report(study)) == (0, 10, 0, 90)


def test_what_is_no_data_is_cut_out_and_splits_no_passage(tmp_path: Path) -> None:
    coded = [("t", "x", "Anna", 10, 40), ("t", "x", "Bram", 10, 40), ("t", "y", "Anna", 21, 29)]
    study = make(tmp_path, {"t": 100}, coded)
    done("not-data", "add", "t", "20", "30", "--reason", "page head", study=study)
    made = report(study)
    assert table(made) == (20, 0, 0, 70)
    assert value(made, "segment90_total", "segment") == 2
    assert value(made, "percent", code="y") == 1  # wholly in what is no data: nobody coded it


def test_codes_count_only_where_both_had_them(tmp_path: Path) -> None:
    coded = [("t", "x", who, 0, 10) for who in ("Anna", "Bram")]
    study = make(tmp_path, {"t": 100, "u": 300}, coded)
    states = "source,coder,state\nt,Anna,done\nt,Bram,done\n"
    done("progress", "import", "-", study=study, stdin=states.encode())
    done("code", "add", "late", study=study)
    done("progress", "import", "-", study=study, stdin=b"source,coder,state\nu,Anna,done\nu,Bram,done\n")
    add(study, [("u", "late", "Anna", 0, 30), ("u", "late", "Bram", 0, 60)])
    made = report(study)
    assert table(made, code="late") == (30, 0, 30, 240)
    assert figure(made, "kappa", code="late")["n_sources"] == 1
    assert table(made, code="x") == (10, 0, 0, 390)
    assert any("did not have yet" in note and "late" in note for note in made["notes"])


def test_subcodes_count_for_themselves_unless_rolled_up(tmp_path: Path) -> None:
    study = make(tmp_path, {"t": 100}, [("t", "x", "Anna", 0, 10), ("t", "x", "Bram", 0, 10)])
    done("code", "add", "x/sub", study=study)
    add(study, [("t", "x/sub", "Anna", 5, 20)])
    assert table(report(study)) == (10, 0, 0, 90)
    assert table(report(study, "--roll-up")) == (10, 10, 0, 80)


def test_a_round_counts_what_was_handed_in(tmp_path: Path) -> None:
    study = make(tmp_path, {"t": 100, "u": 100}, [])
    done("round", "new", "r", "--for", "Anna", "--for", "Bram", "--source", "t", study=study, coder="Lead")
    for who, end in (("Anna", 20), ("Bram", 10)):
        done("codings", "add", "t", "x", "0", str(end), study=study, coder=who)
    before = qda("report", "agreement", "--round", "r", study=study)
    assert before.code == 1
    assert "not revealed" in before.err
    for who in ("Anna", "Bram"):
        done("round", "submit", "r", study=study, coder=who)
    done("round", "reveal", "r", study=study)
    done("codings", "add", "t", "x", "10", "20", study=study, coder="Bram")  # later: no part of the round
    made = report(study, "--round", "r", "--evidence")
    assert table(made) == (10, 10, 0, 80)
    assert len(made["evidence"]["kappa|char||x||Anna\\|Bram"]) == 1
    assert table(report(study)) == (20, 0, 0, 80)
    assert "--round r" in made["manifest"]["command"]


def test_stretches_of_a_round_are_clipped(tmp_path: Path) -> None:
    study = make(tmp_path, {"t": 10}, [])
    text = "".join(f"I: {'ask ' * 10}\n\nR1: {'say ' * 30}\n\n" for _ in range(6))
    file = tmp_path / "in" / "s.txt"
    file.write_text(text, encoding="utf-8")
    done("import", file, "--speakers", "yes", study=study)
    words = ("--source", "s", "--stretches", "300", "--number", "1", "--seed", "2", "--open")
    done("round", "new", "r", "--for", "Anna", "--for", "Bram", *words, study=study)
    (row, _) = done("round", "show", "r", "--format", "json", study=study).json
    start, end = row["start"], row["end"]
    for who in ("Anna", "Bram"):
        done("codings", "add", "s", "x", str(max(0, start - 7)), str(start + 50), study=study, coder=who)
        done("round", "submit", "r", study=study, coder=who)
    made = report(study, "--round", "r")
    assert table(made) == (50, 0, 0, end - start - 50)


def test_evidence_opens_the_disagreements(tmp_path: Path) -> None:
    coded = [
        ("t", "x", "Anna", 0, 10),
        ("t", "x", "Bram", 0, 10),
        ("t", "x", "Anna", 20, 30),
        ("t", "x", "Bram", 25, 40),
        ("t", "x", "Bram", 50, 60),
    ]
    study = make(tmp_path, {"t": 100}, coded)
    lines = done("codings", "export", study=study).out.splitlines()
    ids = {(one["coder"], one["start"]): one["id"] for one in map(json.loads, lines)}
    found = report(study, "--evidence")["evidence"]

    def behind(stat: str) -> list[str]:
        listed: list[str] = found[f"{stat}|char||x||Anna\\|Bram"]
        return listed

    apart = sorted([ids["Anna", 20], ids["Bram", 25], ids["Bram", 50]])
    assert behind("kappa") == apart
    assert behind("a") == sorted([ids["Anna", 0], ids["Bram", 0], ids["Anna", 20], ids["Bram", 25]])
    assert behind("b") == [ids["Anna", 20]]
    assert behind("c") == sorted([ids["Bram", 25], ids["Bram", 50]])
    assert found["alpha_nominal|char||x||"] == apart
    assert report(study)["evidence"] == {}


def test_accepted_suggestions_count_on_request(tmp_path: Path) -> None:
    study = make(tmp_path, {"t": 100}, [("t", "x", "Anna", 0, 10)])
    line = {"source": "t", "code": "x", "coder": "Bram", "start": 0, "end": 10, "origin": "rule"}
    done("codings", "import", "-", study=study, stdin=(json.dumps(line) + "\n").encode())
    made = report(study)
    assert table(made) == (0, 10, 0, 90)
    assert any("--with-accepted" in note for note in made["notes"])
    assert table(report(study, "--with-accepted")) == (10, 0, 0, 90)


def test_units_rules_and_thresholds_are_options(tmp_path: Path) -> None:
    study = make(tmp_path, {"t": 10}, [])
    text = "I: Why?\n\nR1: One sentence here. Another one there.\n\nI: And?\n\nR1: The last one of all.\n"
    file = tmp_path / "in" / "s.txt"
    file.write_text(text, encoding="utf-8")
    done("import", file, "--speakers", "yes", study=study)
    first, last = text.index("One"), text.index("The last")
    add(
        study,
        [
            ("s", "x", "Anna", first, first + 5),
            ("s", "x", "Bram", first, first + 30),
            ("s", "x", "Bram", last, last + 3),
        ],
    )
    made = report(study, "--source", "s")
    assert value(made, "percent", "turn", rule="any") == pytest.approx(3 / 4)
    assert {row["rule"] for row in made["rows"] if row["unit"] == "sentence"} == {"any", "majority"}
    only = report(study, "--source", "s", "--unit", "turn", "--rule", "majority")
    assert {(row["unit"], row["rule"]) for row in only["rows"]} == {("turn", "majority")}
    kappas = report(study, "--stat", "kappa", "--stat", "alpha_sets_masi")
    assert {row["stat"] for row in kappas["rows"]} == {"kappa", "alpha_sets_masi"}
    assert "--stat alpha_sets_masi --stat kappa" in kappas["manifest"]["command"]
    loose = report(study, "--source", "s", "--unit", "segment", "--overlap", "0.1")
    assert figure(loose, "segment10_agreements", "segment")["value"] == 2
    assert "--unit segment --overlap 0.1" in loose["manifest"]["command"]


def test_intervals_need_sources_and_come_back_with_the_seed(tmp_path: Path) -> None:
    texts = {f"t{number}": 200 + number for number in range(14)}
    coded = [(name, "x", "Anna", 0, 40) for name in texts]
    coded += [(name, "x", "Bram", number, 40 + number) for number, name in enumerate(texts)]
    study = make(tmp_path, texts, [*coded, ("t1", "y", "Anna", 50, 60), ("t1", "y", "Bram", 55, 60)])
    made = report(study)
    kappa = figure(made, "kappa")
    assert kappa["low"] < kappa["value"] < kappa["high"]
    rare = figure(made, "kappa", code="y")
    assert (rare["low"], rare["high"]) == (None, None)
    assert rare["reason"].startswith("no interval: the code is in 1 source")
    assert figure(report(study, "--intervals", "none"), "kappa")["low"] is None
    drawn = [figure(report(study, "--intervals", "bootstrap", "--seed", seed), "kappa") for seed in ("7", "7", "8")]
    assert drawn[0] == drawn[1] != drawn[2]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("--layer consensus", "the consensus is what they made of it"),
        ("--unit word", "--unit is one of char, segment, continuum, turn, sentence"),
        ("--stat cohen", "no figure here is called 'cohen'"),
        ("--rule all", "--rule is any or majority"),
        ("--overlap 0", "--overlap is a share"),
        ("--overlap half", "--overlap is a share"),
        ("--overlap nan", "--overlap is a share"),
        ("--intervals wide", "--intervals is one of"),
        ("--seed x", "--seed is a whole number"),
        ("--round nothing", "there is no round named 'nothing'"),
        ("--by country", "has no use for --by"),
    ],
)
def test_what_does_not_fit_is_refused(study: Path, words: str, said: str) -> None:
    result = qda("report", "agreement", *words.split(), study=study)
    assert result.code in (1, 2)
    assert said in result.err
    assert result.err.count("\n") == 1


def test_one_coder_alone_has_nothing_to_compare(study: Path) -> None:
    made = report(study, "--coder", "Anna")
    assert made["rows"] == []
    assert "nobody to compare" in made["title"]


# Krippendorff 2011, four coders and twelve units with missing values: alpha .743 nominal, .815 ordinal, .849 interval,
# .797 ratio; Gwet's AC1 .77544 (standard error .14295) and Fleiss' kappa .76117 (.15302) on the same data.
TWELVE = (
    "1 2 3 3 2 1 4 1 2 . . .",
    "1 2 3 3 2 2 4 1 2 5 . 3",
    ". 3 3 3 2 3 4 2 2 5 1 .",
    "1 2 3 3 2 4 4 1 2 5 1 .",
)


def test_of_two_coders_only_units_count_to_which_both_gave_a_value(tmp_path: Path) -> None:
    """Units 1 to 4 of both (three the same), 5 of Anna alone, 6 of Bram alone."""
    given = {"Anna": "aabb", "Bram": "aaba"}
    lines = [f"{number},{who},{value}" for who, values in given.items() for number, value in enumerate(values, 1)]
    lines += ["5,Anna,a", "6,Bram,b"]
    (tmp_path / "some.csv").write_text("\n".join(["unit,coder,value", *lines]) + "\n", encoding="utf-8")
    rows = done("agreement", "units", tmp_path / "some.csv", "--format", "json").json
    of_two = {row["stat"]: row for row in rows if row["coders"]}
    assert {row["n_units"] for row in of_two.values()} == {4}
    # Shares of a: 5 of 8; so chance is (25 + 9) / 64.
    assert of_two["percent"]["value"] == 0.75
    assert of_two["scott_pi"]["value"] == pytest.approx((0.75 - 34 / 64) / (1 - 34 / 64))


def units_file(folder: Path) -> Path:
    lines = [
        f"{unit},{coder},{value if value != '.' else ''}"
        for coder, values in zip("ABCD", TWELVE, strict=True)
        for unit, value in enumerate(values.split(), 1)
    ]
    file = folder / "units.csv"
    file.write_text("unit,coder,value\n" + "\n".join(lines) + "\n", encoding="utf-8")
    return file


def test_units_cut_beforehand_give_the_published_values(tmp_path: Path) -> None:
    rows = done("agreement", "units", units_file(tmp_path), "--format", "json").json
    found = {row["stat"]: row for row in rows if row["coders"] is None and row["weights"] is None}
    for stat, value in (("nominal", 0.743), ("ordinal", 0.815), ("interval", 0.849), ("ratio", 0.797)):
        assert found[f"alpha_{stat}"]["value"] == pytest.approx(value, abs=5e-4)
    assert found["ac1"]["value"] == pytest.approx(0.77544, abs=1e-5)
    assert found["ac1"]["error"] == pytest.approx(0.14295, abs=1e-5)
    assert found["fleiss"]["value"] == pytest.approx(0.76117, abs=1e-5)
    assert found["fleiss"]["error"] == pytest.approx(0.15302, abs=1e-5)
    assert {row["coders"] for row in rows} == {None, "A|B", "A|C", "A|D", "B|C", "B|D", "C|D"}
    for form in ("table", "md", "csv"):
        assert "alpha_nominal" in done("agreement", "units", tmp_path / "units.csv", "--format", form).out


@pytest.mark.parametrize(
    ("table", "said"),
    [
        ("unit,value\n1,a\n", "there is no column 'coder'"),
        ("unit,coder,value\n1,A,a\n1,A,b\n", ":3: 'A' has a value for the unit '1' already"),
        ("unit,coder,value\n,A,a\n", ":2: the unit and the coder must be named"),
    ],
)
def test_a_wrong_table_of_units_is_refused(tmp_path: Path, table: str, said: str) -> None:
    (tmp_path / "wrong.csv").write_text(table, encoding="utf-8")
    result = qda("agreement", "units", tmp_path / "wrong.csv")
    assert result.code == 1
    assert said in result.err
    assert result.err.count("\n") == 1


def test_units_with_words_have_no_order(tmp_path: Path) -> None:
    (tmp_path / "words.csv").write_text("coder;unit;value\nA;1;yes\nB;1;yes\nA;2;no\nB;2;\n", encoding="utf-8")
    rows = done("agreement", "units", tmp_path / "words.csv", "--format", "json").json
    assert "alpha_ordinal" not in {row["stat"] for row in rows}
    alpha = next(row for row in rows if row["stat"] == "alpha_nominal")
    assert (alpha["value"], alpha["reason"]) == (None, "only one value was given")
