"""Claims as plain values: findings in the writer's words, and the segments that are cited for and against them."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from qda.errors import QdaError
from qda.model.selection import SELECTION_LAYERS, Selection

if TYPE_CHECKING:
    from collections.abc import Iterable

CLAIM_KINDS = ("respondent-said", "analyst-derived", "literature")
CLAIM_STATES = ("tentative", "upheld", "changed", "contested")
STANCES = ("for", "against")
QUOTED = ("verbatim", "edited", "translated")
USUAL_KIND = "analyst-derived"
"""What a claim is where nobody says it: nothing reads as said by respondents unless somebody says so."""
CLAIM_IDS = bytes.fromhex("5f0b8d3c9e1a5c7e8a52c0a1b6d4e7f9")
"""The namespace of ids of claims and citations that are no UUIDs."""


class Claim(NamedTuple):
    """A finding; `number` is its place in the list, from 1, and `scope` the selection that it speaks about.

    `grade` is set by hand, with its `reason`, and empty where it follows from the rule; `rule` is empty where that of
    the study holds. `because` says why the claim has its state; `under` is the key of the claim that it is part of.
    """

    key: int
    uid: str
    number: int
    text: str
    kind: str
    state: str
    because: str
    rule: str
    grade: str
    reason: str
    scope: Selection
    under: int | None
    coder: str
    at: str


class Citation(NamedTuple):
    """A segment that is cited for or against a claim, and how it is quoted.

    `words` are those of the segment when it was cited; `wording` is what is printed where it is edited or translated,
    `by` who did that. `role` is what the footnote calls whoever speaks, where that does not follow from the registers.
    `anchor` is 0 in place, 1 to be looked at since the text was corrected, 2 words gone.
    """

    key: int
    uid: str
    claim: int
    source: int
    revision: int
    start: int
    end: int
    words: str
    stance: str
    role: str
    quoted: str
    wording: str
    by: str
    coder: str
    at: str
    anchor: int


class CitationRow(NamedTuple):
    """A citation as it comes from outside; `words`, where given, must stand at the place."""

    source: str
    start: int
    end: int
    stance: str = "for"
    role: str = ""
    quoted: str = "verbatim"
    wording: str = ""
    by: str = ""
    words: str = ""
    id: bytes | None = None
    anchored: bool = True
    line: int = 0


class ClaimRow(NamedTuple):
    """A claim as it comes from outside, with all its citations; `under` names another claim by its id or its words."""

    text: str
    kind: str = USUAL_KIND
    state: str = CLAIM_STATES[0]
    because: str = ""
    rule: str = ""
    grade: str = ""
    reason: str = ""
    scope: Selection = Selection()
    under: str = ""
    citations: tuple[CitationRow, ...] = ()
    id: bytes | None = None
    line: int = 0


def one_sentence(words: str) -> str:
    """Words on one line: white space and line breaks become single spaces."""
    return " ".join(words.split())


def scope_lines(selection: Selection) -> tuple[str, ...]:
    """A scope as people write it, a part a line: `code trust`, `where country=NL`; nothing where none is given."""
    lines = [f"code {path}" for path in selection.codes]
    for word, values in (
        ("source", selection.sources),
        ("kind", selection.kinds),
        ("where", tuple(f"{name}={value}" for name, value in selection.where)),
        ("coder", selection.coders),
    ):
        lines += [f"{word} {value}" for value in values]
    lines += [f"layer {selection.layer}"] if selection.layer else []
    return (*lines, *(() if selection.subcodes else ("no subcodes",)))


def parse_scope(lines: Iterable[str]) -> Selection:
    """The scope that lines say; nothing is looked up in a study.

    Raises:
        QdaError: A line says nothing that a scope can hold; the sentence says what it can.
    """
    found: dict[str, list[str]] = {"code": [], "source": [], "kind": [], "where": [], "coder": [], "layer": []}
    subcodes = True
    for line in map(one_sentence, lines):
        word, _, value = line.partition(" ")
        if line == "no subcodes":
            subcodes = False
        elif word in found and value:
            found[word].append(value)
        elif line:
            raise QdaError(
                f"'{line}' is no part of a scope; a part is: code PATH, where ATTRIBUTE=VALUE, source NAME, kind WORD,"
                " coder NAME, layer NAME, or no subcodes"
            )
    if found["layer"] and (len(found["layer"]) > 1 or found["layer"][0] not in SELECTION_LAYERS):
        raise QdaError(f"the layer of a scope is one of {', '.join(SELECTION_LAYERS)}")
    return Selection(
        codes=tuple(dict.fromkeys(found["code"])),
        subcodes=subcodes,
        coders=tuple(found["coder"]),
        layer="".join(found["layer"]),
        sources=tuple(found["source"]),
        kinds=tuple(found["kind"]),
        where=tuple(_condition(words) for words in found["where"]),
    )


def _condition(words: str) -> tuple[str, str]:
    name, sign, value = words.partition("=")
    if not sign or not name.strip():
        raise QdaError(f"'where {words}' is no part of a scope; write where ATTRIBUTE=VALUE")
    return name.strip(), value.strip()


def has_scope(selection: Selection) -> bool:
    """Whether a scope says anything, so that it can be told what of it is not cited."""
    return bool(selection.codes or selection.sources or selection.kinds or selection.where or selection.coders)
