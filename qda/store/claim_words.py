"""What became of a claim, in words: read from the versions of its rows and the change log."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from qda.store.database import Database

_SHORT = 60
_CLAIM = ("text", "kind", "state", "because", "rule", "grade", "reason", "scope", "under")
_CITATION = ("stance", "role", "quoted", "wording", "words", "anchor")
_NAMED = {"because": "reason of the state", "reason": "reason of the grade", "under": "part of"}


class Told(NamedTuple):
    """A line of a claim's log: the number of its change, when, who, and what was done."""

    number: int
    at: str
    coder: str
    words: str


def short(words: str) -> str:
    """Words for one line of the log."""
    line = " ".join(words.split())
    return line if len(line) <= _SHORT else f"{line[: _SHORT - 1]}…"


def told(database: Database, claim: int) -> list[Told]:
    """The log of a claim (by its key), the oldest line first; what a blind round hides stays out."""
    lines: list[tuple[int, str]] = []
    lines += _versions(database, "claim", _CLAIM, "key = ?", claim)
    lines += _versions(database, "citation", _CITATION, "claim = ?", claim)
    known = {
        number: (at, coder or "")
        for number, at, coder in database.rows(
            "SELECT s.number, s.at, k.name FROM seen_change s LEFT JOIN known_coder k ON k.key = s.coder"
        )
    }
    return [Told(number, *known[number], words) for number, words in sorted(lines) if number in known]


def _versions(
    database: Database, table: str, columns: Sequence[str], where: str, key: int
) -> Iterator[tuple[int, str]]:
    """What each change did to the rows of a table that belong to a claim."""
    source = "(SELECT name FROM main.source s WHERE s.key = t.source ORDER BY row DESC LIMIT 1)"
    place = f"{source} || ' ' || t.start || '-' || t.end" if table == "citation" else "''"
    rows = database.rows(
        f"SELECT t.key, t.born, t.died, {place}, {', '.join(f't.{name}' for name in columns)} FROM past_{table} t"
        f" WHERE t.{where} ORDER BY t.key, t.born",
        (key,),
    )
    by_key: dict[int, list[Sequence[Any]]] = {}
    for row in rows:
        by_key.setdefault(row[0], []).append(row)
    for versions in by_key.values():
        first, last = versions[0], versions[-1]
        yield first[1], _began(table, columns, first)
        for old, new in pairwise(versions):
            if old[2] != new[1]:
                yield old[2], _ended(table, old)
                yield new[1], _began(table, columns, new)
            elif changes := list(_differences(columns, old, new)):
                about = f"{new[3]}: " if table == "citation" else ""
                yield new[1], f"{about}{'; '.join(changes)}"
        if last[2] is not None:
            yield last[2], _ended(table, last)


def _began(table: str, columns: Sequence[str], row: Sequence[Any]) -> str:
    facts = dict(zip(columns, row[4:], strict=True))
    if table == "claim":
        return f"written, {facts['kind']}, {facts['state']}: {short(facts['text'])}"
    return f"cited {facts['stance']}: {row[3]}"


def _ended(table: str, row: Sequence[Any]) -> str:
    return "removed" if table == "claim" else f"no longer cited: {row[3]}"


def _differences(columns: Sequence[str], old: Sequence[Any], new: Sequence[Any]) -> Iterator[str]:
    for name, before, after in zip(columns, old[4:], new[4:], strict=True):
        if before == after:
            continue
        if name == "anchor":
            yield ("seen", "to be looked at since the text was corrected", "its words are gone from the text")[after]
        elif name == "under":
            yield "made a part of another claim" if after else "stands alone"
        else:
            yield f"{_NAMED.get(name, name)} {_said(before)} → {_said(after)}"


def _said(value: object) -> str:
    return f"'{short(str(value))}'" if value else "none"
