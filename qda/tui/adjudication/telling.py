"""What is said of places where coders are apart: rows, versions, what was decided, and the lanes below the text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.cells import cell_len
from rich.text import Text

from qda.reports.adjudication.listing import outcome
from qda.reports.adjudication.worklist import AGAIN, DECIDED, OPEN
from qda.tui.action import DIGITS
from qda.tui.adjudication.bars import Stroke, lanes
from qda.tui.fuzzy import folded
from qda.tui.rows import loud, one_line, one_row, spread

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from qda.model.decisions import Taken
    from qda.reports.adjudication.worklist import Item, WorkList
    from qda.tui.adjudication.bars import Lane
    from qda.tui.adjudication.state import AdjudicationState
    from qda.tui.theme import Paint

SIGNS = {OPEN: "○", AGAIN: "◐", DECIDED: "●"}
_GAP = "  "
AGREED = "="  # stands for the consensus, as beside the text that is coded
NO_ROUND = """\
There is nothing to decide on: no two coders are done with the same source.

Adjudication goes through the places where coders who have coded the same text are \
apart, and keeps what was decided on each, by whom and why.

  1. Ctrl+R and a make a round for two coders or more.
  2. Each codes their part, and hands it in (Ctrl+R and D).
  3. Ctrl+R and o reveal it.
  4. Here, or with Ctrl+R and z, you then decide, place by place.

In a shell:  qda round new pilot --for Anna --for Bram --number 4
"""
NO_PLACES = """\
Nobody has coded anything in this round, so there is no place to decide on.

D    records its consensus as done
Tab  shows the next round
"""


def _choices(state: AdjudicationState, name: str) -> tuple[tuple[str, str, str], ...]:
    """What can be changed above the list: action, key, and what holds now."""
    shown = "open" if state.hide_decided else "all"
    return ("next_round", "Tab", name), ("mode", "t", state.mode), ("ends", "=", state.ends), ("decided", "H", shown)


def filters(state: AdjudicationState, name: str, paint: Paint) -> Text:
    """The line above the list: the round, and how is decided, each with the key that changes it."""
    text = Text("  ", no_wrap=True, overflow="ellipsis")
    for _, key, words in _choices(state, name):
        text.append(f"{key} ", style="bold").append(f"{words}{_GAP}", style=paint.quiet)
    return text


def clicked(state: AdjudicationState, name: str, x: int) -> str:
    """The action of what stands in a cell of that line."""
    end, found = 2, ""
    for action, key, words in _choices(state, name):
        end += cell_len(f"{key} {words}{_GAP}")
        found = action
        if x < end:
            break
    return found


def codes_of(work: WorkList, codes: Sequence[int]) -> str:
    """Codes by name, in the order of the codebook."""
    known = [code for code in work.tree.codes if code.key in codes]
    return ", ".join(code.entry.name for code in known)


def row(work: WorkList, item: Item, words: str, look: tuple[int, str, bool, Paint]) -> Text:
    """A place in one line: state, number, codes, words; at the end what was decided, else how the coders are apart."""
    width, order, here, paint = look
    quiet = loud(paint.quiet, here=here)
    left = Text(f"{SIGNS[item.state]} {item.number:>{len(str(len(work.items)))}} ")
    left.append(one_line(codes_of(work, tuple(item.place.codes)), order), style="bold")
    left.append(f"  {one_row(words, max(width // 2, 8), order)}", style=quiet)
    decided = outcome(work, item)
    right = Text(one_line(decided, order)) if decided else Text(", ".join(item.place.kinds), style=quiet)
    right.truncate(max(width // 3, 12), overflow="ellipsis")
    return spread(left, right, width)


def labels(work: WorkList, item: Item) -> list[str]:
    """What stands before the lanes of a place: each coder with the digit that takes what they gave; the consensus."""
    digits = [str(at) if at <= len(DIGITS) else " " for at in range(1, len(item.coders) + 1)]
    names = (work.coder_names[coder] for coder in item.coders)
    return [*(f"{digit} {name}" for digit, name in zip(digits, names, strict=True)), f"{AGREED} decided"]


def versions(work: WorkList, item: Item) -> list[tuple[str, str]]:
    """For each coder the label, and the codes that they gave; none where they gave nothing."""
    codes = [codes_of(work, [mark.code for mark in item.place.of(coder)]) for coder in item.coders]
    return list(zip(labels(work, item), codes, strict=False))


def said_of(work: WorkList, item: Item, reason: str) -> str:
    """What was decided on a place, by whom, when, how and why; or that it is open, with a reason kept for it."""
    one = item.decision
    if one is None:
        return f"open   why: {reason}" if reason else "open"
    who = work.coder_names.get(one.coder, "?")
    why = f" · {one.reason}" if one.reason else " · e says why"
    return f"{AGREED} {outcome(work, item)} · {who}, {one.at[:16].replace('T', ' ')} · {one.mode}{why}"


def fits(work: WorkList, item: Item, words: str, wanted: str) -> bool:
    """Whether all words that are wanted stand somewhere in what is known of a place."""
    known = (item.state, item.source.name, " ".join(item.place.kinds), outcome(work, item) or "", words)
    named = (*map(" ".join, versions(work, item)), item.decision.reason if item.decision else "")
    said = folded(" ".join((*known, *named)))
    return all(word in said for word in folded(wanted).split())


def lanes_of(work: WorkList, item: Item, taken: Sequence[Taken], base: int, colours: Mapping[int, str]) -> list[Lane]:
    """The lanes of the coders who gave something, and of what was decided; offsets count from `base`."""

    def stroke(start: int, end: int, code: int) -> Stroke:
        return Stroke(start - base, end - base, work.tree.by_key[code].entry.name, colours[code])

    found: list[Lane] = []
    *named, decided = labels(work, item)
    for label, coder in zip(named, item.coders, strict=True):
        marks = [stroke(one.start, one.end, one.code) for one in item.place.of(coder)]
        found += lanes(label, marks) if marks else []
    return found + (lanes(decided, [stroke(*one) for one in taken]) if taken else [])
