"""What stands behind the cells of a page: the numbers of quotes, each list once, as text that a script reads."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from qda.render.html.numbering import Numbered
    from qda.reports.report import Evidence

DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
"""The signs of a number: five bits each, the lowest first; one from the second half says that more follow."""

Opens = tuple[tuple[int, ...], int]
"""What a cell opens: the places of its lists of quotes, and of the sources that a zero is about (-1: none)."""


@dataclass
class Store:
    """All that the cells of a page open: each list of ids, each list of sources and each cell's content once."""

    lists: dict[tuple[str, ...], int] = field(default_factory=dict)
    read: dict[tuple[str, ...], int] = field(default_factory=dict)
    cells: dict[Opens, int] = field(default_factory=dict)
    _ids: dict[str, str] = field(default_factory=dict)

    def of_report(self, evidence: Evidence) -> Kept:
        """A report's evidence, of which is kept what its cells ask for."""
        return Kept(self, evidence)

    def keep(self, ids: Sequence[str]) -> int:
        """The place of a list of ids; the same id is held once."""
        one = self._ids.setdefault
        listed = tuple(map(one, ids, ids))
        return self.lists.setdefault(listed, len(self.lists))

    def ids(self) -> set[str]:
        """All ids that stand behind something."""
        return {uid for listed in self.lists for uid in listed}

    def data(self, numbered: Numbered) -> str:
        """All of it as JSON that can stand in a page.

        `lists` are the numbers of quotes, `gone` how many codings of a list are in the study no more, `read` the
        places in `sources` of those that zeros are about, `cells` what each cell opens.
        """
        lists = [numbered.steps(listed) for listed in self.lists]
        gone = [len(listed) - len(steps) for listed, steps in zip(self.lists, lists, strict=True)]
        sources = list(dict.fromkeys(name for listed in self.read for name in listed))
        place = {name: number for number, name in enumerate(sources)}
        return as_data(
            {
                "lists": list(map(written, lists)),
                "gone": {place: number for place, number in enumerate(gone) if number},
                "read": [[place[name] for name in listed] for listed in self.read],
                "sources": sources,
                "cells": list(self.cells),
            }
        )


@dataclass
class Kept:
    """The evidence of one report while its cells are looked through."""

    store: Store
    evidence: Evidence
    _lists: dict[str, tuple[int, int]] = field(default_factory=dict)

    def cell(self, names: Sequence[str]) -> int | None:
        """The number of what a cell with these names opens, None where it opens nothing."""
        found = [self._named(name) for name in dict.fromkeys(names) if name in self.evidence.codings]
        if not found:
            return None
        lists = tuple(dict.fromkeys(place for place, _ in found if place >= 0))
        read = max(place for _, place in found)
        opens = (lists, -1 if lists else read)
        return self.store.cells.setdefault(opens, len(self.store.cells))

    def _named(self, name: str) -> tuple[int, int]:
        """The place of the ids behind a name, and that of the sources that its zero is about; -1 is none."""
        known = self._lists.get(name)
        if known is None:
            ids, read = self.evidence.codings[name], self.evidence.read.get(name)
            known = self._lists[name] = (
                self.store.keep(ids) if ids else -1,
                self.store.read.setdefault(tuple(read), len(self.store.read)) if read else -1,
            )
        return known


def _signs(number: int) -> str:
    """One number in `DIGITS`."""
    signs = ""
    while number > 31:
        signs += DIGITS[32 + number % 32]
        number //= 32
    return signs + DIGITS[number]


_SHORT = [_signs(number) for number in range(1 << 12)]


def written(numbers: Iterable[int]) -> str:
    """Numbers from 0 up in `DIGITS`."""
    return "".join([_SHORT[number] if number < len(_SHORT) else _signs(number) for number in numbers])


def as_data(found: dict[str, Any] | list[Any]) -> str:
    """JSON in which no sign can end the script that it stands in."""
    text = json.dumps(found, ensure_ascii=False, separators=(",", ":"))
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")
