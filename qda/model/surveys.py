"""Survey tables as plain values: columns with their questions, a row for each respondent, and how they come in."""

from __future__ import annotations

from typing import NamedTuple

FORMAT = "survey"
"""The format of sources that are the answers of a respondent."""


class SurveyColumn(NamedTuple):
    """A column: its name, the question (its label, else its name), and whether its values have labels."""

    name: str
    question: str
    labelled: bool = False


class SurveyRow(NamedTuple):
    """A row: the line by which it is found in the file, and its cells as text, empty where nothing is said."""

    line: int
    cells: tuple[str, ...]


class SurveyTable(NamedTuple):
    """A table as it was read; cells are in the order of the columns."""

    columns: tuple[SurveyColumn, ...]
    rows: tuple[SurveyRow, ...]


class Answer(NamedTuple):
    """An open question and what a respondent wrote there; empty where nothing was."""

    question: str
    words: str


class Respondent(NamedTuple):
    """One respondent: the name in the survey and in the study, answers, closed values, and the columns as they stood.

    `kept` has the cells of all columns that are used, so that a later table can be compared with it.
    """

    ident: str
    name: str
    answers: tuple[Answer, ...]
    values: dict[str, tuple[str, ...]]
    kept: dict[str, str]
    date: str
    line: int


class Difference(NamedTuple):
    """What a later table says otherwise of a respondent who is in the study: the column, before and now."""

    name: str
    column: str
    before: str
    now: str


class Surveyed(NamedTuple):
    """What became of a table: new respondents, those who are here already, differences, and who is missing now."""

    new: list[str]
    here: list[str]
    differences: list[Difference]
    gone: list[str]
