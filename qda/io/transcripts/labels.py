"""What a speaker's label is by its form: a name, a generic word, or no label at all."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from qda.io.transcripts.roles import KNOWN_STEMS, NUMBER, fold_label, generic_stem
from qda.io.transcripts.vocabulary import ABBREVIATIONS, COUNTRIES, NEVER, OPENERS, PARTICLES

_LONGEST = 40
_MOST_WORDS = 5
_CODE_WORD = re.compile(r"\(?[^\W_]*\d[^\W_]*(?:-[^\W_]+)*\)?")
_SERIAL = re.compile(r"\d+(?:[^\W\d_]$)?")
_ASIDE = re.compile(r"\s*\([^()\s]*(?:\s[^()\s]*){0,2}\)$")


_AROUND = " \t_\xa0\u202f\u200e\u200f\u061c\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff"

HEADING, SENTENCE, WEAK, BOLD, NAME = range(5)


class Label(NamedTuple):
    """A label judged by its form; a plain tuple because each file asks for it thousands of times.

    `written` is the label without space, underscores and direction marks around it; `key` is the same for
    spellings that differ only in case and space. `grade` is how much the form alone says: `NAME` looks like
    a speaker, `WEAK` may be one if it repeats, `BOLD` words (`**Programme officer:**`) if they also talk with
    others, `SENTENCE` and `HEADING` are none. `known` labels are
    words for speakers that head nothing else. `shape` is the key with its number as one sign, so that
    `sp01m` and `sp02f` are seen as one pattern.
    """

    written: str
    key: str
    grade: int
    generic: bool
    known: bool
    shape: str


@lru_cache(maxsize=8192)
def judge(label: str) -> Label:
    """Judge a label by its form."""
    written = label.strip(_AROUND)
    key = fold_label(written)
    stem = generic_stem(written)
    shape = _SERIAL.sub("0", key)
    grade = _grade(written, key, generic=stem != "")
    return Label(written, key, grade, stem != "", stem in KNOWN_STEMS, shape if "0" in shape else "")


def in_bold(label: Label) -> Label:
    """A label that stands in bold: words that are no name may be somebody's function there."""
    first, *more = _ASIDE.sub("", label.written).casefold().split() or [""]
    if label.grade != SENTENCE or not more or len(more) >= _MOST_WORDS or len(label.written) > _LONGEST:
        return label
    if label.written[0].islower() or first in OPENERS or more[-1] in NEVER or more[-1] in COUNTRIES:
        return label
    return label._replace(grade=BOLD)


def _grade(label: str, key: str, *, generic: bool) -> int:
    words = _ASIDE.sub("", label).split()
    if _is_heading(key):
        return HEADING
    if not words or len(label) > _LONGEST or len(words) > _MOST_WORDS:
        return SENTENCE
    if generic:
        return NAME if label != key or len(key) > 1 or not key.isascii() else WEAK
    if _is_name(words):
        return NAME
    return WEAK if len(words) == 1 and key.isalpha() and not _is_particle(key) else SENTENCE


def _is_heading(key: str) -> bool:
    """Whether the label is a known heading, alone or with a number: `Note`, `Table 2`, `Figure XX`."""
    first, *rest = key.rstrip(".").split() or [""]
    first = first.rstrip(".")
    if first not in NEVER and first not in COUNTRIES:
        return False
    return all(NUMBER.fullmatch(word.rstrip(".")) for word in rest) or first in {"source", "sources", "bron"}


def _is_name(words: list[str]) -> bool:
    """Whether every word could stand in a name or code: capital, no-capitals script, digit, `van`."""
    if len(words) > 1 and words[0].casefold() in OPENERS and not _is_particle(words[0]):
        return False
    return all(_is_name_word(word) for word in words) and not all(_is_particle(word) for word in words)


def _is_particle(word: str) -> bool:
    return word.casefold().replace("’", "'") in PARTICLES


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
