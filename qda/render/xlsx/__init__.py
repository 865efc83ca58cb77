"""Reports as a workbook for Excel and LibreOffice: a sheet for reading, one of full figures, one of evidence."""

from qda.render.xlsx.workbook import report_workbook

__all__ = ["report_workbook"]
