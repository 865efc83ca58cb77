"""The same coder twice: what one coder handed in for two rounds of the same text, compared like two coders."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations
from typing import TYPE_CHECKING, NamedTuple

from qda.model.spans import ROW
from qda.reports.agreement.pair_rows import pair_rows
from qda.reports.agreement_report.compared import outside
from qda.reports.agreement_report.counted import setting_of
from qda.reports.agreement_report.done import Doing, Done, handed_in
from qda.reports.agreement_report.reading import Reader
from qda.reports.report import Part, Table

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from qda.model.rounds import Round
    from qda.model.spans import Span
    from qda.reports.agreement.rows import Options, Row
    from qda.reports.agreement_report.asked import Asked
    from qda.reports.agreement_report.reading import Read
    from qda.reports.report import Cell
    from qda.reports.scope import Scope
    from qda.store import Study

FIRST, SECOND = -1, -2
"""In the place of coders' keys: the coder in the earlier of the two rounds, and in the later."""


class Again(NamedTuple):
    """One coder in two rounds: what was read, the rows that compare them, and what stood unchanged in both.

    The scope of the reader names the two as `Anna (pilot)` and `Anna (main)`. `kept` are the codings of the second
    that are the very codings of the first, and `of` all of the second.
    """

    coder: int
    rounds: tuple[Round, Round]
    reader: Reader
    read: Read
    rows: list[Row]
    kept: int
    of: int

    @property
    def names(self) -> tuple[str, str]:
        """The two by their names."""
        return self.reader.scope.coder_names[FIRST], self.reader.scope.coder_names[SECOND]


def opened(study: Study) -> list[Round]:
    """The rounds whose codings everybody may see: open ones, and those that are revealed."""
    return [one for one in study.rounds.all() if one.revealed or not one.blind]


def recodings(study: Study, scope: Scope, options: Options, asked: Asked) -> list[Again]:
    """Everybody who handed in the same text in two rounds; with a round, only where it is one of the two."""
    given: dict[int, list[tuple[int, Round]]] = {}
    for one in opened(study):
        for coder, change in study.rounds.submitted(one.key).items():
            if scope.coders is None or coder in scope.coders:
                given.setdefault(coder, []).append((change, one))
    found = []
    for coder in scope.coder_names:
        listed = sorted(given.get(coder, ()), key=lambda one: one[0])
        for (_, earlier), (_, later) in combinations(listed, 2):
            if not asked.round or asked.round in {earlier.name, later.name}:
                again = _again(study, scope, coder, (earlier, later), (options, asked))
                found += [again] if again is not None else []
    return found


def _again(
    study: Study, scope: Scope, coder: int, rounds: tuple[Round, Round], how: tuple[Options, Asked]
) -> Again | None:
    """One coder in two rounds; None where they share no text."""
    options, asked = how
    done = _done(study, scope, coder, rounds)
    if done is None:
        return None
    name = scope.coder_names[coder]
    names = {FIRST: f"{name} ({rounds[0].name})", SECOND: f"{name} ({rounds[1].name})"}
    reader = Reader(study, replace(scope, coder_names=names), done, with_accepted=asked.with_accepted)
    read = reader.read(())
    if not read.sources:
        return None
    setting, tables = setting_of(read, options)
    rows = [row for row in pair_rows(setting, tables) if asked.wants(row.stat)]
    first, second = ({row for one in read.sources for row in _rows(reader, one.key, key)} for key in (FIRST, SECOND))
    return Again(coder, rounds, reader, read, rows, len(first & second), len(second))


def _rows(reader: Reader, source: int, key: int) -> set[int]:
    doing = reader.done.by_source[source][key]
    return {segment[ROW] for _, segment in reader.counted(source, {key: doing})[0]}


def _done(study: Study, scope: Scope, coder: int, rounds: tuple[Round, Round]) -> Done | None:
    """What both rounds assigned to the coder of the text as it is now."""
    revisions = {source.key: (source.revision_key, source.characters) for source in scope.sources}
    parts: list[dict[int, list[Span]]] = []
    for one in rounds:
        here: dict[int, list[Span]] = {}
        for who, part in study.rounds.assignments(one.key):
            if who == coder and part.source in revisions and revisions[part.source][0] == part.revision:
                whole = (0, revisions[part.source][1])
                here.setdefault(part.source, []).append(whole if part.whole else (part.start, part.end))
        parts.append(here)
    doing = [handed_in(study, one, study.rounds.submitted(one.key))[coder]._replace(whose=coder) for one in rounds]
    by_source: dict[int, dict[int, Doing]] = {}
    stretches: dict[int, list[Span]] = {}
    for source in parts[0].keys() & parts[1].keys():
        length = revisions[source][1]
        out = sorted(span for here in parts for span in outside(sorted(here[source]), length))
        shared = outside(out, length)
        if shared:
            by_source[source] = {FIRST: doing[0], SECOND: doing[1]}
            if out:
                stretches[source] = shared
    return Done(by_source, stretches) if by_source else None


def recoding_part(found: Sequence[Again]) -> Iterator[Part]:
    """How far each coder agrees with themselves."""
    rows: list[tuple[Cell, ...]] = []
    for one in found:
        rows_of_all = [row for row in one.rows if row.source is None and row.unit == "char"]
        values = {row.stat: row.figure.value for row in rows_of_all if row.code is None}
        both, first, second = (
            sum(int(row.figure.value or 0) for row in rows_of_all if row.stat == name) for name in "abc"
        )
        share = both / (both + first + second) if both + first + second else None
        means = (values.get(name) for name in ("macro_alpha", "macro_kappa", "pooled_kappa"))
        rows.append((*one.names, len(one.read.sources), *means, share, both, first, second, f"{one.kept} of {one.of}"))
    if rows:
        sentence = (
            "What one coder handed in for two rounds of the same text, in the text as it is now; it says how stable a"
            " coder is, and is no agreement between coders. Codings that were left standing from the first round were"
            " not made anew (kept: how many of those of the second); the more of them, the less the figures say."
        )
        columns = ("first", "second", "sources", "mean alpha", "mean kappa", "pooled kappa", "share both", "both")
        table = Table((*columns, "only first", "only second", "kept"), tuple(rows))
        yield Part("The same coder twice", (sentence,), table)
