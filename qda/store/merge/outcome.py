"""What a merge did, or would do."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from qda.store.revisions import Followed


@dataclass(frozen=True, slots=True)
class Conflict:
    """A code that says different things in both, with what differs: field, words here, words in the copy."""

    key: str
    path: str
    made: bool
    differs: tuple[tuple[str, str, str], ...]

    @property
    def sentence(self) -> str:
        """The conflict in words."""
        what = "made on both sides" if self.made else "changed on both sides"
        fields = "; ".join(f"{name}: '{ours}' here, '{theirs}' in the copy" for name, ours, theirs in self.differs)
        return f"'{self.path}' was {what} ({fields})"


@dataclass(frozen=True, slots=True)
class Count:
    """How many things of a kind came in new, were changed or taken away; of whom, and whether that is hidden."""

    what: str
    coder: str
    hidden: bool
    new: int
    changed: int
    removed: int


@dataclass
class Merged:
    """What a merge did: counts, codings that followed a corrected text, what was left as it is, codes to decide."""

    counts: list[Count] = field(default_factory=list)
    followed: list[Followed] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)
    kept_hidden: int = 0
    conflicts: list[Conflict] = field(default_factory=list)

    @property
    def nothing(self) -> bool:
        """Whether there was nothing new."""
        return not self.counts
