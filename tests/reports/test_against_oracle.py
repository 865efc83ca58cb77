"""Every figure of the reports against the independent reference, on worlds drawn at random."""

from __future__ import annotations

import os
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from against import WITHINS, check_comparison, check_cooccurrence, check_frequency
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from oracle import path
from worlds import ATTRIBUTES, drawn_worlds, make_study, selections

if TYPE_CHECKING:
    from worlds import Drawn

EXAMPLES = int(os.environ.get("QDA_EXAMPLES", "25"))
SHM = Path("/dev/shm")
FAST = SHM if SHM.is_dir() else None

examine = settings(
    max_examples=EXAMPLES, deadline=None, report_multiple_bugs=False, suppress_health_check=list(HealthCheck)
)


def compared_by(drawn: Drawn) -> st.SearchStrategy[tuple[str, ...]]:
    """One or two attributes (some with their level) or families of codes."""
    attributes = [*ATTRIBUTES, *(f"{level}.country" for level in ("person", "source", "case"))]
    one = st.one_of(st.sampled_from(attributes), st.sampled_from([path(code) for code in drawn.world.codes]))
    return st.lists(one, min_size=1, max_size=2, unique=True).map(tuple)


@examine
@given(st.data())
def test_frequency(data: st.DataObject) -> None:
    drawn = data.draw(drawn_worlds())
    with tempfile.TemporaryDirectory(dir=FAST) as folder, make_study(Path(folder), drawn) as study:
        for _ in range(3):
            check_frequency(study, drawn, data.draw(selections(drawn)))


@examine
@given(st.data())
def test_cooccurrence(data: st.DataObject) -> None:
    drawn = data.draw(drawn_worlds())
    with tempfile.TemporaryDirectory(dir=FAST) as folder, make_study(Path(folder), drawn) as study:
        selection = data.draw(selections(drawn))
        for within in WITHINS:
            check_cooccurrence(study, drawn, selection, within, pool=data.draw(st.booleans()))


@examine
@given(st.data())
def test_comparison(data: st.DataObject) -> None:
    drawn = data.draw(drawn_worlds())
    with tempfile.TemporaryDirectory(dir=FAST) as folder, make_study(Path(folder), drawn) as study:
        for _ in range(2):
            selection = replace(
                data.draw(selections(drawn)),
                by=data.draw(compared_by(drawn)),
                by_within=data.draw(st.sampled_from(("overlap", "turn"))),
            )
            check_comparison(study, drawn, selection)
