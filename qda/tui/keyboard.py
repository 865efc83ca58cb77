"""Keys that are typed ahead: each waits until what the ones before led to stands on the screen and has taken them."""

from __future__ import annotations

import asyncio
import contextlib
from typing import TYPE_CHECKING, Any

from textual.app import App
from textual.events import Event, Key
from textual.widgets import TextArea

from qda.tui.direct import DirectScreen

if TYPE_CHECKING:
    from textual.message_pump import MessagePump
    from textual.screen import Screen

CATCH_UP_SECONDS = 0.5
LOOK_UP_SECONDS = 3.0
LEADS_ON = "leads on"  # the group or name of workers for whose end the next key is meant: a window, or hits
_AT_ONCE = ("escape", "ctrl+q")
_TURNS = 8


class Keyboard(App[None]):
    """An app that never lets a key overtake the one before it.

    Textual hands a key to whatever has the focus when it arrives. A key typed right after one that opens, fills or
    closes a window would go to the screen below, or to a list that is not filled yet.
    """

    async def on_event(self, event: Event) -> None:
        """Take keys one after another; screens that take them directly are given them at once."""
        if isinstance(event, Key) and not event.is_forwarded:
            await self.settle(wait=event.key not in _AT_ONCE)
            if not await self._take(event):
                await self._give(event)
            return
        await super().on_event(event)

    async def _give(self, event: Key) -> None:
        """Give a key to what has the focus, or do what it is bound to; at once, as Textual does not."""
        if await self._check_bindings(event.key, priority=True):
            return
        widget = self.focused
        writes = widget is not None and widget.check_consume_key(event.key, event.character)
        writes = writes or (isinstance(widget, TextArea) and event.key == "enter")
        if not writes and await self._check_bindings(event.key):
            return
        (widget or self.screen)._forward_event(event)  # noqa: SLF001 - as Textual itself does

    async def _take(self, event: Key) -> bool:
        """Take a key; False leaves it to Textual."""
        raise NotImplementedError

    async def settle(self, *, wait: bool = True) -> None:
        """Wait until the keys before are done: windows that they closed, asked for or filled, and answers to them."""
        for _ in range(_TURNS):
            screen = self.screen
            await self._flush_next_callbacks()  # answers of windows, which Textual gives after this very key
            if not isinstance(screen, DirectScreen) or screen.focused is not None:
                await _caught_up(screen)
            if wait:
                await self._led_on()
            if self.screen is screen and not self._next_callbacks:
                return

    async def _led_on(self) -> None:
        working = [
            worker for worker in self.workers if LEADS_ON in (worker.group, worker.name) and not worker.is_finished
        ]
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
