"""Taking claims over from a file: each becomes exactly what the file says of it; claims that it does not name stay."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from qda.errors import QdaError, WrongLinesError
from qda.model.claims import one_sentence
from qda.model.nouns import id_of
from qda.store.base import at_line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qda.model.claims import Citation, CitationRow, Claim, ClaimRow
    from qda.store.change import Change
    from qda.store.study import Study


class Imported(NamedTuple):
    """How many claims are new, were changed, and were as the file says already."""

    new: int
    changed: int
    same: int


def import_claims(study: Study, rows: Sequence[ClaimRow], summary: str) -> Imported:
    """Take claims over, all or none: one with a known id, else with the same words, is that one.

    Raises:
        QdaError: A line is wrong; the sentence names it and nothing is entered.
    """
    new = changed = 0
    with study.action("claim", summary) as change:
        known = {claim.uid: claim for claim in study.claims.all()}
        by_text = {claim.text: claim for claim in known.values()}
        keys: list[str] = []
        for row in rows:
            claim = known.get(id_of(row.id)) if row.id else None
            claim = claim or by_text.get(one_sentence(row.text))
            try:
                if claim is None:
                    keys.append(study.claims.insert(change, row._replace(under="", citations=())))
                    claim = study.claims.get(keys[-1])
                    new += 1
                    _cite(study, change, claim, row.citations)
                else:
                    keys.append(claim.uid)
                    changed += _amend(study, change, claim, row)
            except WrongLinesError:
                raise
            except QdaError as error:
                raise at_line(row.line, error) from None
        for uid, row in zip(keys, rows, strict=True):
            try:
                _place(study, change, study.claims.get(uid), row)
            except QdaError as error:
                raise at_line(row.line, error) from None
    return Imported(new, changed, len(rows) - new - changed)


def _amend(study: Study, change: Change, claim: Claim, row: ClaimRow) -> bool:
    """Let a claim be what its row says; returns whether it was anything else."""
    fields = ("text", "kind", "state", "because", "rule", "grade", "reason", "scope")
    differing = {name: getattr(row, name) for name in fields if getattr(row, name) != getattr(claim, name)}
    if differing:
        study.claims.amend(change, claim, **differing)
    return _cite(study, change, claim, row.citations) or bool(differing)


def _place(study: Study, change: Change, claim: Claim, row: ClaimRow) -> None:
    """Let a claim be a part of the one that its row names."""
    parent = study.claims.get(row.under) if row.under else None
    if claim.under != (parent.key if parent else None):
        study.claims.amend(change, claim, under=parent.uid if parent else "")


def _cite(study: Study, change: Change, claim: Claim, rows: Sequence[CitationRow]) -> bool:
    """Let a claim have just the citations of its row; returns whether it had others."""
    here = study.claims.citations(claim.key)
    names = {source.key: source.name for source in study.sources.all()}
    by_id = {one.uid: one for one in here}
    by_place = {(names[one.source], one.start, one.end): one for one in here if one.anchor < 2}
    kept: set[int] = set()
    fresh: list[CitationRow] = []
    for row in rows:
        known = by_id.get(id_of(row.id)) if row.id else None
        if not row.anchored:
            if known is None or known.words != row.words:
                raise at_line(row.line, "this citation has lost its words in the source; cite words that stand there")
            kept.add(known.key)
            continue
        source = study.sources.get(row.source).name
        known = by_place.get((source, row.start, row.end)) or known
        if known is not None and _is_as(known, names[known.source], row._replace(source=source)):
            kept.add(known.key)
        else:
            fresh.append(row._replace(id=row.id if known is None or known.uid == id_of(row.id or b"") else None))
    gone = [one for one in here if one.key not in kept and not _stays(one, names, fresh)]
    for one in gone:
        study.claims.close_citation(change, one)
    for row in fresh:
        try:
            study.claims.insert_citation(change, claim.key, row)
        except QdaError as error:
            raise at_line(row.line, error) from None
    return bool(gone or fresh)


def _is_as(one: Citation, source: str, row: CitationRow) -> bool:
    """Whether a citation is what a row says already."""
    said = (source, one.start, one.end, one.stance, one.role, one.quoted, one.wording, one.by)
    asked = (row.source, row.start, row.end, row.stance, one_sentence(row.role), row.quoted, row.wording.strip())
    return said == (*asked, one_sentence(row.by))


def _stays(one: Citation, names: dict[int, str], fresh: Sequence[CitationRow]) -> bool:
    """Whether a row is about the very segment of a citation, which is then changed and not made anew."""
    place = (names[one.source], one.start, one.end)
    return one.anchor < 2 and any((row.source, row.start, row.end) == place for row in fresh)
