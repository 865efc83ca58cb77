"""What is painted for a cluster: a harmless form whose width terminals and Rich agree on."""

from __future__ import annotations

import unicodedata

import regex  # type: ignore[import-untyped]
from rich.cells import cell_len

from qda.tui.layout.spacing import give_spacing_marks_a_cell

give_spacing_marks_a_cell()

DOTTED = "\u25cc"  # carries a mark that has no letter of its own
HIDDEN = "·"  # a format character without a picture: direction marks, joiners, zero-width spaces
UNKNOWN = "\ufffd"  # what a terminal cannot be trusted with
MANY = 20_000  # clusters whose forms are kept
MOST = 8  # code points painted for one cluster; a terminal's cell holds no more

_ZWNJ = "\u200c"
_FILLERS = "\u115f\u1160\u3164\uffa0"  # letters of Hangul without a picture
_SELECTORS = regex.compile(r"[\uFE00-\uFE0F\U000E0100-\U000E01EF]")
_PICTURE = regex.compile(r"\p{Extended_Pictographic}")
_PREPENDED = regex.compile(r"\p{Grapheme_Cluster_Break=Prepend}")
_FLAG = regex.compile(r"\p{Regional_Indicator}")
_NAMED = {"\xad": "¬", "\x7f": "\u2421"}


class _Forms(dict[str, str]):
    """Display forms by cluster, made when first asked for; emptied before it grows without end."""

    def __missing__(self, cluster: str) -> str:
        if len(self) > MANY:
            self.clear()
        form = self[cluster] = _single(cluster) if len(cluster) == 1 else _joined(cluster)
        return form


def _single(char: str) -> str:
    """The form of one code point that stands alone."""
    form = _NAMED.get(char) or _by_kind(char, unicodedata.category(char))
    return form if cell_len(form) else HIDDEN


def _by_kind(char: str, kind: str) -> str:
    if kind == "Cc" and char < " ":
        return chr(0x2400 + ord(char))  # the control's picture
    if kind in {"Cc", "Cn", "Cs"}:
        return UNKNOWN
    if _FLAG.match(char):
        return chr(ord(char) - 0x1F1E6 + ord("A"))  # half a flag: its letter
    if kind.startswith("M"):
        return HIDDEN if _SELECTORS.match(char) else _carried(char)
    if char in _FILLERS or (kind in {"Cf", "Zl", "Zp"} and not _PREPENDED.match(char)):
        return HIDDEN
    return UNKNOWN if _toned(char, kind) else _carried(char)


def _toned(char: str, kind: str) -> bool:
    """Whether it is a skin tone: Rich gives it no cells, terminals do."""
    return kind == "Sk" and not cell_len(char)


def _carried(mark: str) -> str:
    """A mark alone on a dotted circle, if it is one that takes no cell itself."""
    return mark if cell_len(mark) else DOTTED + mark


def _joined(cluster: str) -> str:
    """The form of a cluster of several code points."""
    base = cluster[0]
    if _FLAG.match(base):
        return cluster[:2] if _FLAG.match(cluster[1]) else _single(base)
    if _PICTURE.match(base):
        return _single(base)  # terminals disagree about skin tones, families and selectors
    kept = "".join(char for char in cluster[1:] if _paintable(char))[: MOST - 1]
    if unicodedata.category(base).startswith("M") or not _paintable(base):
        first = _single(base)
        return first + (kept if _adds_nothing(first, kept) else "")
    form = unicodedata.normalize("NFC", base + kept)
    return form if cell_len(form) else _single(base)


def _adds_nothing(first: str, marks: str) -> bool:
    return cell_len(first + marks) == cell_len(first)


def _paintable(char: str) -> bool:
    """Whether a terminal shows the character in a cluster without being told more by it."""
    kind = unicodedata.category(char)
    if kind[0] == "C":
        return char == _ZWNJ or _PREPENDED.match(char) is not None
    return kind not in {"Zl", "Zp"} and not _SELECTORS.match(char) and not _toned(char, kind)


class _Cells(dict[str, int]):
    """Widths by cluster, kept like the forms."""

    def __missing__(self, cluster: str) -> int:
        if len(self) > MANY:
            self.clear()
        width = self[cluster] = cell_len(FORMS[cluster])
        return width


# The text painted for a grapheme cluster, of at least one cell; and its width in cells. (How many cells a tab
# takes is for the layout to say.)
FORMS = _Forms()
CELLS = _Cells()
