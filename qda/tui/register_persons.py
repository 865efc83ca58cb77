"""The register of persons: who they are, where they speak, and for whom."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from qda.errors import QdaError
from qda.model.nouns import ROLES, many
from qda.store.persons import PersonRow
from qda.store.register_edits import describe_person
from qda.store.speaking import voices
from qda.tui.choosing import Chooser, Option
from qda.tui.forms import Field, Form, Sure
from qda.tui.listing import Listing, Row
from qda.tui.register_panel import Panel, listed
from qda.tui.sheet import Column, wide

if TYPE_CHECKING:
    from rich.text import Text

    from qda.model.nouns import Person
    from qda.store.speaking import Voice
    from qda.tui.forms import Values

_EMPTY = """\
There are no persons yet. They come in with the speakers of transcripts: F3, then a.

    a    adds somebody by hand

In a shell:  qda persons import FILE.csv
"""


class PersonsPanel(Panel):
    """Persons by name."""

    name: ClassVar[str] = "persons"
    title: ClassVar[str] = "Persons"
    noun = "person"

    def load(self) -> Listing:
        """Read all persons and their voices."""
        study = self.study
        with study.database.reading():
            self._persons = {person.key: person for person in study.persons.all()}
            self._sources = {key: name for name, key in study.sources.names().items()}
            self._there = study.persons.sources_of()
            self._pseudonyms, self._marked = study.pseudonyms.by_key(), study.sensitive.whole()
            heard = voices(study)
        self._by: dict[int, list[Voice]] = {}
        self._for: dict[int, list[Voice]] = {}
        for voice in heard:
            if voice.person is not None:
                self._by.setdefault(voice.person, []).append(voice)
            if voice.speaks_for is not None:
                self._for.setdefault(voice.speaks_for, []).append(voice)
        rows = [self._row(person) for person in self._persons.values()]
        named = ("name", "role", "label", "speaks for", "turns", "in", "home", "speaks in")
        most = (32, 12, 16, 24, 6, 5, 24, 40)
        columns = [
            Column(name, wide(name, (str(row.cells[at]) for row in rows), width), name in ("turns", "in"))
            for at, (name, width) in enumerate(zip(named, most, strict=True))
        ]
        return Listing(columns, rows)

    def _row(self, person: Person) -> Row:
        heard = self._by.get(person.key, [])
        sources = dict.fromkeys(self._sources[voice.source] for voice in heard)
        whom = dict.fromkeys(self._persons[voice.speaks_for].name for voice in heard if voice.speaks_for)
        turns = sum(voice.turns for voice in heard)
        counts = str(turns) if turns else "", str(len(sources)) if sources else ""
        home = self._sources.get(person.home or 0, "")
        cells = (person.name, person.role, person.label, listed(whom), *counts, home, listed(sources))
        return Row(person.key, person.name, cells)

    def nothing(self) -> str:
        """What to do where nobody is known."""
        return _EMPTY

    def about(self, row: Row, column: int) -> Text:  # noqa: ARG002 - a register may ask for the column
        """Where somebody speaks and for whom, and who speaks for him."""
        person = self._persons[row.key]
        where = [
            f"{self._sources[voice.source]} ({many(voice.turns, 'turn')}"
            + (f" for {self._persons[voice.speaks_for].name}" if voice.speaks_for else "")
            + ")"
            for voice in self._by.get(row.key, ())
        ]
        others = {
            f"{self._persons[voice.person].name} in {self._sources[voice.source]}": None
            for voice in self._for.get(row.key, ())
            if voice.person
        }
        heard = {voice.source for voice in (*self._by.get(row.key, ()), *self._for.get(row.key, ()))}
        where += [f"{self._sources[key]} (takes part)" for key in self._there.get(row.key, ()) if key not in heard]
        home = self._sources.get(person.home or 0)
        known = f"known in {home} only" if home else "shared between sources, or in none"
        return self.facts(
            person.name,
            ("", f"{person.role} · label {person.label} · {known}{self._kept_back(person)}"),
            ("speaks in:   ", listed(where) or "nowhere"),
            ("spoken for:  ", f"by {listed(others)}" if others else "by nobody else"),
        )

    def _kept_back(self, person: Person) -> str:
        """What they are called outside, and whether what they say is confidential; empty where neither is set."""
        outside = self._pseudonyms.get(person.key)
        said = [f"outside: {outside}"] if outside else []
        said += ["confidential"] if person.key in self._marked else []
        return "".join(f" · {words}" for words in said)

    # --- what is done -----------------------------------------------------------------------------------

    def do_edit(self) -> None:
        """Edit name and role."""
        row = self.current()
        person = self._persons[row.key]
        fields = [Field("name", person.name), Field("role", person.role, ROLES, only=True)]
        self.screen.app.push_screen(Form(f"Person {person.name}", fields, lambda values: self._describe(row, values)))

    def _describe(self, row: Row, values: Values) -> None:
        name, role = values["name"], values["role"]
        self.save(lambda: describe_person(self.study, row.name, name, role), f"{name} is saved")

    def do_add(self) -> None:
        """Add somebody who is not heard, or not yet."""
        fields = [Field("name"), Field("role", "respondent", ROLES, only=True)]
        self.screen.app.push_screen(Form("Add a person", fields, self._add))

    def _add(self, values: Values) -> None:
        name = values["name"]
        if self.study.persons.known().find(name) is not None:
            raise QdaError(f"there is a person named '{name}' already")
        row = PersonRow(name, values["role"])
        self.save(lambda: self.study.persons.import_rows([row], f"person {name}"), f"{name} is added")

    def do_voices(self) -> None:
        """Show who speaks in the sources of this person, and for whom."""
        from qda.tui.voices import VoicesWindow

        row = self.current()
        sources = dict.fromkeys(voice.source for voice in (*self._by.get(row.key, ()), *self._for.get(row.key, ())))
        if not sources:
            raise QdaError(f"'{row.name}' speaks nowhere, and nobody speaks for them")
        self.screen.app.push_screen(VoicesWindow(f"{row.name} and others", list(sources), row.key))

    def do_confidential(self) -> None:
        """Keep what a person says out of what is published, or let it go out again."""
        from qda.store.sensitive import SensitiveRow

        row, marks = self.current(), self.study.sensitive
        kept = row.key in marks.whole()
        said = f"{row.name} is {'not confidential any more' if kept else 'confidential'}"
        mark = SensitiveRow(person=row.name)
        self.save(lambda: marks.clear(mark, said) if kept else marks.mark([mark], said), said)

    def do_merge(self) -> None:
        """Ask who this person is as well."""
        row = self.current()
        label = self._persons[row.key].label
        others = [person for person in self._persons.values() if person.key != row.key]
        others.sort(key=lambda person: person.label != label)
        options = [Option(person.name, f"{person.role}, label {person.label}") for person in others]
        chooser = Chooser(f"Who is the same as {row.name}, and stays?", options)
        self.screen.app.push_screen(chooser, lambda found: self._confirm(row, found[0].name) if found else None)

    def _confirm(self, row: Row, into: str) -> None:
        turns = sum(voice.turns for voice in self._by.get(row.key, ()))
        said = (
            f"{many(turns, 'turn')}, and all cases, values and memos of '{row.name}' go to '{into}';"
            f" '{row.name}' is no longer listed. u takes it back."
        )
        window = Sure(f"Are '{row.name}' and '{into}' the same person?", said, f"Yes: merge into {into}")

        def answered(yes: bool | None) -> None:  # noqa: FBT001 - the window's own answer
            if yes:
                merged = f"{row.name} is {into} now"
                self.change(lambda: self.study.persons.merge(row.name, into), merged)

        self.screen.app.push_screen(window, answered)
