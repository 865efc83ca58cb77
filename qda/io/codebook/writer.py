"""Writes a codebook as YAML in one form: the same codebook gives the same bytes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from qda.errors import QdaError
from qda.io.codebook.fields import MAX_LEVELS
from qda.io.codebook.placing import keep_comments
from qda.io.codebook.quoting import block, quoted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qda.model.codebook import Codebook, CodeEntry

_LONGEST_KEY = 1000  # a longer one needs '? ' before it


def write_codebook(codebook: Codebook, existing: str | None = None, *, file: str = "the existing file") -> str:
    """Write a codebook; the comments and blank lines of the text it overwrites (`existing`) are kept.

    Raises:
        BadFileError: `existing`, named `file`, is not valid YAML, so its comments cannot be kept.
        QdaError: A code stands deeper than a codebook can be read.
    """
    deep = next((code for path, code in codebook.walk() if len(path) > MAX_LEVELS), None)
    if deep is not None:
        raise QdaError(f"the code {deep.name!r} stands more than {MAX_LEVELS} levels deep: move it up")
    text = "".join(f"{line}\n" for line in _mapping(_codebook(codebook), ""))
    return text if existing is None else keep_comments(existing, text, codebook, file)


def _codebook(codebook: Codebook) -> dict[str, object]:
    fields: dict[str, object] = {
        "codebook": codebook.name,
        "codes": [_code(code) for code in codebook.codes],
        "x": _extra(codebook.extra),
    }
    return {key: value for key, value in fields.items() if value or key == "codes"}


def _code(code: CodeEntry) -> dict[str, object]:
    """The fields of a code in their order, the empty ones left out."""
    fields: dict[str, object] = {
        "name": code.name,
        "definition": code.definition,
        "include": code.include,
        "exclude": code.exclude,
        "example": code.example,
        "labels": code.labels,
        "aliases": code.aliases,
        "origin": code.origin,
        "ordinal": code.ordinal,
        "exclusive": code.exclusive,
        "moment": code.moment,
        "outside": code.outside,
        "patterns": code.patterns,
        "children": [_code(child) for child in code.children],
        "x": _extra(code.extra),
    }
    return {key: value for key, value in fields.items() if value or key == "name"}


def _extra(extra: Mapping[str, object]) -> object:
    """What stands under `x`; what was no mapping there is kept under the empty key."""
    lone = extra.get("")
    return lone if len(extra) == 1 and lone and not isinstance(lone, Mapping) else extra


def _mapping(fields: Mapping[str, object], pad: str) -> Iterator[str]:
    for key, value in fields.items():
        name = quoted(key)
        if len(name) > _LONGEST_KEY:
            yield f"{pad}? {name}"
            name = ""
        yield from _value(f"{pad}{name}:", value, pad)


def _list(items: Sequence[object], pad: str) -> Iterator[str]:
    for item in items:
        if isinstance(item, str) or not item:
            yield from _value(f"{pad}-", item, pad)
        else:
            deeper = f"{pad}  "
            first, *rest = _mapping(item, deeper) if isinstance(item, Mapping) else _list(_items(item), deeper)
            yield f"{pad}- {first.removeprefix(deeper)}"
            yield from rest


def _value(head: str, value: object, pad: str) -> Iterator[str]:
    """What stands after a key or a dash: on its line if it can, else below it."""
    if isinstance(value, str):
        sign, *lines = block(value) or (quoted(value),)
        yield f"{head} {sign}"
        yield from (f"{pad}  {line}" if line else "" for line in lines)
    elif isinstance(value, bool):
        yield f"{head} {'true' if value else 'false'}"
    elif isinstance(value, Mapping):
        yield head if value else f"{head} {{}}"
        yield from _mapping(value, f"{pad}  ")
    else:
        yield head if value else f"{head} []"
        yield from _list(_items(value), pad)


def _items(value: object) -> Sequence[object]:
    if isinstance(value, Sequence):
        return value
    raise TypeError(f"a codebook holds strings, lists and mappings, not {value!r}")
