"""A corrected text is a new revision of its source: codings, memos and stretches follow their words."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from qda.errors import QdaError
from qda.model.anchoring import follow
from qda.store.translations import reanchor

if TYPE_CHECKING:
    from collections.abc import Mapping

    from qda.model.nouns import Source, Turn
    from qda.model.transcript import Speaker, Transcript
    from qda.store.change import Change
    from qda.store.study import Study

IN_PLACE, REVIEW, LOST = 0, 1, 2


class Followed(NamedTuple):
    """What became of one coding: its code's path, its coder, old and new place, and its state."""

    code: str
    coder: str
    old: tuple[int, int]
    new: tuple[int, int]
    state: int
    words: str


class Cited(NamedTuple):
    """How many citations of claims are to be looked at since an edit, and how many have lost their words."""

    review: int
    lost: int


class Edited(NamedTuple):
    """What an edit of a source did: its new revision, and what became of each coding and of the citations."""

    revision: int
    codings: tuple[Followed, ...]
    memos_lost: int
    cited: Cited


def edit_source(study: Study, name: str, transcript: Transcript, speakers: Mapping[str, Speaker]) -> Edited:
    """Give a source a new text; everything on it is re-anchored in the same action.

    Raises:
        QdaError: There is no such source, or the text is the same.
    """
    with study.action("edit", f"text of {name}") as change:
        source = study.sources.get(name)
        edited = revise(change, study, source, transcript, speakers)
        change.summarise(f"text of {name}, revision {edited.revision}")
    return edited


def revise(
    change: Change, study: Study, source: Source, transcript: Transcript, speakers: Mapping[str, Speaker]
) -> Edited:
    """Give a source a new text inside an action; everything on it is re-anchored.

    Raises:
        QdaError: The text is the same, or others' work on it is hidden by a blind round.
    """
    study.rounds.refuse_veiled(source.key, f"the text of '{source.name}' stays as it is")
    old = study.sources.text(source.key)
    if old == transcript.text:
        raise QdaError(f"the text is that of '{source.name}' already; nothing was changed")
    sha, text_sha = study.sources.keep(transcript.original, transcript.text)
    revision = change.new_key("revision")
    change.insert("revision", [(revision, source.key, source.revision + 1, text_sha, sha)])
    known = study.sources.turns(source.revision_key)
    study.sources.add_turns(change, source.key, revision, source.name, transcript, speakers)
    _keep_persons(change, study, revision, known)
    followed = _follow_codings(change, study, source, revision, old, transcript.text)
    _follow_stretches(change, study, source, revision, old, transcript)
    lost = _follow_memos(change, study, source, revision, old, transcript.text)
    _follow_decisions(change, study, source, revision, old, transcript.text)
    _follow_marks(change, source, revision, old, transcript.text)
    cited = _follow_citations(change, study, source, revision, old, transcript.text)
    reanchor(change, source, revision, old, transcript.text, study.translations.units(source.key))
    return Edited(source.revision + 1, tuple(followed), lost, cited)


def _keep_persons(change: Change, study: Study, revision: int, known: list[Turn]) -> None:
    """Who spoke behind a label before speaks behind it now."""
    fresh: dict[str, set[int | None]] = {}
    for label, person in study.database.rows("SELECT label, person FROM live_turn WHERE revision = ?", (revision,)):
        fresh.setdefault(label or "", set()).add(person)
    before = {turn.label.casefold(): turn for turn in known if turn.label}
    for label, made in fresh.items():
        turn = before.get(label.casefold())
        if turn is None:
            continue
        place = (revision, label)
        change.edit("turn", "revision = ? AND label = ?", place, person=turn.person, speaks_for=turn.speaks_for)
        for person in made - {turn.person, None}:
            change.edit("turn", "speaks_for = ?", (person,), speaks_for=turn.person)
            change.close("person", "key = ?", (person,))


def _follow_codings(change: Change, study: Study, source: Source, revision: int, old: str, new: str) -> list[Followed]:
    codings = list(study.codings.all(source.key))
    places = follow(old, new, [(coding.start, coding.end) for coding in codings])
    rows = study.database.rows(
        "SELECT key, source, code, coder, layer, weight, origin, at, anchor FROM counted_coding WHERE source = ?",
        (source.key,),
    )
    by_key = {row[0]: row for row in rows}
    paths = {code.key: code.path for code in study.codebook.tree().codes}
    coders = {coder.key: coder.name for coder in study.coders.all()}
    change.close("coding", "source = ? AND anchor < 2", (source.key,))
    fresh, followed, taken = [], [], set[tuple[object, ...]]()
    for coding, place in zip(codings, places, strict=True):
        key, source_key, code, coder, layer, weight, origin, at, anchor = by_key[coding.key]
        state = max(place.state, anchor) if place.state != LOST else LOST
        same = (code, coder, layer, place.start, place.end)
        if state != LOST and same in taken:
            state = LOST
        if state != LOST:
            taken.add(same)
        stays = source.revision_key if state == LOST else revision
        start, end = (coding.start, coding.end) if state == LOST else (place.start, place.end)
        fresh.append((key, source_key, stays, code, coder, start, end, layer, weight, origin, at, state))
        followed.append(
            Followed(
                paths[code],
                coders[coder],
                (coding.start, coding.end),
                (start, end),
                state,
                old[coding.start : coding.end],
            )
        )
    change.insert("coding", fresh)
    return followed


def _follow_stretches(
    change: Change, study: Study, source: Source, revision: int, old: str, transcript: Transcript
) -> None:
    """Stretches that are no data move along, and those of the new text come; one whose words are gone stays behind."""
    rows = study.database.rows(
        "SELECT key, start, end, reason FROM live_not_data WHERE revision = ?", (source.revision_key,)
    )
    places = follow(old, transcript.text, [row[1:3] for row in rows])
    for (key, _, _, reason), place in zip(rows, places, strict=True):
        if place.state != LOST:
            change.put("not_data", (key, revision, place.start, place.end, reason))
    followed = {(place.start, place.end) for place in places if place.state != LOST}
    fresh = [one for one in transcript.no_data if one[:2] not in followed]
    change.insert("not_data", [(change.new_key("not_data"), revision, *one) for one in fresh])


def _follow_memos(change: Change, study: Study, source: Source, revision: int, old: str, new: str) -> int:
    """Memos on segments move along; one whose words are gone keeps its old revision and place."""
    rows = study.database.rows("SELECT key, start, end FROM live_memo WHERE revision = ?", (source.revision_key,))
    lost = 0
    for (key, _, _), place in zip(rows, follow(old, new, [row[1:3] for row in rows]), strict=True):
        if place.state == LOST:
            lost += 1
        else:
            change.edit("memo", "key = ?", (key,), revision=revision, start=place.start, end=place.end)
    return lost


def _follow_decisions(change: Change, study: Study, source: Source, revision: int, old: str, new: str) -> None:
    """Decisions move along with the words that they are about; one whose words are gone keeps its old place."""
    where = "SELECT key, start, end FROM main.decision WHERE died IS NULL AND revision = ?"
    rows = study.database.rows(where, (source.revision_key,))
    for (key, *_), place in zip(rows, follow(old, new, [row[1:3] for row in rows]), strict=True):
        if place.state != LOST:
            change.edit("decision", "key = ?", (key,), revision=revision, start=place.start, end=place.end)


def _follow_marks(change: Change, source: Source, revision: int, old: str, new: str) -> None:
    """What is confidential moves along; a mark whose words are gone keeps its old revision and place."""
    rows = change.database.rows(
        "SELECT key, start, end, anchor FROM main.sensitive WHERE died IS NULL AND revision = ? AND anchor < 2",
        (source.revision_key,),
    )
    for (key, _, _, anchor), place in zip(rows, follow(old, new, [row[1:3] for row in rows]), strict=True):
        at: dict[str, int] = {"anchor": LOST}
        if place.state != LOST:
            at = {"revision": revision, "start": place.start, "end": place.end, "anchor": max(place.state, anchor)}
        change.edit("sensitive", "key = ?", (key,), **at)


def _follow_citations(change: Change, study: Study, source: Source, revision: int, old: str, new: str) -> Cited:
    """Citations of claims move along; one whose words are gone keeps its old revision and place."""
    rows = study.database.rows(
        "SELECT key, start, end, anchor FROM main.citation WHERE died IS NULL AND revision = ? AND anchor < 2",
        (source.revision_key,),
    )
    states = []
    for (key, _, _, anchor), place in zip(rows, follow(old, new, [row[1:3] for row in rows]), strict=True):
        state = max(place.state, anchor)
        states.append(state)
        if place.state == LOST:
            change.edit("citation", "key = ?", (key,), anchor=LOST)
        else:
            at = {"revision": revision, "start": place.start, "end": place.end, "anchor": state}
            change.edit("citation", "key = ?", (key,), **at, words=new[place.start : place.end])
    return Cited(states.count(REVIEW), states.count(LOST))
