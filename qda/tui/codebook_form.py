"""The window in which everything about a code is written."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from textual.containers import Horizontal, VerticalScroll
from textual.widgets import Input, Label, Select, TextArea

from qda.errors import QdaError
from qda.model.codebook import EXCLUSIVE, ORIGINS, CodeEntry
from qda.tui.writing import WritingWindow

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.app import ComposeResult

    from qda.model.tree import Code

_LONG = (
    ("definition", "definition", "what the code means"),
    ("include", "include", "when to use it"),
    ("exclude", "exclude", "when not to use it, and what to use instead"),
    ("example", "example", "words that are coded so"),
)
_LINES = (
    ("labels", "labels", "one a line: nl: vertrouwen"),
    ("aliases", "aliases", "other names, one a line"),
    ("patterns", "patterns", "words that suggest the code, one a line"),
)


class CodeForm(WritingWindow[CodeEntry]):
    """All fields of a code."""

    DEFAULT_CSS = """
    CodeForm VerticalScroll { height: 1fr; }
    CodeForm Horizontal { height: auto; }
    CodeForm Horizontal > Label { width: 12; color: $quiet; }
    CodeForm TextArea { height: 4; width: 1fr; margin-bottom: 1; }
    CodeForm Select, CodeForm Input { width: 1fr; margin-bottom: 1; }
    """

    def __init__(self, code: Code, save: Callable[[CodeEntry], object]) -> None:
        super().__init__(f"Everything about {code.path}", save)
        self._entry = code.entry

    def fields(self) -> ComposeResult:
        """Words first, then lists of words, then what its subcodes are to each other."""
        entry = self._entry
        texts = {
            **{name: getattr(entry, name) for name, *_ in _LONG},
            "labels": "\n".join(f"{language}: {label}" for language, label in entry.labels.items()),
            "aliases": "\n".join(entry.aliases),
            "patterns": "\n".join(entry.patterns),
        }
        with VerticalScroll(can_focus=False):
            for name, said, hint in (*_LONG, *_LINES):
                with Horizontal():
                    yield Label(said)
                    yield TextArea(texts[name], id=name, placeholder=hint, compact=True)
            for name, select in (
                ("origin", _choice("origin", ORIGINS, entry.origin)),
                ("ordinal", _yes_or_no("ordinal", "its subcodes are levels, from low to high", yes=entry.ordinal)),
                ("outside", _yes_or_no("outside", "it stands outside its parent's scale", yes=entry.outside)),
                ("exclusive", _choice("exclusive", EXCLUSIVE, entry.exclusive)),
            ):
                with Horizontal():
                    yield Label(name)
                    yield select
            with Horizontal():
                yield Label("moment")
                yield Input(
                    entry.moment,
                    id="moment",
                    placeholder="for case_moment: an attribute or a code family",
                    compact=True,
                )

    def gather(self) -> CodeEntry:
        """What stands in the fields.

        Raises:
            QdaError: A label has no language.
        """
        return replace(
            self._entry,
            definition=self._text("definition"),
            include=self._text("include"),
            exclude=self._text("exclude"),
            example=self._text("example"),
            labels=_labels(self._listed("labels")),
            aliases=tuple(self._listed("aliases")),
            patterns=tuple(self._listed("patterns")),
            origin=self._chosen("origin"),
            exclusive=self._chosen("exclusive"),
            moment=self.query_one("#moment", Input).value.strip(),
            ordinal=bool(self._chosen("ordinal")),
            outside=bool(self._chosen("outside")),
        )

    def _text(self, name: str) -> str:
        """The words of a field as they were, unless somebody changed more than the white space around them."""
        typed, before = self.query_one(f"#{name}", TextArea).text, str(getattr(self._entry, name))
        return before if typed.strip() == before.strip() else typed.strip()

    def _listed(self, name: str) -> list[str]:
        lines = self.query_one(f"#{name}", TextArea).text.split("\n")
        return [line.strip() for line in lines if line.strip()]

    def _chosen(self, name: str) -> str:
        value = self.query_one(f"#{name}", Select).value
        return value if isinstance(value, str) else ""


def _choice(name: str, choices: tuple[str, ...], value: str) -> Select[str]:
    known = choices if not value or value in choices else (*choices, value)
    return Select([(choice, choice) for choice in known], prompt="—", value=value or Select.NULL, id=name, compact=True)


def _yes_or_no(name: str, said: str, *, yes: bool) -> Select[str]:
    choices = [("no", ""), (f"yes: {said}", "yes")]
    return Select(choices, allow_blank=False, value="yes" if yes else "", id=name, compact=True)


def _labels(lines: list[str]) -> dict[str, str]:
    found = {}
    for line in lines:
        language, colon, label = line.partition(":")
        if not colon or not language.strip() or not label.strip():
            raise QdaError(f"'{line}' is no label: write the language and the word, such as 'nl: vertrouwen'")
        found[language.strip()] = label.strip()
    return found
