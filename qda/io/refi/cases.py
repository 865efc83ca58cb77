"""Cases, variables and sets of a project as cases and typed attributes of a study."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from qda.io.refi.events import Node
from qda.io.refi.guids import guid_of, made
from qda.io.refi.keeping import as_kept, kept_name
from qda.io.refi.names import one_line
from qda.model.nouns import many, plain_name
from qda.model.project import SET, ProjectAttribute, ProjectCase, ProjectValue
from qda.store.attributes import SOURCE_FIELDS, is_value

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from qda.io.refi.seeing import Look
    from qda.model.project import Project

TYPES = {"Text": "text", "Boolean": "choice", "Integer": "number", "Float": "number", "Date": "date"}
_TYPE_OF_VALUE = ("TextValue", "BooleanValue", "IntegerValue", "FloatValue", "DateValue", "DateTimeValue")
KIND = made("variable", "kind of case")
"""The variable in which the kind of a case goes out."""
ABOUT = re.compile(r"(?:\A|\n\n)(text|number|date|choice) attribute of a (source|case)\Z")
"""What a variable that was written here says of itself."""


class _Given(NamedTuple):
    """A value of a variable on a source or case."""

    owner: bytes
    target: str
    variable: bytes
    value: str


class CaseReader:
    """Fills a project with cases and attributes; `notes` are the references of cases to notes."""

    def __init__(self, look: Look, project: Project) -> None:
        self._look = look
        self._project = project
        self._sources = {seen.guid for seen in look.sources}
        self.notes: list[tuple[bytes, Node]] = []
        self.described: list[tuple[bytes, Node]] = []
        self._given: list[_Given] = []
        self._kinds: dict[bytes, str] = {}
        self._codes = {code.guid for code in project.codes}
        self._parts = self._gone = self._nameless = self._coded = 0

    def read(self) -> None:
        """Read all cases, sets and values."""
        for seen in self._look.sources:
            self._values(seen.guid, "source", seen.node)
        for number, node in enumerate(self._look.cases, 1):
            self._case(node, number)
        for node in self._look.sets:
            self._set(node)
        self._attributes()
        self._project.cases = [
            case._replace(kind=self._kinds.get(case.guid, case.kind)) for case in self._project.cases
        ]
        self._say()

    def _case(self, node: Node, number: int) -> None:
        guid = guid_of(node.get("guid")) or made("case", node.get("name"), str(number))
        targets = [guid_of(one.get("targetGUID")) for one in node.all("SourceRef")]
        sources = tuple(dict.fromkeys(one for one in targets if one in self._sources and one is not None))
        self._gone += len(targets) - len(sources)
        name = one_line(node.get("name"))
        if not name and len(sources) == 1:  # MAXQDA and Quirkos write the variables of a document so
            self._nameless += 1
            self._values(sources[0], "source", node)
            return
        self._coded += guid in self._codes
        self._project.cases.append(ProjectCase(guid, name or f"case {number}", "case", sources))
        self._values(guid, "case", node)
        self.notes += [(guid, ref) for ref in node.all("NoteRef")]
        if node.words("Description").strip():
            self.described.append((guid, node))
        parts = [child for child in node.children if child.tag in ("SelectionRef", "CodeRef")]
        if parts:
            self._parts += 1
            kept = Node("Case")
            kept.children = parts
            self._project.kept[kept_name("case", guid)] = as_kept(kept)

    def _set(self, node: Node) -> None:
        """A set of sources is a case of the kind `set`; others are kept."""
        guid = guid_of(node.get("guid")) or made("set", node.get("name"))
        members = [child for child in node.children if child.tag.startswith("Member")]
        targets = [guid_of(one.get("targetGUID") or one.get("guid")) for one in members]
        if members and all(one.tag == "MemberSource" for one in members) and self._sources.issuperset(targets):
            sources = tuple(dict.fromkeys(one for one in targets if one is not None))
            self._project.cases.append(ProjectCase(guid, one_line(node.get("name")) or "set", SET, sources))
            if node.words("Description").strip():
                self.described.append((guid, node))
        else:
            self._project.kept[kept_name("set", guid)] = as_kept(node)

    def _values(self, owner: bytes, target: str, node: Node) -> None:
        for one in node.all("VariableValue"):
            variable = next((guid_of(ref.get("targetGUID")) for ref in one.all("VariableRef")), None)
            value = next((child for child in one.children if child.tag in _TYPE_OF_VALUE), None)
            if variable is None or value is None or not value.text.strip():
                continue
            words = value.text if value.tag == "TextValue" else value.text.strip()
            if value.tag == "DateValue":
                words = words[:10]
            if variable == KIND and target == "case":
                self._kinds[owner] = one_line(words) or "case"
            else:
                self._given.append(_Given(owner, target, variable, words))

    def _attributes(self) -> None:
        used: dict[bytes, set[str]] = {}
        for given in self._given:
            used.setdefault(given.variable, set()).add(given.target)
        nodes = {guid_of(node.get("guid")) or made("variable", node.get("name")): node for node in self._look.variables}
        nodes.pop(KIND, None)
        for guid in used.keys() - nodes.keys():
            nodes[guid] = Node("Variable", {"name": f"variable {guid.hex()[:8]}"})
        named: dict[tuple[str, str], ProjectAttribute] = {}
        chosen: dict[tuple[bytes, str], ProjectAttribute] = {}
        for guid, node in nodes.items():
            words = node.words("Description").strip()
            about = ABOUT.search(words)
            words = words[: about.start()] if about else words
            targets = used.get(guid) or {about[2] if about else "case"}
            for target in sorted(targets, reverse=True):  # those of sources keep the GUID
                own = guid if target == max(targets) else made(guid, target)
                kind = about[1] if about else TYPES.get(node.get("typeOfVariable").strip(), "text")
                name = one_line(node.get("name")) or "variable"
                name = self._free_of_fields(name, target, guid)
                known = named.setdefault((target, plain_name(name)), ProjectAttribute(own, name, target, kind))
                chosen[guid, target] = known
                if words:
                    self._project.kept[kept_name("variable", known.guid)] = as_kept(Node("Variable", text=words))
        values: dict[bytes, list[str]] = {}
        for given in self._given:
            attribute = chosen[given.variable, given.target]
            self._project.values.append(ProjectValue(given.owner, attribute.guid, given.value))
            values.setdefault(attribute.guid, []).append(given.value)
        self._project.attributes += [
            one if _fits(one, values.get(one.guid, ())) else one._replace(type="text") for one in named.values()
        ]

    def _free_of_fields(self, name: str, target: str, variable: bytes) -> str:
        """A name that is no field of a source unless its values can stand there: one each, and dates."""
        if target != "source" or plain_name(name) not in SOURCE_FIELDS:
            return name
        here = [given for given in self._given if given.variable == variable and given.target == target]
        single = len({given.owner for given in here}) == len({(given.owner, given.value) for given in here})
        if single and all(is_value(plain_name(name), "text", given.value) for given in here):
            return plain_name(name)
        return f"{name} (as text)"

    def _say(self) -> None:
        said = self._project.said
        if self._nameless:
            said.append(f"{many(self._nameless, 'case')} without a name: what they say is said of their source")
        if self._coded:
            said.append(
                f"{many(self._coded, 'case')} that the file has among its codes too, as NVivo writes them: what is"
                " coded with them comes in as codings of a code of that name"
            )
        if self._parts:
            said.append(
                f"{many(self._parts, 'case')} with parts of sources or with codes; a case has whole sources here, so"
                " these parts are only kept for 'qda export refi'"
            )
        if self._gone:
            said.append(f"{many(self._gone, 'source')} of cases that are not in the file: left out")


def _fits(attribute: ProjectAttribute, values: Iterable[str]) -> bool:
    return all(is_value(attribute.name, attribute.type, value) for value in values)


def set_targets(node: Node, codes: Collection[bytes]) -> Iterable[tuple[Node, bytes]]:
    """The codes of a set that are there, whichever attribute names them."""
    for child in node.all("MemberCode"):
        guid = guid_of(child.get("targetGUID") or child.get("guid"))
        if guid is not None and guid in codes:
            yield child, guid
