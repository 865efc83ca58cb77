"""Names of people in what goes out: which words of a name give somebody away, and where they stand among others."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from qda.model.folding import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_LEAST = WITHHELD_RUN = 3
_LETTERS = re.compile(r"[^\W\d_]+")
_WORD = re.compile(r"[^\W\d]\w*")
_AROUND = 4
"""How many words on either side say where a name stands."""

# Parts of many names, titles, and what people are called in transcripts: no names.
_COMMON = frozenset(
    [
        "van",
        "der",
        "den",
        "het",
        "vom",
        "von",
        "zum",
        "zur",
        "ten",
        "ter",
        "les",
        "des",
        "das",
        "dos",
        "del",
        "della",
        "bin",
        "ibn",
        "bint",
        "abu",
        "ben",
        "prof",
        "drs",
        "irs",
        "ing",
        "mrs",
        "phd",
        "interviewer",
        "interviewers",
        "interviewee",
        "respondent",
        "respondents",
        "informant",
        "interpreter",
        "translator",
        "moderator",
        "facilitator",
        "researcher",
        "participant",
        "speaker",
        "other",
        "person",
        "interview",
        "interviews",
        "transcript",
        "document",
        "notes",
        "group",
        "focus",
        "onderzoeker",
        "vragensteller",
        "gespreksleider",
        "tolk",
        "deelnemer",
        "spreker",
        "persoon",
        "onbekend",
        "unknown",
        "intervjuer",
        "tolken",
        "deltaker",
        "informanten",
        "man",
        "woman",
        "vrouw",
        "coder",
        "coders",
    ]
)


class Found(NamedTuple):
    """A name in a text: the word that was looked for, and the words before and behind it, folded."""

    name: str
    before: str
    behind: str

    @property
    def words(self) -> str:
        """The name among the words around it."""
        return " ".join(part for part in (self.before, self.name, self.behind) if part)


def needles(names: Iterable[str]) -> frozenset[str]:
    """The words of names by which somebody is known, folded: of three letters or more, and no title or role.

    Both parts of a double name are among them, and the whole without its hyphen, as it stands where a line was broken
    there. A name that has no such word is looked for as a whole.
    """
    found: set[str] = set()
    for name in names:
        folded = fold(name).text
        own = {word for word in _LETTERS.findall(folded) if len(word) >= _LEAST} - _COMMON
        own |= {whole.replace("-", "") for whole in re.findall(r"[^\W\d_]{2,}(?:-[^\W\d_]{2,})+", folded)}
        if not own and len(folded) >= _LEAST and " " in folded and not _COMMON.intersection(folded.split()):
            own = {folded}
        found |= own
    return frozenset(found)


class Names:
    """Names that are looked for in texts, all in one pass; case, accents and broken lines are seen through."""

    def __init__(self, wanted: Iterable[str], common: Iterable[str] = ()) -> None:
        """Take the names.

        Args:
            wanted: Folded words, as `needles` gives them.
            common: Those of them that are words of the language too: they count with a capital within a sentence.
        """
        listed = sorted(wanted, key=lambda word: (-len(word), word))
        words = "|".join(map(re.escape, listed))
        self._common = frozenset(common)
        self._pattern = re.compile(rf"(?<![^\W_])(?:{words})(?=s?(?![^\W_]))") if listed else None

    def find(self, text: str) -> Iterator[Found]:
        """Every place of a name, in order, each with the words around it."""
        if self._pattern is None:
            return
        folded = fold(text)
        for hit in self._pattern.finditer(folded.text):
            if hit[0] in self._common and not _stands_out(text, folded.original(hit.start())):
                continue
            before = _WORD.findall(folded.text[max(0, hit.start() - 160) : hit.start()])[-_AROUND:]
            behind = _WORD.findall(folded.text[hit.end() : hit.end() + 160])[:_AROUND]
            yield Found(hit[0], " ".join(before), " ".join(behind))


def _stands_out(text: str, place: int) -> bool:
    """Whether a word has a capital where a sentence gives it none."""
    before = text[max(0, place - 3) : place].rstrip()[-1:]
    return text[place].isupper() and (before.isalpha() or before == ",") and not text[place : place + 2].isupper()


def common_words(wanted: Iterable[str], texts: Iterable[str]) -> frozenset[str]:
    """Those of some folded words that texts write without a capital more often than with one.

    A text that hardly has capitals, as a machine writes down what it hears, says nothing of that.
    """
    listed = sorted(wanted)
    if not listed:
        return frozenset()
    pattern = re.compile(rf"(?<![^\W\d_])(?:{'|'.join(map(re.escape, listed))})(?![^\W\d_])", re.IGNORECASE)
    small: Counter[str] = Counter()
    for text in texts:
        if sum(map(str.isupper, text[:4000])) * 200 < min(len(text), 4000):
            continue
        for hit in pattern.finditer(text):
            small[hit[0].casefold()] += -1 if hit[0][0].isupper() else 1
    return frozenset(word for word, number in small.items() if number > 0)


def is_same_place(found: Found, words: str) -> bool:
    """Whether a name stands where a decision says: among the same words before it, or the same behind it.

    Without words it is anywhere. In two forms of a report other words can stand on one side: those of the next cell.
    """
    if not words:
        return True
    said = " ".join(_WORD.findall(fold(words).text))
    before, _, behind = f" {said} ".partition(f" {found.name} ")
    before, behind = before.strip(), behind.strip()
    same = (before == found.before, behind == found.behind)
    enough = (before.count(" ") == _AROUND - 1, behind.count(" ") == _AROUND - 1)
    return all(same) or any(one and much for one, much in zip(same, enough, strict=True))


def runs(text: str, size: int = 6) -> Iterator[str]:
    """Every run of so many words of a text, folded; of a shorter text all of its words, where there are three."""
    words = _WORD.findall(fold(text).text)
    if len(words) < size:
        if len(words) >= _LEAST:
            yield " ".join(words)
        return
    for start in range(len(words) - size + 1):
        yield " ".join(words[start : start + size])
