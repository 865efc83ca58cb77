"""Cases and attributes as QualCoder has them: one value each, and an empty one where nothing is known."""

from __future__ import annotations

import re
from itertools import count
from typing import TYPE_CHECKING, NamedTuple

from qda.io.outgoing import Names
from qda.model.project import Left

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from qda.model.project import Project
    from qda.store.foreign_writing import Sink

Row = tuple[object, ...]
_NUMBER = re.compile(r"[-+]?\d+(\.\d+)?\Z", re.ASCII)
_KINDS = {"source": "file", "case": "case"}
_ORDINARY = "case"


class _Attribute(NamedTuple):
    """An attribute with its values by the key of their owner; `target` is `file` or `case`."""

    name: str
    target: str
    numeric: bool
    values: dict[bytes, list[str]]


def write_cases(
    tables: Sink, project: Project, lengths: Mapping[bytes, int], memos: Mapping[bytes, str], by: tuple[str, str]
) -> list[Left]:
    """Write cases with their sources, and the attributes of both; what changes on the way is given back.

    Args:
        tables: Where they go.
        project: The project.
        lengths: How many characters each source has.
        memos: The memo of each case that has one.
        by: Under whose name they go, and when they were made, for the study does not say so.
    """
    numbers = {source.guid: number for number, source in enumerate(project.sources, 1)}
    columns = "caseid, name, memo, owner, date"
    rows = ((key, case.name, memos.get(case.guid, ""), *by) for key, case in enumerate(project.cases, 1))
    tables.add("cases", columns, rows)
    columns = "caseid, fid, pos0, pos1, owner, date, memo"
    linked = (
        (key, numbers[source], 0, lengths[source], *by, "")
        for key, case in enumerate(project.cases, 1)
        for source in sorted(case.sources, key=numbers.__getitem__)
    )
    tables.add("case_text", columns, linked)
    names = Names()
    attributes = list(_attributes(project, names))
    columns = "name, caseOrFile, valuetype, memo, owner, date"
    types = ((one.name, one.target, "numeric" if one.numeric else "character", "", *by) for one in attributes)
    tables.add("attribute_type", columns, types)
    owners = {"file": numbers, "case": {case.guid: key for key, case in enumerate(project.cases, 1)}}
    columns = "attrid, name, attr_type, value, id, owner, date"
    number = count(1)
    values = (
        (next(number), one.name, one.target, "; ".join(one.values.get(guid, ())), key, *by)
        for one in attributes
        for guid, key in owners[one.target].items()
    )
    tables.add("attribute", columns, values)
    several = sum(len(found) > 1 for one in attributes for found in one.values.values())
    return [
        Left("attributes of sources and cases with the same name", names.changed, "go, one of them with a number"),
        Left("sources and cases with several values of one attribute", several, "go as one value, parted by ;"),
    ]


def _attributes(project: Project, names: Names) -> Iterator[_Attribute]:
    """The fields of sources, the kind of cases where there are several kinds, and all attributes."""
    for field in ("kind", "language", "date"):
        found = {one.guid: [one.fields[field]] for one in project.sources if one.fields.get(field)}
        if found:
            yield _Attribute(names.give(field), "file", numeric=False, values=found)
    if any(case.kind != _ORDINARY for case in project.cases):
        yield _Attribute(
            names.give("kind of case"), "case", numeric=False, values={one.guid: [one.kind] for one in project.cases}
        )
    values: dict[bytes, dict[bytes, list[str]]] = {}
    for value in project.values:
        values.setdefault(value.attribute, {}).setdefault(value.owner, []).append(value.value)
    for one in project.attributes:
        found = values.get(one.guid, {})
        single = all(len(words) == 1 and _NUMBER.match(words[0]) for words in found.values())
        numeric = one.type == "number" and single
        yield _Attribute(names.give(one.name), _KINDS[one.target], numeric, found)
