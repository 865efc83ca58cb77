"""What of a study stays behind when it goes out as a project, counted, so that nothing is lost in silence."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from qda.model.project import Left
from qda.store.schema import TABLES

if TYPE_CHECKING:
    from qda.store.projects.given_items import Which
    from qda.store.study import Study

_CURRENT = "SELECT max(number) FROM live_revision WHERE source = r.source"
_STAYS = "stay in the study"
_CARRIED = {"setting", "coder", "source", "case", "member", "attribute", "value", "code", "coding", "memo"}
_COUNTED = (
    ("persons", "SELECT count(*) FROM live_person", f"{_STAYS}, with their roles; the texts keep what they say"),
    (
        "turns",
        f"SELECT count(*) FROM live_turn t JOIN live_revision r ON r.key = t.revision WHERE r.number = ({_CURRENT})",
        "go only as the labels and time stamps that stand in the texts",
    ),
    (
        "persons in cases",
        "SELECT count(*) FROM live_member m JOIN entity e ON e.key = m.member WHERE e.kind = 'person'",
        f"{_STAYS}; a case goes with its sources only",
    ),
    (
        "values of attributes of persons",
        "SELECT count(*) FROM live_value v JOIN entity e ON e.key = v.target WHERE e.kind = 'person'",
        f"{_STAYS}; 'qda attributes export --for persons' writes them",
    ),
    (
        "memos on persons",
        "SELECT count(*) FROM live_memo m JOIN entity e ON e.key = m.target WHERE e.kind = 'person'",
        f"{_STAYS}; 'qda memos export' writes them",
    ),
    (
        "memos on claims",
        "SELECT count(*) FROM live_memo m JOIN entity e ON e.key = m.target WHERE e.kind = 'claim'",
        f"{_STAYS}; 'qda memos export' writes them",
    ),
    (
        "memos on words that a text has no more",
        f"SELECT count(*) FROM live_memo m JOIN live_revision r ON r.key = m.revision WHERE r.number < ({_CURRENT})",
        _STAYS,
    ),
    (
        "codings on words that a text has no more",
        "SELECT count(*) FROM live_coding WHERE anchor = 2",
        f"{_STAYS}; 'qda codings flagged --state unanchored' lists them",
    ),
    ("earlier versions of texts", f"SELECT count(*) FROM live_revision r WHERE r.number < ({_CURRENT})", _STAYS),
    ("retired codes", "SELECT count(*) FROM live_code WHERE retired = 1", "go as codes like any other"),
)
_OF_CODINGS = (
    ("weights of codings", "weight IS NOT NULL", _STAYS),
    ("codings from rules or suggestions", "origin <> 'human'", "go as if a person had made them"),
    ("codings to be looked at again", "anchor = 1", "go without that mark"),
)
# Where persons go as cases.
_AS_CASES = {"persons": Left("persons", 0, "go as cases of the kind 'person', without their roles")}
_THEIRS = {"values of attributes of persons", "memos on persons"}
_TABLES = {
    "not_data": "stretches that are no data",
    "progress": "marks of who has done which source",
    "reread": "marks of what was read again",
    "coverage": "marks of what was asked where",
    "round": "rounds",
    "assignment": "parts of rounds",
    "submission": "submissions in rounds",
    "decision": "decisions on places where coders are apart",
    "summary": "summaries of cases by theme",
    "judgement": "states of cells set by hand",
    "claim": "claims",
    "query": "saved queries",
    "citation": "citations for and against claims",
    "frame": "versions of the frame of who was asked",
    "fact": "facts from elsewhere beside cases and values",
    "dataset": "datasets",
    "recoding": "recodings in datasets",
    "rule": "rules for datasets",
    "translation": "links between translations and their originals",
    "sensitive": "marks of what is confidential",
    "pseudonym": "pseudonyms",
    "leak": "decisions on names in what goes out",
}
_BECOMES = {
    "sensitive": f"{_STAYS}; the words that they mark go along, unless with --profile public",
    "pseudonym": f"{_STAYS}; --profile team and public put them in place of names",
}
_PARTS = {"turn", "person", "participant", "revision", "decided", "outcome", "claim_code", "frame_unit"}
"""Tables whose rows are counted above, or are parts of what other rows say."""


def left_behind(study: Study, which: Which) -> list[Left]:
    """What a project does not carry, as far as the current coder may see it."""
    database, layer, coders = study.database, which.layer, which.coders

    def count(query: str, *values: Any) -> int:
        return int(database.one(query, values))

    whose = f"coder IN ({', '.join(map(str, coders))})" if coders else "1"
    left = [Left(what, count(query), becomes) for what, query, becomes in _COUNTED]
    if which.persons:
        left = [_AS_CASES.get(one.what, one)._replace(number=one.number) for one in left if one.what not in _THEIRS]
    other = count("SELECT count(*) FROM counted_coding WHERE layer <> ?", layer)
    named = (
        ("codings of the consensus", "stay; --layer consensus writes them, and only them")
        if layer == 0
        else ("codings of single coders", "stay; without --layer they go, and the consensus stays")
    )
    left.append(Left(named[0], other, named[1]))
    if coders:
        others = count(f"SELECT count(*) FROM counted_coding WHERE layer = ? AND NOT ({whose})", layer)
        left.append(Left("codings of coders who are not named", others, _STAYS))
    goes = f"c.anchor < 2 AND c.layer = ? AND c.{whose}" if coders else "c.anchor < 2 AND c.layer = ?"
    theirs = f"SELECT count(*) FROM live_memo m JOIN live_coding c ON c.key = m.target WHERE NOT ({goes})"
    left.append(Left("memos on codings that stay", count(theirs, layer), _STAYS))
    for what, where, becomes in _OF_CODINGS:
        query = f"SELECT count(*) FROM counted_coding WHERE layer = ? AND {whose} AND {where}"
        left.append(Left(what, count(query, layer), becomes))
    for table in TABLES:
        if table not in _CARRIED | _PARTS:
            what = _TABLES.get(table, f"rows of the table '{table}'")
            left.append(Left(what, count(f"SELECT count(*) FROM live_{table}"), _BECOMES.get(table, _STAYS)))
    left.append(Left("changes in the history", count("SELECT count(*) FROM seen_change"), _STAYS))
    return [one for one in left if one.number]
