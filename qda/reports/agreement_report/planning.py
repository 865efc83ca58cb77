"""How many codings a next round would take to tell a good agreement from one that is not: a guide, code by code."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qda.reports.agreement.sample_size import MINIMA, sample_size
from qda.reports.report import Part, Table

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qda.reports.agreement_report.view import Seen
    from qda.reports.report import Cell


def planning(seen: Seen) -> Iterator[Part]:
    """The codings of two coders together, for each code that was used and is not everywhere."""
    rows: list[tuple[Cell, ...]] = []
    for code in seen.used:
        both, first, second, neither = seen.of_code(code.key)
        marked, places = 2 * both + first + second, 2 * (both + first + second + neither)
        if marked < places:
            rarest = min(marked, places - marked) / places
            rows.append((code.path, marked / places, *(round(sample_size(least, rarest)) for least in MINIMA)))
    if rows:
        sentence = (
            "A guide for planning, not a finding: how many codings of units, cut beforehand (turns, answers) and"
            " independent of each other, of two coders together (each codes half as many units), so that alpha is told"
            " to be above the least that you accept, at 5 %, where it stands halfway between that and 1 (Bloch &"
            " Kraemer 1989; Krippendorff 2019): with so many one study in two tells it. It assumes that a code stands"
            " on the same share of units as it does of the characters here, in both coders alike. Characters of"
            " running text are no such units."
        )
        columns = ("code", "share marked", *(f"codings for alpha {least:g}" for least in MINIMA))
        yield Part("How many codings to plan for", (sentence,), Table(columns, tuple(rows)))
