"""The fields of one mapping in a codebook: only known keys, each of its own type."""

from __future__ import annotations

from typing import TYPE_CHECKING, NoReturn

from qda.io.codebook.keys import advice
from qda.io.codebook.syntax import Refusal
from qda.io.codebook.tree import Items, Node, Pairs, Scalar

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

MAX_LEVELS = 50
_FLAGS = {"true": True, "yes": True, "false": False, "no": False, "": False}


def refuse(node: Node, problem: str) -> NoReturn:
    """Refuse what stands at a node.

    Raises:
        Refusal: Always.
    """
    raise Refusal(problem, node.line, node.column)


class Fields:
    """The fields of a mapping, taken out by key; a key that is not there gives the empty value."""

    def __init__(self, pairs: Pairs, known: Sequence[str], whose: str) -> None:
        self._whose = whose
        self._values = {key.text: value for key, value in pairs.pairs}
        for key, _ in pairs.pairs:
            if key.text not in known:
                refuse(key, f"unknown key {key.text!r} in {whose}: {advice(key.text, known)}")

    def node(self, key: str) -> Node | None:
        """The value as it stands in the file; None where it is not there or empty."""
        value = self._values.get(key)
        return None if isinstance(value, Scalar) and not value.text else value

    def text(self, key: str) -> str:
        """A piece of text."""
        value = self.node(key)
        return "" if value is None else text_of(value, f"{key!r} of {self._whose}")

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of texts; a single text is a list of one."""
        value = self.node(key)
        if isinstance(value, Items):
            return tuple(text_of(item, f"an item of {key!r} of {self._whose}") for item in value.items)
        return () if value is None else (text_of(value, f"{key!r} of {self._whose}", "a list of texts"),)

    def named_texts(self, key: str) -> dict[str, str]:
        """A mapping of texts."""
        value = self.node(key)
        if value is None:
            return {}
        if not isinstance(value, Pairs):
            refuse(
                value,
                f"{key!r} of {self._whose} must be a mapping, such as 'nl: terugkeer', not {_kind(value)}",
            )
        return {name.text: text_of(item, f"{name.text!r} in {key!r} of {self._whose}") for name, item in value.pairs}

    def nodes(self, key: str) -> tuple[Node, ...]:
        """The items of a list."""
        value = self.node(key)
        if value is None:
            return ()
        if not isinstance(value, Items):
            refuse(
                value,
                f"{key!r} of {self._whose} must be a list of codes, not {_kind(value)}: write '- name: ...'",
            )
        return value.items

    def flag(self, key: str) -> bool:
        """A boolean word."""
        word = self.text(key)
        if word.casefold() not in _FLAGS:
            refuse(self._values[key], f"{key!r} of {self._whose} must be true or false, not {word!r}")
        return _FLAGS[word.casefold()]

    def choice(self, key: str, choices: Sequence[str]) -> str:
        """One of some words, however its parts are joined."""
        word = self.text(key)
        found = next((choice for choice in choices if _joined(choice) == _joined(word)), "")
        if word and not found:
            refuse(self._values[key], f"{key!r} of {self._whose} must be {_either(choices)}, not {word!r}")
        return found

    def anything(self, key: str) -> dict[str, object]:
        """Whatever stands there; what is no mapping stands under the empty key."""
        value = self.node(key)
        if value is None:
            return {}
        plain = _plain(value, 1)
        if isinstance(plain, dict):
            return plain
        return {"": plain} if plain else {}


def text_of(node: Node, what: str, wanted: str = "text") -> str:
    """The text of a scalar; anything else is refused."""
    if not isinstance(node, Scalar):
        refuse(node, f"{what} must be {wanted}, not {_kind(node)}: put text that holds such signs in quotes")
    return node.text


def _plain(node: Node, level: int) -> object:
    """A node as strings, lists and dicts."""
    if level > MAX_LEVELS:
        refuse(node, f"lists and mappings under 'x' are nested more than {MAX_LEVELS} levels deep here")
    if isinstance(node, Scalar):
        return node.text
    if isinstance(node, Items):
        return [_plain(item, level + 1) for item in node.items]
    return {key.text: _plain(value, level + 1) for key, value in node.pairs}


def _kind(node: Node) -> str:
    return {Scalar: "text", Items: "a list", Pairs: "a mapping"}[type(node)]


def _joined(word: str) -> str:
    return word.casefold().replace("-", "").replace("_", "").replace(" ", "")


def _either(choices: Iterable[str]) -> str:
    *most, last = choices
    return f"{', '.join(most)} or {last}"
