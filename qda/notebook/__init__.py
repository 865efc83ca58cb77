"""A study in Python: its reports as DataFrames, and the excerpts behind each figure; shown as tables in a notebook."""

from qda.notebook.report import OpenReport
from qda.notebook.study import OpenStudy

__all__ = ["OpenReport", "OpenStudy"]
