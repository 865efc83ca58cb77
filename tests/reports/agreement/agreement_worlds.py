"""Random sources, coders and passages for the tests of agreement."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import strategies as st

from qda.reports.agreement.coded import CodedSource, passages_of

CODERS = (1, 2, 3)
CODES = (10, 11, 12)
LONGEST = 24


@st.composite
def cuts(draw: st.DrawFn, length: int) -> list[tuple[int, int]]:
    """Units in order and apart, with or without holes."""
    ends = sorted(draw(st.sets(st.integers(0, length), max_size=6)))
    pairs = list(pairwise(ends))
    return [pair for pair in pairs if draw(st.integers(0, 4))]


@st.composite
def sources_of(draw: st.DrawFn, *, exclusive: bool = False, everybody: bool = False) -> list[CodedSource]:
    """Up to three sources, some not done by somebody, some without text, spans abutting, overlapping or empty."""
    found = []
    for key in range(draw(st.integers(0, 3))):
        length = draw(st.integers(0, LONGEST))
        done = CODERS if everybody else draw(st.sets(st.sampled_from(CODERS)))
        coders = {}
        for coder in sorted(done):
            places = st.integers(0, LONGEST)
            segments = draw(st.lists(st.tuples(places, places, st.sampled_from(CODES)), max_size=5))
            if exclusive:
                ends = sorted({min(end, length) for segment in segments for end in segment[:2]})
                segments = [
                    (start, end, draw(st.sampled_from(CODES))) for start, end in pairwise(ends) if draw(st.booleans())
                ]
            coders[coder] = passages_of(length, segments)
        units = {"turn": draw(cuts(length)), "sentence": draw(cuts(length))}
        found.append(CodedSource(key, length, coders, units))
    return found
