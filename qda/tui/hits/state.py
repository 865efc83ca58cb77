"""What was searched and found: kept with the open study, so that the hits are still there on the way back."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple, cast

from qda.model.selection import Selection

if TYPE_CHECKING:
    from qda.reports.search import Hit
    from qda.tui.workspace import Workspace

MODES = {
    "folded": "sees through case, line breaks and hyphens",
    "exact": "exactly these characters",
    "regex": "a regular expression",
    "lemma": "all forms of the words",
}


class Wanted(NamedTuple):
    """What is searched for: words, the way, and where only: in some sources, within passages of codes and coders."""

    words: str = ""
    mode: str = "folded"
    only: Selection = Selection()


@dataclass
class SearchState:
    """What is typed, how and where it is searched, what was found, what is ticked, and where one is.

    `counted` is the state of the study in which `found` was searched for.
    """

    typed: str = ""
    mode: str = "folded"
    only: Selection = field(default_factory=Selection)
    found: Wanted = field(default_factory=Wanted)
    hits: list[Hit] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    ticked: set[int] = field(default_factory=set)
    at: int = 0
    reach: str = "words"
    counted: str = ""
    groups: dict[int, int] = field(default_factory=dict)

    @property
    def wanted(self) -> Wanted:
        """What is to be searched for now."""
        return Wanted(self.typed, self.mode, self.only)

    def take(self, found: Wanted, hits: list[Hit], notes: list[str], counted: str) -> None:
        """Take in what was found; what was ticked stays ticked where it was found again."""
        places = {self.hits[at][:3] for at in self.ticked} if found == self.found else set()
        self.at = self.at if found == self.found else 0
        self.found, self.hits, self.notes, self.counted = found, hits, notes, counted
        self.ticked = {at for at, hit in enumerate(hits) if hit[:3] in places} if places else set()
        self.groups = {}
        first, before = 0, None
        for at, hit in enumerate(hits):
            if hit.source != before:
                first, before = at, hit.source
            self.groups[first] = self.groups.get(first, 0) + 1


def state_of(workspace: Workspace) -> SearchState:
    """The state that belongs to an open study."""
    return cast("SearchState", vars(workspace).setdefault("search_state", SearchState()))
