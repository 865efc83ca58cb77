"""`qda export`: excerpts, transcripts with their codings, tables for statistics, and projects for other tools."""

from __future__ import annotations

import shlex
from dataclasses import replace
from importlib import import_module
from typing import TYPE_CHECKING

from qda.cli.publishing import add_profile, publish, through
from qda.cli.selecting import add_selection, selection_of
from qda.errors import UsageError
from qda.model.nouns import many_are

if TYPE_CHECKING:
    import argparse

    from qda.cli.command import Command
    from qda.cli.publishing import Door
    from qda.reports.report import Report

_FORMS = {
    "markdown": "coded excerpts, grouped by code or by source, each with its place (a file, or - for the screen)",
    "docx": "transcripts as Word documents, each coding as a comment in the margin on its very words",
    "tagged": "transcripts as plain text, with tags around the words of each coding",
    "tables": "the study as tables for statistics and spreadsheets: CSV, a workbook or Parquet (a folder)",
    "refi": "the study as a REFI-QDA project for NVivo, ATLAS.ti, MAXQDA, QualCoder and others (.qdpx)",
    "qdc": "the codebook as a REFI-QDA codebook file (.qdc)",
    "qualcoder": "the study as a project of QualCoder (a folder NAME.qda)",
    "taguette": "the study as a project that Taguette imports (.sqlite3)",
    "webanno": "the codings as W3C Web Annotations, with their words and those around them (.jsonld)",
    "deposit": "a package for an archive: texts, codebook, tables, codings, metadata, checksums (.zip)",
}
# Formats with options of their own, and where they are written.
_OWN = {
    **dict.fromkeys(("refi", "qdc", "qualcoder", "taguette", "webanno"), "export_projects"),
    **dict.fromkeys(("docx", "tagged"), "export_coded"),
    "tables": "export_tables",
    "deposit": "export_deposit",
}


def run(command: Command, words: list[str]) -> None:
    """Write what people take away."""
    if not words:
        raise UsageError(f"say in which form: {', '.join(_FORMS)}; see 'qda export --help'")
    if words[0] in _OWN:
        import_module(f"qda.cli.{_OWN[words[0]]}").run(command, words)
        return
    listed = "\n".join(f"  {name:<9} {said}" for name, said in _FORMS.items())
    parser = command.parser(epilog=f"formats:\n{listed}")
    named = "one of those below; all but markdown have options of their own, as 'qda export refi --help' says"
    parser.add_argument("form", metavar="FORMAT", help=named)
    parser.add_argument("-o", "--output", metavar="FILE", help="where (default: in exports/ of the study's folder)")
    parser.add_argument(
        "--group", default="code", metavar="code|source", help="how excerpts are grouped (default: by code)"
    )
    add_selection(parser)
    add_profile(parser, cells=False)
    options = parser.parse_args(words)
    if options.form not in _FORMS:
        raise UsageError(f"there is no format '{options.form}'; formats are {', '.join(_FORMS)}")
    if options.group not in ("code", "source"):
        raise UsageError(f"--group is code or source, not '{options.group}'")
    _markdown(command, options)


def _markdown(command: Command, options: argparse.Namespace) -> None:
    from qda.io.markdown import excerpts_markdown
    from qda.reports.excerpts import excerpts

    study, selection = command.study, selection_of(options, "markdown")
    output = options.output or str(study.folder / "exports" / "excerpts.md")
    written = 0

    def make(door: Door) -> None:
        nonlocal written
        with study.database.reading():
            report = excerpts(study, selection)
            report = replace(report, manifest={**report.manifest, "command": _made_by(report, options.group)})
            report = publish(command, options, report)
            written = len(report.table.rows)
            door.write(excerpts_markdown(report, options.group), output)

    through(command, options, make)
    if output != "-":
        command.say(f"{many_are(written, 'excerpt')} in {output}")


def _made_by(report: Report, group: str) -> str:
    """The command that writes the same excerpts again, by the names of this view; where they go is no part of them."""
    grouped = [] if group == "code" else ["--group", group]
    return shlex.join(["qda", "export", "markdown", *grouped, *shlex.split(report.manifest["command"])[3:]])
