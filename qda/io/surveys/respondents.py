"""The respondents of a survey table: their answers to open questions, and closed ones as values."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from qda.errors import BadFileError, UsageError
from qda.io.surveys.proposing import kind_of
from qda.model.surveys import Answer, Respondent

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qda.model.surveys import SurveyColumn, SurveyRow, SurveyTable

_DAY = re.compile(r"(\d{4}(?:-\d\d(?:-\d\d)?)?)(?:[ T]\d\d:\d\d.*)?\Z")
_MARKED = {"1", "yes", "true", "x", "ja", "checked", "selected"}
_UNMARKED = {"", "0", "no", "false", "nee", "nei", "unchecked", "not selected"}
_BETWEEN = re.compile(r"[\s_.:\-]*")


class Asked(NamedTuple):
    """Which columns are what: the respondent's name, open and closed questions, stems of multiple ones, the date."""

    ident: str
    open: tuple[str, ...]
    closed: tuple[str, ...] = ()
    multiple: tuple[str, ...] = ()
    dated: str = ""
    name: str = "{id}"


class Survey(NamedTuple):
    """The respondents of a table, and the attributes of their cases with the types that fit the values."""

    respondents: list[Respondent]
    attributes: dict[str, str]


class _Multiple(NamedTuple):
    """A question with several answers: its attribute, and the columns by place with the answer that each is for."""

    stem: str
    options: dict[int, str]


def respondents_of(table: SurveyTable, asked: Asked, file: str) -> Survey:
    """The respondents of a table.

    Raises:
        UsageError: A column is not there, or is asked for twice.
        BadFileError: A respondent has no name or one that stands twice, or a date cannot be read; the line is named.
    """
    if "{id}" not in asked.name:
        raise UsageError(f"--name needs {{id}} in it, as 'Survey {{id}}'; not '{asked.name}'")
    places = {column.name: place for place, column in enumerate(table.columns)}
    chosen = [asked.ident, *asked.open, *asked.closed, *([asked.dated] if asked.dated else [])]
    at = {name: _place(places, name) for name in chosen}
    _refuse_twice(chosen)
    multiple = [_multiple(table.columns, stem, set(at.values())) for stem in asked.multiple]
    seen: dict[str, int] = {}
    respondents = []
    for row in table.rows:
        ident = row.cells[at[asked.ident]]
        _check_ident(ident, row.line, seen, file)
        respondents.append(_respondent(table, asked, at, multiple, row, file))
    attributes = {
        name: kind_of(
            [row.cells[at[name]] for row in table.rows if row.cells[at[name]]],
            labelled=table.columns[at[name]].labelled,
        )
        for name in asked.closed
    }
    return Survey(respondents, attributes | {one.stem: "choice" for one in multiple})


def _respondent(
    table: SurveyTable, asked: Asked, at: dict[str, int], multiple: list[_Multiple], row: SurveyRow, file: str
) -> Respondent:
    ident = row.cells[at[asked.ident]]
    values: dict[str, tuple[str, ...]] = {name: (row.cells[at[name]],) for name in asked.closed if row.cells[at[name]]}
    for one in multiple:
        if chosen := tuple(_chosen(row, one)):
            values[one.stem] = chosen
    used = [*at.values(), *(place for one in multiple for place in one.options)]
    return Respondent(
        ident,
        asked.name.replace("{id}", ident),
        tuple(Answer(table.columns[at[name]].question, row.cells[at[name]]) for name in asked.open),
        values,
        {table.columns[place].name: row.cells[place] for place in used},
        _date(row.cells[at[asked.dated]], row.line, file) if asked.dated else "",
        row.line,
    )


def _place(places: dict[str, int], name: str) -> int:
    if name in places:
        return places[name]
    alike = [place for one, place in places.items() if one.casefold() == name.strip().casefold()]
    if not alike:
        raise UsageError(f"the table has no column '{name}'; it has {', '.join(places)}")
    return alike[0]


def _refuse_twice(names: Sequence[str]) -> None:
    twice = [name for number, name in enumerate(names) if name in names[:number]]
    if twice:
        raise UsageError(f"the column '{twice[0]}' is named twice; each is one thing")


def _check_ident(ident: str, line: int, seen: dict[str, int], file: str) -> None:
    if not ident or "\n" in ident:
        raise BadFileError(file, "this respondent has no name; fill the cell or choose another --id", line=line)
    if ident in seen:
        problem = f"the respondent '{ident}' stands in line {seen[ident]} already; remove one of them"
        raise BadFileError(file, problem, line=line)
    seen[ident] = line


def _multiple(columns: Sequence[SurveyColumn], stem: str, taken: set[int]) -> _Multiple:
    """The columns whose names go on after a stem, each with its answer: what is in brackets, or its own words."""
    options: dict[int, str] = {}
    for place, column in enumerate(columns):
        if place in taken or not column.name.startswith(stem) or column.name == stem:
            continue
        rest = column.name[len(stem) :]
        begin = _BETWEEN.match(rest)
        if begin and (begin.end() or rest.startswith("[")):
            said = column.question if column.question != column.name else rest[begin.end() :]
            inside = re.search(r"\[([^\]]+)\]\s*\Z", said)
            options[place] = (inside[1] if inside else said).strip()
    if not options:
        raise UsageError(f"no column's name begins with '{stem}' and goes on, as '{stem}_1' or '{stem} [answer]'")
    return _Multiple(stem, options)


def _chosen(row: SurveyRow, one: _Multiple) -> list[str]:
    """The answers that are marked; a cell that has the answer itself in it says that."""
    found = []
    for place, option in one.options.items():
        cell = row.cells[place]
        if cell.casefold() in _MARKED:
            found.append(option)
        elif cell.casefold() not in _UNMARKED:
            found.append(cell)
    return list(dict.fromkeys(found))


def _date(cell: str, line: int, file: str) -> str:
    if not cell:
        return ""
    found = _DAY.match(cell)
    if not found:
        raise BadFileError(file, f"'{cell}' is no date as 2024-05-14; change it or leave --dated out", line=line)
    return found[1]
