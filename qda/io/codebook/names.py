"""Names of codes: what a name must be, and that it is the only one like it among its siblings."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from qda.io.codebook.fields import refuse, text_of
from qda.io.codebook.tree import Items, Pairs

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qda.model.codebook import CodeEntry


def fold(name: str) -> str:
    """A name as siblings are compared by it: without case, in Unicode's NFC."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", name).casefold())


def name_of(code: Pairs) -> str:
    """The name of a code, in one line, of signs that can be seen, and without spaces around it."""
    node = code.get("name")
    if node is None:
        refuse(code, "this code has no name: give it a 'name:'")
    name = text_of(node, "the name of a code")
    if not name:
        refuse(node, "the name of this code is empty: give it one")
    if name.splitlines() != [name]:
        refuse(node, f"the name {name!r} has a line break in it: write it on one line")
    if control := next((sign for sign in name if unicodedata.category(sign) == "Cc"), ""):
        refuse(node, f"the name {name!r} has the control character U+{ord(control):04X} in it: remove it")
    if name != name.strip():
        refuse(node, f"the name {name!r} begins or ends with white space: remove it")
    return name


def check_siblings(nodes: Sequence[Pairs], codes: Sequence[CodeEntry]) -> None:
    """Refuse siblings that have the same name, and an alias that is a sibling's name."""
    seen: dict[str, tuple[str, int]] = {}
    for node, code in zip(nodes, codes, strict=True):
        place = node.get("name") or node
        if fold(code.name) in seen:
            name, line = seen[fold(code.name)]
            refuse(
                place,
                f"{code.name!r} has the same name as its sibling {name!r} in line {line}: rename one of them",
            )
        seen[fold(code.name)] = (code.name, place.line)
    for node, code in zip(nodes, codes, strict=True):
        for at, alias in enumerate(code.aliases):
            if fold(alias) in seen and fold(alias) != fold(code.name):
                name, line = seen[fold(alias)]
                given = node.get("aliases") or node
                place = given.items[at] if isinstance(given, Items) else given
                refuse(
                    place,
                    f"the alias {alias!r} of {code.name!r} names its sibling in line {line}: remove it",
                )
