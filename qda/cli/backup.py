"""`qda backup` and `qda restore`."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from qda.cli.command import Command


def run(command: Command, words: list[str]) -> None:
    """Write a copy of the study, or put one back."""
    from qda.store.backup import restore_backup, write_backup

    parser = command.parser(epilog="Others may go on working meanwhile.")
    if command.name == "backup":
        parser.add_argument("file", nargs="?", help="where (default: backups/ with date and time)")
        options = parser.parse_args(words)
        target = Path(options.file) if options.file else _dated(command, "study")
        write_backup(command.study.database, target)
        command.say(f"The backup is {target}")
        return
    parser.add_argument("file", help="the backup")
    options = parser.parse_args(words)
    before = _dated(command, "before-restore")
    write_backup(command.study.database, before)
    restore_backup(command.study.database, Path(options.file))
    command.say(f"The study is that of {options.file} now; what was here before is kept in {before}")


def _dated(command: Command, name: str) -> Path:
    """A new file in the study's folder of backups."""
    stamp = datetime.now().astimezone().strftime("%Y-%m-%d-%H%M%S-%f")
    return command.study.folder / "backups" / f"{name}-{stamp}.db"
