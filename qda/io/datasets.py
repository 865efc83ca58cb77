"""Datasets, in and out: a table as it stands in a file, and as CSV with a page that says what was recoded in it."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from qda.io.files import read_data, shown
from qda.io.transcripts.encoding import decode
from qda.model.dataset.data import kinds_of
from qda.model.nouns import many

if TYPE_CHECKING:
    from pathlib import Path

    from qda.model.dataset.data import Data
    from qda.model.dataset.nouns import Dataset
    from qda.store import Study


def read_dataset(file: str | Path) -> tuple[bytes, str]:
    """The bytes of a table, and the name of their encoding: UTF-8, UTF-16 or else Windows-1252.

    Raises:
        BadFileError: The file cannot be read, is empty, or is no text.
    """
    content = read_data(file)
    return content, decode(content, shown(file))[1]


def dataset_csv(data: Data) -> str:
    """All rows as CSV with commas, after the recodings; every other cell as it came."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(data.names)
    writer.writerows(zip(*(data.columns[name] for name in data.names), strict=True))
    return out.getvalue()


def dataset_page(study: Study, one: Dataset, data: Data) -> str:
    """What belongs beside the CSV file: where the data come from, what each column holds, recodings and rules."""
    from qda.model.markup import harmless

    lines = [
        f"# {harmless(one.name)}",
        "",
        f"{many(one.rows, 'row')} and {many(len(one.columns), 'column')}. Values are as they came but for the recodings"
        " below; empty cells are missing values.",
        "",
        f"- Origin: {harmless(one.origin) or 'not given'}",
        f"- Note: {harmless(one.note) or 'none'}",
        f"- SHA-256 of the file that came in: `{one.sha256}`",
        "",
        "## Columns",
        "",
        "| column | type | different values | missing |",
        "|---|---|---|---|",
        *(f"| {harmless(kind.name)} | {kind.type} | {kind.different} | {kind.missing} |" for kind in kinds_of(data)),
        "",
        "## Recodings, in the order in which they were applied",
        "",
    ]
    recoded = study.datasets.recodings(one)
    for number, each in enumerate(recoded, start=1):
        by = f"{each.coder}, {each.at[:10]}"
        rows = many(each.hits, "row")
        lines.append(f"{number}. {harmless(each.recoding.said)}: {rows}. {harmless(each.reason)} ({harmless(by)})")
    lines += [] if recoded else ["None."]
    if rules := study.dataset_rules.of(one):
        lines += ["", "## Rules that rows are checked by", "", *(f"- {harmless(each.words)}" for each in rules)]
    return "\n".join(lines) + "\n"
