"""Where somebody was in an adjudication, and how they decide: kept with the open study."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, cast

from qda.model.decisions import MODES, UNION

if TYPE_CHECKING:
    from qda.store import Study
    from qda.tui.workspace import Workspace

AS_THEY_ARE = ""  # in the place of a round's name: the codings of today, of those who are done


@dataclass
class AdjudicationState:
    """Which round is decided on (None: not chosen yet), which place of it, and how.

    `seek` is a source and a character of its text: the place there is to be shown, once the places are read.
    `ends` is the rule for what all gave with other ends; `reasons` are those written before their place was decided.
    """

    round: str | None = None
    place: str = ""
    seek: tuple[str, int] | None = None
    mode: str = MODES[0]
    ends: str = UNION
    hide_decided: bool = False
    reasons: dict[str, str] = field(default_factory=dict)


def state_of(workspace: Workspace) -> AdjudicationState:
    """The state that belongs to an open study."""
    return cast("AdjudicationState", vars(workspace).setdefault("adjudication_state", AdjudicationState()))


def choices(study: Study) -> list[str]:
    """What can be adjudicated: the rounds, the newest first and those that can be compared before the others.

    Behind them stands the codings as they are.
    """
    rounds = study.rounds.all()[::-1]
    ready = [one.name for one in rounds if one.revealed or (not one.blind and study.rounds.submitted(one.key))]
    return [*ready, *(one.name for one in rounds if one.name not in ready), AS_THEY_ARE]
