"""All tidy tables, in the order in which they are listed."""

from __future__ import annotations

from qda.reports.study_tables.coded import CODERS, CODES, CODINGS, MEMOS
from qda.reports.study_tables.people import ATTRIBUTES, CASES, MEMBERS, PARTICIPANTS, PERSONS
from qda.reports.study_tables.texts import COVERAGE, NO_DATA, PROGRESS, SOURCES, TURNS

TABLES = (
    *(SOURCES, TURNS, NO_DATA, PERSONS, PARTICIPANTS, CASES, MEMBERS, ATTRIBUTES),
    *(CODES, CODINGS, CODERS, MEMOS, PROGRESS, COVERAGE),
)
