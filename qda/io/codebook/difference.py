"""What changed from one codebook to another, code by code."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from qda.io.codebook.matching import Path, match_codes
from qda.model.paths import join_path

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from qda.model.codebook import Codebook, CodeEntry

Kind = Literal["added", "removed", "renamed", "moved", "changed", "reordered"]
_TEXTS = ("definition", "include", "exclude", "example")
_REST = ("aliases", "origin", "ordinal", "exclusive", "moment", "outside", "patterns")


@dataclass(frozen=True, slots=True)
class Difference:
    """One change; `path` is the code's new path (a removed code's old one), empty for the codebook itself.

    `field` is the key, or `labels.nl` and `x.key` inside one; `name` where renamed, `parent` (both paths)
    where moved, `children` (both orders) where reordered. Lists and mappings are written as JSON.
    """

    kind: Kind
    path: str
    field: str = ""
    old: str = ""
    new: str = ""


def diff_codebooks(old: Codebook, new: Codebook) -> list[Difference]:
    """The changes from `old` to `new`: the codebook's own, each code's in the new order, then the removed."""
    pairs = match_codes(old, new)
    olds, news = dict(old.walk()), dict(new.walk())
    before = {after: path for path, after in pairs.items()}
    found = [*_changed("", "codebook", old.name, new.name), *_entries("", "x", old.extra, new.extra)]
    found += _reordered((), pairs, olds, news)
    for path, code in news.items():
        if path in before:
            found += _differences(before[path], path, olds[before[path]], code, pairs)
            found += _reordered(before[path], pairs, olds, news)
        else:
            found.append(Difference("added", join_path(path)))
    return found + [Difference("removed", join_path(path)) for path in olds if path not in pairs]


def _differences(was: Path, now: Path, old: CodeEntry, new: CodeEntry, pairs: dict[Path, Path]) -> Iterator[Difference]:
    """How one code differs from what it was."""
    path = join_path(now)
    if old.name != new.name:
        yield Difference("renamed", path, "name", old.name, new.name)
    if pairs.get(was[:-1]) != now[:-1]:
        yield Difference("moved", path, "parent", join_path(was[:-1]), join_path(now[:-1]))
    for field in _TEXTS:
        yield from _changed(path, field, getattr(old, field), getattr(new, field))
    yield from _entries(path, "labels", old.labels, new.labels)
    for field in _REST:
        yield from _changed(path, field, _meant(old, field), _meant(new, field))
    yield from _entries(path, "x", old.extra, new.extra)


def _meant(code: CodeEntry, field: str) -> object:
    """The value of a field; a code in a file that does not say where it comes from was there before the coding."""
    return getattr(code, field) or ("a-priori" if field == "origin" else getattr(code, field))


def _entries(path: str, field: str, old: Mapping[str, object], new: Mapping[str, object]) -> Iterator[Difference]:
    for key in dict.fromkeys([*old, *new]):
        if (key in old) != (key in new) or old.get(key) != new.get(key):
            yield Difference("changed", path, f"{field}.{key}", _shown(old.get(key, "")), _shown(new.get(key, "")))


def _changed(path: str, field: str, old: object, new: object) -> Iterator[Difference]:
    if old != new:
        yield Difference("changed", path, field, _shown(old), _shown(new))


def _reordered(
    parent: Path, pairs: dict[Path, Path], olds: dict[Path, CodeEntry], news: dict[Path, CodeEntry]
) -> Iterator[Difference]:
    """Whether the children that a code kept stand in another order now."""
    now = pairs[parent]
    children = (path for path in olds if path[:-1] == parent and path in pairs)
    kept = {pairs[path]: olds[path].name for path in children if pairs[path][:-1] == now}
    order = [path for path in news if path in kept]
    if order != list(kept):
        shown = _shown([*kept.values()]), _shown([path[-1] for path in order])
        yield Difference("reordered", join_path(now), "children", *shown)


def _shown(value: object) -> str:
    if isinstance(value, str):
        return value
    return json.dumps(value, ensure_ascii=False, default=dict)
