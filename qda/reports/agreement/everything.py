"""All rows of an agreement report, from what the coders marked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qda.reports.agreement.code_rows import code_rows
from qda.reports.agreement.pair_rows import pair_rows, pair_tables
from qda.reports.agreement.rows import Options, Row, Setting
from qda.reports.agreement.selection_rows import exclusive_rows, set_rows
from qda.reports.agreement.unit_rows import level_rows, unit_rows

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from qda.reports.agreement.coded import CodedSource

DEFAULT = Options()


def agreement_rows(
    sources: Sequence[CodedSource], coders: Sequence[int], codes: Sequence[int], options: Options = DEFAULT
) -> Iterator[Row]:
    """Every figure, group by group, codes and pairs of coders in the order given.

    Args:
        sources: With the passages of the coders who are done with them; those without text are left out.
        coders: In the study's order.
        codes: Those to count; passages of others are not looked at.
        options: What to count and how.
    """
    setting = Setting(sources, coders, codes, options)
    tables = pair_tables(setting)
    yield from pair_rows(setting, tables)
    yield from code_rows(setting, tables)
    yield from unit_rows(setting)
    yield from set_rows(setting)
    yield from exclusive_rows(setting)
    yield from level_rows(setting)
