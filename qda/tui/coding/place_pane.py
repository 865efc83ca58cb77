"""What is known of the place under the cursor: who speaks, the codings there, memos there and elsewhere."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from rich.text import Text
from textual.widgets import Static

from qda.tui.coding.painting import EDITED, MEMO
from qda.tui.layout import TextLayout, on_one_line

if TYPE_CHECKING:
    from qda.model.alignment import Counterpart
    from qda.model.nouns import Coding, Memo, Turn
    from qda.tui.coding.painting import Look
    from qda.tui.layout import Arranged
    from qda.tui.workspace import Workspace

WIDTH = 34
_INSIDE = WIDTH - 2
_MOST = 400  # characters of the words in another language


class DetailPane(Static):
    """What is known of the place under the cursor."""

    DEFAULT_CSS = f"DetailPane {{ width: {WIDTH}; height: 1fr; padding: 0 1; }}"
    ALLOW_SELECT = False


class Here(NamedTuple):
    """What is at the cursor: the codings and which is chosen, the turn and who speaks; all memos of the source.

    `others` are the same words in other languages.
    """

    codings: list[Coding]
    chosen: int | None
    turn: Turn | None
    speaker: str
    stretch: tuple[int, int]
    memos: list[Memo]
    others: tuple[Counterpart, ...] = ()

    def comments(self, coding: Coding) -> list[Memo]:
        """The comments on a coding."""
        return [memo for memo in self.memos if memo.target == coding.uid]

    def is_near(self, memo: Memo) -> bool:
        """Whether a memo is on words of the stretch."""
        start, end = self.stretch
        return memo.start is not None and memo.end is not None and memo.start < end and start < memo.end


def detail(workspace: Workspace, look: Look, here: Here) -> Text:
    """The words of the pane: who speaks, the codings here, their definitions and comments; the memos, here first."""
    text = Text()
    _append_turn(text, look, here)
    for other in here.others:
        text.append(f"\n{on_one_line(other.source, _INSIDE - 2, look.order)} =\n", style=f"bold {look.paint.quiet}")
        text.append(f"{in_lines(other.text[:_MOST], _INSIDE, look.order)}", style=f"italic {look.paint.text}")
        text.append("…\n" if len(other.text) > _MOST else "\n", style=look.paint.quiet)
    for coding in here.codings:
        _append_coding(text, workspace, look, coding, here)
    words = [memo for memo in here.memos if memo.target_kind == "segment"]
    near = [memo for memo in words if here.is_near(memo)]
    _append_memos(text, look, "Memos here", near, whole=True)
    _append_memos(text, look, "On this source", [one for one in here.memos if one.target_kind == "source"], whole=False)
    _append_memos(text, look, "Elsewhere in this source", [memo for memo in words if memo not in near], whole=False)
    return text


def _append_turn(text: Text, look: Look, here: Here) -> None:
    paint, turn = look.paint, here.turn
    if turn is not None:
        text.append(f"Turn {turn.number}", style=f"bold {paint.text}")
        if turn.time_ms is not None:
            text.append(f" · {clock(turn.time_ms)}", style=paint.quiet)
        text.append(f"\n{on_one_line(here.speaker, None, look.order)}".rstrip() + "\n", style=paint.quiet)
    if not here.codings:
        text.append("\nNo code here.\n", style=paint.quiet)
        text.append("S selects the sentence, c picks a code, 1-9 is a recent one.\n", style=paint.quiet)


def _append_coding(text: Text, workspace: Workspace, look: Look, coding: Coding, here: Here) -> None:
    paint, code = look.paint, workspace.code(coding.code)
    if code is None:
        return
    chosen = coding.key == here.chosen
    text.append("\n█" if chosen else "\n▌", style=look.colour_of.get(coding.code, paint.plain_family))
    text.append(on_one_line(code.path, None, look.order), style=f"bold {paint.text}" if chosen else paint.text)
    who = "consensus" if coding.layer == "consensus" else workspace.coder_names.get(coding.coder, "?")
    weight = f" · weight {coding.weight:g}" if coding.weight is not None else ""
    text.append(f"\n {on_one_line(who, 12, look.order)} · {coding.at[:10]}{weight}", style=paint.quiet)
    if coding.anchor:
        text.append(f"\n {EDITED} its text was edited:", style=paint.speaker)
        text.append("\n   R says that it is right,", style=paint.speaker)
        text.append("\n   a moves its ends, x removes it", style=paint.speaker)
    for memo in here.comments(coding):
        whose = f" — {on_one_line(memo.coder, None, look.order)}" if memo.coder != who else ""
        text.append(f"\n {MEMO} ", style=f"bold {paint.cursor}")
        text.append(in_lines(memo.body, _INSIDE - 3, look.order, "\n   "), style=f"italic {paint.text}")
        text.append(whose, style=paint.quiet)
    if chosen and code.entry.definition:
        definition = in_lines(code.entry.definition, _INSIDE - 1, look.order, "\n ")
        text.append(f"\n {definition}", style=paint.quiet)
    text.append("\n")


def _append_memos(text: Text, look: Look, heading: str, memos: list[Memo], *, whole: bool) -> None:
    """Memos under a heading: all their words, or only a line of each."""
    if not memos:
        return
    paint = look.paint
    text.append(f"\n{heading}\n", style=f"bold {paint.text if whole else paint.quiet}")
    for memo in memos:
        coder = on_one_line(memo.coder, 12, look.order)
        first = memo.title or memo.body.strip().partition("\n")[0]
        room = _INSIDE - 2 if whole else _INSIDE - len(coder) - 5
        text.append(f"{MEMO} ", style=f"bold {paint.cursor}" if whole else paint.quiet)
        said = in_lines(first if memo.title else memo.body, room, look.order, "\n  ") if whole else ""
        text.append(said or on_one_line(first, room, look.order), style=paint.text if whole else paint.quiet)
        if whole and memo.title:
            body = in_lines(memo.body, _INSIDE - 2, look.order, "\n  ")
            text.append(f"\n  {body}", style=f"italic {paint.text}")
        text.append(f"\n  {coder} · {memo.at[:10]}\n" if whole else f" — {coder}\n", style=paint.quiet)


@lru_cache(maxsize=256)
def in_lines(words: str, width: int, order: Arranged, between: str = "\n") -> str:
    """Words of any language in lines of a width, as they are painted in a transcript."""
    layout = TextLayout(words.strip(), max(width, 2), order=order)
    layout.settle(0, 0, len(words))
    maps = (layout.map(number) for number in range(layout.line_count))
    return between.join(f"{' ' * line.x}{line.text}".rstrip() for line in maps)


def clock(milliseconds: int) -> str:
    """A moment of a recording: `1:02:03` or `12:03`."""
    seconds = milliseconds // 1000
    hours, minutes = divmod(seconds // 60, 60)
    return f"{hours}:{minutes:02}:{seconds % 60:02}" if hours else f"{minutes}:{seconds % 60:02}"
