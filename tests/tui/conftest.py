"""Lets the pilot of Textual wait as long as there is something to do, not in steps of a fiftieth of a second."""

from __future__ import annotations

import asyncio
import time

import pytest
import textual.app
import textual.pilot

STEP = 0.002  # seconds
BUSY = 0.0005  # of the processor's time in a step
CALM = 4  # steps one after another with nothing to do; in each, all that waits has its turn


async def wait_for_idle(min_sleep: float = 0.0, max_sleep: float = 1.0) -> None:
    """Wait until nothing is done any more."""
    begun = time.monotonic()
    calm = 0
    while (calm < CALM or time.monotonic() < begun + min_sleep) and time.monotonic() < begun + max_sleep:
        before = time.process_time()
        await asyncio.sleep(STEP)
        calm = 0 if time.process_time() - before > BUSY else calm + 1


@pytest.fixture(autouse=True)
def _quick_pilot(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (textual.pilot, textual.app):
        monkeypatch.setattr(module, "wait_for_idle", wait_for_idle)
