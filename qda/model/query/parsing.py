"""Reading a query: OR binds least, then AND, NOT, and WITHIN most; brackets go before all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qda.model.query.parts import AnyCode, Both, Code, Condition, Either, Near, Not, Query, QueryError, finds
from qda.model.query.tokens import KEYWORDS, SIGNS, Token, tokens

if TYPE_CHECKING:
    from qda.model.query.parts import Part

LONGEST = 4000
_DEEPEST = 40
_DIGITS = 9
_UNITS = {"turn": True, "turns": True, "character": False, "characters": False}


def parse(text: str) -> Query:
    """What a query says.

    Raises:
        QueryError: It is wrong; the sentence names the place.
    """
    if len(text) > LONGEST:
        raise QueryError(text, (LONGEST, LONGEST), f"it is longer than {LONGEST} characters")
    reader = _Reader(text)
    part = reader.any_of()
    token = reader.token
    if token.kind != "end":
        raise reader.wrong(token, reader.unexpected(token))
    if not finds(part):
        raise QueryError(
            text, part.at, "this only says what must be true of passages; begin with a code, or * for any: * AND …"
        )
    return Query(text, part)


class _Reader:
    """Reads a query from left to right."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._tokens = tokens(text)
        self._place = 0
        self._depth = 0

    @property
    def token(self) -> Token:
        """The word that comes next."""
        return self._tokens[self._place]

    def wrong(self, token: Token, problem: str) -> QueryError:
        """The error that points at a word."""
        return QueryError(self._text, token.at, problem)

    def _next(self) -> Token:
        token = self.token
        self._place += 1
        return token

    def _took(self, *words: str) -> bool:
        """Whether the next word is one of some, which is then read."""
        found = self.token.is_word(*words)
        self._place += found
        return found

    def _need(self, *words: str) -> None:
        """Read words that must come now."""
        for word in words:
            if not self._took(word):
                raise self.wrong(self.token, f"{word} is expected here")

    def unexpected(self, token: Token) -> str:
        """What to say where a query should go on with AND or OR, or end."""
        if token.is_word(")"):
            return "this bracket closes nothing"
        before = self._tokens[self._place - 1]
        for one in (token, before):
            if one.kind == "name" and one.text.upper() in KEYWORDS and one.text not in KEYWORDS:
                return f"'{one.text}' is written {one.text.upper()}, in capitals"
        if token.is_word("NOT"):
            return "this is written AND NOT"
        if token.kind in ("name", "quoted") and token.text not in KEYWORDS:
            return "AND, OR or WITHIN is expected here; a name of several words stands in quotation marks"
        return "AND, OR or WITHIN is expected here"

    def any_of(self) -> Part:
        """`one OR other`."""
        parts = [self._all_of()]
        while self._took("OR"):
            parts.append(self._all_of())
        for part in parts:
            if finds(part) != finds(parts[0]):
                odd = next(one for one in parts if not finds(one))
                problem = (
                    "this is true of passages and finds none, so OR cannot join it to what does; put it behind AND"
                )
                raise QueryError(self._text, odd.at, problem)
        return _joined(Either, parts)

    def _all_of(self) -> Part:
        """`one AND other`."""
        parts = [self._one()]
        while self._took("AND"):
            parts.append(self._one())
        return _joined(Both, parts)

    def _one(self) -> Part:
        """`NOT one`, or what is near something."""
        token = self.token
        if not self._took("NOT"):
            return self._near()
        self._deeper(token)
        part = self._one()
        self._depth -= 1
        return Not(part, (token.start, part.at[1]))

    def _near(self) -> Part:
        """`one WITHIN 2 turns OF other`, `one IN SAME TURN AS other`."""
        part = self._base()
        while self.token.is_word("WITHIN", "IN") or (
            self.token.is_word("NOT") and self._tokens[self._place + 1].is_word("WITHIN", "IN")
        ):
            negated = self._took("NOT")
            most, turns = self._reach()
            other = self._base()
            for one in (part, other):
                if not finds(one):
                    raise QueryError(self._text, one.at, "this finds no passages, so nothing can be near them")
            part = Near(part, other, most, turns, negated, (part.at[0], other.at[1]))
        return part

    def _reach(self) -> tuple[int, bool]:
        """How near: at most so many turns (True) or characters (False)."""
        if self._took("IN"):
            self._need("SAME", "TURN", "AS")
            return 0, True
        self._need("WITHIN")
        number, unit = self._next(), self.token
        if number.kind != "name" or not (number.text.isascii() and number.text.isdecimal()):
            raise self.wrong(number, "a whole number is expected here, as in WITHIN 2 turns OF")
        if len(number.text) > _DIGITS:
            raise self.wrong(number, "this number is too high")
        if unit.kind != "name" or unit.text.lower() not in _UNITS:
            raise self.wrong(unit, "turns or characters is expected here")
        self._next()
        self._need("OF")
        return int(number.text), _UNITS[unit.text.lower()]

    def _base(self) -> Part:
        """A code, a condition, or a query in brackets."""
        token = self._next()
        if token.is_word("("):
            self._deeper(token)
            part = self.any_of()
            if not self.token.is_word(")"):
                problem = "this bracket is not closed" if self.token.kind == "end" else self.unexpected(self.token)
                raise self.wrong(token if self.token.kind == "end" else self.token, problem)
            self._next()
            self._depth -= 1
            return part
        if token.is_word("ONLY"):
            name = self._next()
            self._check_name(name)
            return Code(name.text, alone=True, at=(token.start, name.end))
        self._check_name(token)
        if self.token.is_word(*SIGNS):
            sign, value = self._next(), self._next()
            if value.kind not in ("name", "quoted") or value.is_word(*KEYWORDS):
                raise self.wrong(value, "a value is expected here, as in country = NL")
            return Condition(token.text, sign.text, value.text, (token.start, value.end))
        return AnyCode(token.at) if token.is_word("*") else Code(token.text, at=token.at)

    def _check_name(self, token: Token) -> None:
        if token.kind not in ("name", "quoted") or token.is_word(*KEYWORDS):
            raise self.wrong(token, "a code, a condition or a bracket is expected here")
        if not token.text.strip():
            raise self.wrong(token, "this name is empty")

    def _deeper(self, token: Token) -> None:
        self._depth += 1
        if self._depth > _DEEPEST:
            raise self.wrong(token, f"brackets and NOT stand in each other more than {_DEEPEST} times")


def _joined(kind: type[Both | Either], parts: list[Part]) -> Part:
    """Parts as one. Brackets that change nothing go: those around what is joined in the same way.

    `a AND (b AND NOT c)` keeps them: the condition is about the passages of b, not about what a and b share.
    """
    if len(parts) == 1:
        return parts[0]
    flat: list[Part] = []
    for part in parts:
        alike = isinstance(part, kind) and len(set(map(finds, part.parts))) == 1
        flat += part.parts if alike and isinstance(part, kind) else (part,)
    return kind(tuple(flat), (parts[0].at[0], parts[-1].at[1]))
