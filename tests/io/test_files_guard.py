"""Nothing is ever written over a study."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from qda.errors import QdaError
from qda.io.files import write_file
from qda.store import Study

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize("name", ["study.db", "study.db-wal", "link"])
def test_a_study_is_never_written_over(tmp_path: Path, name: str) -> None:
    Study.create(tmp_path, coder="anna").close()
    (tmp_path / "link").symlink_to(tmp_path / "study.db")
    before = (tmp_path / "study.db").read_bytes()
    with pytest.raises(QdaError, match="study"):
        write_file(tmp_path / name, "words")
    assert (tmp_path / "study.db").read_bytes() == before
    Study.open(tmp_path).close()
