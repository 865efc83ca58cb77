"""Registers, in and out: persons, cases, memos, attributes, progress, coverage, stretches that are no data."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from qda.cli.command import add_form
from qda.cli.given import code_of
from qda.cli.parsing import add_action, add_actions
from qda.errors import QdaError, UsageError, in_file
from qda.model.nouns import many, many_are

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable

    from qda.cli.command import Command
    from qda.cli.parsing import Actions


def parse_action(
    command: Command, words: list[str], add_own: Callable[[Actions], None] | None = None
) -> argparse.Namespace:
    """The words after a command that lists, takes in and writes out; without an action it lists."""
    if not words or (words[0].startswith("-") and words[0] not in ("-h", "--help")):
        words = ["list", *words]
    parser = command.parser(epilog="Without an action: the list, with --format and -o.")
    parser.usage = f"qda {command.name} [ACTION] ..."
    actions = add_actions(parser)
    add_form(add_action(actions, "list", "list them"))
    said_in, said_out = _FILES[command.name]
    read = add_action(actions, "import", f"take them in from a file ({said_in})", said_out)
    read.add_argument("file", help="the file (- is standard input)")
    written = add_action(actions, "export", "write them to a file, as 'import' reads it", said_out)
    written.add_argument("file", help="the file (- is standard output)")
    if command.name == "attributes":
        read.add_argument("--for", dest="target", default="", metavar="sources|persons|cases", help=_FOR)
        written.add_argument("--for", dest="target", default="", metavar="sources|persons|cases", help=_FOR_OUT)
    if add_own:
        add_own(actions)
    return parser.parse_args(words)


def add_merge(actions: Actions) -> None:
    """`persons merge`."""
    merge = add_action(actions, "merge", "confirm that two persons are one")
    merge.add_argument("person", help="the person whose turns, cases and values go to the other")
    merge.add_argument("into", help="the person who stays")


_BY_ID = (("coding", "ID"), ("claim", "ID"))


def add_memo(actions: Actions) -> None:
    """`memos add`."""
    add = add_action(actions, "add", "write a memo")
    add.add_argument("text", help="the memo, in quotes")
    add.add_argument("--type", default="analytic", help="analytic (default), case, method or theoretical")
    add.add_argument("--title", default="", help="a title")
    about = add.add_mutually_exclusive_group()
    for kind, metavar in (("source", "NAME"), ("person", "NAME"), ("case", "NAME"), ("code", "PATH"), *_BY_ID):
        about.add_argument(f"--{kind}", metavar=metavar, help=f"it is about this {kind} (else about the study)")


def run_action(command: Command, options: argparse.Namespace) -> None:
    """Do what the words after the command say."""
    if options.action == "merge":
        command.study.persons.merge(options.person, options.into)
        return
    if options.action == "add":
        _write_memo(command, options)
        return
    if options.action == "export":
        _export(command, options)
        return
    from qda.io.files import read_text, shown

    text = read_text(options.file)
    options.file = shown(options.file)
    try:
        _IMPORTS[command.name](command, text, options, f"{command.name} from {Path(options.file).name}")
    except QdaError as error:
        raise in_file(error, options.file) from None


def _write_memo(command: Command, options: argparse.Namespace) -> None:
    from qda.store.memos import MemoRow

    about = [(kind, getattr(options, kind)) for kind in ("source", "person", "case", "code", "coding", "claim")]
    kind, target = next(((kind, name) for kind, name in about if name), ("study", ""))
    target = code_of(command.study, target) if kind == "code" else target
    command.study.memos.add(MemoRow(options.text, kind, target, options.type, options.title))


def _export(command: Command, options: argparse.Namespace) -> None:
    from qda.io import registers, tables

    if command.name == "memos":
        from qda.io.memos import write_memos

        command.write("".join(write_memos(command.study)), options.file)
        return
    if command.name == "attributes":
        header, rows = registers.attributes_table(command.study, _target(options.target or "sources"))
    else:
        make: Callable[..., tuple[list[str], list[list[str]]]] = getattr(
            registers, f"{command.name.replace('-', '_')}_table"
        )
        header, rows = make(command.study)
    command.write(tables.write_table(header, rows), options.file)


def _target(words: str) -> str:
    target = words.removesuffix("s")
    if target not in ("source", "person", "case"):
        raise UsageError(f"--for is sources, persons or cases, not '{words}'")
    return target


def _persons(command: Command, text: str, options: argparse.Namespace, summary: str) -> None:
    from qda.io.registers import parse_persons

    count = command.study.persons.import_rows(parse_persons(text, options.file), summary)
    command.say(f"{many_are(count, 'person')} entered")


def _cases(command: Command, text: str, options: argparse.Namespace, summary: str) -> None:
    from qda.io.registers import parse_cases

    count = command.study.cases.import_rows(parse_cases(text, options.file), summary)
    command.say(f"{many_are(count, 'case')} entered")


def _memos(command: Command, text: str, options: argparse.Namespace, summary: str) -> None:
    from qda.io.memos import parse_memos

    rows = parse_memos(text, options.file, _text_of(command))
    command.say(f"{many_are(command.study.memos.import_rows(rows, summary), 'memo')} entered")


def _attributes(command: Command, text: str, options: argparse.Namespace, summary: str) -> None:
    from qda.io.registers import parse_attributes

    table = parse_attributes(text, options.file, _target(options.target) if options.target else "")
    rows, values = command.study.attributes.import_rows(table.target, table.columns, table.rows, summary)
    said = f"{many(values, 'value')} of {many(len(table.columns), 'attribute')}"
    command.say(f"{said} {'is' if values == 1 else 'are'} entered for {many(rows, table.target)}")


def _progress(command: Command, text: str, options: argparse.Namespace, summary: str) -> None:
    from qda.io.registers import parse_progress

    entered = command.study.progress.import_rows(parse_progress(text, options.file), summary)
    command.say(f"{many_are(entered.states, 'state')} entered")
    if entered.fewer:
        command.say(
            f"{many_are(entered.fewer, 'state')} kept under a version of the codebook with fewer codes than theirs had:"
            " none here has just those, and no code may count as looked for that was not"
        )


def _coverage(command: Command, text: str, options: argparse.Namespace, summary: str) -> None:
    from qda.io.registers import parse_coverage

    count = command.study.coverage.import_rows(parse_coverage(text, options.file), summary)
    command.say(f"{many(count, 'entry', 'entries')} of coverage {'is' if count == 1 else 'are'} made")


def _not_data(command: Command, text: str, options: argparse.Namespace, summary: str) -> None:
    from qda.io.registers import parse_not_data

    rows = parse_not_data(text, options.file, _text_of(command))
    count = command.study.not_data.import_rows(rows, summary)
    command.say(f"{many_are(count, 'stretch', 'stretches')} marked as no data")


def _text_of(command: Command) -> Callable[[str], str]:
    study = command.study
    return lambda name: study.sources.text(study.sources.get(name).key)


def _summaries(command: Command, text: str, options: argparse.Namespace, summary: str) -> None:
    from qda.io.registers import parse_summaries
    from qda.reports.summing_up import write

    count = write(command.study, parse_summaries(text, options.file), said=summary)
    command.say(f"{many_are(count, 'cell')} written")


def _facts(command: Command, text: str, options: argparse.Namespace, summary: str) -> None:
    from qda.io.registers import parse_facts

    count = command.study.facts.enter(parse_facts(text, options.file), summary)
    command.say(f"{many_are(count, 'fact')} entered")


def _pseudonyms(command: Command, text: str, options: argparse.Namespace, summary: str) -> None:
    from qda.io.registers import parse_pseudonyms

    count = command.study.pseudonyms.set(parse_pseudonyms(text, options.file), summary)
    command.say(f"{many_are(count, 'pseudonym')} set")


_IMPORTS = {
    "pseudonyms": _pseudonyms,
    "facts": _facts,
    "summaries": _summaries,
    "persons": _persons,
    "cases": _cases,
    "memos": _memos,
    "attributes": _attributes,
    "progress": _progress,
    "coverage": _coverage,
    "not-data": _not_data,
}

_FOR = "for whom, where the first column does not say it"
_FOR_OUT = "whose attributes (default: sources)"
# What a file of these things is, and what stands in it.
_FILES = {
    "persons": (
        "CSV",
        "Columns: person, role (respondent, interviewer, interpreter, other), source, label, speaks_for; only person"
        " is needed. A person named for several sources is the same in all of them.",
    ),
    "cases": ("CSV", "Columns: case, kind, person, source; only case is needed. Several members stand with | between."),
    "memos": (
        "JSON lines",
        'A line: {"text": "...", "target": {"source": "..."}}, and if you like type, title, coder, at, id. A target is'
        " a source, person, case, code, coding or claim, a source with start and end or a quote, or the study (true).",
    ),
    "attributes": (
        "CSV",
        "The first column is source, person or case; every other one is an attribute, as name or name:type (text,"
        " number, date, choice). Several values stand with | between.",
    ),
    "facts": (
        "CSV",
        "Columns: about (case=NAME or ATTRIBUTE=VALUE), measure, value; also type (number, percent, scale, text,"
        " yes/no), levels of a scale from low to high with | between, unit, period, rater, origin, note.",
    ),
    "summaries": ("CSV", "Columns: case (the source, in a study without cases), theme, summary."),
    "pseudonyms": (
        "CSV",
        "Columns: name, pseudonym (empty: none), of (person, source or case). What is exported names all persons.",
    ),
    "progress": (
        "CSV",
        "Columns: source, coder, state (assigned, in progress, done); also version (of the codebook), layer, and codes"
        " and lacks (how many codes that version had, and which not, so that another study finds one like it).",
    ),
    "coverage": ("CSV", "Columns: source, code, asked (yes or no). An entry holds for the subcodes too."),
    "not-data": ("CSV", "Columns: source, and start and end or quote and occurrence; also reason."),
}
