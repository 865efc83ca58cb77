"""The tree of a web page as the words that are seen: one line a block, cells parted by tabs, white space as shown."""

from __future__ import annotations

import re
from typing import Any

_BLOCKS = frozenset(
    """
    address article aside blockquote body caption center dd details dialog dir div dl dt fieldset figcaption
    figure footer form frameset h1 h2 h3 h4 h5 h6 header hgroup hr html legend li listing main menu nav ol
    optgroup option p pre search section summary table tbody tfoot thead tr ul xmp
    """.split()  # noqa: SIM905
)
_LEFT_OUT = frozenset(
    """
    applet audio canvas del embed frame frameset head iframe math noembed noframes noscript object param rp rt
    script style svg template title video
    """.split()  # noqa: SIM905
)
_HIDDEN = re.compile(
    r"(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|mso-hide\s*:\s*all)", re.IGNORECASE
)
_KEPT = re.compile(r"(?:^|;)\s*white-space\s*:\s*(?:pre|break-spaces)", re.IGNORECASE)
_CELLS = {"td", "th"}
_SPACE = re.compile(r"[ \t\r\n\f]+")


def text_of(root: Any) -> str:
    """The words that a reader of the page sees."""
    from lxml import etree

    page = _Page()
    walk = etree.iterwalk(root, events=("start", "end"))
    for event, element in walk:
        if event == "end":
            page.close(element)
        elif is_hidden(element):
            walk.skip_subtree()
            page.skipped.append(element)
        else:
            page.open(element)
    return page.text()


def is_hidden(element: Any) -> bool:
    """Whether what is in an element is not shown."""
    return (
        element.tag in _LEFT_OUT
        or element.get("hidden") is not None
        or _HIDDEN.search(element.get("style", "")) is not None
        or (element.tag == "div" and element.get("title") in ("header", "footer"))  # LibreOffice's page heads
    )


class _Page:
    """The words so far; a line ends only when more words come, so that nested blocks end it once."""

    def __init__(self) -> None:
        self.skipped: list[Any] = []
        self._parts: list[str] = []
        self._filled = False  # whether something stands on the line
        self._broken = False  # whether what comes next stands on a new line
        self._spaced = True  # whether a space before what comes next would be one too many
        self._kept: list[Any] = []  # the open elements in which white space is as it stands
        self._rows: list[int] = []  # how many cells each open row has so far

    def open(self, element: Any) -> None:
        """Begin an element."""
        tag = element.tag
        if tag == "tr":
            self._block()
            self._rows.append(0)
        elif tag in _CELLS and self._rows:
            self._cell()
        elif tag in _BLOCKS:
            self._block()
        elif tag == "br":
            self._line()
        text = element.text
        if tag in ("pre", "textarea", "listing", "xmp") or _KEPT.search(element.get("style", "")):
            self._kept.append(element)
            text = text.removeprefix("\n") if text and tag != "p" else text
        self._say(text)

    def close(self, element: Any) -> None:
        """End an element."""
        if self.skipped and self.skipped[-1] is element:
            self.skipped.pop()
        else:
            if self._kept and self._kept[-1] is element:
                self._kept.pop()
            if element.tag == "tr" and self._rows:
                self._filled = self._filled or self._rows.pop() > 0
            if element.tag in _BLOCKS:
                self._block()
        self._say(element.tail)

    def text(self) -> str:
        """The whole text."""
        self._trim()
        return "".join(self._parts)

    def _cell(self) -> None:
        """Begin a cell: the first on a line of its own, the others behind a tab; blocks in it go on there."""
        if self._rows[-1]:
            self._broken = False
            self._trim()
            self._parts.append("\t")
        else:
            self._go_on()
        self._filled, self._spaced = False, True
        self._rows[-1] += 1

    def _block(self) -> None:
        self._broken = self._broken or self._filled

    def _line(self) -> None:
        """End the line here and now, also an empty one."""
        self._go_on()
        self._trim()
        self._parts.append("\n")
        self._filled, self._spaced = False, True

    def _say(self, text: str | None) -> None:
        if not text:
            return
        if self._kept:
            self._say_as_it_stands(text)
            return
        words = _SPACE.sub(" ", text)
        if self._spaced or self._broken:
            words = words.removeprefix(" ")
        if words:
            self._go_on()
            self._parts.append(words)
            self._filled, self._spaced = True, words.endswith(" ")

    def _say_as_it_stands(self, text: str) -> None:
        first, *lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
        for number, words in enumerate([first, *lines]):
            if number:
                self._line()
            if words:
                self._go_on()
                self._parts.append(words)
                self._filled, self._spaced = True, False

    def _go_on(self) -> None:
        """Begin the new line that is due."""
        if self._broken:
            self._broken = False
            self._line()

    def _trim(self) -> None:
        """Take away the space at the end of a line, which is not shown."""
        if self._spaced and self._parts and self._parts[-1].endswith(" "):
            self._parts[-1] = self._parts[-1][:-1]
