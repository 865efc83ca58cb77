"""The study as tidy tables: a row for each thing, a column for each thing known of it, with what each column means."""

from qda.reports.study_tables.listed import TABLES
from qda.reports.study_tables.parts import Column, StudyTable
from qda.reports.study_tables.taken import Taken

__all__ = ["TABLES", "Column", "StudyTable", "Taken"]
