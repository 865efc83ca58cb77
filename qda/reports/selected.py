"""The single codings of a selection, as they leave the study."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qda.model.spans import ROW
from qda.reports.narrowing import Where
from qda.reports.querying import Sought

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qda.model.nouns import Coding
    from qda.reports.scope import Scope
    from qda.store import Study


def selected_codings(study: Study, scope: Scope) -> Iterator[Coding]:
    """The codings that a scope selects, every layer that it asks for; `final` leaves nothing out here.

    An export must carry what is there: only where a layer is named are the others left out.
    """
    wanted = {code.key for code in scope.codes}
    named = {study.sources.get(name).key for name in scope.selection.sources}
    roots = study.translations.roots()
    layer = scope.selection.layer
    where = Where(study, scope) if scope.selection.where else None
    on_query = _on_query(study, scope) if scope.selection.query else None
    for coding in study.codings.all():
        if coding.code not in wanted or roots.get(coding.source, coding.source) not in scope.source_keys:
            continue
        if named and coding.source not in named:
            continue
        if scope.coders is not None and coding.coder not in scope.coders:
            continue
        if layer in ("independent", "consensus") and coding.layer != layer:
            continue
        if on_query is not None and coding.key not in on_query:
            continue
        if where is None or _holds(study, where, coding):
            yield coding


def _holds(study: Study, where: Where, coding: Coding) -> bool:
    """Whether the words of a coding, or for a translation those of the original, carry the wanted values."""
    found = next((one for one in study.translations.all() if one.source == coding.source), None)
    if found is None:
        return where.holds(coding.source, coding.start, coding.end)
    spans = study.translations.alignment(found).carry(coding.start, coding.end)
    return any(where.holds(found.original, *span) for span in spans)


def _on_query(study: Study, scope: Scope) -> set[int]:
    """The keys of the codings on the words of the scope's query, of every layer; those whose words are gone are not."""
    sought = Sought(study, scope)
    kept: set[int] = set()
    for source in scope.source_keys:
        segments = [
            one
            for consensus in (False, True)
            for one in study.counts.segments(source, scope.coders, consensus=consensus)
        ]
        keys = {row: key for row, key, *_ in study.counts.details(source).values()}
        kept.update(keys[one[ROW]] for one in sought.filter(source, segments))
    return kept
