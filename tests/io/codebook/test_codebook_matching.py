from __future__ import annotations

import pytest

from qda.io.codebook import read_codebook
from qda.io.codebook.matching import match_codes

CASES = {
    "the same name": ("[{name: a}, {name: b}]", "[{name: B}, {name: a}]", "a=a b=B"),
    "gone and new": ("[{name: a}]", "[{name: b}]", ""),
    "an alias": (
        "[{name: a, children: [{name: c}]}]",
        "[{name: b, aliases: [A], children: [{name: c}]}]",
        "a=b a/c=b/c",
    ),
    "an alias the other way": ("[{name: a, aliases: [b]}]", "[{name: b}]", "a=b"),
    "a name before an alias": ("[{name: a}, {name: b}]", "[{name: b}, {name: c, aliases: [a]}]", "a=c b=b"),
    "two codes in one": ("[{name: a}, {name: b}]", "[{name: c, aliases: [a, b]}]", "a=c"),
    "an alias that two have": ("[{name: a}]", "[{name: b, aliases: [a]}, {name: c, aliases: [a]}]", ""),
    "the same definition": ("[{name: a, definition: x}]", "[{name: b, definition: x}]", "a=b"),
    "the same definitions level by level": (
        "[{name: a, definition: x, children: [{name: b, definition: y}]}]",
        "[{name: c, definition: x, children: [{name: d, definition: y}]}]",
        "a=c a/b=c/d",
    ),
    "no definition says nothing": ("[{name: a, definition: ''}]", "[{name: b}]", ""),
    "a definition that two have": (
        "[{name: a, definition: x}, {name: b, definition: x}]",
        "[{name: c, definition: x}]",
        "",
    ),
    "a definition elsewhere": (
        "[{name: a, children: [{name: b, definition: x}]}]",
        "[{name: c, definition: x}]",
        "",
    ),
    "moved down": ("[{name: a}, {name: b}]", "[{name: a, children: [{name: b}]}]", "a=a b=a/b"),
    "moved up out of what is gone": ("[{name: a, children: [{name: b}]}]", "[{name: b}]", "a/b=b"),
    "moved and redefined": (
        "[{name: a}, {name: b, definition: x}]",
        "[{name: a, children: [{name: b}]}]",
        "a=a b=a/b",
    ),
    "moved and renamed": (
        "[{name: a}, {name: b}]",
        "[{name: a, children: [{name: c, aliases: [b]}]}]",
        "a=a b=a/c",
    ),
    "moved with its children": (
        "[{name: a}, {name: b, children: [{name: c}]}]",
        "[{name: a, children: [{name: b, children: [{name: c}]}]}]",
        "a=a b=a/b b/c=a/b/c",
    ),
    "a name that stands twice is not moved": (
        "[{name: a, children: [{name: d, definition: x}]}, {name: b}]",
        "[{name: a}, {name: b, children: [{name: d}]}, {name: c, children: [{name: d}]}]",
        "a=a b=b",
    ),
    "a name that stands twice and its definition": (
        "[{name: a, children: [{name: d, definition: x}]}, {name: b}]",
        "[{name: a}, {name: b, children: [{name: d}]}, {name: c, children: [{definition: x, name: d}]}]",
        "a=a a/d=c/d b=b",
    ),
}


@pytest.mark.parametrize(("old", "new", "pairs"), CASES.values(), ids=CASES)
def test_which_code_is_which(old: str, new: str, pairs: str) -> None:
    found = match_codes(read_codebook(f"codes: {old}", "old"), read_codebook(f"codes: {new}", "new"))
    assert found.pop(()) == ()
    assert {f"{'/'.join(before)}={'/'.join(after)}" for before, after in found.items()} == set(pairs.split())
