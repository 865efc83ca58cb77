"""The parts of the report on claims: each claim with its facts, its quotations, and what is beside and against it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qda.model.claims import scope_lines
from qda.model.nouns import many
from qda.reports.report import Part, Quotation, Table

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from qda.reports.claim_evidence import Cited, Counts, Standing
    from qda.reports.claims import Notes

FOR, AGAINST, UNCITED, LOST = "For", "Against", "In scope, and cited neither for nor against", "Words gone"


def parts(
    standings: Sequence[Standing], notes: Notes, numbers: Mapping[int, int], names: Mapping[int, int]
) -> tuple[Part, ...]:
    """A part for each claim, and one that lists what is unsupported.

    Args:
        standings: The claims as they stand.
        notes: Who writes the footnotes.
        numbers: The numbers of the footnotes by the keys of citations.
        names: The numbers of all claims by their keys.
    """
    made = [
        Part(
            f"{one.claim.number}. {one.claim.text}",
            tuple(_sentences(one, names, public=notes.public)),
            quotes=tuple(_quotes(one, notes, numbers)),
        )
        for one in standings
    ]
    unsupported = [(one.claim.number, one.claim.text, one.claim.kind) for one in standings if one.unsupported]
    if unsupported:
        said = ("Nothing is cited for these claims; they must not read as findings from the sources.",)
        made.append(Part("Unsupported", said, Table(("number", "claim", "kind"), tuple(unsupported))))
    return tuple(made)


def _sentences(one: Standing, names: Mapping[int, int], *, public: bool) -> Iterator[str]:
    claim = one.claim
    state = f"{claim.state} ({claim.because})" if claim.because else claim.state
    by_hand = f" (by hand: {claim.reason}; by the rule: {one.computed or 'not to be counted'})" if claim.grade else ""
    parent = names.get(claim.under or 0)
    part = f" Part of claim {parent}." if parent else ""
    yield f"Kind: {claim.kind}. State: {state}. Grade: {one.grade or 'n/a'}{by_hand}.{part}"
    yield f"Cited for it: {counted(one.own)}; against it: {many(one.own.against, 'source')}."
    if one.all != one.own:
        yield (
            f"With its parts: {counted(one.all)}; against: {many(one.all.against, 'source')}."
            " Each source counts once, however often it is cited."
        )
    if one.uncited is None:
        yield "Scope: none is given, so it cannot be told what is left out."
    else:
        left = f"{many(len(one.uncited), 'passage')} of it cited neither for nor against"
        yield f"Scope: {scope_said(one, public=public)}; {left}."
    if one.problem:
        yield f"{one.problem[:1].upper()}{one.problem[1:]}."


def counted(counts: Counts) -> str:
    """Counts in words."""
    said = (
        many(counts.passages, "passage"),
        f"in {many(counts.sources, 'source')} of {many(counts.kinds, 'kind')}",
        f"by {many(counts.persons, 'respondent')} of {many(counts.cases, 'case')}",
    )
    return " ".join(said)


def scope_said(one: Standing, *, public: bool = False) -> str:
    """A claim's scope in words; for readers outside without the names of sources and coders."""
    lines = scope_lines(one.claim.scope)
    kept = [line for line in lines if not public or not line.startswith(("source ", "coder "))]
    return "; ".join([*kept, *(["only some sources or coders"] if len(kept) < len(lines) else [])])


def _quotes(one: Standing, notes: Notes, numbers: Mapping[int, int]) -> Iterator[Quotation]:
    for group, cited in ((FOR, one.supporting), (AGAINST, one.contradicting)):
        for each in cited:
            yield _quote(group, each, notes, numbers[each.citation.key])
    for lost in one.lost:
        said = f"cited {lost.stance} it; these words stood in a text that was corrected since"
        yield Quotation(LOST, lost.words, None, (said,))
    for passage in () if notes.public else one.uncited or ():
        place = (passage.source, None, passage.start, passage.end)
        yield Quotation(UNCITED, passage.text, place, (f"code: {', '.join(passage.codes)}",))


def _quote(group: str, one: Cited, notes: Notes, number: int) -> Quotation:
    citation = one.citation
    by = f" by {citation.by}" if citation.by else ""
    how = "" if citation.quoted == "verbatim" else f"{citation.quoted}{by}"
    facts = [f"speaker: {one.speaker}"] if one.speaker and not notes.public else []
    facts += ["the text was corrected since it was cited"] if citation.anchor else []
    place = (one.source.name, one.turn, citation.start, citation.end)
    shown = None if notes.public else place
    group += f": {one.group}" if one.group else ""
    return Quotation(
        group, citation.words, shown, tuple(facts), citation.wording, how, number, notes.words(one), notes.beside(one)
    )
