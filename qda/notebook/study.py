"""A study as Python has it open: only for reading unless asked, with all reports by name."""

from __future__ import annotations

from typing import Any

from qda.notebook.asking import Reports, words_of
from qda.notebook.report import OpenReport
from qda.store import Study


class OpenStudy(Study):
    """A study with all that `Study` has, whose reports can be asked for by name.

    `study.report("frequency")` and `study.reports.frequency()` are the same; both take the options of
    `qda report frequency` as keywords, with `_` for `-`, and several values as a list. The study must stay open
    as long as its reports are used; `study.close()` closes it, as does the end of a `with`.
    """

    @property
    def reports(self) -> Reports:
        """All reports, each a function that says what it can be asked."""
        return Reports(self.report)

    def report(self, name: str, **options: Any) -> OpenReport:
        """A report of this study as it stands now.

        Args:
            name: Which report, as `frequency` or `comparison`; `study.reports` lists them.
            options: The options of `qda report`, with `_` for `-`: `by="host_country"`, `code=["trust", "time"]`,
                `where={"country": "NL"}`, `roll_up=True`.

        Raises:
            QdaError: It cannot be made of the study as it is.
            UsageError: There is no such report, or an option does not fit.
        """
        from qda.cli.command import Command
        from qda.cli.report import report_of

        command = Command("report", "", None, self.coder)
        command.use(self)
        with self.database.reading():
            return OpenReport(self, report_of(command, words_of(name, options)))

    def __repr__(self) -> str:
        for_what = "" if self.database.writable else ", only for reading"
        return f"<study {self.title}: {len(self.sources.all())} sources, {self.codings.count()} codings{for_what}>"
