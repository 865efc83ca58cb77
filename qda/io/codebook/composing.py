"""Reads YAML into a tree of nodes, with nothing but lists, mappings and strings in it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from qda.io.codebook.syntax import Refusal, explain, explain_escape, refused
from qda.io.codebook.tree import Items, Node, Pairs, Scalar

MAX_NESTING = 150
_HALF = re.compile("[\ud800-\udfff]")


def compose(text: str) -> Node | None:
    """Read one YAML document (a clean text, see `syntax.clean`); None where there is nothing in it.

    Raises:
        Refusal: It is not valid YAML, or uses what codebooks do not: anchors, tags, several documents.
    """
    import yaml

    loader = yaml.BaseLoader(text)
    builder = _Builder(text)
    try:
        while loader.check_event():  # type: ignore[no-untyped-call, unused-ignore]
            builder.take(loader.get_event())  # type: ignore[no-untyped-call, unused-ignore]
    except yaml.MarkedYAMLError as error:
        raise explain(error, text) from None
    except (ValueError, OverflowError):  # an escape such as \UFFFFFFFF
        raise explain_escape(loader.get_mark(), text) from None  # type: ignore[no-untyped-call, unused-ignore]
    return builder.root


@dataclass(slots=True)
class _Open:
    """A list or mapping whose end has not come yet; a mapping's keys and values stand in turns."""

    mark: Any
    flow: bool
    mapping: bool
    nodes: list[Node] = field(default_factory=list)


class _Builder:
    """Builds the tree from the parser's events with a stack of its own, so that no depth can overflow."""

    def __init__(self, text: str) -> None:
        self.root: Node | None = None
        self._text = text
        self._stack: list[_Open] = []

    def take(self, event: Any) -> None:
        """Take the next event of the parser; what a codebook must not have is refused."""
        import yaml

        if isinstance(event, yaml.DocumentStartEvent):
            if self.root is not None:
                raise refused(event.start_mark, "a second document begins here: a codebook is a single one")
        elif isinstance(event, yaml.NodeEvent):
            self._refuse_signs(event)
            if isinstance(event, yaml.CollectionStartEvent):
                self._open(event, mapping=isinstance(event, yaml.MappingStartEvent))
            elif isinstance(event, yaml.ScalarEvent):
                self._add(self._scalar(event))
        elif isinstance(event, yaml.CollectionEndEvent):
            self._close(event)

    def _refuse_signs(self, event: Any) -> None:
        sign = self._text[event.start_mark.index : event.start_mark.index + 1]
        if event.anchor is not None:
            kind = "aliases" if sign == "*" else "anchors"
            problem = f"YAML's {kind} are not used in codebooks: put text that begins with {sign!r} in quotes"
            raise refused(event.start_mark, problem)
        if getattr(event, "tag", None) is not None:
            problem = "YAML's tags are not used in codebooks: put text that begins with '!' in quotes"
            raise refused(event.start_mark, problem)

    def _open(self, event: Any, *, mapping: bool) -> None:
        if len(self._stack) >= MAX_NESTING:
            problem = f"lists and mappings are nested more than {MAX_NESTING} levels deep here"
            raise refused(event.start_mark, problem)
        self._stack.append(_Open(event.start_mark, bool(event.flow_style), mapping))

    def _close(self, event: Any) -> None:
        opened = self._stack.pop()
        mark, nodes = opened.mark, opened.nodes
        written = event.end_mark.index > event.start_mark.index  # a bracket, not the end of a block
        end = event.end_mark.index if written else max([mark.index, *(node.end for node in nodes)])
        place = (mark.index, end, mark.line + 1, mark.column + 1, opened.flow)
        self._add(Pairs(*place, pairs=_pairs(nodes)) if opened.mapping else Items(*place, items=tuple(nodes)))

    def _scalar(self, event: Any) -> Scalar:
        mark, end = event.start_mark, event.end_mark.index
        if _HALF.search(event.value):
            raise refused(mark, "half a character (a lone surrogate) is escaped here: write the character itself")
        if event.style and event.style in "|>":  # the blank lines after a block are layout
            end = mark.index + len(self._text[mark.index : end].rstrip())
        return Scalar(mark.index, end, mark.line + 1, mark.column + 1, event.value, event.style or "")

    def _add(self, node: Node) -> None:
        if self._stack:
            self._stack[-1].nodes.append(node)
        else:
            self.root = node


def _pairs(nodes: list[Node]) -> tuple[tuple[Scalar, Node], ...]:
    pairs: list[tuple[Scalar, Node]] = []
    lines: dict[str, int] = {}
    for key, value in zip(nodes[::2], nodes[1::2], strict=True):
        if not isinstance(key, Scalar):
            raise Refusal("a key cannot be a list or a mapping: put it in quotes", key.line, key.column)
        line = lines.setdefault(key.text, key.line)
        if len(lines) == len(pairs):
            problem = f"the key {key.text!r} stands here again, after line {line}: keep one of the two"
            raise Refusal(problem, key.line, key.column)
        pairs.append((key, value))
    return tuple(pairs)
