"""The excerpts behind a cell as they are read: code, place, words and memo."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text

from qda.model.markup import visible
from qda.model.nouns import many
from qda.tui.report.cutting import tail
from qda.tui.report.listing import Part

if TYPE_CHECKING:
    from collections.abc import Mapping

    from qda.tui.report.counting import Behind, Excerpt
    from qda.tui.theme import Bar, Paint

WORDS, WORDS_HERE = 3, 14
SHORTEST = 10  # cells of a code's name at least


def heading(behind: Behind, paint: Paint) -> Text:
    """What is listed."""
    text = Text(f" {behind.title}", style="bold", no_wrap=True, overflow="ellipsis")
    number, own = len(behind.excerpts), behind.own
    if number and own < number:
        text.append(f"   {many(number, 'coding')} with subcodes, {own} of the code itself", style=paint.quiet)
    elif number:
        text.append(f"   {many(number, 'coding')}", style=paint.quiet)
    elif behind.read:
        text.append(f"   no coding in {many(len(behind.read), 'source')}", style=paint.quiet)
    else:
        text.append("   nothing stands behind this", style=paint.quiet)
    return text


def excerpt_parts(
    behind: Behind, at: int, width: int, *, here: bool, look: tuple[Paint, Mapping[str, Bar]]
) -> list[Part]:
    """One excerpt, or, where there are none, one of the sources that were read; `look` has the families' colours."""
    paint, colours = look
    if not behind.excerpts:
        return [Part(Text.assemble((behind.read[at], paint.text), ("  no such coding here", paint.quiet)))]
    one = behind.excerpts[at]
    parts = []
    if at == behind.own and behind.own > 0:
        parts.append(Part(Text("with subcodes", style=f"bold {paint.quiet}"), heading=True))
    parts.append(Part(_place(one, width, paint, colours)))
    words = Text(visible(" ".join(one.text.split())), style=paint.text)
    parts.append(Part(words, indent=2, most=WORDS_HERE if here else WORDS))
    if one.memo:
        memo = Text.assemble(("memo: ", paint.quiet), (visible(" ".join(one.memo.split())), f"italic {paint.text}"))
        parts.append(Part(memo, indent=2, most=WORDS_HERE if here else 1))
    return [*parts, Part(Text(""), heading=False)]


def _place(one: Excerpt, width: int, paint: Paint, colours: Mapping[str, Bar]) -> Text:
    """The line above the words: source, turn, speaker, coder, day and code."""
    text = Text()
    text.append(one.source, style=f"bold {paint.text}")
    if one.turn is not None:
        text.append(f" · turn {one.turn}", style=paint.quiet)
    if one.speaker:
        text.append(f" · {one.speaker}", style=paint.speaker)
    text.append(f" · {one.coder}{f', {one.at[:10]}' if one.at else ''}", style=paint.quiet)
    bar = colours.get(one.code)
    text.append("  ").append(bar.sign if bar else "▌", style=bar.colour if bar else paint.plain_family)
    text.append(tail(one.code, max(width - text.cell_len, SHORTEST)), style=paint.text)
    return text
