"""A training round: each trainee against the coder whose codings are the measure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qda.model.nouns import many
from qda.reports.agreement import table as tables_of
from qda.reports.agreement.figure import macro
from qda.reports.report import Part, Table, two_decimals

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qda.reports.agreement.table import Table as Counts
    from qda.reports.agreement_report.view import Seen
    from qda.reports.report import Cell


def trainees(seen: Seen) -> dict[int, tuple[list[int], dict[int, Counts]]]:
    """For each trainee the numbers of the sources, and by code what both, only they, only the gold one coded."""
    gold = seen.read.done.gold
    found = {}
    for (first, second), (shared, by_code) in seen.tables.items():
        if gold in (first, second) and shared:
            sums = {code: tables_of.sum_of(listed) for code, listed in by_code.items()}
            if gold == first:
                sums = {code: one._replace(b=one.c, c=one.b) for code, one in sums.items()}
            found[second if gold == first else first] = shared, sums
    return found


def gold_lead(seen: Seen) -> tuple[str, ...]:
    """A sentence for each trainee: what of the gold coder's they found, and what they added."""
    gold = seen.read.done.gold
    if gold is None:
        return ()
    names = seen.scope.coder_names
    sentences = [f"A training round: each coder is measured against {names[gold]}, whose codings count as right."]
    for trainee, (shared, by_code) in trainees(seen).items():
        both, extra, missed, _ = tables_of.sum_of(by_code.values())
        alpha = macro(tables_of.by_name(one)["alpha"] for one in by_code.values())
        mean = "no value" if alpha.value is None else f"{two_decimals(alpha.value)} over {alpha.codes} codes"
        sentences.append(
            f"{names[trainee]} against {names[gold]} ({many(len(shared), 'source')}): marked"
            f" {_of(both, both + missed)} of what {names[gold]} marked, and {_of(extra, both + extra)} of what"
            f" {names[trainee]} marked is not {names[gold]}'s; mean alpha {mean}."
        )
    return tuple(sentences)


def _of(part: int, whole: int) -> str:
    return f"{100 * part / whole:.0f} %" if whole else "nothing"


def gold_part(seen: Seen) -> Iterator[Part]:
    """Trainee by trainee and code by code."""
    gold = seen.read.done.gold
    rows: list[tuple[Cell, ...]] = []
    names = seen.scope.coder_names
    for trainee, (_, by_code) in trainees(seen).items():
        for code in seen.read.codes:
            one = by_code[code.key]
            if one.a + one.b + one.c:
                figures = tables_of.by_name(one)
                found = one.a / (one.a + one.c) if one.a + one.c else None
                values = figures["alpha"].value, figures["positive"].value
                rows.append((names[trainee], code.path, *values, found, one.a, one.c, one.b))
    if rows and gold is not None:
        sentence = (
            f"Characters. share found: of what {names[gold]} marked, what the trainee marked too; missed: only"
            f" {names[gold]}; extra: only the trainee."
        )
        columns = ("trainee", "code", "alpha", "positive", "share found", "both", "missed", "extra")
        yield Part(f"Trainees against {names[gold]}", (sentence,), Table(columns, tuple(rows)))
