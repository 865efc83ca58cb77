"""The register of cases: of which kind they are, and which persons and sources they gather."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qda.io.registers.lines import read_register
from qda.io.tables import join_values, split_values
from qda.store.cases import CaseRow

if TYPE_CHECKING:
    from qda.io.tables import Grid
    from qda.model.nouns import Case
    from qda.store import Study


def parse_cases(text: str, file: str) -> list[CaseRow]:
    """Read a register of cases: `case`, and `kind`, `person`, `source` where known, several of them by `|`.

    Raises:
        BadFileError: The table is wrong; the sentence names the line.
    """
    advice = "what is known of cases comes in with 'qda attributes import'"
    return [
        CaseRow(
            line["case"],
            line["kind"],
            split_values(line["person"]),
            split_values(line["source"]),
            line.number,
        )
        for line in read_register(text, file, ("case",), ("kind", "person", "source"), advice)
    ]


def cases_table(study: Study) -> Grid:
    """All cases with their members, the kind that was entered first in front."""
    names = {person.key: person.name for person in study.persons.all()}
    names |= {source.key: source.name for source in study.sources.all()}
    members: dict[tuple[int, str], list[str]] = {}
    for case_, member, kind in study.cases.members():
        members.setdefault((case_, kind), []).append(names[member])
    rows = []
    for case in in_order(study):
        cells = (join_values(sorted(members.get((case.key, kind), ()))) for kind in ("person", "source"))
        rows.append((case.name, case.kind, *cells))
    return ("case", "kind", "person", "source"), rows


def in_order(study: Study) -> list[Case]:
    """All cases, those of the kind that was entered first in front."""
    kinds = study.cases.kinds()
    return sorted(study.cases.all(), key=lambda case: (kinds.index(case.kind), case.name))
