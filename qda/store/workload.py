"""How much each coder has coded where."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from qda.store.study import Study


def codings_by_coder(study: Study) -> dict[int, dict[int, int]]:
    """How many codings of their own coders have in each source, by source and coder; the consensus apart."""
    found: dict[int, dict[int, int]] = {}
    for source, coder, count in study.database.rows(
        "SELECT source, coder, count(*) FROM counted_coding WHERE layer = 0 GROUP BY source, coder"
    ):
        found.setdefault(source, {})[coder] = count
    return found
