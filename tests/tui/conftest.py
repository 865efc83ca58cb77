"""Lets the pilot of Textual wait as long as there is something to do, not in steps of a fiftieth of a second."""

from __future__ import annotations

import asyncio
import time
from typing import Any

import pytest
import textual.app
import textual.pilot

STEP = 0.002  # seconds
BUSY = 0.0005  # of the processor's time in a step
CALM = 4  # steps one after another with nothing to do; in each, all that waits has its turn
SOON = 0.02  # seconds: what is to be done within them is waited for, such as painting
OFTEN = 10  # steps for which it is waited for: what comes again and again is no end


async def wait_for_idle(min_sleep: float = 0.0, max_sleep: float = 1.0) -> None:
    """Wait until nothing is done any more, and nothing is to be done soon, on a busy machine too."""
    loop: Any = asyncio.get_running_loop()
    begun = time.monotonic()
    calm = soon = 0
    while (calm < CALM or time.monotonic() < begun + min_sleep) and time.monotonic() < begun + max_sleep:
        before = time.process_time()
        await asyncio.sleep(STEP)
        is_due = soon < OFTEN and _is_due(loop)
        soon += is_due
        calm = 0 if is_due or loop._ready or time.process_time() - before > BUSY else calm + 1


def _is_due(loop: Any) -> bool:
    """Whether something is to be done soon."""
    return any(handle.when() < loop.time() + SOON for handle in loop._scheduled if not handle.cancelled())


@pytest.fixture(autouse=True)
def _quick_pilot(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (textual.pilot, textual.app):
        monkeypatch.setattr(module, "wait_for_idle", wait_for_idle)
