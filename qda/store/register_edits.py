"""Single edits of the registers: a person, a case and its members, a cell, an entry of coverage."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qda.errors import QdaError
from qda.model.nouns import ROLES, many
from qda.store.attributes import SOURCE_FIELDS, check_value
from qda.store.base import check_plain

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from qda.store.base import Names
    from qda.store.study import Study


def describe_sources(study: Study, sources: Collection[str], **fields: str) -> None:
    """Give sources another kind, language (its code) or date, all in one action.

    Raises:
        QdaError: There is no such source, the date is none, or the kind is empty.
    """
    if fields.get("date"):
        check_value("date", "date", fields["date"])
    if fields.get("kind") == "":
        raise QdaError("every source has a kind; write one, such as transcript or notes")
    with study.action("source", f"{', '.join(fields)} of {_listed(sources)}") as change:
        names = study.sources.known()
        for name in sources:
            change.edit("source", "key = ?", (names.get(name),), **fields)


def describe_person(study: Study, person: str, name: str, role: str) -> None:
    """Give a person another name or role.

    Raises:
        QdaError: There is no such person or role, or somebody else has the name.
    """
    if role not in ROLES:
        raise QdaError(f"the role '{role}' is not one of {', '.join(ROLES)}")
    with study.action("persons", f"{person} is {name}, {role}") as change:
        key = study.persons.find(person)
        _check_free(study.persons.known(), key, name, "person")
        change.edit("person", "key = ?", (key,), name=name, role=role)


def add_case(study: Study, name: str, kind: str) -> None:
    """A new case, without members yet.

    Raises:
        QdaError: The name cannot be used, or another case has it.
    """
    with study.action("cases", f"case {name}") as change:
        _check_free(study.cases.known(), None, name, "case")
        change.insert("case", [(change.new_key("case"), name, kind or "case")])


def describe_case(study: Study, case: str, name: str, kind: str) -> None:
    """Give a case another name or kind.

    Raises:
        QdaError: There is no such case, or another one has the name.
    """
    with study.action("cases", f"{case} is {name}, {kind or 'case'}") as change:
        key = study.cases.find(case)
        _check_free(study.cases.known(), key, name, "case")
        change.edit("case", "key = ?", (key,), name=name, kind=kind or "case")


def set_members(study: Study, case: str, persons: Collection[str], sources: Collection[str]) -> None:
    """Let a case gather these persons and sources and no others.

    Raises:
        QdaError: There is no such case, person or source.
    """
    with study.action("cases", f"members of {case}") as change:
        key = study.cases.find(case)
        wanted = {study.persons.find(name) for name in persons}
        wanted |= {study.sources.known().get(name) for name in sources}
        before = {row[0] for row in study.database.rows("SELECT member FROM live_member WHERE case_ = ?", (key,))}
        for member in sorted(before - wanted):
            change.close("member", "case_ = ? AND member = ?", (key, member))
        change.insert("member", [(key, member) for member in sorted(wanted - before)])


def remove_case(study: Study, case: str) -> None:
    """Remove a case with its values and memos; the persons and sources that it gathers stay.

    Raises:
        QdaError: There is no such case.
    """
    with study.action("cases", f"removed the case {case}") as change:
        key = study.cases.find(case)
        for table, column in (
            ("member", "case_"),
            ("value", "target"),
            ("memo", "target"),
            ("summary", "target"),
            ("fact", "target"),
            ("case", "key"),
        ):
            change.close(table, f"{column} = ?", (key,))


def add_attribute(study: Study, target: str, name: str, kind: str) -> None:
    """A new attribute of sources, persons or cases that has no values yet.

    Raises:
        QdaError: The name or the type cannot be used, or there is such an attribute.
    """
    check_plain(name, "attribute")
    if study.attributes.known(target).find(name) is not None or (target == "source" and name in SOURCE_FIELDS):
        raise QdaError(f"{target}s have an attribute '{name}' already")
    study.attributes.import_rows(target, {name: kind}, [], f"attribute {name} of {target}s")


def empty_cells(study: Study, target: str, cells: Sequence[tuple[str, str]]) -> None:
    """Take away the values of an attribute from sources, persons or cases, given by both names.

    Raises:
        QdaError: There is no such thing or attribute; or it is the kind of a source, which every one has.
    """
    known_of = {"source": study.sources.known, "person": study.persons.known, "case": study.cases.known}
    names = known_of[target]()
    (entity, attribute), *more = cells
    said = f"{attribute} of {entity}" if not more else many(len(cells), "value")
    with study.action("attributes", f"emptied {said}") as change:
        known = study.attributes.known(target)
        for whose, column in cells:
            key = names.get(whose)
            if target == "source" and column in SOURCE_FIELDS:
                if column == "kind":
                    raise QdaError("every source has a kind; write another one instead")
                change.edit("source", "key = ?", (key,), **{column: ""})
            else:
                change.close("value", "target = ? AND attribute = ?", (key, known.get(column)))


def forget_coverage(study: Study, sources: Collection[str], code: str) -> None:
    """Let it be unknown again whether sources were asked about a code.

    Raises:
        QdaError: There is no such source or code.
    """
    with study.action("coverage", f"coverage unknown: {code}, {_listed(sources)}") as change:
        key, names = study.codebook.get(code).key, study.sources.known()
        for name in sources:
            change.close("coverage", "source = ? AND code = ?", (names.get(name), key))


def _listed(names: Collection[str]) -> str:
    return next(iter(names)) if len(names) == 1 else many(len(names), "source")


def _check_free(names: Names, key: int | None, name: str, what: str) -> None:
    """Refuse a name that something else has."""
    check_plain(name, what)
    if name != name.strip():
        raise QdaError(f"'{name}' has spaces around it; leave them out")
    holder = None if names.is_free(name) else names.find(name)
    if holder is not None and holder != key:
        raise QdaError(f"there is a {what} named '{name}' already; choose another name")
