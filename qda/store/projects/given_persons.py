"""Persons as cases, for tools that know no persons: each with their sources, attributes and memos."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qda.model.nouns import plain_name
from qda.model.project import ProjectAttribute, ProjectCase, ProjectValue
from qda.store.projects.identity import free_name, other_uid

if TYPE_CHECKING:
    from collections.abc import Mapping

    from qda.model.project import Project
    from qda.store.study import Study

KIND = "person"


def add_persons(study: Study, project: Project, uids: Mapping[int, bytes]) -> None:
    """Add all persons to a project as cases with identities of their own, so that they stay what they are here.

    An attribute that cases have too under the same name is one with theirs.
    """
    sources = study.persons.sources_of()
    taken = {plain_name(case.name) for case in project.cases}
    for one in study.persons.all():
        name = free_name(one.name, lambda word: plain_name(word) not in taken)
        taken.add(plain_name(name))
        guid = as_case(uids[one.key])
        project.cases.append(
            ProjectCase(guid, name, KIND, tuple(sorted(uids[source] for source in sources.get(one.key, ()))))
        )
    _attributes(study, project, uids)


def as_case(person: bytes) -> bytes:
    """The identity of the case as which a person goes."""
    return other_uid("case", person)


def _attributes(study: Study, project: Project, uids: Mapping[int, bytes]) -> None:
    known = {plain_name(one.name): one.guid for one in project.attributes if one.target == "case"}
    keys = study.attributes.known("person")
    for name, target, kind in study.attributes.all():
        if target == "person" and plain_name(name) not in known:
            known[plain_name(name)] = other_uid("attribute", uids[keys.get(name)])
            project.attributes.append(ProjectAttribute(known[plain_name(name)], name, "case", kind))
    for key, values in sorted(study.attributes.of("person").items(), key=lambda item: uids[item[0]]):
        for name, words in values.items():
            owner = as_case(uids[key])
            project.values += [ProjectValue(owner, known[plain_name(name)], word) for word in words]
