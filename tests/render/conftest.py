"""The sample study as a book, and a browser to read it in."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from browser import MISSING, WHERE, Browser
from pages_world import BOOK

from qda.cli.main import main

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample study."""
    from qda.cli.demo import make_sample

    folder = tmp_path_factory.mktemp("sample") / "demo"
    make_sample(folder)
    return folder


@pytest.fixture(scope="session")
def book(sample: Path) -> Path:
    """All reports of some codes of the sample as one page."""
    file = sample / "exports" / "report.html"
    assert main(["--study", str(sample), "--coder", "Anna", *BOOK, "-o", str(file)]) == 0
    return file


@pytest.fixture(scope="session")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    """A Chromium with one page."""
    if WHERE is None:
        pytest.skip(MISSING)
    made = Browser(tmp_path_factory.mktemp("browser"))
    yield made
    made.close()
