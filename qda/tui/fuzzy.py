"""Finding codes by a few letters: in names, paths, labels and aliases, the best first."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

    from qda.model.tree import Code

EXACT, START, WORD, INSIDE, LETTERS = range(5)


class Found(NamedTuple):
    """A code that fits what was typed, and the alias or label by which it does where that is not its name.

    It fits loosely where the letters only occur in their order, not side by side.
    """

    code: Code
    by: str
    loose: bool


class Finder:
    """All codes of a codebook, prepared so that each key typed costs little."""

    def __init__(self, codes: Iterable[Code]) -> None:
        self._known = [(code, [(folded(word), word, at) for at, word in enumerate(_words(code))]) for code in codes]

    def find(self, typed: str, first: Iterable[int] = ()) -> list[Found]:
        """The codes that fit, the best first; among equals those in `first` (keys), in its order, then the codebook's.

        Where nothing is typed all fit alike.

        Typed words may stand in any order, and letters may be left out.
        """
        order = {key: place for place, key in enumerate(first)}
        wanted = folded(typed).split()
        scored = []
        for number, (code, words) in enumerate(self._known):
            best = min(
                ((score, at, word) for text, word, at in words if (score := _score(text, wanted)) is not None),
                default=None,
            )
            if best is not None:
                score, at, word = best
                scored.append((score, order.get(code.key, len(order)), at > 1, number, code, word if at > 1 else ""))
        scored.sort(key=lambda row: row[:4])
        return [Found(code, by, score[0] == LETTERS) for score, *_, code, by in scored]


def folded(text: str) -> str:
    """A text as it is compared: without case and accents."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    return "".join(sign for sign in plain if not unicodedata.combining(sign)).strip()


def _words(code: Code) -> list[str]:
    return [code.entry.name, code.path, *code.entry.aliases, *code.entry.labels.values()]


def _score(text: str, wanted: list[str]) -> tuple[int, int] | None:
    """How well a text fits: the kind of fit of its worst word, then its length; None where it does not."""
    worst = EXACT if [text] == wanted or not wanted else START
    for word in wanted:
        if text.startswith(word):
            continue
        at = text.find(word)
        if at > 0:
            worst = max(worst, INSIDE if text[at - 1].isalnum() else WORD)
        elif _in_order(text, word):
            worst = LETTERS
        else:
            return None
    return worst, len(text) if wanted else 0


def _in_order(text: str, letters: str) -> bool:
    """Whether letters occur in a text in their order."""
    at = 0
    for letter in letters:
        at = text.find(letter, at) + 1
        if not at:
            return False
    return True
