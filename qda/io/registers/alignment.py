"""The alignment of a translation with its original, part by part, as a table that hands correct."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qda.io.registers.lines import read_register
from qda.model.alignment import numbered
from qda.store.translations import AlignedRow

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qda.model.aligning import Unit
    from qda.store import Study

COLUMNS = ("part", "original", "text", "original_text", "codings")
_SHOWN = 80  # of the words of a part, in code points


def parse_alignment(text: str, file: str) -> list[AlignedRow]:
    """Read which parts say the same: `part` and `original`, as 3 or 3 to 5; the other columns are for reading.

    Raises:
        BadFileError: The table is wrong; the sentence names the line.
    """
    lines = read_register(text, file, (), COLUMNS)
    return [AlignedRow(line["part"], line["original"], line.number) for line in lines]


def alignment_table(study: Study, name: str) -> list[tuple[str, str, str, str, int]]:
    """The parts of a translation with those of its original that say the same, in order; parts without any, too."""
    one = study.translations.get(name)
    ours, theirs = study.translations.units(one.source), study.translations.units(one.original)
    text, other = study.sources.text(one.source), study.sources.text(one.original)
    places = [(coding.start, coding.end) for coding in study.codings.all(one.source)]
    rows: list[tuple[int, int, int, int]] = list(study.translations.alignment(one).pairs)
    rows += [(part.start, part.end, -1, -1) for part in _alone(ours, [row[:2] for row in rows])]
    rows.sort()
    for left in reversed(_alone(theirs, [row[2:] for row in rows if row[2] >= 0])):
        at = next((at for at, row in enumerate(rows) if row[2] > left.start), len(rows))
        rows.insert(at, (-1, -1, left.start, left.end))
    return [
        (
            numbered((start, end), [part[:2] for part in ours]),
            numbered((first, last), [part[:2] for part in theirs]),
            _short(text[start:end]) if end > 0 else "",
            _short(other[first:last]) if last > 0 else "",
            sum(begin < end and start < reach for begin, reach in places),
        )
        for start, end, first, last in rows
    ]


def _alone(units: Sequence[Unit], taken: Sequence[tuple[int, int]]) -> list[Unit]:
    """The parts that share no character with what is taken."""
    return [one for one in units if not any(start < one.end and one.start < end for start, end in taken)]


def _short(words: str) -> str:
    line = " ".join(words.split())
    return line if len(line) <= _SHOWN else f"{line[: _SHOWN - 1]}…"
