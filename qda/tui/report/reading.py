"""Small things around a report: the bar of reports, the colours of families, why there is nothing to count."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.cells import cell_len
from rich.text import Text

from qda.tui.report.counting import Behind, excerpt_of
from qda.tui.report.kinds import kind_of
from qda.tui.report.offers import comparable

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from qda.model.tree import CodeTree
    from qda.reports.report import Part
    from qda.tui.app import QdaApp
    from qda.tui.report.sheet import Sheet
    from qda.tui.report.state import Request
    from qda.tui.theme import Bar, Paint
    from qda.tui.workspace import Workspace


def family_bars(app: QdaApp, tree: CodeTree) -> dict[str, Bar]:
    """What stands before each code's name, by its path: the mark and the hue of its family."""
    bars = app.bars(tree)
    return {code.path: bars[tree.above(code.key)[-1]] for code in tree.codes}


def bar(names: Sequence[str], chosen: str, paint: Paint, width: int) -> Text:
    """The names of the reports, the chosen one marked; where they do not fit, those around it."""
    text, _ = _bar(names, chosen, paint, width)
    return text


def report_at(names: Sequence[str], chosen: str, paint: Paint, width: int, x: int) -> str | None:
    """The report whose name stands at a place of the bar."""
    _, places = _bar(names, chosen, paint, width)
    return next((name for name, start, end in places if start <= x < end), None)


def _bar(names: Sequence[str], chosen: str, paint: Paint, width: int) -> tuple[Text, list[tuple[str, int, int]]]:
    first = 0
    at = names.index(chosen) if chosen in names else 0
    sizes = [cell_len(kind_of(name).title) + 3 for name in names]
    while first < at and sum(sizes[first : at + 2]) + 4 > width:
        first += 1
    text, places = Text(" ‹" if first else "  ", style=paint.quiet), []
    for name, size in list(zip(names, sizes, strict=True))[first:]:
        if text.cell_len + size + 2 > width:
            text.append("›", style=paint.quiet)
            break
        start = text.cell_len
        style = f"bold {paint.cursor_text} on {paint.cursor}" if name == chosen else paint.text
        text.append(f" {kind_of(name).title} ", style=style)
        places.append((name, start, text.cell_len))
        text.append(" ")
    return text, places


def modes_bar(modes: Mapping[str, str], chosen: str, paint: Paint) -> tuple[Text, list[tuple[str, int, int]]]:
    """Ways to do something side by side, the chosen one marked and explained; with where each stands."""
    text, places = Text(style=paint.quiet, no_wrap=True, overflow="ellipsis"), []
    for mode in modes:
        start = text.cell_len
        text.append(f" {mode} ", style=f"bold {paint.cursor_text} on {paint.cursor}" if mode == chosen else paint.text)
        places.append((mode, start, text.cell_len))
        text.append(" ")
    text.append(f" Ctrl+T: another way · {modes[chosen]}")
    return text, places


def noted(notes: Sequence[str], width: int) -> str:
    """Notes one below the other, each set apart by a dot."""
    from textwrap import fill

    return "\n".join(fill(note, max(width, 20), initial_indent="· ", subsequent_indent="  ") for note in notes)


def part_said(part: Part) -> str:
    """A part of a report in words: its heading, its sentences, its table."""
    from qda.render.as_table import table_text
    from qda.render.quotations import quotations_text

    quotes = "\n".join(quotations_text(part.quotes)).strip("\n")
    return "\n\n".join(filter(None, [part.heading.upper(), *part.sentences, quotes, table_text(*part.table)]))


def nothing_to_count(workspace: Workspace, request: Request) -> str:
    """What to do first, where there is nothing to count yet; else nothing."""
    study = workspace.study
    if not study.sources.names():
        return "There are no sources yet.\n\nF3 shows how transcripts come in; then they are coded, and counted here."
    if not workspace.tree.codes:
        return "There are no codes yet.\n\nF4 opens the codebook; or F2, select some words, and c makes a code of them."
    if request.name == "claims" and not study.claims.all():
        return "There are no claims yet.\n\nF11 shows how they are written; q in a transcript cites words for them."
    if not study.codings.count():
        return "Nothing is coded yet.\n\nF2 opens the transcript: select some words, then c puts a code on them."
    kind = kind_of(request.name)
    if "by" in kind.uses and not kind.may_by and not request.selection.by:
        names = [offer.value for offer in comparable(workspace)]
        listed = ", ".join(names[:8]) + (" and others" if len(names) > 8 else "")
        return f"Compare the codes by what?\n\nb chooses among: {listed}."
    return ""


def behind_rows(sheet: Sheet) -> Behind:
    """The rows of a table of excerpts, in the order in which they are shown."""
    found = tuple(excerpt_of(sheet.rows[row]) for row in sheet.order)
    return Behind(sheet.report.title, found, len(found), (), str(sheet.report.manifest["state"]))
