"""Lets every test import the reference of the counting rules, and keeps tests from anybody's preferences and disk."""

from __future__ import annotations

import atexit
import os
import shutil
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from hypothesis import settings

if TYPE_CHECKING:
    import pytest

sys.path.insert(0, str(Path(__file__).parent))

# Where there is room, studies are made in memory, so that no test waits for a disk.
MEMORY = Path("/dev/shm")
if "TMPDIR" not in os.environ and os.access(MEMORY, os.W_OK) and shutil.disk_usage(MEMORY).free > 2 << 30:
    os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(MEMORY))
    os.environ["TMPDIR"] = tempfile.tempdir = tempfile.mkdtemp(prefix="qda-tests-", dir=MEMORY)
    atexit.register(shutil.rmtree, tempfile.tempdir, ignore_errors=True)

os.environ["QDA_CONFIG"] = tempfile.mkdtemp(prefix="qda-tests-")
os.environ.pop("QDA_CODER", None)

# A busy machine is no fault of the code: how long an example takes is for `benchmarks/`.
settings.register_profile("unhurried", deadline=None)
settings.load_profile("unhurried")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the tests that take long, so that none of them is left for the end."""
    items.sort(key=lambda item: item.get_closest_marker("long") is None)
