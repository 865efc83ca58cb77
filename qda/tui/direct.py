"""Keys that are taken one after another: what is typed ahead goes where it was meant to go."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.screen import Screen

if TYPE_CHECKING:
    from textual import events


class DirectScreen(Screen[None]):
    """A screen that takes its keys itself, before any widget, and is done with one before the next comes.

    Textual hands keys to the queue of the widget that has the focus when they arrive; a key typed right after
    one that opens a list would still go to the text below it.
    """

    async def take_key(self, event: events.Key) -> bool:
        """Take a key; False leaves it to Textual."""
        raise NotImplementedError


def name_of(event: events.Key) -> str:
    """The key as the table of actions calls it: the character that it writes, else the name of the key."""
    if event.character is not None and event.is_printable and event.character != " ":
        return event.character
    return event.key
