"""The window in which a memo is written."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from textual.widgets import Input, Select, TextArea

from qda.model.nouns import MEMO_KINDS
from qda.tui.writing import WritingWindow

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.app import ComposeResult


class Written(NamedTuple):
    """What is written in a memo."""

    title: str = ""
    body: str = ""
    kind: str = MEMO_KINDS[0]


class MemoForm(WritingWindow[Written]):
    """Title, kind and words of a memo."""

    DEFAULT_CSS = "MemoForm TextArea { height: 1fr; min-height: 5; } MemoForm Input { margin-bottom: 1; }"
    AUTO_FOCUS = "#body"

    def __init__(self, about: str, written: Written, save: Callable[[Written], object]) -> None:
        super().__init__(about, save)
        self._written = written

    def fields(self) -> ComposeResult:
        """Title, kind, words."""
        yield Input(self._written.title, id="title", placeholder="title (may be empty)", compact=True)
        yield Select(
            [(kind, kind) for kind in MEMO_KINDS], value=self._written.kind, allow_blank=False, id="kind", compact=True
        )
        yield TextArea(self._written.body, id="body", placeholder="the memo", compact=True)

    def gather(self) -> Written:
        """What stands in the fields."""
        title = self.query_one("#title", Input).value.strip()
        body = self.query_one("#body", TextArea).text.strip()
        before = self._written.body
        return Written(title, before if body == before.strip() else body, str(self.query_one("#kind", Select).value))
