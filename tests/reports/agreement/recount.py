"""A whole study counted once more, character by character, from what the published methods say of each row.

Nothing here is shared with the product: a study is plain data, a coder's work is a set of places, and every
coefficient is one of a few general formulas over lists of values, in exact fractions.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations, permutations
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence

    Span = tuple[int, int]
    Place = tuple[str, int]
    Value = Fraction | int | None
    Row = tuple[str, str, str | None, str | None, str | None, str | None]
    Units = list[list[Any]]


@dataclass(frozen=True)
class Text:
    """A source: how long it is, what of it is no data, and its units by their kind."""

    length: int
    not_data: Sequence[Span]
    units: Mapping[str, Sequence[Span]]


@dataclass(frozen=True)
class Told:
    """A study as it is compared.

    `coded` are segments by source, coder and code; `done` the coders who are done with each source; `lacked` the codes
    that the codebook did not have when a coder was done; `levels` the codes of each ordinal family, in order.
    """

    texts: Mapping[str, Text]
    coders: Sequence[str]
    codes: Sequence[str]
    coded: Mapping[tuple[str, str, str], Sequence[Span]]
    done: Mapping[str, Sequence[str]]
    lacked: Mapping[tuple[str, str], Iterable[str]]
    levels: Mapping[str, Sequence[str]]
    exclusive: bool


def share(above: Fraction | int, below: Fraction | int) -> Fraction | None:
    return Fraction(above) / Fraction(below) if below else None


def beyond(seen: Fraction, chance: Fraction, *, varied: bool) -> Fraction | None:
    """Agreement beyond chance; it has no meaning where all gave the same value everywhere."""
    return (seen - chance) / (1 - chance) if varied and chance != 1 else None


# --- general formulas over units, each a list of the values that coders gave -------------------------------


def alpha(units: Units, distance: Callable[[Any, Any], Fraction]) -> Fraction | None:
    """Krippendorff's alpha from a table of coincidences."""
    table: dict[tuple[Any, Any], Fraction] = {}
    for unit in units:
        for one, other in permutations(unit, 2):
            table[one, other] = table.get((one, other), Fraction(0)) + Fraction(1, len(unit) - 1)
    margins: dict[Any, Fraction] = {}
    for (one, _), number in table.items():
        margins[one] = margins.get(one, Fraction(0)) + number
    n = sum(margins.values(), Fraction(0))
    apart = sum((number * distance(*both) for both, number in table.items()), Fraction(0))
    chance = sum((margins[c] * margins[k] * distance(c, k) for c in margins for k in margins), Fraction(0))
    return 1 - (n - 1) * apart / chance if chance else None


def differ(one: Hashable, other: Hashable) -> Fraction:
    return Fraction(one != other)


def ordinal(units: Units) -> Fraction | None:
    given = [value for unit in units if len(unit) > 1 for value in unit]

    def distance(one: int, other: int) -> Fraction:
        low, high = min(one, other), max(one, other)
        inside = sum(low <= value <= high for value in given)
        return Fraction(2 * inside - given.count(low) - given.count(high), 2) ** 2 if low < high else Fraction(0)

    return alpha(units, distance)


def gwet(units: Units) -> dict[str, Fraction | None]:
    """Of noughts and ones by any number of coders: pairs that agree, Fleiss' kappa and Gwet's AC1."""
    pairs = [[one == other for one, other in combinations(unit, 2)] for unit in units if len(unit) > 1]
    if not pairs:
        return {"percent": None, "fleiss": None, "ac1": None, "alpha_nominal": None}
    seen = sum((Fraction(sum(one), len(one)) for one in pairs), Fraction(0)) / len(pairs)
    rated = [unit for unit in units if len(unit) > 1]
    ones = sum((Fraction(sum(unit), len(unit)) for unit in rated), Fraction(0)) / len(rated)
    return {
        "percent": seen,
        "fleiss": beyond(seen, ones**2 + (1 - ones) ** 2, varied=0 < ones < 1),
        "ac1": beyond(seen, 2 * ones * (1 - ones), varied=0 < ones < 1),
        "alpha_nominal": alpha(units, differ),
    }


def jaccard(one: frozenset[str], other: frozenset[str]) -> Fraction:
    return Fraction(len(one & other), len(one | other)) if one | other else Fraction(1)


def masi(one: frozenset[str], other: frozenset[str]) -> Fraction:
    if one == other:
        return Fraction(1)
    alike = Fraction(2, 3) if one <= other or other <= one else Fraction(1, 3) if one & other else Fraction(0)
    return jaccard(one, other) * alike


# --- one study ---------------------------------------------------------------------------------------------


class Recount:
    """Every row of the report on a study, by its name, with its value."""

    def __init__(self, told: Told) -> None:
        self.told = told
        self.rows: dict[Row, Value] = {}
        self.data = {
            name: [at for at in range(text.length) if not any(start <= at < end for start, end in text.not_data)]
            for name, text in told.texts.items()
        }
        self.sources = [name for name in told.texts if len(told.done.get(name, ())) > 1 and self.data[name]]
        self.coders = [
            one for one in told.coders if any(one in told.done[name] for name in told.texts if self.twice(name))
        ]
        self.passages = {
            (name, who, code): self.merged(name, told.coded.get((name, who, code), ()))
            for name in told.texts
            for who in told.coders
            for code in told.codes
        }
        self.marks = {key: frozenset[int]().union(*found) for key, found in self.passages.items()}

    def twice(self, name: str) -> bool:
        return len(self.told.done.get(name, ())) > 1

    def merged(self, name: str, segments: Iterable[Span]) -> list[frozenset[int]]:
        """The passages of one coder and code: what overlaps is one, what only touches is not; then the data in it."""
        left = [set(range(*one)) for one in segments]
        found: list[set[int]] = []
        while left:
            one, again = left.pop(), True
            while again:
                again = False
                for other in [other for other in left if one & other]:
                    one, again = one | other, True
                    left.remove(other)
            found.append(one)
        kept = [frozenset(one & set(self.data[name])) for one in found]
        return [one for one in kept if one]

    def had(self, name: str, code: str) -> list[str]:
        """Who is done with a source and had a code then; nobody where that is only one."""
        done = [one for one in self.coders if one in self.told.done.get(name, ()) and name in self.sources]
        found = [one for one in done if code not in self.told.lacked.get((name, one), ())]
        return found if len(found) > 1 else []

    def common(self, name: str) -> list[str]:
        """The codes that all had who are done with a source."""
        done = self.told.done[name]
        return [one for one in self.told.codes if not any(one in self.told.lacked.get((name, who), ()) for who in done)]

    def put(self, stat: str, unit: str, value: Value, code: str | None = None, **more: str | None) -> None:
        self.rows[stat, unit, more.get("rule"), code, more.get("source"), more.get("coders")] = value

    def count(self) -> dict[Row, Value]:
        """All rows."""
        if len(self.coders) < 2:
            return {}
        for pair in combinations(self.coders, 2):
            self.pair(pair)
        for code in self.told.codes:
            self.code(code)
        self.sets()
        self.units()
        self.levels()
        self.exclusive()
        return self.rows

    # --- two coders ---------------------------------------------------------------------------------------

    def pair(self, pair: tuple[str, str]) -> None:
        named = "|".join(pair)
        made = {}
        observed, expected = [], []
        for code in self.told.codes:
            shared = [name for name in self.sources if set(pair) <= set(self.had(name, code))]
            for name in shared:
                for stat, value in self.table(pair, code, [name]).items():
                    self.put(stat, "char", value, code, source=name, coders=named)
            made[code] = self.table(pair, code, shared)
            for stat, value in made[code].items():
                self.put(stat, "char", value, code, coders=named)
            for stat, value in self.segments(pair, code, shared).items():
                self.put(stat, "segment", value, code, coders=named)
            n = sum(len(self.data[name]) for name in shared)
            if n:
                p, q = (Fraction(sum(len(self.marks[name, who, code]) for name in shared), n) for who in pair)
                observed.append(made[code]["percent"])
                expected.append(p * q + (1 - p) * (1 - q))
        seen, chance = (share(sum(some, Fraction(0)), len(some)) for some in (observed, expected))
        pooled = None if seen is None or chance in (None, 1) else (seen - chance) / (1 - chance)
        self.put("pooled_kappa", "char", pooled, coders=named)
        for stat in ("kappa", "alpha", "ac1", "positive"):
            values = [one[stat] for one in made.values() if one[stat] is not None]
            self.put(f"macro_{stat}", "char", share(sum(values, Fraction(0)), len(values)), coders=named)

    def table(self, pair: tuple[str, str], code: str, shared: Sequence[str]) -> dict[str, Any]:
        units = [[int(at in self.marks[name, who, code]) for who in pair] for name in shared for at in self.data[name]]
        a, b, c, d = (units.count(one) for one in ([1, 1], [1, 0], [0, 1], [0, 0]))
        n = len(units)
        p, q = (Fraction(x, n or 1) for x in (a + b, a + c))
        seen, mean = Fraction(a + d, n or 1), (p + q) / 2
        chance = p * q + (1 - p) * (1 - q)
        varied = bool(n) and 0 < mean < 1
        return {
            **dict(zip("abcd", (a, b, c, d), strict=True)),
            "percent": seen if n else None,
            "kappa": beyond(seen, chance, varied=varied),
            "kappa_max": beyond(min(p, q) + min(1 - p, 1 - q), chance, varied=varied),
            "scott_pi": beyond(seen, mean**2 + (1 - mean) ** 2, varied=varied),
            "alpha": alpha(units, differ),
            "ac1": beyond(seen, 2 * mean * (1 - mean), varied=varied),
            "bp": beyond(seen, Fraction(1, 2), varied=varied),
            "positive": share(2 * a, 2 * a + b + c),
            "negative": share(2 * d, 2 * d + b + c),
            "jaccard": share(a, a + b + c),
            "prevalence_index": share(abs(a - d), n),
            "bias_index": share(abs(b - c), n),
        }

    def segments(self, pair: tuple[str, str], code: str, shared: Sequence[str]) -> dict[str, Value]:
        agreed = total = exact = half = 0
        for name in shared:
            one, other = (self.passages[name, who, code] for who in pair)
            agreed += sum(any(10 * len(x & y) >= 9 * len(x | y) for y in other) for x in one)
            agreed += sum(any(10 * len(x & y) >= 9 * len(x | y) for x in one) for y in other)
            total += len(one) + len(other)
            exact += len(set(one) & set(other))
            half += most_pairs([[2 * len(x & y) >= len(x | y) for y in other] for x in one])
        return {
            "segment90_agreements": agreed,
            "segment90_disagreements": total - agreed,
            "segment90_total": total,
            "segment90_percent": share(agreed, total),
            "f1_exact": share(2 * exact, total),
            "f1_iou50": share(2 * half, total),
        }

    # --- all coders ---------------------------------------------------------------------------------------

    def code(self, code: str) -> None:
        units = [
            [int(at in self.marks[name, who, code]) for who in self.had(name, code)]
            for name in self.sources
            for at in self.data[name]
        ]
        made = gwet(units)
        for stat in ("alpha_nominal", "fleiss"):
            self.put(stat, "char", made[stat], code)
        shared = [name for name in self.sources if self.had(name, code) == self.coders]
        self.put("u_alpha_binary", "continuum", self.binary(shared, [code]), code)
        self.put("u_alpha_1995", "continuum", self.older(shared, code), code)

    def given(self, name: str, who: str, at: int, codes: Iterable[str]) -> frozenset[str]:
        return frozenset(code for code in codes if at in self.marks[name, who, code])

    def sets(self) -> None:
        units = [
            [self.given(name, who, at, self.common(name)) for who in self.coders if who in self.told.done[name]]
            for name in self.sources
            for at in self.data[name]
        ]
        self.put("alpha_sets_nominal", "char", alpha(units, differ))
        self.put("alpha_sets_jaccard", "char", alpha(units, lambda one, other: 1 - jaccard(one, other)))
        self.put("alpha_sets_masi", "char", alpha(units, lambda one, other: 1 - masi(one, other)))
        equal = [[one == other for one, other in combinations(unit, 2)] for unit in units if len(unit) > 1]
        mean = share(sum((Fraction(sum(one), len(one)) for one in equal), Fraction(0)), len(equal))
        self.put("percent_sets", "char", mean)

    def cut(self, kind: str) -> list[tuple[str, frozenset[int]]]:
        """The units of a kind, each with the data in it."""
        listed = [
            (name, frozenset(range(*unit)) & frozenset(self.data[name]))
            for name in self.sources
            for unit in self.told.texts[name].units.get(kind, ())
        ]
        return [one for one in listed if one[1]]

    def holds(self, unit: tuple[str, frozenset[int]], who: str, code: str, rule: str) -> int:
        name, places = unit
        part = len(places & self.marks[name, who, code])
        return int(part > 0 if rule == "any" else 2 * part > len(places))

    def units(self) -> None:
        for kind in ("turn", "sentence"):
            units = self.cut(kind)
            for rule in ("any", "majority") if units else ():
                for code in self.told.codes:
                    rows = [[self.holds(one, who, code, rule) for who in self.had(one[0], code)] for one in units]
                    for stat, value in gwet(rows).items():
                        self.put(stat, kind, value, code, rule=rule)
                for pair in combinations(self.coders, 2):
                    both = each = 0
                    for one in units:
                        for code in self.common(one[0]) if set(pair) <= set(self.told.done[one[0]]) else ():
                            first, second = (self.holds(one, who, code, rule) for who in pair)
                            both, each = both + first * second, each + first + second
                    self.put("holsti", kind, share(2 * both, each), rule=rule, coders="|".join(pair))

    def levels(self) -> None:
        for family, levels in self.told.levels.items():

            def only(name: str, made: Callable[[str, str], bool], levels: Sequence[str] = levels) -> list[int]:
                given = [[n for n, one in enumerate(levels) if made(who, one)] for who in self.told.done[name]]
                return [one[0] for one in given if len(one) == 1]

            units = [
                only(name, lambda who, one, name=name, at=at: at in self.marks[name, who, one])  # type: ignore[misc]
                for name in self.sources
                for at in self.data[name]
            ]
            self.put("alpha_ordinal", "char", ordinal(units), family)
            for kind in ("turn", "sentence"):
                cut = self.cut(kind)
                for rule in ("any", "majority") if cut else ():
                    units = [
                        only(unit[0], lambda who, one, unit=unit, rule=rule: bool(self.holds(unit, who, one, rule)))  # type: ignore[misc]
                        for unit in cut
                    ]
                    self.put("alpha_ordinal", kind, ordinal(units), family, rule=rule)

    # --- the continuum ------------------------------------------------------------------------------------

    def unitized(self, columns: Units, own: Mapping[Any, Fraction | int]) -> Fraction | None:
        """1 - Do/De over coincidences of characters, without the pairings of a unit with itself."""
        table: dict[tuple[Any, Any], Fraction] = {}
        for column in columns:
            for one, other in permutations(column, 2):
                table[one, other] = table.get((one, other), Fraction(0)) + Fraction(1, len(column) - 1)
        margins: dict[Any, Fraction] = {}
        for (one, _), number in table.items():
            margins[one] = margins.get(one, Fraction(0)) + number
        whole = sum(margins.values(), Fraction(0))
        free = whole**2 - sum(own.get(one, 0) for one in margins)
        apart = sum((number for (c, k), number in table.items() if c != k), Fraction(0))
        crossed = sum((margins[c] * margins[k] for c in margins for k in margins if c != k), Fraction(0))
        return 1 - apart * free / (whole * crossed) if crossed else None

    def binary(self, shared: Sequence[str], codes: Sequence[str]) -> Fraction | None:
        """Whether anything is marked: units weigh by the squares of their lengths, gaps by the character."""
        columns = [
            [int(bool(self.given(name, who, at, codes))) for who in self.coders]
            for name in shared
            for at in self.data[name]
        ]
        units = [
            one for name in shared for who in self.coders for code in codes for one in self.passages[name, who, code]
        ]
        return self.unitized(columns, {1: sum(len(one) ** 2 for one in units), 0: sum(one.count(0) for one in columns)})

    def older(self, shared: Sequence[str], code: str) -> Fraction | None:
        """Krippendorff 1995, with the expectation as corrected in 2004."""
        m, length = len(self.coders), sum(len(self.data[name]) for name in shared)
        units: list[int] = []
        gaps: list[int] = []
        seen = 0
        for name in shared:
            order = {at: number for number, at in enumerate(self.data[name])}
            cut = {}
            for who in self.coders:
                spans = [(order[min(one)], order[max(one)] + 1) for one in self.passages[name, who, code]]
                marked = {at for span in spans for at in range(*span)}
                free: list[list[int]] = []
                for at in range(len(order)):
                    if at in marked:
                        continue
                    if free and free[-1][1] == at:
                        free[-1][1] = at + 1
                    else:
                        free.append([at, at + 1])
                cut[who] = spans, free
                units += [end - start for start, end in spans]
                gaps += [end - start for start, end in free]
            for one, other in permutations(self.coders, 2):
                for start, end in cut[one][0]:
                    meets = [span for span in cut[other][0] if span[0] < end and start < span[1]]
                    seen += sum((start - first) ** 2 + (end - last) ** 2 for first, last in meets)
                    seen += 0 if meets else 2 * (end - start) ** 2
        if not units:
            return None
        chance = sum(
            (
                Fraction(len(units) - 1, 3) * (2 * u**3 - 3 * u**2 + u)
                + sum(u**2 * (g - u + 1) for g in gaps if g >= u)
                for u in units
            ),
            Fraction(0),
        )
        chance *= Fraction(2, length) / (m * length * (m * length - 1) - sum(u * (u - 1) for u in units))
        return 1 - Fraction(seen, m * (m - 1) * length**2) / chance if chance else None

    def exclusive(self) -> None:
        """The family for codes that exclude each other; all of it has no value where they do not."""
        shared = [name for name in self.sources if set(self.coders) <= set(self.told.done[name])]
        codes = self.told.codes
        columns = [
            [self.given(name, who, at, codes) for who in self.coders] for name in shared for at in self.data[name]
        ]
        apart = self.told.exclusive and all(len(one) < 2 for column in columns for one in column) and bool(columns)
        names = ("u_alpha_nominal", "u_alpha_binary", "u_alpha_cu")
        for stat in names:
            self.put(stat, "continuum", None)
        for code in codes:
            self.put("u_alpha_per_value", "continuum", None, code)
            self.put("u_alpha_coverage", "continuum", None, code)
        if apart:
            self.family(shared, [["".join(one) for one in column] for column in columns])

    def family(self, shared: Sequence[str], columns: Units) -> None:  # noqa: C901 - one formula after the other
        codes, m = self.told.codes, len(self.coders)
        own: dict[Any, Fraction | int] = {"": sum(column.count("") for column in columns)}
        met: dict[Any, Fraction | int] = {}
        sizes: dict[str, int] = {}
        for name in shared:
            for who in self.coders:
                for code in codes:
                    for one in self.passages[name, who, code]:
                        others = [other for other in self.coders if other != who]
                        meets = sum(bool(self.given(name, other, at, codes)) for other in others for at in one)
                        own[code] = own.get(code, 0) + len(one) ** 2
                        met[code] = met.get(code, 0) + Fraction(meets, m - 1) ** 2
                        sizes[code] = sizes.get(code, 0) + len(one)
        self.put("u_alpha_nominal", "continuum", self.unitized(columns, own))
        self.put("u_alpha_binary", "continuum", self.binary(shared, codes))
        table: dict[tuple[str, str], Fraction] = {}
        for column in columns:
            for one, other in permutations(column, 2):
                if one and other:
                    table[one, other] = table.get((one, other), Fraction(0)) + Fraction(1, m - 1)
        margins = {code: sum((n for (c, _), n in table.items() if c == code), Fraction(0)) for code in codes}
        whole = sum(margins.values(), Fraction(0))
        free = whole**2 - sum(met.values())
        wrong = {code: sum((n for (c, k), n in table.items() if c == code != k), Fraction(0)) for code in codes}
        chance = {
            code: whole * margins[code] * (whole - margins[code]) / free if free else Fraction(0) for code in codes
        }
        if sum(chance.values()):
            self.put("u_alpha_cu", "continuum", 1 - sum(wrong.values()) / sum(chance.values()))
        for code in codes:
            if code not in sizes:
                continue
            self.put("u_alpha_coverage", "continuum", margins[code] / sizes[code], code)
            if chance[code]:
                row = whole * (margins[code] * whole - met[code]) / free
                value = 1 - (wrong[code] / margins[code]) / (chance[code] / row)
                self.put("u_alpha_per_value", "continuum", value, code)


def most_pairs(fits: Sequence[Sequence[bool]]) -> int:
    """How many rows can have a column each, by trying everything."""
    if not fits:
        return 0
    best = most_pairs(fits[1:])
    for number, fit in enumerate(fits[0]):
        if fit:
            rest = [[one for at, one in enumerate(row) if at != number] for row in fits[1:]]
            best = max(best, 1 + most_pairs(rest))
    return best
