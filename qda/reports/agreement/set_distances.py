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
    bits, row_bits = _bits(sets), _bits(rows, max(sets, default=0))
    sizes, row_sizes = bits.sum(axis=1), row_bits.sum(axis=1)
    width = int(max(sizes.max(initial=0), row_sizes.max(initial=0))) + 1
    tables = [np.array(table, dtype=kind) for table in _tables(width, scale)]
    weights = np.array(counts, dtype=kind)
    # One product of matrices gives the place in the tables: two sizes, and how many codes are shared.
    left = np.column_stack([bits, sizes * width, np.ones_like(sizes)])
    right = np.column_stack([row_bits, np.ones_like(row_sizes), row_sizes * width * width])
    found: list[list[int]] = [[], []]
    step = min(len(rows), max(1, 250_000 // max(1, len(sets))))
    looked_up = np.empty((step, len(sets)), dtype=kind)  # the same memory again and again is much quicker
    for first in range(0, len(rows), max(1, step)):
        places = (right[first : first + step] @ left.T).astype(np.intp)
        for table, sums in zip(tables, found, strict=True):
            part = table.take(places, out=looked_up[: len(places)], mode="clip")
            sums.extend(int(number) for number in part @ weights)
    return dict(zip(("jaccard", "masi"), found, strict=True))


def _bits(sets: Sequence[int], largest: int = 0) -> Any:
    import numpy as np

    width = max(max(sets, default=0), largest).bit_length() // 8 + 1
    raw = b"".join([one.to_bytes(width, "little") for one in sets])
    return np.unpackbits(np.frombuffer(raw, dtype=np.uint8).reshape(len(sets), width), axis=1).astype(np.float32)


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
