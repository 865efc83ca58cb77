"""`qda report NAME` and `qda report all`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from qda.cli.command import add_form
from qda.cli.given import make_folder, number_of
from qda.cli.selecting import add_selection, selection_of, used_by
from qda.errors import UsageError

if TYPE_CHECKING:
    import argparse

    from qda.cli.command import Command
    from qda.model.selection import Selection
    from qda.reports.report import Report

_ENDINGS = {"table": "txt", "md": "md", "csv": "csv", "json": "json", "svg": "svg"}


def run(command: Command, words: list[str]) -> None:
    """Make one report, or all that the selection allows."""
    from qda.render import REPORT_FORMATS
    from qda.reports.registry import REPORTS, report_function

    listed = "\n".join(f"  {name:<13} {said}" for name, said in REPORTS.items())
    parser = command.parser(
        epilog=f"reports:\n{listed}\n  all           all of them (with -o: into a folder; as html: one book)"
    )
    parser.add_argument("report", help="which report")
    add_form(parser, REPORT_FORMATS)
    parser.add_argument("--evidence", action="store_true", help="also the ids of the codings behind each cell")
    parser.add_argument("--parts", action="store_true", help="in JSON also what stands around the table for reading")
    add_selection(parser)
    group = parser.add_argument_group("co-occurrence")
    where = "where codes meet: N characters or Nt turns apart, ... (default: overlap)"
    group.add_argument("--within", default="overlap", metavar="overlap|turn|source|case|N|Nt", help=where)
    group.add_argument("--follows", action="store_true", help="only where the column's code comes after the row's")
    group.add_argument("--pool", action="store_true", help="let codes of different coders meet")
    group.add_argument(
        "--measure", default="count", metavar="count|row", help="regions (default), or passages of the row"
    )
    group.add_argument("--long", action="store_true", help="a row for each pair, with Jaccard")
    group = parser.add_argument_group("comparison")
    group.add_argument("--test", action="store_true", help="test whether shares of cases differ (exact, Holm)")
    group = parser.add_argument_group("saturation")
    group.add_argument("--base", default="4", metavar="N", help="how many first interviews are the base (default: 4)")
    group.add_argument("--run", default="2", metavar="N", help="how many interviews are a run (default: 2)")
    group.add_argument("--threshold", default="0.05", metavar="SHARE", help="little new information (default: 0.05)")
    group.add_argument("--orders", default="200", metavar="N", help="random orders for the band (default: 200)")
    group = parser.add_argument_group("timeline")
    group.add_argument("--per", default="month", metavar="day|month|quarter|year", help="periods (default: month)")
    group = parser.add_argument_group("spectrum and timeline")
    group.add_argument(
        "--moment", default="", metavar="NAME", help="what moments are: a family of codes or an attribute"
    )
    _add_agreement(parser)
    options = parser.parse_args(words)
    if options.parts and options.format != "json":
        raise UsageError("--parts goes with --format json; a table and Markdown have the parts anyhow")
    ending = str(options.output or "").rpartition(".")[2]
    if options.format == "table" and ending in ("html", "svg"):
        options.format = ending  # no browser shows a table for the terminal
    if options.report == "all":
        _all(command, options)
        return
    function = report_function(options.report)
    own, selection = _own(options), selection_of(options, options.report)
    with command.study.database.reading():
        _check_within(command, selection)
        report = function(command.study, selection, **own)
        _write(command, report, options, options.output)


def _add_agreement(parser: argparse.ArgumentParser) -> None:
    group = parser.add_argument_group("agreement")
    group.add_argument("--round", default="", metavar="NAME", help="the codings as they were handed in for this round")
    group.add_argument(
        "--unit", action="append", default=[], metavar="NAME", help="only char, segment, continuum, turn, sentence"
    )
    group.add_argument("--stat", action="append", default=[], metavar="NAME", help="only this figure, as kappa")
    group.add_argument("--rule", default="", metavar="any|majority", help="when a turn or sentence counts as coded")
    group.add_argument("--overlap", default="0.9", metavar="SHARE", help="from where two passages are the same (0.9)")
    group.add_argument("--by-source", action="store_true", help="rows of each source too")
    group.add_argument(
        "--intervals", default="jackknife", metavar="jackknife|bootstrap|none", help="over sources (default: jackknife)"
    )
    group.add_argument("--seed", default="1", metavar="N", help="of the bootstrap, or of the orders (default: 1)")
    group.add_argument("--with-accepted", action="store_true", help="count accepted suggestions of rules and models")
    group.add_argument("--disagreements", action="store_true", help="list where coders are apart instead of figures")


# The options that belong to one report, with what they are where nobody names them.
_OWN: dict[str, dict[str, Any]] = {
    "cooccurrence": {"within": "overlap", "follows": False, "pool": False, "measure": "count", "long": False},
    "comparison": {"test": False},
    "spectrum": {"moment": ""},
    "saturation": {"base": "4", "run": "2", "threshold": "0.05", "orders": "200", "seed": "1"},
    "timeline": {"per": "month", "moment": ""},
    "agreement": {
        "round": "",
        "overlap": "0.9",
        "rule": "",
        "unit": [],
        "stat": [],
        "by_source": False,
        "intervals": "jackknife",
        "seed": "1",
        "with_accepted": False,
        "disagreements": False,
    },
}


def _own(options: argparse.Namespace) -> dict[str, Any]:
    """The options of the report itself; those of another report are refused."""
    for report, defaults in _OWN.items():
        taken = _OWN.get(options.report, {})
        wrong = [name for name, default in defaults.items() if name not in taken and getattr(options, name) != default]
        if wrong:
            raise UsageError(f"--{wrong[0].replace('_', '-')} belongs to 'qda report {report}'")
    own = {name: getattr(options, name) for name in _OWN.get(options.report, {})}
    for name in ("overlap", "threshold"):
        if name in own:
            own[name] = _share(own[name], f"--{name}")
    for name in ("seed", "base", "run", "orders"):
        if name in own:
            own[name] = number_of(own[name], f"--{name}")
    return own


def _share(words: str, option: str) -> float:
    try:
        return float(words)
    except ValueError:
        raise UsageError(f"{option} is a share between 0 and 1, as 0.9, not '{words}'") from None


def _check_within(command: Command, selection: Selection) -> None:
    """Refuse `--by-within` where nothing is compared by a family of codes."""
    from qda.reports.canonical import FAMILY

    named = (name.removeprefix(FAMILY) for name in selection.by)
    if selection.by_within != "overlap" and not any(map(command.study.codebook.tree().seek, named)):
        raise UsageError("--by-within goes with --by and the path of a code; here --by names none")


def _write(command: Command, report: Report, options: argparse.Namespace, output: str | None) -> None:
    from qda.render import render_report

    if options.format == "html":
        from qda.render.html import report_page

        command.write(report_page(command.study, [report]), output)
        return
    made = render_report(report, options.format, evidence=options.evidence, parts=options.parts)
    command.write(made, output)
    if options.format != "csv":
        return
    from qda.render.as_csv import metadata

    if output in (None, "-"):
        for sentence in (report.title, f"unit: {report.unit}", *report.notes):
            command.say(sentence)
        return
    file = Path(str(output))
    beside = metadata(report, file.name, evidence=options.evidence)
    command.write(beside, str(file.with_name(f"{file.name}-metadata.json")))


def _all(command: Command, options: argparse.Namespace) -> None:
    """Every report, each with the options it has a use for; comparison needs something to compare by."""
    from qda.reports.registry import REPORTS

    _own(options)
    selection = selection_of(options)
    book = options.format == "html"
    folder = None if book or options.output in (None, "-") else Path(options.output)
    if folder is None and options.format in ("csv", "json", "svg"):
        raise UsageError(f"several reports are no one {options.format} file; name a folder for them with -o FOLDER")
    if folder is not None:
        make_folder(folder)
    with command.study.database.reading():
        _check_within(command, selection)
        names = [name for name in REPORTS if _fits(command, name, selection)]
        if book:
            _book(command, names, selection, options.output)
            return
        for number, name in enumerate(names):
            report = _made(command, name, selection)
            if folder is None:
                command.write("\n" if number else "")
            place = str(folder / f"{name}.{_ENDINGS[options.format]}") if folder else None
            if options.format != "svg" or _has_picture(report):
                _write(command, report, options, place)


def _book(command: Command, names: list[str], selection: Selection, output: str | None) -> None:
    """Reports as chapters of one page, some of them in several ways."""
    from qda.render.html import report_page
    from qda.reports.registry import ALSO

    chapters = [(name, own) for name in names for own in ({}, *ALSO.get(name, ()))]
    reports = [_made(command, name, selection, **own) for name, own in chapters]
    command.write(report_page(command.study, reports), output)


def _made(command: Command, name: str, selection: Selection, **own: Any) -> Report:
    from qda.reports.registry import report_function

    return report_function(name)(command.study, used_by(selection, name), **own)


def _has_picture(report: Report) -> bool:
    from qda.render.as_svg import picture

    return picture(report) is not None


def _fits(command: Command, name: str, selection: Selection) -> bool:
    """Whether a report is among all that a selection allows; if not, say why."""
    from qda.reports.registry import NEED_BY

    if name in NEED_BY and not selection.by:
        command.say(f"{name} is left out: say what to compare by with --by ATTRIBUTE")
        return False
    if name == "agreement" and selection.layer == "consensus":
        command.say("agreement is left out: it is between what coders coded alone, not in the consensus")
        return False
    return True
