"""Lets the pilot of Textual wait as long as there is something to do, not in steps of a fiftieth of a second."""

from __future__ import annotations

import asyncio
import time
from typing import Any

import pytest
import textual.app
import textual.pilot
from textual._context import active_app

SOON = 0.02  # seconds: what is to be done within them is waited for, such as painting
LONG = 0.1  # seconds for which it is waited for
STEP = 0.002  # seconds
BUSY = 0.0005  # of the processor's time in a step
CALM = 4  # steps one after another with nothing to do, while something is counted beside


async def wait_for_idle(min_sleep: float = 0.0, max_sleep: float = 1.0) -> None:
    """Wait until nothing is done any more, and nothing is to be done soon."""
    loop: Any = asyncio.get_running_loop()
    begun = time.monotonic()
    calm = 0
    while calm < CALM and time.monotonic() < begun + max_sleep:
        await asyncio.sleep(0)
        if loop._ready:
            continue
        if _counting():
            before = time.process_time()
            await asyncio.sleep(STEP)
            calm = 0 if time.process_time() - before > BUSY else calm + 1
            continue
        due = _due(loop)
        if due > SOON or time.monotonic() > begun + LONG:
            break
        await asyncio.sleep(due)
    await asyncio.sleep(max(0.0, begun + min_sleep - time.monotonic()))


def _counting() -> bool:
    """Whether a worker is at it."""
    app = active_app.get(None)
    return app is not None and any(not worker.is_finished for worker in app.workers)


def _due(loop: Any) -> float:
    """Seconds until the next thing is to be done."""
    times = [handle.when() for handle in loop._scheduled if not handle.cancelled()]
    return max(min(times, default=float("inf")) - loop.time(), 0.0)


@pytest.fixture(autouse=True)
def _quick_pilot(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (textual.pilot, textual.app):
        monkeypatch.setattr(module, "wait_for_idle", wait_for_idle)
