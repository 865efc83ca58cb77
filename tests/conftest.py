"""Lets every test import the reference of the counting rules, and keeps tests from anybody's own preferences."""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

from hypothesis import settings

sys.path.insert(0, str(Path(__file__).parent))

os.environ["QDA_CONFIG"] = tempfile.mkdtemp(prefix="qda-tests-")
os.environ.pop("QDA_CODER", None)

# A busy machine is no fault of the code: how long an example takes is for `benchmarks/`.
settings.register_profile("unhurried", deadline=None)
settings.load_profile("unhurried")
