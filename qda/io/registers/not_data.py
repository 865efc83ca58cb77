"""The register of stretches that are no data: by their place, or by a quotation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qda.errors import QdaError
from qda.io.quotations import Quotes
from qda.io.registers.lines import read_register
from qda.store.not_data import NotDataRow

if TYPE_CHECKING:
    from collections.abc import Callable

    from qda.io.registers.lines import RegisterLine
    from qda.io.tables import Grid
    from qda.store import Study


def parse_not_data(text: str, file: str, text_of: Callable[[str], str]) -> list[NotDataRow]:
    """Read stretches that are no data: `source`, `start` and `end` or `quote` and `occurrence`, `reason`.

    Args:
        text: The table.
        file: Its name, for the sentences.
        text_of: The text of a source by its name; raises a QdaError where there is no such source.

    Raises:
        BadFileError: The table is wrong, or a quotation does not stand where it should; with the line.
    """
    quotes = Quotes(text_of)
    rows = []
    for line in read_register(text, file, ("source",), ("start", "end", "quote", "occurrence", "reason")):
        start, end = _stretch(line, quotes)
        rows.append(NotDataRow(line["source"], start, end, line.raw("reason"), line.number))
    return rows


def _stretch(line: RegisterLine, quotes: Quotes) -> tuple[int, int]:
    quote = line.raw("quote").replace("\r\n", "\n")
    if bool(quote.strip()) == bool(line["start"] or line["end"]):
        line.refuse("give either 'start' and 'end', or a 'quote'")
    if not quote.strip():
        return line.integer("start"), line.integer("end")
    occurrence = line.integer("occurrence", least=1) if line["occurrence"] else None
    try:
        return quotes.find(line["source"], quote, occurrence)
    except QdaError as error:
        line.refuse(str(error))


def not_data_table(study: Study) -> Grid:
    """The stretches of all sources that are no data."""
    rows = [(source, str(start), str(end), reason) for source, start, end, reason in study.not_data.all()]
    return ("source", "start", "end", "reason"), rows
