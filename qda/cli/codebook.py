"""`qda codebook`: the codebook as a YAML file, in and out."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from qda.cli.command import add_form
from qda.cli.given import number_of
from qda.cli.parsing import add_action, add_actions
from qda.errors import QdaError, UsageError, in_file
from qda.model.nouns import many

if TYPE_CHECKING:
    from qda.cli.command import Command
    from qda.model.codebook import Codebook


def run(command: Command, words: list[str]) -> None:
    """Take codebooks in, write them out, check and compare them."""
    parser = command.parser(epilog="A codebook begins with 'codes:' and a list of codes: '- name: trust'.")
    actions = add_actions(parser)
    imported = add_action(actions, "import", "take the codes of a file over; those that only the study has stay")
    imported.add_argument("file", help="the codebook (- is standard input)")
    export = add_action(actions, "export", "write the codebook to a file; comments of an existing file are kept")
    export.add_argument("file", help="the file (- is standard output)")
    export.add_argument("--force", action="store_true", help="overwrite a file that is no codebook")
    export.add_argument("--version", dest="number", metavar="N", help="as it was in version N")
    check = add_action(actions, "check", "say whether a file is a codebook, and if not, in which line it is wrong")
    check.add_argument("file", help="the codebook (- is standard input)")
    diff = add_action(actions, "diff", "list what differs between a file, or an earlier version, and the study now")
    diff.add_argument("file", metavar="FILE|N", help="a codebook, or the number of a version")
    history = add_action(actions, "history", "list the versions of the codebook: when, by whom and what was done")
    history.add_argument("file", nargs="?", help=argparse.SUPPRESS)
    for listing in (diff, history):
        add_form(listing)
    options = parser.parse_args(words)
    _ACTIONS[options.action](command, options)


def read(file: str) -> Codebook:
    """The codebook in a file."""
    from qda.io.codebook import read_codebook
    from qda.io.files import read_text, shown

    return read_codebook(read_text(file), shown(file))


def _import(command: Command, options: argparse.Namespace) -> None:
    from qda.io.files import shown

    codebook = read(options.file)
    name = Path(shown(options.file)).name
    try:
        new, changed = command.study.codebook.import_codebook(codebook, f"codebook from {name}", name)
    except QdaError as error:
        raise in_file(error, shown(options.file)) from None
    version = command.study.codebook.version()
    command.say(f"{many(new, 'new code')}, {changed} changed; the codebook is version {version}")


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
    from qda.io.files import shown
    from qda.store.code_names import check_codebook

    codebook = read(options.file)
    try:
        check_codebook(codebook)
    except QdaError as error:
        raise in_file(error, shown(options.file)) from None
    command.say(f"{shown(options.file)}: {many(sum(1 for _ in codebook.walk()), 'code')}, all well")


def _diff(command: Command, options: argparse.Namespace) -> None:
    from qda.io.codebook import diff_codebooks

    reading = command.study.codebook
    is_version = options.file.isdecimal() and (len(options.file) > 255 or not Path(options.file).exists())
    old = reading.codebook_at(_version(options.file)) if is_version else read(options.file)
    found = diff_codebooks(old, reading.codebook())
    rows = [(one.kind, one.path, one.field, one.old, one.new) for one in found]
    command.show(("change", "path", "field", "old", "new"), rows, options, "Nothing differs.")


def _history(command: Command, options: argparse.Namespace) -> None:
    if options.file is not None:
        raise UsageError(
            "'qda codebook history' lists the versions of the study's own codebook and takes no file;"
            f" 'qda codebook diff {options.file}' compares a file or an earlier version with it"
        )
    rows = command.study.codebook.versions()
    command.show(("version", "at", "coder", "what"), rows, options, "There is no codebook yet.")


def _version(words: str) -> int:
    if not words.isdecimal():
        raise QdaError(f"'{words}' is no codebook version; 'qda codebook history' lists them")
    return number_of(words, "a codebook version")


_ACTIONS = {"import": _import, "export": _export, "check": _check, "diff": _diff, "history": _history}
