r"""The registers of a study as tables: attributes, persons, cases, progress, coverage, what is no data.

Spaces around a cell are no part of it, except in reasons and quotations; a row without a word in it is
skipped. Where a cell may hold several values `|` separates them; a bar that belongs to a value is written
`\|` (and a backslash right before a bar `\\`).
"""

from __future__ import annotations

from qda.io.registers.attributes import AttributeTable, attributes_table, parse_attributes
from qda.io.registers.cases import cases_table, parse_cases
from qda.io.registers.facts import facts_table, parse_facts
from qda.io.registers.not_data import not_data_table, parse_not_data
from qda.io.registers.persons import parse_persons, persons_table
from qda.io.registers.progress import coverage_table, parse_coverage, parse_progress, progress_table
from qda.io.registers.pseudonyms import parse_pseudonyms, pseudonyms_table
from qda.io.registers.summaries import parse_summaries, summaries_table

__all__ = [
    "AttributeTable",
    "attributes_table",
    "cases_table",
    "coverage_table",
    "facts_table",
    "not_data_table",
    "parse_attributes",
    "parse_cases",
    "parse_coverage",
    "parse_facts",
    "parse_not_data",
    "parse_persons",
    "parse_progress",
    "parse_pseudonyms",
    "parse_summaries",
    "persons_table",
    "progress_table",
    "pseudonyms_table",
    "summaries_table",
]
