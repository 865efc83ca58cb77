"""`qda init`: a new study."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from qda.cli.command import Command


def run(command: Command, words: list[str]) -> None:
    """Make a study with its folders."""
    from qda.store import Study

    parser = command.parser(
        epilog="The folder gets study.db, codebooks/, transcripts/ and exports/. With --coder NAME before 'init', the"
        " study remembers who works where nobody is named."
    )
    parser.add_argument("folder", nargs="?", help="where (default: this folder)")
    options = parser.parse_args(words)
    folder = Path(options.folder or command.place or ".")
    with Study.create(folder, coder=command.coder) as study:
        if command.coder:
            study.settings.set("coder", command.coder)
        for notice in study.database.notices:
            command.say(f"note: {notice}")
    command.say(f"A new study is ready: {folder / 'study.db'}. Put transcripts into {folder / 'transcripts'}, then:")
    there = "" if folder.resolve() == Path.cwd() else f"cd {folder}; "
    command.say(f"  {there}qda import transcripts; qda codebook import FILE")
