"""Where somebody was among the reports: kept with the open study, so that every way back leads to the same cell."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple, cast

from qda.model.selection import Selection
from qda.tui.report.kinds import chosen, kind_of, narrowed

if TYPE_CHECKING:
    from pathlib import Path

    from qda.reports.report import Report
    from qda.tui.report.counting import Behind
    from qda.tui.workspace import Workspace


class Request(NamedTuple):
    """A report as it is asked for."""

    name: str
    selection: Selection
    options: tuple[tuple[str, Any], ...]


@dataclass
class Spot:
    """Where somebody was in one report: the cell by its names, how it was sorted, table or chart and of what."""

    row: str = ""
    column: str | None = None
    sort: tuple[str, bool] | None = None
    chart: bool = False
    measure: str = ""


@dataclass
class ReportState:
    """The report that is shown, what it counts, and where in it one is.

    `written` holds what was written to which file here, so that one's own export may be written anew.
    """

    name: str = "frequency"
    selection: Selection = field(default_factory=Selection)
    options: dict[str, dict[str, Any]] = field(default_factory=dict)
    spots: dict[str, Spot] = field(default_factory=dict)
    request: Request | None = None
    report: Report | None = None
    behind: Behind | None = None
    excerpt: str = ""
    written: dict[Path, str | bytes] = field(default_factory=dict)

    @property
    def spot(self) -> Spot:
        """Where one is in the report that is shown."""
        return self.spots.setdefault(self.name, Spot())

    def wanted(self) -> Request:
        """The report as it is asked for now."""
        kind = kind_of(self.name)
        options = chosen(kind, self.options.get(self.name, {}))
        return Request(self.name, narrowed(self.selection, kind, options), tuple(options.items()))


def state_of(workspace: Workspace) -> ReportState:
    """The state that belongs to an open study."""
    return cast("ReportState", vars(workspace).setdefault("report_state", ReportState()))
