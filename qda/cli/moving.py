"""Registers in and out: persons, cases, memos, attributes, progress, coverage, stretches that are no data."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from qda.errors import BadFileError, QdaError, UsageError

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable

    from qda.cli.command import Command


def add_actions(parser: argparse.ArgumentParser, name: str) -> argparse._SubParsersAction[argparse.ArgumentParser]:
    """`import FILE` and `export FILE`, and what else can be done with these things."""
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    for action, said in (("import", "take them in from a file"), ("export", "write them to a file")):
        one = actions.add_parser(action, help=said, epilog=_HEADERS[name])
        one.add_argument("file", help="- is standard input or output")
        if name == "attributes":
            one.add_argument("--for", dest="target", default="", metavar="sources|persons|cases", help="for whom")
    if name == "persons":
        merge = actions.add_parser("merge", help="confirm that two persons are one")
        merge.add_argument("person")
        merge.add_argument("into")
    if name == "memos":
        _add_memo(actions.add_parser("add", help="write a memo"))
    return actions


def _add_memo(add: argparse.ArgumentParser) -> None:
    add.add_argument("text")
    add.add_argument("--type", default="analytic", help="analytic, case, method or theoretical")
    add.add_argument("--title", default="")
    about = add.add_mutually_exclusive_group()
    for kind in ("source", "person", "case", "code", "coding"):
        about.add_argument(f"--{kind}", help=f"the {kind} that it is about (default: the study)")


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
    from qda.io.files import read_text

    text = read_text(options.file)
    summary = f"{command.name} from {'standard input' if options.file == '-' else Path(options.file).name}"
    try:
        _IMPORTS[command.name](command, text, options, summary)
    except (BadFileError, UsageError):
        raise
    except QdaError as error:
        raise QdaError(f"{options.file}: {error}") from None


def _write_memo(command: Command, options: argparse.Namespace) -> None:
    from qda.store.memos import MemoRow

    about = [(kind, getattr(options, kind)) for kind in ("source", "person", "case", "code", "coding")]
    kind, target = next(((kind, name) for kind, name in about if name), ("study", ""))
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
    command.say(f"{count} persons are entered")


def _cases(command: Command, text: str, options: argparse.Namespace, summary: str) -> None:
    from qda.io.registers import parse_cases

    count = command.study.cases.import_rows(parse_cases(text, options.file), summary)
    command.say(f"{count} cases are entered")


def _memos(command: Command, text: str, options: argparse.Namespace, summary: str) -> None:
    from qda.io.memos import parse_memos

    rows = parse_memos(text, options.file, _text_of(command))
    command.say(f"{command.study.memos.import_rows(rows, summary)} memos are entered")


def _attributes(command: Command, text: str, options: argparse.Namespace, summary: str) -> None:
    from qda.io.registers import parse_attributes

    table = parse_attributes(text, options.file, _target(options.target) if options.target else "")
    rows, values = command.study.attributes.import_rows(table.target, table.columns, table.rows, summary)
    command.say(f"{values} values of {len(table.columns)} attributes are entered for {rows} {table.target}s")


def _progress(command: Command, text: str, options: argparse.Namespace, summary: str) -> None:
    from qda.io.registers import parse_progress

    count = command.study.progress.import_rows(parse_progress(text, options.file), summary)
    command.say(f"{count} states are entered")


def _coverage(command: Command, text: str, options: argparse.Namespace, summary: str) -> None:
    from qda.io.registers import parse_coverage

    count = command.study.coverage.import_rows(parse_coverage(text, options.file), summary)
    command.say(f"{count} entries of coverage are made")


def _not_data(command: Command, text: str, options: argparse.Namespace, summary: str) -> None:
    from qda.io.registers import parse_not_data

    rows = parse_not_data(text, options.file, _text_of(command))
    command.say(f"{command.study.not_data.import_rows(rows, summary)} stretches are marked as no data")


def _text_of(command: Command) -> Callable[[str], str]:
    study = command.study
    return lambda name: study.sources.text(study.sources.get(name).key)


_IMPORTS = {
    "persons": _persons,
    "cases": _cases,
    "memos": _memos,
    "attributes": _attributes,
    "progress": _progress,
    "coverage": _coverage,
    "not-data": _not_data,
}

_HEADERS = {
    "persons": "CSV: person, role, source, label, speaks_for. A person named for several sources is shared by them.",
    "cases": "CSV: case, kind, person, source; several members are separated by |.",
    "memos": "JSON lines: type, title, text, coder, at, target.",
    "attributes": "CSV: the first header is source, person or case, the others are attributes (name or name:type);"
    " several values are separated by |.",
    "progress": "CSV: source, coder, state (assigned, in progress, done), version (of the codebook), layer.",
    "coverage": "CSV: source, code, asked (yes or no).",
    "not-data": "CSV: source, start, end, reason; or source, quote, occurrence, reason.",
}
