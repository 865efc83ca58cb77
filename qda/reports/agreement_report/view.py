"""The report on agreement as people read it: a sentence, a row for each code, and what to know beside it."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING, NamedTuple

from qda.reports.agreement import bootstrap
from qda.reports.agreement import table as tables_of
from qda.reports.agreement.jackknife import FEW_SOURCES, MIN_SOURCES
from qda.reports.agreement_report.asked import CUT
from qda.reports.report import Cell, Table
from qda.reports.scope import listed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qda.model.rounds import Primary
    from qda.model.tree import Code
    from qda.reports.agreement.pair_rows import PairTables
    from qda.reports.agreement.rows import Pair, Row
    from qda.reports.agreement_report.asked import Asked
    from qda.reports.agreement_report.reading import Read
    from qda.reports.scope import Scope

Place = tuple[str, str, str | None, int | None, "Pair | None"]


_SHOWN = {("alpha_nominal", "char"), ("kappa", "char")}


class Seen(NamedTuple):
    """What a report is made of when it is written for reading: what was read, and what was counted."""

    scope: Scope
    read: Read
    asked: Asked
    rows: dict[Place, Row]
    tables: PairTables

    @property
    def used(self) -> list[Code]:
        """The codes that anybody used, in the order of the codebook."""
        return [code for code in self.read.codes if any(self.of_code(code.key)[:3])]

    def of_code(self, code: int) -> tables_of.Table:
        """Both, only the first, only the second, neither: of one code, over all pairs of coders and sources."""
        return tables_of.sum_of([one for _, by_code in self.tables.values() for one in by_code[code]])

    def row(
        self, stat: str, unit: str, code: int | None = None, *, rule: str | None = None, pair: Pair | None = None
    ) -> Row | None:
        """A row of the report, where it was counted."""
        return self.rows.get((stat, unit, rule, code, pair))

    def value(
        self, stat: str, unit: str, code: int | None = None, *, rule: str | None = None, pair: Pair | None = None
    ) -> float | None:
        """The value of a row; None where there is none."""
        row = self.row(stat, unit, code, rule=rule, pair=pair)
        return None if row is None else row.figure.value

    def counts(self, primary: Primary) -> bool:
        """Whether what a round is judged by is among the figures that were asked for."""
        asked = self.asked
        rule = primary.unit not in CUT or not asked.rule or asked.rule == primary.rule
        return primary.unit in asked.units and rule and asked.wants(primary.stat)

    def values_by(self, primary: Primary, code: Code | None) -> list[float]:
        """The values of a coefficient, of all coders or of each pair."""
        return [
            row.figure.value
            for (stat, unit, rule, key, pair), row in self.rows.items()
            if (stat, unit, key) == (primary.stat, primary.unit, code.key if code else None)
            and (pair is None or self.read.done.pairs([pair]))
            and (rule or "") == primary.rule
            and row.figure.value is not None
        ]

    def named(self, pair: Pair) -> str:
        """Two coders in words."""
        return " and ".join(self.scope.coder_names[coder] for coder in pair)


def seen_of(scope: Scope, read: Read, asked: Asked, rows: Sequence[Row], tables: PairTables) -> Seen:
    """What a report is made of, its rows by what they are about."""
    by_place = {(row.stat, row.unit, row.rule, row.code, row.coders): row for row in rows if row.source is None}
    return Seen(scope, read, asked, by_place, tables)


def codes_table(seen: Seen) -> Table | None:
    """A row for each code that anybody used; None where characters are not counted."""
    if "char" not in seen.asked.units or seen.asked.stat or len(seen.read.coders) < 2:
        return None
    two = len(seen.read.coders) == 2
    columns = (
        *("code", *_leading(seen), "alpha", "low", "high", "percent"),
        *(("kappa",) if two else ("kappa_lowest", "kappa_highest")),
        *("positive", "jaccard", "both"),
        *(("only_first", "only_second") if two else ("only_one",)),
    )
    return Table(columns, tuple(_code_row(seen, code) for code in seen.used))


def _leading(seen: Seen) -> dict[str, Primary]:
    """What the round is judged by, where no other column of the table shows it."""
    one = seen.read.done.round
    if one is None or (one.primary.stat, one.primary.unit) in _SHOWN or not seen.counts(one.primary):
        return {}
    return {f"{one.primary.stat} ({one.primary.unit})": one.primary}


def _code_row(seen: Seen, code: Code) -> tuple[Cell, ...]:
    alpha = seen.row("alpha_nominal", "char", code.key)
    interval = alpha.interval if alpha is not None else None
    whole = seen.of_code(code.key)
    figures = tables_of.by_name(whole)
    pairs = list(combinations(seen.read.coders, 2))
    kappas = [seen.value("kappa", "char", code.key, pair=pair) for pair in pairs]
    known = [kappa for kappa in kappas if kappa is not None]
    apart: tuple[Cell, ...] = (whole.b, whole.c) if len(pairs) == 1 else (whole.b + whole.c,)
    kappa: tuple[Cell, ...] = (kappas[0],) if len(pairs) == 1 else (min(known, default=None), max(known, default=None))
    return (
        code.path,
        *(min(seen.values_by(primary, code), default=None) for primary in _leading(seen).values()),
        alpha.figure.value if alpha is not None else None,
        interval.low if interval is not None else None,
        interval.high if interval is not None else None,
        figures["percent"].value,
        *kappa,
        figures["positive"].value,
        figures["jaccard"].value,
        whole.a,
        *apart,
    )


def notes_of(seen: Seen) -> tuple[str, ...]:
    """What the table for reading says and leaves out."""
    if "char" not in seen.asked.units or seen.asked.stat or len(seen.read.coders) < 2:
        return ()
    names = [seen.scope.coder_names[key] for key in seen.read.coders]
    who = (
        f"only_first is {names[0]}, only_second {names[1]}"
        if len(names) == 2
        else "percent, positive, jaccard, both and only_one add the pairs of coders; alpha takes all coders together"
    )
    notes = [
        f"Characters of the compared text, by code: alpha is Krippendorff's, nominal; {who}. Percent counts the text"
        " that neither coded as agreement; positive and jaccard do not.",
        *_intervals(seen),
    ]
    tables = {code.path: seen.of_code(code.key) for code in seen.read.codes}
    unused = [path for path, one in tables.items() if one.d and not any(one[:3])]  # a code that is out has no text
    if unused:
        notes.append(f"No coder used, so without a value: {listed(unused)}.")
    return tuple(notes)


def _intervals(seen: Seen) -> list[str]:
    rows = [(code, seen.row("alpha_nominal", "char", code.key)) for code in seen.used]
    without = [
        code.path for code, row in rows if row is not None and row.interval is not None and row.interval.low is None
    ]
    few = [code.path for code, row in rows if row is not None and row.interval is not None and row.interval.few]
    said = {
        "jackknife": "Intervals (95 %): jackknife over sources with Student's t; its ends are not cut at 1.",
        "bootstrap": f"Intervals (95 %): percentile bootstrap over sources, 1000 draws, seed {seen.asked.seed}.",
        "none": "",
    }[seen.asked.intervals]
    notes = [said] if said else []
    if without:
        least = bootstrap.MIN_SOURCES if seen.asked.intervals == "bootstrap" else MIN_SOURCES
        notes.append(f"No interval (a code must be in at least {least} sources, and more): {listed(without)}.")
    if few:
        notes.append(f"Interval of a code in fewer than {FEW_SOURCES} sources, so not to be relied on: {listed(few)}.")
    return notes
