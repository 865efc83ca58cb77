"""A study as a project that can go to other tools: all that has a place in one, as the current coder may see it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from qda.model.confidential import INTERNAL, PUBLIC
from qda.model.nouns import LAYERS, plain_name
from qda.model.project import (
    KEPT,
    Project,
    ProjectAttribute,
    ProjectCase,
    ProjectCode,
    ProjectSource,
    ProjectUser,
    ProjectValue,
)
from qda.model.transcript import Transcript
from qda.store.projects.given_items import GivenItems, Which, moment
from qda.store.projects.given_persons import add_persons
from qda.store.projects.leaving import left_behind

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from qda.model.nouns import Source
    from qda.model.transcript import Speaker
    from qda.store.study import Study


def give(
    study: Study, name: str, *, layer: str = "independent", coders: Sequence[str] = (), persons: bool = False
) -> Project:
    """A study as a project; texts and codings are read when they are asked for.

    Args:
        study: The study; it stays as it is.
        name: What the project is called.
        layer: Which codings go: what each coded (`independent`), or the `consensus`.
        coders: Whose codings go (none: everybody's).
        persons: Whether persons go as cases.

    Raises:
        QdaError: A coder is not there.
    """
    keys = [study.coders.find(coder) for coder in coders]
    project = Project(name)
    uids = dict(study.database.connection.execute("SELECT key, uid FROM entity WHERE kind NOT IN ('coding', 'memo')"))
    project.users = {uids[one.key]: ProjectUser(uids[one.key], one.name) for one in study.coders.all()}
    project.codes = [
        ProjectCode(uids[one.key], None if one.parent is None else uids[one.parent], one.entry)
        for one in study.codebook.tree().codes
    ]
    sources = study.sources.all()
    project.sources = _sources(study, sources, uids)
    _cases(study, project, uids)
    _attributes(study, project, uids)
    if persons:
        add_persons(study, project, uids)
    which = Which(tuple(one.key for one in sources), LAYERS.index(layer), tuple(keys), persons=persons)
    project.items = GivenItems(study, uids, which).stream
    settings = study.settings.all()
    project.kept = {setting: value for setting, value in settings.items() if setting.startswith(KEPT)}
    project.left = left_behind(study, which)
    return project


def _sources(study: Study, sources: Sequence[Source], uids: Mapping[int, bytes]) -> list[ProjectSource]:
    rows = study.database.rows(
        "SELECT s.key, c.coder, c.at FROM main.source s JOIN main.change c ON c.number = s.born"
        " WHERE s.row IN (SELECT min(row) FROM main.source GROUP BY key)"
    )
    came = {key: (coder, at) for key, coder, at in rows}
    known = {one.key for one in study.coders.all()}
    found = []
    for one in sources:
        coder, at = came[one.key]
        fields = {"kind": one.kind, "language": one.language, "date": one.date}
        given = {field: value for field, value in fields.items() if value}
        by = uids[coder] if coder in known else None
        at = moment(at[:7]) if study.outside.profile == PUBLIC else at
        found.append(ProjectSource(uids[one.key], one.name, partial(_load, study, one), given, by, at))
    return found


def _load(study: Study, source: Source) -> tuple[Transcript, Mapping[str, Speaker]]:
    text = study.sources.text(source.key)
    if study.outside.profile != INTERNAL:  # the file as it came has the names, and what is confidential
        return Transcript(source.name, "txt", text.encode(), text, "utf-8"), {}
    kept = study.database.one("SELECT bytes FROM original WHERE sha256 = ?", (bytes.fromhex(source.revision_sha256),))
    original = text.encode() if kept is None else kept
    return Transcript(source.name, source.format, original, text, source.encoding), {}


def _cases(study: Study, project: Project, uids: Mapping[int, bytes]) -> None:
    members: dict[int, list[bytes]] = {}
    for case, member, kind in study.cases.members():
        if kind == "source":
            members.setdefault(case, []).append(uids[member])
    project.cases = [
        ProjectCase(uids[one.key], one.name, one.kind, tuple(sorted(members.get(one.key, ()))))
        for one in study.cases.all()
    ]


def _attributes(study: Study, project: Project, uids: Mapping[int, bytes]) -> None:
    """The attributes of sources and cases, with their values; those of persons stay."""
    for target in ("source", "case"):
        keys = study.attributes.known(target)
        for name, owner, kind in study.attributes.all():
            if owner == target:
                project.attributes.append(ProjectAttribute(uids[keys.get(name)], name, target, kind))
    known = {(one.target, plain_name(one.name)): one.guid for one in project.attributes}
    for target in ("source", "case"):
        for key, values in sorted(study.attributes.of(target).items(), key=lambda item: uids[item[0]]):
            for name, words in values.items():
                attribute = known.get((target, plain_name(name)))
                if attribute is not None:  # kind, language and date are fields of the source
                    project.values += [ProjectValue(uids[key], attribute, word) for word in words]
