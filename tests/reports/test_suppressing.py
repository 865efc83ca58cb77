"""Withholding cells of few cases: whatever adds up, nobody can compute one; checked by trying all tables there are."""

from __future__ import annotations

from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from qda.reports.suppressing import Figure, Sum, suppressed, withheld

FEWEST = 3


def table_of(rows: list[list[int]], *, margins_known: bool) -> tuple[dict[tuple[int, int], Figure], list[Sum]]:
    """A table with its margins (-1): each thing that is counted is a case of its own."""
    width = len(rows[0])
    cells = {(i, j): Figure(value, value) for i, row in enumerate(rows) for j, value in enumerate(row)}
    for i, row in enumerate(rows):
        cells[i, -1] = Figure(sum(row), sum(row), known=margins_known)
    for j in range(width):
        total = sum(row[j] for row in rows)
        cells[-1, j] = Figure(total, total, known=margins_known)
    everything = sum(map(sum, rows))
    cells[-1, -1] = Figure(everything, everything, known=True)
    sums = [Sum((i, -1), tuple((i, j) for j in range(width))) for i in range(len(rows))]
    sums += [Sum((-1, j), tuple((i, j) for i in range(len(rows)))) for j in range(width)]
    sums += [Sum((-1, -1), tuple((i, -1) for i in range(len(rows))))]
    sums += [Sum((-1, -1), tuple((-1, j) for j in range(width)))]
    return cells, sums


def possible(
    cells: dict[tuple[int, int], Figure], out: frozenset[object], size: tuple[int, int]
) -> dict[object, set[int]]:
    """What each withheld cell can be, by trying all tables of whole numbers that show what is shown.

    As long as no empty cell is withheld, whoever reads knows that none is.
    """
    shown = all(cells[name].value for name in out)  # type: ignore[index]
    height, width = size
    top = cells[-1, -1].value
    choices = [range(top + 1) if (i, j) in out else (cells[i, j].value,) for i in range(height) for j in range(width)]
    found: dict[object, set[int]] = {name: set() for name in out}
    for values in product(*choices):
        rows = [values[i * width : (i + 1) * width] for i in range(height)]
        all_cells = {(i, j): rows[i][j] for i in range(height) for j in range(width)}
        all_cells |= {(i, -1): sum(rows[i]) for i in range(height)}
        all_cells |= {(-1, j): sum(row[j] for row in rows) for j in range(width)}
        all_cells[-1, -1] = sum(values)
        if all(all_cells[name] == one.value for name, one in cells.items() if name not in out):
            if shown and not all(all_cells[name] for name in out):
                continue
            for name in out:
                found[name].add(all_cells[name])  # type: ignore[index]
    return found


@settings(max_examples=20, deadline=None)
@given(
    st.sampled_from([(2, 2), (2, 3), (3, 2)]).flatmap(
        lambda size: st.lists(
            st.lists(st.integers(0, 3), min_size=size[1], max_size=size[1]), min_size=size[0], max_size=size[0]
        )
    ),
)
def test_nobody_can_compute_a_withheld_cell(rows: list[list[int]]) -> None:
    cells, sums = table_of(rows, margins_known=False)
    out = suppressed(cells, sums, FEWEST)
    assert out >= {name for name, one in cells.items() if 0 < one.cases < FEWEST and not one.known}
    if cells[-1, -1].value < FEWEST or cells[-1, -1].value > 7 or len(out) == len(cells) - 1:
        return  # too few or too many to try; or nothing is left that could be withheld
    for name, values in possible(cells, out, (len(rows), len(rows[0]))).items():
        assert len(values) > 1, (rows, sorted(map(str, out)), name)


def test_what_is_withheld_beside_a_cell_is_the_least_that_helps() -> None:
    cells, sums = table_of([[1, 9, 5], [6, 7, 8]], margins_known=True)
    assert suppressed(cells, sums, FEWEST) == {(0, 0), (0, 2), (1, 0), (1, 2)}
    cells, sums = table_of([[0, 9, 5], [6, 7, 8]], margins_known=True)
    assert suppressed(cells, sums, FEWEST) == frozenset()
    cells, sums = table_of([[1, 0, 0], [6, 7, 8]], margins_known=False)
    assert (0, -1) in suppressed(cells, sums, FEWEST)


def test_a_code_does_not_follow_from_the_one_above_it() -> None:
    cells = {"above": Figure(2, 2), "with": Figure(14, 9), "one": Figure(7, 4), "two": Figure(5, 4)}
    sums = [Sum("with", ("above", "one", "two"))]
    assert suppressed(cells, sums, FEWEST) == {"above", "two"}


def test_two_withheld_cells_that_add_up_to_two_are_one_each() -> None:
    # Empty cells are shown, so b and c are 1 at least; 12 - 10 tells them, until another figure is withheld.
    cells = {"all": Figure(12, 9), "a": Figure(10, 7), "b": Figure(1, 1), "c": Figure(1, 1)}
    assert suppressed(cells, [Sum("all", ("a", "b", "c"))], FEWEST) == {"a", "b", "c"}
    # Where nothing else helps, one empty cell does: then either of b and c may be empty too.
    cells = {
        "all": Figure(2, 4, known=True),
        "b": Figure(1, 1),
        "c": Figure(1, 1),
        "d": Figure(0, 0),
        "e": Figure(0, 0),
    }
    assert suppressed(cells, [Sum("all", ("b", "c", "d", "e"))], FEWEST) == {"b", "c", "d"}


def test_the_number_of_cases_of_a_withheld_cell_does_not_follow_from_its_margin() -> None:
    # 9 - 5 passages can be 1 + 3, 2 + 2 or 3 + 1; 5 - 3 cases can only be 1 + 1.
    cells = {"all": Figure(9, 5), "a": Figure(5, 3), "b": Figure(2, 1), "c": Figure(2, 1)}
    sums = [Sum("all", ("a", "b", "c"))]
    assert suppressed(cells, sums, FEWEST) == {"b", "c"}
    assert withheld(cells, sums, FEWEST, {"all"}) == {"a", "b", "c"}
    assert withheld(cells, sums, FEWEST, ()) == {"b", "c"}
