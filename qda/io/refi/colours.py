"""Colours as tools write them, in the one form that the standard knows."""

from __future__ import annotations

import re

_HEX = re.compile(r"#([0-9A-Fa-f]{3}|[0-9A-Fa-f]{6})\Z")
_ALPHA = re.compile(r"#?([0-9A-Fa-f]{6})(?:[0-9A-Fa-f]{2})?\Z")
_SHORT = re.compile(r"#?([0-9A-Fa-f]{3})[0-9A-Fa-f]?\Z")
_RGB = re.compile(r"rgba?\(\s*(\d+)\s*[, ]\s*(\d+)\s*[, ]\s*(\d+)\s*(?:[,/][^)]*)?\)\Z", re.IGNORECASE)


def colour_of(word: str) -> str:
    """A colour as `#RGB` or `#RRGGBB`, as it stands where it is one; empty where it cannot be understood.

    `rgb()` and `rgba()` become hexadecimal, transparency is left out.
    """
    word = word.strip()
    if _HEX.match(word):
        return word
    if found := _ALPHA.match(word) or _SHORT.match(word):
        return f"#{found[1]}"
    if found := _RGB.match(word):
        return "#" + "".join(f"{min(int(part), 255):02X}" for part in found.groups())
    return ""
