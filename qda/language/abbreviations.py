"""Whether a full stop belongs to an abbreviation, an initial or a number, by words of the language."""

from __future__ import annotations

import re
from collections import defaultdict
from functools import cache
from pathlib import Path
from typing import NamedTuple

_ALIASES = {"no": "nb", "nno": "nn", "nob": "nb"}
# A source whose language nobody said may be in any of these.
_LIKELY = ("en", "nl", "nb")
# Numbers with a full stop are ordinals here, also before a capital.
_ORDINALS = {"cs", "de", "et", "fi", "hr", "hu", "is", "sk", "sl", "sr"}
_ACRONYM = re.compile(r"(?:\w\.)+\w")
_LISTED = re.compile(r"\d{1,2}(?:\.\d{1,2})*|[A-Za-z]|[IVX]{2,5}|[ivx]{2,5}")
_NUMERAL = re.compile(r"[IVX]{2,}|[B-HJ-TV-Z]")
_LONGEST = 40  # code points: an abbreviation and the word before it
_Section = tuple[tuple[str, ...], dict[str, set[str]]]


class Lexicon(NamedTuple):
    """The words of a language that sentences are told by, folded; `abbreviations.txt` says what each kind means."""

    language: str
    ordinals: bool
    never: frozenset[str]
    ends: frozenset[str]
    perhaps: frozenset[str]
    number: frozenset[str]
    starts: frozenset[str]
    leads: frozenset[str]
    letters: frozenset[str]
    months: frozenset[str]
    says: frozenset[str]

    def often_starts(self, word: str) -> bool:
        """Whether a word with a capital often begins a sentence."""
        return word.casefold().replace("’", "'") in self.starts and not word[0].islower()

    def is_i(self, word: str) -> bool:
        """Whether a word is the English `I`, whose capital says nothing; `I'm` is too."""
        return self.language in {"en", ""} and re.split("['’]", word)[0] == "I"


_KINDS = Lexicon._fields[2:]


class FullStop(NamedTuple):
    """A full stop in a stretch of text, with what it depends on whether a sentence ends there."""

    stretch: str
    first: int  # code points: where the sentence begins
    at: int  # code points: where the full stop is
    after: int  # code points: what follows it and what closes it
    noted: bool  # whether the digits of a footnote stand behind it
    following: str  # the next word
    words: Lexicon

    def goes_on(self) -> bool:
        """Whether the sentence goes on behind the full stop."""
        word = self._word()
        if self.noted and word.isdecimal():
            return len(word) != 4  # a footnote may stand after a year; behind other digits it is a decimal or a time
        if _ACRONYM.fullmatch(word) and word.isupper():
            return not self.words.often_starts(self.following)  # also where `j.l.` in small letters means something
        return self._is_item(word) or self._is_abbreviation(word) or self._is_number_or_initial(word)

    def _word(self) -> str:
        """The word that the stop stands behind, with the stops inside it; nothing after a space."""
        piece = self.stretch[max(self.first, self.at - _LONGEST) : self.at]
        return re.sub(r"^[^\w§]+", "", piece.split()[-1]) if piece and not piece[-1].isspace() else ""

    def _is_abbreviation(self, word: str) -> bool:
        """Whether the word is a known abbreviation behind which the sentence goes on here."""
        folded = (word.lstrip("0123456789") if "." in word else word).casefold()  # 3p.m. is p.m.
        words, number = self.words, self.following[0].isdecimal()
        if folded in words.never:
            return True
        if folded in words.ends:
            return is_small(self.following)
        if folded in words.number and (number or len(word) > 1 or word.islower()):
            return self.noted or number or bool(_NUMERAL.fullmatch(self.following))
        et_al = folded == "al" and words_before(self.stretch, self.first, self.at)[-2] == "et"
        perhaps = et_al or folded in words.perhaps or _ACRONYM.fullmatch(word)
        return bool(perhaps) and not words.often_starts(self.following)

    def _is_number_or_initial(self, word: str) -> bool:
        return self._is_ordinal(word) if word.isdecimal() else len(word) == 1 and self._is_initial(word)

    def _is_item(self, word: str) -> bool:
        """Whether the sentence so far is only the number of an item: `3.`, `a.`, `IV.`."""
        if not _LISTED.fullmatch(word) or self.stretch[self.first : self.at].strip() != word:
            return False
        begun = self.stretch[: self.at - len(word)].rstrip(" \t")
        if not begun or begun[-1] in "\r\n" or not word.isdecimal():
            return True
        return word == "1" or bool(re.search(rf"(?:^|\s){int(word) - 1}[.)]\s", begun))

    def _is_ordinal(self, number: str) -> bool:
        """Whether a number and its full stop are an ordinal or part of a date."""
        if self.following[0].isdecimal():
            parts = (words_before(self.stretch, self.first, self.at)[-2], *self.stretch[self.after :][:8].split()[:1])
            return int(number) <= 31 and any(re.match(r"\d{1,2}\.", part) for part in parts)
        if self.following.casefold() in self.words.months:
            return len(number) <= 2
        return self.words.ordinals and len(number) <= 2 and not self.words.often_starts(self.following)

    def _is_initial(self, letter: str) -> bool:
        """Whether one letter and its full stop are an initial; `plan B.` and the English `I` are none."""
        if not letter.isalpha() or letter.islower() or self.following[0].isdecimal() or self.words.is_i(letter):
            return False
        known = self.words.often_starts(self.following)
        before = words_before(self.stretch, self.first, self.at)[-2]
        return not letter.isupper() or not (known or before in self.words.letters)


def words_before(stretch: str, first: int, at: int) -> list[str]:
    """The last words of a sentence before a place, folded; at least two, which may be empty."""
    parts = stretch[max(first, at - _LONGEST) : at].casefold().split()
    return ["", "", *(part.lstrip("(\"'“‘«[") for part in parts)]


def is_small(word: str) -> bool:
    """Whether a word begins with a small letter that a sentence does not begin with; `iPhone` does not."""
    georgian = "ა" <= word[0] <= "ჿ"  # small by Unicode, but written without capitals
    return (word[0].islower() and not georgian and not any(map(str.isupper, word[1:3]))) or word[0] == "_"


@cache
def lexicon(language: str) -> Lexicon:
    """The words for a language by its code; general ones where there are none of its own."""
    code = language.lower().replace("_", "-").split("-")[0]
    code = _ALIASES.get(code, code)
    names = (code,) if code else _LIKELY
    found = {kind: frozenset[str]().union(*(_words(name, kind) for name in names)) for kind in _KINDS}
    return Lexicon(code, code in _ORDINALS, **found)


def _words(name: str, kind: str) -> set[str]:
    """The words of one kind, with those of the sections it takes up."""
    bases, kinds = _sections().get(name) or _sections()["general"]
    return kinds.get(kind, set()).union(*(_words(base, kind) for base in bases))


@cache
def _sections() -> dict[str, _Section]:
    """The file by its sections: which others each takes up, and its words by kind."""
    text = Path(__file__).with_name("abbreviations.txt").read_text(encoding="utf-8")
    sections: dict[str, _Section] = {}
    kinds: defaultdict[str, set[str]] = defaultdict(set)
    for line in text.splitlines():
        if line.startswith("["):
            name, _, bases = line[1:].partition("]")
            kinds = defaultdict(set)
            sections[name] = (tuple(bases.split()), kinds)
        elif line and not line.startswith("#"):
            kind, _, words = line.partition(":")
            kinds[kind].update(words.split())
    return sections
