"""Keys that are typed ahead: each waits until what the ones before led to stands on the screen and has taken them."""

from __future__ import annotations

import asyncio
import contextlib
from typing import TYPE_CHECKING, Any

from textual.app import App
from textual.events import Event, Key

from qda.tui.direct import DirectScreen

if TYPE_CHECKING:
    from textual.message_pump import MessagePump
    from textual.screen import Screen

CATCH_UP_SECONDS = 0.5
LOOK_UP_SECONDS = 5.0
LEADS_ON = "leads on"  # the group of workers at whose end a window opens, for which the next key is meant
_TURNS = 8


class Keyboard(App[None]):
    """An app that never lets a key overtake the one before it.

    Textual hands a key to whatever has the focus when it arrives. A key typed right after one that opens, fills or
    closes a window would go to the screen below, or to a list that is not filled yet.
    """

    async def on_event(self, event: Event) -> None:
        """Take keys one after another; screens that take them directly are given them at once."""
        if isinstance(event, Key) and not event.is_forwarded:
            await self.settle()
            if await self.take(event):
                return
        await super().on_event(event)

    async def take(self, event: Key) -> bool:
        """Take a key; False leaves it to Textual."""
        raise NotImplementedError

    async def settle(self) -> None:
        """Wait until the keys before are done: windows that they closed, asked for or filled, and answers to them."""
        for _ in range(_TURNS):
            screen = self.screen
            await self._flush_next_callbacks()  # answers of windows, which Textual gives after this very key
            if not isinstance(screen, DirectScreen) or screen.focused is not None:
                await _caught_up(screen)
            await self._led_on()
            if self.screen is screen and not self._next_callbacks:
                return

    async def _led_on(self) -> None:
        working = [worker for worker in self.workers if worker.group == LEADS_ON and not worker.is_finished]
        if working:
            waiting = [worker.wait() for worker in working]
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(asyncio.gather(*waiting, return_exceptions=True), LOOK_UP_SECONDS)


async def _caught_up(screen: Screen[Any]) -> None:
    """Wait until a screen is there and what has the focus has done what was typed before.

    What a widget says to the screen goes up through all widgets around it, each in its own time.
    """
    await _done(screen)
    widget: Any = screen.focused
    while widget is not None and widget is not screen:
        await _done(widget)
        widget = widget.parent
    if screen.focused is not None:
        await _done(screen)


async def _done(pump: MessagePump) -> None:
    done = asyncio.Event()
    if pump.call_later(done.set):
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(done.wait(), CATCH_UP_SECONDS)
