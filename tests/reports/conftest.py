"""Failed assertions of the helpers say what differed."""

from __future__ import annotations

import pytest

pytest.register_assert_rewrite("against", "worlds")
