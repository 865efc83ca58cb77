"""Marks, lines and words of a drawing as SVG: no fonts, scripts or addresses; colours that a page may repaint."""

from __future__ import annotations

import unicodedata
from html import escape

LIGHT = {
    "ground": "#ffffff",
    "ink": "#1d2228",
    "quiet": "#4f5761",
    "line": "#d5d8dc",
    "own": "#0b64a5",
    "below": "#a9cbe6",
    **{f"s{step}": colour for step, colour in enumerate(("#e4eff8", "#c6def0", "#a3c9e6", "#7db1d9", "#5a99cb"), 1)},
}
"""The colours of a drawing that stands alone, by class; a page says other ones for the same classes."""

STEPS = 5
SIZE = 13


def width(text: str) -> float:
    """About how wide words are at the size of a drawing."""
    return sum(SIZE if unicodedata.east_asian_width(sign) in "WF" else SIZE * 0.57 for sign in text)


def number(value: float) -> str:
    """A place in a drawing: the same digits everywhere."""
    return f"{value:.1f}".removesuffix(".0")


def rect(x: float, y: float, wide: float, high: float, colour: str) -> str:
    """A box."""
    return (
        f'<rect class="{colour}" x="{number(x)}" y="{number(y)}" width="{number(wide)}" height="{number(high)}"'
        f' fill="{LIGHT[colour]}"/>'
    )


def line(x: float, y: float, to_x: float, to_y: float, colour: str, *, wide: float = 1, dashes: str = "") -> str:
    """A line."""
    dashed = f' stroke-dasharray="{dashes}"' if dashes else ""
    return (
        f'<line class="{colour}" x1="{number(x)}" y1="{number(y)}" x2="{number(to_x)}" y2="{number(to_y)}"'
        f' stroke="{LIGHT[colour]}" stroke-width="{number(wide)}"{dashed}/>'
    )


def dot(x: float, y: float, colour: str) -> str:
    """A dot."""
    return f'<circle class="{colour}" cx="{number(x)}" cy="{number(y)}" r="4.5" fill="{LIGHT[colour]}"/>'


def words(x: float, y: float, text: str, *, colour: str = "ink", at: str = "start") -> str:
    """Words; `at` says which part of them stands at the place: start, middle or end."""
    return (
        f'<text class="{colour}" x="{number(x)}" y="{number(y)}" text-anchor="{at}" fill="{LIGHT[colour]}">'
        f"{escape(text)}</text>"
    )


def row(at: int, *marks: str) -> str:
    """What belongs to one row of the table."""
    return f'<g data-row="{at}">{"".join(marks)}</g>'


def drawing(wide: float, high: float, title: str, said: str, marks: list[str]) -> str:
    """A drawing with its title and what it says, for whoever hears it."""
    size = f'width="{number(wide)}" height="{number(high)}"'
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" {size} viewBox="0 0 {number(wide)} {number(high)}" role="img"'
            f' aria-label="{escape(title)}. {escape(said)}" font-family="system-ui, sans-serif" font-size="{SIZE}">',
            f"<title>{escape(title)}</title>",
            f"<desc>{escape(said)}</desc>",
            rect(0, 0, wide, high, "ground"),
            *marks,
            "</svg>\n",
        ]
    )
