"""Where is searched: in all sources, only in some, or only within passages of some codes or coders, or of a query."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qda.tui.report.kinds import Kind

if TYPE_CHECKING:
    from qda.model.selection import Selection

NAMES = ("sources", "codes", "coders", "query")
ONLY = Kind("Search")
_SAID = {"sources": "in", "codes": "within passages of", "coders": "coded by", "query": "on the query"}


def said(only: Selection) -> str:
    """Where is searched, in words; none where that is everywhere."""
    chosen = {name: getattr(only, name) for name in NAMES}
    return ", ".join(
        f"{_SAID[name]} {value if isinstance(value, str) else ' or '.join(value)}"
        for name, value in chosen.items()
        if value
    )
