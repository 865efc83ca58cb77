"""Where is searched: in all sources, or only in some, or only within passages of some codes or coders."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qda.tui.report.kinds import Kind

if TYPE_CHECKING:
    from qda.model.selection import Selection

NAMES = ("sources", "codes", "coders")
ONLY = Kind("Search")
_SAID = {"sources": "in", "codes": "within passages of", "coders": "coded by"}


def said(only: Selection) -> str:
    """Where is searched, in words; none where that is everywhere."""
    return ", ".join(
        f"{word} {' or '.join(getattr(only, name))}" for name, word in _SAID.items() if getattr(only, name)
    )
