"""Showing on a terminal that long work goes on; silent in a pipe."""

from __future__ import annotations

import sys
import time
from typing import Self


class Meter:
    """A line that counts; it appears only after a moment, on a terminal, and goes when the work is done."""

    def __init__(self, what: str, total: int) -> None:
        self._what = what
        self._total = total
        self._done = 0
        self._since = time.monotonic()
        self._shown = 0.0
        self._on = sys.stderr.isatty()

    def __enter__(self) -> Self:
        return self

    def step(self) -> None:
        """One more is being done."""
        self._done += 1
        now = time.monotonic()
        if self._on and now - self._since > 0.5 and now - self._shown > 0.1:
            self._shown = now
            sys.stderr.write(f"\r{self._what}: {self._done} of {self._total}\x1b[K")
            sys.stderr.flush()

    def __exit__(self, *_: object) -> None:
        if self._shown:
            sys.stderr.write("\r\x1b[K")
            sys.stderr.flush()
