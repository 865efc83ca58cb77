"""What is not compared, and why: notes beside the figures."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qda.reports.scope import listed

if TYPE_CHECKING:
    from qda.reports.agreement_report.reading import Read
    from qda.reports.scope import Scope


def excluded(scope: Scope, read: Read) -> list[str]:
    """Notes on coders, sources, codes and codings that are left out."""
    notes = list(read.done.notes)
    names = scope.coder_names
    if read.alone:
        who = ", ".join(names[key] for key in read.alone)
        notes.append(f"Coders who share no source with another, so out: {who}.")
    if read.single:
        notes.append(f"Sources with which only one coder is done, so out: {listed(read.single)}.")
    if read.unread:
        why = "that nobody coded" if read.done.assumed else "with which nobody is done"
        notes.append(f"Sources {why}, so out: {listed(read.unread)}.")
    if read.left_out:
        notes.append(f"Sources without any text that counts, so out: {listed(read.left_out)}.")
    if read.lacking:
        notes.append(_lacking(scope, read))
    if read.suggested:
        notes.append(
            f"Accepted suggestions of rules or models are left out ({read.suggested}); --with-accepted counts them."
        )
    return notes


def _lacking(scope: Scope, read: Read) -> str:
    codes = set[int]().union(*read.lacking.values())
    paths = [code.path for code in read.codes if code.key in codes]
    names = scope.source_names
    places = sorted({(source, coder) for source, coder in read.lacking})
    said = [f"{names[source]} ({scope.coder_names[coder]})" for source, coder in places]
    return (
        "Codes that the codebook did not have yet when a source was done are out there:"
        f" {listed(paths)} in {listed(said)}."
    )
