"""`qda backup` and `qda restore`."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from qda.cli.given import refuse_dash

if TYPE_CHECKING:
    from qda.cli.command import Command


_SAID = {
    "backup": "Others may go on working meanwhile. A file that is there is never overwritten.",
    "restore": "What was there before is kept in backups/. It also works where the study is damaged.",
}


def run(command: Command, words: list[str]) -> None:
    """Write a copy of the study, or put one back."""
    from qda.store.backup import restore_backup, write_backup

    parser = command.parser(epilog=_SAID[command.name])
    if command.name == "backup":
        parser.add_argument("file", nargs="?", help="a new file (default: in backups/, with date and time in its name)")
        options = parser.parse_args(words)
        refuse_dash(options.file, "'qda backup' writes to a file of its own")
        study = command.study
        target = Path(options.file) if options.file else _dated(study.folder, "study")
        write_backup(study.database, target)
        command.say(f"The backup is {target}")
        return
    parser.add_argument("file", help="the backup, such as one in backups/")
    options = parser.parse_args(words)
    refuse_dash(options.file, "'qda restore' takes a file")
    file = command.file
    before = _dated(file.parent, "before-restore")
    restore_backup(file, Path(options.file), before)
    command.say(f"The study is that of {options.file} now; what was here before is kept in {before}")


def _dated(folder: Path, name: str) -> Path:
    """A new file in a study's folder of backups."""
    stamp = datetime.now().astimezone().strftime("%Y-%m-%d-%H%M%S-%f")
    return folder / "backups" / f"{name}-{stamp}.db"
