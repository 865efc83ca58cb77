"""A project of another tool on its way to plain values: who, which codes, which texts, and what could not come in."""

from __future__ import annotations

from collections import Counter
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING, Any, NamedTuple

from qda.io.incoming import known_speakers
from qda.io.refi.guids import made
from qda.io.refi.names import moment, one_line
from qda.io.refi.users import UNKNOWN
from qda.io.tools.code_tree import CodeTree
from qda.io.tools.places import Places
from qda.model.nouns import many, plain_name
from qda.model.project import (
    Project,
    ProjectAttribute,
    ProjectCase,
    ProjectCoding,
    ProjectMemo,
    ProjectSource,
    ProjectUser,
    ProjectValue,
)
from qda.model.transcript import Transcript
from qda.store.attributes import SOURCE_FIELDS, is_value

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping

    from qda.io.tools.asked import Asked
    from qda.io.tools.places import Quoted
    from qda.model.transcript import Speaker

Item = ProjectCoding | ProjectMemo
_SHOWN = 5
_BOM = "\ufeff"


class Text(NamedTuple):
    """A text as a tool has it, and the bytes it stands for (none: those of the text)."""

    text: str
    original: bytes | None = None
    encoding: str | None = "utf-8"


class Marked(NamedTuple):
    """A coding as a tool has it: keys of source and code, who, where, when, and what is noted on it."""

    source: Hashable
    code: Hashable
    user: str
    place: Quoted
    at: str = ""
    memo: str = ""


class Noted(NamedTuple):
    """A note of a tool on a stretch of a text."""

    user: str
    place: Quoted
    body: str
    at: str = ""


class Assembly:
    """Gathers what a reader finds under the keys of its tool; `salt` tells the things of two projects apart.

    Things are known again by their names, so that two copies of a project that went on apart can both come in.
    """

    def __init__(self, tool: str, name: str, salt: str, asked: Asked) -> None:
        self._salt = made("project", tool, salt)
        self._asked = asked
        self.project = Project(name)
        self.codes = CodeTree(self._salt)
        self._sources: dict[Hashable, tuple[bytes, str]] = {}
        self._owners: dict[Hashable, bytes] = {}
        self._names: set[str] = set()
        self._attributes: set[bytes] = set()
        self._lost: dict[str, list[str]] = {}
        self._counts: Counter[str] = Counter()

    def user(self, name: str) -> bytes:
        """Who coded; where nobody is named, who `--coder-name` says, else somebody unknown."""
        name = one_line(name).replace("|", "/") or self._asked.coder
        guid = made("coder", plain_name(name)) if name else UNKNOWN
        self.project.users.setdefault(guid, ProjectUser(guid, name or "unknown"))
        return guid

    def source(self, key: Hashable, name: str, load: Callable[[], Text], *, kind: str = "", apart: str = "") -> bytes:
        """Add a source, whose text is loaded when it is wanted; two of one name are told apart by number.

        `apart` is what else tells it from sources of the same name: its text, where projects are not told apart.
        """
        name = one_line(name) or f"source {len(self._sources) + 1}"
        number, known_as = 2, name
        while known_as in self._names:
            known_as, number = f"{name} ({number})", number + 1
        self._names.add(known_as)
        guid = made(self._salt, "source", known_as, *([apart] if apart else []))
        self._sources[key] = guid, name
        fields = {"kind": kind} if kind else {}

        def transcript() -> tuple[Transcript, Mapping[str, Speaker]]:
            read = self._transcript(name, load())
            return read, known_speakers(read, {})

        self.project.sources.append(ProjectSource(guid, name, transcript, fields))
        return guid

    def known_source(self, key: Hashable, guid: bytes, name: str, load: Callable[[], Text]) -> None:
        """Add a source of the study itself, under its own uid."""
        self._sources[key] = guid, name

        def transcript() -> tuple[Transcript, Mapping[str, Speaker]]:
            return Transcript(name, "txt", b"", load().text, None), {}

        self.project.sources.append(ProjectSource(guid, name, transcript, {}))

    def _transcript(self, name: str, read: Text) -> Transcript:
        from qda.io.transcripts.speakers import find_turns

        text = Places(read.text).text
        turns, unsure = find_turns(text, self._asked.speakers)
        original = text.encode() if read.original is None else read.original
        return Transcript(name, "txt", original, text, read.encoding, turns, unsure)

    def case(self, key: Hashable, name: str, sources: Iterable[Hashable], kind: str = "case") -> bytes:
        """Add a case with its sources; those that are not in the project are counted."""
        name = one_line(name) or f"case {len(self.project.cases) + 1}"
        guid = self._owners[key] = made(self._salt, kind, plain_name(name))
        known = [one for one in sources if not self._is_gone(one in self._sources, "members of cases without a source")]
        guids = tuple(dict.fromkeys(self._sources[one][0] for one in known))
        self.project.cases.append(ProjectCase(guid, name, kind, guids))
        return guid

    def attribute(self, name: str, target: str, kind: str = "text") -> bytes:
        """Add an attribute of sources or cases, once."""
        guid = made(self._salt, "attribute", target, plain_name(name))
        if guid not in self._attributes:
            self._attributes.add(guid)
            self.project.attributes.append(ProjectAttribute(guid, one_line(name), target, kind))
        return guid

    def value(self, attribute: bytes, target: str, owner: Hashable, value: str) -> None:
        """Add a value of a source or case; one of something that is not in the project is counted."""
        guid = self._owner(target, owner) or b""
        if value.strip() and not self._is_gone(guid != b"", "values of attributes without a source or case"):
            self.project.values.append(ProjectValue(guid, attribute, value.strip()))

    def settle_attributes(self) -> None:
        """Once all values are there: attributes whose values do not fit their type are text.

        One that is called as a field of sources, and cannot be one, gets another name.
        """
        values: dict[bytes, list[ProjectValue]] = {}
        for value in self.project.values:
            values.setdefault(value.attribute, []).append(value)
        self.project.attributes = [_settled(one, values.get(one.guid, [])) for one in self.project.attributes]

    def _owner(self, kind: str, key: Hashable) -> bytes | None:
        """What stands under a key of a source, a case or a code."""
        if kind == "source":
            return self._sources[key][0] if key in self._sources else None
        return (self._owners if kind == "case" else self.codes.guids).get(key)

    def memo(
        self, kind: str, key: Hashable | None, body: str, user: str = "", title: str = "", at: str = ""
    ) -> Iterator[Item]:
        """A memo on the study (no key), a source, a code or a case; none where it is empty or about nothing here."""
        target = self._owner(kind, key) if key is not None else None
        if not body.strip() or (
            key is not None and self._is_gone(target is not None, f"memos on a {kind} that is gone")
        ):
            return
        about = (kind, target, self.user(user), one_line(title), body.strip(), stamp(at))
        yield ProjectMemo(made(self._salt, "memo", kind, target or b"", title, body), *about)

    def by_source(self, rows: Iterable[tuple[Any, ...]], noun: str) -> Iterator[tuple[Any, Iterator[tuple[Any, ...]]]]:
        """Rows that begin with the key of their source, a group for each; those of no source are counted."""
        for source, group in groupby(rows, key=itemgetter(0)):
            if source in self._sources:
                yield source, group
            else:
                for _ in group:
                    self.gone(f"{noun} of a source that is not in the file")

    def noted(self, source: Hashable, places: Places, notes: Iterable[Noted]) -> Iterator[Item]:
        """Memos on stretches of a source."""
        guid, name = self._sources[source]
        for note in notes:
            span = places.span(note.place)
            if span is None:
                self._outside(name, note.place)
                continue
            about = ("segment", guid, self.user(note.user), "", note.body.strip(), stamp(note.at), "analytic")
            own = made(self._salt, "memo", guid, note.body, f"{span.start}-{span.end}")
            yield ProjectMemo(own, *about, span.start, span.end)

    def coded(self, places: Places, marked: Iterable[Marked]) -> Iterator[Item]:
        """Codings of one source as ours, each with its memo; what does not fit the text or the codebook is counted."""
        for one in marked:
            guid, name = self._sources[one.source]
            code = self.codes.guids.get(one.code)
            if self._is_gone(code is not None, "codings with a code that is not in the file") or code is None:
                continue
            span = places.span(one.place)
            if span is None:
                self._outside(name, one.place)
                continue
            self._counts["cut"] += span.cut
            if span.differs:
                self._lost.setdefault("differs", []).append(f"'{name}' {span.start}-{span.end}")
            user = self.user(one.user)
            own = made(self._salt, "coding", guid, code, user, f"{span.start}-{span.end}")
            yield ProjectCoding(own, guid, code, user, span.start, span.end, stamp(one.at))
            if one.memo.strip():
                note = made(own, "memo", one.memo)
                yield ProjectMemo(note, "coding", own, user, "", one.memo.strip(), stamp(one.at))

    def _is_gone(self, here: bool, noun: str) -> bool:  # noqa: FBT001 - it reads as a sentence
        self._counts[noun] += not here
        return not here

    def gone(self, noun: str, count: int = 1) -> None:
        """Count things that could not come in, under a noun in the plural."""
        self._counts[noun] += count

    def _outside(self, name: str, place: Quoted) -> None:
        self._lost.setdefault("outside", []).append(f"'{name}' {place.start}-{place.end}")

    def close(self) -> None:
        """Say what could not come in, once everything was asked for."""
        said = self.project.said
        said += self.codes.said
        if outside := self._lost.get("outside"):
            said.append(f"{many(len(outside), 'selection')} empty or outside the text: left out: {_listed(outside)}")
        if differs := self._lost.get("differs"):
            said.append(
                f"{many(len(differs), 'coding')} whose words are not those that the tool kept; they stand where the"
                f" tool has them: {_listed(differs)}"
            )
        if cut := self._counts.pop("cut", 0):
            said.append(f"{many(cut, 'selection')} went on behind the end of the text: cut there")
        said += [f"{noun}: {count} left out" for noun, count in sorted(self._counts.items()) if count]


def _settled(attribute: ProjectAttribute, values: list[ProjectValue]) -> ProjectAttribute:
    name, words = plain_name(attribute.name), [one.value for one in values]
    if attribute.target == "source" and name in SOURCE_FIELDS:
        single = len({one.owner for one in values}) == len(values)
        if not (single and all(is_value(name, "text", word) for word in words)):
            return attribute._replace(name=f"{attribute.name} (as text)", type="text")
    fits = all(is_value(attribute.name, attribute.type, word) for word in words)
    return attribute if fits else attribute._replace(type="text")


def _listed(places: list[str]) -> str:
    more = f"; and {len(places) - _SHOWN} more" if len(places) > _SHOWN else ""
    return "; ".join(places[:_SHOWN]) + more


def stamp(word: str) -> str:
    """A moment as ISO 8601, also of the form `Fri Feb 03 16:17:22 2012`; empty where it is none."""
    from datetime import datetime

    if found := moment(word.strip()):
        return found
    try:
        return datetime.strptime(word.strip(), "%a %b %d %H:%M:%S %Y").isoformat()  # noqa: DTZ007 - it has no zone
    except ValueError:
        return ""
