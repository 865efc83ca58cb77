"""Which code one coder put where another put another one, or nothing: code by code, and family by family."""

from __future__ import annotations

from collections import Counter
from itertools import combinations
from typing import TYPE_CHECKING

from qda.reports.agreement.confusion import NOTHING, confusion, rolled_up
from qda.reports.agreement.patterns import Patterns, patterns
from qda.reports.report import Part, Table

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from qda.reports.agreement.coded import CodedSource
    from qda.reports.agreement_report.view import Seen

MOST = 8
Row = tuple[int, str, str, str]
"""Characters, the two coders, what the first put, what the other put."""


def confusions(seen: Seen) -> Iterator[Part]:
    """Codes against codes and against nothing; then the same with every code counted as the family it stands in."""
    sources = seen.read.common()
    another, alone = _rows(seen, sources, seen.read.keys)
    yield from _largest("Which code instead", "Where one coder put one code and the other another.", another)
    yield from _largest("Which code against nothing", "Where only one coder put a code.", alone)
    tree = seen.scope.tree
    tops = {code: tree.above(code)[-1] for code in seen.read.keys}
    if all(code == top for code, top in tops.items()):
        return
    another, alone = _rows(seen, [rolled_up(one, tops) for one in sources], list(dict.fromkeys(tops.values())))
    said = "Every code counts as the family at the top of the codebook that it stands in."
    yield from _largest("Which family instead", f"{said} Where two coders put different ones.", another)
    yield from _largest("Which family against nothing", f"{said} Where only one coder put any of its codes.", alone)


def _rows(seen: Seen, sources: Sequence[CodedSource], codes: Sequence[int]) -> tuple[list[Row], list[Row]]:
    """Where two coders put different codes, and where only one put any; the largest first."""
    paths = {key: code.path for key, code in seen.scope.tree.by_key.items()} | {NOTHING: "(nothing)"}
    rows: tuple[list[Row], list[Row]] = ([], [])
    for pair in combinations(seen.read.coders, 2):
        found: Patterns = Counter()
        for source in sources:
            if pair[0] in source.coders and pair[1] in source.coders:
                found.update(patterns(source, pair, codes))
        for (mine, theirs), size in confusion(found, (0, 1), codes).items():
            if mine != theirs:
                rows[NOTHING in {mine, theirs}].append((size, seen.named(pair), paths[mine], paths[theirs]))
    for listed in rows:
        listed.sort(key=lambda one: (-one[0], one[1:]))
    return rows


def _largest(heading: str, sentence: str, rows: list[Row]) -> Iterator[Part]:
    if rows:
        sentence += " The largest first."
        if len(rows) > MOST:
            sentence += f" {len(rows) - MOST} smaller ones are left out."
        largest = tuple((who, mine, theirs, size) for size, who, mine, theirs in rows[:MOST])
        columns = ("coders", "the first put", "the other put", "characters")
        yield Part(heading, (sentence,), Table(columns, largest))
