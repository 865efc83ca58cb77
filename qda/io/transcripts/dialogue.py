"""Which labels of a text are speakers: form, repetition, time stamps and how the labels carve up the text.

A false speaker is worse than none, so a label that could be a heading has to earn its turns.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING

from qda.io.transcripts.labels import NAME, WEAK
from qda.io.transcripts.lines import is_certain

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from qda.io.transcripts.lines import Line

# Characters of text per label beyond which a text is no dialogue: with generic labels or times, with names
# only, and with names when the user says that there are speakers.
_GAP_KNOWN, _GAP_NAMES, _GAP_ASKED = 50_000, 5_000, 10_000
_FILLED_LINE = re.compile(r"\n[ \t]*[^\s]")
_SPEECH_ENDS = tuple(".?!…”’\"')]»*\\")
_LEAST_PATTERN = 10  # lines before a pattern of labels counts for labels that stand once


class Dialogue:
    """The lines of a text that begin with a label, and what they tell together."""

    def __init__(self, text: str, lines: Sequence[Line]) -> None:
        self.text = text
        self.lines = lines
        self.counts = Counter([line.label.key for line in lines])
        self.labels = {line.label.key: line.label for line in lines}

    def sure(self) -> set[str]:
        """The labels that are certainly speakers: stamped or repeating ones, and generic ones beside them."""
        times = self._stamped()
        generic = {key for key, label in self.labels.items() if label.generic and label.grade == NAME}
        core = times | self._repeating()
        if not core:
            return set()
        chosen = core | generic
        chosen -= {key for key in chosen - generic - times if not self.opens_paragraphs(key)}
        if not self._carves(chosen, known=not core.isdisjoint(generic | times)):
            return times
        return chosen | self._mates(chosen)

    def likely(self) -> set[str]:
        """All plausible labels, also those that stand once, unless they are lost in a long text."""
        sure = self.sure()
        names = {key for key, label in self.labels.items() if label.grade == NAME}
        chosen = sure | {key for key in names - sure if self.opens_paragraphs(key)}
        known = any(line.label.generic or line.stamp for line in self.lines)
        return chosen if known or len(self.text) <= self._times(chosen) * _GAP_ASKED else sure

    def columns(self) -> set[str]:
        """The labels of a text laid out in two columns: names that repeat and begin most of its lines."""
        repeating = {key for key in self._repeating() if self.labels[key].grade == NAME}
        if len(repeating) < 2 or self.share * self._times(repeating) < len(self.lines) / 2:
            return set()
        return repeating | {key for key, label in self.labels.items() if label.generic}

    def opens_paragraphs(self, key: str) -> bool:
        """Whether a label mostly stands where a paragraph or sentence begins; in broken prose it does not."""
        if self.share >= 0.5:
            return True
        places = [self._opens(line.start) for line in self.lines if line.label.key == key]
        return sum(places) * 5 >= len(places) * 4

    @cached_property
    def share(self) -> float:
        """Which part of the lines with text, from the first label on, begins with a label."""
        if not self.lines:
            return 0.0
        below = sum(1 for _ in _FILLED_LINE.finditer(self.text, self.lines[0].start))
        return len(self.lines) / (1 + below)

    @cached_property
    def _starts(self) -> frozenset[int]:
        return frozenset(line.start for line in self.lines)

    def _opens(self, start: int) -> bool:
        above = self.text.rfind("\n", 0, max(start - 1, 0)) + 1
        before = self.text[above:start].strip()
        return not before or above in self._starts or before.endswith(_SPEECH_ENDS)

    def _times(self, keys: Collection[str]) -> int:
        return sum(self.counts[key] for key in keys)

    def _repeating(self) -> set[str]:
        """Labels that stand twice (weak ones thrice), or with two others of one pattern like `sp0321m`."""
        shapes = Counter(label.shape for label in self.labels.values() if label.shape)
        return {
            key
            for key, label in self.labels.items()
            if self.counts[key] >= (3 if label.grade == WEAK else 2) or shapes[label.shape] >= 3
        }

    def _stamped(self) -> set[str]:
        """Labels beside a time; a bare `09:30` counts only where such labels repeat: programmes have them."""
        certain = {line.label.key for line in self.lines if line.stamp and is_certain(line)}
        bare = Counter([line.label.key for line in self.lines if line.stamp and not is_certain(line)])
        return certain.union(bare) if max(bare.values(), default=0) > 1 else certain

    def _carves(self, chosen: Collection[str], *, known: bool) -> bool:
        """Whether the chosen labels cut the text into turns: often enough, and taking turns."""
        keys = [line.label.key for line in self.lines if line.label.key in chosen]
        if not keys:
            return False
        gap = len(self.text) / len(keys)
        if known:
            return gap <= _GAP_KNOWN
        changes = sum(key != following for key, following in pairwise(keys))
        takes_turns = len(keys) > 2 and changes * 3 >= len(keys) - 1
        return gap <= _GAP_NAMES and (takes_turns or self.share >= 0.5)

    def _mates(self, chosen: Collection[str]) -> set[str]:
        """Labels that stand once where every line has a label and most labels stand once (a debate)."""
        once = {key for key, label in self.labels.items() if label.grade == NAME and key not in chosen}
        repeating = sum(self.counts[key] > 1 for key in chosen)
        if len(once) <= len(chosen) or repeating < 2 or len(self.lines) < _LEAST_PATTERN or self.share < 0.95:
            return set()
        return once
