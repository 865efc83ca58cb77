"""The work list of an adjudication as rows: the words in their context, who coded what, and what was decided."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qda.model.decisions import ALL, CODER, LEAD, NONE, SPAN

if TYPE_CHECKING:
    from qda.reports.adjudication.worklist import Item, WorkList
    from qda.reports.report import Cell
    from qda.store import Study

COLUMNS = (
    *("place", "id", "source", "start", "end", "kinds", "state", "before", "words", "after", "coders"),
    *("decision", "by", "at", "mode", "reason"),
)
CONTEXT = 40


def rows(study: Study, work: WorkList, items: list[Item], room: int = CONTEXT) -> list[tuple[Cell | list[str], ...]]:
    """A row for each place; `room` is how many characters of context stand before and after its words."""
    texts: dict[int, str] = {}
    found: list[tuple[Cell | list[str], ...]] = []
    for item in items:
        if item.source.key not in texts:
            texts = {item.source.key: study.sources.text(item.source.key)}
        text, place, decision = texts[item.source.key], item.place, item.decision
        words = (text[max(0, place.start - room) : place.start], text[place.start : place.end])
        where = (item.number, item.id, item.source.name, place.start, place.end, list(place.kinds), item.state)
        who = work.coder_names.get(decision.coder, "") if decision else None
        how = (decision.at, decision.mode, decision.reason) if decision else (None, None, None)
        after = text[place.end : place.end + room]
        found.append((*where, *words, after, lines(work, item), outcome(work, item), who, *how))
    return found


def lines(work: WorkList, item: Item) -> list[str]:
    """A line for each coder: their codes and spans, or that they have nothing."""
    found = []
    for coder in item.coders:
        marks = [f"{work.tree.by_key[one.code].path} {one.start}-{one.end}" for one in item.place.of(coder)]
        found.append(f"{work.coder_names[coder]}: {', '.join(marks) or 'nothing'}")
    return found


def outcome(work: WorkList, item: Item) -> str | None:
    """What was decided on a place, in a few words; None where nothing was."""
    decision = item.decision
    if decision is None:
        return None
    who = work.coder_names.get(decision.whose or 0, "?")
    ends = f", ends of {who}" if decision.ends == LEAD else f", {decision.ends}" if decision.ends else ""
    said = {CODER: f"as {who}", ALL: f"all{ends}", NONE: "none", SPAN: "a new span"}
    return said.get(decision.take, "the codebook first, then recode")
