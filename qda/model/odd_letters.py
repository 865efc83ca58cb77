"""Which characters of a text folding has to look at; all others are folded one by one, whatever stands beside them."""

from __future__ import annotations

import re

from qda.model.folding import SHY

# Marks that stand on letters, letters that become several, and letters that have another spelling. Whole blocks are
# named where most of them are such; a test compares this with what Python knows of every character.
_ODD = (
    "\u00df\u0130\u0149\u01f0\u0300-\u0374\u037e\u0387\u0390\u03b0\u0483-\u0487\u0587-\u05c7\u0610-\u061a\u064b-\u0670"
    "\u06d6-\u06ed\u0711-\u167f\u1681-\u1dff\u1e96-\u1e9e\u1f00-\u1fff\u20d0-\u20f0\u2126-\u212b\u2329\u232a\u2adc\u2cef-\u2cf1"
    "\u2d7f\u2de0-\u2dff\u302a-\u302f\u3099\u309a\ua66f-\uabff\ud7b0-\ud7ff\uf900-\ufb4f\ufe20-\ufe2f"
    "\U000101fd-\U0001efff\U0002f800-\U0002fa1f"
)
_SPACES = "\t-\r\x1c-\x1f\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000"  # all but the plain one
_GAP = f" {SHY}{_SPACES}"
# A line's end between two words is folded to a space, as a letter is to another; other white space is looked at.
_MORE = f"(?=[{_GAP}])|(?<=[-{_GAP}]\n)"

LOOK = re.compile(f"[{_ODD}{SHY}{_SPACES}](?:(?<!\n)|{_MORE})")
LOOK_FOR_SPACES = re.compile(f"[{_ODD}{_GAP}](?:(?<![ \n])|(?<= )(?= )|(?<=\n)(?:{_MORE}))")
_GAPS = re.compile(f"[{_GAP}]*")
_ODD_LETTERS = re.compile(f"[{_ODD}]*")


def end_of_gap(text: str, start: int, last: int) -> int:
    """Where white space and soft hyphens end that begin at a place."""
    found = _GAPS.match(text, start, last)
    return found.end() if found else start


def end_of_odd(text: str, start: int, last: int) -> int:
    """Where the odd letters end that begin at a place."""
    found = _ODD_LETTERS.match(text, start, last)
    return found.end() if found else start
