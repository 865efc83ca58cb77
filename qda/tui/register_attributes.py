"""The register of attributes: a grid of sources, persons or cases by attributes, typed, pasted or emptied."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from qda.errors import QdaError
from qda.io.tables import join_values, split_values
from qda.model.nouns import ATTRIBUTE_TYPES, TARGETS, many
from qda.store.attributes import SOURCE_FIELDS, AttributeRow
from qda.store.register_edits import add_attribute, empty_cells
from qda.tui.forms import Field, Form, Sure
from qda.tui.listing import Listing, Row
from qda.tui.pasting import cells_in, pasted_lines, preview, table_in
from qda.tui.register_panel import Panel
from qda.tui.sheet import QUIET, Column, wide

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.text import Text

    from qda.io.registers import AttributeTable
    from qda.tui.forms import Values
    from qda.tui.sheet import Cell

_FIELD_TYPES = {"kind": "text", "language": "code", "date": "date"}
_HINTS = {
    "text": "any words",
    "choice": "one of a few words",
    "number": "a number",
    "date": "2024, 2024-05 or 2024-05-14",
    "code": "a language, as nl or Dutch",
}


class AttributesPanel(Panel):
    """Values by what they are of, and attribute."""

    name: ClassVar[str] = "attributes"
    title: ClassVar[str] = "Attributes"
    target = TARGETS[0]

    @property
    def noun(self) -> str:
        """What a row is about."""
        return self.target

    def load(self) -> Listing:
        """Read what there is of one kind, with its attributes and values."""
        study, target = self.study, self.target
        with study.database.reading():
            if target == "source":
                names = study.sources.names()
            else:
                entities = study.persons.all() if target == "person" else study.cases.all()
                names = {entity.name: entity.key for entity in entities}
            fields = [(name, _FIELD_TYPES[name]) for name in (SOURCE_FIELDS if target == "source" else ())]
            self._attributes = fields + [
                (name, kind) for name, whose, kind in study.attributes.all() if whose == target
            ]
            values = study.attributes.of(target)
        rows = []
        for name, key in names.items():
            here = values.get(key, {})
            rows.append(Row(key, name, (name, *(join_values(here.get(one, ())) for one, _ in self._attributes))))
        columns = [Column(target, wide(target, names, 32))]
        for at, (name, kind) in enumerate(self._attributes, start=1):
            width = wide(name, (str(row.cells[at]) for row in rows))
            columns.append(Column(name, max(width, len(kind), 6), kind == "number", kind))
        return Listing(columns, rows, cells=True, cell=_shown)

    def nothing(self) -> str:
        """What to do where there is nothing that could have attributes."""
        advice = {"source": "F3, then a, imports them", "person": "1 shows them", "case": "2, then a, adds one"}
        return f"There are no {self.target}s yet: {advice[self.target]}.\n\n    t    shows the attributes of others\n"

    def about(self, row: Row, column: int) -> Text:
        """The whole cell under the cursor and what may stand in it."""
        if column == 0:
            filled = sum(1 for cell in row.cells[1:] if cell)
            said = f"{filled} of {many(len(self._attributes), 'attribute')} filled"
            advice = "" if self._attributes else "a adds an attribute; or paste a table, its header in the first line"
            return self.facts(row.name, ("", said), ("", advice or "→ goes to the cells; Ctrl+V pastes a table"))
        name, kind = self._attributes[column - 1]
        several = "" if kind == "code" or name in SOURCE_FIELDS else "; several with | between"
        cell = str(row.cells[column]) or "(empty)"
        hint = f"{_HINTS[kind]}{several}"
        return self.facts(f"{name} of {row.name}", ("", cell), (f"{kind}: ", hint))

    # --- one cell ---------------------------------------------------------------------------------------

    def _here(self) -> tuple[Row, str]:
        row, column = self.current(), self.screen.grid.column
        if column == 0:
            raise QdaError("this column says whose the values are: → goes to the cells, a adds an attribute")
        return row, self._attributes[column - 1][0]

    def do_edit(self) -> None:
        """Type the value of the cell; Enter goes down, Tab to the right."""
        row, name = self._here()
        grid, column = self.screen.grid, self.screen.grid.column
        before = str(row.cells[column])

        def answer(typed: str) -> bool:
            if typed != before and not self._set(row, name, typed):
                return False
            grid.move_to(self.screen.listing.place(row.key) + 1, column)
            return True

        def onward() -> None:
            grid.move_to(self.screen.listing.place(row.key), column + 1)
            if grid.column > column:
                self.do_edit()

        self.screen.ask_line.ask(f"{name} of {row.name}", before, answer, then=onward)

    def _set(self, row: Row, name: str, typed: str) -> bool:
        said = f"{name} of {row.name}: {typed.strip() or 'empty'}"
        values = split_values(typed)
        if not values:
            return self.change(lambda: empty_cells(self.study, self.target, [(row.name, name)]), said)
        return self.change(lambda: self._fill([(row, name, values)], f"{name} of {row.name}"), said)

    def _fill(self, cells: Sequence[tuple[Row, str, tuple[str, ...]]], summary: str) -> None:
        from qda.language.names import language_code

        rows = []
        for row, name, values in cells:
            coded = (self.target, name) == ("source", "language")
            rows.append(AttributeRow(row.name, {name: tuple(map(language_code, values)) if coded else values}))
        columns = {name: "" for _, name, _ in cells}
        self.study.attributes.import_rows(self.target, columns, rows, summary)

    def do_remove(self) -> None:
        """Take the values of the cell away."""
        row, name = self._here()
        self.change(lambda: empty_cells(self.study, self.target, [(row.name, name)]), f"{name} of {row.name} is empty")

    # --- columns and rows -------------------------------------------------------------------------------

    def do_add(self) -> None:
        """Add an attribute."""
        fields = [Field("name"), Field("type", "text", ATTRIBUTE_TYPES, only=True)]
        self.screen.app.push_screen(Form(f"Add an attribute of {self.target}s", fields, self._add))

    def _add(self, values: Values) -> None:
        name = values["name"]
        self.save(lambda: add_attribute(self.study, self.target, name, values["type"]), f"{name} is added")
        self.screen.grid.move_to(self.screen.grid.row, len(self._attributes))

    def do_whose(self) -> None:
        """The rows are sources, persons or cases."""
        self.show_target(TARGETS[(TARGETS.index(self.target) + 1) % len(TARGETS)])

    def show_target(self, target: str) -> None:
        """Show the attributes of sources, persons or cases."""
        if target != self.target:
            self.target = target
            self.screen.begin_anew()

    # --- pasting ----------------------------------------------------------------------------------------

    def do_paste(self) -> None:
        """Paste what was copied in this program; a terminal pastes what was copied elsewhere by its own key."""
        copied = self.screen.app.clipboard
        if not copied:
            raise QdaError("nothing was copied here; paste with the key of your terminal, such as Ctrl+Shift+V")
        self.paste(copied)

    def paste(self, text: str) -> None:
        """Import a table after a question, or fill cells from the cursor on."""
        text = pasted_lines(text)
        if not text.strip():
            raise QdaError("there is nothing in what was pasted")
        table = table_in(text, self.target, self.study.attributes.known(self.target))
        if table is None:
            self._paste_cells(cells_in(text))
        else:
            self._ask(table)

    def _paste_cells(self, block: list[list[str]]) -> None:
        row, _ = self._here()
        grid, shown = self.screen.grid, self.screen.listing.shown
        right, down = len(self._attributes) - grid.column + 1, len(shown) - grid.row
        wide_block = max(len(line) for line in block)
        if wide_block > right or len(block) > down:
            said = f"{many(len(block), 'line')} of {many(wide_block, 'cell')}"
            raise QdaError(f"{said} do not fit from here on, where there are {down} by {right}; nothing was pasted")
        cells = [
            (shown[grid.row + y], self._attributes[grid.column - 1 + x][0], values)
            for y, line in enumerate(block)
            for x, cell in enumerate(line)
            if (values := split_values(cell))
        ]
        summary = f"{many(len(cells), 'pasted cell')} from {row.name} on"
        self.change(lambda: self._fill(cells, summary), summary)

    def _ask(self, table: AttributeTable) -> None:
        study, target = self.study, table.target
        names = {"source": study.sources.known, "person": study.persons.known, "case": study.cases.known}[target]()
        by_key = study.attributes.of(target)
        before = {row.name: by_key.get(names.get(row.name, row.line), {}) for row in table.rows}
        question = f"Import {many(len(table.columns), 'attribute')} for {many(len(table.rows), target)}?"
        said = preview(table, before, study.attributes.known(target))

        def answered(yes: bool | None) -> None:  # noqa: FBT001 - the window's own answer
            if yes:
                self.show_target(target)
                done = f"pasted table: {many(len(table.columns), 'attribute')} of {many(len(table.rows), target)}"
                self.change(lambda: study.attributes.import_rows(target, table.columns, table.rows, done), done)

        self.screen.app.push_screen(Sure(question, said, "Import all of it"), answered)


def _shown(row: Row, column: int) -> Cell:
    cell = row.cells[column]
    return cell or ("·", QUIET)
