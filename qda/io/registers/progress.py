"""Registers of the work: who has done which source, and what was asked where."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qda.io.registers.lines import read_register
from qda.io.tables import join_values, split_values
from qda.model.nouns import LAYERS, STATES
from qda.store.codebook_versions import Versions
from qda.store.progress import CoverageRow, ProgressRow

if TYPE_CHECKING:
    from qda.io.tables import Grid
    from qda.store import Study

_ASKED = {
    **dict.fromkeys(("yes", "true", "1", "ja"), True),
    **dict.fromkeys(("no", "false", "0", "nee", "nei"), False),
}


def parse_progress(text: str, file: str) -> list[ProgressRow]:
    """Read states: `source`, `coder`, `state`, and `version` of the codebook, `layer`, `codes`, `lacks` where known.

    Raises:
        BadFileError: The table is wrong; the sentence names the line.
    """
    lines = read_register(text, file, ("source", "coder", "state"), ("version", "layer", "codes", "lacks"))
    return [
        ProgressRow(
            line["source"],
            line["coder"],
            line.choice("state", STATES),
            line["version"],
            line.choice("layer", LAYERS) or LAYERS[0],
            line.number,
            line.integer("codes") if line["codes"] else None,
            split_values(line["lacks"]),
        )
        for line in lines
    ]


def progress_table(study: Study) -> Grid:
    """The states of all coders on all sources, with the codes that were not in the codebook then."""
    versions = Versions(study)
    rows = [
        (source, coder, state, str(version), layer, *_like(versions, version))
        for source, coder, layer, state, version in study.progress.all()
    ]
    rows.sort(key=lambda row: (row[0], row[1], LAYERS.index(row[4])))  # coders in an order that every study has
    return ("source", "coder", "state", "version", "layer", "codes", "lacks"), rows


def _like(versions: Versions, version: int) -> tuple[str, str]:
    return str(len(versions.had(version))), join_values(versions.lacked(version))


def parse_coverage(text: str, file: str) -> list[CoverageRow]:
    """Read what was asked where: `source`, `code`, `asked` (yes or no, ja or nee or nei, true, false, 1, 0).

    Raises:
        BadFileError: The table is wrong; the sentence names the line.
    """
    rows = []
    for line in read_register(text, file, ("source", "code", "asked")):
        asked = _ASKED.get(line["asked"].casefold())
        if asked is None:
            line.refuse(f"'asked' is yes or no, not '{line['asked']}'")
        rows.append(CoverageRow(line["source"], line["code"], asked, line.number))
    return rows


def coverage_table(study: Study) -> Grid:
    """What was asked where."""
    rows = [(source, code, "yes" if asked else "no") for source, code, asked in study.coverage.all()]
    return ("source", "code", "asked"), rows
