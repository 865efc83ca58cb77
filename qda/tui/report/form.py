"""The form in which is chosen what a report counts."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, ClassVar, NamedTuple

from rich.text import Text
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import Label, Static

from qda.errors import QdaError
from qda.reports.option import Option
from qda.tui.report import fields
from qda.tui.report.chooser import Chooser
from qda.tui.report.kinds import Kind, chosen
from qda.tui.report.listing import Listing, Part
from qda.tui.report.query_window import QueryWindow
from qda.tui.windows import WINDOW, Window

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from textual.app import ComposeResult

    from qda.model.selection import Selection
    from qda.tui.report.fields import Field
    from qda.tui.theme import Bar

SWITCHES = (*fields.SWITCHES, "by_within")
_DOES = {"Count": "counts", "Search": "searches"}
KEYS = "Enter changes · Del: as at first · Ctrl+S {go} · Esc leaves it as it was"


class Filled(NamedTuple):
    """A form that was filled in."""

    selection: Selection
    options: dict[str, Any]


class SelectionForm(Window[Filled]):
    """What a report counts, field by field; what each offers is what the study has."""

    DEFAULT_CSS = WINDOW.format(name="SelectionForm") + (
        "SelectionForm > Vertical { width: 84; height: auto; padding: 1 2; }"
        " SelectionForm .title { text-style: bold; } SelectionForm .keys { color: $quiet; }"
        " SelectionForm Listing { margin: 1 0; max-height: 14; }"
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up,k", "step(-1)"),
        Binding("down,j", "step(1)"),
        Binding("home,pageup", "step(-99)"),
        Binding("end,pagedown", "step(99)"),
        Binding("enter,space,right,l", "edit"),
        Binding("delete,backspace", "clear"),
        Binding("ctrl+s", "count"),
    ]

    def __init__(
        self,
        kind: Kind,
        selection: Selection,
        options: Mapping[str, Any],
        colours: dict[str, Bar],
        *,
        names: Collection[str] = (),
        go: str = "Count",
    ) -> None:
        super().__init__()
        self._names, self._go = names, go
        self._kind, self._colours = kind, colours
        self.selection = selection
        self.options = chosen(kind, options)
        self._rows: list[Field | Option | None] = []
        self._listing, self._said = Listing(), Static("", classes="keys", markup=False)

    def compose(self) -> ComposeResult:
        """The fields, what is wrong with them, the keys."""
        with Vertical():
            yield Label(
                f"{self._kind.title}: {'only where' if self._names else 'what is counted'}",
                classes="title",
                markup=False,
            )
            yield self._listing
            yield self._said
            yield Label(KEYS.format(go=_DOES[self._go]), classes="keys")

    def on_mount(self) -> None:
        """Show the fields."""
        self._fill()
        self.call_after_refresh(self._listing.settle)

    def _fill(self) -> None:
        self._rows = [
            *self._kind.options,
            *(
                field
                for field in fields.fields_of(self._kind, self.selection, self.options)
                if not self._names or field.name in self._names
            ),
            None,
        ]
        raised = str(self.app.theme_variables["panel"])
        self._listing.styles.height = len(self._rows)
        self._listing.screen_order = self.qda.preferences.order == "screen"
        self._listing.show(len(self._rows), self._draw, self.qda.paint, raised, at=self._listing.at)

    def _draw(self, at: int, /, *, here: bool) -> list[Part]:
        del here
        row, paint = self._rows[at], self.qda.paint
        if row is None:
            return [Part(Text(f"▶ {self._go}", style=f"bold {paint.speaker}"))]
        if isinstance(row, Option):
            value, nothing = fields.option_said(row, self.options[row.name]), ""
        else:
            value = fields.value_said(row, self.selection)
            nothing = fields.nothing_said(row, self.qda.workspace.study)
        text = Text(f"{row.label:<17}", style=paint.quiet)
        text.append(value or nothing, style=f"bold {paint.text}" if value else paint.quiet)
        return [Part(text)]

    def action_step(self, by: int) -> None:
        """Go up or down."""
        self._listing.move(by)

    def action_edit(self) -> None:
        """Change the chosen field."""
        row = self._rows[self._listing.at]
        if row is None:
            self.action_count()
        elif isinstance(row, Option):
            self._edit_option(row)
        elif row.name in SWITCHES:
            self.selection = fields.switched(row, self.selection)
            self._fill()
        elif row.name == "query":
            self._edit_query()
        else:
            self._edit_field(row)

    def _edit_option(self, option: Option) -> None:
        values = {str(value): value for value, _ in option.values}
        value = self.options[option.name]
        here = tuple(value) if option.several else (str(value),)
        if len(values) == 2 and not (option.typed or option.several):
            self.options[option.name] = next(value for name, value in values.items() if name != here[0])
            self._fill()
            return

        def taken(answer: tuple[str, ...] | None) -> None:
            if answer is None:
                return
            if option.several:
                self.options[option.name] = tuple(name for name in values or answer if name in answer)
            elif answer and (answer[0] or "" in values):
                self.options[option.name] = values[answer[0]] if answer[0] in values else option.read(answer[0])
            self._fill()

        find = fields.find_for_option(option, self.qda.workspace)
        self.app.push_screen(Chooser(option.label, find, ticked=here, several=option.several), taken)

    def _edit_query(self) -> None:
        def taken(answer: str | None) -> None:
            if answer is not None:
                self.selection = replace(self.selection, query=answer)
                self._fill()

        self.app.push_screen(QueryWindow(self.selection, self._colours), taken)

    def _edit_field(self, field: Field) -> None:
        find = fields.find_for(field, self.qda.workspace, self._colours)
        if not find(""):
            self._said.update(f"The study has nothing to choose from for '{field.label}' yet.")
            return
        before = fields.values_in(field, self.selection)

        def taken(answer: tuple[str, ...] | None) -> None:
            if answer is not None:
                self.selection = fields.set_in(field, self.selection, answer)
                self._fill()

        most = self._kind.most_by if field.name == "by" else field.most
        window = Chooser(field.label, find, ticked=before, several=field.several, most=most)
        self.app.push_screen(window, taken)

    def action_clear(self) -> None:
        """Take back what is chosen in a field."""
        row = self._rows[self._listing.at]
        if isinstance(row, Option):
            self.options[row.name] = row.default
        elif row is not None:
            self.selection = fields.cleared(row, self.selection)
        self._fill()

    def action_count(self) -> None:
        """Count what is chosen."""
        try:
            fields.check(self.selection)
        except QdaError as error:
            self._said.update(str(error))
            return
        self.dismiss(Filled(self.selection, self.options))

    def on_listing_opened(self) -> None:
        """Change what was clicked twice."""
        self.action_edit()

    def on_listing_moved(self, event: Listing.Moved) -> None:
        """Keep to this window."""
        event.stop()
        self._said.update("")
