"""Tidy tables of a study as files: CSV, a workbook, Parquet, and the dictionary of their columns."""

from qda.render.study_tables.dictionary import csvw, dictionary_markdown
from qda.render.study_tables.plain import csv_pieces, csv_rows, is_formula
from qda.render.study_tables.workbook import tables_workbook

__all__ = ["csv_pieces", "csv_rows", "csvw", "dictionary_markdown", "is_formula", "tables_workbook"]
