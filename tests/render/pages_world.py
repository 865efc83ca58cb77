"""Which reports of the sample study the tests read as a page."""

from __future__ import annotations

SELECTED = ("--code", "agency_level", "--code", "timing", "--code", "actor")
BOOK = ("report", "all", *SELECTED, "--by", "host_country")
