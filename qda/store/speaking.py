"""Who speaks where, how often, and for whom."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from qda.errors import QdaError
from qda.store.base import check_plain

if TYPE_CHECKING:
    from qda.store.study import Study


class Voice(NamedTuple):
    """Somebody who speaks in a source under a label for somebody: how many turns and words that is."""

    source: int
    label: str | None
    person: int | None
    speaks_for: int | None
    turns: int
    words: int


def voices(study: Study, source: int | None = None) -> list[Voice]:
    """The voices of one source, or of all, those with the most turns first in each."""
    where, values = ("", ()) if source is None else ("AND r.source = ?", (source,))
    rows = study.database.rows(
        "SELECT r.source, t.label, t.person, t.speaks_for, count(*), sum(t.words) FROM live_turn t"
        " JOIN live_revision r ON r.key = t.revision"
        f" WHERE r.number = (SELECT max(number) FROM live_revision WHERE source = r.source) {where}"
        " GROUP BY r.source, t.label, t.person, t.speaks_for ORDER BY r.source, count(*) DESC, min(t.number)",
        values,
    )
    return [Voice(*row) for row in rows]


def speak_for(study: Study, source: str, person: str, whom: str) -> None:
    """Let the turns of a person in a source count for another one; for nobody (empty), for the person again.

    Somebody who is new, because nothing is heard from him but through an interpreter, is made.

    Raises:
        QdaError: The source or the person is not there, or the person has no turns in it.
    """
    said = f"for {whom}" if whom else "for nobody else"
    with study.action("persons", f"{person} speaks {said} in {source}") as change:
        where, speaker = study.sources.get(source), study.persons.find(person)
        known = study.persons.known().find(whom) if whom else None
        if known == speaker:
            raise QdaError(f"'{person}' speaks for '{whom}' as it is; leave it empty to say so")
        if whom and known is None:
            check_plain(whom, "person")
            known = change.new_key("person")
            change.insert("person", [(known, whom, whom, "respondent", where.key)])
        turns = "revision = ? AND person = ?"
        place = (where.revision_key, speaker)
        if not study.database.one(f"SELECT 1 FROM live_turn WHERE {turns}", place):
            raise QdaError(f"'{person}' has no turns in '{source}'")
        change.edit("turn", turns, place, speaks_for=known)
        if known is not None:  # who is heard in a second source is at home in none
            change.edit("person", "key = ? AND home IS NOT NULL AND home <> ?", (known, where.key), home=None)
