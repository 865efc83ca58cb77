"""What goes out under a profile: made of the study as others see it, searched for names, then written or refused."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from qda.cli.command import on_terminal
from qda.cli.given import number_of
from qda.cli.letting_out import ask, refusal
from qda.errors import QdaError, UsageError
from qda.model.confidential import FEWEST, INTERNAL, PROFILES, PUBLIC

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable

    from qda.cli.command import Command
    from qda.io.leaking import Leak
    from qda.reports.report import Report

_PROFILE = "for whom: internal (default) as it is; team with pseudonyms; public without names and what is confidential"
_K = f"public: cells of fewer than N cases are withheld (default: {FEWEST})"


def add_profile(parser: argparse.ArgumentParser, *, cells: bool = True) -> None:
    """The options of a profile."""
    group = parser.add_argument_group("for whom")
    group.add_argument("--profile", default=INTERNAL, metavar="|".join(PROFILES), help=_PROFILE)
    if cells:
        group.add_argument("--k", metavar="N", help=_K)


def fewest_of(options: argparse.Namespace) -> int:
    """From how many cases a cell is shown.

    Raises:
        UsageError: It is no number from 1, or stands without `--profile public`.
    """
    given = getattr(options, "k", None)
    if given is None:
        return FEWEST
    if options.profile != PUBLIC:
        raise UsageError("--k goes with --profile public, which withholds cells of few cases")
    return number_of(given, "--k", least=1)


def see(command: Command, options: argparse.Namespace) -> None:
    """Let the study be seen as the profile says.

    Raises:
        UsageError: There is no such profile.
    """
    if options.profile not in PROFILES:
        raise UsageError(f"--profile is one of {', '.join(PROFILES)}, not '{options.profile}'")
    if options.profile != command.study.outside.profile:
        command.study.see_from(options.profile)


def publish(command: Command, options: argparse.Namespace, report: Report) -> Report:
    """A report as it goes out under the profile that was asked for."""
    from qda.reports.published import published

    return published(command.study, report, fewest=fewest_of(options))


class Door:
    """Where what is made goes out. Under a profile it waits until all of it has been searched for names."""

    def __init__(self, command: Command, options: argparse.Namespace) -> None:
        self.command, self._held = command, options.profile != INTERNAL
        self._waiting: list[tuple[str | bytes, str | None]] = []
        self._said: list[str] = []

    def write(self, result: str | bytes, output: str | None = None) -> None:
        """Write a result, or let it wait."""
        if self._held:
            self._waiting.append((result, output))
        else:
            self.command.write(result, output)

    def say(self, sentence: str) -> None:
        """Talk to the user once it is written."""
        if self._held:
            self._said.append(sentence)
        else:
            self.command.say(sentence)

    def leaks(self) -> list[Leak]:
        """The names that would go out."""
        if not self._held:
            return []
        from qda.io.leaking import Searcher

        searcher = Searcher(self.command.study.outside, self.command.study.leaks.all())
        found = [leak for result, output in self._waiting for leak in searcher.leaks(_all_words(result))]
        found += [leak for _, output in self._waiting for leak in searcher.leaks(_file_name(output))]
        return list(dict.fromkeys(found))

    def open(self) -> None:
        """Write all that waits."""
        for result, output in self._waiting:
            if output not in (None, "-"):
                Path(str(output)).parent.mkdir(parents=True, exist_ok=True)
            self.command.write(result, output)
        for sentence in self._said:
            self.command.say(sentence)


def _file_name(output: str | None) -> str:
    return "" if output in (None, "-") else str(output).replace("\\", "/").rpartition("/")[2]


def _all_words(result: str | bytes) -> str | bytes:
    """What goes out; with the texts where they are packed in it, and without tags that may stand within a name."""
    if isinstance(result, str) and "\n[#text{\n" in result:
        from qda.render.as_tagged import without_tags

        return result + without_tags(result)
    if isinstance(result, str) and 'id="packing"' in result:
        from qda.render.html.sources import packed_words

        return result + packed_words(result)
    if isinstance(result, bytes) and result.startswith(b"SQLite format 3"):
        from qda.store.foreign import words_in

        return "\n".join(words_in(result))
    return result


def through_folder(command: Command, options: argparse.Namespace, output: Path, write: Callable[[Path], None]) -> None:
    """Write a file or a folder; under a profile in another place first, so that all in it can be searched for names.

    Args:
        command: The command.
        options: What was asked for, with the profile.
        output: Where it goes.
        write: Writes it to a place; what it reads is of one moment of the study.
    """

    def make(door: Door) -> None:
        with command.study.database.reading():
            if options.profile == INTERNAL:
                write(output)
                return
            with TemporaryDirectory(prefix="qda-export-") as folder:
                write(Path(folder) / output.name)
                for file in sorted(one for one in Path(folder).rglob("*") if one.is_file()):
                    door.write(file.read_bytes(), str(output.parent / file.relative_to(folder)))

    through(command, options, make)


def through(command: Command, options: argparse.Namespace, make: Callable[[Door], None]) -> None:
    """Make something, search it for names, and write all of it; on a terminal names are decided on, one by one.

    Raises:
        QdaError: Names would go out; nothing is written.
    """
    see(command, options)
    while True:
        door = Door(command, options)
        make(door)
        leaks = door.leaks()
        if not leaks:
            door.open()
            return
        if not on_terminal():
            raise QdaError(refusal(leaks))
        command.study.see_from(INTERNAL)
        ask(command, leaks)
        command.study.see_from(options.profile)  # made anew, for the state of the study is another one
