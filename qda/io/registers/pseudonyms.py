"""Pseudonyms as a table: a row for each person, source or case that has one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qda.io.registers.lines import read_register
from qda.model.confidential import TARGETS
from qda.store.pseudonyms import PseudonymRow

if TYPE_CHECKING:
    from qda.io.tables import Grid
    from qda.store import Study


def parse_pseudonyms(text: str, file: str) -> list[PseudonymRow]:
    """Read pseudonyms: `name`, `pseudonym` (empty takes it away), and `of`: person, source or case.

    Raises:
        BadFileError: The table is wrong; the sentence names the line.
    """
    return [
        PseudonymRow(line.choice("of", TARGETS), line["name"], line["pseudonym"], line.number)
        for line in read_register(text, file, ("name",), ("pseudonym", "of"))
    ]


def pseudonyms_table(study: Study) -> Grid:
    """All pseudonyms; persons without one have an empty cell, so that the table can be filled in."""
    known = study.pseudonyms.all()
    here = {one.key for one in known}
    rows = [(one.name, one.pseudonym, one.kind) for one in known]
    rows += [(one.name, "", "person") for one in study.persons.all() if one.key not in here]
    return ("name", "pseudonym", "of"), rows
