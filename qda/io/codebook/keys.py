"""The keys of a codebook and of a code, in the order they are written."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

BOOK_KEYS = ("codebook", "codes", "x")
CODE_KEYS = (
    *("name", "definition", "include", "exclude", "example", "labels", "aliases", "origin"),
    *("ordinal", "exclusive", "moment", "outside", "patterns", "children", "x"),
)


def advice(key: str, known: Sequence[str]) -> str:
    """What to do about an unknown key: the nearest known one, else `x`."""
    import difflib

    word = key.strip().casefold()
    if word == "codes":
        return "did you mean 'children'?"
    if word in CODE_KEYS and word not in known:
        return "it belongs to a code, so indent it like the code's 'name:'"
    if word.startswith("-"):
        return "put a space after its dash"
    near = difflib.get_close_matches(word, known, n=1, cutoff=0.65)
    near += [name for name in known if len(word) > 1 and name.startswith(word)]
    return f"did you mean {near[0]!r}?" if near else "put keys of your own under 'x:'"
