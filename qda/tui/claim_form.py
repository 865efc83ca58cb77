"""The windows in which claims and citations are written."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rich.text import Text
from textual.widgets import Input, Label, Select, TextArea

from qda.model.claims import CLAIM_KINDS, QUOTED, ClaimRow, parse_scope, scope_lines
from qda.model.grading import GRADES
from qda.tui.writing import WritingWindow

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.app import ComposeResult

_BY_RULE = "by the rule"
_LINES = "ClaimForm Input { margin-bottom: 1; height: 1; border: none; } ClaimForm Label { color: $quiet; }"


class ClaimForm(WritingWindow[ClaimRow]):
    """Words, kind, scope, rule and grade of a claim."""

    DEFAULT_CSS = f"ClaimForm TextArea {{ height: 1fr; min-height: 3; }} {_LINES}"
    AUTO_FOCUS = "#text"

    def __init__(self, title: str, row: ClaimRow, save: Callable[[ClaimRow], object]) -> None:
        super().__init__(title, save)
        self._row = row

    def fields(self) -> ComposeResult:
        """The claim, whose it is, what it speaks about, and its grade."""
        row = self._row
        yield TextArea(row.text, id="text", placeholder="the claim, as it will stand in the report", compact=True)
        yield Select([(kind, kind) for kind in CLAIM_KINDS], value=row.kind, allow_blank=False, id="kind", compact=True)
        yield Label(Text("Scope, a part a line: code PATH · where ATTRIBUTE=VALUE · source NAME"))
        yield TextArea("\n".join(scope_lines(row.scope)), id="scope", compact=True)
        yield Input(row.rule, id="rule", placeholder="rule of its grade (empty: that of the study)", compact=True)
        grades = [(_BY_RULE, ""), *((f"{grade}, by hand", grade) for grade in GRADES)]
        yield Select(grades, value=row.grade, allow_blank=False, id="grade", compact=True)
        yield Input(row.reason, id="reason", placeholder="why that grade, where it is set by hand", compact=True)

    def gather(self) -> ClaimRow:
        """What stands in the fields."""
        lines = self.query_one("#scope", TextArea).text.split("\n")
        return self._row._replace(
            text=" ".join(self.query_one("#text", TextArea).text.split()),
            kind=str(self.query_one("#kind", Select).value),
            scope=parse_scope(lines),
            rule=self.query_one("#rule", Input).value.strip(),
            grade=str(self.query_one("#grade", Select).value),
            reason=self.query_one("#reason", Input).value.strip(),
        )


Wording = dict[str, Any]
"""How a citation is quoted: `role`, `quoted`, `wording`, `by`."""


class CitationForm(WritingWindow[Wording]):
    """How a segment is quoted, and what its footnote calls whoever speaks."""

    DEFAULT_CSS = "CitationForm TextArea { height: 1fr; min-height: 3; } " + _LINES.replace("Claim", "Citation")
    AUTO_FOCUS = "#role"

    def __init__(self, title: str, words: str, wording: Wording, save: Callable[[Wording], object]) -> None:
        super().__init__(title, save)
        self._words, self._wording = words, wording

    def fields(self) -> ComposeResult:
        """The original, the role, how it is quoted, the words that are printed, and who made them."""
        known = self._wording
        yield Label(Text(self._words[:300]))
        role = "role in the footnote (empty: from the registers)"
        yield Input(known["role"], id="role", placeholder=role, compact=True)
        hows = [(how, how) for how in QUOTED]
        yield Select(hows, value=known["quoted"], allow_blank=False, id="quoted", compact=True)
        yield TextArea(
            known["wording"],
            id="wording",
            placeholder="edited (changes in [ ], omissions as […]) or translated words; none where it is verbatim",
            compact=True,
        )
        yield Input(known["by"], id="by", placeholder="who edited or translated", compact=True)

    def gather(self) -> Wording:
        """What stands in the fields."""
        return {
            "role": self.query_one("#role", Input).value.strip(),
            "quoted": str(self.query_one("#quoted", Select).value),
            "wording": self.query_one("#wording", TextArea).text.strip(),
            "by": self.query_one("#by", Input).value.strip(),
        }
