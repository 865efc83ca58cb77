"""Speakers of transcripts: those confirmed in a file, and what is known of each label."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from qda.errors import BadFileError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from qda.model.transcript import Speaker, Transcript


def confirmed_labels(words: str) -> tuple[str | frozenset[str], dict[str, str]]:
    """What `--speakers` says: `auto`, `yes`, `no`, or the labels of a file with their roles.

    The file has one label a line, or `label,role`.

    Raises:
        BadFileError: The file cannot be read, or names an unknown role.
    """
    if words in ("auto", "yes", "no"):
        return words, {}
    from qda.io.files import read_text
    from qda.model.nouns import ROLES

    roles: dict[str, str] = {}
    for number, line in enumerate(read_text(Path(words)).splitlines(), start=1):
        label, _, role = (part.strip() for part in line.partition(","))
        if not label or (label, role) == ("label", "role"):
            continue
        if role and role not in ROLES:
            raise BadFileError(words, f"the role '{role}' is not one of {', '.join(ROLES)}", line=number)
        roles[label] = role
    return frozenset(roles), {label: role for label, role in roles.items() if role}


def known_speakers(transcript: Transcript, roles: Mapping[str, str]) -> dict[str, Speaker]:
    """What is known of each label of a transcript: its role (as confirmed, else as it sounds)."""
    from qda.io.transcripts.speakers import is_generic, role_of
    from qda.model.transcript import Speaker

    labels = {turn.label for turn in transcript.turns if turn.label is not None}
    return {label: Speaker(label, roles.get(label) or role_of(label), is_generic(label)) for label in sorted(labels)}
