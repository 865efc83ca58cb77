"""What a zero means: looked for and not found, or never looked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .world import DONE, family

if TYPE_CHECKING:
    from collections.abc import Iterable

    from .world import Code, Selection, World

FOUND = "found"
NONE_FOUND = "none found"
NOT_YET = "not yet coded"
NOT_ASKED = "not asked"
UNKNOWN = "coverage unknown"


def is_done(world: World, sel: Selection, source: str, needed: Iterable[Code]) -> bool:
    """Every selected coder with a progress record there is done, with these codes in the codebook."""
    records = [
        record
        for (name, coder), record in world.progress.items()
        if name == source and (sel.coders is None or coder in sel.coders)
    ]
    complete = all(record.state == DONE and set(needed) <= record.known for record in records)
    return bool(records) and complete


def source_state(world: World, sel: Selection, code: Code, source: str, needed: Iterable[Code]) -> str:
    """One source that holds nothing: was it asked, and has it been read for this?"""
    asked = world.coverage.get((source, code))
    if asked is None:
        return UNKNOWN
    if not asked:
        return NOT_ASKED
    return NONE_FOUND if is_done(world, sel, source, {code, *needed}) else NOT_YET


def cell_state(world: World, sel: Selection, code: Code, sources: Iterable[str], needed: Iterable[Code]) -> str:
    """A cell that holds nothing: `none found` only where every source of it says so."""
    states = {source_state(world, sel, code, source, needed) for source in sources}
    if not states:
        return NOT_ASKED
    for reason in (NOT_YET, UNKNOWN, NOT_ASKED):
        if reason in states:
            return reason
    return NONE_FOUND


def case_state(world: World, sel: Selection, code: Code, sources: Iterable[str], needed: Iterable[Code]) -> str:
    """One case over its sources: in the base (`none found`) when asked somewhere and done wherever asked."""
    states = {source_state(world, sel, code, source, needed) for source in sources}
    if NOT_YET in states:
        return NOT_YET
    if NONE_FOUND in states:
        return NONE_FOUND
    return UNKNOWN if UNKNOWN in states else NOT_ASKED


def nobody_asked(world: World, code: Code, sources: Iterable[str]) -> bool:
    """The code is entered as not asked in each of these sources, and none of its subcodes as asked."""
    places = set(sources)
    refused = all(world.coverage.get((source, code)) is False for source in places)
    below = any(world.coverage.get((source, sub)) for source in places for sub in family(world, code))
    return bool(places) and refused and not below
