"""The errors a user can meet: each is one sentence that says what, where and what to do."""

from __future__ import annotations


class QdaError(Exception):
    """Something was refused; nothing has changed. The text is one sentence for the user."""


class UsageError(QdaError):
    """The words of a command are wrong (exit status 2)."""


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


class StudyError(QdaError):
    """A study cannot be opened, made, read or written."""


class ConflictError(QdaError):
    """An action is refused because another change stands in its way; the sentence names it."""
