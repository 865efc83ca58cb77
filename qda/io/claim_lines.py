"""The lines of a file of claims: cut into claims, read one after the other, block quotes put together."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from qda.errors import QdaError, WrongLinesError
from qda.model.markup import plain

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_MOST = 5


class Line(NamedTuple):
    """A line with its number, without white space at its ends."""

    number: int
    words: str


class Lines:
    """The lines of one claim that are not empty, read from the first to the last; `heading` is the claim itself."""

    def __init__(self, heading: Line, lines: list[Line]) -> None:
        self.heading, self._lines, self._at = heading, lines, 0

    @property
    def more(self) -> bool:
        """Whether there is another line."""
        return self._at < len(self._lines)

    def peek(self) -> Line:
        """The next line, which stays the next one."""
        return self._lines[self._at]

    def take(self) -> Line:
        """The next line."""
        self._at += 1
        return self._lines[self._at - 1]

    def back(self) -> None:
        """Let the line that was taken last be the next one again."""
        self._at -= 1

    def block(self) -> tuple[int, str]:
        """The block quote that begins here: the number of its first line, and its words."""
        first = self.peek().number
        words, number = [], first
        while self.more and self.peek().words.startswith(">") and self.peek().number <= number + 1:
            line = self.take()
            number = line.number
            words.append(line.words[1:].strip(" \t"))
        return first, plain("\n".join(words))


class Problem:
    """What is wrong in a file, line by line, until all of it is refused at once."""

    def __init__(self, file: str) -> None:
        self._file = file
        self._found: list[tuple[int, str]] = []

    @property
    def any(self) -> bool:
        """Whether anything is wrong so far."""
        return bool(self._found)

    def add(self, line: int, problem: str) -> None:
        """Note what is wrong in a line."""
        self._found.append((line, problem))

    def attempt(self, line: int, act: Callable[[], object]) -> None:
        """Do something; what is refused is noted at the line."""
        try:
            act()
        except QdaError as error:
            self.add(line, str(error))

    def refuse(self) -> None:
        """Refuse the file where anything is wrong.

        Raises:
            BadFileError: As `FILE:LINE: problem`, with the first few of several.
        """
        if self._found:
            self._found.sort()
            raise WrongLinesError(self._found[:_MOST], len(self._found) - _MOST).of(self._file)


def blocks(text: str) -> Iterator[Lines]:
    """The claims of a file, each from its heading to the next; what stands before the first is left out."""
    heading: Line | None = None
    listed: list[Line] = []
    plain_text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    for number, words in enumerate(plain_text.split("\n"), start=1):
        line = Line(number, words.strip(" \t"))
        if line.words == "##" or line.words.startswith("## "):
            if heading is not None:
                yield Lines(heading, listed)
            heading, listed = Line(number, line.words[2:].strip()), []
        elif line.words:
            listed.append(line)
    if heading is not None:
        yield Lines(heading, listed)
