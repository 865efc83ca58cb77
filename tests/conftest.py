"""Lets every test import the reference of the counting rules, and keeps tests from anybody's preferences and disk."""

from __future__ import annotations

import atexit
import os
import shutil
import sys
import tempfile
from pathlib import Path

from hypothesis import settings

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
