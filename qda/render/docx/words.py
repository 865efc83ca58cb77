"""Words as Word has them: runs that know their direction and language, and the paragraphs that hold them."""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_TURNS = re.compile(
    "[\u0590-\u08ff\u200f\u202b\u202e\u2067\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]"
)
"""Signs that may run from the right; a text without any is of one direction (Unicode, DerivedBidiClass)."""
_BREAKS = re.compile("(\t|\r\n|[\n\r])")
_RIGHT = ("R", "AL", "RLE", "RLO", "RLI")
_LEFT = ("L", "LRE", "LRO", "LRI")
_TAG = re.compile("[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")
_RIGHT_TO_LEFT = ("ar", "arc", "ckb", "dv", "fa", "he", "ku", "ps", "sd", "ug", "ur", "yi")
_EAST = ("ja", "ko", "zh")
# Word proves words only in a language with its country.
_COUNTRIES = {
    "ar": "ar-SA",
    "ckb": "ku-Arab-IQ",
    "da": "da-DK",
    "de": "de-DE",
    "en": "en-GB",
    "es": "es-ES",
    "fa": "fa-IR",
    "fi": "fi-FI",
    "fr": "fr-FR",
    "he": "he-IL",
    "it": "it-IT",
    "nb": "nb-NO",
    "nl": "nl-NL",
    "nn": "nn-NO",
    "no": "nb-NO",
    "pl": "pl-PL",
    "pt": "pt-PT",
    "ru": "ru-RU",
    "sv": "sv-SE",
    "tr": "tr-TR",
    "uk": "uk-UA",
}


class Look(NamedTuple):
    """How a run looks: the style of its signs, whether it is bold, and the language of its words."""

    style: str = ""
    bold: bool = False
    language: str = ""


PLAIN = Look()


def escaped(text: str) -> str:
    """Text between tags or in a quoted value; what XML forbids becomes the sign for what cannot be shown."""
    allowed = _FORBIDDEN.sub("\N{REPLACEMENT CHARACTER}", text)
    return allowed.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")


def is_right_to_left(text: str) -> bool:
    """Whether a paragraph begins on the right: its first letter with a direction says so."""
    if not _TURNS.search(text):
        return False
    for sign in text:
        direction = unicodedata.bidirectional(sign)
        if direction in _RIGHT or direction in _LEFT:
            return direction in _RIGHT
    return False


def runs(text: str, look: Look = PLAIN) -> str:
    """The runs of a text, one for each stretch of one direction; ends of lines and tabs are kept."""
    return "".join(_run(part, look, right=right) for part, right in _stretches(text))


def paragraph(inside: str, style: str = "", *, right: bool = False, more: str = "") -> str:
    """A paragraph around runs.

    Args:
        inside: Its runs, as XML.
        style: The id of its style, empty for that of the text.
        right: Whether it begins on the right.
        more: What its settings have after the direction, as XML in the order of the schema.
    """
    settings = f'<w:pStyle w:val="{style}"/>' if style else ""
    settings += ("<w:bidi/>" if right else "") + more
    return f"<w:p>{f'<w:pPr>{settings}</w:pPr>' if settings else ''}{inside}</w:p>"


def said(text: str, style: str = "", look: Look = PLAIN, *, more: str = "") -> str:
    """A paragraph of a text in its own direction."""
    return paragraph(runs(text, look), style, right=is_right_to_left(text), more=more)


def _run(text: str, look: Look, *, right: bool) -> str:
    settings = f'<w:rStyle w:val="{look.style}"/>' if look.style else ""
    settings += "<w:b/><w:bCs/>" if look.bold else ""
    settings += ("<w:rtl/>" if right else "") + _language(look.language, right=right)
    return f"<w:r>{f'<w:rPr>{settings}</w:rPr>' if settings else ''}{_signs(text)}</w:r>"


def _signs(text: str) -> str:
    found = []
    for part in _BREAKS.split(text):
        if part == "\t":
            found.append("<w:tab/>")
        elif part in ("\n", "\r", "\r\n"):
            found.append("<w:br/>")
        elif part:
            found.append(f'<w:t xml:space="preserve">{escaped(part)}</w:t>')
    return "".join(found)


def _language(language: str, *, right: bool) -> str:
    """The language of a run, where its words can be in it: Latin letters in a Persian text are none."""
    base = language.partition("-")[0].lower()
    if not _TAG.fullmatch(language) or right != (base in _RIGHT_TO_LEFT):
        return ""
    place = "bidi" if right else "eastAsia" if base in _EAST else "val"
    return f'<w:lang w:{place}="{_COUNTRIES.get(language, language)}"/>'


def _stretches(text: str) -> list[tuple[str, bool]]:
    """A text in stretches of one direction; signs between two of them go with the direction of the paragraph."""
    if not _TURNS.search(text):
        return [(text, False)] if text else []
    base = is_right_to_left(text)
    cuts, now, last = [0], base, 0
    for place, sign in enumerate(text):
        direction = unicodedata.bidirectional(sign)
        if direction not in ("R", "AL", "L"):
            continue
        right = direction != "L"
        if right != now:
            cuts.append(place if now == base else last)
            now = right
        last = place + 1
    return [
        (text[start:end], base != bool(number % 2))
        for number, (start, end) in enumerate(zip(cuts, [*cuts[1:], len(text)], strict=True))
        if start < end
    ]
