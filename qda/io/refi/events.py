"""XML as a stream of elements, in bounded memory; document types and entities are refused.

The parser is expat of the standard library: it streams, it is as fast as lxml here, and with every document type
refused there is no entity that could be abused.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any
from xml.parsers import expat

from qda.errors import BadFileError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

DEEPEST = 150
_LONGEST = 200_000_000  # characters of one element

START, END = "start", "end"


class Node:
    """An element by its local name, whatever its namespace, which is its `space`."""

    __slots__ = ("attrs", "children", "space", "tag", "text")

    def __init__(self, tag: str, attrs: dict[str, str] | None = None, text: str = "") -> None:
        self.tag = tag
        self.attrs = attrs or {}
        self.text = text
        self.space = ""
        self.children: list[Node] = []

    def get(self, name: str) -> str:
        """An attribute, empty where there is none."""
        return self.attrs.get(name, "")

    def all(self, tag: str) -> Iterator[Node]:
        """The children of a name."""
        return (child for child in self.children if child.tag == tag)

    def words(self, tag: str) -> str:
        """The text of the first child of a name, empty where there is none."""
        return next((child.text for child in self.all(tag)), "")

    def as_list(self) -> list[Any]:
        """The element as JSON carries it."""
        return [self.tag, self.attrs, self.text, [child.as_list() for child in self.children]]

    @classmethod
    def of_list(cls, value: Any) -> Node:
        """The element that was carried by JSON."""
        tag, attrs, text, children = value
        node = cls(tag, dict(attrs), text)
        node.children = [cls.of_list(child) for child in children]
        return node


class _Builder:
    """What the parser calls: elements under construction, and events that nobody has taken yet."""

    def __init__(self, file: str, alone: frozenset[str]) -> None:
        self.file = file
        self.alone = alone
        self.stack: list[Node] = []
        self._leaf: list[bool] = []
        self.events: list[tuple[str, Node, Node | None]] = []
        self._text: list[str] = []
        self._long = 0

    def start(self, name: str, attrs: dict[str, str]) -> None:
        """An element begins."""
        if len(self.stack) >= DEEPEST:
            raise BadFileError(self.file, f"its elements lie more than {DEEPEST} deep in each other; it is refused")
        if self.stack:  # words beside elements are the layout of the file
            self._leaf[-1] = False
        self._text.clear()
        self._long = 0
        node = Node(_local(name), {_local(key): value for key, value in attrs.items()})
        node.space = name.rpartition("}")[0]
        self.events.append((START, node, self.stack[-1] if self.stack else None))
        self.stack.append(node)
        self._leaf.append(True)

    def end(self, _: str) -> None:
        """An element ends."""
        node = self.stack.pop()
        if self._leaf.pop():
            node.text = "".join(self._text)
        self._text.clear()
        self._long = 0
        above = self.stack[-1] if self.stack else None
        if above is not None and node.tag not in self.alone:
            above.children.append(node)
        self.events.append((END, node, above))

    def words(self, data: str) -> None:
        """Words stand in an element."""
        self._long += len(data)
        if self._long > _LONGEST:
            raise BadFileError(self.file, "one of its elements holds more words than any project does; it is refused")
        self._text.append(data)

    def refuse(self, *_: object) -> int:
        """Refuse a document type and entities."""
        raise BadFileError(
            self.file, "it has a document type or entities of its own, which no project needs; it is refused"
        )


def stream(
    chunks: Iterable[bytes], file: str, alone: frozenset[str] = frozenset()
) -> Iterator[tuple[str, Node, Node | None]]:
    """Every element when it begins (with its attributes) and when it ends (with what is in it), and the one above.

    Args:
        chunks: The bytes.
        file: Its name, for sentences.
        alone: Names of elements that are not kept in the one above them once they have ended, so that any number
            of them needs no room.

    Raises:
        BadFileError: It is no XML, or is damaged, or does what only an attack does.
    """
    builder = _Builder(file, alone)
    parser = expat.ParserCreate(namespace_separator="}")
    parser.buffer_text = True
    parser.StartElementHandler = builder.start
    parser.EndElementHandler = builder.end
    parser.CharacterDataHandler = builder.words
    parser.StartDoctypeDeclHandler = builder.refuse
    parser.EntityDeclHandler = builder.refuse
    parser.ExternalEntityRefHandler = builder.refuse
    for data in chunks:
        _feed(parser, data, file, last=False)
        yield from _taken(builder)
    _feed(parser, b"", file, last=True)
    yield from _taken(builder)


def _feed(parser: expat.XMLParserType, data: bytes, file: str, *, last: bool) -> None:
    try:
        parser.Parse(data, last)
    except expat.ExpatError as error:
        problem = f"the XML in it is damaged ({expat.ErrorString(error.code)})"
        raise BadFileError(file, problem, line=error.lineno, column=error.offset + 1) from None
    except (ValueError, LookupError):
        raise BadFileError(file, "the XML in it is in an unknown encoding") from None


def _taken(builder: _Builder) -> list[tuple[str, Node, Node | None]]:
    events, builder.events = builder.events, []
    return events


@lru_cache(maxsize=1000)
def _local(name: str) -> str:
    """A name without its namespace; there are few names, and each stands very often."""
    return name.rpartition("}")[2].rpartition(":")[2]
