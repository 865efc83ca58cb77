"""Unitizing with codes that exclude each other: where the coders marked something, and which code they put there."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Final

from qda.reports.agreement.continuum import Continuum, nominal_ratio, u_alpha_binary, undefined
from qda.reports.agreement.figure import Figure
from qda.reports.agreement.lengths import meetings

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from qda.model.spans import Span
    from qda.reports.agreement.coded import CodedSource

NAMES: Final = ("u_alpha_nominal", "u_alpha_binary", "u_alpha_cu")
CODE_NAMES: Final = ("u_alpha_per_value", "u_alpha_coverage")
OVERLAPPING: Final = Figure(None, "codes overlap in the text of one coder")
APART: Final = Figure(None, "no text that two coders marked")
_ONE_CODE: Final = Figure(None, "only one code where two coders marked the same text")
_HEAD: Final = 4
_WIDTH: Final = 4

Marked = tuple[int, ...]
"""A tally over sources that every coder did: length, squared lengths of all passages, characters apart as marked or
not, characters apart as to the code; then for each code its characters, those met by a passage of another coder
(once for each such coder), those met by the same code, and the squares of what each passage meets, all added."""

Flat = list[tuple[int, int, int]]


def tally(source: CodedSource, coders: Sequence[int], codes: Sequence[int]) -> Marked | None:
    """The tally of one source; None where two codes of one coder share a character."""
    places = {code: place for place, code in enumerate(codes)}
    flat = [_flat(source.coders[coder], places) for coder in coders]
    if any(one[1] > other[0] for spans in flat for one, other in pairwise(spans)):
        return None
    sizes = [sum([end - start for start, end, _ in spans]) for spans in flat]
    shares = [[0] * len(spans) for spans in flat]
    met, same = [0] * len(codes), [0] * len(codes)
    marked = differ = 0
    for i, one in enumerate(flat):
        for j in range(i):
            shared, agreed = _meet((one, flat[j]), (shares[i], shares[j]), met, same)
            marked += sizes[i] + sizes[j] - 2 * shared
            differ += sizes[i] + sizes[j] - shared - agreed
    lengths, squares = [0] * len(codes), [0] * len(codes)
    all_squares = 0
    for spans, share in zip(flat, shares, strict=True):
        for (start, end, place), part in zip(spans, share, strict=True):
            lengths[place] += end - start
            squares[place] += part * part
            all_squares += (end - start) ** 2
    by_code = [number for four in zip(lengths, met, same, squares, strict=True) for number in four]
    return source.length, all_squares, marked, differ, *by_code


def _flat(by_code: Mapping[int, Sequence[Span]], places: Mapping[int, int]) -> Flat:
    return sorted([(*span, places[code]) for code, spans in by_code.items() if code in places for span in spans])


def _meet(
    pair: tuple[Flat, Flat], shares: tuple[list[int], list[int]], met: list[int], same: list[int]
) -> tuple[int, int]:
    """Add what two coders' passages share; how much it is, and how much of it with the same code."""
    one, other = pair
    ends = [[(start, end) for start, end, _ in spans] for spans in pair]
    shared = agreed = 0
    for i, j in meetings(ends[0], ends[1]):
        part = min(one[i][1], other[j][1]) - max(one[i][0], other[j][0])
        shared += part
        shares[0][i] += part
        shares[1][j] += part
        met[one[i][2]] += part
        met[other[j][2]] += part
        if one[i][2] == other[j][2]:
            agreed += part
            same[one[i][2]] += 2 * part
    return shared, agreed


def sum_of(listed: Iterable[Marked], codes: int) -> Marked:
    """The tallies of several sources added."""
    columns = list(zip(*listed, strict=True))
    return tuple(map(sum, columns)) if columns else (0,) * (_HEAD + _WIDTH * codes)


def figures(found: Marked, coders: int) -> tuple[Figure, ...]:
    """The coefficients of all codes together, in the order of `NAMES`.

    Krippendorff, Mathet, Bouvry & Widlöcher 2016 (Krippendorff 2019, sections 12.6.3 to 12.6.5), pure numbers.
    `u_alpha_nominal`: marked or not and which code, every gap being one more value; `u_alpha_binary`: marked or not,
    whatever the code; `u_alpha_cu`: which code, in the text that at least two coders marked. In the last a passage
    is not paired with itself, over the share of the other coders' passages that it meets.
    """
    length, squares, marked, differ = found[:_HEAD]
    lengths, met, same, own = (found[_HEAD + place :: _WIDTH] for place in range(_WIDTH))
    coded = sum(lengths)
    binary = u_alpha_binary(Continuum(length, coded, squares, marked), coders)
    whole = coders * length
    gap = whole - coded
    nominal = undefined(length, coded, coders)
    if nominal is None or (nominal.value is None and sum(map(bool, lengths)) > 1 and length and coders > 1):
        crossed = whole * whole - gap * gap - sum([number * number for number in lengths])
        nominal = Figure(1 - nominal_ratio(differ, (whole, crossed, squares + gap), coders))
    return nominal, binary, undefined_where(length, coded, coders) or _cu(met, same, own)


def undefined_where(length: int, coded: int, coders: int) -> Figure | None:
    """Why nothing can be said about which code, or None."""
    return undefined(length, coded, coders) if not coded or not length or coders < 2 else None


def _cu(met: Sequence[int], same: Sequence[int], own: Sequence[int]) -> Figure:
    whole = sum(met)
    if not whole:
        return APART
    crossed = whole * whole - sum([number * number for number in met])
    if not crossed:
        return _ONE_CODE
    return Figure(1 - (whole - sum(same)) * (whole * whole - sum(own)) / (whole * crossed))


def code_figure(found: Marked, coders: int, place: int) -> tuple[Figure, Figure]:
    """The coefficients of one code, by its place, in the order of `CODE_NAMES`.

    `u_alpha_per_value`: (k)u-alpha (Krippendorff 2019, eq. 38): what is met by another code, observed by expected,
    each as a share of what is met at all. `u_alpha_coverage`: the share of the code's characters (of all coders)
    that passages of others meet, on which (k)u-alpha rests. Undefined where nobody used the code; the first also
    where no other coder marked anything there, or no other code is met anywhere.
    """
    at = _HEAD + _WIDTH * place
    coded, met, same, own = found[at : at + _WIDTH]
    nothing = undefined_where(found[0], coded, coders)
    if nothing:
        return nothing, nothing
    coverage = Figure(met / ((coders - 1) * coded))
    whole = sum(found[_HEAD + 1 :: _WIDTH])
    if not met:
        return Figure(None, "no other coder marked anything there"), coverage
    if met == whole:
        return _ONE_CODE, coverage
    return Figure(1 - (met - same) * (met * whole - own) / (met * met * (whole - met))), coverage


def has_code(found: Marked, place: int) -> bool:
    """Whether anybody used a code, by its place."""
    return found[_HEAD + _WIDTH * place] > 0
