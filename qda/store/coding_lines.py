"""Checking codings that come from outside, line by line, before any of them is taken in."""

from __future__ import annotations

from math import isfinite
from typing import TYPE_CHECKING, NamedTuple

from qda.errors import QdaError, WrongLinesError
from qda.model.nouns import LAYERS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qda.store.change import Change
    from qda.store.study import Study

SHOWN = 5


class CodingRow(NamedTuple):
    """One coding as a file gives it; `id` are the 16 bytes of its uid, None for a new one."""

    line: int
    source: str
    code: str
    coder: str
    start: int
    end: int
    id: bytes | None = None
    text: str | None = None
    memo: str = ""
    weight: float | None = None
    at: str = ""
    origin: str = "human"
    layer: str = "independent"


Place = tuple[int, int, int, int, int, int, int]
"""Source, revision, code, coder, start, end and layer of a coding."""


class Resolver:
    """Turns names into keys, collects what is wrong, and leaves out what is here already."""

    def __init__(self, study: Study, *, create_codes: bool) -> None:
        self.study = study
        self.create_codes = create_codes
        self.new_coders: list[str] = []
        self.new_codes: list[str] = []
        self._tree = study.codebook.tree()
        self._codes: dict[str, int] = {code.path: code.key for code in self._tree.codes}
        self._sources = study.sources.names()
        self._revisions = study.sources.current_revisions()
        self._lengths: dict[int, int] = dict(
            study.database.rows("SELECT r.key, t.characters FROM live_revision r JOIN text t ON t.sha256 = r.text")
        )
        self._texts: dict[int, str] = {}
        self._veiled = study.rounds.veiled()
        self._me: int | None = None
        self._problems: list[tuple[int, str]] = []

    def source(self, row: CodingRow) -> int:
        """The key of a row's source."""
        if row.source not in self._sources:
            self._sources[row.source] = self.study.sources.get(row.source).key
        return self._sources[row.source]

    def sort_out(self, change: Change, rows: Sequence[CodingRow]) -> tuple[list[tuple[CodingRow, Place]], int]:
        """The rows that are new, with their places, and how many are here already.

        Raises:
            QdaError: Lines are wrong.
        """
        known = {coder.key for coder in self.study.coders.all()}
        self._me = self.study.coders.key(self.study.coder) if self.study.coder else None
        coders = self.study.coders.make_from(change, ((row.coder, row.line) for row in rows))
        self.new_coders = [coder.name for coder in self.study.coders.all() if coder.key not in known]
        placed = []
        for row in rows:
            try:
                placed.append((row, self._place(change, row, coders[row.coder])))
            except QdaError as error:
                self._problems.append((row.line, str(error)))
        self._refuse_problems()
        return self._new_ones(placed)

    def _refuse_problems(self) -> None:
        if not self._problems:
            return
        if not self._problems[0][0]:  # a coding that stands in no file
            raise QdaError(self._problems[0][1])
        raise WrongLinesError(self._problems[:SHOWN], len(self._problems) - SHOWN)

    def _place(self, change: Change, row: CodingRow, coder: int) -> Place:
        source = self.source(row)
        if source in self._veiled and coder != self._me:
            raise QdaError(
                f"codings of {row.coder} in '{row.source}' cannot be taken in while it is coded in a blind round;"
                " reveal the round first"
            )
        revision = self._revisions[source]
        length = self._lengths[revision]
        if not 0 <= row.start < row.end <= length:
            if row.start == row.end:
                raise QdaError(f"the segment {row.start}-{row.end} is empty")
            raise QdaError(f"the segment {row.start}-{row.end} does not lie in '{row.source}' (0-{length})")
        if row.text is not None:
            self._compare(row, source)
        if row.weight is not None and not isfinite(row.weight):
            raise QdaError("the weight is no number")
        if row.layer not in LAYERS:
            raise QdaError(f"the layer '{row.layer}' is not one of {', '.join(LAYERS)}")
        return (
            source,
            revision,
            self._code(change, row.code),
            coder,
            row.start,
            row.end,
            LAYERS.index(row.layer),
        )

    def _compare(self, row: CodingRow, source: int) -> None:
        if source not in self._texts:
            self._texts[source] = self.study.sources.text(source)
        found = self._texts[source][row.start : row.end]
        if found != row.text:
            raise QdaError(
                f"the text at {row.start}-{row.end} of '{row.source}' is {_short(found)}, not {_short(row.text or '')}"
            )

    def _code(self, change: Change, path: str) -> int:
        key = self._codes.get(path)
        if key is not None:
            return key
        found = self._tree.find(path)
        if found is None and not self.create_codes:
            found = self._tree.get(path)  # says what is wrong
        if found is None:
            key = self.study.codebook.make_path(change, path, origin="open")
            self._tree = self.study.codebook.tree()
            self.new_codes.append(path)
        else:
            key = found.key
        self._codes[path] = key
        return key

    def _new_ones(self, placed: list[tuple[CodingRow, Place]]) -> tuple[list[tuple[CodingRow, Place]], int]:
        database = self.study.database
        here = set()
        if database.one("SELECT 1 FROM counted_coding LIMIT 1"):
            for source in {place[0] for _, place in placed}:
                here.update(
                    database.rows(
                        "SELECT source, code, coder, start, end, layer FROM counted_coding WHERE source = ?",
                        (source,),
                    )
                )
        ids: dict[bytes, int] = {}
        fresh = []
        for row, place in placed:
            same = (place[0], *place[2:])
            if same in here:
                continue
            here.add(same)
            if row.id is not None:
                if row.id in ids:
                    self._problems.append((row.line, f"its id stands in line {ids[row.id]} already"))
                ids[row.id] = row.line
            fresh.append((row, place))
        self._refuse_taken(ids)
        self._refuse_problems()
        return fresh, len(placed) - len(fresh)

    def _refuse_taken(self, ids: dict[bytes, int]) -> None:
        """Refuse ids that belong to another coding, or to something that is no coding."""
        wanted = list(ids)
        for start in range(0, len(wanted), 500):
            part = wanted[start : start + 500]
            marks = ",".join("?" * len(part))
            for uid, kind in self.study.database.rows(
                "SELECT e.uid, e.kind FROM entity e LEFT JOIN live_coding c ON c.key = e.key"
                f" WHERE e.uid IN ({marks}) AND (e.kind <> 'coding' OR c.key IS NOT NULL)",
                part,
            ):
                other = "another coding" if kind == "coding" else f"a {kind}"
                self._problems.append((ids[uid], f"its id belongs to {other} already"))


def _short(text: str) -> str:
    return repr(text if len(text) <= 40 else text[:39] + "…")
