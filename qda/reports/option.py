"""An option of a report, as the command line and the screen both know it."""

from __future__ import annotations

from typing import Any, NamedTuple

from qda.errors import UsageError

_DIGITS = 9


class Option(NamedTuple):
    """An option of one report.

    Attributes:
        name: That of the report's argument; the command's has hyphens.
        label: How a form calls it.
        values: What may be chosen, with what it means; the first holds where nobody chooses.
        help: What the help of the command says.
        form: What stands for a value in that help; empty for a switch.
        typed: What any other value that is typed would mean, with `{}` for it; empty where none may be typed.
        kind: What is made of its words: a `word`, a `number`, a `share` above 0, a `fraction` that may be 0, or the
            name of a `round`, of a `measure` of facts, or of a `moment` (a family of codes, or an attribute).
        several: Whether several may be chosen; where nobody chooses, that is all of them.
    """

    name: str
    label: str
    values: tuple[tuple[Any, str], ...]
    help: str
    form: str = ""
    typed: str = ""
    kind: str = "word"
    several: bool = False

    @property
    def default(self) -> Any:
        """What holds where nobody chooses."""
        return () if self.several else self.values[0][0]

    @property
    def flag(self) -> str:
        """How a command calls it."""
        return f"--{self.name.replace('_', '-')}"

    def read(self, words: str) -> Any:
        """The value that was typed.

        Raises:
            UsageError: It is none; the sentence says what is.
        """
        if self.kind in ("share", "fraction"):
            return self._share(words)
        if self.kind == "number":
            if not words.isdecimal() or len(words) > _DIGITS:
                raise UsageError(f"{self.flag} is a whole number of at most {_DIGITS} digits, not '{words}'")
            return int(words)
        return words

    def _share(self, words: str) -> float:
        try:
            value = float(words)
        except ValueError:
            value = -1.0
        if not 0 <= value <= 1 or (self.kind == "share" and not value):
            span = "above 0 and up to 1, as 0.9" if self.kind == "share" else "from 0 to below 1, as 0.05"
            raise UsageError(f"{self.flag} is a share {span}, not '{words}'")
        return value
