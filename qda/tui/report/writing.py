"""Writing a report down: into a file, as a command, and its notes to read."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from qda.errors import QdaError
from qda.tui.report import exporting
from qda.tui.report.moving import ReportMoves
from qda.tui.report.reading import part_said
from qda.tui.report.words import WordsWindow

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from textual import events

    from qda.reports.report import Report


class ReportWriting(ReportMoves):
    """What takes a report out of the screen."""

    def __init__(self) -> None:
        super().__init__()
        self._answers: Mapping[str, Callable[[], object]] = {}

    def do_notes(self) -> None:
        """Read all notes."""
        report = self._shown()
        body = "\n\n".join([*report.lead, f"Unit: {report.unit}", *report.notes, *map(part_said, report.parts())])
        self.app.push_screen(WordsWindow(report.title, body))

    def do_command(self) -> None:
        """Show the command that makes this report."""
        command = str(self._shown().manifest["command"])
        self.app.copy_to_clipboard(command)
        said = "On the command line this makes the same report (it is in the clipboard, where the terminal lets it):"
        self.app.push_screen(WordsWindow("The command", f"{said}\n\n{command}"))

    def _shown(self) -> Report:
        """The report that is shown.

        Raises:
            QdaError: None is.
        """
        if self.state.report is None or self.has_class("told"):
            raise QdaError("no report is shown yet")
        return self.state.report

    def do_export(self) -> None:
        """Write the report as Markdown."""
        self._write(self._writer(self._shown(), "md"))

    def do_export_as(self) -> None:
        """Ask in which form, and write the report."""
        report = self._shown()
        forms = exporting.FORMS.items()
        answers: dict[str, Callable[[], object]] = {
            key: partial(self._write, self._writer(report, form)) for key, (form, _) in forms
        }
        asked = "   ".join(f"{key} {said}" for key, (_, said) in forms)
        if report.name == "excerpts":
            answers[exporting.QUOTES] = lambda: self._write(self._quotations)
            asked += "   q quotations"
        self._ask(f"Write it as:   {asked}   Esc: not", answers)

    def _writer(self, report: Report, form: str) -> Callable[[Path, int], exporting.Files]:
        return lambda folder, number: exporting.contents(self.workspace.study, report, form, folder, number)

    def _quotations(self, folder: Path, number: int) -> exporting.Files:
        state = self.state
        assert state.request is not None  # noqa: S101 - for the type; a report that is shown was asked for
        return exporting.quotations(self._shown(), state.request.selection, folder, number)

    def _write(self, files: Callable[[Path, int], exporting.Files], number: int = 1) -> None:
        folder = self.workspace.study.folder / "exports"
        made = files(folder, number)
        there = exporting.standing_in_the_way(made, self.state.written)
        if not there:
            self._put(made)
            return
        free = number + 1
        while any(file.exists() for file in files(folder, free)):
            free += 1
        beside = next(iter(files(folder, free))).name
        answers: dict[str, Callable[[], object]] = {
            "y": lambda: self._put(made),
            "b": lambda: self._put(files(folder, free)),
        }
        self._ask(f"{there[0].name} holds something else:   y replace it   b write {beside}   Esc: not", answers)

    def _put(self, files: exporting.Files) -> None:
        exporting.write(files)
        self.state.written.update(files)
        first = next(iter(files))
        inside = self.workspace.study.sensitive.all()
        more = "for inside; for others: --profile public" if inside else "Ctrl+E: in another form"
        self.say(f"Written: {first.parent.name}/{first.name}   {more}")

    def _ask(self, question: str, answers: Mapping[str, Callable[[], object]]) -> None:
        self._answers = answers
        self.say(question)

    def forget_question(self) -> bool:
        """Leave a question unanswered; returns whether there was one."""
        asked, self._answers = bool(self._answers), {}
        return asked

    def take_answer(self, event: events.Key) -> bool:
        """Take the answer to a question in the status line."""
        if not self._answers or event.key == "escape":
            return False
        answer, self._answers = self._answers.get(event.key), {}
        if answer is None:
            self.say("not written")
        else:
            self.attempt(answer)
        return True
