"""The cases and attributes of a project: by GUID, else by name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qda.errors import QdaError
from qda.model.nouns import many, plain_name
from qda.store.attributes import SOURCE_FIELDS, AttributeRow, check_value
from qda.store.projects.identity import free_name, live_key, uid_for

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from qda.model.project import Project, ProjectAttribute, ProjectCase
    from qda.store.change import Change
    from qda.store.projects.outcome import Outcome
    from qda.store.projects.sources import Here
    from qda.store.study import Study


class Entered:
    """Cases on their way into the study, and whose values are entered under which name."""

    def __init__(self, study: Study, change: Change, sources: Mapping[bytes, Here], outcome: Outcome) -> None:
        self._study = study
        self._change = change
        self._sources = sources
        self._outcome = outcome
        self._names = study.cases.known()
        self.keys: dict[bytes, int] = {}
        self._called: dict[bytes, str] = {}

    def cases(self, cases: Sequence[ProjectCase]) -> None:
        """Enter all cases with their sources; members that only the study has stay."""
        guids = {uid_for(self._study.database, "case", case.guid) for case in cases}
        for case in cases:
            if case.guid not in self.keys:
                self._case(case, guids)

    def _case(self, case: ProjectCase, guids: set[bytes]) -> None:
        database = self._study.database
        uid = uid_for(database, "case", case.guid)
        key = live_key(database, "case", uid)
        if key is None:
            key = self._twin(case, guids)
        tally = self._outcome.cases
        if key is None:
            key = self._change.new_key("case", uid)
            name = free_name(case.name, self._names.is_free)
            self._names.add(name, key)
            self._change.insert("case", [(key, name, case.kind)])
            tally.new += 1
            changed = False
        else:
            name = str(database.one("SELECT name FROM live_case WHERE key = ?", (key,)))
            if name != case.name and self._names.is_free(case.name):
                self._names.forget(key)
                self._names.add(case.name, key)
                name = case.name
            changed = bool(self._change.edit("case", "key = ?", (key,), name=name))
        members = {row[0] for row in database.rows("SELECT member FROM live_member WHERE case_ = ?", (key,))}
        fresh = [source for guid in case.sources if (source := self._sources[guid].key) not in members]
        self._change.insert("member", [(key, source) for source in dict.fromkeys(fresh)])
        if tally.new == 0 or name in self._called.values():
            tally.changed += bool(changed or fresh)
        self.keys[case.guid] = key
        self._called[case.guid] = name

    def _twin(self, case: ProjectCase, guids: set[bytes]) -> int | None:
        """A case of the same name and kind that is no other case of the project."""
        rows = self._study.database.rows(
            "SELECT c.key, c.name, e.uid FROM live_case c JOIN entity e ON e.key = c.key WHERE c.kind = ?", (case.kind,)
        )
        taken = set(self.keys.values())
        wanted = plain_name(case.name)
        found = [row[0] for row in rows if plain_name(row[1]) == wanted and row[2] not in guids and row[0] not in taken]
        return int(found[0]) if len(found) == 1 else None

    def values(self, project: Project) -> None:
        """Enter the attributes and their values; a value given replaces the one before."""
        owners = self._called | {guid: here.name for guid, here in self._sources.items()}
        by_attribute: dict[bytes, dict[bytes, list[str]]] = {}
        for one in project.values:
            by_attribute.setdefault(one.attribute, {}).setdefault(one.owner, []).append(one.value)
        loosened = []
        for attribute in project.attributes:
            given = by_attribute.get(attribute.guid, {})
            rows = [(owners[owner], tuple(dict.fromkeys(values))) for owner, values in given.items() if owner in owners]
            name, kind, loose = self._column(attribute, [value for _, values in rows for value in values])
            uid = uid_for(self._study.database, "attribute", attribute.guid)
            lines = [AttributeRow(owner, {name: values}) for owner, values in rows]
            self._outcome.values += self._study.attributes.enter(
                self._change, attribute.target, {name: kind}, lines, {name: uid}
            )
            loosened += [name] if loose else []
        if loosened:
            shown = ", ".join(f"'{name}'" for name in loosened[:5])
            said = "its values do" if len(loosened) == 1 else "their values do"
            self._outcome.said.append(
                f"{many(len(loosened), 'attribute')} of text now, for {said} not all fit: {shown}"
            )

    def _column(self, attribute: ProjectAttribute, values: Sequence[str]) -> tuple[str, str, bool]:
        """The name under which an attribute stands here, the type it gets, and whether its type is given up."""
        if attribute.target == "source" and plain_name(attribute.name) in SOURCE_FIELDS:
            return attribute.name, "", False
        database = self._study.database
        key = live_key(database, "attribute", uid_for(database, "attribute", attribute.guid))
        if key is None:
            key = self._study.attributes.known(attribute.target).find(attribute.name)
        if key is None:
            return attribute.name, attribute.type, False
        name, kind = database.rows("SELECT name, type FROM live_attribute WHERE key = ?", (key,))[0]
        if all(_fits(name, kind, value) for value in values):
            return name, kind, False
        return name, "text", True


def _fits(name: str, kind: str, value: str) -> bool:
    try:
        check_value(name, kind, value)
    except QdaError:
        return False
    return True
