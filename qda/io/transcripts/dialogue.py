"""Which labels of a text are speakers: form, repetition, time stamps and how the labels carve up the text.

A false speaker is worse than none, so a label that could be a heading has to earn its turns.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING

from qda.io.transcripts.labels import BOLD, NAME
from qda.io.transcripts.lines import is_certain

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from qda.io.transcripts.lines import Line

# Characters of text per label beyond which a text is no dialogue: with known labels or times, with names, and
# with names when the user says that there are speakers.
_GAP_KNOWN, _GAP_NAMES, _GAP_ASKED = 50_000, 5_000, 10_000
_LONGEST_TITLE = 200
_LEAST_SHARE = 0.2  # of lines or paragraphs that begin with a label, where labels are names only
_FULL_SHARE = 0.95  # of lines, where the pattern itself repeats and single labels are believed
_LEAST_PATTERN = 10  # lines before that is believed
_FILLED_LINE = re.compile(r"\n[ \t]*[^\s]")
_PARAGRAPH = re.compile(r"\n[ \t]*\n[ \t]*[^\s]")
_SPEECH_ENDS = tuple(".?!…”’\"')]»*\\")


class Dialogue:
    """The lines of a text that begin with a label, and what they tell together."""

    def __init__(self, text: str, lines: Sequence[Line], *, headings: int) -> None:
        self.text = text
        self.lines = lines
        self.headings = headings
        self.counts = Counter([line.label.key for line in lines])
        spellings = {line.label.written: line.label for line in lines}  # of several the best counts, so it comes last
        self.labels = {label.key: label for label in sorted(spellings.values(), key=lambda label: label.grade)}

    def sure(self) -> set[str]:
        """The labels that are certainly speakers: stamped or repeating ones, and generic ones beside them."""
        times = self._stamped()
        core = times | self._repeating()
        if not core:
            return set()
        generic = {key for key, label in self.labels.items() if label.generic and label.grade == NAME}
        chosen = {key for key in core | generic if key in generic or key in times or self.opens_paragraphs(key)}
        known = any(self.labels[key].known or key in times for key in core)
        if not self._carves(chosen, known=known):
            return times
        return chosen | self._mates(chosen)

    def likely(self) -> set[str]:
        """All plausible labels, also those that stand once, unless they are lost in a long text."""
        sure = self.sure()
        names = {key for key, label in self.labels.items() if label.grade == NAME}
        chosen = sure | {key for key in names if key in sure or self.opens_paragraphs(key)}
        known = any(label.known for label in self.labels.values()) or any(line.stamp for line in self.lines)
        known = known or self._starts_at_once(chosen)
        return chosen if known or len(self.text) <= self.times(chosen) * _GAP_ASKED else sure

    def _starts_at_once(self, chosen: set[str]) -> bool:
        """Whether the first of the labels stands at the top, below no more than a title."""
        return any(line.label.key in chosen for line in self.lines if line.start <= _LONGEST_TITLE)

    def columns(self) -> set[str]:
        """The labels of a text laid out in two columns: names that repeat and begin most of its lines."""
        repeating = {key for key in self._repeating() if self.labels[key].grade == NAME}
        least = _LEAST_SHARE if any(self.labels[key].known for key in repeating) else 0.5
        if len(repeating) < 2 or self.share * self.times(repeating) < least * len(self.lines):
            return set()
        return repeating | {key for key, label in self.labels.items() if label.generic}

    def times(self, keys: Iterable[str]) -> int:
        """How many lines the labels begin together."""
        return sum(self.counts[key] for key in keys)

    def opens_paragraphs(self, key: str) -> bool:
        """Whether a label mostly stands where a paragraph or sentence begins; in broken prose it does not."""
        return self.share >= 0.5 or self._openings[key] * 5 >= self.counts[key] * 4

    @cached_property
    def share(self) -> float:
        """Which part of the lines with text, from the first label on, begins with a label."""
        return len(self.lines) / self._number(_FILLED_LINE) if self.lines else 0.0

    def _number(self, beginning: re.Pattern[str]) -> int:
        """How many lines or paragraphs there are from the first label on."""
        return 1 + sum(1 for _ in beginning.finditer(self.text, self.lines[0].start))

    @cached_property
    def _openings(self) -> Counter[str]:
        """How often each label stands behind an empty line, a sentence's end or another labelled line."""
        starts = {line.start for line in self.lines}
        openings: Counter[str] = Counter()
        for line in self.lines:
            above = self.text.rfind("\n", 0, max(line.start - 1, 0)) + 1
            before = self.text[above : line.start].strip()
            openings[line.label.key] += not before or above in starts or before.endswith(_SPEECH_ENDS)
        return openings

    def _repeating(self) -> set[str]:
        """Labels that stand twice, and those of a pattern like `sp0321m` of which enough others stand twice.

        Weak ones must fill the text: `karim:` looks like any key in a list of settings.
        """
        repeating = {
            key
            for key, label in self.labels.items()
            if self.counts[key] > 1 and label.grade != BOLD
            if label.grade == NAME or (self.counts[key] > 2 and self.share >= 0.8)
        }
        shapes = Counter(label.shape for label in self.labels.values())
        twice = Counter(self.labels[key].shape for key in repeating)
        patterns = {shape for shape in twice if shape and shapes[shape] >= 3 and twice[shape] * 4 >= shapes[shape]}
        repeating |= {key for key, label in self.labels.items() if label.shape in patterns}
        return repeating | self._functions(repeating)

    def _functions(self, others: set[str]) -> set[str]:
        """Words in bold (`**Programme officer:**`) that stand three times, take turns with others, and speak.

        The same words head the entries of a form, which are no sentences, and go on without anybody's answer.
        """
        least = 3
        keys = {key for key, label in self.labels.items() if label.grade == BOLD and self.counts[key] >= least}
        talking = keys | others
        lines = [line for line in self.lines if line.label.key in talking]
        meets: dict[str, set[str]] = {key: set() for key in keys}
        for line, following in pairwise(lines):
            for one, other in ((line, following), (following, line)):
                if one.label.key in keys and other.label.key in others:
                    meets[one.label.key].add(other.label.key)
        return {key for key in keys if meets[key] and self.opens_paragraphs(key) and self._speaks(key, lines)}

    def _speaks(self, key: str, lines: Sequence[Line]) -> bool:
        """Whether most of what stands behind a label are sentences: they end like one."""
        ends = [line.start for line in lines[1:]] + [len(self.text)]
        said = [
            self.text[line.head : end].rstrip() for line, end in zip(lines, ends, strict=True) if line.label.key == key
        ]
        return sum(words.endswith(_SPEECH_ENDS) for words in said) * 4 >= len(said) * 3

    def _stamped(self) -> set[str]:
        """Labels beside a time; a bare `09:30` counts only where such labels repeat: programmes have them."""
        stamped = [line for line in self.lines if line.stamp]
        certain = {line.label.key for line in stamped if is_certain(line)}
        bare = Counter([line.label.key for line in stamped if not is_certain(line)])
        return certain.union(bare) if max(bare.values(), default=0) > 1 else certain

    def _carves(self, chosen: set[str], *, known: bool) -> bool:
        """Whether the chosen labels cut the text into turns: often enough, and taking turns."""
        keys = [line.label.key for line in self.lines if line.label.key in chosen]
        if not keys or len(self.text) > len(keys) * (_GAP_KNOWN if known else _GAP_NAMES):
            return False
        if known or self.headings * 2 > len(keys):
            return known  # names between many headings are entries of a form
        if self.share >= 0.5:
            return True
        changes = sum(key != following for key, following in pairwise(keys))
        dense = self.share >= _LEAST_SHARE or len(keys) >= _LEAST_SHARE * self._number(_PARAGRAPH)
        return dense and len(keys) > 2 and changes * 3 >= len(keys) - 1

    def _mates(self, chosen: set[str]) -> set[str]:
        """Labels that stand once where every line has a label and most labels stand once (a debate)."""
        once = {key for key, label in self.labels.items() if label.grade == NAME} - chosen
        repeating = sum(self.counts[key] > 1 for key in chosen)
        few = repeating < 2 or len(once) <= len(chosen) or len(self.lines) < _LEAST_PATTERN
        return set() if few or self.share < _FULL_SHARE else once
