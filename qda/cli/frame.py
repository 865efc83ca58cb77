"""`qda frame`: who was asked: a register of units with their response, its versions, and the response rate."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from qda.cli.command import add_form
from qda.cli.parsing import add_action, add_actions
from qda.errors import QdaError, in_file
from qda.model.nouns import many, many_are

if TYPE_CHECKING:
    import argparse

    from qda.cli.command import Command

_LONG = (
    "A frame is who was asked: units such as posts, offices or persons, each with a status. 'in' has answered; every"
    " other status (no answer, refused, ...) has not. Where the frame changed, each state of it is a version."
)
_COLUMNS = "Columns: unit, status; also reason, and case where the unit's case in the study has another name."


def run(command: Command, words: list[str]) -> None:
    """List the units of a frame, enter versions, change statuses, or count the response."""
    if not words or (words[0].startswith("-") and words[0] not in ("-h", "--help")):
        words = ["list", *words]
    parser = command.parser(epilog=_LONG)
    parser.usage = "qda frame [ACTION] ..."
    actions = add_actions(parser)
    listed = add_action(actions, "list", "list the units of a version with their status")
    versions = add_action(actions, "versions", "list the versions with their response")
    read = add_action(actions, "import", "enter a version with all its units from a file (CSV)", _COLUMNS)
    written = add_action(actions, "export", "write a version to a file, as 'import' reads it", _COLUMNS)
    for one in (read, written):
        one.add_argument("file", help="the file (- is standard input or output)")
    changed = add_action(actions, "change", "a new version: the last one without some units, and with others")
    changed.add_argument("--out", nargs="+", action="extend", default=[], metavar="UNIT", help="units that left it")
    changed.add_argument("--in", dest="come", nargs="+", action="extend", default=[], metavar="UNIT", help="new units")
    given = add_action(actions, "set", "say how a unit responded")
    given.add_argument("unit", help="name of the unit")
    given.add_argument("status", help="in, no answer, refused, or another word")
    given.add_argument("--reason", default="", help="why")
    reported = add_action(actions, "report", "the response: how many are in, who is missing, what changed")
    for one in (read, changed):
        one.add_argument("--version", required=True, metavar="NAME", help="what this state of the frame is called")
        one.add_argument("--since", default="", help="from when on it holds, as 2014, 2014-10 or 2014-10-01")
        one.add_argument("--note", default="", help="what is to be known of it")
    for one in (listed, written, given, reported):
        one.add_argument("--version", default="", metavar="NAME", help="which version (default: the last)")
    for one in (listed, versions, reported):
        add_form(one)
    options = parser.parse_args(words)
    _ACTIONS[options.action](command, options)


def _list(command: Command, options: argparse.Namespace) -> None:
    frames = command.study.frames
    units = frames.units(frames.get(options.version)) if frames.versions() or options.version else []
    rows = [(unit.name, unit.status, unit.reason, unit.case) for unit in units]
    empty = "No frame is entered yet; 'qda frame import FILE --version NAME' enters one."
    command.show(("unit", "status", "reason", "case"), rows, options, empty)


def _versions(command: Command, options: argparse.Namespace) -> None:
    from qda.model.frames import response

    study, rows = command.study, []
    with study.database.reading():
        for one in study.frames.versions():
            found = response(study.frames.units(one))
            rows.append((one.name, one.since, found.asked, found.answered, found.share, one.note))
    command.show(("version", "since", "asked", "in", "share", "note"), rows, options, "No frame is entered yet.")


def _import(command: Command, options: argparse.Namespace) -> None:
    from qda.io.files import read_text, shown
    from qda.io.registers.frames import parse_frame

    text, file = read_text(options.file), shown(options.file)
    try:
        units = parse_frame(text, file)
        summary = f"frame '{options.version}' from {Path(file).name}"
        new, changed, gone = command.study.frames.enter(options.version, options.since, options.note, units, summary)
    except QdaError as error:
        raise in_file(error, file) from None
    command.say(f"Frame '{options.version}': {many(new, 'new unit')}, {changed} changed, {gone} taken out")


def _export(command: Command, options: argparse.Namespace) -> None:
    from qda.io.registers.frames import frame_table
    from qda.io.tables import write_table

    header, rows = frame_table(command.study, command.study.frames.get(options.version))
    command.write(write_table(header, rows), options.file)


def _change(command: Command, options: argparse.Namespace) -> None:
    frames = command.study.frames
    summary = f"frame '{options.version}': {len(options.out)} out, {len(options.come)} in"
    version = frames.alter(options.version, options.since, options.note, options.out, options.come, summary)
    command.say(f"{many_are(len(frames.units(version)), 'unit')} in the frame '{version.name}'")


def _set(command: Command, options: argparse.Namespace) -> None:
    frames = command.study.frames
    frames.answer(frames.get(options.version), options.unit, options.status, options.reason)


def _report(command: Command, options: argparse.Namespace) -> None:
    from qda.reports.response import respond

    found = respond(command.study, options.version)
    figures = found.figures
    names: dict[str, list[str]] = {}
    for unit in figures.missing:
        names.setdefault(unit.status, []).append(f"{unit.name} ({unit.reason})" if unit.reason else unit.name)
    said = {status: ", ".join(listed) for status, listed in names.items()}
    rows = [(status, number, number / figures.asked, said.get(status, "")) for status, number in figures.statuses]
    if options.format in ("table", "md") and options.output in (None, "-"):
        command.write("".join(f"{sentence}\n" for sentence in found.sentences) + "\n")
    command.show(("status", "units", "share", "missing"), rows, options, "This version has no units.")
    if options.format not in ("table", "md") or options.output not in (None, "-"):
        for sentence in found.sentences:
            command.say(sentence)


_ACTIONS = {
    "list": _list,
    "versions": _versions,
    "import": _import,
    "export": _export,
    "change": _change,
    "set": _set,
    "report": _report,
}
