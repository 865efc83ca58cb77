"""`qda export markdown`: coded excerpts for writers; `qda export tables`: every table as CSV."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from qda.cli.selecting import add_selection, selection_of
from qda.errors import UsageError

if TYPE_CHECKING:
    from qda.cli.command import Command

_FORMS = {
    "markdown": "coded excerpts, grouped by code or by source, each with its place (a file, or - for the screen)",
    "tables": "every table of the study as CSV, for spreadsheets and statistics (a folder)",
}


def run(command: Command, words: list[str]) -> None:
    """Write what people take away."""
    listed = "\n".join(f"  {name:<9} {said}" for name, said in _FORMS.items())
    parser = command.parser(epilog=f"formats:\n{listed}")
    parser.add_argument("form", metavar="FORMAT", help="markdown or tables")
    parser.add_argument("-o", "--output", metavar="FILE", help="where (default: exports/ in the study's folder)")
    parser.add_argument("--group", default="code", metavar="code|source", help="how excerpts are grouped")
    add_selection(parser)
    options = parser.parse_args(words)
    if options.form not in _FORMS:
        raise UsageError(f"there is no format '{options.form}'; formats are {', '.join(_FORMS)}")
    if options.group not in ("code", "source"):
        raise UsageError(f"--group is code or source, not '{options.group}'")
    study = command.study
    if options.form == "tables":
        from qda.store.tables import write_tables

        folder = Path(options.output) if options.output else study.folder / "exports" / "tables"
        command.say(f"{len(write_tables(study, folder))} tables are in {folder}")
        return
    from qda.io.markdown import excerpts_markdown
    from qda.reports.excerpts import excerpts

    with study.database.reading():
        report = excerpts(study, selection_of(options))
    output = options.output or str(study.folder / "exports" / "excerpts.md")
    command.write(excerpts_markdown(report, options.group), output)
    if output != "-":
        command.say(f"{len(report.table.rows)} excerpts are in {output}")
