"""Every row of agreement once more, slowly and from the definitions: character by character, pair by pair."""

from __future__ import annotations

from fractions import Fraction
from itertools import combinations, permutations
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qda.reports.agreement.coded import CodedSource
    from qda.reports.agreement.rows import Options

Key = tuple[Any, ...]
Values = dict[Key, Fraction | int | None]


def has(source: CodedSource, coder: int, code: int, at: int) -> int:
    return int(any(start <= at < end for start, end in source.coders[coder].get(code, ())))


def ratio(above: Fraction | int, below: Fraction | int) -> Fraction | None:
    return Fraction(above) / Fraction(below) if below else None


def chance_corrected(agreed: Fraction, chance: Fraction) -> Fraction | None:
    return None if chance == 1 else (agreed - chance) / (1 - chance)


# --- two coders -------------------------------------------------------------------------------------------


def two_by_two(couples: Sequence[tuple[int, int]]) -> dict[str, Any]:
    a, b, c, d = (couples.count(cell) for cell in ((1, 1), (1, 0), (0, 1), (0, 0)))
    names = "percent kappa kappa_max scott_pi alpha ac1 bp positive negative jaccard prevalence_index bias_index"
    n = a + b + c + d
    if not n:
        return {"a": 0, "b": 0, "c": 0, "d": 0, **dict.fromkeys(names.split())}
    f = Fraction
    agreed, one, two = f(a + d, n), f(a + b, n), f(a + c, n)
    both = (one + two) / 2
    chance = one * two + (1 - one) * (1 - two)
    most = min(one, two) + min(1 - one, 1 - two)
    mixed = 0 < both < 1
    coincidences = f(b + c)  # of each order, over 2n values
    ones, noughts = 2 * a + b + c, 2 * d + b + c
    return {
        "a": a,
        "b": b,
        "c": c,
        "d": d,
        "percent": agreed,
        "kappa": chance_corrected(agreed, chance) if mixed else None,
        "kappa_max": chance_corrected(most, chance) if mixed else None,
        "scott_pi": chance_corrected(agreed, both**2 + (1 - both) ** 2) if mixed else None,
        "alpha": 1 - (2 * n - 1) * coincidences / (ones * noughts) if mixed else None,
        "ac1": chance_corrected(agreed, 2 * both * (1 - both)) if mixed else None,
        "bp": chance_corrected(agreed, f(1, 2)) if mixed else None,
        "positive": ratio(2 * a, 2 * a + b + c),
        "negative": ratio(2 * d, 2 * d + b + c),
        "jaccard": ratio(a, a + b + c),
        "prevalence_index": abs(f(a - d, n)),
        "bias_index": abs(f(b - c, n)),
    }


def union_overlap(one: tuple[int, int], other: tuple[int, int]) -> Fraction:
    first, second = set(range(*one)), set(range(*other))
    return Fraction(len(first & second), len(first | second))


def largest_matching(edges: set[tuple[int, int]], size: int) -> int:
    """By trying: how many of `size` can have a partner each."""
    rights = sorted({j for _, j in edges})
    best = 0
    for count in range(min(size, len(rights)), 0, -1):
        for lefts in combinations(range(size), count):
            if any(
                all((i, j) in edges for i, j in zip(lefts, some, strict=True)) for some in permutations(rights, count)
            ):
                return count
    return best


def segments(sources: Sequence[CodedSource], pair: tuple[int, int], code: int, threshold: float) -> dict[str, Any]:
    agreed = total = exact = half = 0
    for source in sources:
        one, other = (source.coders[coder].get(code, ()) for coder in pair)
        shares = {(i, j): union_overlap(x, y) for i, x in enumerate(one) for j, y in enumerate(other)}
        limit = Fraction(str(threshold))
        agreed += sum(any(shares[i, j] >= limit for j in range(len(other))) for i in range(len(one)))
        agreed += sum(any(shares[i, j] >= limit for i in range(len(one))) for j in range(len(other)))
        total += len(one) + len(other)
        exact += len(set(one) & set(other))
        half += largest_matching({edge for edge, share in shares.items() if share >= Fraction(1, 2)}, len(one))
    return {
        "segment90_agreements": agreed,
        "segment90_disagreements": total - agreed,
        "segment90_total": total,
        "segment90_percent": ratio(agreed, total),
        "f1_exact": ratio(2 * exact, total),
        "f1_iou50": ratio(2 * half, total),
    }


def pair_values(
    sources: Sequence[CodedSource], coders: Sequence[int], codes: Sequence[int], options: Options
) -> Values:
    found: Values = {}
    for pair in combinations(coders, 2):
        shared = [one for one in sources if set(pair) <= set(one.coders)]
        observed, expected, made = [], [], {}
        for code in codes:
            everywhere: list[tuple[int, int]] = []
            for source in shared:
                couples = [
                    (has(source, pair[0], code, at), has(source, pair[1], code, at)) for at in range(source.length)
                ]
                everywhere += couples
                if options.by_source:
                    for name, value in two_by_two(couples).items():
                        found[name, "char", None, code, source.key, pair] = value
            made[code] = two_by_two(everywhere)
            for name, value in made[code].items():
                found[name, "char", None, code, None, pair] = value
            for name, value in segments(shared, pair, code, options.overlap).items():
                found[name, "segment", None, code, None, pair] = value
            if everywhere:
                n = len(everywhere)
                one, two = (Fraction(sum(couple[side] for couple in everywhere), n) for side in (0, 1))
                observed.append(made[code]["percent"])
                expected.append(one * two + (1 - one) * (1 - two))
        mean_o, mean_e = (ratio(sum(some, Fraction(0)), len(some)) for some in (observed, expected))
        pooled = None if mean_o is None or mean_e is None else chance_corrected(mean_o, mean_e)
        found["pooled_kappa", "char", None, None, None, pair] = pooled
        for name in ("kappa", "alpha", "ac1", "positive"):
            values = [one[name] for one in made.values() if one[name] is not None]
            found[f"macro_{name}", "char", None, None, None, pair] = ratio(sum(values, Fraction(0)), len(values))
    return found


# --- any number of coders ---------------------------------------------------------------------------------


def gwet(units: Sequence[Sequence[int]]) -> dict[str, Fraction | None]:
    """Percent, Fleiss and AC1 of rows of 0 and 1, of two values; and nominal alpha."""
    twice = [row for row in units if len(row) > 1]
    if not twice:
        return dict.fromkeys(("percent", "fleiss", "ac1", "alpha_nominal"))
    agreed = Fraction(0)
    for row in twice:
        pairs = list(permutations(range(len(row)), 2))
        agreed += Fraction(sum(row[i] == row[j] for i, j in pairs), len(pairs))
    agreed /= len(twice)
    share = sum((Fraction(sum(row), len(row)) for row in units if row), Fraction(0)) / sum(bool(row) for row in units)
    mixed = len({value for row in twice for value in row}) == 2
    return {
        "percent": agreed,
        "fleiss": chance_corrected(agreed, share**2 + (1 - share) ** 2) if mixed else None,
        "ac1": chance_corrected(agreed, 2 * share * (1 - share)) if mixed else None,
        "alpha_nominal": alpha(units, lambda one, other: Fraction(int(one != other))),
    }


def alpha(units: Sequence[Sequence[Any]], distance: Any) -> Fraction | None:
    """Krippendorff's alpha from every pair of values within units, and every pair of all values."""
    twice = [row for row in units if len(row) > 1]
    values = [value for row in twice for value in row]
    observed = sum(
        (distance(row[i], row[j]) / (len(row) - 1) for row in twice for i, j in permutations(range(len(row)), 2)),
        Fraction(0),
    )
    kinds = [(kind, values.count(kind)) for kind in dict.fromkeys(values)]
    expected = sum((n * m * distance(one, two) for one, n in kinds for two, m in kinds), Fraction(0))
    return 1 - (len(values) - 1) * observed / expected if expected else None


def jaccard_distance(one: frozenset[int], other: frozenset[int]) -> Fraction:
    return 1 - Fraction(len(one & other), len(one | other)) if one | other else Fraction(0)


def masi_distance(one: frozenset[int], other: frozenset[int]) -> Fraction:
    if not one | other:
        return Fraction(0)
    if one == other:
        m = Fraction(1)
    elif one <= other or other <= one:
        m = Fraction(2, 3)
    else:
        m = Fraction(1, 3) if one & other else Fraction(0)
    return 1 - Fraction(len(one & other), len(one | other)) * m


def coder_values(sources: Sequence[CodedSource], coders: Sequence[int], codes: Sequence[int]) -> Values:
    found: Values = {}
    for code in codes:
        rows = [
            [has(source, coder, code, at) for coder in coders if coder in source.coders]
            for source in sources
            for at in range(source.length)
        ]
        made = gwet(rows)
        for name in ("alpha_nominal", "fleiss"):
            found[name, "char", None, code, None, None] = made[name]
    sets = [
        [
            frozenset(code for code in codes if has(source, coder, code, at))
            for coder in coders
            if coder in source.coders
        ]
        for source in sources
        for at in range(source.length)
    ]
    twice = [row for row in sets if len(row) > 1]
    equal = [
        Fraction(sum(one == two for one, two in combinations(row, 2)), len(list(combinations(row, 2)))) for row in twice
    ]
    for name, distance in (
        ("nominal", lambda one, two: Fraction(int(one != two))),
        ("jaccard", jaccard_distance),
        ("masi", masi_distance),
    ):
        found[f"alpha_sets_{name}", "char", None, None, None, None] = alpha(sets, distance)
    found["percent_sets", "char", None, None, None, None] = ratio(sum(equal, Fraction(0)), len(equal))
    return found


# --- units cut beforehand ---------------------------------------------------------------------------------


def unit_coded(source: CodedSource, coder: int, code: int, unit: tuple[int, int], rule: str) -> int:
    part = sum(has(source, coder, code, at) for at in range(*unit))
    return int(part > 0 if rule == "any" else 2 * part > unit[1] - unit[0])


def unit_values(
    sources: Sequence[CodedSource], coders: Sequence[int], codes: Sequence[int], options: Options
) -> Values:
    found: Values = {}
    for unit in options.units:
        if not any(source.units.get(unit) for source in sources):
            continue
        for rule in options.rules:
            decided = {pair: (set[Any](), set[Any]()) for pair in combinations(coders, 2)}
            for code in codes:
                rows = []
                for source in sources:
                    done = [coder for coder in coders if coder in source.coders]
                    for number, cut in enumerate(source.units.get(unit, ())):
                        given = {coder: unit_coded(source, coder, code, cut, rule) for coder in done}
                        rows.append(list(given.values()))
                        note(decided, given, (source.key, number, code))
                for name, value in gwet(rows).items():
                    found[name, unit, rule, code, None, None] = value
            for pair, (one, two) in decided.items():
                found["holsti", unit, rule, None, None, pair] = ratio(2 * len(one & two), len(one) + len(two))
    return found


def note(decided: dict[tuple[int, int], tuple[set[Any], set[Any]]], given: dict[int, int], what: Any) -> None:
    """Who of each pair gave a unit a code, where both were there."""
    for pair, both in decided.items():
        if set(pair) <= set(given):
            for coder, side in zip(pair, both, strict=True):
                if given[coder]:
                    side.add(what)


# --- the continuum ----------------------------------------------------------------------------------------


def coincidences(partitions: Sequence[Sequence[Any]]) -> dict[tuple[Any, Any], Fraction]:
    """Of what each coder has on each character with what each other coder has there."""
    found: dict[tuple[Any, Any], Fraction] = {}
    for one, other in permutations(partitions, 2):
        for mine, theirs in zip(one, other, strict=True):
            found[mine, theirs] = found.get((mine, theirs), Fraction(0)) + Fraction(1, len(partitions) - 1)
    return found


def u_alpha(partitions: Sequence[Sequence[Any]], own: dict[Any, int | Fraction]) -> Fraction | None:
    """1 - Do/De with expected coincidences less the pairings of a unit with itself, by value."""
    table = coincidences(partitions)
    values = sorted({value for both in table for value in both}, key=repr)
    margin = {value: sum(n for (mine, _), n in table.items() if mine == value) for value in values}
    whole = sum(margin.values())
    if len(values) < 2:
        return None
    free = whole**2 - sum(own.get(value, 0) for value in values)
    expected = {
        (c, k): whole * (margin[c] * margin[k] - (own.get(c, 0) if c == k else 0)) / free
        for c in values
        for k in values
    }
    observed = sum(n for (c, k), n in table.items() if c != k)
    return 1 - observed / sum(n for (c, k), n in expected.items() if c != k)


def binary(sources: Sequence[CodedSource], coders: Sequence[int], codes: Sequence[int]) -> Fraction | None:
    lines = [
        [int(any(has(source, coder, code, at) for code in codes)) for source in sources for at in range(source.length)]
        for coder in coders
    ]
    squares = sum(
        (end - start) ** 2
        for source in sources
        for coder in coders
        for code in codes
        for start, end in source.coders[coder].get(code, ())
    )
    return u_alpha(lines, {1: squares, 0: sum(line.count(0) for line in lines)}) if lines and lines[0] else None


def gaps_of(spans: Sequence[tuple[int, int]], length: int) -> list[tuple[int, int]]:
    free = [at for at in range(length) if not any(start <= at < end for start, end in spans)]
    found: list[tuple[int, int]] = []
    for at in free:
        if found and found[-1][1] == at:
            found[-1] = (found[-1][0], at + 1)
        else:
            found.append((at, at + 1))
    return found


def u_alpha_1995(sources: Sequence[CodedSource], coders: Sequence[int], code: int) -> Fraction | None:
    m, length = len(coders), sum(source.length for source in sources)
    observed = 0
    units: list[int] = []
    gaps: list[int] = []
    for source in sources:
        spans = [source.coders[coder].get(code, ()) for coder in coders]
        between = [gaps_of(one, source.length) for one in spans]
        units += [end - start for one in spans for start, end in one]
        gaps += [end - start for one in between for start, end in one]
        for i, j in permutations(range(m), 2):
            for start, end in spans[i]:
                for first, last in spans[j]:
                    if start < last and first < end:
                        observed += (start - first) ** 2 + (end - last) ** 2
                # A unit in a gap differs in both orders of the two coders.
                observed += sum(2 * (end - start) ** 2 for first, last in between[j] if first <= start and end <= last)
    if not units:
        return None
    n, whole = len(units), m * length
    chance = Fraction(0)
    for unit in units:
        chance += Fraction(n - 1, 3) * (2 * unit**3 - 3 * unit**2 + unit)
        chance += sum(unit**2 * (gap - unit + 1) for gap in gaps if gap >= unit)
    chance *= Fraction(2, length)
    chance /= whole * (whole - 1) - sum(unit * (unit - 1) for unit in units)
    return 1 - Fraction(observed, m * (m - 1) * length**2) / chance if chance else None


def valued(source: CodedSource, coder: int, codes: Sequence[int], at: int) -> int | None:
    return next((code for code in codes if has(source, coder, code, at)), None)


def exclusive_values(sources: Sequence[CodedSource], coders: Sequence[int], codes: Sequence[int]) -> Values:
    """The family of coefficients for codes that exclude each other; None for all where they do not."""
    names = ("u_alpha_nominal", "u_alpha_binary", "u_alpha_cu")
    found: Values = {(name, "continuum", None, None, None, None): None for name in names}
    for code in codes:
        for name in ("u_alpha_per_value", "u_alpha_coverage"):
            found[name, "continuum", None, code, None, None] = None
    overlapping = any(
        sum(has(source, coder, code, at) for code in codes) > 1
        for source in sources
        for coder in coders
        for at in range(source.length)
    )
    if overlapping or not sources or len(coders) < 2:
        return found
    return found | exclusive_family(sources, coders, codes)


def exclusive_family(sources: Sequence[CodedSource], coders: Sequence[int], codes: Sequence[int]) -> Values:
    found: Values = {}
    m = len(coders)
    lines = [[valued(s, coder, codes, at) for s in sources for at in range(s.length)] for coder in coders]
    squares: dict[Any, int] = {None: sum(line.count(None) for line in lines)}
    met_squares: dict[Any, Fraction] = {}
    lengths: dict[int, int] = {}
    for source in sources:
        for coder in coders:
            for code in codes:
                for start, end in source.coders[coder].get(code, ()):
                    squares[code] = squares.get(code, 0) + (end - start) ** 2
                    lengths[code] = lengths.get(code, 0) + end - start
                    others = [one for one in coders if one != coder]
                    meets = sum(
                        valued(source, one, codes, at) is not None for one in others for at in range(start, end)
                    )
                    met_squares[code] = met_squares.get(code, Fraction(0)) + Fraction(meets, m - 1) ** 2
    found["u_alpha_nominal", "continuum", None, None, None, None] = u_alpha(lines, squares)
    found["u_alpha_binary", "continuum", None, None, None, None] = binary(sources, coders, codes)
    table = {both: n for both, n in coincidences(lines).items() if None not in both}
    margin: dict[int, Fraction] = {}
    for (mine, _), n in table.items():
        margin[mine] = margin.get(mine, Fraction(0)) + n
    whole = sum(margin.values(), Fraction(0))
    free = whole**2 - sum(met_squares.values())
    if len(margin) > 1:
        chance = {
            (c, k): whole * (margin[c] * margin[k] - (met_squares[c] if c == k else 0)) / free
            for c in margin
            for k in margin
        }
        far = sum(n for (c, k), n in table.items() if c != k)
        found["u_alpha_cu", "continuum", None, None, None, None] = 1 - far / sum(
            n for (c, k), n in chance.items() if c != k
        )
        for code, own in margin.items():
            seen = sum(n for (c, k), n in table.items() if c == code and k != code) / own
            row = sum(n for (c, _), n in chance.items() if c == code)
            by_chance = sum(n for (c, k), n in chance.items() if c == code and k != code) / row
            found["u_alpha_per_value", "continuum", None, code, None, None] = 1 - seen / by_chance
    for code, length in lengths.items():
        found["u_alpha_coverage", "continuum", None, code, None, None] = margin.get(code, Fraction(0)) / length
    return found


def continuum_values(
    sources: Sequence[CodedSource], coders: Sequence[int], codes: Sequence[int], options: Options
) -> Values:
    shared = [source for source in sources if set(coders) <= set(source.coders)] if len(coders) > 1 else []
    found: Values = {}
    for code in codes:
        found["u_alpha_binary", "continuum", None, code, None, None] = (
            binary(shared, coders, [code]) if shared else None
        )
        found["u_alpha_1995", "continuum", None, code, None, None] = (
            u_alpha_1995(shared, coders, code) if shared else None
        )
    family = exclusive_values(shared if options.exclusive else [], coders, codes)
    return found | family


# --- ordinal families -------------------------------------------------------------------------------------


def ordinal_alpha(units: Sequence[Sequence[int]]) -> Fraction | None:
    values = [value for row in units if len(row) > 1 for value in row]

    def distance(one: int, other: int) -> Fraction:
        low, high = sorted((one, other))
        between = sum(low <= value <= high for value in values) if low != high else 0
        ends = Fraction(values.count(low) + values.count(high), 2)
        return (between - ends) ** 2 if low != high else Fraction(0)

    return alpha(units, distance)


def level_values(sources: Sequence[CodedSource], coders: Sequence[int], options: Options) -> Values:
    found: Values = {}
    for family, levels in options.levels.items():
        rows = []
        for source in sources:
            for at in range(source.length):
                given = [
                    [place for place, code in enumerate(levels) if has(source, coder, code, at)]
                    for coder in coders
                    if coder in source.coders
                ]
                rows.append([one[0] for one in given if len(one) == 1])
        found["alpha_ordinal", "char", None, family, None, None] = ordinal_alpha(rows)
        for unit in options.units:
            if not any(source.units.get(unit) for source in sources):
                continue
            for rule in options.rules:
                rows = []
                for source in sources:
                    for cut in source.units.get(unit, ()):
                        given = [
                            [p for p, code in enumerate(levels) if unit_coded(source, coder, code, cut, rule)]
                            for coder in coders
                            if coder in source.coders
                        ]
                        rows.append([one[0] for one in given if len(one) == 1])
                found["alpha_ordinal", unit, rule, family, None, None] = ordinal_alpha(rows)
    return found


def reference(sources: Sequence[CodedSource], coders: Sequence[int], codes: Sequence[int], options: Options) -> Values:
    """Every row that `agreement_rows` gives, with its value."""
    return {
        **pair_values(sources, coders, codes, options),
        **coder_values(sources, coders, codes),
        **unit_values(sources, coders, codes, options),
        **continuum_values(sources, coders, codes, options),
        **level_values(sources, coders, options),
    }
