"""`qda export tables`: the study as tidy tables with a dictionary of their columns, or as its file holds them."""

from __future__ import annotations

import shutil
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from qda.cli.given import make_folder, refuse_dash
from qda.cli.publishing import add_profile, through_folder
from qda.errors import QdaError, UsageError
from qda.model.confidential import INTERNAL
from qda.model.nouns import many, many_are

if TYPE_CHECKING:
    import argparse

    from qda.cli.command import Command
    from qda.reports.study_tables.parts import Row

FORMATS = ("csv", "xlsx", "parquet")
_FORMAT = "csv (default), xlsx (one workbook) or parquet (for pandas, R and DuckDB)"
_RAW = "the tables as the study's file holds them, joined by keys, instead of tidy ones (CSV only)"
_HINT = "dictionary.md says what each table and column means; for programs, tables-metadata.json does beside CSV."


def run(command: Command, words: list[str]) -> None:
    """Write all tables into a folder."""
    parser = command.parser(epilog=_HINT)
    parser.add_argument(
        "form", metavar="FORMAT", help="tables: the study as tables, with a dictionary of their columns"
    )
    parser.add_argument(
        "-o", "--output", metavar="FOLDER", help="where (default: exports/tables of the study's folder)"
    )
    parser.add_argument("--format", default="csv", choices=FORMATS, metavar="|".join(FORMATS), help=_FORMAT)
    parser.add_argument("--raw", action="store_true", help=_RAW)
    add_profile(parser, cells=False)
    options = parser.parse_args(words)
    if options.format == "parquet" and options.profile != INTERNAL:
        raise UsageError("Parquet is packed and cannot be searched for names; take --format csv or xlsx")
    if options.raw and options.format != "csv":
        raise UsageError("--raw writes CSV; leave out --format")
    refuse_dash(options.output, "'qda export tables' writes many files into a folder")
    folder = Path(options.output) if options.output else command.study.folder / "exports" / "tables"
    if options.format == "parquet":
        from qda.render.study_tables.parquet import check_parquet

        check_parquet()
    new = not folder.exists()
    make_folder(folder)
    said: list[str] = []

    def write(place: Path) -> None:
        make_folder(place)
        said[:] = [(_raw if options.raw else _tidy)(command, options, place)]

    try:
        through_folder(command, options, folder, write)
    except QdaError:
        if new:
            shutil.rmtree(folder)
        raise
    command.say(said[0].format(folder=folder))


def _raw(command: Command, _options: argparse.Namespace, folder: Path) -> str:
    from qda.store.tables import write_tables

    return f"{many_are(len(write_tables(command.study, folder)), 'table')} in {{folder}}"


def _tidy(command: Command, options: argparse.Namespace, folder: Path) -> str:
    from qda.io.files import write_file
    from qda.render.study_tables import csvw, dictionary_markdown
    from qda.reports.study_tables import TABLES

    rows = {"csv": _csv, "xlsx": _xlsx, "parquet": _parquet}[options.format](command, folder)
    write_file(folder / "dictionary.md", dictionary_markdown(TABLES, rows))
    if options.format == "csv":
        write_file(folder / "tables-metadata.json", csvw(TABLES))
    return f"{many_are(len(TABLES), 'table')} in {{folder}}, and dictionary.md says what their columns mean"


def _csv(command: Command, folder: Path) -> dict[str, int]:
    from qda.cli.progress import Meter
    from qda.io.files import write_file
    from qda.render.study_tables import csv_pieces, is_formula
    from qda.reports.study_tables import TABLES, Taken

    taken, counts = Taken(command.study), dict.fromkeys((one.name for one in TABLES), 0)
    odd: dict[str, int] = {}

    def seen(name: str, row: Row) -> None:
        counts[name] += 1
        if is_formula(row):
            odd[name] = odd.get(name, 0) + 1

    with Meter("writing tables", len(TABLES)) as meter:
        for table in TABLES:
            write_file(folder / f"{table.name}.csv", csv_pieces(table, taken, partial(seen, table.name)))
            meter.step()
    if odd:
        named = ", ".join(f"{name} ({number})" for name, number in odd.items())
        command.say(
            f"note: {many(sum(odd.values()), 'row')} hold words that begin with =, +, - or @, in {named}; a spreadsheet"
            " that opens CSV may take them for formulas, and --format xlsx is safe from that"
        )
    return counts


def _xlsx(command: Command, folder: Path) -> dict[str, int]:
    from qda.cli.progress import Meter
    from qda.io.files import write_file
    from qda.render.study_tables import tables_workbook
    from qda.reports.study_tables import TABLES, Taken

    with Meter("writing tables", len(TABLES)) as meter:
        made = tables_workbook(TABLES, Taken(command.study), meter.step)
    write_file(folder / "tables.xlsx", made.data)
    if made.cut:
        command.say(f"note: {many_are(made.cut, 'cell')} cut short, for Excel holds no more words; CSV has them whole")
    return {}


def _parquet(command: Command, folder: Path) -> dict[str, int]:
    from qda.cli.progress import Meter
    from qda.io.files import write_through
    from qda.render.study_tables.parquet import write_parquet
    from qda.reports.study_tables import TABLES, Taken

    taken = Taken(command.study)
    with Meter("writing tables", len(TABLES)) as meter:
        for table in TABLES:
            write_through(folder / f"{table.name}.parquet", partial(write_parquet, table, taken))
            meter.step()
    return {}
