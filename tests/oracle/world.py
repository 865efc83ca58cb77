"""The plain data that the reference counts, and what of it a report selects."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

Code = tuple[str, ...]
Attributes = dict[str, list[str]]

DONE = "done"
RESPONDENTS = frozenset({"respondent"})


@dataclass(frozen=True)
class TurnData:
    """One speaker's stretch: the label is [start, body), the speech [body, end)."""

    number: int
    start: int
    body: int
    end: int
    person: str | None = None
    speaks_for: str | None = None


@dataclass(frozen=True)
class SourceData:
    """One document; `persons` are attached to it whether or not they have a turn."""

    text: str
    kind: str = "transcript"
    turns: Sequence[TurnData] = ()
    persons: Sequence[str] = ()
    not_data: Sequence[tuple[int, int]] = ()
    attributes: Attributes = field(default_factory=dict)


@dataclass(frozen=True)
class PersonData:
    """Somebody who speaks."""

    role: str = "respondent"
    attributes: Attributes = field(default_factory=dict)


@dataclass(frozen=True)
class CaseData:
    """What is compared."""

    kind: str
    persons: Sequence[str] = ()
    sources: Sequence[str] = ()
    attributes: Attributes = field(default_factory=dict)


@dataclass(frozen=True)
class CodingData:
    """One coder put one code on one segment [start, end)."""

    id: str
    source: str
    code: Code
    coder: str
    start: int
    end: int
    layer: Literal["independent", "consensus"] = "independent"


@dataclass(frozen=True)
class ProgressData:
    """How far a coder is with a source, and the codes that stood in the codebook when it was done."""

    state: str
    known: frozenset[Code] = frozenset()


@dataclass(frozen=True)
class World:
    """A whole study; `coverage` says whether a code's subject was asked about in a source."""

    sources: Mapping[str, SourceData]
    codes: Sequence[Code]
    codings: Sequence[CodingData] = ()
    persons: Mapping[str, PersonData] = field(default_factory=dict)
    cases: Mapping[str, CaseData] = field(default_factory=dict)
    progress: Mapping[tuple[str, str], ProgressData] = field(default_factory=dict)
    coverage: Mapping[tuple[str, Code], bool] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for number, code in enumerate(self.codes):
            if len(code) > 1 and code[:-1] not in self.codes[:number]:
                raise ValueError(f"the parent of {code} does not stand before it")
        for coding in self.codings:
            self._check(coding)

    def _check(self, coding: CodingData) -> None:
        if coding.code not in self.codes:
            raise ValueError(f"{coding.id}: no code {coding.code}")
        if not 0 <= coding.start < coding.end <= len(self.sources[coding.source].text):
            raise ValueError(f"{coding.id}: no segment of its source")


@dataclass(frozen=True)
class Selection:
    """What a report takes in; None means all."""

    coders: frozenset[str] | None = None
    codes: tuple[Code, ...] | None = None
    sources: frozenset[str] | None = None
    kinds: frozenset[str] | None = None
    layer: Literal["final", "independent", "consensus"] = "final"
    roles: frozenset[str] = RESPONDENTS
    subcodes: bool = True
    roll_up: bool = False
    cases: str | None = None


def family(world: World, code: Code) -> list[Code]:
    """The code and everything below it, in codebook order."""
    return [other for other in world.codes if other[: len(code)] == code]


def is_data(source: SourceData, character: int) -> bool:
    """Whether this character stands outside every not-data stretch."""
    return not any(start <= character < end for start, end in source.not_data)


def chosen_sources(world: World, sel: Selection) -> list[str]:
    """The selected sources, coded or not."""
    if sel.sources is not None and not sel.sources <= set(world.sources):
        raise ValueError("a selected source is not in the study")
    return [
        name
        for name, source in world.sources.items()
        if (sel.sources is None or name in sel.sources) and (sel.kinds is None or source.kind in sel.kinds)
    ]


def chosen_codes(world: World, sel: Selection) -> list[Code]:
    """The codes that are rows of the report, used or not, in codebook order."""
    if sel.codes is None:
        return list(world.codes)
    if not set(sel.codes) <= set(world.codes):
        raise ValueError("a selected code is not in the codebook")
    if not sel.subcodes:
        return [code for code in world.codes if code in sel.codes]
    return [code for code in world.codes if any(code in family(world, top) for top in sel.codes)]


def case_kind(world: World, sel: Selection) -> str | None:
    """The one kind of case that counts; None where the study has no cases and the source is the unit."""
    kinds = {case.kind for case in world.cases.values()}
    if sel.cases is not None:
        if sel.cases not in kinds:
            raise ValueError(f"no case is of the kind {sel.cases}")
        return sel.cases
    if len(kinds) > 1:
        raise ValueError("cases are of several kinds: name one")
    return next(iter(kinds), None)


def path(code: Code) -> str:
    """The code's path as it is written in files and tables."""
    return "/".join(name.replace("\\", "\\\\").replace("/", "\\/") for name in code)
