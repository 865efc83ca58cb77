r"""Paths of codes: names joined by `/`, with `\` written `\\` and `/` written `\/` in names."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

_PART = re.compile(r"(?:[^\\/]|\\.)*", re.DOTALL)


def join_path(names: Iterable[str]) -> str:
    r"""Join names from the root down: `["a/b", "c"]` gives `a\/b/c`."""
    return "/".join(name.replace("\\", "\\\\").replace("/", "\\/") for name in names)


def split_path(path: str) -> tuple[str, ...]:
    """Split a path into names from the root down.

    Raises:
        ValueError: The path ends in a lone backslash or has an empty name.
    """
    names: list[str] = []
    at = 0
    while True:
        part = _PART.match(path, at)
        end = part.end() if part else at
        names.append(re.sub(r"\\(.)", r"\1", path[at:end], flags=re.DOTALL))
        if end == len(path):
            break
        if path[end] == "\\":
            raise ValueError(f"the path {path!r} ends in a lone backslash")
        at = end + 1
    if not all(names):
        raise ValueError(f"the path {path!r} has an empty name")
    return tuple(names)
