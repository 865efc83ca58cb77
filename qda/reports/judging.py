"""Saying by hand how a code stands at some values: the cell in the words of a user, looked up in the study."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from qda.errors import QdaError, UsageError
from qda.model.judgements import cell_sign
from qda.model.selection import Selection
from qda.reports.compared import compared_by
from qda.reports.families import Family
from qda.reports.scope import look_up
from qda.reports.subjects import Subjects
from qda.reports.values import MISSING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qda.model.judgements import Judgement
    from qda.store import Study

MOST = 2


class Judged(NamedTuple):
    """A cell of a comparison: key and path of its code, and the values that make it."""

    code: int
    path: str
    values: tuple[tuple[str, str], ...]

    @property
    def sign(self) -> str:
        """The cell as it is kept."""
        return cell_sign(self.values)

    @property
    def said(self) -> str:
        """The cell in words."""
        return f"{self.path} at {', '.join(value for _, value in self.values)}"


def judged_cell(study: Study, code: str, values: Sequence[tuple[str, str]]) -> Judged:
    """The cell of a code at one or two values of attributes or families of codes.

    Raises:
        QdaError: The code, what is compared by, or the value is not there.
    """
    if not 1 <= len(values) <= MOST:
        raise UsageError("a cell has one value, or two of different things")
    found = study.codebook.tree().named(code)
    scope = look_up(study, Selection(by=tuple(name for name, _ in values)))
    subjects = Subjects(study, scope)
    named: list[tuple[str, str]] = []
    for name, (_, value) in zip(scope.selection.by, values, strict=True):
        by = compared_by(study, scope, subjects, name)
        known = [*(by.paths if isinstance(by, Family) else by.known()), MISSING]
        if value not in known:
            raise QdaError(f"'{name}' has no value '{value}' (there are: {', '.join(known)})")
        named.append((name, value))
    if len(dict(named)) < len(named):
        raise UsageError("a cell has one value, or two of different things")
    return Judged(found.key, found.path, tuple(named))


def judge(
    study: Study,
    code: str,
    values: Sequence[tuple[str, str]],
    state: str,
    reason: str,
    *,
    seen: Sequence[str] | None = None,
) -> None:
    """Say by hand how a code stands at some values.

    Raises:
        QdaError: The cell is not there, the state is none, or no reason is given.
        ConflictError: Somebody else said something of it since `seen` was read.
    """
    cell = judged_cell(study, code, values)
    study.judgements.set(cell.code, cell.sign, state, reason.strip(), f"{cell.said}: {state}", seen=seen)


def take_back(study: Study, code: str, values: Sequence[tuple[str, str]]) -> None:
    """Take back what was said by hand of a code at some values.

    Raises:
        QdaError: Nothing was.
    """
    cell = judged_cell(study, code, values)
    study.judgements.remove(cell.code, cell.sign, f"{cell.said}: nothing said by hand any more")


def judged(study: Study) -> dict[tuple[int, str], list[Judgement]]:
    """What was said by hand, by code and cell."""
    found: dict[tuple[int, str], list[Judgement]] = {}
    for one in study.judgements.all():
        found.setdefault((one.code, one.cell), []).append(one)
    return found
