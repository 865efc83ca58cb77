"""A copy of the sample study for each test of a screen, and a way to use the app in plain test functions."""

from __future__ import annotations

import asyncio
import contextlib
import io
import shutil
import tempfile
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from qda.cli.main import main
from qda.store import Study
from qda.tui.app import QdaApp

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from textual.pilot import Pilot

NARROW, WIDE = (80, 24), (120, 40)


@cache
def sample() -> Path:
    """The sample study, made once."""
    folder = Path(tempfile.mkdtemp(prefix="qda-places-"))
    assert run("demo", str(folder / "demo"))[0] == 0
    return folder / "demo"


def copy_of_sample(folder: Path) -> Path:
    """A copy of the sample study that a test may change."""
    shutil.copytree(sample(), folder / "demo")
    return folder / "demo"


def run(*words: str) -> tuple[int, str, str]:
    """Run a command: exit status, standard output, standard error."""
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        status = main(words)
    return status, out.getvalue(), err.getvalue()


def use(folder: Path, journey: Callable[[Pilot[None]], Awaitable[None]], size: tuple[int, int] = NARROW) -> None:
    """Go on a journey through the app on a study."""

    async def go() -> None:
        with Study.open(folder, "Anna") as study:
            app = QdaApp(study)
            async with app.run_test(size=size) as pilot:
                await pilot.pause()
                await journey(pilot)
                assert app.return_code in (None, 0)

    asyncio.run(go())


async def press(pilot: Pilot[None], *keys: str) -> None:
    """Press keys, and wait until all that they started is done."""
    for key in keys:
        await pilot.press(key)
        await settle(pilot)


async def write(pilot: Pilot[None], words: str) -> None:
    """Type words as fast as a machine can, then wait."""
    await pilot.press(*("space" if sign == " " else sign for sign in words))
    await settle(pilot)


PAINTED = 0.025  # seconds after which a screen has been painted anew


async def settle(pilot: Pilot[None]) -> None:
    """Wait until nothing is being counted any more, and what was found is painted."""
    await pilot.pause()
    while any(not worker.is_finished for worker in pilot.app.workers):
        await pilot.app.workers.wait_for_complete()
        await pilot.pause()
    await pilot.pause(PAINTED)


def seen(pilot: Pilot[None]) -> str:
    """What stands on the screen, line by line."""
    lines = pilot.app.screen._compositor.render_strips()
    return "\n".join("".join(segment.text for segment in line).rstrip() for line in lines)
