"""Coded excerpts as Markdown for writers: block quotes, each with the facts by which it is found again."""

from __future__ import annotations

import re
from functools import lru_cache, partial
from typing import TYPE_CHECKING, Any

from qda.errors import UsageError
from qda.model.markup import code_span, harmless, harmless_name, place_line
from qda.model.nouns import many
from qda.reports.beside import COLUMNS as BESIDE

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from qda.model.alignment import Counterpart
    from qda.reports.report import Cell, Report

    Row = tuple[Cell, ...]
    Beside = Mapping[Row, tuple[Counterpart, ...]]

NOTHING = "No excerpts: there is no coding in this selection."
_OUR_FACT = re.compile(r"(attribute )*(speaker|coder|coded|id .*)", re.DOTALL)
_MADE_FROM = ("command", "state", "codebook_version", "tool")

_name = lru_cache(maxsize=4096)(harmless_name)
_part = lru_cache(maxsize=4096)(partial(harmless_name, part=True))

_FIXED = 11  # code, text, source, start, end, turn, speaker, coder, at, memo, id; then attributes
_CODE, _TEXT, _SOURCE, _MEMO = 0, 1, 2, 9
GROUPS = {"code": (_CODE,), "source": (_SOURCE, _CODE)}


def excerpts_markdown(report: Report, group: str = "code") -> str:
    """The excerpts report as Markdown, by code or by source, in the order of its rows.

    Raises:
        UsageError: There is no such grouping.
    """
    if group not in GROUPS:
        raise UsageError(f"excerpts are grouped by {' or '.join(GROUPS)}, not by '{group}'")
    rows = report.table.rows
    other = len(BESIDE) if report.table.columns[-len(BESIDE) :] == BESIDE else 0
    labels = tuple(_label(name) for name in report.table.columns[_FIXED : len(report.table.columns) - other])
    parts = [f"# {harmless_name(report.title)}", _summary(rows)]
    parts += _sections(rows, GROUPS[group], labels, report.beside)
    parts += _ending(report.notes, report.manifest)
    parts[-1] += "\n"
    return "\n\n".join(parts)


def _summary(rows: Sequence[Row]) -> str:
    if not rows:
        return NOTHING
    codes, sources = len({row[_CODE] for row in rows}), len({row[_SOURCE] for row in rows})
    return f"{many(len(rows), 'excerpt')} of {many(codes, 'code')} from {many(sources, 'source')}."


def _sections(
    rows: Sequence[Row], keys: Sequence[int], labels: tuple[str, ...], beside: Beside, level: int = 2
) -> list[str]:
    """The rows under headings for each key, a level deeper for the next; without keys, the rows."""
    parts: list[str] = []
    if not keys:
        for row in rows:
            parts += (_quotation(str(row[_TEXT])), _facts(row, labels))
            for other in beside.get(row, ()):
                parts += (_quotation(other.text), place_line(other.source, other.start, other.end, other.said))
            memo = row[_MEMO] and str(row[_MEMO]).strip("\n")
            if memo:
                parts.append(_memo(memo))
        return parts
    groups: dict[Cell, list[Row]] = {}
    for row in rows:
        groups.setdefault(row[keys[0]], []).append(row)
    for name, found in groups.items():
        parts += (f"{'#' * level} {_name(str(name))}", *_sections(found, keys[1:], labels, beside, level + 1))
    return parts


def _quotation(text: str) -> str:
    marked = harmless(text)
    if marked and "\n" not in marked:
        return f"> {marked}"
    marked = marked.replace("\n", "\n> ")
    return f"> {marked}\n".replace("> \n", ">\n")[:-1]


def _facts(row: Row, labels: tuple[str, ...]) -> str:
    """The line that people read below a quotation, and from which `qda.io.quotes` reads where it stands."""
    source, start, end, turn, speaker, coder, at, _, uid = row[_SOURCE:_FIXED]
    turn_said = "" if turn is None or turn == "" else f", turn {turn}"
    cells = tuple(["" if cell is None else str(cell) for cell in row[_FIXED : _FIXED + len(labels)]])
    said = _said(str(speaker or ""), labels, cells, str(coder or ""), _day(str(at or "")))
    id_said = f" · id {harmless_name(str(uid))}" if uid else ""
    return f"— {_part(str(source))}{turn_said}, characters {start}-{end}{said}{id_said}"


def _day(at: str) -> str:
    return at[:10] if at[10:11] == "T" else at


@lru_cache(maxsize=4096)
def _said(speaker: str, labels: tuple[str, ...], attributes: tuple[str, ...], coder: str, day: str) -> str:
    """The facts between a quotation's place and its id; many quotations share them."""
    facts = [f"speaker: {_name(speaker)}"] if speaker else []
    facts += [f"{label}: {_name(cell)}" for label, cell in zip(labels, attributes, strict=True) if cell]
    if coder:
        facts.append(f"coder: {_part(coder)}{', ' if day else ''}{_name(day)}")
    elif day:
        facts.append(f"coded: {_name(day)}")
    return "".join([f" · {fact}" for fact in facts])


def _label(name: str) -> str:
    """An attribute's name in the facts: one that reads like a fact of the coding says that it is none."""
    return _part(f"attribute {name}" if _OUR_FACT.fullmatch(name) else name)


def _memo(text: str) -> str:
    """A memo as paragraphs, none of which can be taken for a line of facts."""
    return "Memo: " + re.sub("^—", "&#8212;", harmless(text), flags=re.MULTILINE)


def _ending(notes: Sequence[str], manifest: Mapping[str, Any]) -> Iterator[str]:
    """The report's notes, and what it was made from."""
    lines = [f"- {harmless_name(note)}" for note in notes]
    for key in _MADE_FROM:
        if key in manifest:
            said = str(manifest[key])
            label = key.capitalize().replace("_", " ")
            lines.append(f"- {label}: " + (code_span(said) if key in ("command", "state") else harmless_name(said)))
    if lines:
        yield "---"
        yield "\n".join(lines)
