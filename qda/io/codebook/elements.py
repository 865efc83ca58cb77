"""The elements of a codebook's text that comments can belong to, each known by its code and its field."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from qda.io.codebook.tree import Items, Node, Pairs, Scalar
from qda.model.codebook import Codebook, CodeEntry

if TYPE_CHECKING:
    from collections.abc import Iterator

Key = tuple[tuple[str, ...], tuple[str, ...]]
"""The code's path and the steps to the element within the code; both empty for the whole text."""


@dataclass(frozen=True, slots=True)
class Element:
    """A code, a field, or a part of one; `inside` is the column of what it holds, where that is a block."""

    key: Key
    start: int
    end: int
    inside: int | None
    flow: bool
    parent: Element | None

    def chain(self) -> tuple[Element, ...]:
        """This element and those it stands in, the outermost first."""
        return (*(self.parent.chain() if self.parent else ()), self)


def elements(root: Node | None, end: int) -> list[Element]:
    """All elements in the order of the text, the whole text (up to `end`) first."""
    whole = Element(((), ()), -1, end, 0, flow=False, parent=None)
    return [whole, *(_inside(root, whole, "codes") if root else ())]


def outline(root: Node | None) -> Codebook:
    """The codes of a text with what they are recognised by, whatever else is wrong with it."""
    return Codebook(codes=_outline(root.get("codes") if isinstance(root, Pairs) else None))


def _outline(node: Node | None) -> tuple[CodeEntry, ...]:
    codes = [item for item in node.items if isinstance(item, Pairs)] if isinstance(node, Items) else []
    return tuple(
        CodeEntry(
            name=_text(code.get("name")),
            definition=_text(code.get("definition")),
            aliases=_texts(code.get("aliases")),
            children=_outline(code.get("children")),
        )
        for code in codes
    )


def _inside(node: Node, parent: Element, codes: str = "") -> Iterator[Element]:
    """The elements in a node that belongs to `parent`; `codes` is the key whose list holds codes."""
    path, steps = parent.key
    if isinstance(node, Pairs):
        for key, value in node.pairs:
            element = _element((path, (*steps, key.text)), parent, node, value, key)
            yield element
            is_codes = bool(codes) and codes == key.text and isinstance(value, Items)
            yield from _codes(value, element) if is_codes else _inside(value, element)
    elif isinstance(node, Items):
        seen: Counter[str] = Counter()
        for item in node.items:
            text = _text(item)
            seen[text] += 1
            element = _element((path, (*steps, f"- {seen[text]} {text}")), parent, node, item)
            yield element
            yield from _inside(item, element)


def _codes(node: Node, parent: Element) -> Iterator[Element]:
    for item in node.items if isinstance(node, Items) else ():
        name = _text(item.get("name")) if isinstance(item, Pairs) else ""
        element = _element(((*parent.key[0], name), ()), parent, node, item)
        yield element
        yield from _inside(item, element, "children")


def _element(key: Key, parent: Element, holder: Node, value: Node, name: Scalar | None = None) -> Element:
    flow = parent.flow or (not isinstance(holder, Scalar) and holder.flow)
    block = not flow and not isinstance(value, Scalar) and not value.flow
    start, end = (name.start, max(name.end, value.end)) if name else (value.start, value.end)
    return Element(key, start, end, value.column - 1 if block else None, flow, parent)


def _text(node: Node | None) -> str:
    return node.text if isinstance(node, Scalar) else ""


def _texts(node: Node | None) -> tuple[str, ...]:
    if isinstance(node, Items):
        return tuple(_text(item) for item in node.items)
    return (_text(node),)
