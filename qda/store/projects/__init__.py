"""Taking a whole project of another tool into the study, as one action; and giving a study out as one."""

from qda.store.projects.giving import give
from qda.store.projects.outcome import Outcome
from qda.store.projects.taking_in import take_in

__all__ = ["Outcome", "give", "take_in"]
