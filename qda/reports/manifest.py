"""What a report was made from, and the command that makes it anew: no clock, no path, no user, no machine."""

from __future__ import annotations

import shlex
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from qda.reports.querying import asked
from qda.version import __version__

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qda.model.selection import Selection
    from qda.reports.scope import Scope
    from qda.store import Study


def manifest(study: Study, scope: Scope, report: str, options: Sequence[str] = ()) -> dict[str, Any]:
    """The manifest of a report: state, selection, codebook version, version of the tool, command."""
    selection = scope.selection
    if selection.layer == ("independent" if selection.coders else "final"):
        selection = replace(selection, layer="")  # what counts anyhow
    return {
        "state": study.state_hash(),
        "codebook_version": study.codebook.version(),
        "selection": _said(study, selection, scope),
        "tool": f"qda {__version__}",
        "command": shlex.join(["qda", "report", report, *options, *selection_options(selection)]),
    }


def selection_options(selection: Selection) -> list[str]:
    """A selection as the options of a command, in a fixed order."""
    words: list[str] = []
    for option, values in (
        ("--code", selection.codes),
        ("--coder", selection.coders),
        ("--source", selection.sources),
        ("--kind", selection.kinds),
        ("--where", tuple(f"{name}={value}" for name, value in selection.where)),
        ("--by", selection.by),
    ):
        for value in values:
            words += [option, value]
    if selection.roles != ("respondent",):
        words += ["--roles", ",".join(selection.roles)]
    for option, value, default in (
        ("--layer", selection.layer, ""),
        ("--cases", selection.cases, ""),
        ("--by-within", selection.by_within, "overlap"),
        ("--query", selection.query, ""),
    ):
        if value != default:
            words += [option, value]
    words += ["--no-subcodes"] if not selection.subcodes else []
    words += ["--roll-up"] if selection.roll_up else []
    return words


def _said(study: Study, selection: Selection, scope: Scope) -> dict[str, Any]:
    return {
        "codes": list(selection.codes),
        "subcodes": selection.subcodes,
        "coders": list(selection.coders),
        "layer": scope.layer,
        "sources": list(selection.sources),
        "kinds": list(selection.kinds),
        "cases": scope.case_kind,
        "where": [f"{name}={value}" for name, value in selection.where],
        "by": list(selection.by),
        "roles": list(selection.roles),
        **({"query": asked(study, scope.tree, selection.query).said} if selection.query else {}),
    }
