"""What each column of a survey may be: who answers, an open question or a closed one. Somebody decides on it."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qda.model.surveys import SurveyColumn, SurveyTable

ID, OPEN, CLOSED, MULTIPLE, EMPTY, UNSURE = "id", "open", "closed", "multiple", "empty", "?"
_NUMBER = re.compile(r"[-+]?(\d+([.,]\d+)?|[.,]\d+)\Z")
_DATE = re.compile(r"\d{4}-\d\d-\d\d([ T]\d\d:\d\d(:\d\d)?)?\Z")
_OPTION = re.compile(r"(.+?)\s*\[[^\[\]]+\]\Z", re.DOTALL)
_LONGEST_ID = 30
_LEAST_WORDS = 4.0  # on average, of an answer to an open question
_MOST_VALUES = 20  # different ones of a closed question
_HALF, _THIRD = 0.5, 0.34


class Proposal(NamedTuple):
    """A column with how many cells are filled, how many differ, words in a cell on average, and what it may be."""

    column: SurveyColumn
    filled: int
    distinct: int
    words: float
    role: str
    example: str


def propose(table: SurveyTable) -> list[Proposal]:
    """What each column may be, by how long its cells are and how many differ.

    The first column that tells all rows apart is the id.
    """
    proposals: list[Proposal] = []
    stems = Counter(found[1] for column in table.columns if (found := _OPTION.match(column.name)))
    for place, column in enumerate(table.columns):
        cells = [row.cells[place] for row in table.rows]
        filled = [cell for cell in cells if cell]
        taken = any(one.role == ID for one in proposals)
        role = _role(column, filled, len(cells), with_id=not taken)
        option = _OPTION.match(column.name)
        if role in (CLOSED, UNSURE) and option and stems[option[1]] > 1:
            role = MULTIPLE
        words = sum(len(cell.split()) for cell in filled) / len(filled) if filled else 0.0
        example = max(filled, key=len, default="") if role == OPEN else next(iter(filled), "")
        proposals.append(Proposal(column, len(filled), len(set(filled)), words, role, example))
    return proposals


def told_left_out(proposals: Sequence[Proposal]) -> str:
    """A sentence on the columns for which nothing is proposed, so that none stays out unseen; empty without such."""
    unsure = ", ".join(one.column.name for one in proposals if one.role == UNSURE)
    return f"Left out, unless you add them: {unsure}." if unsure else ""


def chosen(proposals: Sequence[Proposal], role: str) -> list[str]:
    """The names of the columns of a role; of questions with several answers what their columns have in common."""
    names = [one.column.name for one in proposals if one.role == role]
    if role == MULTIPLE:
        names = [found[1] for name in names if (found := _OPTION.match(name))]
    return list(dict.fromkeys(names))


def _role(column: SurveyColumn, filled: list[str], rows: int, *, with_id: bool) -> str:
    distinct = len(set(filled))
    if not filled:
        return EMPTY
    if with_id and distinct == rows and not column.labelled and not _is_prose(filled):
        return ID
    if column.labelled or all(_NUMBER.match(cell) or _DATE.match(cell) for cell in filled):
        return CLOSED
    if _is_prose(filled) and distinct > _HALF * len(filled):
        return OPEN
    if distinct <= _MOST_VALUES and (distinct <= _THIRD * len(filled) or not _is_prose(filled)):
        return CLOSED if distinct < len(filled) else UNSURE
    return UNSURE


def _is_prose(filled: list[str]) -> bool:
    longest = max(len(cell) for cell in filled)
    return longest > _LONGEST_ID and sum(len(cell.split()) for cell in filled) >= _LEAST_WORDS * len(filled)


def kind_of(values: list[str], *, labelled: bool) -> str:
    """The type of the attribute that a closed question becomes."""
    if values and not labelled and all(_NUMBER.match(value) for value in values):
        return "number"
    if values and not labelled and all(re.fullmatch(r"\d{4}-\d\d-\d\d", value) for value in values):
        return "date"
    return "choice"
