"""What stands behind the table of codes: pairs, sources, where or what, confusions, cautions, other ways to count."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from qda.model.nouns import many
from qda.reports.agreement import exclusive, paradox
from qda.reports.agreement import matches as matching
from qda.reports.agreement import table as tables_of
from qda.reports.agreement.figure import macro
from qda.reports.agreement_report.confusions import confusions
from qda.reports.agreement_report.consensus import consensus_part
from qda.reports.agreement_report.gold import gold_part
from qda.reports.agreement_report.methods import LITERATURE
from qda.reports.agreement_report.over_time import over_time
from qda.reports.agreement_report.places import places_part
from qda.reports.agreement_report.planning import planning
from qda.reports.agreement_report.recoding import recoding_part
from qda.reports.report import Cell, Part, Table
from qda.reports.scope import listed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from qda.reports.agreement.rows import Pair
    from qda.reports.agreement_report.reading import Reader
    from qda.reports.agreement_report.recoding import Again
    from qda.reports.agreement_report.view import Seen

ADVICE = {
    paradox.RARE: (
        "Rare, on less than 5 % of the text: percent and AC1 mostly measure the agreement to code nothing.",
        "read positive and jaccard",
    ),
    paradox.COMMON: (
        "Nearly everywhere: percent and AC1 mostly measure the agreement to code.",
        "read negative",
    ),
    paradox.SKEWED: (
        "One coder marks at least twice as much as another, so kappa cannot reach 1.",
        "compare with kappa_max, and sharpen what the code includes",
    ),
    paradox.ONE_SIDED: (
        "Only one of two coders used it: percent looks good although nothing is shared.",
        "ask the other coder why",
    ),
    paradox.BOUNDARY: (
        "The same places with other ends: the code holds, where a passage begins and ends does not.",
        "agree on that",
    ),
}


def parts_of(reader: Reader, seen: Seen, twice: Sequence[Again], methods: Part) -> tuple[Part, ...]:
    """The parts, those that have nothing to say left out; the study must still be open."""
    if seen.asked.stat:
        return ()
    if len(seen.read.coders) < 2:
        return tuple(recoding_part(twice))
    char = "char" in seen.asked.units
    found = [
        *(gold_part(seen) if char else ()),
        *(_pairs(seen) if char else ()),
        *(_sources(seen) if char else ()),
        *_where_or_what(seen),
        *(confusions(seen) if char else ()),
        *places_part(reader, seen.read),
        *(_cautions(seen) if char else ()),
        *_sensitivity(seen),
        *over_time(reader, seen),
        *recoding_part(twice),
        *(consensus_part(reader, seen) if char else ()),
        *(planning(seen) if char else ()),
        LITERATURE,
        methods,
    ]
    return tuple(found)


def _sum(tables: Iterable[tables_of.Table]) -> tables_of.Table:
    return tables_of.sum_of(tables)


def _shared(one: tables_of.Table) -> float | None:
    return one.a / (one.a + one.b + one.c) if one.a + one.b + one.c else None


def _pairs(seen: Seen) -> Iterator[Part]:
    rows: list[tuple[Cell, ...]] = []
    for pair, (shared, by_code) in seen.tables.items():
        whole = _sum(one for tables in by_code.values() for one in tables)
        figures = [seen.value(name, "char", pair=pair) for name in ("macro_alpha", "macro_kappa", "pooled_kappa")]
        rows.append((seen.named(pair), len(shared), *figures, _shared(whole), whole.a, whole.b, whole.c))
    columns = ("coders", "sources", "mean alpha", "mean kappa", "pooled kappa", "share both")
    sentence = (
        "Means are plain means over the codes that have a value; pooled kappa is that of de Vries et al. (2008). share"
        " both: of the characters that either marked, those that both marked, codes added."
    )
    yield Part("Pairs of coders", (sentence,), Table((*columns, "both", "only first", "only second"), tuple(rows)))


def _sources(seen: Seen) -> Iterator[Part]:
    by_source: dict[int, list[tables_of.Table]] = {}
    for shared, by_code in seen.tables.values():
        for tables in by_code.values():
            for number, one in zip(shared, tables, strict=True):
                by_source.setdefault(number, []).append(one)
    rows: list[tuple[Cell, ...]] = []
    for number, source in enumerate(seen.read.sources):
        whole = _sum(by_source.get(number, ()))
        name = seen.scope.source_names[source.key]
        rows.append((name, len(source.coders), source.length, _shared(whole), whole.a, whole.b + whole.c))
    columns = ("source", "coders", "characters", "share both", "both", "only one")
    yield Part("Sources", ("All codes and pairs of coders added.",), Table(columns, tuple(rows)))


def _where_or_what(seen: Seen) -> Iterator[Part]:
    """For each family whose codes exclude each other in the text: the same places, and the same code there."""
    tree, wanted = seen.scope.tree, set(seen.read.keys)
    coders = seen.read.coders
    sources = [one for one in seen.read.common() if all(coder in one.coders for coder in coders)]
    rows: list[tuple[Cell, ...]] = []
    for code in tree.codes:
        codes = [key for key in tree.below(code.key) if key in wanted]
        if code.entry.exclusive != "text" or len(codes) < 2 or not sources:
            continue
        tallies = [exclusive.tally(source, coders, codes) for source in sources]
        whole = [one for one in tallies if one is not None]
        if len(whole) < len(tallies):
            rows.append((code.path, None, None, None, "codes overlap in the text of one coder"))
            continue
        made = exclusive.figures(exclusive.sum_of(whole, len(codes)), len(coders))
        nominal, binary, which = made
        rows.append((code.path, binary.value, which.value, nominal.value, which.reason or binary.reason or ""))
    if rows:
        sentence = (
            "Where: did the coders mark the same text, whatever the code (|uα, u_alpha_binary)? What: did they put the"
            " same code where several marked (cuα, u_alpha_cu)? Both: uα (u_alpha_nominal). Only for families that are"
            f" 'exclusive: text', over the {many(len(sources), 'source')} that all coders did."
        )
        yield Part("Where or what", (sentence,), Table(("family", "where", "what", "both", "why not"), tuple(rows)))


def _cautions(seen: Seen) -> Iterator[Part]:
    """Which codes call for care, by what it is."""
    found: dict[str, Counter[str]] = {}
    for code in seen.used:
        for pair, (shared, by_code) in seen.tables.items():
            met = matching.sum_of(_matches(seen, code.key, pair, shared))
            for kind in paradox.diagnoses(_sum(by_code[code.key]), met):
                found.setdefault(kind, Counter())[code.path] += 1
    sentences = tuple(
        f"{said} Do: {advice} ({many(len(found[kind]), 'code')}: {listed(_where(found[kind], len(seen.tables)))})"
        for kind, (said, advice) in ADVICE.items()
        if kind in found
    )
    if sentences:
        yield Part("Cautions", sentences)


def _where(found: Counter[str], pairs: int) -> list[str]:
    """Codes, with how many pairs of coders it is about where it is not all of them."""
    return [path if number == pairs else f"{path} (in {number} of {pairs} pairs)" for path, number in found.items()]


def _matches(seen: Seen, code: int, pair: Pair, shared: list[int]) -> Iterator[matching.Matches]:
    for number in shared:
        coders = seen.read.sources[number].coders
        yield matching.matches(coders[pair[0]].get(code, ()), coders[pair[1]].get(code, ()), seen.asked.overlap)


def _sensitivity(seen: Seen) -> Iterator[Part]:
    """The same codings counted in other ways: the mean over codes (and pairs) of what was counted."""
    head = f"segment{round(100 * seen.asked.overlap, 6):g}"
    ways = [
        ("char", None, "percent", "characters, percent"),
        ("char", None, "alpha_nominal", "characters, alpha"),
        ("char", None, "positive", "characters, positive agreement"),
        *(
            (unit, rule, "percent", f"{unit}s, percent ({rule})")
            for unit in ("turn", "sentence")
            for rule in ("any", "majority")
        ),
        *(
            (unit, rule, "alpha_nominal", f"{unit}s, alpha ({rule})")
            for unit in ("turn", "sentence")
            for rule in ("any", "majority")
        ),
        ("segment", None, f"{head}_percent", f"passages that overlap by {100 * seen.asked.overlap:g} %, percent"),
        ("segment", None, "f1_iou50", "passages that overlap by half, F1"),
        ("segment", None, "f1_exact", "passages with the same ends, F1"),
        ("continuum", None, "u_alpha_binary", "unitizing, |uα (2016)"),
    ]
    used = {
        (code.key, pair)
        for code in seen.used
        for pair, (_, by_code) in seen.tables.items()
        if any(any(one[:3]) for one in by_code[code.key])
    } | {(code.key, None) for code in seen.used}
    rows: list[tuple[Cell, ...]] = []
    for unit, rule, stat, said in ways:
        figures = [
            row.figure
            for (name, of, by, code, pair), row in seen.rows.items()
            if (name, of, by) == (stat, unit, rule) and (code, pair) in used
        ]
        mean = macro(figures)
        if mean.value is not None:
            rows.append((said, mean.value, mean.codes))
    if len(rows) > 1:
        sentence = (
            "The mean over the codes that were used (by one of the two, where a figure is of a pair of coders). The"
            " rule alone moves the number, so a number without its unit and rule says nothing."
        )
        yield Part(
            "The same codings, counted in other ways", (sentence,), Table(("counted by", "mean", "values"), tuple(rows))
        )
