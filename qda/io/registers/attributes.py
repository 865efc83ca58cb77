"""Tables of attributes: what is known of sources, persons or cases, a column for each attribute."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from qda.errors import BadFileError, QdaError, UsageError
from qda.io.registers.cases import in_order
from qda.io.tables import join_values, read_table, split_values
from qda.model.nouns import ATTRIBUTE_TYPES, TARGETS, plain_name
from qda.store.attributes import SOURCE_FIELDS, AttributeRow

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qda.io.tables import Grid, Table
    from qda.model.delimited import TableRow
    from qda.store import Study

_TYPED = re.compile(r"(?P<name>.*\S)\s*:(?P<type>[^:]*)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class AttributeTable:
    """A table of attributes: for whom, the attributes with their types (empty: not said), and its lines."""

    target: str
    columns: dict[str, str]
    rows: list[AttributeRow]


def parse_attributes(text: str, file: str, target: str = "") -> AttributeTable:
    """Read a table of attributes.

    The first column names the source, person or case; which of them its header says, or `target` (`source`
    or `sources`) where the header is another word. The other headers are attributes, `name` or `name:type`;
    an attribute has one column, and an empty cell says nothing.

    Raises:
        BadFileError: The table is wrong; the sentence names the line.
        UsageError: `target` is neither sources nor persons nor cases.
    """
    table = read_table(text, file, repeated=True)
    target = _target(table, file, target)
    columns: dict[str, str] = {}
    places: dict[str, tuple[int, str]] = {}
    for place, header in enumerate(table.header[1:], 2):
        name, kind = _attribute(header, target, table, file)
        first, spelled = places.setdefault(plain_name(name), (place, name))
        if first != place:
            named = ", ".join(map(repr, dict.fromkeys((spelled, name))))
            problem = (
                f"columns {first} and {place} are one attribute ({named}); remove one of them, or write several values"
                " in one cell with | between"
            )
            raise BadFileError(file, problem, line=table.line)
        columns[name] = kind
    names = list(columns)
    rows = [_attribute_row(row, names, target, file) for row in table.rows if any(map(str.strip, row.cells))]
    return AttributeTable(target, columns, rows)


def _target(table: Table, file: str, wanted: str) -> str:
    plurals = {f"{target}s": target for target in TARGETS}
    header = table.header[0].casefold()
    said = plurals.get(header, header if header in TARGETS else "")
    if not wanted and not said:
        problem = (
            f"the first column must say for whom the attributes are: {', '.join(TARGETS)}, not"
            f" '{table.header[0]}'; rename it, or say --for {', '.join(plurals)}"
        )
        raise BadFileError(file, problem, line=table.line)
    given = plurals.get(wanted, wanted)
    if given and given not in TARGETS:
        raise UsageError(f"attributes are for {', '.join(plurals)}, not for '{wanted}'")
    if said and given and said != given:
        problem = f"the first column is for {said}s, but --for says {given}s; leave out one of them"
        raise BadFileError(file, problem, line=table.line)
    return given or said


def _attribute(header: str, target: str, table: Table, file: str) -> tuple[str, str]:
    """The name of an attribute and its type, empty where that is not said."""
    name, kind = header, ""
    if found := _TYPED.fullmatch(header):
        word = found["type"].strip().casefold()
        if word in ATTRIBUTE_TYPES:
            name, kind = found["name"], word
        elif found["type"].isalpha():
            problem = (
                f"the type '{found['type']}' of '{found['name']}' is not one of {', '.join(ATTRIBUTE_TYPES)};"
                f" write '{header}:text' if that is its name"
            )
            raise BadFileError(file, problem, line=table.line)
    if target == "source" and name.casefold() in SOURCE_FIELDS:
        name = name.casefold()
    return name, kind


def _attribute_row(row: TableRow, names: list[str], target: str, file: str) -> AttributeRow:
    whose, *cells = row.cells
    if not whose.strip():
        raise BadFileError(file, f"the first cell is empty; it must name a {target}", line=row.line)
    values: dict[str, tuple[str, ...]] = {}
    for name, cell in zip(names, cells, strict=True):
        if given := split_values(cell):
            if (target, name) == ("source", "language"):
                given = _languages(given, file, row.line)
            values[name] = tuple(dict.fromkeys(given))
    return AttributeRow(whose.strip(), values, row.line)


def _languages(words: Sequence[str], file: str, line: int) -> tuple[str, ...]:
    from qda.language.names import language_code

    try:
        return tuple(language_code(word) for word in words)
    except QdaError as error:
        raise BadFileError(file, str(error), line=line) from None


def attributes_table(study: Study, target: str) -> Grid:
    """The attributes of all sources, persons or cases, also of those that have none yet."""
    attributes = [(name, kind) for name, whose, kind in study.attributes.all() if whose == target]
    names = [*(SOURCE_FIELDS if target == "source" else ()), *(name for name, _ in attributes)]
    header = (target, *names[: len(names) - len(attributes)], *(_header(*typed) for typed in attributes))
    values = study.attributes.of(target)
    rows = []
    for key, whose in _entities(study, target):
        here = values.get(key, {})
        rows.append((whose, *(join_values(here.get(name, ())) for name in names)))
    return header, rows


def _header(name: str, kind: str) -> str:
    return name if kind == "text" and ":" not in name else f"{name}:{kind}"


def _entities(study: Study, target: str) -> list[tuple[int, str]]:
    if target == "source":
        return [(source.key, source.name) for source in study.sources.all()]
    if target == "person":
        return [(person.key, person.name) for person in study.persons.all()]
    return [(case.key, case.name) for case in in_order(study)]
