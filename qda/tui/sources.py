"""The sources of the study: what they are, who speaks in them, and who has done what."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from rich.text import Text

from qda.errors import QdaError
from qda.model.nouns import many
from qda.store.progress import ProgressRow
from qda.store.register_edits import describe_sources
from qda.tui.forms import Field, Form
from qda.tui.source_rows import ASSIGNED, BEGUN, DONE, SourceRows
from qda.tui.table_place import TablePlace

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from qda.tui.forms import Values
    from qda.tui.listing import Listing

_FIELDS = (
    ("kind", ("transcript", "notes", "observation", "survey", "letter", "literature"), "or any word of yours"),
    ("language", (), "a code such as nl, or an English name such as Dutch"),
    ("date", (), "2024, 2024-05 or 2024-05-14"),
)
_EMPTY = """\
This study has no sources yet.

    a    takes a file in, or a folder of them

Interviews and documents (Word, PDF, LibreOffice, RTF, web pages, text), transcripts of recordings, and tables of \
survey answers.

In a shell:  qda import FOLDER
"""


class SourcesScreen(TablePlace):
    """All sources with their progress; from here they are opened, assigned, described and taken in."""

    place: ClassVar[str] = "sources"
    heading: ClassVar[str] = "Sources"

    def __init__(self) -> None:
        super().__init__()
        self._ticked: set[int] = set()
        self._known: SourceRows | None = None

    # --- what is shown ----------------------------------------------------------------------------------

    @property
    def known(self) -> SourceRows:
        """The sources as they were read last."""
        if self._known is None:
            self._known = SourceRows(self.workspace.study, self.workspace.me)
        return self._known

    def load(self) -> Listing:
        """Read all sources with their counts and everybody's states."""
        self._known = None
        self._ticked &= self.known.by_key.keys()
        return self.known.listing(self.app.size.width)

    def arrive(self) -> None:
        """Show the sources, with the cursor on the one that is open."""
        super().arrive()
        if self.workspace.current is not None:
            self.grid.move_to(self.listing.place(self.workspace.current.source.key, self.grid.row))

    def on_resize(self) -> None:
        """Give progress the words that there is room for."""
        if self.listing.rows:
            self.listing.columns = self.known.columns(self.app.size.width)
            self.refill()

    def ticked(self) -> Collection[int]:
        """The sources that are ticked."""
        return self._ticked

    def nothing(self) -> str:
        """What to do in a study without sources."""
        return _EMPTY

    def show_head(self) -> None:
        """Say how many sources there are, how many I have done, and how many are ticked."""
        mine = sum(self.known.state(key, self.known.me) == DONE for key in self.known.by_key)
        parts = [self.counted("source"), f"{mine} done by {self.workspace.study.coder or 'you'}"]
        if self._ticked:
            parts.append(f"{len(self._ticked)} ticked")
        self.head(self.heading, " · ".join(parts))

    def tell(self) -> Text:
        """Everything about the source under the cursor, in words."""
        row, paint = self.current(), self.qda.paint
        if row is None:
            words = f"nothing has '{self.wanted}' in it; Esc shows all" if self.wanted else ""
            return Text(words, style=paint.quiet)
        return self.known.about(row.key, paint)

    # --- what is done -----------------------------------------------------------------------------------

    def chosen(self) -> list[str]:
        """The names of the ticked sources, else of the one under the cursor.

        Raises:
            QdaError: There is none.
        """
        at = self.current()
        names = [source.name for key, source in self.known.by_key.items() if key in self._ticked]
        names = names or ([at.name] if at else [])
        if not names:
            raise QdaError("there is no source here; a imports one")
        return names

    def do_open(self) -> None:
        """Open the source where this coder left it."""
        row = self.current()
        if row is None:
            raise QdaError("there is no source here; a imports one")
        self.qda.open_source(row.name, self.workspace.left_at(row.name))

    def do_tick(self) -> None:
        """Tick the source, or take the tick away."""
        if row := self.current():
            self._ticked ^= {row.key}
            self.grid.sheet = self.listing.sheet(self._ticked)
            self.grid.move_to(self.grid.row + 1)
            self.grid.refresh()
            self.show_head()

    def do_done(self) -> None:
        """Mark as done by me; where all of it is, as in progress again."""
        study = self.workspace.study
        if not study.coder:
            raise QdaError("say who codes first: --coder NAME, or QDA_CODER in the environment")
        names = self.chosen()
        done = all(self.known.state(key, self.known.me) == DONE for key in self.known.keys(names))
        state = BEGUN if done else DONE
        said = f"{_these(names)}: {state} by {study.coder}"
        rows = [ProgressRow(name, study.coder, state) for name in names]
        self.change(lambda: study.progress.import_rows(rows, said), said)

    def do_confidential(self) -> None:
        """Keep the words of a source out of what is published; where all of it is so, let them go out again."""
        from qda.store.sensitive import SensitiveRow

        study, names = self.workspace.study, self.chosen()
        marked = {one.name for one in study.sensitive.whole().values() if one.kind == "source"}
        rows = [SensitiveRow(name) for name in names if name not in marked]
        said = f"{_these(names)}: {'confidential' if rows else 'not confidential any more'}"
        if rows:
            self.change(lambda: study.sensitive.mark(rows, said), said)
        else:
            self.change(lambda: study.sensitive.clear_all([SensitiveRow(name) for name in names], said), said)

    def do_assign(self) -> None:
        """Assign to a coder whose name is asked."""
        from qda.tui.choosing import Chooser, Option

        names = self.chosen()
        known = self.known
        counts = {name: sum(1 for _, one in known.states if one == key) for key, name in known.coders.items()}
        options = [Option(name, many(count, "source") + " so far") for name, count in counts.items()]
        chooser = Chooser(f"Assign {_these(names)} to whom?", options, new="a new coder")
        self.app.push_screen(chooser, lambda found: self._assign(names, found[0].name) if found else None)

    def _assign(self, names: list[str], coder: str) -> None:
        """Whoever has begun or is done stays so: to be assigned comes before that."""
        study, known = self.workspace.study, self.known
        who = study.coders.key(coder)
        fresh = [known.by_key[key].name for key in known.keys(names) if not known.state(key, who)]
        if not fresh:
            self.say(f"{coder} has a state on {_these(names)} already", error=True)
            return
        said = f"{_these(fresh)}: assigned to {coder}"
        rows = [ProgressRow(name, coder, ASSIGNED) for name in fresh]
        self.change(lambda: study.progress.import_rows(rows, said), said)

    def do_edit(self) -> None:
        """Edit kind, language and date; of several sources what is changed in the form is changed in all."""
        names = self.chosen()
        sources = [source for source in self.known.by_key.values() if source.name in names]
        fields = []
        for name, choices, hint in _FIELDS:
            values = {getattr(source, name) for source in sources}
            differs = len(values) > 1
            fields.append(Field(name, "" if differs else values.pop(), choices, "they differ" if differs else hint))
        before = {field.name: field.value for field in fields}
        said = "" if len(names) == 1 else "What you change here is changed in all of them; the rest stays."
        self.app.push_screen(Form(_these(names), fields, lambda values: self._describe(names, values, before), said))

    def _describe(self, names: list[str], values: Values, before: Values) -> None:
        from qda.language.names import language_code

        fields = {name: value for name, value in values.items() if value != before[name]}
        if "language" in fields:
            fields["language"] = language_code(fields["language"])
        if not fields:
            return
        self.workspace.do(lambda: describe_sources(self.workspace.study, names, **fields))
        self.show()
        self.say(f"{', '.join(fields)} of {_these(names)} saved — u takes it back")

    def do_take_in(self) -> None:
        """Import a file or a folder."""
        from qda.tui.taking_in import ask

        ask(self)

    def do_export(self) -> None:
        """Write the source, or all that are ticked, with the codes in the margin."""
        from qda.tui.source_documents import write_documents

        write_documents(self, self.chosen())

    def do_voices(self) -> None:
        """Show who speaks in the source."""
        from qda.tui.voices import VoicesWindow

        if row := self.current():
            self.app.push_screen(VoicesWindow(row.name, [row.key]))


def _these(names: Sequence[str]) -> str:
    return f"'{names[0]}'" if len(names) == 1 else many(len(names), "source")
