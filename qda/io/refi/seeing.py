"""The first look through a project: everything but the codings on texts, which may be very many."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from qda.errors import BadFileError
from qda.io.refi.choosing import SAMPLE, Evidence, Selected, weigh
from qda.io.refi.events import END, START, Node, stream
from qda.io.refi.guids import guid_of, made
from qda.io.refi.texts import Found, Missing, find_text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from qda.io.refi.container import Container

TEXT = "TextSource"
MEDIA = {"PictureSource": "picture", "PDFSource": "document", "AudioSource": "audio", "VideoSource": "video"}
HOLDERS = {"PDFSource": "Representation", "PictureSource": "TextDescription"}
"""The element of a source that is not text which holds its words."""
SOURCES = frozenset({TEXT, *MEDIA})
ALONE = SOURCES | {"PlainTextSelection", "Case", "Note", "Link", "Set", "Graph", "Codes", "Variable", "User"}
SELECTIONS = frozenset({"PDFSelection", "PictureSelection", "AudioSelection", "VideoSelection"})


@dataclass
class Seen:
    """A source or note as it was seen.

    `node` is its element without selections of text, `holder` the element that has its words. `has_text` says whether
    there are words on which a coding can stand, `problem` why not, or what is odd about them; `body` are the words of
    a note. `selections` are those of a text that is not there, or of a note; they are kept as they came. `areas` are
    the areas of pages that are selections of the text too.
    """

    number: int
    node: Node
    guid: bytes
    holder: Node | None = None
    text: Found | Missing | None = None
    has_text: bool = False
    problem: str = ""
    body: str = ""
    evidence: Evidence | None = None
    sample: list[Selected] = field(default_factory=list)
    selections: list[Node] = field(default_factory=list)
    count: int = 0
    areas: set[bytes] = field(default_factory=set)

    @property
    def is_note(self) -> bool:
        """Whether it is a note, on which nothing can be coded here."""
        return self.node.tag == "Note"

    def find(self, container: Container | None) -> None:
        """Find its words, once."""
        if self.text is None and self.holder is not None:
            self.text = find_text(container, self.holder)
            self.problem = self.text.problem
            self.has_text = isinstance(self.text, Found) and self.text.raw.text != ""


@dataclass
class Look:
    """All that the first look found."""

    project: Node
    users: list[Node] = field(default_factory=list)
    codes: list[Node] = field(default_factory=list)
    variables: list[Node] = field(default_factory=list)
    cases: list[Node] = field(default_factory=list)
    sources: list[Seen] = field(default_factory=list)
    notes: list[Seen] = field(default_factory=list)
    links: list[Node] = field(default_factory=list)
    sets: list[Node] = field(default_factory=list)
    graphs: list[Node] = field(default_factory=list)


def open_stream(file: str, container: Container | None) -> Callable[[], Iterator[tuple[str, Node, Node | None]]]:
    """A function that streams the project's elements from the beginning, as often as it is called."""

    def begin() -> Iterator[tuple[str, Node, Node | None]]:
        if container is None:
            from pathlib import Path

            with Path(file).open("rb") as data:
                yield from stream(iter(lambda: data.read(1 << 16), b""), file, ALONE)
            return
        yield from stream(container.chunks(container.project()), file, ALONE)

    return begin


def look(events: Iterable[tuple[str, Node, Node | None]], container: Container | None, file: str) -> Look:
    """Look through a project once.

    Raises:
        BadFileError: It is no project, or damaged.
    """
    found: Look | None = None
    walk = Walk()
    into: dict[str, list[Node]] = {}
    for event, node, above in events:
        if found is None:
            if node.tag != "Project":
                raise BadFileError(file, f"its XML is of '{node.tag}', not of a project")
            found = Look(node)
            into = {
                "User": found.users,
                "Codes": found.codes,
                "Variable": found.variables,
                "Case": found.cases,
                "Link": found.links,
                "Set": found.sets,
                "Graph": found.graphs,
            }
            continue
        ended = walk.see(event, node, above)
        if ended is not None:
            _finish(ended, container)
            (found.notes if ended.node.tag == "Note" else found.sources).append(ended)
        elif event == END and node.tag == "PlainTextSelection" and walk.here is not None:
            _selection(walk, node, above, container)
        elif event == END and node.tag in into:
            into[node.tag].append(node)
    if found is None:
        raise BadFileError(file, "there is nothing in it")
    return found


class Walk:
    """Where in the project a stream of elements is: in which source or note, and which element holds its words."""

    def __init__(self) -> None:
        self.here: Seen | None = None
        self._number = 0

    def see(self, event: str, node: Node, above: Node | None) -> Seen | None:
        """Take an element in; gives the source or note that it ends."""
        tag = node.tag
        if event == START:
            if (tag in SOURCES or tag == "Note") and above is not None and above.tag in ("Sources", "Notes"):
                self._number += 1
                guid = guid_of(node.get("guid")) or made("source", str(self._number), node.get("name"))
                self.here = Seen(self._number, node, guid, node if tag in (TEXT, "Note") else None)
            elif self.here is not None and above is self.here.node and tag == HOLDERS.get(above.tag):
                self.here.holder = node
        elif self.here is not None and node is self.here.node:
            ended, self.here = self.here, None
            return ended
        return None


def _selection(walk: Walk, node: Node, above: Node | None, container: Container | None) -> None:
    """Count a selection of text, and weigh or keep it."""
    here = walk.here
    if here is None or above is None or above is not here.holder:
        return
    here.count += 1
    if here.node.tag == "PDFSource" and (guid := guid_of(node.get("guid"))):
        here.areas.add(guid)
    here.find(container)
    if not here.has_text or here.is_note:
        here.selections.append(node)
    elif len(here.sample) < SAMPLE and (span := span_of(node)):
        here.sample.append(Selected(*span, node.get("name")))


def _finish(seen: Seen, container: Container | None) -> None:
    """Weigh the selections of a source that has ended, and let its text go; a note keeps its own."""
    seen.find(container)
    if isinstance(seen.text, Found) and seen.is_note:
        seen.body = seen.text.raw.plain
    elif isinstance(seen.text, Found):
        seen.evidence = weigh(seen.text.raw, seen.sample, seen.count)
    seen.text = None
    seen.sample = []


def span_of(node: Node) -> tuple[int, int] | None:
    """The places of a selection of text, None where they are no numbers."""
    try:
        return int(node.get("startPosition")), int(node.get("endPosition"))
    except ValueError:
        return None


def stem(path: str) -> str:
    """The name of the file that a path of the project means, without its ending."""
    return PurePosixPath(path.replace("\\", "/").rpartition("://")[2]).stem
