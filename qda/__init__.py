"""Qualitative interview coding and thematic analysis: the public library."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qda.version import __version__

if TYPE_CHECKING:
    from pathlib import Path

    from qda.notebook import OpenStudy

__all__ = ["__version__", "open_study"]


def open_study(path: str | Path, coder: str | None = None, *, write: bool = False) -> OpenStudy:
    """Open the study in a folder or file.

    Args:
        path: The study's folder, or its `study.db`.
        coder: Who works; decides what may be seen and who signs changes.
        write: Whether the study is to be changed; without it nothing in the file can be.

    Raises:
        QdaError: There is no study there, or this version cannot read it.
    """
    from qda.notebook import OpenStudy

    return OpenStudy.open(path, coder, write=write)
