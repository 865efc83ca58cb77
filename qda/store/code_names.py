"""Names and aliases of codes: which ones cannot be used, and where former ones lead."""

from __future__ import annotations

import json
import unicodedata
from typing import TYPE_CHECKING

from qda.errors import QdaError
from qda.model.nouns import plain_name
from qda.model.paths import join_path

if TYPE_CHECKING:
    from qda.model.codebook import Codebook
    from qda.model.tree import CodeTree


def check_codebook(codebook: Codebook) -> None:
    """Refuse a codebook with names or words that a study cannot hold.

    Raises:
        QdaError: A name cannot be used, or a text holds half a character.
    """
    seen: set[tuple[str, ...]] = set()
    for names, code in codebook.walk():
        check_name(code.name)
        plain = tuple(map(plain_name, names))
        if plain in seen:
            raise QdaError(f"two codes beside each other are called '{join_path(names)}'; rename one of them")
        seen.add(plain)
        words = (code.definition, code.include, code.exclude, code.example, *code.aliases, *code.labels.values())
        if any("\ud800" <= sign <= "\udfff" for text in words for sign in text):
            raise QdaError(f"the code '{join_path(names)}' has half a character in its words; write it anew")


def check_name(name: str) -> None:
    """Refuse a code's name that is empty, or has a control character such as a line break, or spaces around it.

    Raises:
        QdaError: The name cannot be used.
    """
    if not name or name != name.strip() or any(unicodedata.category(sign) in ("Cc", "Cs") for sign in name):
        problem = "it is empty, has spaces around it, or a line break or another control character in it"
        raise QdaError(f"{name!r} cannot be a code's name: {problem}")


def refuse_sibling(tree: CodeTree, parent: int | None, name: str, key: int | None = None) -> None:
    """Refuse a name that a sibling has, but for case and accents; `key` is the code that is to have it.

    Raises:
        QdaError: A sibling is called so.
    """
    for sibling in tree.children.get(parent, ()):
        if sibling != key and plain_name(tree.by_key[sibling].entry.name) == plain_name(name):
            raise QdaError(f"there is a code '{tree.by_key[sibling].path}' already; use that one, or merge them")


def former(path: str) -> str:
    """A path as an alias; one at the top is told from a mere name by a slash in front."""
    return path if "/" in path else f"/{path}"


def former_place(tree: CodeTree, key: int, alias: str) -> str:
    """Where an alias of a code led, as an alias; nothing where the code had none such."""
    code = tree.by_key.get(key)
    if code is None or alias not in code.entry.aliases or "/" in alias:
        return ""
    above = tree.by_key[code.parent].path if code.parent is not None else ""
    return former(f"{above}/{join_path([alias])}".removeprefix("/"))


def as_json(names: dict[str, None]) -> str:
    """Aliases as they are stored."""
    return json.dumps(list(names), ensure_ascii=False)
