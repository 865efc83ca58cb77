"""Two coders and one code: the table of both, only first, only second and neither, and its coefficients."""

from __future__ import annotations

from math import lcm
from typing import TYPE_CHECKING, Final, NamedTuple

from qda.reports.agreement.figure import EVERYWHERE, NO_CODES, NOBODY, NONE_OF_TWO, Figure
from qda.reports.agreement.lengths import common, total

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from qda.model.spans import Span
    from qda.reports.agreement.coded import CodedSource

NAMES: Final = (
    "percent",
    "kappa",
    "kappa_max",
    "scott_pi",
    "alpha",
    "ac1",
    "bp",
    "positive",
    "negative",
    "jaccard",
    "prevalence_index",
    "bias_index",
)
_NOTHING = (NONE_OF_TWO,) * len(NAMES)


class Table(NamedTuple):
    """Counts of characters (or of turns, sentences): coded by both, only the first, only the second, neither."""

    a: int
    b: int
    c: int
    d: int


NO_TABLE: Final = Table(0, 0, 0, 0)


def table_of(one: Sequence[Span], other: Sequence[Span], length: int) -> Table:
    """The table of two coders' passages of one code in a source, in characters."""
    if not one:
        second = total(other)
        return Table(0, 0, second, length - second)
    if not other:
        first = total(one)
        return Table(0, first, 0, length - first)
    both = common(one, other)
    first, second = total(one) - both, total(other) - both
    return Table(both, first, second, length - both - first - second)


def tables(sources: Iterable[CodedSource], pair: tuple[int, int], codes: Iterable[int]) -> dict[int, list[Table]]:
    """For each code the tables of two coders, one for each source; both must be done with all the sources."""
    found: dict[int, list[Table]] = {code: [] for code in codes}
    for source in sources:
        one, other = source.coders[pair[0]], source.coders[pair[1]]
        length = source.length
        empty = Table(0, 0, 0, length)
        for code, listed in found.items():
            mine, theirs = one.get(code, ()), other.get(code, ())
            listed.append(table_of(mine, theirs, length) if mine or theirs else empty)
    return found


def sum_of(listed: Iterable[Table]) -> Table:
    """The tables of several sources added."""
    columns = list(zip(*listed, strict=True))
    return Table(*map(sum, columns)) if columns else NO_TABLE


def figures(table: Table) -> tuple[Figure, ...]:
    """The coefficients of a table, in the order of `NAMES`.

    With n = a+b+c+d, p1 = a+b and p2 = a+c coded characters, q1 and q2 uncoded ones, P = p1+p2, Q = q1+q2:
    `percent` (a+d)/n; `kappa` Cohen 1960, eq. 1; `kappa_max` Cohen 1960, p. 42: kappa with these margins and the
    most agreement that they allow; `scott_pi` Scott 1955; `alpha` Krippendorff 2011, nominal, 1 - (2n-1)(b+c)/PQ;
    `ac1` Gwet 2008, eq. 5, expected PQ/2n^2; `bp` Brennan & Prediger 1981 with two values, 2(a+d)/n - 1;
    `positive` 2a/(2a+b+c) and `negative` 2d/(2d+b+c), Cicchetti & Feinstein 1990; `jaccard` a/(a+b+c);
    `prevalence_index` |a-d|/n and `bias_index` |b-c|/n, Byrt et al. 1993, without sign, so that the order of the
    coders changes nothing. All are pure numbers.

    Undefined: all of them without characters; every chance-corrected one where nobody used the code or both coded
    everything (AC1 and BP would say 1 then); `positive` and `jaccard` where nobody used it; `negative` where
    nobody left anything out. Decided on the counts.
    """
    a, b, c, d = table
    apart = b + c
    n = a + apart + d
    if not n:
        return _NOTHING
    rest = (
        Figure(2 * d / (2 * d + apart)) if d + apart else EVERYWHERE,
        Figure(a / (a + apart)) if a + apart else NOBODY,
        Figure(abs(a - d) / n),
        Figure(abs(b - c) / n),
    )
    percent = Figure((a + d) / n)
    positive = Figure(2 * a / (2 * a + apart)) if a + apart else NOBODY
    if not a + apart or not d + apart:
        nothing = NOBODY if not a + apart else EVERYWHERE
        return percent, *[nothing] * 6, positive, *rest
    p1, p2 = a + b, a + c
    q1, q2 = n - p1, n - p2
    ever, never = p1 + p2, q1 + q2
    crossed, product = p1 * q2 + p2 * q1, ever * never
    return (
        percent,
        Figure(1 - n * apart / crossed),
        Figure(1 - n * abs(b - c) / crossed),
        Figure(1 - 2 * n * apart / product),
        Figure(1 - (2 * n - 1) * apart / product),
        Figure(1 - 2 * n * apart / (2 * n * n - product)),
        Figure(1 - 2 * apart / n),
        positive,
        *rest,
    )


def by_name(table: Table) -> dict[str, Figure]:
    """The coefficients of a table by their names."""
    return dict(zip(NAMES, figures(table), strict=True))


def pooled_kappa(listed: Iterable[Table]) -> Figure:
    """Kappa over several codes, from the mean observed and the mean expected agreement (de Vries et al. 2008, eq. 4).

    Args:
        listed: One table for each code. A code that nobody used changes nothing, one with an empty table is none.
    """
    given = list(listed)
    tables = [one for one in given if any(one)]
    if not tables:
        return NONE_OF_TWO if given else NO_CODES
    sizes = {sum(one) for one in tables}
    whole = lcm(*sizes)  # the counts of all codes on the characters of as many: means of shares, in whole numbers
    observed = expected = 0
    for a, b, c, d in tables:
        times = whole // (a + b + c + d)
        observed += whole * (b + c) * times
        expected += ((a + b) * (b + d) + (a + c) * (c + d)) * times * times
    return Figure(1 - observed / expected) if expected else Figure(None, "no code that was used and not everywhere")


def holsti(listed: Iterable[Table]) -> Figure:
    """Holsti's coefficient 2M / (N1 + N2) over the decisions to put a code on a unit (Holsti 1969, p. 140).

    M are the units that both coders gave a code, N1 and N2 those that each gave it, added over the codes. To leave
    a unit uncoded is no decision. For one code this is `positive`. Undefined where nobody coded anything.
    """
    both = decisions = 0
    for a, b, c, _ in listed:
        both += a
        decisions += 2 * a + b + c
    return holsti_figure(both, decisions)


def holsti_figure(both: int, decisions: int) -> Figure:
    """Holsti's coefficient from the units that both coders gave a code, and those that each gave it."""
    return Figure(2 * both / decisions) if decisions else NOBODY


def totals(by_code: Mapping[int, Iterable[Table]]) -> dict[int, Table]:
    """For each code the sum of its tables over the sources."""
    return {code: sum_of(listed) for code, listed in by_code.items()}
