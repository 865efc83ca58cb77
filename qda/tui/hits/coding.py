"""The question before many hits are coded at once: with what reach, and how many codings that makes."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from rich.text import Text
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import Label

from qda.model.nouns import many
from qda.tui.hits.passages import REACHES
from qda.tui.report.listing import Listing, Part
from qda.tui.windows import WINDOW, Window

if TYPE_CHECKING:
    from collections.abc import Mapping

    from textual.app import ComposeResult

    from qda.tui.hits.passages import Plan

_SHOWN = 160


class CodeHits(Window[str]):
    """Asks how far the codings reach; says for each reach how many there will be."""

    DEFAULT_CSS = WINDOW.format(name="CodeHits") + (
        "CodeHits > Vertical { width: 84; height: auto; padding: 1 2; } CodeHits .title { text-style: bold; }"
        " CodeHits Listing { height: 12; margin: 1 0; } CodeHits .keys { color: $quiet; }"
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up,k", "step(-1)"),
        Binding("down,j", "step(1)"),
        Binding("enter", "take"),
    ]

    def __init__(self, path: str, hits: int, plans: Mapping[str, Plan], reach: str) -> None:
        super().__init__()
        self._path, self._hits, self._plans = path, hits, plans
        self._reaches = list(REACHES)
        self._first = self._reaches.index(reach)
        self._listing = Listing()

    def compose(self) -> ComposeResult:
        """The question, the reaches, the keys."""
        with Vertical():
            yield Label(f"Put {self._path} on {many(self._hits, 'hit')}?", classes="title", markup=False)
            yield self._listing
            yield Label("Enter codes, as one action · ↑↓ how far · Esc codes nothing", classes="keys")

    def on_mount(self) -> None:
        """Show the reaches."""
        raised = str(self.app.theme_variables["panel"])
        self._listing.screen_order = self.qda.preferences.order == "screen"
        self._listing.show(len(self._reaches), self._draw, self.qda.paint, raised, at=self._first)
        self.call_after_refresh(self._listing.settle)

    def _draw(self, at: int, /, *, here: bool) -> list[Part]:
        paint, how = self.qda.paint, self._reaches[at]
        segments, there = self._plans[how]
        text = Text(REACHES[how], style=f"bold {paint.text}" if here else paint.text)
        text.append(f"   {many(len(segments) - there, 'coding')}", style=f"bold {paint.speaker}")
        if there:
            text.append(f", {there} there already", style=paint.quiet)
        first = " ".join(segments[0].text[:_SHOWN].split())
        return [Part(text), Part(Text(first, style=paint.quiet), indent=2, most=2)]

    def action_step(self, by: int) -> None:
        """Another reach."""
        self._listing.move(by)

    def action_take(self) -> None:
        """Code."""
        self.dismiss(self._reaches[self._listing.at])

    def on_listing_opened(self) -> None:
        """Code with the reach that was clicked twice."""
        self.action_take()

    def on_listing_moved(self, event: Listing.Moved) -> None:
        """Keep to this window."""
        event.stop()
