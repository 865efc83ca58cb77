"""What merging two codes would do, said before it is done."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qda.model.nouns import many

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qda.store.codebook_edits import MergePreview

_LISTED = 8


def merge_words(preview: MergePreview, into: str) -> str:
    """What a merge would do, in sentences."""
    said = [f"{many(preview.codings, 'coding')} will have the code {into}."]
    if preview.twins:
        become = "is" if preview.twins == 1 else "are"
        said.append(
            f"{preview.twins} of them {become} on words to which the same coder gave {into} too: one coding stays on"
            " each, with the memos of both."
        )
    if preview.memos:
        said.append(f"{many(preview.memos, 'memo')} on the code will be about {into}.")
    if preview.moved:
        said.append(f"Subcodes that come along: {_listed(preview.moved)}.")
    if preview.merged:
        said.append(f"Subcodes that become one with that of the same name: {_listed(preview.merged)}.")
    if preview.aliases:
        said.append(f"Names that lead to {into} from then on: {_listed(preview.aliases)}.")
    return "\n".join([*said, "u takes all of it back."])


def _listed(names: Sequence[str]) -> str:
    more = f" and {len(names) - _LISTED} more" if len(names) > _LISTED else ""
    return ", ".join(names[:_LISTED]) + more
