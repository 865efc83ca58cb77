"""The window in which a comment on a coding is written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.widgets import TextArea

from qda.tui.writing import WritingWindow

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.app import ComposeResult


class CommentForm(WritingWindow[str]):
    """The words of a comment; where there was one already, no words take it away."""

    DEFAULT_CSS = "CommentForm > Vertical { height: auto; } CommentForm TextArea { height: 8; }"
    AUTO_FOCUS = "TextArea"

    def __init__(self, about: str, words: str, save: Callable[[str], object]) -> None:
        super().__init__(about, save)
        self._words = words

    def fields(self) -> ComposeResult:
        """The words."""
        yield TextArea(self._words, placeholder="the comment")

    def gather(self) -> str:
        """What stands in the field."""
        return self.query_one(TextArea).text.strip()
