"""Moving in a report: from cell to cell, and from excerpt to excerpt where those are shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qda.tui.report.behind import ReportBehind

if TYPE_CHECKING:
    from qda.tui.report.listing import Listing


class ReportMoves(ReportBehind):
    """What the keys of moving do."""

    def _go(self, down: int = 0, right: int = 0) -> None:
        if self.state.behind is not None:
            self.listing.move(down)
        else:
            self.grid.move(down, right)

    def do_up(self) -> None:
        """One up."""
        self._go(-1)

    def do_down(self) -> None:
        """One down."""
        self._go(1)

    def do_left(self) -> None:
        """One to the left."""
        self._go(right=-1)

    def do_right(self) -> None:
        """One to the right."""
        self._go(right=1)

    def do_page_up(self) -> None:
        """A page up."""
        self._go(-(self.listing.page if self.state.behind is not None else self.grid.page))

    def do_page_down(self) -> None:
        """A page down."""
        self._go(self.listing.page if self.state.behind is not None else self.grid.page)

    def do_first_column(self) -> None:
        """To the first column."""
        self._go(right=-10_000)

    def do_last_column(self) -> None:
        """To the last column."""
        self._go(right=10_000)

    def do_top(self) -> None:
        """To the first row."""
        self._go(-10_000_000)

    def do_bottom(self) -> None:
        """To the last row."""
        self._go(10_000_000)

    def on_grid_moved(self) -> None:
        """Say which cell is chosen; what is being looked up for another one is not wanted any more."""
        self.workers.cancel_group(self, "look")
        self.show_caption()

    def on_listing_moved(self, _message: Listing.Moved) -> None:
        """Remember the chosen excerpt."""
        behind = self.state.behind
        if behind is not None and behind.excerpts:
            self.state.excerpt = behind.excerpts[self.listing.at].id
