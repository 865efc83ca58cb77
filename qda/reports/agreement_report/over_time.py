"""How agreement went: round by round, and in a round its first half against its second."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from qda.errors import QdaError
from qda.reports.agreement import table as tables_of
from qda.reports.agreement.figure import macro
from qda.reports.agreement.rows import UNCUT, Options
from qda.reports.agreement_report.asked import CUT, Asked
from qda.reports.agreement_report.counted import exclude_each_other, rows_of
from qda.reports.agreement_report.done import done
from qda.reports.agreement_report.headline import judged_by, primary_said
from qda.reports.agreement_report.reading import Reader
from qda.reports.agreement_report.recoding import opened
from qda.reports.report import Part, Table

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from qda.model.rounds import Primary, Round
    from qda.reports.agreement_report.reading import Read
    from qda.reports.agreement_report.view import Seen
    from qda.reports.report import Cell


class Stage(NamedTuple):
    """Some sources at some time: the coefficient of each code and of all together, and the share both marked."""

    name: str
    coders: str
    sources: int
    by_code: dict[int, float]
    value: float | None
    share: float | None


def over_time(reader: Reader, seen: Seen) -> Iterator[Part]:
    """The parts on time; without rounds there are none."""
    rounds = opened(reader.study)
    if rounds:
        one = seen.read.done.round
        primary = (one or rounds[-1]).primary
        yield from _rounds(reader, seen, rounds, primary)
        if one is not None:
            yield from _halves(reader, seen, one)


def _stage(name: str, reader: Reader, read: Read, primary: Primary) -> Stage:
    """One coefficient in what was read; of used codes the mean over pairs of coders, together their mean."""
    names = reader.scope.coder_names
    asked = Asked(stat=(primary.stat,), intervals="none")
    unit = primary.unit
    options = Options(
        units=(unit,) if unit in CUT else (),
        uncut=("char", unit) if unit in UNCUT else ("char",),
        rules=(primary.rule,) if primary.rule else (),
        exclusive=exclude_each_other(reader.scope.tree, read.keys) is not None,
        by_source=False,
    )
    found, tables = rows_of(read, options, asked)
    wanted = [row for row in found if (row.unit, row.rule or "") == (unit, primary.rule)]
    kept = {pair for pair in tables if pair in set(read.done.pairs(tables))}
    wanted = [row for row in wanted if row.coders is None or row.coders in kept]
    used = [code for code in read.keys if any(any(one[:3]) for _, by in tables.values() for one in by[code])]
    values = {code: macro(row.figure for row in wanted if row.code == code).value for code in used}
    known = {code: value for code, value in values.items() if value is not None}
    together = macro(row.figure for row in wanted if row.code is None).value
    whole = tables_of.sum_of(one for pair in kept for listed in tables[pair][1].values() for one in listed)
    either = whole.a + whole.b + whole.c
    return Stage(
        name,
        ", ".join(names[key] for key in read.coders),
        len(read.sources),
        known,
        sum(known.values()) / len(known) if known else together,
        whole.a / either if either else None,
    )


def _rounds(reader: Reader, seen: Seen, rounds: Sequence[Round], primary: Primary) -> Iterator[Part]:
    """Round by round, in the order in which they were made."""
    stages, why = [], []
    units = (primary.unit,) if primary.unit in CUT else ()
    for one in rounds:
        try:
            own = Reader(
                reader.study,
                reader.scope,
                done(reader.study, reader.scope, one.name),
                with_accepted=seen.asked.with_accepted,
            )
        except QdaError as error:
            why.append(f"{error}.")
            continue
        read = own.read(units)
        if len(read.coders) > 1:
            stages.append(_stage(one.name, own, read, primary))
    if len(stages) < 2:
        return
    rows = tuple((one.name, one.coders, one.sources, len(one.by_code), one.value, one.share) for one in stages)
    others = [one for one in rounds if one.primary != primary]
    sentences = [
        "Independent codings as they were handed in, before anything was adjudicated. Each round has its own sources"
        f" and coders, so a difference is not by itself one of learning. The figure is {primary_said(primary)} in"
        " all of them, the mean over the codes that were used and have a value.",
        *(f"The round '{one.name}' was judged by {judged_by(one.primary)}." for one in others),
        *why,
    ]
    columns = ("round", "coders", "sources", "codes", primary.stat, "share both")
    yield Part("Rounds over time", tuple(sentences), Table(columns, rows))
    yield from _by_code(reader, "Codes over the rounds", "round", stages)


def _by_code(reader: Reader, heading: str, kind: str, stages: Sequence[Stage]) -> Iterator[Part]:
    """The codes that have a value at least twice."""
    tree = reader.scope.tree
    rows: list[tuple[Cell, ...]] = []
    for code in reader.scope.codes:
        values = [one.by_code.get(code.key) for one in stages]
        if sum(value is not None for value in values) > 1:
            rows.append((tree.by_key[code.key].path, *values))
    if rows:
        columns = ("code", *(f"{kind} {one.name}".lstrip() for one in stages))
        yield Part(heading, ("Codes that have a value in two of them at least.",), Table(columns, tuple(rows)))


def _halves(reader: Reader, seen: Seen, one: Round) -> Iterator[Part]:
    """The sources of a round that were finished first against those that were finished later."""
    when = reader.study.counts.finished(one.key)
    sources = sorted(seen.read.sources, key=lambda source: when[source.key])
    if len(sources) < 2:
        return
    heading, middle = "First half against second half of the round", (len(sources) + 1) // 2
    rule = (
        "Sources in the order in which the last of their coders said to be done with them, at the latest by handing in;"
        " of those handed in together, in the order of the last coding in them. With an odd number the middle one is in"
        " the first half."
    )
    if when[sources[middle - 1].key] == when[sources[middle].key]:
        yield Part(heading, (f"{rule} That order cannot be told here, so there are no halves.",))
        return
    stages = [
        _stage(name, reader, replace(seen.read, sources=half), one.primary)
        for name, half in (("first half", sources[:middle]), ("second half", sources[middle:]))
    ]
    names = reader.scope.source_names
    listed = [", ".join(names[source.key] for source in half) for half in (sources[:middle], sources[middle:])]
    rows = tuple(
        (stage.name, said, stage.sources, len(stage.by_code), stage.value, stage.share)
        for stage, said in zip(stages, listed, strict=True)
    )
    columns = ("half", "which", "sources", "codes", one.primary.stat, "share both")
    said = f"The figure is {primary_said(one.primary)}, the mean over the codes that have a value."
    yield Part(heading, (rule, said), Table(columns, rows))
    yield from _by_code(reader, "Codes in the two halves", "", stages)
