"""Names of people in what goes out: which words of a name give somebody away, and where they stand among others."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from qda.model.folding import fold
from qda.model.name_pattern import name_pattern, without_accents
from qda.model.role_words import AMONG_NAMES, BEFORE_PLACES, ROLES

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

_LEAST = WITHHELD_RUN = 3
_LETTERS = re.compile(r"[^\W\d_]+")
_WORD = re.compile(r"[^\W\d]\w*")
_BROKEN = re.compile(r"([^\W\d_]+)(?:-[\s>]+|[\u200b-\u200f\u2010\u2011\u2060\ufeff]+)([^\W\d_]+)")
_AROUND = 4
"""How many words on either side say where a name stands."""
_ORDINARY, _OFTENER = 3, 4
_RARE, _SHORT = 4, 60
_SPACELESS = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff"
"""Signs of scripts that are written without spaces: Thai, Lao, Burmese, Khmer, Japanese, Chinese."""
_PIECE = re.compile(rf"[{_SPACELESS}]|[^\W{_SPACELESS}]+")


class Found(NamedTuple):
    """A name in a text: the word that was looked for, the words before and behind it, folded, and its place."""

    name: str
    before: str
    behind: str
    start: int = 0
    end: int = 0

    @property
    def words(self) -> str:
        """The name among the words around it."""
        return " ".join(part for part in (self.before, self.name, self.behind) if part)


class Telling(NamedTuple):
    """The words of a name, folded, by which somebody is known: anywhere, or only with a capital in a sentence."""

    anywhere: frozenset[str]
    doubtful: frozenset[str]


def telling(name: str, plain: Collection[str] = ()) -> Telling:
    """The words of a name by which somebody is known: of three letters or more, and no title or role.

    Both parts of a double name are among them, the whole without its hyphen, as it stands where a line was broken
    there, and first and last name written together, as in addresses. A name that has no such word is looked for as a
    whole. Words of two letters, and those that are a role too (`Anna Field`) or part of many names (`Ben`), are
    doubtful. A name with a role in it (`Dutch liaison officer`) describes somebody: the words of `plain` are no names
    then, nor is a place behind the role (`man in Oslo`).
    """
    folded = fold(name).text
    every = _LETTERS.findall(folded)
    describes = bool(ROLES.intersection(every))
    own = [word for word in _without_place(every) if not (describes and word in plain)]
    words = {word for word in own if len(word) >= _least(word)} - ROLES - AMONG_NAMES
    found = words | {whole.replace("-", "") for whole in re.findall(r"[^\W\d_]{2,}(?:-[^\W\d_]{2,})+", folded)}
    if words and not describes and len(every) > 1 and folded[0].isalpha():
        found |= {every[0] + every[-1], every[0][0] + every[-1]} if every[-1] in words else set()
    if not found and len(folded) >= _LEAST and " " in folded and not describes and not AMONG_NAMES.intersection(every):
        found = {folded}
    return Telling(frozenset(found), frozenset(_doubtful(every, found, describes=describes) - found))


def _doubtful(every: list[str], found: set[str], *, describes: bool) -> set[str]:
    """The words of a name that are words of other kinds too."""
    if not every:
        return set()
    first = next((at for at, word in enumerate(every) if word in found), len(every))
    doubtful = {word for word in every[first:] if word in ROLES and len(word) >= _LEAST}
    if not describes:
        doubtful |= {word for word in every if len(word) == _LEAST - 1} - AMONG_NAMES
        doubtful |= AMONG_NAMES.intersection(every[:1])
    return doubtful


def _least(word: str) -> int:
    return _LEAST if word[0].upper() != word[0] or "\u0590" <= word[0] < "\u0700" else _LEAST - 1


def _without_place(words: list[str]) -> list[str]:
    """The words of a name without the place behind a role."""
    for at, word in enumerate(words[1:], start=1):
        if word in BEFORE_PLACES and ROLES.issuperset(words[:at]):
            return words[:at]
    return words


def needles(names: Iterable[str], plain: Collection[str] = ()) -> frozenset[str]:
    """The words of names by which somebody is known, wherever they stand (`telling`)."""
    return frozenset(word for name in names for word in telling(name, plain).anywhere)


class Names:
    """Names that are looked for in texts, all in one pass; case, accents and broken lines are seen through."""

    def __init__(self, wanted: Iterable[str], common: Iterable[str] = ()) -> None:
        """Take the names.

        Args:
            wanted: Folded words, as `telling` gives them.
            common: Those of them that are words of the language too: they count with a capital within a sentence.
        """
        self._common = frozenset(map(without_accents, common))
        self._pattern = name_pattern({*map(without_accents, wanted), *self._common})

    def find(self, text: str) -> Iterator[Found]:
        """Every place of a name, in order, each with the words around it; then those that a hyphen breaks."""
        if self._pattern is None:
            return
        folded = fold(text)
        bare = without_accents(folded.text)
        for hit in self._pattern.finditer(bare):
            place = folded.original(hit.start())
            if hit[0] not in self._common or _stands_out(text, place):
                end = folded.original(hit.end() - 1) + 1
                yield _found(folded.text, folded.text[hit.start() : hit.end()], hit.span(), (place, end))
        for hit in _BROKEN.finditer(bare):
            whole, place = hit[1] + hit[2], folded.original(hit.start())
            name = self._pattern.match(whole)
            if name and name.end() > len(hit[1]) and (name[0] not in self._common or _stands_out(text, place)):
                yield _found(folded.text, name[0], hit.span(), (place, folded.original(hit.end() - 1) + 1))


def _found(text: str, name: str, span: tuple[int, int], place: tuple[int, int]) -> Found:
    before = _WORD.findall(text[max(0, span[0] - 160) : span[0]])[-_AROUND:]
    behind = _WORD.findall(text[span[1] : span[1] + 160])[:_AROUND]
    return Found(name, " ".join(before), " ".join(behind), *place)


def _stands_out(text: str, place: int) -> bool:
    """Whether a word has a capital where a sentence gives it none."""
    before = text[max(0, place - 3) : place].rstrip()[-1:]
    return text[place].isupper() and (before.isalpha() or before == ",") and not text[place : place + 2].isupper()


def common_words(wanted: Iterable[str], texts: Iterable[str]) -> frozenset[str]:
    """Those of some folded words that texts use without a capital too: three times, and far oftener than as names.

    A text that hardly has capitals, as a machine writes down what it hears, says nothing of that; nor does a word of
    a script that has none. Capitals count within sentences, for others say nothing either.
    """
    listed = sorted(word for word in wanted if word != word.upper())
    if not listed:
        return frozenset()
    pattern = re.compile(rf"(?<![^\W\d_])(?:{'|'.join(map(re.escape, listed))})(?![^\W\d_])", re.IGNORECASE)
    small: Counter[str] = Counter()
    named: Counter[str] = Counter()
    for text in texts:
        if sum(map(str.isupper, text[:4000])) * 200 < min(len(text), 4000):
            continue
        for hit in pattern.finditer(text):
            word = hit[0].casefold()
            small[word] += hit[0].islower()
            named[word] += _stands_out(text, hit.start())
    return frozenset(word for word, times in small.items() if times >= max(_ORDINARY, _OFTENER * named[word]))


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


def words_of(text: str) -> list[str]:
    """The words of a text, folded; in scripts without spaces each sign is one."""
    return _PIECE.findall(fold(text).text)


def runs(text: str, size: int = 6) -> Iterator[str]:
    """Every run of so many words of a text, folded; of a shorter text all of its words, where there are three."""
    words = words_of(text)
    if len(words) < size:
        if len(words) >= _LEAST:
            yield " ".join(words)
        return
    for start in range(len(words) - size + 1):
        yield " ".join(words[start : start + size])


def rare_runs(secret: Iterable[str], texts: Iterable[str]) -> frozenset[str]:
    """The runs of four words of short stretches that stand nowhere in some texts, and the whole of shorter stretches.

    Args:
        secret: Words that are withheld, in stretches; long ones are left out.
        texts: What is not withheld.
    """
    wanted: set[str] = set()
    for words in map(words_of, secret):
        if words and len(words) <= _SHORT:
            size = min(_RARE, len(words))
            wanted |= {" ".join(words[start : start + size]) for start in range(len(words) - size + 1)}
    sizes = {run.count(" ") + 1 for run in wanted}
    for text in texts if wanted else ():
        words = words_of(text)
        for size in sizes:
            wanted.difference_update(map(" ".join, zip(*(words[at:] for at in range(size)), strict=False)))
    return frozenset(wanted)
