"""The options that select what a report or export counts; the same everywhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qda.errors import UsageError
from qda.model.selection import SELECTION_LAYERS, Selection

if TYPE_CHECKING:
    import argparse


def add_selection(parser: argparse.ArgumentParser) -> None:
    """The options of a selection."""
    group = parser.add_argument_group("what is counted")
    group.add_argument("--code", action="append", default=[], metavar="PATH", help="this code and its subcodes")
    group.add_argument("--no-subcodes", action="store_true", help="only the codes named, without their subcodes")
    group.add_argument("--coder", action="append", default=[], metavar="NAME", help="only codings of this coder")
    group.add_argument("--layer", default="", metavar="|".join(SELECTION_LAYERS), help="default: final")
    group.add_argument("--source", action="append", default=[], metavar="NAME", help="only this source")
    group.add_argument("--kind", action="append", default=[], help="only sources of this kind")
    group.add_argument("--cases", default="", metavar="KIND", help="which kind of cases to count")
    group.add_argument("--where", action="append", default=[], metavar="ATTRIBUTE=VALUE", help="only these words")
    group.add_argument("--by", action="append", default=[], metavar="ATTRIBUTE", help="compare by this (twice: by two)")
    group.add_argument("--by-within", default="overlap", metavar="overlap|turn", help="for --by a family of codes")
    group.add_argument("--roles", default="respondent", metavar="ROLE,...", help="whose words have persons")
    group.add_argument("--roll-up", action="store_true", help="merge subcodes into their parents")


def selection_of(options: argparse.Namespace) -> Selection:
    """The selection that the options say.

    Raises:
        UsageError: An option is not well formed.
    """
    where = []
    for condition in options.where:
        name, sign, value = condition.partition("=")
        if not sign or not name.strip():
            raise UsageError(f"--where takes ATTRIBUTE=VALUE, not '{condition}'")
        where.append((name.strip(), value.strip()))
    if options.by_within not in ("overlap", "turn"):
        raise UsageError(f"--by-within is overlap or turn, not '{options.by_within}'")
    return Selection(
        codes=tuple(options.code),
        subcodes=not options.no_subcodes,
        coders=tuple(options.coder),
        layer=options.layer,
        sources=tuple(options.source),
        kinds=tuple(options.kind),
        cases=options.cases,
        where=tuple(where),
        by=tuple(options.by),
        by_within=options.by_within,
        roles=tuple(role.strip() for role in options.roles.split(",") if role.strip()),
        roll_up=options.roll_up,
    )
