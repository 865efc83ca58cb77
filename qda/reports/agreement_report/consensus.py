"""Each coder against the consensus that was recorded later: what adjudication made of their codings."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from qda.model.spans import CONSENSUS
from qda.reports.agreement import table as tables_of
from qda.reports.agreement.figure import macro
from qda.reports.agreement.rows import Options
from qda.reports.agreement_report.counted import setting_of
from qda.reports.agreement_report.done import Doing
from qda.reports.agreement_report.reading import Reader
from qda.reports.report import Part, Table

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qda.reports.agreement_report.view import Seen
    from qda.reports.report import Cell


def consensus_part(reader: Reader, seen: Seen) -> Iterator[Part]:
    """A row for each coder, over the sources that they did and in which a consensus is recorded."""
    recorded = reader.study.counts.consensus_sources()
    by_source = {
        source: {**coders, CONSENSUS: Doing()}
        for source, coders in seen.read.done.by_source.items()
        if source in recorded
    }
    if not by_source:
        return
    scope = replace(reader.scope, coder_names={**reader.scope.coder_names, CONSENSUS: "consensus"})
    done = replace(seen.read.done, by_source=by_source)
    read = Reader(reader.study, scope, done, with_accepted=seen.asked.with_accepted).read(())
    _, tables = setting_of(read, Options(uncut=("char",)))
    rows: list[tuple[Cell, ...]] = []
    for (one, other), (shared, by_code) in tables.items():
        if other != CONSENSUS or not shared:
            continue
        sums = [tables_of.sum_of(listed) for listed in by_code.values()]
        both, own, missing, _ = tables_of.sum_of(sums)
        whole = both + own + missing
        means = [macro(tables_of.by_name(table)[name] for table in sums).value for name in ("kappa", "positive")]
        name = scope.coder_names[one]
        rows.append((name, len(shared), *means, both / whole if whole else None, both, own, missing))
    if rows:
        sentence = (
            "This is no agreement between coders: the consensus was made from their codings, after they had been"
            " compared. All other figures here are of what coders coded on their own, before it. Over the sources in"
            " which a consensus is recorded; means are over the codes that have a value."
        )
        columns = ("coder", "sources", "mean kappa", "mean positive", "share both", "both", "only the coder")
        table = Table((*columns, "only the consensus"), tuple(rows))
        yield Part("Coders and the consensus", (sentence,), table)
