"""Confirming the speakers of a whole folder in one table, before anything is taken in."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from qda.errors import QdaError
from qda.io.incoming import labels_of
from qda.io.transcripts import read_transcript
from qda.io.transcripts.speakers import role_of
from qda.model.nouns import ROLES
from qda.render.as_table import table_text

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from qda.io.incoming import Heard
    from qda.model.transcript import Transcript

    Files = Sequence[tuple[Path, Transcript]]

_HELP = (
    "Enter takes these. Or write changes, separated by commas: 'NAME no' leaves a label as text, 'NAME yes' makes\n"
    f"it a speaker, 'NAME ROLE' sets the role ({', '.join(ROLES)}); 'none' for no speakers at all; 'q' stops."
)


def confirm(files: Files) -> tuple[Files, dict[str, str]]:
    """Ask until the table of speakers is right; returns the transcripts with their turns, and the roles.

    Raises:
        QdaError: The user stops.
    """
    labels = labels_of(transcript for _, transcript in files)
    if not labels:
        return files, {}
    taken = {label for label, heard in labels.items() if heard.sure}
    roles = {label: role_of(label) for label in labels}
    while True:
        _show(labels, taken, roles)
        answer = _ask()
        if not answer:
            break
        for words in answer.split(","):
            _apply(words.strip(), labels, taken, roles)
    confirmed = frozenset(taken)
    read = [(file, read_transcript(file, speakers=confirmed or "no")) for file, _ in files]
    return read, {label: roles[label] for label in taken}


def _show(labels: Mapping[str, Heard], taken: set[str], roles: dict[str, str]) -> None:
    rows = [
        (label, heard.times, heard.files, "yes" if label in taken else "no", roles[label] if label in taken else "text")
        for label, heard in labels.items()
    ]
    sys.stderr.write("\n" + table_text(("label", "times", "files", "speaker", "as"), rows) + f"\n{_HELP}\n")


def _ask() -> str:
    sys.stderr.write("> ")
    sys.stderr.flush()
    line = sys.stdin.readline()
    if not line or line.strip() in ("q", "quit"):
        raise QdaError("stopped; nothing was taken in")
    return line.strip()


def _apply(words: str, labels: Mapping[str, Heard], taken: set[str], roles: dict[str, str]) -> None:
    """One change; what is not understood is said."""
    if words == "none":
        taken.clear()
        return
    name, _, what = words.rpartition(" ")
    label = next((label for label in labels if label.casefold() == name.strip().casefold()), None)
    if label is None or (what not in ("yes", "no") and what not in ROLES):
        sys.stderr.write(f"'{words}' is not understood\n")
        return
    if what == "no":
        taken.discard(label)
        return
    taken.add(label)
    if what in ROLES:
        roles[label] = what
