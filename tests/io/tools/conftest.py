from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from qda.store import Study

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def study(tmp_path: Path) -> Study:
    return Study.create(tmp_path / "study", coder="Lead")
