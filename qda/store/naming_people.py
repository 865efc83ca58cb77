"""Which words name somebody in a study: those of its names that are not its words for roles, groups and codes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from qda.model.folding import fold
from qda.model.naming import common_words, telling
from qda.model.role_words import ROLES

if TYPE_CHECKING:
    from collections.abc import Iterable

    from qda.store.study import Study

_LETTERS = re.compile(r"[^\W\d_]+")
_SHARED = "SELECT value FROM live_value GROUP BY attribute, value HAVING count(DISTINCT target) > 1"


def plain_words(study: Study) -> frozenset[str]:
    """The words of roles, kinds, codes, and of values that two persons or sources have: no names in descriptions."""
    said = [
        word
        for query in (
            "SELECT role FROM live_person",
            "SELECT kind FROM live_case",
            "SELECT kind FROM live_source",
            _SHARED,
        )
        for (word,) in study.database.rows(query)
        if word
    ]
    said += [code.entry.name for code in study.codebook.tree().codes]
    return frozenset(_LETTERS.findall(fold(" ".join(map(str, said))).text))


def wanted_words(
    study: Study, names: Iterable[str], titles: Iterable[str] = ()
) -> tuple[frozenset[str], frozenset[str]]:
    """The words that are looked for where somebody must not be named, and those of them that are ordinary words too.

    Args:
        study: The study, seen as it is.
        names: Names of people.
        titles: Names of other things, which are looked for as a whole, as are those of people.
    """
    names, titles = list(names), list(titles)
    plain = plain_words(study)
    found = [telling(name, plain) for name in names]
    anywhere = frozenset().union(*(one.anywhere for one in found))
    doubtful = frozenset().union(*(one.doubtful for one in found)) - anywhere
    doubtful |= {word for title in titles if (word := _name_in(title, plain))} - anywhere
    whole = {words for name in (*names, *titles) if (words := _whole(name))}
    ordinary = common_words(anywhere, (text for _, text in study.counts.texts()))
    return anywhere | doubtful | whole, ordinary | doubtful


def _name_in(title: str, plain: frozenset[str]) -> str:
    """The name that a title may be made of: its only word but for roles, with a capital (`Interview Halima 2`)."""
    words = telling(title, plain).anywhere
    capital = {fold(word).text for word in _LETTERS.findall(title) if word.istitle()}
    return next(iter(words)) if len(words) == 1 and words <= capital else ""


def _whole(name: str) -> str:
    """A name of several parts as a whole, but for one that only says a role: `no_official`, and not `Returnee A`."""
    folded = fold(name).text
    words = _LETTERS.findall(folded)
    parts = len(re.findall(r"[^\W_]+", folded))
    told = parts > 1 and (" " not in folded or any(len(word) > 2 and word not in ROLES for word in words))
    return folded if told else ""
