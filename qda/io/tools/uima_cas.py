"""The text and the annotations of words in a UIMA CAS, as XMI or as JSON; places are units of UTF-16."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, NamedTuple

from qda.errors import BadFileError
from qda.io.refi.events import END, stream
from qda.io.tools.webanno_tsv import OF_WORDS, Annotation, Parsed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from qda.io.refi.events import Node

XMI_SIGN, JSON_SIGN = b"http:///uima/cas.ecore", b'"%FEATURE_STRUCTURES"'
_VIEW = "_InitialView"
_PLAIN = {f"uima.cas.{name}" for name in ("String", "Boolean", "Byte", "Short", "Integer", "Long", "Float", "Double")}
_ABOUT = (".metadata.type.", "uima.tcas.DocumentAnnotation", ".clarin.webanno.api.type.")
_BOUND = {"Governor", "Dependent", "next", "first"}
"""Features of relations and of chains."""
_OWN = {"id", "sofa", "begin", "end"}


class _Thing(NamedTuple):
    """A feature structure: its id, its type by its full name, and its features as text."""

    id: str
    type: str
    features: Mapping[str, str]
    refers: frozenset[str]


def parse_xmi(data: bytes, types: bytes, file: str) -> Parsed:
    """Read a CAS as XMI.

    Args:
        data: The file.
        types: The type system that lay beside it, empty where there was none; then what looks like a reference to
            another feature structure is taken for one.
        file: Its name, for the sentences.

    Raises:
        BadFileError: It is no XMI, is damaged, or has no text.
    """
    plain = _plain_features(types, file) if types else None
    return _parsed(_of_xmi(data, plain, file), file)


def parse_json_cas(data: bytes, file: str) -> Parsed:
    """Read a CAS as JSON (version 0.4).

    Raises:
        BadFileError: It is no JSON, is none of this kind, or has no text.
    """
    try:
        found = json.loads(data)
        return _parsed(_of_json(found["%FEATURE_STRUCTURES"]), file)
    except (ValueError, RecursionError, KeyError, TypeError, AttributeError):
        raise BadFileError(file, "this is no UIMA CAS as JSON, or it is damaged") from None


def _of_xmi(data: bytes, plain: Mapping[str, set[str]] | None, file: str) -> list[_Thing]:
    nodes = [node for event, node, above in stream([data], file) if event == END and above and above.tag == "XMI"]
    ids = {node.get("id") for node in nodes}
    return [_of_node(node, plain, ids) for node in nodes]


def _of_node(node: Node, plain: Mapping[str, set[str]] | None, ids: set[str]) -> _Thing:
    package = node.space.removeprefix("http:///").removesuffix(".ecore").replace("/", ".")
    name = f"{package}.{node.tag}"
    features = dict(node.attrs)
    for child in node.children:  # of features with several values each is an element
        features[child.tag] = f"{features[child.tag]}; {child.text}" if child.tag in features else child.text

    def refers(feature: str, value: str) -> bool:
        if plain is not None and name in plain:
            return feature not in plain[name]
        words = value.split()
        return bool(words) and all(word.isdecimal() and word in ids for word in words)

    links = frozenset(key for key, value in features.items() if key not in _OWN and refers(key, value))
    return _Thing(node.get("id"), name, features, links)


def _plain_features(types: bytes, file: str) -> dict[str, set[str]]:
    """The features of each type that hold words or numbers, those of the types above it too."""
    own: dict[str, set[str]] = {}
    above: dict[str, str] = {}
    for event, node, _ in stream([types], file, frozenset({"typeDescription"})):
        if event == END and node.tag == "typeDescription":
            name = node.words("name")
            above[name] = node.words("supertypeName")
            listed = [one for group in node.all("features") for one in group.all("featureDescription")]
            own[name] = {one.words("name") for one in listed if _is_plain(one)}
    found = {}
    for name, features in own.items():
        here, seen = name, set[str]()
        found[name] = set(features)
        while (here := above.get(here, "")) in own and here not in seen:
            seen.add(here)
            found[name] |= own[here]
    return found


def _is_plain(feature: Node) -> bool:
    return bool({feature.words("rangeTypeName"), feature.words("elementType")} & (_PLAIN | {"uima.cas.StringArray"}))


def _of_json(found: list[dict[str, Any]]) -> list[_Thing]:
    things = []
    for one in found:
        features = {key: _as_text(value) for key, value in one.items() if key[0] not in "%@^#" and value is not None}
        features |= {"sofa": str(one["@sofa"])} if "@sofa" in one else {}
        links = frozenset(key[1:] for key in one if key[0] == "@" and key != "@sofa")
        bound = dict.fromkeys(links, "")
        things.append(_Thing(str(one["%ID"]), str(one["%TYPE"]), bound | features, links))
    return things


def _as_text(value: Any) -> str:
    if isinstance(value, list):
        return "; ".join(map(_as_text, value))
    return str(value).lower() if isinstance(value, bool) else str(value)


def _parsed(things: Iterable[_Thing], file: str) -> Parsed:
    things = list(things)
    texts = [one for one in things if one.type == "uima.cas.Sofa" and one.features.get("sofaString")]
    first = next((one for one in texts if one.features.get("sofaID") == _VIEW), texts[0] if texts else None)
    if first is None:
        raise BadFileError(file, "there is no text in it")
    parsed = Parsed(first.features["sofaString"].encode("utf-8", "replace").decode())
    parsed.annotations = sorted(_annotations(things, first.id, parsed), key=lambda one: (one.start, one.end, one.layer))
    return parsed


def _annotations(things: Iterable[_Thing], sofa: str, parsed: Parsed) -> Iterator[Annotation]:
    """The annotations of stretches that people made; the others are said to be left out."""
    for one in things:
        begin, end = one.features.get("begin", ""), one.features.get("end", "")
        if one.features.get("sofa") != sofa or any(part in one.type for part in _ABOUT):
            continue
        if any(part in one.type for part in OF_WORDS):
            parsed.said.add("layers of words as such are left out")
        elif _BOUND & set(one.features) or one.type.endswith("Chain"):
            parsed.said.add("layers of relations and chains are left out")
        elif begin.isdecimal() and end.isdecimal():
            values = {
                name: value
                for name, value in one.features.items()
                if name not in _OWN and name not in one.refers and value.strip()
            }
            if one.refers:
                parsed.said.add("links from annotations to others are left out")
            yield Annotation(one.type, int(begin), int(end), values)
