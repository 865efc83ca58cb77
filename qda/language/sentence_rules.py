"""Whether a stop ends its sentence: what stands before it, what follows, and which marks still belong to it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from qda.language.abbreviations import FullStop, is_small, words_before

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qda.language.abbreviations import Lexicon

_CLOSING = r"[\"'”’»“›)\]}]*"
_NOTE = r"(?:\d{1,3}(?:[,–-]\d{1,3})*|[⁰¹²³⁴-⁹]+|\[\^?\d{1,3}\]|<sup>\d{1,3}</sup>)(?=[\"'”’»)]*(?:\s|\Z))"
# A whole sentence's end in scripts without capitals, then a stop with what closes it, then a line that begins an
# item of a list. A dash is no stop: who breaks off with one goes on behind it.
_STOP = re.compile(
    r"(?P<always>[。！？｡।॥։።፧။។]++[」』”’）】〉》]*+(?!と|って))"
    rf"|(?P<stop>\.(?:\ \.){{2,}}|[.!?…‽؟۔\u037e]+)(?P<closed>{_CLOSING})(?P<note>{_NOTE}{_CLOSING})?"
    r"|(?P<item>(?:\r\n|\r|\n)[^\S\r\n]*(?=(?:[•◦▪‣●*-]|\d{1,2}[.)])\s))"
)
_TIME = r"[\[(<{#]\d{1,2}:\d{2}(?::\d{2})?(?:[.,-]\d+)?[\])>}#]"
# What a transcriber or a speaker leaves between two sentences: it belongs to the one before.
_MARK = (
    r"\[(?!\d{1,2}:\d)[^\[\]]{1,60}\]|\(\([^()]{1,60}\)\)|\((?!\d|\w\))[^().!?]{1,40}\)|\((?:\.{2,}|…|\?+|!+)\)"
    r"|<[^<>\s][^<>]{0,40}>|\*[^*\s][^*]{0,40}\*|…|\.{2,}|[\u2600-\u27bf\U0001f000-\U0001faff\u200d\ufe0f]+"
)
_MARKS = re.compile(rf"(?:\s+(?:{_MARK})(?=\s|\Z))*")
# A mark that stands for words, or a pause before them: the next sentence begins with it, where it begins small.
_WORDLIKE = re.compile(r"…|\.\.|[\[(]\s*(?:[^\W\d_a-z]|uncl|inaud|onverst|onduid|uhør|utyd|ukl|x|\?)")
_AHEAD = re.compile(rf"(?:\s*{_TIME})*\W*(?P<word>\w[\w'’]*)(?:\s+(?P<second>\w+))?")
_CLITIC = re.compile(r"['’](?P<clitic>[a-z])\s+(?P<word>\w[\w'’]*)")
_WORD = re.compile(r"[^\W_]")
_STRONG = frozenset("!?‽؟۔\u037e")
_BRACKETED = 120  # code points: the longest text in square brackets that stays whole


def cuts(stretch: str, words: Lexicon, *, small: bool) -> Iterator[int]:
    """The code points of a stretch where a sentence ends and another follows.

    Args:
        stretch: A turn or a paragraph, without blank lines.
        words: The words of its language.
        small: Whether a sentence may begin with a small letter, as where nobody wrote capitals.
    """
    first = 0
    for found in _STOP.finditer(stretch):
        if found.start() >= first and (end := _Stop(stretch, first, found, words, small=small).end()):
            yield end
            first = end


class _Stop:
    """One place where a sentence may end, with what stands around it."""

    def __init__(self, stretch: str, first: int, found: re.Match[str], words: Lexicon, *, small: bool) -> None:
        self.stretch, self.first, self.found, self.words, self.small = stretch, first, found, words, small
        self.after = found.end()

    def end(self) -> int:
        """Where the sentence ends; 0 where it goes on."""
        if self.found["item"] is not None:
            return self._before_item()
        if not _WORD.search(self.stretch, self.first, self.found.start()):
            return 0
        marked = _MARKS.match(self.stretch, self.after)
        tail = marked.end() if marked else self.after
        if self.found["always"]:
            return tail
        ahead = _AHEAD.match(self.stretch, tail)
        if not ahead or self.stretch[self.after] in ",;:" or self._within_mark():
            return 0
        self.word, self.second = _next_word(self.stretch, ahead), ahead["second"] or ""
        return self._before_small(tail) if is_small(self.word) else self._before_capital(tail) and tail

    def _before_item(self) -> int:
        """The end of the line where the next is an item of a list: a bullet, or a sign that was announced."""
        sign = self.stretch[self.after]
        so_far = self.stretch[self.first : self.found.start()].strip()
        alike = so_far[:1].isdigit() and sign.isdigit() and so_far.lstrip("0123456789")[:1] in {".", ")"}
        announced = so_far[-1:] in {":", ";"} or so_far.startswith(f"{sign} ") or alike
        return self.found.start() if so_far and (sign not in "-0123456789" or announced) else 0

    def _within_mark(self) -> bool:
        """Whether the stop stands in a mark such as `[A door. Steps.]`, or is all of one: `(?)`."""
        at = self.found.start()
        if self.stretch[at - 1] in "([":
            return True
        opened = self.stretch.rfind("[", self.first, at)
        if opened < 0 or "]" in self.stretch[opened : self.after]:
            return False
        return 0 <= self.stretch.find("]", self.after) - opened <= _BRACKETED

    def _before_small(self, tail: int) -> int:
        """The end before a small letter: where nobody writes capitals, or before a mark that stands for words."""
        found = self.found
        if not self.stretch[self.after].isspace() or self._goes_on():
            return 0
        if self.small and not found["closed"] and not self._trails_off():
            return tail
        return self.after if tail > self.after and _WORDLIKE.search(self.stretch, self.after, tail) else 0

    def _before_capital(self, tail: int) -> bool:
        """Whether the sentence ends before a capital, a number or a letter of a script without capitals."""
        glued = not self.stretch[self.after].isspace()
        if self._is_full_stop():
            return not self._goes_on() and (not glued or self.words.often_starts(self.word))
        if not self._trails_off():
            return not (glued and self.word[0].isdecimal()) and not self._is_said()
        if tail > self.after:
            return True  # it trailed off, and something was heard before anybody spoke again
        before = words_before(self.stretch, self.first, self.found.start())[-1]
        return not (self.word[0].isdecimal() or self.words.is_i(self.word) or before in self.words.leads)

    def _is_full_stop(self) -> bool:
        return self.found["stop"] == "."

    def _trails_off(self) -> bool:
        """Whether the stop is an ellipsis."""
        return bool(self.found["stop"]) and not self._is_full_stop() and not _STRONG & set(self.found["stop"])

    def _is_said(self) -> bool:
        """Whether who said it follows what was quoted, as in `"Why?" I asked.`; there the sentence goes on."""
        return bool(self.found["closed"]) and self.second.casefold() in self.words.says

    def _goes_on(self) -> bool:
        """Whether the stop is a full stop behind which the sentence goes on: an abbreviation, an initial, a number."""
        at, noted = self.found.start(), bool(self.found["note"])
        stop = FullStop(self.stretch, self.first, at, self.after, noted, self.word, self.words)
        return self._is_full_stop() and stop.goes_on()


def _next_word(stretch: str, ahead: re.Match[str]) -> str:
    """The word that follows; behind the Dutch `'s` and `'t` the one after it, which has the capital."""
    at = ahead.start("word")
    clitic = _CLITIC.match(stretch, at - 1) if at else None
    return (clitic or ahead)["word"]
