"""The errors a user can meet: each is one sentence that says what, where and what to do."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


class QdaError(Exception):
    """Something was refused; nothing has changed. The text is one sentence for the user."""


class UsageError(QdaError):
    """The words of a command are wrong (exit status 2)."""


class PathError(QdaError, ValueError):
    """What is given as the path of a code is none."""


class BadFileError(QdaError):
    """A file cannot be used; the sentence names the file and, where there is one, the place in it."""

    def __init__(self, file: str, problem: str, *, line: int | None = None, column: int | None = None) -> None:
        place = file
        if line is not None:
            place += f":{line}"
            if column is not None:
                place += f":{column}"
        super().__init__(f"{place}: {problem}")
        self.file = file
        self.line = line
        self.column = column


class WrongLinesError(QdaError):
    """Lines of a file are wrong; `of` says so with the file's name, which only its reader knows.

    `problems` are the lines with what is wrong in them, `more` how many others are wrong too.
    """

    def __init__(self, problems: Sequence[tuple[int, str]], more: int = 0) -> None:
        super().__init__(_joined((f"line {line}: {problem}" for line, problem in problems), more))
        self.problems = tuple(problems)
        self.more = more

    def of(self, file: str) -> BadFileError:
        """The same, as `FILE:LINE: problem` for each line."""
        (first, problem), *others = self.problems
        return BadFileError(
            file, _joined((problem, *(f"{file}:{line}: {said}" for line, said in others)), self.more), line=first
        )


def _joined(sentences: Iterable[str], more: int) -> str:
    rest = f"; and {more} more line{'s' if more > 1 else ''}" if more > 0 else ""
    return "; ".join(sentences) + rest


def in_file(error: QdaError, file: str) -> QdaError:
    """An error with the name of the file that was being read, and the line where that is known."""
    if isinstance(error, WrongLinesError):
        return error.of(file)
    return error if isinstance(error, BadFileError | UsageError | StudyError) else QdaError(f"{file}: {error}")


class StudyError(QdaError):
    """A study cannot be opened, made, read or written."""


class ConflictError(QdaError):
    """An action is refused because another change stands in its way; the sentence names it."""
