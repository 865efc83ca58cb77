"""All reports by name: a new one is a line here, and every door and format has it."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from qda.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable

    from qda.reports.report import Report

# Name of the report: what it says, in one sentence; its function has the name of its module, unless that is here.
REPORTS = {
    "frequency": "how often each code occurs: passages, characters, sources, persons, cases, coders",
    "cooccurrence": "which codes meet: in a passage, turn, source or case, or within a distance",
    "comparison": "codes by the values of one or two attributes, with why a cell is empty",
    "crosstab": "codes crossed by one to three families of codes, with zeros and distinct margins",
    "spectrum": "the levels of an ordinal family, case by case and moment by moment, with paths",
    "framework": "cases by themes: the team's own summary in each cell, with its passages and whether it still holds",
    "joint": "facts and figures from elsewhere beside themes, by case or by value, each with its origin",
    "saturation": "in which interview each code is used first, and how much new a run of interviews brings",
    "timeline": "codes over the dates of their sources, or over the moments that they speak of",
    "portrait": "where in each text every code lies, piece by piece, as figures and as a strip",
    "quotes": "codes by the values of an attribute: what was said in each cell, and by n of N cases",
    "excerpts": "every coding with its words, place, speaker, coder and memo",
    "coverage": "how much of each source is coded, by whom it is done, and what is known of every code there",
    "codebook": "the codebook as a document: definitions, what is in and out, examples, counts",
    "agreement": "how far coders agree, by character, passage, turn and sentence, with intervals and reasons",
    "claims": "findings with what is cited for and against them, footnotes, grades, and what is not cited",
}

# Reports that compare, which have nothing to say until it is said by what.
NEED_BY = ("comparison", "crosstab", "quotes")

# Reports on single texts, which stand in a book only where their sources are named.
NEED_SOURCE = ("portrait",)

# By how many things each report sets its cells apart at most.
MOST_BY = {"comparison": 2, "crosstab": 3, "framework": 1, "joint": 1, "quotes": 1}

# What a book has after a report: the same with other options. Places where coders are apart, each a row, only with as
# many codings as somebody reads through.
READABLE = 5000
ALSO: dict[str, tuple[dict[str, Any], ...]] = {
    "cooccurrence": ({"within": "turn", "follows": True},),
    "agreement": ({"disagreements": True},),
}

# Beside `agreement`, the statistics, and `quotes`, those of claims.
_MODULES = {"agreement": "agreement_report", "quotes": "quote_matrix"}


def report_function(name: str) -> Callable[..., Report]:
    """The function of a report.

    Raises:
        UsageError: There is no such report.
    """
    if name not in REPORTS:
        raise UsageError(f"there is no report '{name}'; reports are {', '.join(REPORTS)}")
    found: Any = getattr(import_module(f"qda.reports.{_MODULES.get(name, name)}"), name)
    return found  # type: ignore[no-any-return]
