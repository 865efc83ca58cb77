"""Deciding on places: what is wanted, in the words of a user, as rulings that the study can keep."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from qda.errors import QdaError
from qda.model.decisions import ALL, CODER, INTERSECTION, LEAD, MODES, NONE, RECODE, SPAN, UNION, Ruling, Taken
from qda.model.nouns import many, plain_name
from qda.store.progress import ProgressRow

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from qda.model.spans import Span
    from qda.reports.adjudication.worklist import Item, WorkList
    from qda.store import Study


@dataclass(frozen=True)
class Wanted:
    """What is wanted of a place.

    `take` is the name of a coder, `all`, `none` or `recode`; empty where new spans are given. `codes` are keys, and
    stand in the place of those that are taken. `ends` is `union`, `intersection` or `lead:NAME`.
    """

    take: str = ""
    spans: tuple[Span, ...] = ()
    codes: tuple[int, ...] = ()
    ends: str = UNION
    mode: str = MODES[0]
    reason: str = ""


def ruling(work: WorkList, item: Item, wanted: Wanted) -> Ruling:
    """What is wanted of a place, as a ruling.

    Raises:
        QdaError: It names a coder who has nothing here, or spans without a code, or ends that are empty here.
    """
    how, whose = _ends(work, wanted.ends)
    take = wanted.take if wanted.take in (ALL, NONE, RECODE) else CODER
    if wanted.spans or (wanted.codes and take in (ALL, CODER)):
        return _made(item, SPAN, _new(work, item, wanted), None, "", wanted)
    if take in (NONE, RECODE):
        return _made(item, take, (), None, "", wanted)
    if take == CODER:
        coder = coder_named(work, item, wanted.take)
        return _made(item, CODER, _of_coder(work, item, coder), coder, "", wanted)
    return _made(item, ALL, _by_ends(work, item, how, whose), whose, how, wanted)


def agreed_rulings(work: WorkList, wanted: Wanted, sources: Collection[int] = ()) -> tuple[list[Ruling], list[Item]]:
    """Rulings that take over all that is agreed and not decided yet, by the rule for the ends.

    Returns:
        The rulings, and the places where the rule gives nothing, which stay open.
    """
    how, whose = _ends(work, wanted.ends)
    made, left = [], []
    for item in work.items:
        if item.decision is not None or not item.place.agreed or (sources and item.source.key not in sources):
            continue
        try:
            made.append(_made(item, ALL, _by_ends(work, item, how, whose), whose, how, wanted))
        except QdaError:
            left.append(item)
    return made, left


def agree(
    study: Study, work: WorkList, wanted: Wanted, sources: Collection[int] = ()
) -> tuple[list[Ruling], list[Item]]:
    """Take over all that is agreed and not decided yet in one action; returns what `agreed_rulings` does."""
    made, left = agreed_rulings(work, wanted, sources)
    summary = f"{named(work)}: took over {many(len(made), 'agreed place')}, ends by {wanted.ends}"
    study.decisions.decide(made, summary)
    return made, left


def decide(study: Study, work: WorkList, items: Sequence[Item], wanted: Wanted) -> list[Ruling]:
    """Decide on places in one action; returns what was ruled.

    Raises:
        QdaError: It cannot be decided so; nothing is changed.
    """
    made = [ruling(work, item, wanted) for item in items]
    study.decisions.decide(made, f"{named(work)}: {said(work, items, made)}")
    return made


def finish(study: Study, work: WorkList, names: Iterable[str] = ()) -> list[str]:
    """Record the consensus as done where nothing is open; returns the names of the sources that are done now.

    Args:
        study: The study.
        work: The work list.
        names: Only these sources; empty for all of them.

    Raises:
        QdaError: A source that is named has open places or is not in the list.
    """
    wanted = [study.sources.get(name) for name in names]
    known = {source.key for source in work.sources}
    for source in wanted:
        if source.key not in known:
            raise QdaError(f"'{source.name}' is not compared in {named(work)}")
        if work.open_in(source.key):
            left = many(work.open_in(source.key), "place")
            raise QdaError(f"{left} of '{source.name}' are open; decide on them first")
    ready = [s for s in wanted or work.sources if not work.open_in(s.key) and s.key not in work.done]
    if not study.coder:
        raise QdaError("say who records it first: --coder NAME, or QDA_CODER in the environment")
    rows = [ProgressRow(source.name, study.coder, "done", layer="consensus") for source in ready]
    if rows:
        study.progress.import_rows(rows, f"{named(work)}: consensus of {many(len(rows), 'source')} done")
    return [source.name for source in ready]


def named(work: WorkList) -> str:
    """The round by its name, for a sentence."""
    return work.round.name if work.round else "codings as they are"


def said(work: WorkList, items: Sequence[Item], rulings: Sequence[Ruling]) -> str:
    """What is decided, in a few words."""
    if len(items) != 1:
        return f"decided on {many(len(items), 'place')}"
    item, made = items[0], rulings[0]
    codes = ", ".join(work.tree.by_key[code].path for code in sorted(item.place.codes))
    taken = dict.fromkeys(one.code for one in made.taken)
    new = ", ".join(work.tree.by_key[code].path for code in taken if code in work.tree.by_key)
    whose = {CODER: f"as {work.coder_names.get(made.whose or 0, '?')}", ALL: "all of it", NONE: "none of it"}
    how = whose.get(made.take, f"a new span, {new}" if made.take == SPAN else "the codebook first, then recode")
    return f"{codes} on {item.source.name} {item.place.start}-{item.place.end}: {how}"


def coder_named(work: WorkList, item: Item, name: str) -> int:
    """The coder with a name among those of a place.

    Raises:
        QdaError: There is none.
    """
    names = {key: work.coder_names[key] for key in item.coders}
    found = next((key for key, one in names.items() if plain_name(one) == plain_name(name)), None)
    if found is None:
        raise QdaError(f"'{name}' is none of {', '.join(names.values())}, {ALL}, {NONE} and {RECODE}")
    return found


def _ends(work: WorkList, words: str) -> tuple[str, int | None]:
    """A rule for ends, and whose ends lead."""
    if words in (UNION, INTERSECTION):
        return words, None
    rule, _, name = words.partition(":")
    found = next((key for key, one in work.coder_names.items() if plain_name(one) == plain_name(name)), None)
    if rule != LEAD or found is None:
        raise QdaError(f"ends are {UNION}, {INTERSECTION} or {LEAD}:NAME of a coder, not '{words}'")
    return LEAD, found


def _of_coder(work: WorkList, item: Item, coder: int) -> tuple[Taken, ...]:
    found = tuple(Taken(mark.start, mark.end, mark.code) for mark in item.place.of(coder))
    if not found:
        raise QdaError(f"{work.coder_names[coder]} has nothing at place {item.number}; take none of it instead")
    return found


def _by_ends(work: WorkList, item: Item, how: str, whose: int | None) -> tuple[Taken, ...]:
    """Every code of a place, its ends by the rule."""
    found = []
    for code in sorted(item.place.codes):
        spans: Sequence[Span]
        if how == LEAD:
            spans = [(mark.start, mark.end) for mark in item.place.of(whose or 0) if mark.code == code]
        else:
            spans = item.place.union(code) if how == UNION else item.place.intersection(code)
        if not spans:
            why = (
                f"{work.coder_names.get(whose or 0, '?')} did not give" if how == LEAD else "not all marked words with"
            )
            path = work.tree.by_key[code].path
            raise QdaError(f"place {item.number}: {why} '{path}' there, so these ends are empty; say other ends")
        found += [Taken(*span, code) for span in spans]
    return tuple(found)


def _new(work: WorkList, item: Item, wanted: Wanted) -> tuple[Taken, ...]:
    """New spans, or those that are taken, with new codes or that of the place."""
    codes = wanted.codes or tuple(item.place.codes)
    if len(codes) > 1 and not wanted.codes:
        raise QdaError(f"place {item.number} has several codes; say which one the new span gets")
    spans: Iterable[Span] = wanted.spans
    if not wanted.spans:
        how, whose = _ends(work, wanted.ends)
        taken = (
            _by_ends(work, item, how, whose)
            if wanted.take == ALL
            else _of_coder(work, item, coder_named(work, item, wanted.take))
        )
        spans = dict.fromkeys((one.start, one.end) for one in taken)
    for start, end in spans:
        if not (start < item.place.end and item.place.start < end):
            raise QdaError(f"{start}-{end} does not meet place {item.number} ({item.place.start}-{item.place.end})")
    return tuple(Taken(*span, code) for span in spans for code in codes)


def _made(item: Item, take: str, taken: tuple[Taken, ...], whose: int | None, ends: str, wanted: Wanted) -> Ruling:
    place, source = item.place, item.source
    return Ruling(
        uid=item.uid,
        round=item.round,
        source=source.key,
        revision=source.revision_key,
        start=place.start,
        end=place.end,
        codes=place.codes,
        take=take,
        taken=taken,
        whose=whose,
        ends=ends,
        mode=wanted.mode,
        reason=wanted.reason,
        replaces=item.decision.key if item.decision else None,
    )
