"""The small study and the sample study, made once and copied for each test; nobody's environment shines in."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from cli_world import copy_study, done, make_world

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(autouse=True)
def _nobodys_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in ("QDA_CODER", "QDA_TRACEBACK"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)


@pytest.fixture(scope="session")
def world(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder with `in` and `study` of the small study; only to be read."""
    folder = tmp_path_factory.mktemp("world")
    make_world(folder)
    return folder


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample study of `qda demo`; only to be read."""
    folder = tmp_path_factory.mktemp("sample") / "demo"
    done("demo", folder, coder=None)
    return folder


@pytest.fixture
def study(world: Path, tmp_path: Path) -> Path:
    """A copy of the small study's folder, to be worked on."""
    return copy_study(world / "study", tmp_path / "study")


@pytest.fixture
def demo(sample: Path, tmp_path: Path) -> Path:
    """A copy of the sample study, to be worked on."""
    return copy_study(sample, tmp_path / "demo")
