"""Colours: a light and a dark theme, and the colours by which families of codes are told apart."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.theme import Theme

DARK, LIGHT = "qda-dark", "qda-light"


class Paint(NamedTuple):
    """The colours of the text of a transcript in one theme, as `#rrggbb`."""

    ground: str
    text: str
    quiet: str
    speaker: str
    other_speaker: str
    selection: str
    cursor: str
    cursor_text: str
    hit: str
    not_data: str
    plain_family: str


PAINTS = {
    DARK: Paint(
        ground="#14171c",
        text="#e4e6ea",
        quiet="#a6afbb",
        speaker="#8fb8ff",
        other_speaker="#b6bdc7",
        selection="#1f3b69",
        cursor="#ffd75e",
        cursor_text="#14171c",
        hit="#5a4a12",
        not_data="#a6afbb",
        plain_family="#b6bdc7",
    ),
    LIGHT: Paint(
        ground="#fbfaf7",
        text="#1d2228",
        quiet="#4f5761",
        speaker="#1d4f9c",
        other_speaker="#4a525c",
        selection="#bcd3f7",
        cursor="#1d2228",
        cursor_text="#fbfaf7",
        hit="#ffe08a",
        not_data="#4f5761",
        plain_family="#4a525c",
    ),
}

# Seven hues at most can be told apart; families beyond them have the same hues again with another mark.
# `standard` follows the palette of Okabe and Ito (2008), shifted in lightness until each reads at 4.5:1 on its
# ground; `strong` keeps to blue, orange and steps of grey, for whoever sees few hues.
FAMILIES: dict[tuple[str, str], tuple[str, ...]] = {
    ("standard", DARK): ("#56b4e9", "#e69f00", "#2fc095", "#f0e442", "#e08bb8", "#ff8a5c", "#a9a2ff"),
    ("standard", LIGHT): ("#0b64a5", "#8a5a00", "#006b4c", "#665e00", "#8f3f73", "#a33c00", "#4b47b8"),
    ("strong", DARK): ("#5cb8ff", "#ffb347", "#ffffff", "#3f8fd0", "#cf8a2e", "#b9b9b9", "#8e9aa6"),
    ("strong", LIGHT): ("#0057a8", "#8f4a00", "#000000", "#1d3f66", "#6b3a00", "#4d4d4d", "#666666"),
}
HUES = 7
COLOUR_SETS = ("standard", "strong")


# Seven hues and four marks tell twenty-eight families apart; no mark leans on another hue.
MARKS = ("▌", "▚", "▒", "▘")


class Bar(NamedTuple):
    """What stands before the name of a code: the mark and the hue of its family."""

    sign: str
    colour: str


def family_marks(roots: Sequence[int]) -> dict[int, str]:
    """The mark of each root of the codebook: one for the first seven, another for the next seven, and so on."""
    return {key: MARKS[min(place // HUES, len(MARKS) - 1)] for place, key in enumerate(roots)}


def family_colours(roots: Sequence[int], colours: str, theme: str) -> dict[int, str]:
    """A hue for each root of the codebook, in its order; the eighth has that of the first, and another mark.

    Where there are more families than hues and marks can tell apart, the rest have a plain colour.
    """
    known = FAMILIES[colours, theme]
    plain = PAINTS[theme].plain_family
    return {key: known[place % HUES] if place < HUES * len(MARKS) else plain for place, key in enumerate(roots)}


def tint(colour: str, ground: str, share: float = 0.24) -> str:
    """A colour mixed into the ground, for the background of coded words."""
    mixed = (
        round(int(ground[at : at + 2], 16) * (1 - share) + int(colour[at : at + 2], 16) * share) for at in (1, 3, 5)
    )
    return "#" + "".join(f"{part:02x}" for part in mixed)


def contrast(one: str, other: str) -> float:
    """The contrast of two colours, 1 to 21 (WCAG 2.2, relative luminance)."""
    bright, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (bright + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def themes() -> list[Theme]:
    """Both themes, as Textual wants them."""
    from textual.theme import Theme

    dark, light = PAINTS[DARK], PAINTS[LIGHT]
    return [
        Theme(
            name=DARK,
            primary="#56b4e9",
            secondary="#8fb8ff",
            accent="#ffd75e",
            warning="#e69f00",
            error="#ff8a80",
            success="#2fc095",
            foreground=dark.text,
            background=dark.ground,
            surface="#1a1e25",
            panel="#232933",
            dark=True,
            variables=_variables(dark),
        ),
        Theme(
            name=LIGHT,
            primary="#0b64a5",
            secondary="#1d4f9c",
            accent="#8a5a00",
            warning="#8a5a00",
            error="#a3121f",
            success="#006b4c",
            foreground=light.text,
            background=light.ground,
            surface="#f1efe9",
            panel="#e4e1d8",
            dark=False,
            variables=_variables(light),
        ),
    ]


def _variables(paint: Paint) -> dict[str, str]:
    """What Textual's own widgets take from the paint: the line that is chosen, scroll bars, quiet words."""
    return {
        "quiet": paint.quiet,
        "text-disabled": paint.quiet,  # what an empty field says it is for
        "block-cursor-background": paint.selection,
        "block-cursor-foreground": paint.text,
        "block-cursor-text-style": "bold",
        "block-cursor-blurred-background": paint.selection,
        "block-cursor-blurred-foreground": paint.text,
        "scrollbar": paint.quiet,
        "scrollbar-hover": paint.text,
        "scrollbar-active": paint.text,
        "scrollbar-background": paint.ground,
        "scrollbar-background-hover": paint.ground,
        "scrollbar-background-active": paint.ground,
        "scrollbar-corner-color": paint.ground,
    }
