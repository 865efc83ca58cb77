"""What every command has at hand: its parser, the study, who works, and where results go."""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from qda.cli.parsing import Help, Parser
from qda.errors import QdaError

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence

    from qda.reports.report import Cell
    from qda.store import Study


_LONGEST, _CUT = 2000, 40
_ENDLESS = re.compile(r"\d{81,}|[^\s/]{256,}")


class Command:
    """One command as it was called: its name, the study it works on and who works."""

    def __init__(self, name: str, summary: str, study: str | None, coder: str | None) -> None:
        self.name = name
        self.summary = summary
        self._place = study
        self._coder = coder
        self._study: Study | None = None

    def parser(self, *, epilog: str = "") -> Parser:
        """The parser of this command."""
        return Parser(
            prog=f"qda {self.name}",
            description=self.summary[:1].upper() + self.summary[1:] + ".",
            epilog=epilog or None,
            formatter_class=Help,
        )

    @property
    def study(self) -> Study:
        """The study that the command works on, opened once.

        Raises:
            QdaError: There is none.
        """
        if self._study is None:
            self._study = self._open()
        return self._study

    @property
    def file(self) -> Path:
        """The file of the study that the command works on, whether or not it can be opened.

        Raises:
            QdaError: There is none.
        """
        from qda.store.place import find_study, study_file

        place: Path | None = Path(self._place) if self._place else find_study(Path.cwd())
        if place is None:
            raise QdaError("there is no study here or above; make one with 'qda init', or try 'qda demo'")
        return study_file(place)

    def _open(self) -> Study:
        from qda.store import Study

        study = Study.open(self.file)
        study.coder = self._coder or os.environ.get("QDA_CODER") or study.coder or user_name()
        for notice in study.database.notices:
            self.say(f"note: {notice}")
        return study

    @property
    def coder(self) -> str:
        """Who works, where no study says so yet."""
        return self._coder or os.environ.get("QDA_CODER") or ""

    @property
    def place(self) -> str | None:
        """The study that was named, None where the nearest one is meant."""
        return self._place

    def use(self, study: Study) -> None:
        """Work on a study that is open already."""
        self._study = study

    def close(self) -> None:
        """Close the study, if it was opened."""
        if self._study is not None:
            self._study.close()
            self._study = None

    def say_if_idle(self) -> None:
        """Say that nothing was changed: there is no new line in the change log, and `qda undo` goes behind this."""
        if self._study is not None and self._study.tried and not self._study.changed:
            self.say("Nothing was changed, for all of it was so already; there is nothing here to undo.")

    @staticmethod
    def say(sentence: str) -> None:
        """Talk to the user; results never go this way."""
        print(sentence, file=sys.stderr)

    @staticmethod
    def complain(problem: object) -> None:
        """Say what was refused."""
        print(f"qda: {one_sentence(problem)}", file=sys.stderr)

    @staticmethod
    def write(result: str | bytes, output: str | None = None) -> None:
        """Write a result to a file, all or nothing, or to standard output (`-` or no name), which takes text only."""
        if isinstance(result, str) and output in (None, "-"):
            sys.stdout.write(result)
            return
        from qda.io.files import write_file

        write_file(Path(str(output)), result)

    def show(
        self,
        columns: Sequence[str],
        rows: Sequence[Sequence[Cell | list[str]]],
        options: argparse.Namespace,
        empty: str,
    ) -> None:
        """Write a listing in the form that was asked for; say what to do where there is nothing."""
        from qda.render import render_listing

        if not rows:
            self.say(empty)
        self.write(render_listing(columns, rows, options.format), options.output)


def add_form(parser: argparse.ArgumentParser, forms: Sequence[str] = ()) -> None:
    """The options that every listing and report has; `forms` are others than those of a listing."""
    from qda.render import FORMATS

    forms = forms or FORMATS
    parser.add_argument(
        "--format", default="table", choices=forms, metavar="|".join(forms), help="form (default: table)"
    )
    parser.add_argument("-o", "--output", metavar="FILE", help="write to a file instead of the screen")


def one_sentence(words: object) -> str:
    """What is said to the user in one line, whatever of their input it quotes.

    Signs that cannot be seen are spelt out, and what is too long to be read is cut short: a word that is longer
    than the name of a file can be, a number of more digits than a screen is wide, and the middle of the rest.
    """
    line = "".join(sign if sign.isprintable() else sign.encode("unicode_escape").decode() for sign in str(words))
    line = _ENDLESS.sub(lambda found: f"{found[0][:_CUT]}…", line)
    return line if len(line) <= _LONGEST else f"{line[: _LONGEST // 2]} … {line[-_LONGEST // 2 :]}"


def user_name() -> str:
    """The name of the user of this machine."""
    import getpass

    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return "coder"


def on_terminal() -> bool:
    """Whether somebody is there to be asked."""
    return sys.stdin.isatty() and sys.stderr.isatty()
