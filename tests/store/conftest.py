"""Studies for the tests of the store."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from store_world import another, make, rich

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from qda.store import Study


@pytest.fixture
def anna(tmp_path: Path) -> Iterator[Study]:
    """A small study: the source `t`, the codes `a`, `a/b` and `c`; Anna works in it."""
    study = make(tmp_path / "study")
    yield study
    study.close()


@pytest.fixture
def bram(anna: Study) -> Iterator[Study]:
    """Anna's study as Bram's process has it open."""
    study = another(anna, "bram")
    yield study
    study.close()


@pytest.fixture
def full(tmp_path: Path) -> Iterator[Study]:
    """A study with something of everything."""
    study = rich(tmp_path / "full")
    yield study
    study.close()
