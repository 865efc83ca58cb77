"""Writing sources for Word with the codes in the margin, into the study's exports folder."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qda.errors import QdaError
from qda.model.nouns import many
from qda.model.selection import Selection
from qda.render.coded import coded_transcripts
from qda.tui.report import exporting
from qda.tui.windows import Confirm

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qda.tui.sources import SourcesScreen


def write_documents(screen: SourcesScreen, names: Sequence[str]) -> None:
    """Write a document for each source; where a file holds something else already, it is asked first."""
    study = screen.workspace.study
    folder = study.folder / "exports"
    _, contents = coded_transcripts(study, Selection(sources=tuple(names)), "docx", each=True)
    files: exporting.Files = {folder / f"{name}.docx": content for name, content in contents.items()}
    there = exporting.standing_in_the_way(files, {})

    def write(sure: bool | None) -> None:  # noqa: FBT001 - the answer of a window
        if not sure:
            return
        try:
            exporting.write(files)
        except QdaError as error:
            screen.say(str(error), error=True)
            return
        first = next(iter(files))
        screen.say(f"Written: exports/{first.name}" if len(files) == 1 else f"Written: {len(files)} files in exports/")

    if not there:
        write(sure=True)
        return
    said = f"{', '.join(file.name for file in there)} in exports/ would be written anew, as the codings are now."
    screen.app.push_screen(Confirm(f"Replace {many(len(there), 'file')}?", said, "Replace"), write)
