"""Which evidence stands behind a cell of a table for reading: its names, and the codes that it is about."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from qda.reports.report import Evidence, Table, cell_name

if TYPE_CHECKING:
    from collections.abc import Callable

    from qda.reports.report import Cell, Report

BELOW = "with subcodes"
COUNTED = ("codings", "sources")


def reading_table(report: Report) -> Table:
    """The table as people read it."""
    return report.view or report.table


def coded_evidence(report: Report) -> Evidence:
    """The evidence of a report as far as it is codings: what claims cite are none, and stand in their quotations."""
    evidence = report.evidence()
    if report.name != "claims":
        return evidence
    names = [cell_name(str(row[0]), "uncited") for row in reading_table(report).rows]
    return Evidence({name: evidence.codings[name] for name in names if name in evidence.codings})


def excerpts_by_code(report: Report) -> Report:
    """The report of excerpts as it is read where their words stand elsewhere: how many each code has."""
    found: dict[str, list[str]] = {}
    sources: dict[str, set[str]] = {}
    for row in report.table.rows:
        found.setdefault(str(row[0]), []).append(str(row[10]))
        sources.setdefault(str(row[0]), set()).add(str(row[2]))
    rows = tuple((code, len(ids), len(sources[code])) for code, ids in found.items())
    return replace(
        report,
        table=Table(report.table.columns, ()),
        view=Table(("code", *COUNTED), rows),
        evidence=lambda: Evidence({cell_name(code, name): ids for code, ids in found.items() for name in COUNTED}),
        described={**report.described, "codings": "codings of the code", "sources": "sources that they are in"},
    )


def plain_names(report: Report, row: int, column: int) -> list[str]:
    """The names under which any report may have its evidence; those that it does not have do no harm."""
    table = reading_table(report)
    cells = [str(cell) for cell in table.rows[row]]
    if "id" in table.columns:
        return [cell_name(cells[table.columns.index("id")], "text")]
    own = [cell_name(cells[0], table.columns[column])] if column else []
    return [*own, *(cell_name(*cells[:size]) for size in (2, 3))]


def plain_codes(report: Report, row: int, column: int) -> tuple[str, ...]:
    """No codes: excerpts are looked for among all that are selected."""
    del report, row, column
    return ()


def frequency_names(report: Report, row: int, column: int) -> list[str]:
    """One list stands behind all figures of a code, another behind those with its subcodes."""
    table = reading_table(report)
    ending = "_with_subcodes" if table.columns[column].endswith("_with_subcodes") else ""
    return [cell_name(str(table.rows[row][0]), f"passages{ending}")]


def framed_row(report: Report, row: int, column: int) -> dict[str, Cell]:
    """The row of a crossing's table, in which the cells stand as the view has them; of a label that of the last."""
    table, view = report.table, reading_table(report)
    across = len(table.rows) // len(view.rows)
    labels = len(view.columns) - across
    place = row * across + (column - labels if column >= labels else across - 1)
    return dict(zip(table.columns, table.rows[place], strict=True))


def framed_names(report: Report, row: int, column: int) -> list[str]:
    """The name of a cell of a crossing: what stands before its passages."""
    keys = report.table.columns.index("passages")
    return [cell_name(*(str(cell) for cell in [*framed_row(report, row, column).values()][:keys]))]


def theme_of(report: Report, row: int, column: int) -> tuple[str, ...]:
    """The theme of a cell of a framework."""
    return (str(framed_row(report, row, column)["theme"]),)


def theme_beside(report: Report, row: int, column: int) -> tuple[str, ...]:
    """The theme of a cell of a joint display; of a fact or a figure nothing."""
    found = framed_row(report, row, column)
    return (str(found["column"]),) if found["kind"] == "theme" else ()


def origin_of(report: Report, row: int, column: int) -> str:
    """Where a fact or a figure of a joint display comes from, and how far it holds; of a theme its first words."""
    found = framed_row(report, row, column)
    if not column or found["kind"] == "theme":
        return str(found["quotation"] or "") if column else ""
    words = (str(found[name]) for name in ("origin", "rater", "period", "note") if found[name])
    return " · ".join(("external", *words)) if found["figure"] else str(found["state"])


def nothing_more(report: Report, row: int, column: int) -> str:
    """Nothing is said of a cell beside what stands in it."""
    del report, row, column
    return ""


def summary_of(report: Report, row: int, column: int) -> str:
    """What is written in a cell of a framework, and why it is stale."""
    if column < len(reading_table(report).columns) - len(report.table.rows) // len(reading_table(report).rows):
        return ""
    found = framed_row(report, row, column)
    return " · ".join(" ".join(str(found[name]).split()) for name in ("stale_because", "summary") if found[name])


def named_code(report: Report, row: int, column: int) -> tuple[str, ...]:
    """The code of a row; nothing for a row that stands for all of them."""
    return tuple(code for code in row_code(report, row, column) if not code.startswith("("))


def level_names(report: Report, row: int, column: int) -> list[str]:
    """The names behind the levels of a case at a moment; behind the case itself, those of all its moments."""
    view = reading_table(report)
    at = view.columns.index("case")
    names = [tuple(str(cell) for cell in cells[:4]) for cells in report.table.rows]
    family = str(view.rows[row][0]) if at else ""
    mine = [name for name in names if name[1] == str(view.rows[row][at]) and family in ("", name[0])]
    if "moment" in view.columns:
        when = str(view.rows[row][at + 1])
        return [cell_name(*name) for name in mine if when in (name[2], name[2].rpartition("/")[2])]
    if column > at:
        mine = [name for name in mine if view.columns[column] in (name[2], name[2].rpartition("/")[2])]
    return [cell_name(*name) for name in mine]


def first_use_names(report: Report, row: int, column: int) -> list[str]:
    """The name behind the new codes of an interview, all of them or one group."""
    table = reading_table(report)
    group = {"a-priori": "a_priori", "open": "open"}.get(table.columns[column], "codes")
    return [cell_name(str(table.rows[row][0]), f"new_{group}")]


def agreement_names(report: Report, row: int, column: int) -> list[str]:
    """The names behind a figure of a code: where coders have it both or alone, else where they are apart."""
    table = reading_table(report)
    if "kind" in table.columns:  # a place where they are apart
        return [cell_name(*map(str, table.rows[row][:7]))]
    if report.view is None:
        return [cell_name(*("" if cell is None else str(cell) for cell in table.rows[row][:6]))]
    code = str(table.rows[row][0])
    stats = {"both": "a", "only_first": "b", "only_second": "c"}
    wanted = stats.get(table.columns[column])
    if wanted is None:
        return [cell_name("alpha_nominal", "char", "", code, "", "")]
    pairs = dict.fromkeys(str(one[5]) for one in report.table.rows if one[5] is not None)
    return [cell_name(wanted, "char", "", code, "", pair) for pair in pairs]


def agreement_codes(report: Report, row: int, column: int) -> tuple[str, ...]:
    """The code of a row; of a place where coders are apart none, for they may have put different ones."""
    return () if "kind" in reading_table(report).columns else row_code(report, row, column)


def row_code(report: Report, row: int, column: int) -> tuple[str, ...]:
    """The code of a row."""
    del column
    return (str(reading_table(report).rows[row][0]),)


def pair_of(report: Report, row: int, column: int) -> tuple[str, ...]:
    """The two codes of a cell of a co-occurrence; the number and the name of a row stand for its diagonal."""
    table = reading_table(report)
    if report.view is None:
        named = table.columns[1] == "other"
        one = str(table.rows[row][0])
        return one, str(table.rows[row][1]) if named else (table.columns[column] if column else one)
    one = str(table.rows[row][1])
    return one, str(table.rows[column - 2][1]) if column > 1 else one


def pair_names(report: Report, row: int, column: int) -> list[str]:
    """The name of a cell of a co-occurrence."""
    return [cell_name(*pair_of(report, row, column))]


def values_of(report: Report) -> list[tuple[str, ...]]:
    """The values that a comparison has as columns, in their order."""
    table = report.table
    size = 2 if "value2" in table.columns else 1
    first = table.rows[0][0] if table.rows else None
    return [tuple(str(cell) for cell in row[1 : 1 + size]) for row in table.rows if row[0] == first]


def value_names(report: Report, row: int, column: int) -> list[str]:
    """The names of a cell of a comparison, own first; the first and the last column stand for all values."""
    table = reading_table(report)
    values = values_of(report)
    code = str(table.rows[row][0])
    chosen = [values[column - 1]] if 0 < column <= len(values) else values
    return [cell_name(code, *value, *more) for more in ((), (BELOW,)) for value in chosen]


def covered_names(report: Report, row: int, column: int) -> list[str]:
    """The name behind a source of the coverage: all of its codings."""
    del column
    return [cell_name(str(reading_table(report).rows[row][0]), "coded_characters")]


def piece_names(report: Report, row: int, column: int) -> list[str]:
    """The name of a piece of a portrait; source and code stand for the whole text."""
    table = reading_table(report)
    piece = (table.columns[column],) if column > 1 else ()
    return [cell_name(*map(str, table.rows[row][:2]), *piece)]


def piece_code(report: Report, row: int, column: int) -> tuple[str, ...]:
    """The code of a row of a portrait."""
    del column
    return (str(reading_table(report).rows[row][1]),)


# How the cells of a report are named in its evidence; one that is not here names them in the plain way.
NAMES: dict[str, Callable[[Report, int, int], list[str]]] = {
    "frequency": frequency_names,
    "cooccurrence": pair_names,
    "comparison": value_names,
    "crosstab": framed_names,
    "framework": framed_names,
    "joint": framed_names,
    "spectrum": level_names,
    "saturation": first_use_names,
    "timeline": framed_names,
    "portrait": piece_names,
    "coverage": covered_names,
    "codebook": frequency_names,
    "agreement": agreement_names,
}


def names_behind(report: Report, row: int, column: int) -> list[str]:
    """The names of the evidence behind a place of the table for reading."""
    return NAMES.get(report.name, plain_names)(report, row, column)
