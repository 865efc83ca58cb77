"""`qda report NAME` and `qda report all`."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from qda.cli.command import add_form
from qda.cli.given import make_folder
from qda.cli.publishing import add_profile, publish, see, through
from qda.cli.selecting import NO_QUERY, add_selection, selection_of, used_by
from qda.errors import UsageError
from qda.model.confidential import PUBLIC
from qda.reports.options import OPTIONS

if TYPE_CHECKING:
    import argparse

    from qda.cli.command import Command
    from qda.cli.publishing import Door
    from qda.model.selection import Selection
    from qda.reports.option import Option
    from qda.reports.report import Report

_ENDINGS = {"table": "txt", "md": "md", "csv": "csv", "json": "json", "svg": "svg"}


def run(command: Command, words: list[str]) -> None:
    """Make one report, or all that the selection allows."""
    from qda.render.books import BINARY, BOOKS

    options = _options(command, words)
    if options.parts and options.format != "json":
        raise UsageError("--parts goes with --format json; a table and Markdown have the parts anyhow")
    ending = str(options.output or "").rpartition(".")[2]
    if options.format == "table" and ending in ("svg", *BOOKS):
        options.format = ending  # no browser, spreadsheet or word processor shows a table for the terminal
    if options.format in BINARY and options.output in (None, "-"):
        raise UsageError(f"a terminal cannot show {options.format}; name a file for it with -o FILE.{options.format}")
    if options.report == "all":
        through(command, options, lambda door: _all(door, options))
        return

    def make(door: Door) -> None:
        with command.study.database.reading():
            _write(door, _chosen(command, options), options, options.output)

    through(command, options, make)


def report_of(command: Command, words: list[str]) -> Report:
    """The report that these words after `qda report` name; the study must be open for reading.

    Raises:
        QdaError: It cannot be made of the study as it is.
        UsageError: The words name none, or an option does not fit.
    """
    return _chosen(command, _options(command, words))


def _chosen(command: Command, options: argparse.Namespace) -> Report:
    from qda.reports.registry import report_function

    see(command, options)
    function = report_function(options.report)
    own, selection = _own(options) | _outside(options, options.report), selection_of(options, options.report)
    _check_within(command, selection)
    return publish(command, options, function(command.study, selection, **own))


def _outside(options: argparse.Namespace, name: str) -> dict[str, Any]:
    """The options of a report itself that go with a profile: claims have footnotes for readers outside."""
    return {"public": True} if name == "claims" and options.profile == PUBLIC else {}


def _options(command: Command, words: list[str]) -> argparse.Namespace:
    from qda.render import REPORT_FORMATS
    from qda.reports.registry import REPORTS

    if not words:
        raise UsageError(f"say which report: {', '.join(REPORTS)}, or all; see 'qda report --help'")
    listed = "\n".join(f"  {name:<13} {said}" for name, said in REPORTS.items())
    parser = command.parser(
        epilog=f"reports:\n{listed}\n  all           all of them (with -o: a folder; as html, xlsx or docx: one book)"
    )
    parser.add_argument("report", help="which report")
    add_form(parser, REPORT_FORMATS)
    parser.add_argument("--evidence", action="store_true", help="also the ids of the codings behind each cell")
    parser.add_argument("--parts", action="store_true", help="in JSON also what stands around the table for reading")
    add_selection(parser)
    add_profile(parser)
    _add_own(parser)
    return parser.parse_args(words)


def _add_own(parser: argparse.ArgumentParser) -> None:
    """The options of single reports, each once; what nobody gives is None."""
    groups: dict[str, argparse._ArgumentGroup] = {}
    for option, reports in _owners().values():
        title = " and ".join(reports)
        group = groups.get(title) or groups.setdefault(title, parser.add_argument_group(title))
        how: dict[str, Any] = {"metavar": option.form, "action": "append" if option.several else "store"}
        if not option.form:
            how = {"action": "store_true"}
        group.add_argument(option.flag, default=None, help=option.help, **how)


def _owners() -> dict[str, tuple[Option, list[str]]]:
    """Every option by name, with the reports that take it."""
    found: dict[str, tuple[Option, list[str]]] = {}
    for report, own in OPTIONS.items():
        for option in own:
            found.setdefault(option.name, (option, []))[1].append(report)
    return found


def _own(options: argparse.Namespace) -> dict[str, Any]:
    """The options of the report itself; those of another report are refused."""
    for option, reports in _owners().values():
        if getattr(options, option.name) is not None and options.report not in reports:
            named = " and ".join(f"'qda report {one}'" for one in reports)
            raise UsageError(f"{option.flag} belongs to {named}")
    return {one.name: _read(one, getattr(options, one.name)) for one in OPTIONS.get(options.report, ())}


def _read(option: Option, given: Any) -> Any:
    """The value of an option: a switch as it stands, words as what they mean."""
    if given is None or given is True:
        return option.default if given is None else True
    return tuple(map(option.read, given)) if option.several else option.read(given)


def _check_within(command: Command, selection: Selection) -> None:
    """Refuse `--by-within` where nothing is compared by a family of codes."""
    if selection.by_within != "overlap" and not any(_is_family(command, name) for name in selection.by):
        raise UsageError("--by-within goes with --by and the path of a code; here --by names none")


def _is_family(command: Command, name: str) -> bool:
    """Whether what is compared by can be a family of codes."""
    from qda.reports.canonical import FAMILY

    return command.study.codebook.tree().seek(name.removeprefix(FAMILY)) is not None


def _write(door: Door, report: Report, options: argparse.Namespace, output: str | None) -> None:
    from qda.render import render_report
    from qda.render.books import BOOKS, book

    if options.format in BOOKS:
        door.write(book(door.command.study, [report], options.format), output)
        return
    made = render_report(report, options.format, evidence=options.evidence, parts=options.parts)
    door.write(made, output)
    if options.format != "csv":
        return
    from qda.render.as_csv import metadata

    if output in (None, "-"):
        for sentence in (report.title, f"unit: {report.unit}", *report.notes):
            door.say(sentence)
        return
    file = Path(str(output))
    beside = metadata(report, file.name, evidence=options.evidence)
    door.write(beside, str(file.with_name(f"{file.name}-metadata.json")))


def _all(door: Door, options: argparse.Namespace) -> None:
    """Every report, each with the options it has a use for; comparison needs something to compare by."""
    command = door.command
    from qda.render.books import BOOKS
    from qda.reports.registry import REPORTS

    _own(options)
    selection = selection_of(options)
    one = options.format in BOOKS
    folder = None if one or options.output in (None, "-") else Path(options.output)
    if folder is None and options.format in ("csv", "json", "svg"):
        raise UsageError(f"several reports are no one {options.format} file; name a folder for them with -o FOLDER")
    if folder is not None:
        make_folder(folder)
    with command.study.database.reading():
        _check_within(command, selection)
        names = [name for name in REPORTS if _fits(command, name, selection)]
        if one:
            _book(door, names, selection, options)
            return
        for number, name in enumerate(names):
            report = publish(command, options, _made(command, name, selection, **_outside(options, name)))
            if folder is None:
                door.write("\n" if number else "")
            place = str(folder / f"{name}.{_ENDINGS[options.format]}") if folder else None
            if options.format != "svg" or _has_picture(report):
                _write(door, report, options, place)


def _book(door: Door, names: list[str], selection: Selection, options: argparse.Namespace) -> None:
    """Reports as chapters of one file, some of them in several ways."""
    from qda.render.books import book
    from qda.reports.registry import ALSO, READABLE

    command = door.command
    chapters = [(name, _outside(options, name) | own) for name in names for own in ({}, *ALSO.get(name, ()))]
    if command.study.codings.count() > READABLE:
        chapters = [(name, own) for name, own in chapters if "disagreements" not in own]
    reports = (publish(command, options, _made(command, name, selection, **own)) for name, own in chapters)
    door.write(book(command.study, reports, options.format), options.output)


def _made(command: Command, name: str, selection: Selection, **own: Any) -> Report:
    """One of all reports, set apart by as many of the things that are named as it takes."""
    from qda.reports.registry import MOST_BY, report_function

    selection = used_by(selection, name)
    by = selection.by[: MOST_BY.get(name)]
    if name == "framework":  # which groups cases, and a family of codes is no value of a case
        by = tuple(one for one in by if not _is_family(command, one))
    return report_function(name)(command.study, replace(selection, by=by), **own)


def _has_picture(report: Report) -> bool:
    from qda.render.as_svg import picture

    return picture(report) is not None


def _fits(command: Command, name: str, selection: Selection) -> bool:
    """Whether a report is among all that a selection allows; if not, say why."""
    from qda.reports.registry import NEED_BY, NEED_SOURCE

    alone = name == "agreement" and selection.layer == "consensus"
    reasons = (
        (name in NEED_BY and not selection.by, ": say what to compare by with --by ATTRIBUTE"),
        (
            name in NEED_SOURCE and not selection.sources,
            ": 'qda report portrait' draws it by itself; here it wants --source NAME",
        ),
        (alone, ": it is between what coders coded alone, not in the consensus"),
        (name == "claims" and not command.study.claims.all(), ": there are none yet"),
        (name == "joint" and not command.study.facts.all(), ": no facts are entered"),
        (selection.query and name in NO_QUERY, f", for it takes no --query: {NO_QUERY.get(name)}"),
    )
    why = next((said for holds, said in reasons if holds), "")
    if why:
        command.say(f"{name} is left out{why}")
    return not why
