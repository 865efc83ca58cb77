"""Words by their lemma, so that `dwingen` finds `gedwongen`; works offline, without a model to download."""

from __future__ import annotations

import re
from functools import lru_cache

_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
LANGUAGES = ("en", "nl", "nb")
_ALIASES = {"no": "nb", "nn": "nn", "nb": "nb"}


def lemma_language(language: str) -> tuple[str, ...]:
    """The languages to look lemmas up in: a source's own, or the study's three where that is not said."""
    code = language.lower().split("-")[0]
    code = _ALIASES.get(code, code)
    return (code,) if code else LANGUAGES


def has_lemmas(language: str) -> bool:
    """Whether lemmas are known for a source's language; they are where none is said."""
    try:
        lemma("a", lemma_language(language))
    except ValueError:
        return False
    return True


@lru_cache(maxsize=200_000)
def lemma(word: str, languages: tuple[str, ...]) -> str:
    """The lemma of a word; separable verbs are written together (`terug_keren` is `terugkeren`).

    Raises:
        ValueError: There are no lemmas for the language.
    """
    from simplemma import lemmatize

    return str(lemmatize(word, lang=languages)).replace("_", "").casefold()


def find_lemmas(text: str, query: str, language: str) -> list[tuple[int, int]]:
    """Where the words of a query stand in any of their forms, one after another."""
    languages = lemma_language(language)
    wanted = [_forms(word, languages) for word in _WORD.findall(query)]
    words = [(found.start(), found.end(), found.group()) for found in _WORD.finditer(text)]
    if not wanted:
        return []
    spans = []
    for place in range(len(words) - len(wanted) + 1):
        part = words[place : place + len(wanted)]
        if all(_forms(word, languages) & forms for (_, _, word), forms in zip(part, wanted, strict=True)):
            spans.append((part[0][0], part[-1][1]))
    return spans


@lru_cache(maxsize=200_000)
def _forms(word: str, languages: tuple[str, ...]) -> frozenset[str]:
    """The word itself and its lemmas, in each language by itself."""
    return frozenset({word.casefold(), *(lemma(word, (language,)) for language in languages)})
