"""`qda` alone on a terminal: where the study stands and what to do next."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from qda.cli.command import Command
    from qda.store import Study


def welcome(command: Command) -> int:
    """Say where this folder's study stands; without one, how to begin."""
    from qda.store.place import find_study

    if command.place is None and find_study(Path.cwd()) is None:
        command.write(
            "There is no study here yet.\n\n"
            "  qda demo         makes a sample study in qda-demo/ that you can explore\n"
            "  qda init         starts your own study in this folder\n"
            "  qda --help       lists everything\n"
        )
        return 0
    try:
        command.write(_summary(command.study))
    finally:
        command.close()
    return 0


def _summary(study: Study) -> str:
    sources, codes = study.sources.all(), study.codebook.tree().codes
    coders = ", ".join(coder.name for coder in study.coders.all()) or "nobody yet"
    lines = [
        f"The study in {study.folder}; you are {study.coder}.",
        "",
        f"  {len(sources):>7} sources",
        f"  {len(codes):>7} codes (codebook version {study.codebook.version()})",
        f"  {study.codings.count():>7} codings by {coders}",
        "",
        f"Next: {_next(study)}",
    ]
    return "\n".join(lines) + "\n"


def _next(study: Study) -> str:
    if not study.sources.all():
        return "take transcripts in with 'qda import transcripts/'."
    if not study.codebook.tree().codes:
        return "take a codebook in with 'qda codebook import FILE', or make a code with 'qda code add NAME'."
    if not study.codings.count():
        return "code a segment with 'qda codings add SOURCE CODE START END', or take codings in."
    return "'qda report frequency', 'qda report cooccurrence', 'qda export markdown'; 'qda --help' lists the rest."
