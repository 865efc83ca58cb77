"""Words cut to the width of the screen."""

from __future__ import annotations

from rich.cells import cell_len, set_cell_size


def fit(text: str, width: int) -> str:
    """A text cut to a width."""
    return text if cell_len(text) <= width else set_cell_size(text, max(width - 1, 0)).rstrip() + "…"


def tail(path: str, width: int) -> str:
    """A path cut to a width at its beginning: its end tells codes apart."""
    if cell_len(path) <= width:
        return path
    parts = path.split("/")
    while len(parts) > 1 and cell_len("/".join(parts)) + 2 > width:
        parts.pop(0)
    return fit(f"…/{'/'.join(parts)}", width)
