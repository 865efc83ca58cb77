"""What a speaker's label is by its form: a name, a generic word, or no label at all."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

from qda.io.transcripts.vocabulary import (
    ABBREVIATIONS,
    ARTICLES,
    COUNTRIES,
    INTERPRETER,
    INTERVIEWER,
    NEVER,
    OPENERS,
    PARTICLES,
    RESPONDENT,
)

_ROLES = INTERVIEWER | INTERPRETER | RESPONDENT
_LONGEST = 40
_MOST_WORDS = 5
_NUMBER = re.compile(r"(?:nr\.?|no\.?)?\d+(?:\.\d+)*[a-z]?|[ivxl]+|.", re.DOTALL)
_CODE = re.compile(r"([^\W\d_]+)\d+")
_CODE_WORD = re.compile(r"\(?[^\W_]*\d[^\W_]*(?:-[^\W_]+)*\)?")
_DIGITS = re.compile(r"\d+")
_SERIAL = re.compile(r"\d+(?:[^\W\d_]$)?")
_ASIDE = re.compile(r"\s*\([^()\s]*(?:\s[^()\s]*){0,2}\)$")

_KNOWN_LETTERS = frozenset(["i", "r", "q"])  # other letters also head the options of a list

NEVER_A_SPEAKER, WEAK, NAME = 0, 1, 2


class Label(NamedTuple):
    """A label judged by its form; a plain tuple because each file asks for it thousands of times.

    `key` is the same for spellings that differ only in case and space. `grade` is how much the form alone
    says: `NAME` looks like a speaker, `WEAK` may be one if it repeats, `NEVER_A_SPEAKER` is known not to be.
    `known` labels are words for speakers that head nothing else. `shape` is the key with its number as one
    sign, so that `sp01m` and `sp02f` are seen as one pattern.
    """

    key: str
    grade: int
    generic: bool
    known: bool
    shape: str


def fold_label(label: str) -> str:
    """The label as it is counted: case, runs of space and composition of accents do not matter."""
    return " ".join(unicodedata.normalize("NFC", label).casefold().split())


@lru_cache(maxsize=8192)
def judge(label: str) -> Label:
    """Judge a label by its form."""
    key = fold_label(label)
    stem = _generic_stem(label)
    known = stem in _ROLES and (len(stem) > 1 or stem in _KNOWN_LETTERS)
    shape = _SERIAL.sub("0", key)
    return Label(
        key, _grade(label, key, generic=stem != ""), stem != "", known, shape if "0" in shape else ""
    )


def is_generic(label: str) -> bool:
    """Whether a label only says a role or number (`I`, `R1`, `Speaker 1`), so is local to its source."""
    return _generic_stem(label) != ""


def _generic_stem(label: str) -> str:
    """The word or letter of a generic label without its number; nothing for other labels."""
    words = _words(label)
    if len(words) > 1 and _NUMBER.fullmatch(words[-1]):
        words.pop()
    if len(words) != 1:
        return words[0] if words and all(word in _ROLES for word in words) else ""
    code = _CODE.fullmatch(words[0])
    stem = code[1] if code else words[0]
    letter = len(stem) == 1 and stem.isalpha()
    return stem if letter or stem in _ROLES or (code and len(stem) <= 3) else ""


def role_of(label: str) -> str:
    """The role in an English, Dutch or Norwegian label: `interviewer`, `interpreter` or `respondent`."""
    words = _words(label)
    stems = {_DIGITS.sub("", word) for word in words}
    if stems & INTERPRETER:
        return "interpreter"
    alone = is_generic(label)  # a lone letter in a name (`Anna I`) is an initial
    if any(stem in INTERVIEWER and (alone or len(stem) > 1) for stem in stems):
        return "interviewer"
    return "respondent"


def _words(label: str) -> list[str]:
    words = re.split(r"[\s_/.()#]+", fold_label(label))
    named = [word for word in words if word and word not in ARTICLES]
    return named if len(named) != 1 or len(named[0]) > 1 else [word for word in words if word]


def _grade(label: str, key: str, *, generic: bool) -> int:
    words = _ASIDE.sub("", label).split()
    if not words or len(label) > _LONGEST or len(words) > _MOST_WORDS or is_heading(key):
        return NEVER_A_SPEAKER
    if generic:
        return NAME if label != key or len(key) > 1 or not key.isascii() else WEAK
    if _is_name(words):
        return NAME
    return WEAK if len(words) == 1 and key.isalpha() else NEVER_A_SPEAKER


def is_heading(label: str) -> bool:
    """Whether the label is a known heading, alone or with a number: `Note`, `Table 2`, `Figure XX`."""
    first, *rest = fold_label(label).rstrip(".").split() or [""]
    first = first.rstrip(".")
    if first not in NEVER and first not in COUNTRIES:
        return False
    return all(_NUMBER.fullmatch(word.rstrip(".")) for word in rest) or first in {"source", "sources", "bron"}


def _is_name(words: list[str]) -> bool:
    """Whether every word could stand in a name or code: capital, no-capitals script, digit, `van`."""
    if len(words) > 1 and words[0].casefold() in OPENERS and not _is_particle(words[0]):
        return False
    return all(_is_name_word(word) for word in words) and not all(_is_particle(word) for word in words)


def _is_particle(word: str) -> bool:
    return word.casefold() in PARTICLES


def _is_name_word(word: str) -> bool:
    letter = word.lstrip("('’\"")[:1]
    if word.endswith(".") and word[:-1].casefold() in ABBREVIATIONS:
        return True
    if _is_particle(word) or _CODE_WORD.fullmatch(word) or word in {"&", "/", "+", "-"}:
        return True
    if not letter or not letter.isalpha() or letter.islower():
        return word.casefold().startswith(("al-", "el-", "d'", "d’", "'t", "’t")) and len(word) > 3
    stem, dot, rest = word.rstrip(")").partition(".")
    return not dot or bool(rest) or len(stem) <= 3
