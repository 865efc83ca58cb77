"""Searching away from the screen: quick ways beside it, patterns and lemmas in a process that can be stopped."""

from __future__ import annotations

import asyncio
import json
import sys
from typing import TYPE_CHECKING, Any, NamedTuple

from qda.errors import QdaError
from qda.reports.search import Hit, search

if TYPE_CHECKING:
    from qda.tui.hits.state import Wanted
    from qda.tui.report.counting import Door

# A pattern may take for ever, and nothing can stop it inside this process.
APART = ("regex", "lemma")
_CHILD = "from qda.tui.hits.child import main; main()"


class Finding(NamedTuple):
    """What was found, what was done otherwise than was asked for, and in which state of the study."""

    hits: list[Hit]
    notes: list[str]
    state: str


async def find(door: Door, wanted: Wanted) -> Finding:
    """Find words in the sources.

    Raises:
        QdaError: The words are empty, or the pattern is wrong.
    """
    if wanted.mode in APART:
        return await _apart(door, wanted)
    return await asyncio.to_thread(find_here, door, wanted)


def find_here(door: Door, wanted: Wanted) -> Finding:
    """Find words in the sources, in this thread."""
    notes: list[str] = []
    words, mode, only = wanted
    with door.open() as study, study.database.reading():
        hits = search(study, words, mode=mode, within=only, say=notes.append)
        return Finding(hits, notes, study.state_hash())


async def _apart(door: Door, wanted: Wanted) -> Finding:
    pipe = asyncio.subprocess.PIPE
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-P", "-c", _CHILD), stdin=pipe, stdout=pipe, stderr=asyncio.subprocess.DEVNULL
    )
    only = {name: getattr(wanted.only, name) for name in ("sources", "codes", "coders", "query")}
    door_and_words = {"file": str(door.file), "coder": door.coder, "words": wanted.words, "mode": wanted.mode}
    asked = json.dumps({**door_and_words, "only": only})
    try:
        answer, _ = await process.communicate(asked.encode())
    finally:
        if process.returncode is None:
            process.kill()
    found: dict[str, Any] = json.loads(answer) if answer else {"refused": "the search was broken off"}
    if "refused" in found:
        raise QdaError(found["refused"])
    return Finding([Hit(*hit) for hit in found["hits"]], found["notes"], found["state"])
