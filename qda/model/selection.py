"""Which codings a report counts, in the words of the user; the same everywhere."""

from __future__ import annotations

from dataclasses import dataclass

SELECTION_LAYERS = ("final", "independent", "consensus")


@dataclass(frozen=True, slots=True)
class Selection:
    """What is selected; empty means all.

    `layer` empty means `final`, or `independent` where coders are named (a consensus is nobody's own coding).
    `where` holds pairs of attribute and value: values of one attribute are alternatives, attributes add up.
    `query` is the name of a saved query, or a query itself: only codings on the words of its passages count.
    """

    codes: tuple[str, ...] = ()
    subcodes: bool = True
    coders: tuple[str, ...] = ()
    layer: str = ""
    sources: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    cases: str = ""
    where: tuple[tuple[str, str], ...] = ()
    by: tuple[str, ...] = ()
    by_within: str = "overlap"
    roles: tuple[str, ...] = ("respondent",)
    roll_up: bool = False
    query: str = ""
