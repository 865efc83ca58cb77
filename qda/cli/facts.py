"""`qda facts`: ratings and figures from elsewhere, of cases or of values, with where they come from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qda.cli.command import add_form
from qda.cli.moving import parse_action, run_action
from qda.cli.parsing import add_action
from qda.model.facts import FACT_TYPES, FactRow, Measure
from qda.model.nouns import many, many_are

if TYPE_CHECKING:
    import argparse

    from qda.cli.command import Command
    from qda.cli.parsing import Actions

_LONG = (
    "A fact is about case=NAME or ATTRIBUTE=VALUE, as country=NL. It stands as it was typed ('3.229*', '20 %') and says"
    " where it comes from: --origin, --rater, or both. 'qda report joint' puts facts beside themes."
)
_TYPED = ("type", "levels", "unit")


def run(command: Command, words: list[str]) -> None:
    """List facts, add, count or remove some, or move them in or out."""
    options = parse_action(command, words, _add_own)
    own = {"list": _list, "add": _add, "count": _count, "sum": _sum, "describe": _describe, "remove": _remove}
    own.get(options.action, run_action)(command, options)


def _add_own(actions: Actions) -> None:
    add = add_action(actions, "add", "enter a fact; a value takes the place of the one before it", _LONG)
    add.add_argument("about", metavar="ABOUT", help="case=NAME or ATTRIBUTE=VALUE")
    add.add_argument("measure", help="what is said of it, as 'goal 1' or 'cooperative return'")
    add.add_argument("value", help="the value as it stands in its source")
    add.add_argument("--period", default="", help="the period or date that it holds for, as 2017-23")
    add.add_argument("--rater", default="", help="who rated")
    add.add_argument("--origin", default="", help="where it comes from, as 'external, yearbook 2023, p. 14'")
    add.add_argument("--note", default="", help="how far it holds, as 'current state, not 2017-23'")
    described = add_action(actions, "describe", "give a measure another type, other levels or another unit")
    described.add_argument("measure", help="the measure")
    for one in (add, described):
        one.add_argument("--type", default="", choices=FACT_TYPES, metavar="|".join(FACT_TYPES), help="its values are")
        one.add_argument("--levels", default="", metavar="LOW|...|HIGH", help="of a scale; a/b is counted within a")
        one.add_argument("--unit", default="", help="unit of its values, as cases")
    count = add_action(actions, "count", "how often each level or value of the measures was given")
    added = add_action(
        actions, "sum", "numbers of a measure added up, with their mean, for each thing that they are about"
    )
    for one in (count, added):
        one.add_argument("measure", nargs="*", help="only these measures")
        add_form(one)
    removed = add_action(actions, "remove", "take facts away")
    removed.add_argument("id", nargs="+", help="ids of facts, as the list has them")


def _list(command: Command, options: argparse.Namespace) -> None:
    study = command.study
    with study.database.reading():
        rows = [
            (
                *(one.about, one.measure.name, one.value, one.measure.unit, one.measure.type, one.period),
                *(one.rater, one.origin, one.note, one.coder, one.at, one.uid),
            )
            for one in study.facts.all()
        ]
    columns = ("about", "measure", "value", "unit", "type", "period", "rater", "origin", "note", "by", "at", "id")
    command.show(columns, rows, options, "No facts are entered; 'qda facts add' and 'qda facts import' enter some.")


def _measure(options: argparse.Namespace) -> Measure:
    from qda.io.tables import split_values

    return Measure(options.measure.strip(), options.type, split_values(options.levels), options.unit)


def _add(command: Command, options: argparse.Namespace) -> None:
    words = (options.value.strip(), options.period, options.rater, options.origin, options.note)
    row = FactRow(options.about, _measure(options), *words)
    command.study.facts.enter([row], f"{options.measure} of {options.about}: {options.value}")


def _describe(command: Command, options: argparse.Namespace) -> None:
    study, given = command.study, _measure(options)
    before = next((one for one in study.facts.measures() if one.name == given.name), given)
    kept = {name: getattr(given, name) or getattr(before, name) for name in _TYPED}
    if kept["type"] != "scale" and not given.levels:
        kept["levels"] = ()
    study.facts.describe(Measure(given.name, **kept), f"described the measure {given.name}")


def _count(command: Command, options: argparse.Namespace) -> None:
    from qda.reports.facts import level_rows

    columns = ("measure", "level", "number", "of_these", "of")
    rows = level_rows(command.study, options.measure)
    command.show(columns, rows, options, "No facts are entered.")


def _sum(command: Command, options: argparse.Namespace) -> None:
    from qda.reports.facts import sum_rows

    columns = ("measure", "about", "numbers", "sum", "mean", "periods")
    rows = sum_rows(command.study, options.measure)
    command.show(columns, rows, options, "No numbers are entered.")


def _remove(command: Command, options: argparse.Namespace) -> None:
    count = command.study.facts.remove(options.id, f"removed {many(len(options.id), 'fact')}")
    command.say(f"{many_are(count, 'fact')} removed")
