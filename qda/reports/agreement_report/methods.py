"""Thresholds of the literature, and a paragraph for the methods section with the facts of this study."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qda.model.nouns import many
from qda.reports.agreement_report.headline import judged_by
from qda.reports.report import Part

if TYPE_CHECKING:
    from qda.reports.agreement_report.view import Seen
    from qda.store import Study

LITERATURE = Part(
    "Thresholds in the literature",
    (
        "Side by side, for they differ; none of them is a verdict on this study.",
        "Alpha (Krippendorff 2019): at least .800; from .667 to .800 for tentative conclusions.",
        "Kappa (Landis & Koch 1977): to .20 slight, .40 fair, .60 moderate, .80 substantial, above almost perfect.",
        "Kappa (Fleiss 1981; Cicchetti 1994): below .40 poor, to .59 fair, to .74 good, from .75 excellent.",
        "Any (O'Connor & Joffe 2020): no threshold fits all; say the unit, the share coded twice, and how disagreements"
        " were settled.",
    ),
)
GAP = "[…]"


def methods_of(study: Study, seen: Seen) -> Part:
    """The paragraph; a fact that the study does not hold is a visible gap."""
    return Part("Paragraph for the methods section", (" ".join(_sentences(study, seen)),))


def _sentences(study: Study, seen: Seen) -> list[str]:
    read, scope, asked = seen.read, seen.scope, seen.asked
    names = [scope.coder_names[key] for key in read.coders]
    total = sum(source.characters for source in study.sources.all())
    twice = sum(source.length for source in read.sources)
    share = f"{100 * twice / total:.0f} % of the {total} characters of the study" if total else GAP
    found = [
        f"{many(len(names), 'coder')} ({', '.join(names)}) coded {many(len(read.sources), 'source')} independently of"
        f" each other, {share}.",
        f"{_blind(seen)} {_versions(study, seen)}",
        f"Agreement was computed for {many(len(seen.used) if seen.tables else len(read.codes), 'code')} on"
        f" {_units(seen)}, with Krippendorff's alpha (nominal) as the coefficient{_primary(seen)}.",
    ]
    if asked.intervals == "jackknife":
        found.append("Confidence intervals (95 %) are delete-one-source jackknife intervals with Student's t.")
    elif asked.intervals == "bootstrap":
        found.append(
            "Confidence intervals (95 %) are percentile bootstrap intervals over sources"
            f" (1000 draws, seed {asked.seed})."
        )
    found.append(f"Disagreements were settled by {GAP}. The coders were trained by {GAP}.")
    return found


def _blind(seen: Seen) -> str:
    one = seen.read.done.round
    if one is None:
        return f"Whether they could see each other's codings: {GAP}."
    how = "did not see" if one.blind else "could see"
    drawn = f"; the sources were chosen as {one.drawn}" if one.drawn else ""
    return f"In the round '{one.name}' they {how} each other's codings until all had handed in{drawn}."


def _versions(study: Study, seen: Seen) -> str:
    versions = {doing.version for coders in seen.read.done.by_source.values() for doing in coders.values()}
    known = sorted(version for version in versions if version)
    if None in versions or not known:
        return f"They worked with version {GAP} of the codebook (now version {study.codebook.version()})."
    listed = ", ".join(str(version) for version in known)
    return f"They worked with version{'s' * (len(known) > 1)} {listed} of the codebook."


def _units(seen: Seen) -> str:
    return (
        "characters of the text" if "char" in seen.asked.units else ", ".join(f"{unit}s" for unit in seen.asked.units)
    )


def _primary(seen: Seen) -> str:
    one = seen.read.done.round
    return f" (fixed for the round beforehand: {judged_by(one.primary)})" if one is not None else ""
