"""Clusters written out by hand, with their width and kind: the expectations of the layout's tests."""

from __future__ import annotations

from typing import NamedTuple

from hypothesis import settings
from hypothesis import strategies as st

unhurried = settings(deadline=None)  # the machine may be busy


class Token(NamedTuple):
    text: str
    width: int
    kind: str  # letter, digit, space, dash, ideograph, syllable, opening, closing, other


PLAIN = [
    Token("a", 1, "letter"),
    Token("é", 1, "letter"),
    Token("W", 1, "letter"),
    Token(" ", 1, "space"),
    Token(" ", 1, "space"),
    Token("-", 1, "dash"),
    Token("—", 1, "dash"),
    Token("7", 1, "digit"),
    Token(".", 1, "closing"),
    Token("(", 1, "opening"),
    Token(")", 1, "closing"),
]
RIGHT_TO_LEFT = [
    Token("ש", 1, "letter"),
    Token("ب", 1, "letter"),
    Token("ێ", 1, "letter"),
    Token("٣", 1, "digit"),
]
UNEVEN = [
    Token("\t", 4, "space"),
    Token("e\u0301", 1, "letter"),
    Token("中", 2, "ideograph"),
    Token("か\u3099", 2, "ideograph"),
    Token("👨\u200d👩\u200d👧", 2, "other"),
    Token("👍🏽", 2, "other"),
    Token("🇳🇱", 2, "other"),
    Token("क्षि", 3, "letter"),
    Token("กำ", 2, "letter"),
    Token("한", 2, "syllable"),
    Token("\u1112\u1161\u11ab", 2, "syllable"),
    Token("❤\ufe0f", 1, "other"),
    Token("\u200f", 1, "other"),
    Token("\u0007", 1, "other"),
    Token("بَ", 1, "letter"),
    Token("\u2067", 1, "other"),
    Token("\u2069", 1, "other"),
]
WORDED = {"letter", "digit"}


def sequences(*tokens: Token, longest: int = 60) -> st.SearchStrategy[list[Token]]:
    return st.lists(st.sampled_from(tokens), max_size=longest)


plain = sequences(*PLAIN)
anything = sequences(*PLAIN, *PLAIN, *RIGHT_TO_LEFT, *RIGHT_TO_LEFT, *UNEVEN)
uneven = sequences(*PLAIN, *UNEVEN)


def text_of(tokens: list[Token]) -> str:
    return "".join(token.text for token in tokens)


def edges_of(tokens: list[Token]) -> list[int]:
    """Offsets at which the tokens begin, and the text's length."""
    found = [0]
    for token in tokens:
        found.append(found[-1] + len(token.text))
    return found


def may_begin(tokens: list[Token], at: int) -> bool:
    """Whether a line may begin with a token, by the rules as written in the brief."""
    before, kind = tokens[at - 1].kind, tokens[at].kind
    if kind == "space":
        return False
    if before == "space":
        return True
    if before == "dash":
        return (
            at > 1
            and tokens[at - 2].kind in {"letter", "ideograph", "syllable"}
            and (kind in {"letter", "ideograph", "syllable"})
        )
    if before == "ideograph":
        return kind in {"ideograph", "opening", *WORDED}
    return kind == "ideograph" and before in {"closing", *WORDED}


def naive_wrap(tokens: list[Token], width: int) -> list[int]:
    """Offsets at which lines begin, found token by token."""
    starts, begin, size = [0], 0, len(tokens)
    edges = edges_of(tokens)
    while True:
        used, fits = 0, begin
        while fits < size and used + tokens[fits].width <= width:
            used += tokens[fits].width
            fits += 1
        if fits == size:
            break
        if tokens[fits].kind == "space":
            following = fits
            while following < size and tokens[following].kind == "space":
                following += 1
        else:
            places = [at for at in range(begin + 1, fits + 1) if may_begin(tokens, at)]
            following = places[-1] if places else max(fits, begin + 1)
        if following == size:
            break
        starts.append(edges[following])
        begin = following
    return starts
