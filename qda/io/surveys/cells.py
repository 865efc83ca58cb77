"""The cells of tables as text, as people read them."""

from __future__ import annotations

import math
from datetime import date, datetime, time
from typing import Any

_MIDNIGHT = time(0, 0)


def said(value: Any) -> str:
    """A cell as text: whole numbers without a point, dates as 2024-05-14, line ends as LF, nothing where nothing is."""
    if value is None or (isinstance(value, float) and not math.isfinite(value)):
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == _MIDNIGHT else value.isoformat(" ", "seconds")
    if isinstance(value, date):
        return value.isoformat()
    return str(value).replace("\r\n", "\n").replace("\r", "\n").strip()
