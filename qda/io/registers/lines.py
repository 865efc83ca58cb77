"""Lines of registers whose columns are known: cells asked for by the name of their column."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NoReturn

from qda.errors import BadFileError
from qda.io.tables import read_table

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class RegisterLine:
    """A row of a register whose cells are asked for by the names of their columns."""

    cells: Mapping[str, str]
    number: int
    file: str

    def __getitem__(self, name: str) -> str:
        return self.cells.get(name, "").strip()

    def raw(self, name: str) -> str:
        """A cell with the spaces around it."""
        return self.cells.get(name, "")

    def choice(self, name: str, choices: tuple[str, ...]) -> str:
        """A cell that holds one of several words, or nothing."""
        word = self[name].casefold().replace("_", " ")
        if word and word not in choices:
            self.refuse(f"the {name} '{self[name]}' is not one of {', '.join(choices)}")
        return word

    def integer(self, name: str, least: int = 0) -> int:
        """A cell that holds a whole number."""
        word = self[name]
        if not (word.isascii() and word.isdecimal() and len(word) < 19 and int(word) >= least):
            self.refuse(f"'{name}' is a whole number from {least}, not '{word}'")
        return int(word)

    def refuse(self, problem: str) -> NoReturn:
        """Refuse this row."""
        raise BadFileError(self.file, problem, line=self.number)


def read_register(
    text: str, file: str, required: tuple[str, ...], optional: tuple[str, ...] = (), advice: str = ""
) -> list[RegisterLine]:
    """Read a table whose columns are known; they stand in any order, also in the plural.

    Args:
        text: The table.
        file: Its name, for the sentences.
        required: The columns that must be there, with a word in every row.
        optional: The columns that may be there.
        advice: Where what stands in other columns belongs.

    Raises:
        BadFileError: The table is damaged, a column is unknown or missing, or a needed cell is empty.
    """
    table = read_table(text, file)
    known = (*required, *optional)
    names = []
    for header in table.header:
        name = _column(header, known)
        if not name or name in names:
            wrong = f"the column '{header}' " + ("says the same as another" if name else "is unknown here")
            problem = f"{wrong}; the columns are {', '.join(known)}" + (f", and {advice}" if advice else "")
            raise BadFileError(file, problem, line=table.line)
        names.append(name)
    if missing := [name for name in required if name not in names]:
        raise BadFileError(file, f"the column '{missing[0]}' is missing in the header", line=table.line)
    lines = [RegisterLine(dict(zip(names, row.cells, strict=True)), row.line, file) for row in table.rows]
    return [line for line in lines if _says_something(line, required)]


def _column(header: str, known: tuple[str, ...]) -> str:
    """The known column that a header names, also in the plural; empty where there is none."""
    name = header.casefold().replace(" ", "_")
    return next((word for word in known if name in (word, f"{word}s")), "")


def _says_something(line: RegisterLine, required: tuple[str, ...]) -> bool:
    """Whether a row is to be taken; one that lacks a cell it must have is refused."""
    if not any(map(str.strip, line.cells.values())):
        return False
    for name in required:
        if not line[name]:
            line.refuse(f"the cell under '{name}' is empty")
    return True
