"""Summaries of cases by theme as a table: the cells of a framework that are written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qda.io.registers.lines import read_register
from qda.reports.summing_up import Wanted

if TYPE_CHECKING:
    from qda.io.tables import Grid
    from qda.store import Study


def parse_summaries(text: str, file: str) -> list[Wanted]:
    """Read summaries: `case` (the source, in a study without cases), `theme` and `summary`.

    Raises:
        BadFileError: The table is wrong; the sentence names the line.
    """
    return [
        Wanted(line["case"], line["theme"], line["summary"], line.number)
        for line in read_register(text, file, ("case", "theme", "summary"))
    ]


def summaries_table(study: Study, *, without: frozenset[str] = frozenset()) -> Grid:
    """All summaries, by case and theme in the order of the codebook; but for those of some ids."""
    names = {one.key: one.name for one in study.sources.all()} | {one.key: one.name for one in study.cases.all()}
    codes = study.codebook.tree().codes
    order = {code.key: number for number, code in enumerate(codes)}
    known = (one for one in study.summaries.all() if one.target in names and one.code in order)
    standing = [one for one in known if one.uid not in without]
    standing.sort(key=lambda one: (names[one.target], order[one.code]))
    return ("case", "theme", "summary"), [
        (names[one.target], codes[order[one.code]].path, one.body) for one in standing
    ]
