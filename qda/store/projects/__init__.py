"""Taking a whole project of another tool into the study, as one action."""

from qda.store.projects.outcome import Outcome
from qda.store.projects.taking_in import take_in

__all__ = ["Outcome", "take_in"]
