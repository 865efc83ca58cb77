"""Texts that were corrected on one side: all places are brought into the newer text before they are compared."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qda.model.anchoring import follow
from qda.store.merge.sides import Moved
from qda.store.revisions import LOST

if TYPE_CHECKING:
    from collections.abc import Callable

    from qda.store.merge.sides import Sides
    from qda.store.merge.snapshot import Row, Rows

_PLACED = ("coding", "memo", "not_data", "decision", "citation", "sensitive")


def settle_texts(sides: Sides, text_of: Callable[[bytes], str]) -> set[bytes]:
    """Choose each source's current text and bring all places into it; returns the sources that get another text.

    Args:
        sides: What is merged.
        text_of: The words of a text by its hash.
    """
    base, theirs, ours = (_current(rows) for rows in (sides.base, sides.theirs, sides.ours))
    changed = set()
    for source, mine in ours.items():
        other, common = theirs.get(source, mine), base.get(source)
        if other in (mine, common):
            sides.current[source] = mine
        elif mine == common or sides.prefer_theirs:
            sides.current[source] = other
            changed.add(source)
        else:
            sides.current[source] = mine
        if other not in (mine, common) and mine != common:
            row = sides.ours["source"][source,]
            which = "that of the copy is taken" if sides.prefer_theirs else "that of the study stays"
            sides.keep("source", row, f"the text of '{row['name']}' was corrected in both: {which}")
    for name, rows, current in (
        ("base", sides.base, base),
        ("theirs", sides.theirs, theirs),
        ("ours", sides.ours, ours),
    ):
        _bring(sides, name, rows, current, text_of)
    return changed


def _current(rows: Rows) -> dict[bytes, bytes]:
    """The current revision of each source."""
    newest: dict[bytes, Row] = {}
    for row in rows["revision"].values():
        if row["source"] not in newest or row["number"] > newest[row["source"]]["number"]:
            newest[row["source"]] = row
    return {source: row["key"] for source, row in newest.items()}


def _bring(sides: Sides, name: str, rows: Rows, current: dict[bytes, bytes], text_of: Callable[[bytes], str]) -> None:
    """Bring the places of one side that are in its current texts into those that will be."""
    texts = {
        here[0]: row["text"] for rows_of in (sides.theirs, sides.ours) for here, row in rows_of["revision"].items()
    }
    texts |= {here[0]: row["text"] for here, row in rows["revision"].items()}
    wanted = {
        mine: sides.current[source] for source, mine in current.items() if sides.current.get(source, mine) != mine
    }
    for revision, target in wanted.items():
        old, new = text_of(texts[revision]), text_of(texts[target])
        for table in _PLACED:
            found = {
                here: row
                for here, row in rows[table].items()
                if row["revision"] == revision and row.get("anchor", 0) != LOST
            }
            places = follow(old, new, [(row["start"], row["end"]) for row in found.values()])
            for (here, row), place in zip(found.items(), places, strict=True):
                was = row["start"], row["end"]
                if table == "coding":
                    sides.moved[name, here[0]] = Moved(was, old[slice(*was)])
                words = {"words": new[place.start : place.end]} if "words" in row and place.state != LOST else {}
                rows[table][here] = _placed(row, target, place.start, place.end, place.state) | words


def _placed(row: Row, revision: bytes, start: int, end: int, state: int) -> Row:
    """A row in its new place; one whose words are gone stays in the old text."""
    if state == LOST:
        return {**row, "anchor": LOST} if "anchor" in row else row
    moved = {**row, "revision": revision, "start": start, "end": end}
    return {**moved, "anchor": max(state, row["anchor"])} if "anchor" in row else moved
