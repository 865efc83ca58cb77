"""Which tool a file or folder is of, by its content."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, NamedTuple, cast

from qda.errors import BadFileError

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager
    from pathlib import Path

    from qda.io.tools.asked import Asked
    from qda.model.project import Project
    from qda.store.foreign import Foreign

_DATABASES = ("qualcoder", "taguette", "rqda", "requal", "qualitative_coding")
_FOLDERS = {"data.qda": "qualcoder", "qualitative_coding.sqlite3": "qualitative_coding"}
_FILES = ("brat", "webanno", "web_annotation", "quotations")


class Tool(NamedTuple):
    """A tool whose projects can be read: its module, and what opens a project."""

    name: str
    open: Callable[[Path, Asked], AbstractContextManager[Project]]


def tool_of(path: Path, *, told: bool = False) -> Tool | None:
    """The tool that a file, or a folder that is a project as a whole, comes from; None where it is of none.

    Args:
        path: The file or folder.
        told: Whether the columns of tables are told, so that each of them is a list of quotations.
    """
    from qda.io.tools.quotations import is_table
    from qda.store.foreign import is_database, open_foreign

    if told and is_table(path):
        return _tool("quotations")
    if path.is_dir():
        # By the name alone, for else the texts of a project whose database is damaged would come in without it.
        found = next((_tool(name) for file, name in _FOLDERS.items() if (path / file).is_file()), None)
        return found or next((_tool(name) for name in _FILES if _is_of(name, path)), None)
    if is_database(path):
        try:
            with open_foreign(path) as tables:
                return next((_tool(name) for name in _DATABASES if _is_of(name, tables)), None)
        except BadFileError:
            return None
    return next((_tool(name) for name in _FILES if _is_of(name, path)), None)


def _is_of(name: str, what: Foreign | Path) -> bool:
    is_of = cast("Callable[[Foreign | Path], bool]", getattr(_module(name), f"is_{name}"))
    return is_of(what)


def _tool(name: str) -> Tool:
    return Tool(name, getattr(_module(name), f"open_{name}"))


def _module(name: str) -> object:
    return importlib.import_module(f"qda.io.tools.{name}")
