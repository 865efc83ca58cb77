"""Thresholds of the literature, and a paragraph for the methods section with the facts of this study."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qda.model.nouns import many
from qda.model.rounds import PRIMARY_STATS, Primary
from qda.reports.agreement_report.asked import CUT
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
COEFFICIENTS = {
    "alpha_nominal": "Krippendorff's alpha (nominal)",
    "alpha": "Krippendorff's alpha (nominal, for each pair of coders)",
    "kappa": "Cohen's kappa (for each pair of coders)",
    "fleiss": "Fleiss' kappa",
    "scott_pi": "Scott's pi (for each pair of coders)",
    "ac1": "Gwet's AC1",
    "bp": "Brennan and Prediger's coefficient",
    "pooled_kappa": "the pooled kappa of de Vries et al.",
    "u_alpha_binary": "Krippendorff's |uα (2016)",
    "u_alpha_nominal": "Krippendorff's uα (2016)",
    "u_alpha_cu": "Krippendorff's cuα (2016)",
    "u_alpha_1995": "Krippendorff's unitizing alpha of 1995",
}


def methods_of(study: Study, seen: Seen) -> Part:
    """The paragraph; a fact that the study does not hold is a visible gap."""
    return Part("Paragraph for the methods section", (" ".join(_sentences(study, seen)),))


def _sentences(study: Study, seen: Seen) -> list[str]:
    read, scope = seen.read, seen.scope
    names = [scope.coder_names[key] for key in read.coders]
    every = study.sources.all()
    total = sum(source.characters for source in every)
    twice = sum(source.length for source in read.sources)
    share = f"{100 * twice / total:.0f} % of the {total} characters of the study" if total else GAP
    return [
        f"{many(len(names), 'coder')} ({', '.join(names)}) coded {len(read.sources)} of the"
        f" {many(len(every), 'source')} independently of each other, {share}.",
        f"{_blind(seen)} {_rounds(study)} {_versions(study, seen)}",
        f"Agreement was computed for {many(len(seen.used), 'code')} on {_units(seen)}{_coefficient(seen)}.",
        _intervals(seen),
        f"{_settled(study, seen)} The coders were trained by {_trained(seen)}.",
    ]


def _intervals(seen: Seen) -> str:
    return {
        "jackknife": "Confidence intervals (95 %) are delete-one-source jackknife intervals with Student's t.",
        "bootstrap": "Confidence intervals (95 %) are percentile bootstrap intervals over sources (1000 draws, seed"
        f" {seen.asked.seed}).",
        "none": "No confidence intervals were computed.",
    }[seen.asked.intervals]


def _trained(seen: Seen) -> str:
    gold = seen.read.done.gold
    return GAP if gold is None else f"coding against {seen.scope.coder_names[gold]}, whose codings were the measure"


def _rounds(study: Study) -> str:
    """Which rounds were held; those that are not over are named too."""
    rounds = study.rounds.all()
    if not rounds:
        return f"Rounds of coding: {GAP}."
    said = [f"'{one.name}' ({'blind' if one.blind else 'open'})" for one in rounds]
    return f"There {'was' if len(rounds) == 1 else 'were'} {many(len(rounds), 'round')} of coding: {', '.join(said)}."


def _settled(study: Study, seen: Seen) -> str:
    """How disagreements were settled: as far as it is recorded."""
    recorded = study.counts.consensus_sources() & {source.key for source in seen.read.sources}
    if not recorded:
        return f"Disagreements were settled by {GAP}."
    return (
        f"Disagreements were settled by {GAP}; a consensus is recorded in {len(recorded)} of the"
        f" {many(len(seen.read.sources), 'source')}, and no figure of agreement counts it."
    )


def _blind(seen: Seen) -> str:
    one = seen.read.done.round
    if one is None:
        return f"Whether they could see each other's codings: {GAP}."
    how = "did not see each other's codings until all had handed in" if one.blind else "could see each other's codings"
    drawn = f"; the sources were chosen as {one.drawn}" if one.drawn else ""
    return f"In the round '{one.name}' they {how}{drawn}."


def _versions(study: Study, seen: Seen) -> str:
    versions = {doing.version for coders in seen.read.done.by_source.values() for doing in coders.values()}
    known = sorted(version for version in versions if version)
    if None in versions or not known:
        return f"They worked with version {GAP} of the codebook (now version {study.codebook.version()})."
    listed = ", ".join(str(version) for version in known)
    return f"They worked with version{'s' * (len(known) > 1)} {listed} of the codebook."


_UNITS = {
    "char": "characters of the text",
    "segment": "passages",
    "continuum": "the text as a continuum",
    "turn": "turns",
    "sentence": "sentences",
}


def _units(seen: Seen) -> str:
    """The unit of the figure that leads: that of the round, else characters."""
    unit = _primary(seen).unit
    ruled = {"any": "one character", "majority": "more than half"}
    rule = _primary(seen).rule or seen.asked.rule
    said = f" (a unit counts as coded from {ruled[rule]} on)" if unit in CUT and rule else ""
    return f"{_UNITS[unit]}{said}, a coder's overlapping segments of a code being one passage"


def _primary(seen: Seen) -> Primary:
    """By what the round is judged; without a round alpha, on characters if they are counted."""
    one = seen.read.done.round
    if one is not None:
        return one.primary
    unit = next(unit for unit in ("char", *seen.asked.units) if unit in seen.asked.units)
    return Primary(PRIMARY_STATS[unit][0], unit, "", None)


def _coefficient(seen: Seen) -> str:
    primary = _primary(seen)
    name = COEFFICIENTS.get(primary.stat, primary.stat)
    fixed = f" (fixed for the round: {judged_by(primary)})" if seen.read.done.round is not None else ""
    return f", with {name} as the coefficient{fixed}"
