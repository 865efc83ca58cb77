"""Published worked examples of agreement come out as published."""

from __future__ import annotations

import csv
import json
import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from agreement_published import CONTINUA, RATINGS, SETS, TABLES

from qda.reports.agreement import (
    cohen,
    continuum_1995,
    exclusive,
    gwet,
    krippendorff,
    set_distances,
    set_tallies,
    sets,
    table,
)
from qda.reports.agreement.coded import CodedSource, passages_of
from qda.reports.agreement.lengths import gaps
from qda.reports.agreement.ratings import from_counts, from_table, ratings
from qda.reports.agreement.sample_size import guide, sample_size

SHARED = Path(__file__).parents[4] / "shared" / "agreement"
READ = {"matrix": ratings, "table": from_table, "counts": from_counts}


def close(got: float | None, expected: Any) -> bool:
    if not isinstance(expected, list):
        expected = [expected, 0]
    value, tolerance = expected
    if value is None or got is None:
        return value is None and got is None
    return bool(got == pytest.approx(value, abs=tolerance or 1e-12, rel=0))


def all_close(case: dict[str, Any], found: dict[str, float | None]) -> None:
    wrong = {name: (found[name], value) for name, value in case["expect"].items() if not close(found[name], value)}
    assert not wrong, case["id"]


def check_ratings(case: dict[str, Any]) -> None:
    rated = READ[case["kind"]](case["data"])
    ready = gwet.counted(rated)
    made = {
        "percent": gwet.percent(ready),
        "ac1": gwet.ac(ready),
        "fleiss": gwet.fleiss(ready),
        "scott": gwet.fleiss(ready),
        "bp": gwet.brennan_prediger(ready),
        **{f"alpha_{metric}": krippendorff.alpha(rated, metric) for metric in krippendorff.METRICS},
        **{f"fleiss_category:{value}": one for value, one in gwet.fleiss_per_value(ready).items()},
    }
    found: dict[str, float | None] = {name: one.value for name, one in made.items()}
    found |= {f"se_{name}": one.error for name, one in made.items()}
    if len(next(iter(rated))) == 2:
        found |= {"cohen": cohen.kappa(rated).value, "kappa_max": cohen.kappa_max(rated).value}
    all_close(case, found)


def check_table(case: dict[str, Any]) -> None:
    all_close(case, {name: one.value for name, one in table.by_name(table.Table(*case["data"])).items()})


def check_continuum(case: dict[str, Any]) -> None:
    begin, length = case["data"].get("begin", 0), case["data"]["length"]
    names = sorted({value for units in case["data"]["units"].values() for _, _, value in units})
    coders = {
        coder: passages_of(length, [(start - begin, end - begin, names.index(value)) for start, end, value in units])
        for coder, units in enumerate(case["data"]["units"].values())
    }
    source = CodedSource(1, length, coders)
    size = len(coders)
    found: dict[str, float | None] = {}
    sums = []
    for code, name in enumerate(names):
        spans = [coders[coder].get(code, []) for coder in coders]
        far = sum(continuum_1995.differences(one, spans[j]) for i, one in enumerate(spans) for j in range(i))
        units = [end - start for one in spans for start, end in one]
        between = [gap for one in spans for gap in gaps(one, length)]
        made = continuum_1995.Unitizing([continuum_1995.Unitized(length, far, units, between)], size)
        sums.append(made.sums)
        found[f"u1995:Do:{name}"] = continuum_1995.observed(made.sums, size)
        found[f"u1995:De:{name}"] = continuum_1995.expected(made.sums, size)
        found[f"u1995:alpha:{name}"] = made.figure().value
    found["u1995"] = continuum_1995.u_alpha_1995_of(sums, size).value
    tally = exclusive.tally(source, list(coders), range(len(names)))
    if tally is not None:
        nominal, binary, cu = exclusive.figures(tally, size)
        found |= {"nominal": nominal.value, "binary": binary.value, "cu": cu.value}
        for code, name in enumerate(names):
            value, coverage = exclusive.code_figure(tally, size, code)
            found |= {f"k:alpha:{name}": value.value, f"k:coverage:{name}": coverage.value}
    all_close(case, found)


def bits(letters: list[str]) -> int:
    return sum(1 << ord(letter) - ord("A") for letter in letters)


def check_sets(case: dict[str, Any]) -> None:
    patterns = Counter(tuple(bits(one) for one in row) for row in case["data"])
    made = dict(zip(sets.NAMES, sets.Sets([set_tallies.tally(patterns)]).figures(), strict=True))
    all_close(case, {"percent": made["percent_sets"].value, "alpha_masi_product": older_masi(patterns)})


def older_masi(patterns: Counter[tuple[int, ...]]) -> float:
    """Alpha with the distance of 2004, from all pairs."""

    def far(one: int, other: int) -> float:
        above, below = set_distances.masi_2004(one, other)
        return above / below if below else 0.0

    values = [one for row in patterns.elements() for one in row]
    observed = sum(2 * far(*row) for row in patterns.elements())
    return 1 - (len(values) - 1) * observed / sum(far(one, other) for one in values for other in values)


CHECKS = {
    "matrix": check_ratings,
    "table": check_ratings,
    "counts": check_ratings,
    "two_by_two": check_table,
    "continuum": check_continuum,
    "sets": check_sets,
}
CASES = [*RATINGS, *TABLES, *CONTINUA, *SETS]


@pytest.mark.parametrize("case", CASES, ids=[case["id"] for case in CASES])
def test_published_example(case: dict[str, Any]) -> None:
    CHECKS[case["kind"]](case)


def test_figures_of_the_book_to_five_decimals() -> None:
    """Krippendorff 2019, Fig. 12.11; with the union of the others, cu-alpha would be .72835."""
    case = CONTINUA[-1]
    coders = {
        n: passages_of(60, [(s, e, int(v)) for s, e, v in u]) for n, u in enumerate(case["data"]["units"].values())
    }
    tally = exclusive.tally(CodedSource(1, 60, coders), [0, 1, 2], range(1, 8))
    assert tally is not None
    assert [round(figure.value or 0, 5) for figure in exclusive.figures(tally, 3)] == [0.50998, 0.4136, 0.72417]


def test_masi_of_2006_is_the_one_in_use() -> None:
    patterns = Counter(tuple(bits(one) for one in row) for row in SETS[0]["data"])
    assert round(sets.Sets([set_tallies.tally(patterns)]).figures()[2].value or 0, 3) == 0.273


def test_cohens_standard_error() -> None:
    """Fleiss, Cohen & Everitt 1969 on Cohen's table of 1960; statsmodels says .0510."""
    case = next(case for case in RATINGS if case["id"] == "cohen1960_p45")
    assert cohen.kappa(from_table(case["data"])).error == pytest.approx(0.0510, abs=5e-5)


def test_interval_of_the_raw_four_coders() -> None:
    """irrCAC prints (.461, 1) for AC1 of its raw_4raters, cut at 1."""
    ready = gwet.counted(ratings(RATINGS[0]["data"]))
    interval = gwet.ac(ready).interval()
    assert interval is not None
    assert interval[0] == pytest.approx(0.461, abs=5e-4)
    assert gwet.percent(ready).error == pytest.approx(0.12561, abs=5e-6)


def test_sample_sizes() -> None:
    """The 4 equal codes of ATLAS.ti's manual, and the table by share of the rarest value."""
    assert round(sample_size(0.8, 0.25)) == 139
    assert round(sample_size(0.667, 0.25)) == 81
    # The table was made with z rounded to 1.645, so one may be missing.
    table_of = {0.667: [60, 81, 172, 329, 803], 0.8: [103, 139, 293, 560, 1362], 0.9: [211, 283, 595, 1132, 2749]}
    for minimum, sizes in table_of.items():
        assert list(guide()[minimum].values()) == pytest.approx(sizes, abs=1)


# Contentious words in old newspapers, each word by six readers: 1 contentious, 0 not, a point for no answer.
# ConConCor (Brate et al. 2021, CC BY), groups 19, 25 and 29, with the published nominal alphas.
CONCONCOR = {
    0.426: "00.000 110111 000000 111111 .11... 000010 001000 .11011 001000 000..0 .11... 000.10 000010 101111 000000 "
    "00101. .11111 000000 .1..10 001000 000000 .0...0 011011 000000 000000 010111 01.111 111010 0000.0 011.1. 010011 "
    "001011 .10101 ...... .1001. .000.. 111111 .000.. 000000 .10.1. 000000 000000 001001 000000 001110 111101 001000 "
    "000000 .01000 .00101",
    0.411: "000000 111100 000000 111111 .11.10 000000 000000 000.00 100010 000000 001.10 000000 111111 000000 .01.10 "
    "000.00 000.10 111110 000010 .00.1. 000100 000100 1.1111 000100 10.010 ....1. 000000 000100 000.10 0.0.10 000100 "
    "000000 .11.11 000000 010.00 .00101 010.00 000000 000000 001100 110011 000... 000000 000000 000000 110111 0000.1 "
    "000000 000.10 010.00",
    0.07: "010000 110101 000000 101111 1..10. 010000 11110. 0.0001 010000 .11.0. 010000 010.00 01.000 ..0.0. 110100 "
    "010000 010000 110000 110.00 ..0.0. ..0.0. 010000 010000 10110. 111.00 ..0.00 ..0.00 010000 111.00 ....0. ...00. "
    "110101 111100 00010. 010000 010000 010000 010.0. 10.000 .1010. ..0.0. 110000 010000 100100 10000. 110100 110000 "
    "00.000 100101 010.00",
}


@pytest.mark.parametrize("published", CONCONCOR)
def test_real_readers(published: float) -> None:
    rows = [[None if one == "." else int(one) for one in row] for row in CONCONCOR[published].split()]
    assert krippendorff.alpha(ratings(rows)).value == pytest.approx(published, abs=0.001)


@pytest.mark.skipif(not SHARED.is_dir(), reason="the shared cases are not here")
def test_all_shared_cases() -> None:
    for name in ("krippendorff", "kappa_family", "paradox_2x2", "unitizing", "sets"):
        for case in json.loads((SHARED / "published" / f"{name}.json").read_text(encoding="utf-8")):
            CHECKS[case["kind"]](case)


@pytest.mark.skipif(not SHARED.is_dir(), reason="the shared cases are not here")
def test_all_groups_of_readers() -> None:
    folder = SHARED / "concordcor-1-30"
    counted = {"Omstreden naar huidige maatstaven": 1, "Niet omstreden": 0}
    with (folder / "annotations.csv").open(encoding="utf-8", newline="") as stream:
        answers = {
            (row["anonymised_participant_id"], row["extract_id"]): counted.get(row["response"])
            for row in csv.DictReader(stream)
        }
    with (folder / "alpha_per_group.csv").open(encoding="utf-8", newline="") as stream:
        groups = list(csv.DictReader(stream))
    assert len(groups) == 30
    for group in groups:
        coders, units = (re.findall(r"\w+", group[name]) for name in ("annotators_id", "extracts_id"))
        rows = [[answers.get((coder, unit)) for coder in coders] for unit in units]
        assert krippendorff.alpha(ratings(rows)).value == pytest.approx(float(group["aplha"]), abs=0.001), group[
            "group"
        ]
