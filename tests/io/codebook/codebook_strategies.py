"""Codebooks, strings and comments as hypothesis makes them."""

from __future__ import annotations

from unicodedata import category

from hypothesis import strategies as st

from qda.io.codebook.names import fold
from qda.model.codebook import EXCLUSIVE, ORIGINS, Codebook, CodeEntry

TRICKY = (
    *(
        "NO",
        "no",
        "Yes",
        "on",
        "Off",
        "y",
        "null",
        "~",
        "1:30",
        "2024-10-07",
        "007",
        "1e3",
        "0x1F",
        "1_000",
        "-.inf",
    ),
    *(
        "<<",
        "=",
        "- a",
        "-",
        "---",
        "...",
        "? a",
        ": a",
        "a: b",
        "a:",
        "a #b",
        "#a",
        "&a",
        "*a",
        "!a",
        "%a",
        "@a",
        "`a`",
    ),
    *(
        "[a]",
        "{a}",
        "|",
        ">",
        "'a'",
        '"a"',
        "a'b",
        'a"b',
        "\\",
        "\\n",
        " a",
        "a ",
        "a\tb",
        "a\nb",
        "a\nb\n",
        "a\n\n\nb",
    ),
    *(
        "\na",
        "a\n\n",
        "a\n  b\nc",
        "  a\nb",
        "a \nb",
        "# a\n# b",
        "a\r\nb",
        "a\x85b",
        "a\u2028b",
        "\ufeffa",
        "\0",
        "\x7f",
    ),
    *(
        "\ufffe",
        "\U0001f469\U0001f3fd\u200d\U0001f52c",
        "عودة طوعية",
        "\u202eabc",
        "e\u0301",
        "é",
        "x" * 1100,
    ),
)

# No study can hold half a character (a lone surrogate): reading refuses it.
anything = st.text(st.characters(exclude_categories=("Cs",)), max_size=12)
strings = st.one_of(st.sampled_from(TRICKY), st.text("ab :#-'\"\n", max_size=12), anything)
names = strings.filter(
    lambda name: (
        bool(name)
        and name == name.strip()
        and name.splitlines() == [name]
        and not any(category(sign) == "Cc" for sign in name)
    )
)
nested = st.recursive(
    strings,
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(strings, inner, max_size=3)),
    max_leaves=5,
)
extras = st.dictionaries(strings, nested, max_size=3)


@st.composite
def _siblings(draw: st.DrawFn, levels: int) -> tuple[CodeEntry, ...]:
    own = draw(st.lists(names, max_size=4 if levels else 0, unique_by=fold))
    taken = {fold(name) for name in own}
    return tuple(draw(_code(name, taken, levels - 1)) for name in own)


@st.composite
def _code(draw: st.DrawFn, name: str, taken: set[str], levels: int) -> CodeEntry:
    exclusive = draw(st.sampled_from(("", *EXCLUSIVE)))
    return CodeEntry(
        name=name,
        definition=draw(strings),
        include=draw(strings),
        exclude=draw(strings),
        example=draw(strings),
        labels=draw(st.dictionaries(strings, strings, max_size=2)),
        aliases=tuple(draw(st.lists(strings.filter(lambda alias: fold(alias) not in taken), max_size=2))),
        origin=draw(st.sampled_from(("", *ORIGINS))),
        ordinal=draw(st.booleans()),
        exclusive=exclusive,
        moment=draw(strings) if exclusive == "case_moment" else "",
        outside=draw(st.booleans()),
        patterns=tuple(draw(st.lists(strings, max_size=2))),
        extra=draw(extras),
        children=draw(_siblings(levels)),
    )


codebooks = st.builds(Codebook, name=strings, extra=extras, codes=_siblings(2))

_short = st.sampled_from(("", "a", "NO", "p: q", "# z", "one\ntwo", "a  b"))
_parts: st.SearchStrategy[dict[str, object]] = st.sampled_from(
    ({}, {"a": ["1", {"b": "c", "d": [["e"], "f"]}]}, {"": "v"}, {"k": {"m": "x\ny"}})
)


@st.composite
def _few(draw: st.DrawFn, levels: int) -> tuple[CodeEntry, ...]:
    own = draw(st.lists(st.sampled_from("ABC"), max_size=3 if levels else 0, unique=True))
    return tuple(
        CodeEntry(
            name=name,
            definition=draw(_short),
            include=draw(_short),
            labels=draw(st.dictionaries(_short, _short, max_size=2)),
            aliases=tuple(draw(st.lists(st.sampled_from(("old", "older")), max_size=2))),
            extra=draw(_parts),
            children=draw(_few(levels - 1)),
        )
        for name in own
    )


books = st.builds(Codebook, name=st.sampled_from(("", "n")), extra=_parts, codes=_few(2))
"""Codebooks that resemble each other."""


@st.composite
def commented(draw: st.DrawFn, text: str) -> str:
    """The text with comments `#c1.`, `#c2.` and blank lines anywhere, indented anyhow."""
    lines: list[str] = []
    count = 0
    for line in [*text.splitlines(), None]:
        for kind in draw(st.lists(st.sampled_from(("", "near", "anywhere")), max_size=2)):
            count += 1
            near = len(line or "") - len((line or "").lstrip())
            indent = near if kind == "near" else draw(st.integers(0, 8))
            lines.append(f"{' ' * indent}#c{count}." if kind else "")
        if line is not None:
            count += 1
            lines.append(f"{line}  #c{count}." if draw(st.integers(0, 3)) == 0 else line)
    return "\n".join(lines)
