"""Projects of other tools as their tools lay them out, and what they must show, found another way than by reading."""

from __future__ import annotations

import random
import sqlite3
from typing import TYPE_CHECKING, NamedTuple

from qda.io.tools.asked import Asked
from qda.io.tools.recognising import tool_of
from qda.store.projects import Outcome, take_in

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from qda.store import Study

WORDS = ("the", "ship", "🚢🚢", "café", "שלום", "e\u0301té", "ಠ_ಠ", "trust", "Zoë's", "ﬁne", "नमस्ते", "😀.")


class Truth(NamedTuple):
    """One coding as it must come in."""

    source: str
    code: str
    coder: str
    start: int
    end: int
    text: str


def grown(seed: int, words: int = 80) -> tuple[str, list[tuple[int, int]]]:
    """A text with signs of one to four bytes, and where its words stand, counted while it grows."""
    luck = random.Random(seed)
    text, places = "", []
    for _ in range(words):
        word = luck.choice(WORDS)
        places.append((len(text), len(text) + len(word)))
        text += word + luck.choice((" ", " ", " ", "\n", ", ", "\n\n"))
    return text, places


def take(study: Study, path: Path, *, dry_run: bool = False, **asked: object) -> Outcome:
    """Take a project in as the command does."""
    tool = tool_of(path)
    assert tool, "no tool is recognised"
    with tool.open(path, Asked(**asked)) as project:  # type: ignore[arg-type]
        return take_in(study, project, "project", {}, dry_run=dry_run)


def codings(study: Study) -> list[Truth]:
    """All codings of a study, sorted."""
    coders = {one.key: one.name for one in study.coders.all()}
    sources = {one.key: one for one in study.sources.all()}
    paths = study.codebook.tree().by_key
    return sorted(
        Truth(
            sources[one.source].name,
            paths[one.code].path,
            coders[one.coder],
            one.start,
            one.end,
            study.sources.text(one.source)[one.start : one.end],
        )
        for one in study.codings.all()
    )


def database(path: Path, script: str, rows: dict[str, Sequence[Sequence[object]]]) -> Path:
    """A database with some tables and rows."""
    path.parent.mkdir(parents=True, exist_ok=True)
    connection = sqlite3.connect(path)
    connection.executescript(script)
    for table, values in rows.items():
        for one in values:
            connection.execute(f"INSERT INTO {table} VALUES ({', '.join('?' * len(one))})", tuple(one))
    connection.commit()
    connection.close()
    return path
