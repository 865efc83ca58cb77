"""Qualitative interview coding and thematic analysis: the public library."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qda.version import __version__

if TYPE_CHECKING:
    from pathlib import Path

    from qda.store import Study

__all__ = ["__version__", "open_study"]


def open_study(path: str | Path, coder: str | None = None) -> Study:
    """Open the study in a folder or file.

    Args:
        path: The study's folder, or its `study.db`.
        coder: Who works; decides what may be seen and who signs changes.

    Raises:
        QdaError: There is no study there, or this version cannot read it.
    """
    from qda.store import Study

    return Study.open(path, coder=coder)
