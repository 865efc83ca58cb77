"""`qda` alone on a terminal: the coding screen; in a folder without a study, how to begin."""

from __future__ import annotations

import gc
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from qda.cli.command import Command


def show(command: Command) -> int:
    """Show the study of this folder; without one, offer the sample or a new study first."""
    from qda.store.place import find_study

    if command.place is None and find_study(Path.cwd()) is None:
        return _begin(command)
    gc.disable()  # until the first paint is done
    from qda.tui.app import run

    try:
        named = bool(command.coder or command.study.settings.get("coder"))
        return run(command.study, ask_who=not named)
    finally:
        command.close()


def _begin(command: Command) -> int:
    from qda.tui.escape import quicken
    from qda.tui.welcome import NEW, SAMPLE, StartApp

    quicken()
    choice = StartApp().run()
    if choice == SAMPLE:
        from qda.cli.demo import make_sample, open_sample

        folder = Path("qda-demo")
        make_sample(folder)
        return open_sample(folder)
    if choice == NEW:
        from qda.cli.command import Command
        from qda.store import Study

        Study.create(Path.cwd()).close()
        return show(Command("qda", "", None, command.coder or None))
    return 0
