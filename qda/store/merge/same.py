"""Things that are the same in both files although each made them on its own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from qda.model.nouns import plain_name
from qda.store.merge.snapshot import rename

if TYPE_CHECKING:
    from collections.abc import Callable

    from qda.model.tree import CodeTree
    from qda.store.merge.sides import Sides
    from qda.store.merge.snapshot import Row, Rows

_SIGNS: dict[str, Callable[[Row], Any]] = {
    "coder": lambda row: plain_name(row["name"]),
    "attribute": lambda row: (row["name"], row["target"]),
    "revision": lambda row: (row["source"], row["text"]),
    "person": lambda row: (row["name"], row["home"]),
    "case": lambda row: (row["name"], row["kind"]),
    "coding": lambda row: (
        *(row[name] for name in ("source", "code", "coder", "start", "end", "layer")),
        row["anchor"] == 2,
    ),
    "memo": lambda row: tuple(
        row[name] for name in ("kind", "title", "body", "coder", "target", "revision", "start", "end")
    ),
    "query": lambda row: (row["name"], row["text"]),
    "summary": lambda row: tuple(row[name] for name in ("target", "code", "body", "coder")),
    "judgement": lambda row: tuple(row[name] for name in ("code", "cell", "state", "reason", "coder")),
    "fact": lambda row: tuple(
        row[name] for name in ("target", "attribute", "held", "measure", "value", "period", "rater", "origin")
    ),
    "dataset": lambda row: (row["name"], row["original"]),
    "recoding": lambda row: tuple(row[name] for name in ("dataset", "column_", "was", "becomes", "where_")),
    "rule": lambda row: (row["dataset"], row["words"]),
    "frame": lambda row: row["name"],
    "frame_unit": lambda row: (row["frame"], row["name"]),
    "not_data": lambda row: (row["revision"], row["start"], row["end"]),
    "claim": lambda row: (row["text"], row["under"]),
    "sensitive": lambda row: tuple(row[name] for name in ("target", "revision", "start", "end", "how")),
    "leak": lambda row: (row["name"], row["words"]),
    "citation": lambda row: tuple(row[name] for name in ("claim", "stance", "revision", "start", "end")),
}


def join_things(sides: Sides, tree: CodeTree) -> None:
    """Find what is the same before texts are looked at: coders, texts, registers and codes."""
    for table in (
        "coder",
        "attribute",
        "revision",
        "person",
        "case",
        "claim",
        "query",
        "leak",
        "dataset",
        "frame",
        "frame_unit",
    ):
        _join(sides, table)
    _join_codes(sides, tree)


def join_places(sides: Sides) -> None:
    """Find what is the same once places are in the same text: codings, what is written of them, what is no data."""
    for table in (
        *("coding", "memo", "summary", "judgement", "fact", "recoding", "rule", "not_data", "citation", "sensitive"),
    ):
        _join(sides, table)


def _join(sides: Sides, table: str) -> None:
    sign, ours, theirs = _SIGNS[table], sides.ours[table], sides.theirs[table]
    known = {sign(row): here for here, row in ours.items()}
    names = {}
    for here, row in {**theirs, **sides.base[table]}.items():
        other = known.get(sign(row))
        if here not in ours and other is not None and other not in theirs:
            names[here[0]] = other[0]
    _rename(sides, names)


def _join_codes(sides: Sides, tree: CodeTree) -> None:
    """Codes with the same name in the same place are one; one that was merged or moved here is what it became."""
    ours, theirs = sides.ours["code"], {**sides.base["code"], **sides.theirs["code"]}
    known = {_code_sign(row, row["parent"]): here[0] for here, row in ours.items()}
    became = {uid: _became(sides.base["code"], tree, uid) for (uid,) in sides.base["code"] if (uid,) not in ours}
    names: dict[bytes, bytes] = {}
    for uid in _from_the_top(theirs):
        if (uid,) in ours:
            continue
        row = theirs[uid,]
        other = known.get(_code_sign(row, names.get(row["parent"], row["parent"])))
        if other is not None and (other,) not in sides.theirs["code"]:
            names[uid] = other
        elif (found := became.get(uid)) is not None:
            names[uid] = found
    _rename(sides, names)


def _code_sign(row: Row, parent: bytes | None) -> tuple[Any, ...]:
    return parent, plain_name(row["name"]), row["proposer"]


def _became(codes: dict[Any, Row], tree: CodeTree, uid: bytes) -> bytes | None:
    """The code of the study to which the path leads that a code once had."""
    from qda.model.nouns import uid_of

    code = tree.find(path_of(codes, uid))
    return uid_of(code.uid) if code else None


def path_of(codes: dict[Any, Row], uid: bytes | None) -> str:
    """The path of a code among rows."""
    from qda.model.paths import join_path

    names: list[str] = []
    seen = set()
    while uid is not None and (uid,) in codes and uid not in seen:
        seen.add(uid)
        names.insert(0, codes[uid,]["name"])
        uid = codes[uid,]["parent"]
    return join_path(names)


def _from_the_top(codes: dict[Any, Row]) -> list[bytes]:
    """The codes, parents before children."""
    depths: dict[bytes, int] = {}

    def depth(uid: bytes, seen: frozenset[bytes] = frozenset()) -> int:
        if uid not in depths:
            parent = codes[uid,]["parent"]
            inside = parent is not None and (parent,) in codes and parent not in seen
            depths[uid] = depth(parent, seen | {uid}) + 1 if inside else 0
        return depths[uid]

    return sorted((uid for (uid,) in codes), key=depth)


def _rename(sides: Sides, names: dict[bytes, bytes]) -> None:
    rows: Rows
    for rows in (sides.base, sides.theirs):
        rename(rows, names)
