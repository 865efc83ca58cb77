"""The codebook as plain values: a tree of codes with their fields, as YAML carries it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

ORIGINS = ("a-priori", "open", "in-vivo", "analyst")
EXCLUSIVE = ("text", "case_moment")


@dataclass(frozen=True, slots=True)
class CodeEntry:
    """One code with everything a codebook says of it; all words are strings as typed.

    `labels` maps language to label. `extra` is what stood under `x:`, strings, lists and mappings of them.
    `line` is the line in the file it came from, 0 where there is none; it is no part of the code's value.
    """

    name: str
    definition: str = ""
    include: str = ""
    exclude: str = ""
    example: str = ""
    labels: Mapping[str, str] = field(default_factory=dict)
    aliases: tuple[str, ...] = ()
    origin: str = ""
    ordinal: bool = False
    exclusive: str = ""
    moment: str = ""
    outside: bool = False
    patterns: tuple[str, ...] = ()
    extra: Mapping[str, object] = field(default_factory=dict)
    children: tuple[CodeEntry, ...] = ()
    line: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Codebook:
    """A whole codebook: its name (may be empty), what stood under its own `x:`, and its codes in order."""

    name: str = ""
    extra: Mapping[str, object] = field(default_factory=dict)
    codes: tuple[CodeEntry, ...] = ()

    def walk(self) -> Iterator[tuple[tuple[str, ...], CodeEntry]]:
        """Every code with its names from the root down, parents before children."""

        def below(prefix: tuple[str, ...], codes: tuple[CodeEntry, ...]) -> Iterator[tuple[tuple[str, ...], CodeEntry]]:
            for code in codes:
                names = (*prefix, code.name)
                yield names, code
                yield from below(names, code.children)

        yield from below((), self.codes)
