"""Queries: a small language that says which passages are meant, and what it finds in the codings of a voice."""

from __future__ import annotations

from qda.model.query.finding import Ground, find
from qda.model.query.parsing import parse
from qda.model.query.parts import (
    AnyCode,
    Both,
    Code,
    Condition,
    Either,
    Near,
    Not,
    Part,
    Query,
    QueryError,
    walk,
    with_codes,
)
from qda.model.query.writing import written

__all__ = [
    "AnyCode",
    "Both",
    "Code",
    "Condition",
    "Either",
    "Ground",
    "Near",
    "Not",
    "Part",
    "Query",
    "QueryError",
    "find",
    "parse",
    "walk",
    "with_codes",
    "written",
]
