"""Deciding row by row: what only the copy changed is taken, what both changed differently is a conflict."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from qda.model.nouns import id_of
from qda.store.merge.outcome import Conflict
from qda.store.merge.same import path_of
from qda.store.merge.snapshot import same
from qda.store.schema import TABLES

if TYPE_CHECKING:
    from collections.abc import Callable

    from qda.store.merge.sides import Sides
    from qda.store.merge.snapshot import Ident, Row

# In these, both may change different columns of the same thing.
_BY_COLUMN = ("code", "source", "person", "case", "attribute", "reread", "round", "claim", "query", "dataset")
# Which of two orders of the codes it is, who proposed one and who works here is no matter of dispute.
_YIELDS = {"position", "proposer", "key", "revealed", "version", "at", "home"}

Choose = "Callable[[str], str]"


def decide(sides: Sides, choose: Callable[[str], str]) -> None:
    """Fill what will be.

    Args:
        sides: What is merged; places are in the same texts already.
        choose: For a code in conflict, by its key: `ours`, `theirs`, or empty where it is not decided yet.
    """
    for table in TABLES:
        sides.final[table] = dict(sides.ours[table])
        for here in {**sides.base[table], **sides.theirs[table]}:
            b, t, o = (rows[table].get(here) for rows in (sides.base, sides.theirs, sides.ours))
            if same(t, b, sides.version) or same(t, o, sides.version):
                continue
            if table == "revision" and (t is None or o is not None or not _is_wanted(sides, t)):
                continue  # texts are added, never changed; which is current was chosen before
            if same(o, b, sides.version):
                sides.take(table, here)
            else:
                _dispute(sides, table, here, choose)


def _is_wanted(sides: Sides, row: Row) -> bool:
    """Whether the copy's texts of a source come in: it is new, or its current text is the copy's."""
    current = sides.current.get(row["source"])
    return current is None or (current,) not in sides.ours["revision"]


def _dispute(sides: Sides, table: str, here: Ident, choose: Callable[[str], str]) -> None:
    b, t, o = (rows[table].get(here) for rows in (sides.base, sides.theirs, sides.ours))
    clashes: list[str] = []
    if table in _BY_COLUMN and t and o:
        both = {name: _column(name, b, t, o, clashes) for name in o}
        sides.final[table][here] = both
        sides.taken.add((table, here))
        if not clashes:
            return
    if table == "code":
        _dispute_code(sides, here, clashes, choose)
        return
    if sides.prefer_theirs and clashes and t:
        sides.final[table][here] |= {name: t[name] for name in clashes}
    elif sides.prefer_theirs:
        sides.take(table, here)
    elif not clashes:
        sides.leave(table, here)
    row = o or t or {}
    sides.keep(table, row, _said(table, row, b, t, o, sides.prefer_theirs))


def _column(name: str, b: Row | None, t: Row, o: Row, clashes: list[str]) -> Any:
    """A column of what both changed: the one that is new; where both are, ours, and it is noted."""
    if t[name] == o[name] or (b is not None and t[name] == b[name]):
        return o[name]
    if b is not None and o[name] == b[name] and name != "revealed":
        return t[name]
    if name == "aliases" and b is not None:
        return _both_lists(b[name], t[name], o[name])
    if name not in _YIELDS:
        clashes.append(name)
    return o[name]


def _both_lists(base: str, theirs: str, ours: str) -> str:
    """A list with what either side has added, without what either has taken away."""
    b, t, o = (json.loads(words) for words in (base, theirs, ours))
    joined = [word for word in dict.fromkeys((*o, *t)) if word not in b or (word in o and word in t)]
    return json.dumps(joined, ensure_ascii=False)


def _dispute_code(sides: Sides, here: Ident, clashes: list[str], choose: Callable[[str], str]) -> None:
    b, t, o = (rows["code"].get(here) for rows in (sides.base, sides.theirs, sides.ours))
    key = id_of(here[0])
    choice = choose(key)
    codes = {**sides.base["code"], **sides.theirs["code"], **sides.ours["code"]}
    if t and o:
        differs = tuple((name, str(o[name]), str(t[name])) for name in clashes)
        if choice == "theirs":
            sides.final["code"][here] |= {name: t[name] for name in clashes}
    else:
        differs = (("code", "there" if o else "removed", "there" if t else "removed"),)
        if choice == "theirs":
            sides.take("code", here)
    sides.conflicts.append((o or t or {}, Conflict(key, path_of(codes, here[0]), b is None, differs)))


def _said(table: str, row: Row, b: Row | None, t: Row | None, o: Row | None, theirs: bool) -> str:  # noqa: FBT001
    what = {
        "value": "an attribute's value",
        "progress": "progress",
        "reread": "that a source was read again",
        "summary": "the summary of a cell",
        "judgement": "a state set by hand",
        "fact": f"the fact '{row.get('measure')}'",
        "recoding": f"a recoding of the column '{row.get('column_')}'",
        "sensitive": "a mark of what is confidential",
        "leak": f"the decision on the name '{row.get('name')}' in what goes out",
        "setting": f"the setting '{row.get('name')}'",
    }
    thing = what.get(table, f"the {table.replace('_', ' ')} '{row['name']}'" if "name" in row else f"a {table}")
    if table == "memo":
        thing = f"the memo '{' '.join((row['title'] or row['body']).split())[:40]}'"
    if table == "claim":
        thing = f"the claim '{row['text'][:40]}'"
    if t is None:
        deed = "was changed here and removed in the copy"
    elif o is None:
        deed = "was removed here and changed in the copy"
    else:
        deed = "was changed in both" if b else "is in both, and differs"
    return f"{thing} {deed}: that of the {'copy is taken' if theirs else 'study stays'}"
