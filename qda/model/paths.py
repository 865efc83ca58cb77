r"""Paths of codes: names joined by `/`, with `\` written `\\` and `/` written `\/` in names."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from qda.errors import PathError

if TYPE_CHECKING:
    from collections.abc import Iterable

_PART = re.compile(r"(?:[^\\/]|\\[\\/])*")


def join_path(names: Iterable[str]) -> str:
    r"""Join names from the root down: `["a/b", "c"]` gives `a\/b/c`."""
    return "/".join(name.replace("\\", "\\\\").replace("/", "\\/") for name in names)


def split_path(path: str) -> tuple[str, ...]:
    r"""Split a path into names from the root down.

    Raises:
        PathError: A backslash stands before another sign than `\\` or `/`, or at the end, or a name is empty.
    """
    names: list[str] = []
    at = 0
    while True:
        part = _PART.match(path, at)
        end = part.end() if part else at
        names.append(re.sub(r"\\(.)", r"\1", path[at:end]))
        if end == len(path):
            break
        if path[end] == "\\":
            raise PathError(_lone(path, end))
        at = end + 1
    if not all(names):
        raise PathError(f"the path {_shown(path)} has an empty name")
    return tuple(names)


def _lone(path: str, at: int) -> str:
    place = f"before {path[at + 1]!r}" if at + 1 < len(path) else "at the end"
    return (
        f"a backslash stands {place} in the path {_shown(path)}; in names write \\\\ for a backslash, \\/ for a slash"
    )


def _shown(path: str) -> str:
    """A path as it is typed, in one line."""
    return f"'{path}'" if path.isprintable() else repr(path)
