"""Files of Excel and SPSS, read in a process of their own with a bound on its memory.

Some damaged files make the libraries die or ask for all the memory there is; that must not take us along.
"""

from __future__ import annotations

import json
import subprocess
import sys
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from qda.errors import BadFileError
from qda.io.surveys.cells import said

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

SPSS, WORKBOOK = "SPSS file", "workbook"
_CHILD = "from qda.io.surveys.apart import main; main()"
_LONGEST = 600  # seconds
_MOST_MEMORY = 4 << 30  # bytes


def read_apart(path: Path, kind: str) -> dict[str, Any]:
    """What is in a file: `rows` of cells as text; of SPSS files also `columns` as name, label, whether values have one.

    Raises:
        BadFileError: It is damaged, far too large, or no such file.
    """
    words = [sys.executable, "-P", "-c", _CHILD]
    asked = json.dumps([kind, str(path)]).encode()
    with suppress(subprocess.TimeoutExpired):
        done = subprocess.run(  # noqa: S603 - the words are ours
            words, input=asked, capture_output=True, timeout=_LONGEST, check=False
        )
        found: dict[str, Any] = json.loads(done.stdout) if done.returncode == 0 and done.stdout else {}
        if "rows" in found:
            return found
    raise BadFileError(str(path), f"this {kind} is damaged, or is none; save it again")


def main() -> None:
    """Read the file whose kind and path come in, and write what is in it as JSON; nothing where it cannot be read."""
    kind, path = json.loads(sys.stdin.buffer.read())
    read: Callable[[str], dict[str, Any]] = {SPSS: _spss, WORKBOOK: _workbook}[kind]
    _limit_memory()
    with suppress(Exception):
        sys.stdout.write(json.dumps(read(path)))


def _spss(path: str) -> dict[str, Any]:
    """Values have their labels; codes that are declared as missing are empty."""
    from pyreadstat import read_sav

    found, meta = read_sav(path, output_format="dict")
    names: list[str] = list(meta.column_names)
    labels, values = meta.column_names_to_labels, meta.variable_value_labels
    columns = [(name, " ".join((labels.get(name) or name).split()), name in values) for name in names]
    cells = [[_labelled(value, values.get(name, {})) for value in found[name]] for name in names]
    return {"columns": columns, "rows": list(zip(*cells, strict=True))}


def _labelled(value: Any, labels: dict[Any, str]) -> str:
    label = labels.get(value) if isinstance(value, str | int | float) else None
    return said(label or value)


def _workbook(path: str) -> dict[str, Any]:
    """The first sheet that is shown."""
    from python_calamine import CalamineWorkbook, SheetVisibleEnum

    book = CalamineWorkbook.from_path(path)
    shown = [sheet.name for sheet in book.sheets_metadata if sheet.visible == SheetVisibleEnum.Visible]
    grid = book.get_sheet_by_name(shown[0]).to_python(skip_empty_area=False) if shown else []
    return {"rows": [[said(cell) for cell in row] for row in grid]}


def _limit_memory() -> None:
    with suppress(ImportError, ValueError, OSError):
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (_MOST_MEMORY, _MOST_MEMORY))
