"""The study's file: the only place that speaks SQL."""

from qda.store.study import Study

__all__ = ["Study"]
