"""Whether the registers say what the team states: totals of sources, persons and cases, and dates of fieldwork."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qda.errors import QdaError
from qda.model.nouns import many, many_are, plain_name
from qda.model.stated import parse_totals, parse_windows

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qda.model.stated import Conditions, Total
    from qda.store.study import Study

TOTALS, FIELDWORK = "totals", "fieldwork"
_SHOWN = 30
Held = dict[str, set[str]]
"""The values of a thing by attribute, both as they are compared."""


def stated_notes(study: Study) -> Iterator[str]:
    """What the settings `totals` and `fieldwork` state and the registers say otherwise, a sentence each."""
    try:
        totals = parse_totals(study.settings.get(TOTALS))
        windows = parse_windows(study.settings.get(FIELDWORK))
    except QdaError as error:
        yield f"what is stated cannot be read: {error}"
        return
    if not totals and not windows:
        return
    values = _values(study)
    yield from _totals(study, totals, values)
    undated = 0
    for source in study.sources.all():
        mine = [one for one in windows if _meets(values["sources"].get(source.name, {}), one.conditions)]
        if mine and not source.date:
            undated += 1
        elif mine and not any(one.holds(source.date) for one in mine):
            when = " or ".join(f"{one.first}..{one.last}" for one in mine)
            yield f"the source '{source.name}' is dated {source.date}, outside the fieldwork {when}"
    if undated:
        yield f"{many_are(undated, 'source')} without a date, so nothing can be said of fieldwork there"


def _totals(study: Study, totals: list[Total], values: dict[str, dict[str, Held]]) -> Iterator[str]:
    speaking = {}
    if any(one.what == "persons" for one in totals):
        names = {key: name for name, key in study.sources.names().items()}
        sources = study.persons.sources_of()
        speaking = {one.name: [names[key] for key in sources.get(one.key, ())] for one in study.persons.all()}
    for one in totals:
        found = [name for name, held in values[one.what].items() if _meets(held, one.conditions)]
        if len(found) == one.number:
            continue
        where = ", ".join(f"{name}={value}" for name, value in one.conditions)
        said = f"{one.what}{f' with {where}' if where else ''}"
        stated = f"stated {one.number}{f' ({one.place})' if one.place else ''}, registered {len(found)}"
        listed = [f"{name} ({', '.join(speaking[name])})" if speaking.get(name) else name for name in found[:_SHOWN]]
        more = f" and {many(len(found) - _SHOWN, 'other')}" if len(found) > _SHOWN else ""
        yield f"{said}: {stated}{': ' if listed else ''}{', '.join(listed)}{more}"


def _values(study: Study) -> dict[str, dict[str, Held]]:
    """The values of all sources, persons and cases by name; sources and persons have those of their cases too."""
    of = {target: study.attributes.of(target) for target in ("source", "person", "case")}
    cases = {one.key: _held(of["case"].get(one.key, {}), kind=one.kind, name=one.name) for one in study.cases.all()}
    persons = {
        one.key: _held(of["person"].get(one.key, {}), role=one.role, name=one.name) for one in study.persons.all()
    }
    sources = {one.key: _held(of["source"].get(one.key, {}), name=one.name) for one in study.sources.all()}
    for case, member, kind in study.cases.members():
        whose = persons if kind == "person" else sources
        if member in whose:
            for name, found in cases[case].items():
                if name not in ("kind", "name"):
                    whose[member].setdefault(name, set()).update(found)
    return {
        "sources": {one.name: sources[one.key] for one in study.sources.all()},
        "persons": {one.name: persons[one.key] for one in study.persons.all()},
        "cases": {one.name: cases[one.key] for one in study.cases.all()},
    }


def _held(values: dict[str, tuple[str, ...]], **own: str) -> Held:
    held = {name: {plain_name(value)} for name, value in own.items()}
    for name, given in values.items():
        held.setdefault(plain_name(name), set()).update(plain_name(value) for value in given)
    return held


def _meets(held: Held, conditions: Conditions) -> bool:
    return all(plain_name(value) in held.get(plain_name(name), ()) for name, value in conditions)
