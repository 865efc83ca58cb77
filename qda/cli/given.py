"""Values in the words of a command: numbers, codes, dates, languages, files and folders to write to."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from qda.errors import QdaError, UsageError

if TYPE_CHECKING:
    from qda.store import Study

_DIGITS = 18  # more are too many for SQLite


def number_of(words: str, what: str, least: int = 0) -> int:
    """A whole number from the words of a command.

    Raises:
        UsageError: It is none, too low, or higher than anything here can be.
    """
    if not words.isdecimal():
        raise UsageError(f"{what} is a whole number, not '{words}'")
    if len(words) > _DIGITS:
        raise UsageError(f"{what} is too high a number: {words}")
    if int(words) < least:
        raise UsageError(f"{what} is at least {least}, not {words}")
    return int(words)


def code_of(study: Study, words: str) -> str:
    """The path of the code that a command names: by its path, or by a name that no other code has.

    Raises:
        QdaError: There is none, or several have that name; the sentence says which.
    """
    return study.codebook.tree().named(words).path


def check_date(words: str) -> None:
    """Refuse what `--date` cannot be.

    Raises:
        QdaError: It is no date.
    """
    from qda.store.attributes import check_value

    try:
        check_value("date", "date", words)
    except QdaError:
        raise QdaError(f"--date is a date such as 2024, 2024-05 or 2024-05-14, not '{words}'") from None


def language_of(words: str) -> str:
    """The code of the language that `--language` names.

    Raises:
        QdaError: It is none that is known.
    """
    from qda.language.names import language_code

    try:
        return language_code(words)
    except QdaError as error:
        raise QdaError(f"--language: {error}") from None


def make_folder(folder: Path) -> None:
    """Make a folder into which several files are written, unless it is there.

    Raises:
        QdaError: A file stands in its place, or it cannot be made here.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except (FileExistsError, NotADirectoryError):
        raise QdaError(f"{folder}: a file stands in the place of this folder; name another folder") from None
    except OSError as error:
        raise QdaError(f"{folder}: this folder cannot be made ({error.strerror}); name another one") from None


def refuse_dash(file: str | None, what: str) -> None:
    """Refuse `-` where there must be a file or a folder.

    Raises:
        UsageError: It is `-`.
    """
    if file == "-":
        raise UsageError(f"{what}, and - is no name of one; write ./- if it is called so")


def check_output(output: str | None) -> None:
    """Refuse a file that cannot be written before anything is changed.

    Raises:
        QdaError: Its folder is not there, or it is a folder itself.
    """
    if output in (None, "-"):
        return
    file = Path(str(output))
    if file.is_dir() or not file.parent.is_dir():
        raise QdaError(f"{output}: cannot be written; name a file in a folder that is there")
