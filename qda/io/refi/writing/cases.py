"""Variables, cases and sets as elements; what a source is (kind, language, date) goes as variables too."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from qda.io.refi.cases import KIND
from qda.io.refi.guids import made
from qda.io.refi.keeping import kept_of
from qda.io.refi.writing.kept import written
from qda.model.nouns import id_of
from qda.model.project import SET, Left
from qda.store.projects.identity import other_uid

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from qda.io.refi.writing.xml import Xml
    from qda.model.project import Project, ProjectCase

_WHOLE, _DECIMAL = re.compile(r"[-+]?\d+\Z", re.ASCII), re.compile(r"[-+]?(\d+(\.\d+)?|\.\d+)\Z", re.ASCII)
_DAY = re.compile(r"\d{4}-\d\d-\d\d\Z", re.ASCII)
_FIELDS = {"kind": "text", "language": "text", "date": "date"}
_ORDINARY = "case"


class CaseWriter:
    """Writes variables, cases and sets of a project, and the values of its sources."""

    def __init__(self, project: Project, xml: Xml) -> None:
        self._project = project
        self._xml = xml
        self._values: dict[bytes, list[tuple[bytes, str]]] = {}
        for value in project.values:
            self._values.setdefault(value.owner, []).append((value.attribute, value.value))
        for source in project.sources:
            fields = [(_field(name), words) for name, words in source.fields.items()]
            self._values[source.guid] = fields + self._values.get(source.guid, [])
        for case in project.cases:
            if case.kind != _ORDINARY and not self._is_set(case):
                self._values.setdefault(case.guid, []).insert(0, (KIND, case.kind))
        # A case that came with the identity of a code goes with it again.
        self._shared = {other_uid("case", code.guid): code.guid for code in project.codes}
        given: dict[bytes, list[str]] = {}
        for values in self._values.values():
            for attribute, words in values:
                given.setdefault(attribute, []).append(words)
        kinds = {one.guid: one.type for one in project.attributes}
        kinds |= {_field(name): kind for name, kind in _FIELDS.items()}
        self._given = given
        self._types = {guid: _type(kinds.get(guid, "text"), given.get(guid, [])) for guid in {*kinds, *given}}

    def known_as(self, case: bytes) -> bytes:
        """The GUID of a case in the file."""
        return self._shared.get(case, case)

    def variables(self) -> Iterator[str]:
        """All variables; none where there are none."""
        listed = [(_field(name), name, f"{kind} attribute of a source") for name, kind in _FIELDS.items()]
        listed.append((KIND, "kind of case", ""))
        listed = [one for one in listed if one[0] in self._given]
        said = {guid: f"{node.text}\n\n" for guid, node in kept_of(self._project.kept, "variable")}
        listed += [
            (one.guid, one.name, f"{said.get(one.guid, '')}{one.type} attribute of a {one.target}")
            for one in self._project.attributes
        ]
        if not listed:
            return
        yield "<Variables>\n"
        for guid, name, words in listed:
            attrs = {"guid": id_of(guid), "name": name, "typeOfVariable": self._types[guid]}
            yield self._xml.element("Variable", attrs, [self._xml.plain("Description", words)])
        yield "</Variables>\n"

    def values(self, owner: bytes) -> Iterator[str]:
        """The values of a source or case."""
        for attribute, words in self._values.get(owner, ()):
            kind = self._types[attribute]
            value = self._xml.element(f"{kind}Value", {}, text=words)
            yield f'<VariableValue>\n<VariableRef targetGUID="{id_of(attribute)}"/>\n{value}</VariableValue>\n'

    def cases(self) -> Iterator[str]:
        """All cases but those that are sets of sources; the parts of sources that were kept of them go along."""
        cases = [case for case in self._project.cases if not self._is_set(case)]
        if not cases:
            return
        kept = dict(kept_of(self._project.kept, "case"))
        yield "<Cases>\n"
        for case in cases:
            guid = self.known_as(case.guid)
            parts = list(kept[guid].children) if guid in kept else []
            written_parts = {
                tag: [written(part, None, self._xml, ()) for part in parts if part.tag == tag]
                for tag in ("CodeRef", "SelectionRef")
            }
            inside = [*written_parts["CodeRef"], *self.values(case.guid), *_sources(case, "SourceRef")]
            attrs = {"guid": id_of(guid), "name": case.name}
            yield self._xml.element("Case", attrs, [*inside, *written_parts["SelectionRef"]])
        yield "</Cases>\n"

    def sets(self, known: Collection[bytes]) -> Iterator[str]:
        """Sets of sources, and those that were kept; `known` are the things to which these may lead."""
        parts = [
            self._xml.element("Set", {"guid": id_of(case.guid), "name": case.name}, _sources(case, "MemberSource"))
            for case in self._project.cases
            if self._is_set(case)
        ]
        parts += [written(node, guid, self._xml, known) for guid, node in kept_of(self._project.kept, "set")]
        if any(parts):
            yield "<Sets>\n"
            yield from parts
            yield "</Sets>\n"

    def lost(self) -> list[Left]:
        """What becomes of values that several tools cannot hold."""
        several = sum(
            len(values) > len({attribute for attribute, _ in values}) for owner, values in self._values.items()
        )
        kinds = {one.guid: one.type for one in self._project.attributes} | {_field("date"): "date"}
        loose = [guid for guid, kind in kinds.items() if kind in ("date", "number") and self._types[guid] == "Text"]
        loose = [guid for guid in loose if guid in self._given]
        lost = [
            Left("sources and cases with several values of one attribute", several, "go; most tools keep one of them"),
            Left(
                "attributes of dates or numbers that are not all whole days or plain numbers", len(loose), "go as text"
            ),
        ]
        return [one for one in lost if one.number]

    def _is_set(self, case: ProjectCase) -> bool:
        return case.kind == SET and bool(case.sources) and case.guid not in self._values


def _sources(case: ProjectCase, tag: str) -> list[str]:
    return [f'<{tag} targetGUID="{id_of(source)}"/>\n' for source in case.sources]


def _field(name: str) -> bytes:
    """The variable of a field of sources."""
    return made("variable", "of a source", name)


def _type(kind: str, values: list[str]) -> str:
    """The type of a variable that holds all its values as they are written."""
    if kind == "number" and values:
        return _fitting(values, (("Integer", _WHOLE), ("Float", _DECIMAL)))
    if kind == "date" and values:
        return _fitting(values, (("Date", _DAY),))
    return "Boolean" if kind == "choice" and values and set(values) <= {"true", "false"} else "Text"


def _fitting(values: list[str], types: tuple[tuple[str, re.Pattern[str]], ...]) -> str:
    return next((name for name, form in types if all(form.match(value) for value in values)), "Text")
