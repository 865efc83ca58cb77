"""Why a cell is empty: who was asked, who has read, and under which codebook."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from qda.reports.scope import Scope
    from qda.reports.subjects import Subjects
    from qda.store import Study

FOUND, NONE_FOUND, NOT_YET, NOT_ASKED, UNKNOWN = (
    "found",
    "none found",
    "not yet coded",
    "not asked",
    "coverage unknown",
)
UNASKED = "unasked"


def _counts(scope: Scope, coder: int, *, agreed: bool, consensus: bool) -> bool:
    """Whether a coder's state on a source bears on what is counted there: it does where the codings of its layer do."""
    if scope.layer == "consensus" or (scope.layer == "final" and agreed):
        return consensus
    return not consensus and (scope.coders is None or coder in scope.coders)


class States:
    """What is known of each source and code: asked, read, and whether the codebook had the code then.

    Being asked about a code covers its subcodes that have no entry of their own. A source is done when every
    selected coder who has a state there is done; where the consensus counts, when the consensus is done. Whoever has
    read a source again for a code has looked for it, though the codebook had it later than the source was done.
    """

    def __init__(self, study: Study, scope: Scope, subjects: Subjects) -> None:
        self._tree = scope.tree
        self._subjects = subjects
        self._coverage = study.coverage.counted()
        self._looked = study.rereads.looked()
        self._done: dict[int, list[tuple[int, int]] | None] = {}
        agreed = study.counts.consensus_sources() if scope.layer == "final" else set[int]()
        for source, coder, layer, state, version in study.progress.counted():
            if not _counts(scope, coder, agreed=source in agreed, consensus=bool(layer)):
                continue
            before = self._done.get(source, [])
            self._done[source] = (
                None if before is None or state != "done" else [*before, (0 if layer else coder, version)]
            )
        versions = {version for found in self._done.values() if found for _, version in found}
        self._codes = {version: study.codebook.codes_at(version) for version in versions}

    def asked(self, source: int, code: int) -> bool | None:
        """Whether a source's people were asked about a code; None where nothing was entered."""
        if not self._coverage:
            return None
        for key in self._tree.above(code):
            entered = self._coverage.get((source, key))
            if entered is not None:
                return entered
        return None

    def read(self, source: int, code: int) -> bool | None:
        """Whether a source was read for a code by everybody who has a state there; None where nobody has."""
        if source not in self._done:
            return None
        done = self._done[source]
        return done is not None and all(
            code in self._codes[version] or (source, code, coder) in self._looked for coder, version in done
        )

    def of_source(self, source: int, codes: Iterable[int]) -> str:
        """The state of an empty place: one source, one code (and the codes of a family that it is compared by)."""
        code, *others = codes
        asked = self.asked(source, code)
        if asked is False:
            return NOT_ASKED
        read = [self.read(source, key) for key in (code, *others)]
        if False in read:
            return NOT_YET
        if asked is None:
            return UNKNOWN
        return NOT_YET if None in read else NONE_FOUND

    def of_cell(self, sources: Iterable[int], codes: tuple[int, ...]) -> str:
        """The state of an empty cell over its sources: the most that can be said honestly."""
        found = {self.of_source(source, codes) for source in sources}
        for state in (NOT_YET, UNKNOWN, NOT_ASKED, NONE_FOUND):
            if state in found:
                return state
        return UNKNOWN

    def has_subcodes(self, code: int) -> bool:
        """Whether a code has subcodes."""
        return bool(self._tree.children.get(code))

    def unasked(self, sources: Iterable[int], code: int) -> bool:
        """Whether it is entered for every source that nobody was asked about a code, nor about a subcode of it."""
        codes = self._tree.below(code)
        listed = list(sources)
        return bool(listed) and all(
            self.asked(source, code) is False and not any(self.asked(source, key) for key in codes) for source in listed
        )

    def in_base(self, sources: Iterable[int], codes: tuple[int, ...]) -> bool:
        """Whether a case was asked in at least one of its sources, and all that asked are done."""
        asking = [source for source in sources if self.asked(source, codes[0])]
        return bool(asking) and all(self.read(source, code) for source in asking for code in codes)
