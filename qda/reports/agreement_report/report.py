"""How far coders agree: every coefficient with its unit and rule, its interval over sources, and why one is missing."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from qda.errors import UsageError
from qda.reports.agreement.rows import UNCUT, Options
from qda.reports.agreement_report.asked import CUT, RULES, Asked
from qda.reports.agreement_report.counted import exclude_each_other, families_of_levels, rows_of
from qda.reports.agreement_report.done import done
from qda.reports.agreement_report.evidence import gather
from qda.reports.agreement_report.excluded import excluded
from qda.reports.agreement_report.headline import lead_of
from qda.reports.agreement_report.methods import methods_of
from qda.reports.agreement_report.parts import parts_of
from qda.reports.agreement_report.places import DESCRIBED, kinds_said, places, places_evidence, places_table
from qda.reports.agreement_report.reading import Reader
from qda.reports.agreement_report.recoding import recodings
from qda.reports.agreement_report.view import codes_table, notes_of, seen_of
from qda.reports.manifest import manifest
from qda.reports.report import Cell, Report, Table
from qda.reports.scope import look_up, translated

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qda.model.selection import Selection
    from qda.reports.agreement.rows import Row
    from qda.reports.agreement_report.reading import Read
    from qda.reports.agreement_report.recoding import Again
    from qda.reports.scope import Scope
    from qda.store import Study

COLUMNS = ("stat", "unit", "rule", "code", "source", "coders", "value", "low", "high", "n_sources", "reason")


def agreement(study: Study, selection: Selection, **asked: Any) -> Report:
    """How far coders agree on the selected codes, in the sources with which several of them are done.

    Args:
        study: The study.
        selection: What is compared; its layer is always that of independent codings.
        **asked: `round`: the codings as they were handed in for a round; `unit` and `stat`: only these units and
            figures; `rule`: `any` or `majority`, when a turn or a sentence counts as coded; `overlap`: the least
            overlap of passages that count as the same; `by_source`: rows of each source too; `intervals`:
            `jackknife`, `bootstrap` or `none`; `seed`: of the bootstrap; `with_accepted`: count accepted suggestions
            of rules and models too; `disagreements`: list the places where coders are apart instead of figures.

    Raises:
        QdaError: There is no such round, or it cannot be compared yet.
        UsageError: An option does not fit.
    """
    given: dict[str, Any] = {**asked, **{name: tuple(asked.get(name, ())) for name in ("unit", "stat")}}
    wanted = Asked(**given)
    wanted.check()
    if selection.layer == "consensus":
        raise UsageError("agreement is between what coders coded alone; the consensus is what they made of it")
    scope = look_up(study, replace(selection, layer="independent"))
    reader = Reader(study, scope, done(study, scope, wanted.round), with_accepted=wanted.with_accepted)
    read = reader.read(() if wanted.disagreements else wanted.units)
    if wanted.disagreements:
        return _listed(study, reader, read, wanted)
    options = _options(scope, read, wanted)
    found, tables = rows_of(read, options, wanted)
    twice = recodings(study, scope, options, wanted)
    missing = sorted({*wanted.stat} - {row.stat for one in (found, *(again.rows for again in twice)) for row in one})
    if missing and len(read.coders) > 1:
        raise UsageError(f"no figure here is called '{missing[0]}'; docs/agreement.md and the column stat name them")
    rows = tuple(_cells(one, row, wanted) for one, listed in _each(scope, found, twice) for row in listed)
    said = replace(scope, selection=replace(scope.selection, layer=""))
    seen = seen_of(scope, read, wanted, found, tables)
    return Report(
        name="agreement",
        title=_title(scope, read, wanted),
        unit="as each row says; char: characters of the text that is compared",
        table=Table(COLUMNS, rows),
        notes=(*notes_of(seen), *_around(study, scope, read)),
        manifest=manifest(study, said, "agreement", wanted.words()),
        evidence=lambda: gather([(reader, read), *((one.reader, one.read) for one in twice)], options.levels, rows),
        view=codes_table(seen),
        lead=lead_of(study, seen),
        parts=lambda: parts_of(reader, seen, twice, methods_of(study, seen)),
    )


def _each(scope: Scope, found: Sequence[Row], twice: Sequence[Again]) -> list[tuple[Scope, Sequence[Row]]]:
    """The rows of coders with each other and with themselves, each with the scope that names them."""
    return [(scope, found), *((one.reader.scope, one.rows) for one in twice)]


def _listed(study: Study, reader: Reader, read: Read, asked: Asked) -> Report:
    """The places where coders are apart, one by one."""
    scope = reader.scope
    found = places(reader, read)
    table = places_table(reader, read, found)
    said = replace(scope, selection=replace(scope.selection, layer=""))
    return Report(
        name="agreement",
        title=f"Disagreements{_title(scope, read, asked).removeprefix('Agreement')}",
        unit="places in the text where two coders are apart; start and end count characters from 0",
        table=table,
        notes=(*kinds_said(found), *_around(study, scope, read)),
        manifest=manifest(study, said, "agreement", asked.words()),
        evidence=lambda: places_evidence(reader, read, found, table.rows),
        described=DESCRIBED,
    )


def _options(scope: Scope, read: Read, asked: Asked) -> Options:
    units = asked.units
    return Options(
        overlap=asked.overlap,
        units=tuple(unit for unit in units if unit in CUT),
        uncut=tuple(unit for unit in units if unit in UNCUT),
        rules=(asked.rule,) if asked.rule else RULES,
        exclusive=exclude_each_other(scope.tree, read.keys) is not None,
        levels=families_of_levels(scope.tree, read.keys),
        by_source=asked.by_source,
        intervals=asked.intervals,  # type: ignore[arg-type] # checked before
        seed=asked.seed,
    )


def _cells(scope: Scope, row: Row, asked: Asked) -> tuple[Cell, ...]:
    names = scope.coder_names
    rule = row.rule
    if row.unit == "segment" and row.stat.startswith("segment") and asked.overlap != Asked.overlap:
        rule = f"overlap {asked.overlap:g}"
    low, high, reason = None, None, row.figure.reason
    if row.interval is not None:
        low, high = row.interval.low, row.interval.high
        if row.figure.value is not None and low is None:
            reason = f"no interval: {row.interval.reason}"
    return (
        row.stat,
        row.unit,
        rule,
        None if row.code is None else scope.tree.by_key[row.code].path,
        None if row.source is None else scope.source_names[row.source],
        None if row.coders is None else "|".join(names[coder] for coder in row.coders),
        row.figure.value,
        low,
        high,
        row.sources,
        reason,
    )


def _title(scope: Scope, read: Read, asked: Asked) -> str:
    names = [scope.coder_names[key] for key in read.coders]
    who = f"{', '.join(names[:-1])} and {names[-1]}" if len(names) > 1 else "nobody to compare yet"
    return f"Agreement of coders{f' in the round {asked.round}' if asked.round else ''}: {who}"


def _around(study: Study, scope: Scope, read: Read) -> tuple[str, ...]:
    """What figures and places alike stand on: whose words, in which languages, and what is left out."""
    return (*_narrowed(scope), *_languages(study, scope), *excluded(scope, read), *scope.rolled_up())


def _languages(study: Study, scope: Scope) -> list[str]:
    """Which translations are compared at their originals, and what that does to the figures."""
    notes = list(translated(study, scope))
    if notes:
        notes.append(
            "A coding of a translation stands on all of the part of the original that says the same: coders who worked"
            " in two languages can be apart on characters where they mean the same; turns and sentences ask for less."
        )
    return notes


def _narrowed(scope: Scope) -> Sequence[str]:
    if not scope.selection.where:
        return ()
    return (f"Only words of {' and '.join(f'{name} = {value}' for name, value in scope.selection.where)}.",)
