"""Thresholds of the literature, and a paragraph for the methods section with the facts of this study."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from qda.model.decisions import MODES
from qda.model.nouns import many
from qda.model.rounds import PRIMARY_STATS, Primary
from qda.reports.agreement_report.asked import CUT
from qda.reports.agreement_report.compared import Compared
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
_MODES = {"discussion": "in discussion", "arbiter": "by an arbiter"}
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
    return [
        _coded(study, seen),
        f"{_blind(seen)} {_rounds(study)} {_versions(study, seen)}",
        f"Agreement was computed for {many(len(seen.used), 'code')} on {_units(seen)}{_coefficient(seen)}.",
        _intervals(seen),
        f"{_settled(study, seen)} The coders were trained by {_trained(seen)}.",
    ]


def _coded(study: Study, seen: Seen) -> str:
    """Who coded how much of the study at least twice; what is no data is no part of it."""
    read, scope = seen.read, seen.scope
    names = [scope.coder_names[key] for key in read.coders]
    who = f"{many(len(names), 'coder')} ({', '.join(names)})"
    roots, not_data = study.translations.roots(), study.not_data.by_source()
    every = [source for source in study.sources.all() if source.key not in roots]
    total = sum(Compared(source.characters, not_data.get(source.key, ())).length for source in every)
    twice = sum(source.length for source in read.sources)
    share = f"{100 * twice / total:.0f} % of the {total} characters of the study that are data" if total else GAP
    what = f"{'stretches of ' if read.done.parts else ''}{len(read.sources)} of the {many(len(every), 'source')}"
    by_all = sum(len(source.coders) == len(names) for source in read.sources)
    if by_all == len(read.sources):
        said = f"{who} coded {what} independently of each other, {share}."
    else:
        said = f"Of {who}, at least two coded {what} independently of each other (all of them {by_all}), {share}."
    return f"{said} Who was done with which source: {GAP}." if read.done.assumed else said


def _intervals(seen: Seen) -> str:
    """How intervals were made, and for how many codes the coefficient that leads has one."""
    if seen.asked.intervals == "none":
        return "No confidence intervals were computed."
    how = {
        "jackknife": "delete-one-source jackknife intervals with Student's t (two degrees of freedom fewer than sources"
        " with the code)",
        "bootstrap": f"percentile bootstrap intervals over sources (1000 draws, seed {seen.asked.seed})",
    }[seen.asked.intervals]
    primary, used = _primary(seen), {code.key for code in seen.used}
    given = {
        code
        for (stat, unit, _, code, _), row in seen.rows.items()
        if (stat, unit) == (primary.stat, primary.unit) and row.interval is not None and row.interval.low is not None
    }
    if not given:
        return "No confidence interval could be given; the report says why."
    some = f", given for {len(given & used)} of {many(len(used), 'code')}" if given & used else ""
    return f"Confidence intervals (95 %) are {how}{some}."


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
    sources = {source.key for source in seen.read.sources}
    recorded = study.counts.consensus_sources() & sources
    one = seen.read.done.round
    decided = Counter(
        decision.mode
        for decision in study.decisions.all()
        if decision.source in sources and not decision.is_open and (one is None or decision.round == one.key)
    )
    how = " and ".join(f"{_MODES[mode]} ({many(decided[mode], 'place')})" for mode in MODES if decided[mode])
    said = f"Disagreements were settled {how or f'by {GAP}'}"
    if not recorded:
        return f"{said}."
    return (
        f"{said}; a consensus is recorded in {len(recorded)} of the"
        f" {many(len(seen.read.sources), 'source')}, and no figure of agreement counts it."
    )


def _blind(seen: Seen) -> str:
    one = seen.read.done.round
    if one is None:
        return f"Whether they could see each other's codings: {GAP}."
    how = "did not see each other's codings until it was revealed" if one.blind else "could see each other's codings"
    drawn = f"; it held {one.drawn}" if one.drawn else ""
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
