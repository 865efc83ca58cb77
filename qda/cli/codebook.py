"""`qda codebook`: the codebook as a YAML file, in and out."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from qda.cli.command import add_form, number_of
from qda.errors import QdaError

if TYPE_CHECKING:
    import argparse

    from qda.cli.command import Command
    from qda.model.codebook import Codebook


def run(command: Command, words: list[str]) -> None:
    """Take codebooks in, write them out, check and compare them."""
    parser = command.parser(epilog="The format is explained in docs/codebook-format.md.")
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    imported = actions.add_parser("import", help="take a codebook's codes over")
    imported.add_argument("file")
    export = actions.add_parser("export", help="write the codebook; comments of an existing file are kept")
    export.add_argument("file", help="- is standard output")
    export.add_argument("--force", action="store_true", help="overwrite a file that is no codebook")
    export.add_argument("--version", dest="number", metavar="N", help="as it was in an earlier version")
    check = actions.add_parser("check", help="say whether a file is a codebook")
    check.add_argument("file")
    diff = actions.add_parser("diff", help="what differs between a file (or version) and the study")
    diff.add_argument("file", help="a file, or the number of an earlier version")
    history = actions.add_parser("history", help="the versions of the codebook")
    for listing in (diff, history):
        add_form(listing)
    options = parser.parse_args(words)
    _ACTIONS[options.action](command, options)


def read(file: str) -> Codebook:
    """The codebook in a file."""
    from qda.io.codebook import read_codebook
    from qda.io.files import read_text

    return read_codebook(read_text(Path(file)), file)


def _import(command: Command, options: argparse.Namespace) -> None:
    codebook = read(options.file)
    name = Path(options.file).name
    try:
        new, changed = command.study.codebook.import_codebook(codebook, f"codebook from {name}", name)
    except QdaError as error:
        raise QdaError(f"{options.file}: {error}") from None
    command.say(f"{new} new codes, {changed} changed; the codebook is version {command.study.codebook.version()}")


def _export(command: Command, options: argparse.Namespace) -> None:
    from qda.io.codebook import write_codebook
    from qda.io.files import read_text

    reading = command.study.codebook
    codebook = reading.codebook() if options.number is None else reading.codebook_at(_version(options.number))
    target = Path(options.file)
    existing = None
    if options.file != "-" and target.exists():
        existing = read_text(target)
        try:
            read(options.file)
        except QdaError as error:
            if not options.force:
                raise QdaError(f"{error}; it is overwritten only with --force") from None
            existing = None
    command.write(write_codebook(codebook, existing), options.file)


def _check(command: Command, options: argparse.Namespace) -> None:
    from qda.store.codebook import check_codebook

    codebook = read(options.file)
    try:
        check_codebook(codebook)
    except QdaError as error:
        raise QdaError(f"{options.file}: {error}") from None
    command.say(f"{options.file}: {sum(1 for _ in codebook.walk())} codes, all well")


def _diff(command: Command, options: argparse.Namespace) -> None:
    from qda.io.codebook import diff_codebooks

    reading = command.study.codebook
    is_version = options.file.isdecimal() and not Path(options.file).exists()
    old = reading.codebook_at(_version(options.file)) if is_version else read(options.file)
    found = diff_codebooks(old, reading.codebook())
    rows = [(one.kind, one.path, one.field, one.old, one.new) for one in found]
    command.show(("change", "path", "field", "old", "new"), rows, options, "Nothing differs.")


def _history(command: Command, options: argparse.Namespace) -> None:
    rows = command.study.codebook.versions()
    command.show(("version", "at", "coder", "what"), rows, options, "There is no codebook yet.")


def _version(words: str) -> int:
    if not words.isdecimal():
        raise QdaError(f"'{words}' is no codebook version; 'qda codebook history' lists them")
    return number_of(words, "a codebook version")


_ACTIONS = {"import": _import, "export": _export, "check": _check, "diff": _diff, "history": _history}
