"""A lone Esc is noticed at once, not when Textual looks again a tenth of a second later."""

from __future__ import annotations

import os
import selectors
from types import SimpleNamespace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from selectors import SelectorKey

DELAY = 0.02  # seconds in which the rest of a sequence that begins with Esc has come


class _Selector(selectors.SelectSelector):
    """Waits for input; after some only as long as the rest of a sequence may take."""

    _lately = False

    def select(self, timeout: float | None = None) -> list[tuple[SelectorKey, int]]:
        """Wait for input; for a short time only where some came just before."""
        from textual import constants

        found = super().select(constants.ESCAPE_DELAY + 0.001 if self._lately else timeout)
        self._lately = bool(found)
        return found


def quicken() -> None:
    """Do so, in terminals of Linux and macOS; `ESCDELAY` in the environment says how long is waited."""
    from textual import constants

    if "ESCDELAY" not in os.environ:
        vars(constants)["ESCAPE_DELAY"] = DELAY
    try:
        from textual.drivers import linux_driver
    except ImportError:  # Windows tells keys apart by itself
        return
    vars(linux_driver)["selectors"] = SimpleNamespace(EVENT_READ=selectors.EVENT_READ, SelectSelector=_Selector)
