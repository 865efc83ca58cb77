"""The window in which a query is written: saved ones to choose, what it finds while one types, saving it by name."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import Input, Label, Static

from qda.errors import QdaError
from qda.model.nouns import many
from qda.model.query.writing import name_written
from qda.tui.report import offers
from qda.tui.report.chooser import Chooser
from qda.tui.report.counting import count_found, door_of
from qda.tui.windows import WINDOW, Question, Window

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from qda.model.selection import Selection
    from qda.tui.theme import Bar

KEYS = "Enter takes · Ctrl+K puts a code in · Ctrl+O a saved query · Ctrl+S saves it by name · Esc leaves it as it was"
EXAMPLES = (
    "a AND b · a OR b · a AND NOT b · a WITHIN 2 turns OF b · a IN SAME TURN AS b · a AND country = NL\n"
    'a AND date < 2024-06 · a AND coder = Anna · brackets group · "host country" · * is any code'
)
_WAIT = 0.15  # seconds without a letter before it is counted


class QueryWindow(Window[str]):
    """Write a query, or choose a saved one; the answer are its words or its name, empty for none."""

    DEFAULT_CSS = WINDOW.format(name="QueryWindow") + (
        "QueryWindow > Vertical { width: 96; padding: 1 2; }"
        " QueryWindow Input { margin: 1 0; padding: 0 1; background: $surface; }"
        " QueryWindow .title { text-style: bold; } QueryWindow .keys { color: $quiet; margin-top: 1; }"
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+k", "put_code", priority=True),
        Binding("ctrl+o", "choose", priority=True),
        Binding("ctrl+s", "save", priority=True),
    ]

    def __init__(self, selection: Selection, colours: dict[str, Bar]) -> None:
        super().__init__()
        self._selection, self._colours = selection, colours
        self._input = Input(
            selection.query, placeholder="a code, or codes joined by AND, OR, NOT, WITHIN", compact=True
        )
        self._said = Static("", markup=False)
        self.counted = ""

    def compose(self) -> ComposeResult:
        """The line, what it finds, how one writes, the keys."""
        with Vertical():
            yield Label("Only codings on words that a query finds", classes="title")
            yield self._input
            yield self._said
            yield Label(EXAMPLES, classes="keys", markup=False)
            yield Label(KEYS, classes="keys")

    def on_mount(self) -> None:
        """Begin with what was asked before."""
        self.set_focus(self._input)
        self._count(self._input.value)

    def on_input_changed(self, event: Input.Changed) -> None:
        """Count what is found by what is typed."""
        self._count(event.value)

    def _count(self, words: str) -> None:
        if words.strip():
            self.run_worker(self._counting(words.strip()), exclusive=True)
        else:
            self.workers.cancel_node(self)
            self._tell("No query: everything counts.")

    async def _counting(self, words: str) -> None:
        await asyncio.sleep(_WAIT)
        try:
            found, sources = await asyncio.to_thread(
                count_found, door_of(self.qda.workspace.study), self._selection, words
            )
        except QdaError as error:
            self._tell(str(error))
        else:
            self._tell(f"Finds {many(found, 'passage')} in {many(sources, 'source')}.")

    def _tell(self, sentence: str) -> None:
        self.counted = sentence
        self._said.update(self.one_line(sentence))

    def on_input_submitted(self) -> None:
        """Take the query, if it is one."""
        words = self._input.value.strip()
        if not words or self._is_right(words):
            self.dismiss(words)

    def _is_right(self, words: str) -> bool:
        """Whether something is a query or the name of one; if not, say what is wrong."""
        from qda.reports.querying import checked

        study = self.qda.workspace.study
        try:
            if study.queries.find(words) is None:
                checked(study, words)
        except QdaError as error:
            self._tell(str(error))
            return False
        return True

    def action_put_code(self) -> None:
        """Put the path of a code where the cursor stands."""

        def taken(answer: tuple[str, ...] | None) -> None:
            if answer:
                self._input.insert_text_at_cursor(f"{name_written(answer[0])} ")

        find = offers.codes(self.qda.workspace, self._colours)
        self.app.push_screen(Chooser("Which code?", find), taken)

    def action_choose(self) -> None:
        """Write the name of a saved query into the line."""

        def taken(answer: tuple[str, ...] | None) -> None:
            if answer:
                self._input.value = answer[0]
                self._input.cursor_position = len(answer[0])

        saved = offers.queries(self.qda.workspace.study)
        if saved:
            self.app.push_screen(Chooser("Which saved query?", offers.among(saved)), taken)
        else:
            self._tell("No query is saved yet; write one, and Ctrl+S saves it.")

    def action_save(self) -> None:
        """Save the query under a name that is asked for."""
        words = self._input.value.strip()
        if not words:
            self._tell("Write a query first.")
            return
        if not self._is_right(words):
            return

        def named(name: str | None) -> None:
            if name and name.strip():
                self._save(name.strip(), words)

        self.app.push_screen(Question("Save this query under which name?", said=words), named)

    def _save(self, name: str, words: str) -> None:
        from qda.reports.querying import checked

        workspace = self.qda.workspace
        try:
            saved = workspace.study.queries.find(words)
            workspace.study.queries.save(name, saved.text if saved else checked(workspace.study, words))
        except QdaError as error:
            self._tell(str(error))
            return
        self._input.value = name
        self._input.cursor_position = len(name)
