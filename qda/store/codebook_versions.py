"""Versions of the codebook by the codes that they had: which of them is like a version of another study."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qda.errors import QdaError
from qda.store.base import at_line

if TYPE_CHECKING:
    from qda.store.progress import ProgressRow
    from qda.store.study import Study

_MOST_DIGITS = 9


class Versions:
    """The versions of the codebook, looked at as sets of the codes that are there today."""

    def __init__(self, study: Study) -> None:
        self._codebook = study.codebook
        self._tree = study.codebook.tree()
        self._today = frozenset(code.key for code in self._tree.codes)
        self._newest = study.codebook.version()
        self._had: dict[int, frozenset[int]] = {}
        self._like: dict[tuple[int, frozenset[int]], tuple[int, bool]] = {}

    def had(self, version: int) -> frozenset[int]:
        """The codes of today that a version had; none in version 0, before there was a codebook."""
        if version not in self._had:
            self._had[version] = self._today & self._codebook.codes_at(version)
        return self._had[version]

    def lacked(self, version: int) -> tuple[str, ...]:
        """The paths of the codes of today that a version did not have; of version 0 that need not be said."""
        had = self.had(version) if version else self._today
        return tuple(code.path for code in self._tree.codes if code.key not in had)

    def of(self, row: ProgressRow) -> tuple[int, bool]:
        """The version that a row means, and whether it had fewer codes than the row says.

        A version of the number that is named counts where it had no more than these codes, for that is how a study
        finds its own states again; else the newest that had just these, or failing that, no others.

        Raises:
            QdaError: There is none; the sentence names the line.
        """
        number = self._number(row)
        if row.codes is None or not number:
            return number, False
        lacks = frozenset(self._key(path, row.line) for path in row.lacks)
        if number <= self._newest and self._within(number, row.codes, lacks):
            return number, len(self.had(number)) < row.codes
        like = (row.codes, lacks)
        if like not in self._like:
            self._like[like] = self._nearest(*like)
        return self._like[like]

    def _within(self, version: int, codes: int, lacks: frozenset[int]) -> bool:
        """Whether a version had no other codes than one of so many codes that lacked some."""
        return len(self.had(version)) <= codes and not self.had(version) & lacks

    def _nearest(self, codes: int, lacks: frozenset[int]) -> tuple[int, bool]:
        found = [one for one in range(self._newest, 0, -1) if self._within(one, codes, lacks)] or [0]
        just = next((one for one in found if len(self.had(one)) == codes), None)
        return (found[0], True) if just is None else (just, False)

    def _number(self, row: ProgressRow) -> int:
        if not row.version:
            return self._newest
        known = row.version.isdecimal() and len(row.version) <= _MOST_DIGITS
        if not known or (row.codes is None and int(row.version) > self._newest):
            problem = f"there is no codebook version '{row.version}' (the newest is {self._newest})"
            raise at_line(row.line, f"{problem}; leave it empty for the newest")
        return int(row.version)

    def _key(self, path: str, line: int) -> int:
        try:
            return self._tree.get(path).key
        except QdaError as error:
            raise at_line(line, error) from None
