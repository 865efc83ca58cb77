"""The roles that labels speak of, and which labels are generic: local to their source."""

from __future__ import annotations

import re
import unicodedata

from qda.io.transcripts.vocabulary import ARTICLES
from qda.model.role_words import INTERPRETER, INTERVIEWER, RESPONDENT

_ROLES = INTERVIEWER | INTERPRETER | RESPONDENT
# Of the letters only these head nothing else; others also number the options of a list.
KNOWN_STEMS = {word for word in _ROLES if len(word) > 1} | {"i", "r", "q"}
NUMBER = re.compile(r"(?:nr\.?|no\.?)?\d+(?:\.\d+)*[a-z]?|[ivxl]+|.", re.DOTALL)
_CODE = re.compile(r"([^\W\d_]+)\d+")
_DIGITS = re.compile(r"\d+")


def fold_label(label: str) -> str:
    """The label as it is counted: case, runs of space and composition of accents do not matter."""
    return " ".join(unicodedata.normalize("NFC", label).casefold().split())


def is_generic(label: str) -> bool:
    """Whether a label only says a role or number (`I`, `R1`, `Speaker 1`), so is local to its source."""
    return generic_stem(label) != ""


def generic_stem(label: str) -> str:
    """The word or letter of a generic label without its number; nothing for other labels."""
    words = _words(label)
    if len(words) > 1 and NUMBER.fullmatch(words[-1]):
        words.pop()
    if len(words) != 1:
        return words[0] if words and all(word in _ROLES for word in words) else ""
    code = _CODE.fullmatch(words[0])
    stem = code[1] if code else words[0]
    letter = len(stem) == 1 and stem.isalpha()
    return stem if letter or stem in _ROLES or (code and len(stem) <= 3) else ""


def role_of(label: str) -> str:
    """`interviewer`, `interpreter` or `respondent`, by a label in English, Dutch, Norwegian, Arabic or Sorani."""
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
