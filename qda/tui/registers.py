"""The registers of the study: persons, cases, attributes, coverage, facts and datasets, one table each."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from rich.text import Text
from textual.widgets import Static

from qda.errors import QdaError
from qda.tui.choosing import Chooser, Option
from qda.tui.register_attributes import AttributesPanel
from qda.tui.register_cases import CasesPanel
from qda.tui.register_coverage import CoveragePanel
from qda.tui.register_facts import DatasetsPanel, FactsPanel
from qda.tui.register_persons import PersonsPanel
from qda.tui.table_place import TablePlace

if TYPE_CHECKING:
    from collections.abc import Iterator

    from textual import events
    from textual.app import ComposeResult

    from qda.tui.action import Action
    from qda.tui.listing import Listing
    from qda.tui.register_panel import Panel

_PANELS: tuple[type[Panel], ...] = (
    *(PersonsPanel, CasesPanel, AttributesPanel, CoveragePanel),
    *(FactsPanel, DatasetsPanel),
)
_OFFERED = {
    "persons": ("edit", "voices", "merge", "add", "undo"),
    "cases": ("tick", "edit", "add", "remove", "undo"),
    "attributes": ("edit", "whose", "add", "remove", "paste", "undo"),
    "coverage": ("tick", "spread", "remove", "undo"),
    "facts": ("edit", "add", "remove", "undo"),
    "datasets": ("undo",),
}
_HINTS = {("cases", "tick"): "whom", ("coverage", "tick"): "asked?", ("attributes", "remove"): "empty"}


class Tabs(Static):
    """The names of the registers; a click shows one."""

    def on_click(self, event: events.Click) -> None:
        """Show the register whose name is clicked."""
        event.stop()
        end = 1
        for panel in _PANELS:
            end += len(panel.title) + 5
            if event.x < end:
                screen = self.screen
                if isinstance(screen, RegistersScreen):
                    screen.turn_to(panel.name)
                return


class RegistersScreen(TablePlace):
    """Six tables in one place; 1-6 or Tab turn between them."""

    place: ClassVar[str] = "registers"
    heading: ClassVar[str] = "Registers"
    DEFAULT_CSS = "RegistersScreen > .tabs { height: 1; background: $panel; }"

    def __init__(self) -> None:
        super().__init__()
        self._tabs = Tabs("", classes="tabs")
        self._panels: dict[str, Panel] = {panel.name: panel(self) for panel in _PANELS}
        self.panel = self._panels["persons"]

    def body(self) -> ComposeResult:
        """The names of the registers, and the table of one."""
        yield self._tabs
        yield from super().body()

    # --- what is shown ----------------------------------------------------------------------------------

    def load(self) -> Listing:
        """Read what the register shows."""
        return self.panel.load()

    def nothing(self) -> str:
        """What to do where the register is empty."""
        return self.panel.nothing()

    def tell(self) -> Text:
        """What is known of the row or cell under the cursor."""
        row = self.current()
        if row is None:
            words = f"nothing has '{self.wanted}' in it; Esc shows all" if self.wanted else ""
            return Text(words, style=self.qda.paint.quiet)
        return self.panel.about(row, self.grid.column)

    def show_head(self) -> None:
        """Say which register is shown, and how many rows it has."""
        paint = self.qda.paint
        self.head(self.heading, f"{self.panel.title.lower()}: {self.counted(self.panel.noun)}")
        text = Text(" ")
        for number, panel in enumerate(self._panels.values(), start=1):
            here = panel is self.panel
            style = f"bold reverse {paint.text}" if here else paint.quiet
            text.append(f" {number} {panel.title} ", style=style)
            text.append(" ")
        self._tabs.update(text)

    def begin_anew(self) -> None:
        """Show other rows in this register: neither filter nor sorting nor cursor hold for them."""
        self.wanted, self.sort = "", None
        self.grid.row = self.grid.column = 0
        self.listing.shown = ()
        self.show()

    def turn_to(self, name: str) -> None:
        """Show a register as it was left."""
        old, new = self.panel, self._panels[name]
        old.wanted, old.sort, old.place = self.wanted, self.sort, (self.grid.row, self.grid.column)
        self.panel, self.wanted, self.sort = new, new.wanted, new.sort
        self.listing.shown = ()
        self.grid.row, self.grid.column = new.place
        self.show()
        self.hint()

    def offered(self) -> Iterator[Action]:
        """The actions of this register."""
        name, names = self.panel.name, _OFFERED[self.panel.name]
        known = {action.name: action for action in super().offered()}
        return (known[one]._replace(hint=_HINTS.get((name, one), known[one].hint)) for one in names)

    # --- keys -------------------------------------------------------------------------------------------

    def action_act(self, name: str) -> None:
        """Do what a key stands for in this register."""
        own = getattr(self.panel, f"do_{name}", None)
        if own is None:
            super().action_act(name)
            return
        self.hint()
        self.attempt(own)

    def _elsewhere(self, register: str) -> None:
        number = list(self._panels).index(register) + 1
        raise QdaError(f"this key works among the {register}: {number} shows them")

    def do_persons(self) -> None:
        """The persons."""
        self.turn_to("persons")

    def do_cases(self) -> None:
        """The cases."""
        self.turn_to("cases")

    def do_attributes(self) -> None:
        """The attributes."""
        self.turn_to("attributes")

    def do_coverage(self) -> None:
        """The coverage."""
        self.turn_to("coverage")

    def do_facts(self) -> None:
        """The facts."""
        self.turn_to("facts")

    def do_datasets(self) -> None:
        """The datasets."""
        self.turn_to("datasets")

    def do_next_tab(self) -> None:
        """The next register."""
        self._turn(1)

    def do_tab_back(self) -> None:
        """The register before."""
        self._turn(-1)

    def _turn(self, by: int) -> None:
        names = list(self._panels)
        self.turn_to(names[(names.index(self.panel.name) + by) % len(names)])

    def do_go_to_column(self) -> None:
        """Go to a column by its name."""
        columns = list(self.grid.sheet.columns)
        options = [Option(column.name, column.over) for column in columns[1:]]

        def chosen(found: list[Option] | None) -> None:
            if found:
                self.grid.move_to(self.grid.row, options.index(found[0]) + 1)

        self.app.push_screen(Chooser("Go to which column?", options), chosen)

    # What the register that is shown does not know:

    def do_edit(self) -> None:
        """Edit what is under the cursor."""

    def do_add(self) -> None:
        """Add a person, a case, an attribute or a fact."""
        raise QdaError("sources come in with F3, codes with F4: there is nothing to add here")

    def do_voices(self) -> None:
        """Who speaks where and for whom."""
        self._elsewhere("persons")

    def do_confidential(self) -> None:
        """Keep what a person says out of what is published."""
        self._elsewhere("persons")

    def do_merge(self) -> None:
        """Merge two persons."""
        self._elsewhere("persons")

    def do_whose(self) -> None:
        """Whose attributes are shown."""
        self._elsewhere("attributes")

    def do_remove(self) -> None:
        """Remove what is under the cursor."""
        raise QdaError("a person stays as long as the study knows who spoke: M merges, e gives another name or role")

    def do_paste(self) -> None:
        """Paste cells or a table."""
        self._elsewhere("attributes")

    def do_tick(self) -> None:
        """Whom a case gathers; whether a source was asked."""
        raise QdaError("this key works among the cases (2) and in the coverage (4)")

    def do_spread(self) -> None:
        """Give all sources that are shown what this one has."""
        self._elsewhere("coverage")

    def on_paste(self, event: events.Paste) -> None:
        """Take in what the terminal pastes."""
        event.stop()
        if not self.ask_line.is_open:
            self.hint()
            self.attempt(lambda: self.panel.paste(event.text))
