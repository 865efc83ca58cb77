"""The report on agreement: from what coders did in a study, through the pure statistics, to a report."""

from qda.reports.agreement_report.report import agreement

__all__ = ["agreement"]
