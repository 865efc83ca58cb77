"""The rows of a report on agreement from what was read, each code only where the coders had it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qda.reports.agreement import sets, votes
from qda.reports.agreement.code_rows import code_rows
from qda.reports.agreement.pair_rows import pair_rows, pair_tables
from qda.reports.agreement.rows import Setting
from qda.reports.agreement.selection_rows import exclusive_rows, set_rows
from qda.reports.agreement.table import NO_TABLE
from qda.reports.agreement.unit_rows import level_rows, unit_rows

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qda.model.tree import CodeTree
    from qda.reports.agreement.pair_rows import PairTables
    from qda.reports.agreement.rows import Options, Row
    from qda.reports.agreement_report.asked import Asked
    from qda.reports.agreement_report.reading import Read

OF_CODES = ("alpha_nominal", "fleiss", "u_alpha_binary", "u_alpha_1995")
OF_UNITS = (*votes.NAMES, "holsti")


def rows_of(read: Read, options: Options, asked: Asked) -> tuple[list[Row], PairTables]:
    """All rows that the options ask for, and the tables of all pairs of coders."""
    if len(read.coders) < 2:
        return [], {}
    setting, tables = setting_of(read, options)
    return [row for row in _rows(setting, read, tables, asked) if asked.wants(row.stat)], tables


def setting_of(read: Read, options: Options) -> tuple[Setting, PairTables]:
    """What was read as it is counted, and the tables of all pairs of coders."""
    setting = Setting(read.sources, read.coders, read.keys, options)
    tables = pair_tables(setting)
    _blank(setting, read, tables)
    return setting, tables


def _rows(setting: Setting, read: Read, tables: PairTables, asked: Asked) -> Iterator[Row]:
    options = setting.options
    yield from pair_rows(setting, tables)
    groups = list(read.groups())
    for codes, sources in groups:
        part = setting if len(groups) == 1 else Setting(sources, read.coders, codes, options)
        if {"char", "continuum"} & {*options.uncut} and asked.wants(*OF_CODES):
            yield from code_rows(part, tables)
        if asked.wants(*OF_UNITS):
            yield from (row for row in unit_rows(part) if len(groups) == 1 or row.code is not None)
    if len(groups) > 1:
        setting = Setting(read.common(), read.coders, read.keys, options)
        if asked.wants(*OF_UNITS):
            yield from (row for row in unit_rows(setting) if row.code is None)
    if "char" in options.uncut and asked.wants(*sets.NAMES):
        yield from set_rows(setting)
    if "continuum" in options.uncut:
        yield from exclusive_rows(setting)
    yield from level_rows(setting)


def _blank(setting: Setting, read: Read, tables: PairTables) -> None:
    """Put an empty table where one of the two did not have the code yet."""
    for pair, (shared, by_code) in tables.items():
        for place, number in enumerate(shared):
            key = setting.sources[number].key
            for coder in pair:
                for code in read.lacking.get((key, coder), ()):
                    by_code[code][place] = NO_TABLE


def exclude_each_other(tree: CodeTree, codes: list[int]) -> int | None:
    """The family, `exclusive: text`, to which all of the codes belong; None where there is none."""
    if not codes:
        return None
    common = set(tree.above(codes[0]))
    for code in codes[1:]:
        common &= set(tree.above(code))
    return next(
        (key for key in tree.above(codes[0]) if key in common and tree.by_key[key].entry.exclusive == "text"), None
    )


def families_of_levels(tree: CodeTree, codes: list[int]) -> dict[int, list[int]]:
    """The levels, in order, of the ordinal families all of whose levels are among the codes."""
    wanted = set(codes)
    found = {}
    for code in tree.codes:
        levels = [key for key in tree.children.get(code.key, ()) if not tree.by_key[key].entry.outside]
        if code.entry.ordinal and len(levels) > 1 and wanted.issuperset(levels):
            found[code.key] = levels
    return found
