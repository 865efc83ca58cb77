"""The register of cases: what is compared, and the persons and sources that each case gathers."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from qda.model.nouns import many
from qda.store.register_edits import add_case, describe_case, remove_case, set_members
from qda.tui.choosing import Chooser, Option
from qda.tui.forms import Field, Form, Sure
from qda.tui.listing import Listing, Row
from qda.tui.register_panel import Panel, listed
from qda.tui.sheet import Column, wide

if TYPE_CHECKING:
    from rich.text import Text

    from qda.tui.forms import Values

_EMPTY = """\
There are no cases yet. A case is what you compare: a person, an organisation, a country pair. \
It gathers persons and sources.

    a    adds a case, Space then chooses whom it gathers

In a shell:  qda cases import FILE.csv
"""
_PERSON, _SOURCE = "person", "source"


class CasesPanel(Panel):
    """Cases by kind and name."""

    name: ClassVar[str] = "cases"
    title: ClassVar[str] = "Cases"
    noun = "case"

    def load(self) -> Listing:
        """Read all cases with their members."""
        study = self.study
        with study.database.reading():
            self._cases = {case.key: case for case in study.cases.all()}
            self._persons = {person.key: person for person in study.persons.all()}
            self._sources = {key: name for name, key in study.sources.names().items()}
            self._kinds = study.cases.kinds()
            self._members: dict[tuple[int, str], list[int]] = {}
            for case_, member, kind in study.cases.members():
                self._members.setdefault((case_, kind), []).append(member)
        rows = []
        for case in self._cases.values():
            persons, sources = self._names(case.key)
            counts = str(len(persons)), str(len(sources))
            rows.append(Row(case.key, case.name, (case.name, case.kind, *counts, listed(persons), listed(sources))))
        named = ("case", "kind", "persons", "sources", "whom", "which sources")
        columns = [
            Column(name, wide(name, (str(row.cells[at]) for row in rows), 36), name in ("persons", "sources"))
            for at, name in enumerate(named)
        ]
        return Listing(columns, rows)

    def _names(self, case: int) -> tuple[list[str], list[str]]:
        persons = sorted(self._persons[key].name for key in self._members.get((case, _PERSON), ()))
        return persons, sorted(self._sources[key] for key in self._members.get((case, _SOURCE), ()))

    def nothing(self) -> str:
        """What to do where there is nothing to compare."""
        return _EMPTY

    def about(self, row: Row, column: int) -> Text:  # noqa: ARG002 - a register may ask for the column
        """Whom a case gathers."""
        persons, sources = self._names(row.key)
        return self.facts(
            row.name,
            ("kind:     ", self._cases[row.key].kind),
            ("persons:  ", listed(persons) or "none yet; Space chooses them"),
            ("sources:  ", listed(sources) or "none; Space chooses them"),
        )

    # --- what is done -----------------------------------------------------------------------------------

    def do_edit(self) -> None:
        """Edit name and kind."""
        row = self.current()
        fields = [Field("name", row.name), Field("kind", self._cases[row.key].kind, self._kinds)]
        self.screen.app.push_screen(Form(f"Case {row.name}", fields, lambda values: self._describe(row, values)))

    def _describe(self, row: Row, values: Values) -> None:
        name, kind = values["name"], values["kind"]
        self.save(lambda: describe_case(self.study, row.name, name, kind), f"{name} is saved")

    def do_add(self) -> None:
        """Add a case, of the kind of the one under the cursor."""
        here = self.screen.current()
        kind = self._cases[here.key].kind if here else ""
        fields = [Field("name"), Field("kind", kind, self._kinds, "or a new one, such as organisation or country pair")]
        self.screen.app.push_screen(Form("Add a case", fields, self._add))

    def _add(self, values: Values) -> None:
        name = values["name"]
        self.save(lambda: add_case(self.study, name, values["kind"]), f"{name} is added; Space chooses whom it gathers")
        key = self.study.cases.find(name)
        self.screen.grid.move_to(self.screen.listing.place(key))

    def do_remove(self) -> None:
        """Remove the case, after a question where it gathers anything."""
        row = self.current()
        persons, sources = self._names(row.key)

        def removed(yes: bool | None) -> None:  # noqa: FBT001 - the window's own answer
            if yes:
                self.change(lambda: remove_case(self.study, row.name), f"the case {row.name} is removed")

        gathers = f"It gathers {many(len(persons), 'person')} and {many(len(sources), 'source')}, which stay."
        said = f"{gathers} Its values and memos go with it; u takes all of it back."
        self.screen.app.push_screen(Sure(f"Remove the case {row.name}?", said, "Yes: remove it"), removed)

    def do_tick(self) -> None:
        """Choose the persons and sources of the case."""
        row = self.current()
        here = {*self._members.get((row.key, _PERSON), ()), *self._members.get((row.key, _SOURCE), ())}
        options = {key: Option(one.name, f"{_PERSON}, {one.role}") for key, one in self._persons.items()}
        options |= {key: Option(name, _SOURCE) for key, name in self._sources.items()}
        ticked = [option for key, option in options.items() if key in here]
        ordered = ticked + [option for key, option in options.items() if key not in here]
        chooser = Chooser(f"Whom and what does {row.name} gather?", ordered, ticked=ticked)

        def chosen(found: list[Option] | None) -> None:
            if found is not None:
                persons = [option.name for option in found if option.note != _SOURCE]
                sources = [option.name for option in found if option.note == _SOURCE]
                said = f"{row.name} gathers {many(len(persons), 'person')} and {many(len(sources), 'source')}"
                self.change(lambda: set_members(self.study, row.name, persons, sources), said)

        self.screen.app.push_screen(chooser, chosen)
