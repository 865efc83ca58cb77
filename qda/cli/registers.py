"""`qda attributes`, `progress`, `coverage`, `not-data`: registers of the study."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qda.cli.given import number_of
from qda.cli.moving import parse_action, run_action
from qda.cli.parsing import add_action
from qda.errors import QdaError, UsageError
from qda.model.nouns import many_are

if TYPE_CHECKING:
    import argparse

    from qda.cli.command import Command
    from qda.cli.parsing import Actions


def run(command: Command, words: list[str]) -> None:
    """List a register, change it, or move it in or out."""
    options = parse_action(command, words, {"progress": _add_set, "not-data": _add_stretches}.get(command.name))
    own = {"list": _list, "set": _set, "add": _not_data, "remove": _not_data}
    own.get(options.action, run_action)(command, options)


def _add_set(actions: Actions) -> None:
    state = add_action(actions, "set", "set your own state on a source")
    state.add_argument("source", help="name of the source")
    state.add_argument("state", help="assigned, 'in progress' or done")


def _add_stretches(actions: Actions) -> None:
    add = add_action(actions, "add", "mark a stretch of a source as no data")
    remove = add_action(actions, "remove", "make every marked stretch that meets a given one data again")
    for one in (add, remove):
        one.add_argument("source", help="name of the source")
        one.add_argument("start", nargs="?", help="its first character, counted from 0")
        one.add_argument("end", nargs="?", help="the character behind its last one")
        one.add_argument("--lines", metavar="FIRST-LAST", help="whole lines, counted from 1, instead of characters")
    add.add_argument("--reason", default="", help="why it is no data")


def _list(command: Command, options: argparse.Namespace) -> None:
    study = command.study
    if command.name == "attributes":
        attributes = [(name, f"{target}s", kind) for name, target, kind in study.attributes.all()]
        command.show(
            ("name", "for", "type"),
            attributes,
            options,
            "There are no attributes yet; enter some with 'qda attributes import FILE'.",
        )
    elif command.name == "progress":
        states = ("source", "coder", "state", "version", "layer")
        rows = [(source, coder, state, version, layer) for source, coder, layer, state, version in study.progress.all()]
        command.show(states, rows, options, "No progress is entered yet; enter it with 'qda progress set SOURCE done'.")
    elif command.name == "coverage":
        asked = [(source, code, "yes" if asked else "no") for source, code, asked in study.coverage.all()]
        command.show(
            ("source", "code", "asked"),
            asked,
            options,
            "Nothing is entered of what was asked; enter it with 'qda coverage import FILE'.",
        )
    else:
        columns = ("source", "start", "end", "reason")
        command.show(
            columns,
            study.not_data.all(),
            options,
            "Everything is data; 'qda not-data add SOURCE START END' marks what is none.",
        )


def _set(command: Command, options: argparse.Namespace) -> None:
    if not command.study.coder:
        raise QdaError("say who you are: --coder NAME before the command")
    command.study.progress.set(options.source, command.study.coder, options.state)


def _not_data(command: Command, options: argparse.Namespace) -> None:
    from qda.store.not_data import NotDataRow

    study = command.study
    start, end = _stretch(command, options)
    if options.action == "remove":
        count = study.not_data.remove(options.source, start, end)
        command.say(f"{many_are(count, 'stretch', 'stretches')} data again")
        return
    row = NotDataRow(options.source, start, end, options.reason)
    study.not_data.import_rows([row], f"{options.source} {start}-{end} is no data")


def _stretch(command: Command, options: argparse.Namespace) -> tuple[int, int]:
    """The characters that the words mean: given as such, or as whole lines."""
    if options.lines is None:
        if options.start is None or options.end is None:
            raise UsageError("give the first character and the one behind the last, or --lines FIRST-LAST")
        return number_of(options.start, "the first character"), number_of(options.end, "the end")
    if options.start is not None:
        raise UsageError("give characters or --lines, not both")
    first, _, last = options.lines.partition("-")
    numbers = number_of(first, "the first line"), number_of(last or first, "the last line")
    study = command.study
    lines = study.sources.text(study.sources.get(options.source).key).split("\n")
    if not 1 <= numbers[0] <= numbers[1] <= len(lines):
        raise QdaError(f"'{options.source}' has the lines 1-{len(lines)}, not {options.lines}")
    start = sum(len(line) + 1 for line in lines[: numbers[0] - 1])
    return start, start + len("\n".join(lines[numbers[0] - 1 : numbers[1]]))
