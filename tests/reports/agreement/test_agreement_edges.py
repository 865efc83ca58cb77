"""What is undefined says so with a reason, decided on whole numbers; what looks good for a bad reason does not."""

from __future__ import annotations

import pytest

from qda.reports.agreement import cohen, gwet, krippendorff, matches, table, votes
from qda.reports.agreement.coded import CodedSource, passages_of
from qda.reports.agreement.everything import agreement_rows
from qda.reports.agreement.figure import Figure, macro
from qda.reports.agreement.ratings import ratings
from qda.reports.agreement.rows import Options
from qda.reports.agreement.table import Table

CORRECTED = ("kappa", "kappa_max", "scott_pi", "alpha", "ac1", "bp")


def test_pure_chance_gives_nought() -> None:
    """On this table a well-known tool prints .299."""
    found = table.by_name(Table(25, 25, 25, 25))
    assert [found[name].value for name in ("kappa", "scott_pi", "ac1", "bp")] == [0, 0, 0, 0]


def test_a_code_that_one_coder_never_used_does_not_look_good() -> None:
    found = table.by_name(Table(0, 200, 0, 4800))
    assert found["percent"].value == 0.96
    assert found["kappa"].value == 0
    assert found["kappa_max"].value == 0
    assert found["positive"].value == 0
    assert found["jaccard"].value == 0
    assert (found["alpha"].value or 0) < 0


def test_nobody_used_the_code() -> None:
    found = table.by_name(Table(0, 0, 0, 5000))
    assert found["percent"].value == 1
    assert found["negative"].value == 1
    for name in (*CORRECTED, "positive", "jaccard"):
        assert found[name] == (None, "no coder used it")


def test_both_coded_everything() -> None:
    found = table.by_name(Table(5000, 0, 0, 0))
    assert found["positive"].value == 1
    for name in (*CORRECTED, "negative"):
        assert found[name] == (None, "every coder coded everything")


def test_no_characters_at_all() -> None:
    assert {figure.reason for figure in table.figures(Table(0, 0, 0, 0))} == {"no source that two coders did"}


@pytest.mark.parametrize("n", [88, 87, 3, 10**6 + 3])
def test_no_dust_of_rounding_makes_agreement(n: int) -> None:
    """Shares summed as 1/(2n) over 88 ratings once gave an expected agreement of 1 - 2e-15, and a value of 1."""
    assert gwet.fleiss(gwet.counted(ratings([[0, 0]] * min(n, 88)))).value is None
    assert krippendorff.alpha(ratings([[0, 0]] * min(n, 88))).value is None
    assert cohen.kappa(ratings([[0, 0]] * min(n, 88))).value is None
    assert table.by_name(Table(0, 0, 0, n))["scott_pi"].value is None
    assert [figure.value for figure in votes.figures(votes.votes(3, 3, n, 0, 0))] == [1, None, None, None]


def test_one_character_apart_in_many() -> None:
    found = table.by_name(Table(0, 1, 0, 10**9))
    assert found["kappa"].value == 0
    assert found["positive"].value == 0


def test_identical_coders_agree_exactly() -> None:
    found = table.by_name(Table(7, 0, 0, 93))
    assert {found[name].value for name in (*CORRECTED, "percent", "positive", "negative", "jaccard")} == {1}
    assert [figure.value for figure in votes.figures(votes.votes(3, 3, 97, 3 * 11, 0))] == [1, 1, 1, 1]


def test_an_absent_coder_is_missing_not_silent() -> None:
    """The second source is not done by coder 2: it changes nothing between 1 and 2."""
    both = CodedSource(1, 100, {1: {5: [(0, 10)]}, 2: {5: [(0, 10)]}})
    alone = CodedSource(2, 100, {1: {5: [(0, 50)]}})
    silent = CodedSource(2, 100, {1: {5: [(0, 50)]}, 2: {}})

    def kappa(sources: list[CodedSource]) -> Figure:
        rows = agreement_rows(sources, [1, 2], [5], Options(by_source=False))
        return next(row.figure for row in rows if row.stat == "kappa")

    assert kappa([both, alone]).value == 1
    assert (kappa([both, silent]).value or 0) < 0.5


def test_a_code_that_stands_only_where_one_coder_was_is_undefined() -> None:
    both = CodedSource(1, 100, {1: {}, 2: {}})
    alone = CodedSource(2, 100, {1: {5: [(0, 50)]}})
    found = {row.stat: row.figure for row in agreement_rows([both, alone], [1, 2], [5], Options(by_source=False))}
    for name in ("fleiss", "alpha_nominal", "kappa", "alpha_sets_masi", "u_alpha_1995"):
        assert found[name].value is None, name
        assert found[name].reason == "no coder used it"


def test_nothing_to_count_is_no_error() -> None:
    assert all(row.figure.reason for row in agreement_rows([], [1, 2], [5]) if row.figure.value is None)
    assert list(agreement_rows([], [], []))
    empty = CodedSource(1, 0, {1: {}, 2: {}})
    reasons = {row.stat: row.figure.reason for row in agreement_rows([empty], [1, 2], [5], Options(exclusive=True))}
    assert reasons["kappa"] == "no source that two coders did"
    assert reasons["u_alpha_binary"] == "no source that all coders did"
    one = CodedSource(1, 9, {1: {5: [(0, 3)]}})
    reasons = {row.stat: row.figure.reason for row in agreement_rows([one], [1], [5], Options(exclusive=True))}
    assert reasons["u_alpha_binary"] == "only one coder"
    assert reasons["u_alpha_cu"] == "only one coder"


def test_passages_from_any_segments() -> None:
    found = passages_of(
        20, [(5, 9, 1), (2, 6, 1), (9, 12, 1), (4, 4, 1), (7, 3, 1), (18, 30, 2), (-4, 2, 2), (25, 30, 3)]
    )
    assert found == {1: [(2, 9), (9, 12)], 2: [(0, 2), (18, 20)]}


def test_overlap_at_the_threshold_counts() -> None:
    """Nine of ten characters of the union are 90 %; 89 of 100 are not."""
    assert matches.matches([(0, 9)], [(0, 10)], 0.9).agreements == 2
    assert matches.matches([(0, 89)], [(0, 100)], 0.9).agreements == 0
    assert matches.matches([(0, 10)], [(0, 5), (5, 10)], 0.5) == (3, 3, 0, 1)


def test_one_to_one_matching_is_the_largest() -> None:
    assert matches.matching([(0, 0), (0, 1), (1, 1)]) == [(0, 0), (1, 1)]
    assert len(matches.matching([(0, 0), (1, 0), (1, 1), (2, 1), (2, 2)])) == 3


def test_macro_average_says_of_how_many_codes() -> None:
    assert macro([Figure(0.5), Figure(1.0), Figure(None, "no coder used it")]) == (0.75, 2, 1, None)
    assert macro([Figure(None, "no coder used it")]) == (None, 0, 1, "no code has a value")


def test_holsti() -> None:
    """Two coders with 20 and 30 decisions, 15 the same."""
    assert table.holsti([Table(10, 5, 10, 75), Table(5, 0, 5, 90)]).value == pytest.approx(30 / 50)
    assert cohen.holsti(ratings([["x", "x"], ["x", "y"], ["y", None], [None, None]])).value == pytest.approx(2 / 5)
    assert table.holsti([Table(0, 0, 0, 9)]).value is None


def test_pooled_kappa_is_not_moved_by_a_code_that_nobody_used() -> None:
    used = [Table(10, 5, 5, 80), Table(2, 0, 8, 90)]
    assert table.pooled_kappa(used) == table.pooled_kappa([*used, Table(0, 0, 0, 100)])
    assert table.pooled_kappa([Table(0, 0, 0, 100)]).value is None


def test_values_that_a_metric_cannot_take() -> None:
    assert krippendorff.alpha(ratings([["a", "b"]]), "interval").reason == "the interval metric wants numbers"
    assert krippendorff.alpha(ratings([[-1, 1]]), "ratio").reason == "the ratio metric wants numbers from nought up"
    assert krippendorff.alpha(ratings([["a", None]])).reason == "no unit that two coders gave a value"


def test_order_of_an_ordinal_scale_matters() -> None:
    rows = ratings([["low", "middle"], ["high", "high"], ["low", "low"], ["middle", "middle"]])
    right = krippendorff.alpha(rows, "ordinal", ["low", "middle", "high"]).value
    wrong = krippendorff.alpha(rows, "ordinal", ["low", "high", "middle"]).value
    assert right is not None
    assert wrong is not None
    assert right > wrong


def test_weighted_kappa_by_hand() -> None:
    """Cells 2, 1 / 1, 0 / 0, 1 apart by 0, 1, 2 of three values: linear and quadratic weights from the definition."""
    pairs = [(1, 1), (1, 1), (1, 2), (2, 1), (3, 3), (3, 1)]
    for weighting, power in (("linear", 1), ("quadratic", 2)):
        observed = sum(abs(x - y) ** power for x, y in pairs) / len(pairs)
        expected = sum(abs(x - y) ** power for x, _ in pairs for _, y in pairs) / len(pairs) ** 2
        assert cohen.kappa(ratings(pairs), weighting).value == pytest.approx(1 - observed / expected, abs=1e-12)
