"""Bringing a copy of the study, or a hand-out, back into it."""

from qda.store.merge.merging import Options, merge
from qda.store.merge.outcome import Conflict, Count, Merged

__all__ = ["Conflict", "Count", "Merged", "Options", "merge"]
