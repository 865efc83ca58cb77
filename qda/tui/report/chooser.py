"""A window with a list that a few typed letters narrow down; one thing or several are chosen."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from rich.text import Text
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import Input, Label

from qda.tui.report.listing import Listing, Part
from qda.tui.rows import one_line
from qda.tui.windows import WINDOW, Window

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from textual.app import ComposeResult

    from qda.tui.report.offers import Offer

SEVERAL = "Enter takes · Tab ticks · type to narrow down · Esc gives up"
ONE = "Enter takes · type to narrow down · Esc gives up"


class Chooser(Window[tuple[str, ...]]):
    """Choose among offers; the answer are their values."""

    DEFAULT_CSS = WINDOW.format(name="Chooser") + (
        "Chooser > Vertical { width: 84; height: 22; padding: 1 2; }"
        " Chooser Input { margin: 0 0 1 0; background: $surface; }"
        " Chooser .title { text-style: bold; } Chooser .keys { color: $quiet; }"
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "step(-1)", priority=True),
        Binding("down", "step(1)", priority=True),
        Binding("pageup", "step(-10)", priority=True),
        Binding("pagedown", "step(10)", priority=True),
        Binding("tab", "tick", priority=True),
    ]

    def __init__(
        self,
        title: str,
        find: Callable[[str], Sequence[Offer]],
        *,
        ticked: Sequence[str] = (),
        several: bool = False,
        most: int = 0,
    ) -> None:
        super().__init__()
        self._title, self._find, self._several, self._most = title, find, several, most
        self.ticked = list(ticked)
        self._touched = False
        self._found: Sequence[Offer] = ()
        self._listing = Listing()

    def compose(self) -> ComposeResult:
        """The question, the line, the list, the keys."""
        with Vertical():
            yield Label(self._title, classes="title", markup=False)
            yield Input(placeholder="type a few letters", compact=True)
            yield self._listing
            yield Label(SEVERAL if self._several else ONE, classes="keys")

    def on_mount(self) -> None:
        """Show everything, from what is chosen."""
        self._found = self._find("")
        chosen = next((at for at, offer in enumerate(self._found) if offer.value in self.ticked), 0)
        self.call_after_refresh(self._fill, chosen)

    def on_input_changed(self, event: Input.Changed) -> None:
        """Narrow the list down."""
        self._found = self._find(event.value)
        self._fill(0)

    def _fill(self, at: int) -> None:
        typed = self.query_one(Input).value.strip()
        nothing = (
            f"Nothing here is called '{typed}'. Fewer letters find more." if typed else "There is nothing to choose."
        )
        keys = SEVERAL if self._several else ONE
        self.query_one(".keys", Label).update(keys if self._found else nothing)
        variables = self.app.theme_variables
        self._listing.show(len(self._found), self._draw, self.qda.paint, str(variables["panel"]), at=at)

    def _draw(self, at: int, /, *, here: bool) -> list[Part]:
        del here
        offer, paint = self._found[at], self.qda.paint
        sign = ("✓ " if offer.value in self.ticked else "· ") if self._several else ""
        text = Text(sign, style=f"bold {paint.cursor}" if sign == "✓ " else paint.quiet)
        if offer.bar:
            text.append(offer.bar.sign, style=offer.bar.colour)
        order = self.qda.preferences.order
        text.append(one_line(offer.name, order) or "(nothing)", style=paint.text)
        if offer.said:
            text.append(f"  {one_line(offer.said, order)}", style=paint.quiet)
        return [Part(text)]

    def action_step(self, by: int) -> None:
        """Go up or down."""
        self._listing.move(by)

    def action_tick(self) -> None:
        """Tick, or take the tick away."""
        if not self._several or not self._found:
            return
        value = self._found[self._listing.at].value
        self._touched = True
        if value in self.ticked:
            self.ticked.remove(value)
        else:
            self.ticked.append(value)
            if self._most:
                self.ticked = self.ticked[-self._most :]
        self._listing.settle()

    def on_input_submitted(self) -> None:
        """Take what is ticked; where nothing is, what is chosen."""
        self._take()

    def on_listing_opened(self) -> None:
        """Take what was clicked twice."""
        self._take()

    def on_listing_clicked(self) -> None:
        """Tick what was clicked."""
        self.action_tick()

    def on_listing_moved(self, event: Listing.Moved) -> None:
        """Keep to this window."""
        event.stop()

    def _take(self) -> None:
        here = (self._found[self._listing.at].value,) if self._found else ()
        if not self._several:
            if here:
                self.dismiss(here)
            return
        typed = bool(self.query_one(Input).value.strip())
        more = here if typed or not (self.ticked or self._touched) else ()
        found = list(dict.fromkeys((*self.ticked, *more)))
        self.dismiss(tuple(found[-self._most :] if self._most else found))
