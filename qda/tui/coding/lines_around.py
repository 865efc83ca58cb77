"""The words of the lines above and below a transcript."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text

from qda.model.nouns import many
from qda.tui.actions import by_key, keys_said

if TYPE_CHECKING:
    from qda.model.nouns import Coding
    from qda.tui.coding.workplace import Workplace

_ACTIONS = {action.name: action for action in by_key("coding").values()}


def head(place: Workplace, width: int) -> Text:
    """Study, source, how much is coded in it by whom, who codes; in fewer words where there is little room."""
    text = _head(place, _whose(place, short=False), full=True)
    if text.cell_len > width:
        text = _head(place, _whose(place, short=True), full=True)
    return text if text.cell_len <= width else _head(place, _whose(place, short=True), full=False)


def _head(place: Workplace, whose: str, *, full: bool) -> Text:
    paint, workspace, painted = place.look.paint, place.workspace, place.painted
    done = " ✓ done" if workspace.is_done() else ""
    apart = place.opened.round
    return Text.assemble(
        (" qda ", f"bold {paint.cursor}"),
        (f"{painted(workspace.study.title)} › " if full else "", paint.quiet),
        (painted(place.opened.source.name), f"bold {paint.text}"),
        (f" ◐ {painted(apart.said)}" if apart is not None else "", f"bold {paint.cursor}"),
        (f"{done}   {whose} · coder: ", paint.quiet),
        (painted(workspace.study.coder or "nobody yet"), paint.text),
        (" · saved" if full else "", paint.quiet),
    )


def _whose(place: Workplace, *, short: bool) -> str:
    """How many codings in this text are the coder's, and how many of others are shown."""
    spans = place.opened.spans
    mine = spans.of(place.look.me)
    consensus = spans.agreed()
    others = len(spans) - mine - consensus
    parts = [f"{mine} yours" if short else f"{many(mine, 'coding')} of yours"]
    if not place.look.others:
        parts.append("others hidden")
    else:
        parts += [f"{others} others" if short else f"{others} of others"] if others else []
        parts += [f"{consensus} consensus"] if consensus else []
    return ", ".join(parts)


def status(place: Workplace, said: tuple[str, bool] | None, *, error: str) -> Text:
    """What was just done, or why not; else where the cursor is and what can be done there."""
    paint, look, cursor = place.look.paint, place.look, place.cursor
    if said is not None:
        words, wrong = said
        return Text(f" {words}", style=f"bold {error if wrong else paint.text}")
    text = Text(style=paint.quiet)
    chosen = cursor.selection
    if cursor.marking:
        text.append(" SELECT ", style=f"bold {paint.cursor_text} on {paint.cursor}")
    if chosen is not None:
        text.append(f" {many(chosen[1] - chosen[0], 'character')} selected ·", style=paint.text)
    text.append(_where(place))
    coding = place.opened.spans.get(look.chosen) if look.chosen is not None else None
    if coding is not None:
        here = [one.key for one in place.here()]
        text.append("  ▌", style=look.colour_of.get(coding.code, paint.plain_family))
        text.append(place.name_of(coding.code), style=paint.text)
        text.append(
            f" ({here.index(coding.key) + 1} of {len(here)}, Tab)" if coding.key in here[:-1] + here[1:] else ""
        )
    text.append("   ")
    for name in _hints(place, coding, selected=chosen is not None):
        action = _ACTIONS[name]
        key = keys_said(action, 1)
        text.append(key, style=f"bold {paint.text}")
        back = place.workspace.came_from if name == "cancel" and chosen is None else ""
        hint = f"back to {back}" if back else action.hint
        text.append(f" {hint or action.title}  ")
    return text


def _where(place: Workplace) -> str:
    turn = place.cursor.turn_at(place.cursor.at)
    apart = place.opened.round
    spans = apart.stretches if apart is not None else ()
    outside = bool(spans) and not any(start <= place.cursor.at < end for start, end in spans)
    percent = 100 * place.cursor.at // max(len(place.opened.text), 1)
    where = f" turn {turn.number} · {percent}%" if turn is not None else f" {percent}%"
    return f"{where} · not your part" if outside else where


def _hints(place: Workplace, coding: Coding | None, *, selected: bool) -> tuple[str, ...]:
    if selected:
        return ("pick", "recent", "memo", "cancel")
    back = ("cancel",) if place.workspace.came_from else ()
    if coding is not None:
        return (
            *back,
            *(("reviewed",) if coding.anchor else ()),
            "remove",
            "select_sentence",
            "pick",
            "undo",
            "show_help",
        )
    return (*back, "select_sentence", "select_turn", "mark", "pick", "find", "show_help")
