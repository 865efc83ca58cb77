"""An action of the screens: what can be done where, by which keys."""

from __future__ import annotations

from typing import NamedTuple

DIGITS = tuple("123456789")
"""The keys of an action that asks which one."""


class Action(NamedTuple):
    """Something that can be done: where, by which keys (characters or names of keys), said in a few words.

    `hint` is the short word for the status line; an action without one stands only in help and palette.
    """

    name: str
    place: str
    group: str
    keys: tuple[str, ...]
    title: str
    hint: str = ""
