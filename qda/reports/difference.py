"""Testing, where asked for, whether the share of cases with a code differs between the values of an attribute."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qda.errors import QdaError
from qda.model.association import cramers_v, exact_p, holm
from qda.reports.compared import Counted, base_of, both
from qda.reports.values import MISSING, Values

if TYPE_CHECKING:
    from qda.reports.cells import Key
    from qda.reports.report import Cell
    from qda.reports.scope import Scope

TEST_COLUMNS = ("p", "p_holm", "cramers_v")


def test_columns(
    scope: Scope, counted: Counted, keys: list[Key]
) -> tuple[dict[str, tuple[Cell, ...]], tuple[str, ...]]:
    """For each code: p, p after Holm's correction, and Cramér's V; with notes on what was tested.

    Raises:
        QdaError: There are no cases, two things are compared by, or a case has several values.
    """
    _refuse(counted)
    known = [key for key in keys if key != (MISSING,)]
    figures = [_of_code(counted, code.key, known) for code in scope.codes]
    adjusted = holm([p for p, _ in figures])
    run = sum(p is not None for p, _ in figures)
    notes = (
        f"Tests: exact (Freeman-Halton, two-sided) on cases of the base with and without the code, {run} run,"
        " p corrected after Holm; effect: Cramér's V. Cases are few and were not drawn at random: read with care.",
    )
    rows: dict[str, tuple[Cell, ...]] = {
        code.path: (p, after, effect) for code, (p, effect), after in zip(scope.codes, figures, adjusted, strict=True)
    }
    return rows, notes


def _refuse(counted: Counted) -> None:
    if not counted.subjects.case_names:
        raise QdaError("--test needs cases: take a register in with 'qda cases import FILE'")
    if len(counted.by) != 1 or not isinstance(counted.by[0], Values):
        raise QdaError("--test goes with one attribute to compare by, not with two or with a family of codes")
    seen: dict[int, Key] = {}
    for key, column in counted.columns.items():
        for case in column.cases:
            if seen.setdefault(case, key) != key:
                name = counted.subjects.case_names[case]
                raise QdaError(f"--test needs one value for each case; '{name}' has {seen[case][0]} and {key[0]}")


def _of_code(counted: Counted, code: int, keys: list[Key]) -> tuple[float | None, float | None]:
    found, totals = [], []
    for key in keys:
        base = base_of(counted, counted.columns[key], code, key)
        found.append(len(both(counted, code, key)[1].cases & base))
        totals.append(len(base))
    return exact_p(found, totals), cramers_v(found, totals)
