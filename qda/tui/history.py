"""The change log on the screen: what was done, by whom and when, with undo and redo."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from rich.text import Text
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from qda.tui.place import PlaceScreen
from qda.tui.sheet import fit

if TYPE_CHECKING:
    from textual.app import ComposeResult

SHOWN = 500


class HistoryScreen(PlaceScreen):
    """The newest changes first; one's own last one can be taken back."""

    place: ClassVar[str] = "history"
    heading: ClassVar[str] = "What was done"
    DEFAULT_CSS = """
    HistoryScreen OptionList {
        border: none; padding: 0 1 !important; height: 1fr; max-height: 100%; background: $background;
    }
    """
    AUTO_FOCUS: ClassVar[str | None] = "OptionList"

    def body(self) -> ComposeResult:
        """A line for each change."""
        yield OptionList(compact=True)

    def arrive(self) -> None:
        """Show the log."""
        self.show()

    def show(self) -> None:
        """Show the log as it is now."""
        paint = self.qda.paint
        listed = self.query_one(OptionList)
        lines = self.workspace.study.changes.all(SHOWN)
        listed.clear_options()
        for line in lines:
            said = Text.assemble(
                (f"{line.number:>6}  {line.at[:16].replace('T', ' ')}  ", paint.quiet),
                (fit(line.coder, 12, right=False, order=self.order), paint.speaker),
                " ",
                (self.one_line(line.summary), paint.quiet if line.undone else paint.text),
                ("  (taken back)" if line.undone else "", paint.quiet),
            )
            listed.add_option(Option(said))
        if not lines:
            listed.add_option(Option("Nothing was done in this study yet.", disabled=True))
