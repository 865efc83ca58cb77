"""In which interview each code is used first, in order of date, and how much new a run of interviews brings.

Base, run and threshold are those of Guest, Namey and Chen (2020), "A simple method to assess and report thematic
saturation in qualitative research", PLoS ONE 15(5): e0232076.
"""

from __future__ import annotations

from functools import reduce
from itertools import accumulate
from operator import or_
from random import Random
from typing import TYPE_CHECKING, NamedTuple

from qda.errors import UsageError
from qda.model.nouns import many
from qda.model.spans import ROW
from qda.reports.counting import Codings
from qda.reports.manifest import manifest
from qda.reports.report import Evidence, Part, Report, Table, cell_name
from qda.reports.scope import listed, look_up

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qda.model.nouns import Source
    from qda.model.selection import Selection
    from qda.reports.report import Cell
    from qda.reports.scope import Scope
    from qda.store import Study

GROUPS = ("codes", "a_priori", "open")
COLUMNS = (
    *("source", "date", "interview", "new_codes", "new_a_priori", "new_open", "codes", "codes_a_priori", "codes_open"),
    *("low", "high", "share_new", "share_new_a_priori", "share_new_open", "first_used"),
)
VIEW = ("source", "date", "new", "a-priori", "open", "so far", "band", "run")
MOST_ORDERS = 10_000


class Rule(NamedTuple):
    """Base and run in interviews, the share of new codes that counts as little, and the orders of the band."""

    base: int = 4
    run: int = 2
    threshold: float = 0.05
    orders: int = 200
    seed: int = 1


class Read(NamedTuple):
    """The interviews in order, the codes of each as bits, and the bits of each group of codes."""

    sources: list[Source]
    used: list[int]
    groups: dict[str, int]
    rows: dict[tuple[int, int], list[int]]


def saturation(
    study: Study,
    selection: Selection,
    *,
    base: int = 4,
    run: int = 2,
    threshold: float = 0.05,
    orders: int = 200,
    seed: int = 1,
) -> Report:
    """First uses of the selected codes over the interviews in order of date.

    Args:
        study: The study.
        selection: What is counted.
        base: With how many first interviews runs are compared.
        run: How many interviews are a run.
        threshold: The share of new codes, of those of the base, that counts as little new information.
        orders: In how many random orders of the interviews the band is found.
        seed: Of these orders.

    Raises:
        UsageError: A number does not fit.
    """
    rule = Rule(base, run, threshold, orders, seed)
    _check(rule)
    scope = look_up(study, selection)
    read, left = _read(study, scope)
    rows = tuple(_rows(scope, read, rule))
    return Report(
        name="saturation",
        title=f"New codes by interview: {scope.whose}",
        unit="codes used for the first time, in order of date",
        table=Table(COLUMNS, rows),
        notes=(*_notes(read, rule), *left, *scope.rolled_up(), *scope.notes, *scope.pooled),
        manifest=manifest(study, scope, "saturation", _options(rule)),
        evidence=lambda: _evidence(study, scope, read),
        view=_view(rows),
        lead=tuple(_lead(read, rule)),
        parts=lambda: _parts(scope, read),
    )


def _check(rule: Rule) -> None:
    if rule.base < 1 or rule.run < 1:
        raise UsageError("--base and --run are numbers of interviews, 1 or more")
    if not 0 <= rule.threshold < 1:
        raise UsageError(f"--threshold is a share from 0 to below 1, as 0.05, not '{rule.threshold:g}'")
    if not 1 <= rule.orders <= MOST_ORDERS:
        raise UsageError(f"--orders is a number from 1 to {MOST_ORDERS}")


def _options(rule: Rule) -> list[str]:
    words: list[str] = []
    for name, value in rule._asdict().items():
        if value != Rule._field_defaults[name]:
            words += [f"--{name}", f"{value:g}" if isinstance(value, float) else str(value)]
    return words


def _read(study: Study, scope: Scope) -> tuple[Read, list[str]]:
    """The interviews that were read, in order of date and name, with what each of them uses."""
    codings = Codings(study, scope, roll_up=scope.selection.roll_up)
    bits = {code.key: 1 << number for number, code in enumerate(scope.codes)}
    used: dict[int, int] = {}
    rows: dict[tuple[int, int], list[int]] = {}
    for source, by_code in codings.sources():
        for code, segments in by_code.items():
            kept = [one[ROW] for passage in codings.passages(source, segments) for one in passage[2]]
            if kept and code in bits:
                used[source] = used.get(source, 0) | bits[code]
                rows[source, code] = kept
    done = {source for source, _, _, state, _ in study.progress.counted() if state == "done"}
    looked = [one for one in scope.sources if scope.voices.get(one.key) or one.key in done or one.key in used]
    looked.sort(key=lambda one: (not one.date, one.date, one.name))
    apriori = sum(bits[code.key] for code in scope.codes if code.entry.origin == "a-priori")
    groups = {"codes": sum(bits.values()), "a_priori": apriori, "open": sum(bits.values()) & ~apriori}
    notes = _left(scope, looked, codings)
    return Read(looked, [used.get(one.key, 0) for one in looked], groups, rows), notes


def _left(scope: Scope, looked: list[Source], codings: Codings) -> list[str]:
    """What is said about the order, and about interviews that nobody has read yet."""
    notes = []
    undated = [one.name for one in looked if not one.date]
    if undated:
        notes.append(f"Without a date, so put last, in order of name: {listed(undated)}.")
    days = [one.date for one in looked if one.date]
    if len({*days}) < len(days):
        notes.append("Interviews of one date stand in order of name.")
    unread = [one.name for one in scope.sources if one not in looked]
    if unread:
        notes.append(f"Nobody has coded these yet, so they are left out: {listed(unread)}.")
    return [*notes, *codings.notes()]


def first_uses(used: Sequence[int]) -> list[int]:
    """The bits that are new in each interview."""
    before = [0, *accumulate(used, or_)]
    return [one & ~known for one, known in zip(used, before, strict=False)]


def new_shares(used: Sequence[int], rule: Rule) -> list[float | None]:
    """For each interview that ends a run: new codes of the run divided by the codes of the base.

    None before the first run has ended, and where the base has no codes. Runs begin after the base.
    """
    new = first_uses(used)
    whole = reduce(or_, used[: rule.base], 0).bit_count()
    runs = (sum(one.bit_count() for one in new[end - rule.run : end]) for end in range(rule.run, len(used) + 1))
    ended = [None] * (rule.run - 1) + [of_run / whole if whole else None for of_run in runs]
    return [share if place >= rule.base + rule.run else None for place, share in enumerate(ended[: len(used)], start=1)]


def band(used: Sequence[int], rule: Rule) -> list[tuple[int, int]]:
    """Between which numbers of codes 95 % of random orders lie after each number of interviews."""
    random = Random(rule.seed)  # noqa: S311 - orders to compare with, nothing secret
    order = list(used)
    drawn: list[list[int]] = []
    for _ in range(rule.orders):
        random.shuffle(order)
        drawn.append([known.bit_count() for known in accumulate(order, or_)])
    low, high = rule.orders * 25 // 1000, -(-rule.orders * 975 // 1000) - 1
    return [(counts[low], counts[high]) for counts in (sorted(column) for column in zip(*drawn, strict=True))]


def _rows(scope: Scope, read: Read, rule: Rule) -> list[tuple[Cell, ...]]:
    new = first_uses(read.used)
    known = list(accumulate(read.used, or_))
    shares = {name: new_shares([one & bits for one in read.used], rule) for name, bits in read.groups.items()}
    edges = band(read.used, rule) if read.used else []
    rows: list[tuple[Cell, ...]] = []
    for place, source in enumerate(read.sources):
        paths = [code.path for number, code in enumerate(scope.codes) if new[place] >> number & 1]
        rows.append(
            (
                *(source.name, source.date or None, place + 1),
                *((new[place] & read.groups[name]).bit_count() for name in GROUPS),
                *((known[place] & read.groups[name]).bit_count() for name in GROUPS),
                *edges[place],
                *(shares[name][place] for name in GROUPS),
                "|".join(path.replace("|", "\\|") for path in paths),
            )
        )
    return rows


def _view(rows: tuple[tuple[Cell, ...], ...]) -> Table:
    """The table for reading, narrow: the band as one column, without the names of the codes."""
    at = {name: place for place, name in enumerate(COLUMNS)}
    lines: list[tuple[Cell, ...]] = []
    for row in rows:
        share = row[at["share_new"]]
        lines.append(
            (
                *(row[at["source"]], row[at["date"]] or ""),
                *(row[at[f"new_{name}"]] for name in GROUPS),
                *(row[at["codes"]], f"{row[at['low']]}-{row[at['high']]}"),
                f"{share * 100:.1f} %" if isinstance(share, float) else "",
            )
        )
    return Table(VIEW, tuple(lines))


def _lead(read: Read, rule: Rule) -> list[str]:
    """Where a run first brought little new, for all codes and for each group, without a word on what that proves."""
    said = []
    for name, words in (("codes", "all codes"), ("a_priori", "a-priori codes"), ("open", "open codes")):
        shares = new_shares([one & read.groups[name] for one in read.used], rule)
        few = [place for place, share in enumerate(shares, start=1) if share is not None and share <= rule.threshold]
        again = [place for place, share in enumerate(shares, start=1) if few and place > few[0] and _above(share, rule)]
        if not few:
            said.append(f"{words}: in no run")
        else:
            later = f", above it again at {', '.join(map(str, again))}" if again else ""
            said.append(f"{words}: first in the run that ends with interview {few[0]}{later}")
    little = f"{rule.threshold * 100:g} % or less"
    return [
        f"New codes of a run of {many(rule.run, 'interview')} were {little} of those of the first {rule.base}"
        f" ({'; '.join(said)})."
    ]


def _above(share: float | None, rule: Rule) -> bool:
    return share is not None and share > rule.threshold


def _notes(read: Read, rule: Rule) -> list[str]:
    whole = reduce(or_, read.used, 0)
    unused = (read.groups["codes"] & ~whole).bit_count()
    used = many(whole.bit_count(), "code")
    return [
        f"Base: {many(len(read.sources), 'interview')} in order of date; {used} used in them, {unused} of the selected"
        " not at all.",
        f"run: codes first used in the {many(rule.run, 'interview')} up to here, of those used in the first {rule.base}"
        " (Guest, Namey and Chen 2020); empty before the first run has ended.",
        f"band: codes after so many interviews in 95 % of {rule.orders} random orders (seed {rule.seed}).",
        "a-priori: codes that stood in the codebook before the coding, which can only be found; open: all others, which"
        " came up.",
        "Few new codes say something about these interviews, these codes and this order; they do not say that other"
        " interviews would bring nothing new.",
    ]


def _parts(scope: Scope, read: Read) -> tuple[Part, ...]:
    """Each code with the interview in which it is used first."""
    rows: list[tuple[Cell, ...]] = []
    for place, bits in enumerate(first_uses(read.used)):
        source = read.sources[place]
        rows += [
            (place + 1, source.date or "", source.name, code.path, code.entry.origin)
            for number, code in enumerate(scope.codes)
            if bits >> number & 1
        ]
    return (Part("First use of each code", (), Table(("interview", "date", "source", "code", "origin"), tuple(rows))),)


def _evidence(study: Study, scope: Scope, read: Read) -> Evidence:
    """The codings behind the codes that are new in each interview."""
    ids = study.counts.ids(row for rows in read.rows.values() for row in rows)
    codings: dict[str, list[str]] = {}
    empty: dict[str, list[str]] = {}
    for source, bits in zip(read.sources, first_uses(read.used), strict=True):
        for name in GROUPS:
            rows = [
                row
                for number, code in enumerate(scope.codes)
                if (bits & read.groups[name]) >> number & 1
                for row in read.rows[source.key, code.key]
            ]
            cell = cell_name(source.name, f"new_{name}")
            codings[cell] = sorted({ids[row] for row in rows})
            if not rows:
                empty[cell] = [source.name]
    return Evidence(codings, empty)
