"""Levels of cases at moments, character by character."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from .comparison import Plan, _family_codes
from .passages import Passage, chosen_codings, joined, overlap, passages
from .subjects import MISSING, cases_of_subject, subjects_of
from .world import case_kind, family, path

if TYPE_CHECKING:
    from .world import Code, CodingData, Selection, World

Found = dict[tuple[str, str, str], set[tuple[str, Passage]]]
"""By case, moment and level: each coder's passage, by coder."""


def spectrum(world: World, sel: Selection, top: Code, moment: Code) -> Found:
    """Every passage of every level by every voice, under its cases and the moments of the same voice."""
    found: Found = {}
    plan = Plan(world, sel, (moment,), "overlap", pool=False, family_top=False)
    chosen = chosen_codings(world, sel)
    for level in (code for code in world.codes if code[:-1] == top):
        given = [coding for coding in chosen if coding.code in family(world, level)]
        for coder in {coding.coder for coding in given}:
            for passage in passages(world, [_as(one, level) for one in given if one.coder == coder]):
                moments = _family_codes(plan, moment, passage) or {MISSING}
                for person in subjects_of(world, passage, sel.roles):
                    for case in cases_of_subject(world, passage.source, person, case_kind(world, sel)):
                        for when in moments:
                            one = (coder, passage)
                            found.setdefault((case, when, path(level)), set()).add(one)
    return found


def _as(coding: CodingData, code: Code) -> CodingData:
    return replace(coding, code=code)


def count(said: set[tuple[str, Passage]]) -> int:
    """How many passages those of the coders are together."""
    return len(joined([passage for _, passage in said], overlap))


def conflicts(found: Found, case: str, moment: str) -> set[str]:
    """What contradicts itself about a case at a moment."""
    if moment == MISSING:
        return set()
    given: dict[str, set[str]] = {}
    for (who, when, level), said in found.items():
        for coder, _ in said if (who, when) == (case, moment) else ():
            given.setdefault(coder, set()).add(level)
    two = any(len(levels) > 1 for levels in given.values())
    apart = any(one != other for one in given.values() for other in given.values())
    return {*(["two levels by one coder"] if two else []), *(["coders disagree"] if apart else [])}
