"""The sampling frame as a table: the units that were asked, and how each responded."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qda.io.registers.lines import read_register
from qda.model.frames import Unit

if TYPE_CHECKING:
    from qda.io.tables import Grid
    from qda.model.frames import FrameVersion
    from qda.store import Study


def parse_frame(text: str, file: str) -> list[Unit]:
    """Read a frame: `unit` and `status`, and `reason` and `case` where known.

    Raises:
        BadFileError: The table is wrong; the sentence names the line.
    """
    return [
        Unit(line["unit"], line["status"], line["reason"], line["case"], line.number)
        for line in read_register(text, file, ("unit", "status"), ("reason", "case"))
    ]


def frame_table(study: Study, version: FrameVersion) -> Grid:
    """The units of a version, as `parse_frame` reads them."""
    rows = [[unit.name, unit.status, unit.reason, unit.case] for unit in study.frames.units(version)]
    return ["unit", "status", "reason", "case"], rows
