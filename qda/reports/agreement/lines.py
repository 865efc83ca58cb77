"""All sources one behind the other: a coder's passages of a code as two arrays, so that counting runs in numpy."""

from __future__ import annotations

from itertools import accumulate, chain
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    import numpy.typing as npt

    from qda.model.spans import Span
    from qda.reports.agreement.coded import CodedSource

    Numbers = npt.NDArray[np.int64]


class Line(NamedTuple):
    """Spans in order and apart, counted on from source to source, with the number of the source of each.

    `starts`, `ends` and `source` have one number for each span; `sources` is how many sources there are.
    """

    starts: Numbers
    ends: Numbers
    source: Numbers
    sources: int

    @property
    def sizes(self) -> Numbers:
        """How many spans each source has."""
        import numpy as np

        return np.bincount(self.source, minlength=self.sources)

    def held(self, places: Numbers) -> Numbers:
        """How many of some spans, by their places, each source has."""
        import numpy as np

        return np.bincount(self.source[places], minlength=self.sources)

    def sums(self, values: Numbers, places: Numbers | None = None) -> Numbers:
        """Numbers, one for each span (or for those at some places, in order), added in each source, as integers."""
        import numpy as np

        source = self.source if places is None else self.source[places]
        below = np.concatenate(([0], np.cumsum(values)))
        limits = np.searchsorted(source, np.arange(self.sources + 1))
        return below[limits[1:]] - below[limits[:-1]]


def line_of(spans: Sequence[Sequence[Span]], lengths: Sequence[int]) -> Line:
    """The line of the spans of each source; `lengths` are those of the sources, in characters."""
    import numpy as np

    flat = np.fromiter(chain.from_iterable(chain.from_iterable(spans)), np.int64).reshape(-1, 2)
    source = np.repeat(np.arange(len(spans)), [len(one) for one in spans])
    begins = np.array([0, *accumulate(lengths)])[source]
    return Line(flat[:, 0] + begins, flat[:, 1] + begins, source, len(spans))


def lines_of(sources: Sequence[CodedSource], coder: int, codes: Sequence[int]) -> dict[int, Line]:
    """The line of each code of one coder, who has nothing where he is not done."""
    marked = [source.coders.get(coder, {}) for source in sources]
    lengths = [source.length for source in sources]
    return {code: line_of([one.get(code, ()) for one in marked], lengths) for code in codes}


def meetings(one: Line, other: Line) -> tuple[Numbers, Numbers]:
    """The places of every two spans, one of each line, that share a character: in order, as two columns."""
    import numpy as np

    first = np.searchsorted(other.ends, one.starts, side="right")
    beyond = np.searchsorted(other.starts, one.ends, side="left")
    many = np.maximum(beyond - first, 0)
    mine = np.repeat(np.arange(len(many)), many)
    return mine, np.arange(len(mine)) + np.repeat(first - np.cumsum(many) + many, many)
