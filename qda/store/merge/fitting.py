"""Making what was decided fit together: places that are taken, names that are taken, things that are gone."""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING

from qda.model.nouns import plain_name
from qda.store.merge.snapshot import REFERENCES
from qda.store.revisions import LOST

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qda.store.merge.sides import Sides
    from qda.store.merge.snapshot import Ident, Row

_NAMED = ("coder", "source", "person", "case", "round", "query", "dataset", "frame")
# What the study has removed comes back where the copy builds on it.
_COMES_BACK = ("code", "person", "case", "attribute", "coder", "dataset")


def fit(sides: Sides) -> None:
    """Let everything that will be stand together."""
    _fit_submissions(sides)
    _fit_codings(sides)
    _fit_decisions(sides)
    while _fit_references(sides) or _fit_consensus(sides):
        pass
    _drop_turns(sides)
    _fit_revisions(sides)
    for table in _NAMED:
        _fit_names(sides, table)
    _open_circles(sides)
    _fit_code_names(sides)


def _fit_submissions(sides: Sides) -> None:
    """What is handed in after the reveal is no part of a blind round."""
    for table, here in list(sides.taken):
        row = sides.final[table].get(here)
        if table == "submission" and row:
            known = sides.ours["round"].get((row["round"],))
            if known and known["blind"] and known["revealed"]:
                sides.leave(table, here)
                sides.keep(table, row, f"the round '{known['name']}' was revealed before this was handed in")


def _fit_codings(sides: Sides) -> None:
    """A coder has a code once on a segment; memos of a coding that is another one by now go along."""
    places: dict[tuple[object, ...], bytes] = {}
    became: dict[bytes, bytes] = {}
    final, before = sides.final["coding"], sides.before["coding"]

    def rank(here: Ident) -> int:
        return 0 if final[here] == before.get(here) else 1 if ("coding", here) in sides.taken else 2

    for here in sorted(final, key=rank):
        row = final[here]
        if row["anchor"] == LOST:
            continue
        place = tuple(row[name] for name in ("source", "code", "start", "end", "coder", "layer"))
        other = places.setdefault(place, here[0])
        if other == here[0]:
            continue
        if ("coding", here) in sides.taken:
            became[here[0]] = other
            del final[here]
        else:
            final[here] = {**before[here], "anchor": LOST}
    memos = sides.final["memo"]
    for here, row in memos.items():
        if row["target"] in became:
            memos[here] = {**row, "target": became[row["target"]]}
    outcomes = sides.final["outcome"]
    for here in [here for here, row in outcomes.items() if row["coding"] in became]:
        other = became[outcomes.pop(here)["coding"]]
        outcomes[here[0], other] = {"decision": here[0], "coding": other}
        sides.taken.add(("outcome", (here[0], other)))


def _fit_decisions(sides: Sides) -> None:
    """Where both have decided on one place, the consensus is that of the decision that stands."""
    ours, theirs = sides.ours["decision"], sides.theirs["decision"]
    both = {here for here in ours if here in theirs and ours[here] != theirs[here]}
    for here in sorted(both):
        stands, other = (sides.theirs, sides.ours) if ("decision", here) in sides.taken else (sides.ours, sides.theirs)
        for table in ("decided", "outcome"):
            for one in [one for one in other[table] if one[0] == here[0] and one not in stands[table]]:
                sides.final[table].pop(one, None)
                sides.taken.discard((table, one))


def _fit_consensus(sides: Sides) -> bool:
    """Consensus whose decision does not stand goes; its memos move to the source. Returns whether any went."""
    final = sides.final
    rests = {row["coding"] for row in final["outcome"].values()}
    rested = {row["coding"] for rows in (sides.ours, sides.theirs) for row in rows["outcome"].values()}
    loose = {coding: final["coding"].pop((coding,)) for coding in rested - rests if (coding,) in final["coding"]}
    for coding in loose:
        if (coding,) in sides.ours["coding"]:
            sides.taken.add(("coding", (coding,)))
        else:
            sides.taken.discard(("coding", (coding,)))
    for here, row in final["memo"].items():
        if row["target"] in loose:
            final["memo"][here] = {**row, "target": loose[row["target"]]["source"]}
            sides.taken.add(("memo", here))
            sides.keep("memo", row, "a memo on consensus that no longer stands is a memo on its source now")
    return bool(loose)


def _fit_references(sides: Sides) -> bool:
    """Bring back or leave out what would refer to nothing; returns whether anything had to be done."""
    alive = {here[0] for table in sides.final if "key" in REFERENCES[table] for here in sides.final[table]}
    done = False
    for table, here in list(sides.taken):
        row = sides.final[table].get(here)
        if row is not None and table != "turn":
            for uid in _missing(table, row, alive):
                done = True
                if not _bring_back(sides, uid):
                    sides.leave(table, here)
                    sides.keep(table, row, f"{_a(table)} was not taken in: what it belongs to is gone here")
                    break
    gone = {
        here[0]: table
        for table, here in sides.taken
        if "key" in REFERENCES[table] and here in sides.ours[table] and here not in sides.final[table]
    }
    if gone:
        for table, rows in list(sides.final.items()):
            for row in list(rows.values()):
                for column in REFERENCES[table]:
                    if column != "key" and row[column] in gone:
                        kind = gone.pop(row[column])
                        sides.leave(kind, (row[column],))
                        sides.keep(kind, row, f"{_a(kind)} stays that the copy removed: {_a(table)} belongs to it")
                        done = True
    return done


def _missing(table: str, row: Row, alive: set[bytes]) -> Iterator[bytes]:
    for column in REFERENCES[table]:
        if column != "key" and row[column] is not None and row[column] not in alive:
            yield row[column]


def _bring_back(sides: Sides, uid: bytes) -> bool:
    kind = sides.kinds.get(uid, "")
    row = sides.theirs.get(kind, {}).get((uid,))
    if row is None or (kind not in _COMES_BACK and kind != "revision"):
        return False
    sides.take(kind, (uid,))
    if kind != "revision":
        sides.keep(kind, row, f"the {kind} '{row['name']}' is back: it was removed here, and the copy builds on it")
    return True


def _drop_turns(sides: Sides) -> None:
    """Turns come with their text only."""
    for table, here in list(sides.taken):
        if table == "turn" and here in sides.final[table] and (here[0],) not in sides.final["revision"]:
            sides.leave(table, here)


def _fit_revisions(sides: Sides) -> None:
    """Number the texts that come in: above those that are here, or below where the current text stays."""
    numbers: dict[bytes, list[int]] = {}
    for row in sides.ours["revision"].values():
        numbers.setdefault(row["source"], []).append(row["number"])
    fresh = [here for table, here in sides.taken if table == "revision" and here in sides.final[table]]
    for here in sorted(fresh, key=lambda here: sides.final["revision"][here]["number"]):
        row = sides.final["revision"][here]
        known = numbers.get(row["source"])
        if known is None:
            continue
        above = (sides.current[row["source"]],) not in sides.ours["revision"]
        number = max(known) + 1 if above else min(known) - 1
        known.append(number)
        sides.final["revision"][here] = {**row, "number": number}


def _fit_names(sides: Sides, table: str) -> None:
    """Give another name to what comes in under a name that something else has."""
    rows = sides.final[table]
    taken = {row["name"] for here, row in rows.items() if (table, here) not in sides.taken}
    for here in [here for name, here in sides.taken if name == table and here in rows]:
        name = rows[here]["name"]
        free = _free(name, lambda word: word in taken)
        taken.add(free)
        if free != name:
            rows[here] = {**rows[here], "name": free}
            sides.keep(table, rows[here], f"the {table} '{name}' of the copy is called '{free}' here")


def _free(name: str, is_taken: object) -> str:
    free = name
    for number in count(2):
        if not is_taken(free):  # type: ignore[operator]
            break
        free = f"{name} ({number})"
    return free


def _open_circles(sides: Sides) -> None:
    """A code that would stand under itself stays where it is."""
    codes = sides.final["code"]
    for here in [here for table, here in sides.taken if table == "code" and here in codes]:
        seen: set[bytes] = set()
        uid = codes[here]["parent"]
        while uid is not None and (uid,) in codes and uid not in seen and uid != here[0]:
            seen.add(uid)
            uid = codes[uid,]["parent"]
        if uid == here[0] and here in sides.ours["code"]:
            parent = sides.ours["code"][here]["parent"]
            codes[here] = {**codes[here], "parent": parent}
            sides.keep("code", codes[here], f"the code '{codes[here]['name']}' was moved in both: it stays where it is")


def _fit_code_names(sides: Sides) -> None:
    """Codes beside each other have different names; proposals are everybody's own."""
    codes = sides.final["code"]

    def sign(row: Row, name: str) -> tuple[object, ...]:
        return row["parent"], plain_name(name), row["proposer"]

    taken = {sign(row, row["name"]) for here, row in codes.items() if ("code", here) not in sides.taken}
    for here in [here for table, here in sides.taken if table == "code" and here in codes]:
        row = codes[here]
        free = _free(row["name"], lambda word, row=row: sign(row, word) in taken)
        taken.add(sign(row, free))
        if free != row["name"]:
            codes[here] = {**row, "name": free}
            sides.keep("code", row, f"the code '{row['name']}' of the copy is called '{free}' here")


def _a(table: str) -> str:
    return f"{'an' if table[0] in 'aeiou' else 'a'} {table.replace('_', ' ')}"
