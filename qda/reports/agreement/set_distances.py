"""How far two sets of codes are apart, as sets, by Jaccard or by MASI."""

from __future__ import annotations

from math import lcm
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

Distance = tuple[int, int]
"""A distance as numerator and denominator."""

METRICS: Final = ("nominal", "jaccard", "masi")


def nominal(one: int, other: int) -> Distance:
    """0 for equal sets, else 1."""
    return (0 if one == other else 1), 1


def jaccard(one: int, other: int) -> Distance:
    """One minus what both sets have, by what either has; two empty sets are equal."""
    either = (one | other).bit_count()
    return (either - (one & other).bit_count(), either) if either else (0, 1)


def masi(one: int, other: int) -> Distance:
    """1 - J M (Passonneau 2006): J Jaccard, M 1 for equal sets, 2/3 one in the other, 1/3 overlapping, else 0."""
    both, either = (one & other).bit_count(), (one | other).bit_count()
    return (3 * either - both * monotonicity(one, other), 3 * either) if either else (0, 1)


def masi_2004(one: int, other: int) -> Distance:
    """(1 - J)(1 - M), the older form (Passonneau 2004), for comparing with tools that have it."""
    apart, either = jaccard(one, other)
    return apart * (3 - monotonicity(one, other)), 3 * either


def monotonicity(one: int, other: int) -> int:
    """Thirds of M; the empty set lies within every other."""
    both = one & other
    if one == other:
        return 3
    if both in {one, other}:
        return 2
    return 1 if both else 0


OF: Final[dict[str, Callable[[int, int], Distance]]] = {"nominal": nominal, "jaccard": jaccard, "masi": masi}


def scale_of(sets: Sequence[int]) -> int:
    """A common denominator of all distances between the sets."""
    largest = sum(sorted((one.bit_count() for one in sets), reverse=True)[:2])
    return 3 * lcm(*range(1, largest + 1)) if largest else 3


def row_sums(rows: Sequence[int], sets: Sequence[int], counts: Sequence[int], scale: int) -> dict[str, list[int]]:
    """For each set in `rows` its distances to all `sets`, times their counts, added; in units of 1/`scale`.

    Exact whole numbers, by Jaccard and by MASI: the distance of two sets is looked up by how many codes they have
    and share, which is counted for many sets at once.
    """
    import numpy as np

    # Whole numbers stay whole in floating point up to here, in whatever order they are added.
    kind: Any = np.float64 if scale * sum(counts) < 2**53 else object
    sizes, row_sizes = ([one.bit_count() for one in listed] for listed in (sets, rows))
    width = max([0, *sizes, *row_sizes]) + 1
    tables = [np.array(table, dtype=kind) for table in _tables(width, scale)]
    weights = np.array(counts, dtype=kind)
    columns, lines = np.array(sizes, dtype=np.intp) * width, np.array(row_sizes, dtype=np.intp) * width * width
    number = max((one.bit_length() for one in (*sets, *rows)), default=0) // 64 + 1
    words = list(zip(_words(rows, number), _words(sets, number), strict=True))
    found: list[list[int]] = [[], []]
    step = max(1, min(len(rows), 200_000 // max(1, len(sets))))
    # The same memory again and again is much quicker than new memory.
    places = np.empty((step, len(sets)), dtype=np.intp)
    looked_up = np.empty((step, len(sets)), dtype=kind)
    for first in range(0, len(rows), step):
        part = slice(first, first + step)
        here = places[: len(lines[part])]
        np.add(lines[part, None], columns[None, :], out=here)
        for one, other in words:
            here += _ones(one[part, None] & other[None, :])
        for table, sums in zip(tables, found, strict=True):
            distances = table.take(here, out=looked_up[: len(here)], mode="clip")
            sums.extend(int(total) for total in distances @ weights)
    return dict(zip(("jaccard", "masi"), found, strict=True))


def _words(sets: Sequence[int], number: int) -> list[Any]:
    """The bits of the sets in so many words of 64, each an array over the sets."""
    import numpy as np

    return [np.array([one >> 64 * word & 2**64 - 1 for one in sets], dtype=np.uint64) for word in range(number)]


def _ones(words: Any) -> Any:
    """How many bits are set in each word."""
    import numpy as np

    if hasattr(np, "bitwise_count"):
        return np.bitwise_count(words)
    # Before numpy 2: bits are added in pairs, fours and eights, and the eights by a product (Warren 2012, ch. 5).
    pairs = words - (words >> np.uint64(1) & np.uint64(0x5555555555555555))
    fours = (pairs & np.uint64(0x3333333333333333)) + (pairs >> np.uint64(2) & np.uint64(0x3333333333333333))
    eights = fours + (fours >> np.uint64(4)) & np.uint64(0x0F0F0F0F0F0F0F0F)
    return (eights * np.uint64(0x0101010101010101) >> np.uint64(56)).astype(np.uint8)


def _tables(width: int, scale: int) -> tuple[list[int], list[int]]:
    """Distances by the sizes of two sets and of what they share, in one row."""
    by_jaccard, by_masi = [], []
    for one in range(width):
        for other in range(width):
            for both in range(width):
                either = one + other - both
                if both > min(one, other) or not either:
                    by_jaccard.append(0)
                    by_masi.append(0)
                    continue
                thirds = 3 if both == one == other else 2 if both in {one, other} else 1
                by_jaccard.append(scale // either * (either - both))
                by_masi.append(scale // (3 * either) * (3 * either - both * thirds))
    return by_jaccard, by_masi
