"""Taking a project in: coders, codes, sources, cases and values, then codings and memos in a stream; all or nothing."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

from qda.model.nouns import id_of
from qda.model.project import KEPT
from qda.store.projects.cases import Entered
from qda.store.projects.coders import ProjectCoders
from qda.store.projects.codes import take_codes
from qda.store.projects.items import Items
from qda.store.projects.outcome import Outcome
from qda.store.projects.sources import ProjectSources

if TYPE_CHECKING:
    from qda.model.project import Project
    from qda.store.change import Change
    from qda.store.study import Study


class _OnlyShow(Exception):  # noqa: N818 - no error: nothing was to be changed
    """Takes everything back that was done only to be shown."""


def take_in(study: Study, project: Project, summary: str, fields: dict[str, str], *, dry_run: bool = False) -> Outcome:
    """Take a project in as one action; what has a GUID that is here already becomes as the project has it.

    Args:
        study: The study.
        project: The project.
        summary: For the change log.
        fields: `kind`, `language` and `date` of new sources of which the project says nothing.
        dry_run: Only find out what would become of it.

    Raises:
        QdaError: It cannot be taken in; nothing has changed.
    """
    outcome = Outcome()
    with contextlib.suppress(_OnlyShow), study.action("import", summary) as change:
        _take(study, change, project, fields, outcome)
        if dry_run:
            raise _OnlyShow
    outcome.said += project.said
    return outcome


def _take(study: Study, change: Change, project: Project, fields: dict[str, str], outcome: Outcome) -> None:
    coders = ProjectCoders(study, change, project.users, outcome)
    codes = take_codes(study, change, project.codes, outcome)
    sources = ProjectSources(study, change, project.sources, fields, outcome)
    entered = Entered(study, change, sources.here, outcome)
    entered.cases(project.cases)
    entered.values(project)
    items = Items(study, change, coders, {"code": codes, "case": entered.keys}, sources.here, outcome)
    items.take(project.items())
    outcome.only_here = items.only_here()
    for name, value in project.kept.items():
        change.put("setting", (name, value))
    for guid in sources.here:  # what was kept of a source until its text came
        name = f"{KEPT}source {id_of(guid)}"
        if name not in project.kept:
            change.close("setting", "name = ?", (name,))
