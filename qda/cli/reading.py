"""Speakers of transcripts: those confirmed in a file."""

from __future__ import annotations

from qda.errors import BadFileError


def confirmed_labels(words: str) -> tuple[str | frozenset[str], dict[str, str]]:
    """What `--speakers` says: `auto`, `yes`, `no`, or the labels of a file with their roles.

    The file has one label a line, or `label,role`.

    Raises:
        BadFileError: The file cannot be read, or names an unknown role.
    """
    if words in ("auto", "yes", "no"):
        return words, {}
    from qda.io.files import read_text, shown
    from qda.model.nouns import ROLES

    roles: dict[str, str] = {}
    for number, line in enumerate(read_text(words).splitlines(), start=1):
        label, _, role = (part.strip() for part in line.partition(","))
        if not label or (label, role) == ("label", "role"):
            continue
        if role and role not in ROLES:
            raise BadFileError(shown(words), f"the role '{role}' is not one of {', '.join(ROLES)}", line=number)
        roles[label] = role
    return frozenset(roles), {label: role for label, role in roles.items() if role}
