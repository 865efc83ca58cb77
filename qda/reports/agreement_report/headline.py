"""What comes first in the report on agreement: by what a round is judged, and one plain sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qda.reports.agreement_report.gold import gold_lead
from qda.reports.report import two_decimals
from qda.reports.scope import listed

if TYPE_CHECKING:
    from qda.model.rounds import Primary
    from qda.reports.agreement.rows import Pair
    from qda.reports.agreement_report.view import Seen
    from qda.store import Study

WEAKEST = 3


def lead_of(study: Study, seen: Seen) -> tuple[str, ...]:
    """The sentences before the table."""
    if len(seen.read.coders) < 2:
        return (
            "There is nothing to compare: agreement takes two coders who are both done with a source"
            " ('qda progress set SOURCE done' says so).",
        )
    return (*_of_round(study, seen), *gold_lead(seen), *_headline(seen))


def _headline(seen: Seen) -> tuple[str, ...]:
    used = seen.used
    if not used and seen.read.lacking and not any(any(seen.of_code(code.key)) for code in seen.read.codes):
        return ("None of the codes was in the codebook yet when the coders were done; there is nothing to compare.",)
    if not used:
        return ("No coder used any of the codes in the sources that are compared.",)
    if seen.read.done.gold is not None:
        return ()  # what trainees have in common is not what the round is for
    counts = [seen.of_code(code.key) for code in used]
    both, either = sum(one.a for one in counts), sum(one.a + one.b + one.c for one in counts)
    shares = sorted(
        (one.a / (one.a + one.b + one.c), number, code)
        for number, (code, one) in enumerate(zip(used, counts, strict=True))
    )
    weakest = [f"{code.path} ({_percent(share)})" for share, _, code in shares[:WEAKEST] if share < 1]
    coders = "either coder" if len(seen.read.coders) == 2 else "either of two coders"
    sentence = f"Of the text that {coders} marked with a code, both marked {_percent(both / either)}"
    if weakest and len(used) > 1:
        sentence += f"; least for {_and(weakest)}"
    return (f"{sentence}.",)


def _percent(share: float) -> str:
    """A share in per cent; one that is not all of it is never said to be."""
    whole = round(100 * share)
    if share < 1 and whole == 100:
        return "more than 99 %"
    return "less than 1 %" if share > 0 and whole == 0 else f"{whole} %"


def _and(words: list[str]) -> str:
    return f"{', '.join(words[:-1])} and {words[-1]}" if len(words) > 1 else words[0]


def judged_by(primary: Primary) -> str:
    """What a round is judged by, in words."""
    threshold = "no threshold" if primary.threshold is None else f"threshold {primary.threshold:g}"
    return f"{primary_said(primary)}, {threshold}"


def primary_said(primary: Primary) -> str:
    """A coefficient with its unit and rule."""
    return f"{primary.stat} ({primary.unit}{f', rule {primary.rule}' if primary.rule else ''})"


def _of_round(study: Study, seen: Seen) -> tuple[str, ...]:
    one = seen.read.done.round
    if one is None:
        return ()
    kind = "blind" if one.blind else "open"
    sentences = [f"The {kind} round '{one.name}' is judged by {judged_by(one.primary)}."]
    first = study.rounds.primary_at_start(one.key)
    if first != one.primary:
        sentences.append(f"This was changed after the first coder handed in: at the start it was {judged_by(first)}.")
    else:
        sentences.append("This was fixed before anybody handed in, and not changed since.")
    return (*sentences, *_reached(seen, one.primary))


def _reached(seen: Seen, primary: Primary) -> tuple[str, ...]:
    """Which codes reach the threshold of the round, or whether all codes together do."""
    found = [(code, seen.values_by(primary, code)) for code in seen.used]
    known = [(code, min(values)) for code, values in found if values]
    together = seen.values_by(primary, None)
    said = primary_said(primary)
    if not seen.counts(primary):
        return (f"{said} is not counted here, for other units or figures were asked for.",)
    if len(_pairs(seen, primary)) > 1:
        said += ", lowest pair of coders,"
    if not known and not together:
        return (f"{said} has no value here.",)
    threshold = primary.threshold
    if not known:
        value = min(together)
        reach = "" if threshold is None else f", {'at least' if value >= threshold else 'below'} {threshold:g}"
        return (f"{said} of all codes together: {two_decimals(value)}{reach}.",)
    low = sorted((value, number, code) for number, (code, value) in enumerate(known))
    if threshold is None:
        least, most = (f"{two_decimals(value)} ({code.path})" for value, _, code in (low[0], low[-1]))
        return (f"{said} by code: from {least} to {most}.",)
    below = [f"{code.path} ({_short_of(value, threshold)})" for value, _, code in low if value < threshold]
    reached = len(known) - len(below)
    tail = f"; below it: {', '.join(below)}" if below else ""
    sentence = f"{said} is at least {threshold:g} for {reached} of {len(known)} codes with a value{tail}."
    empty = [code.path for code, value in known if value >= threshold and not seen.of_code(code.key).a]
    if not empty:
        return (sentence,)
    return (sentence, f"Among them are codes of which no two coders marked the same text: {listed(empty)}.")


def _short_of(value: float, threshold: float) -> str:
    """A value below a threshold, with as many decimals as it takes to be seen there."""
    written = [two_decimals(value), f"{value:.3f}", f"{value:.4f}"]
    return next((one for one in written if float(one) < threshold), f"just below {threshold:g}")


def _pairs(seen: Seen, primary: Primary) -> set[Pair]:
    """The pairs of coders for each of which the primary coefficient is counted; none where it is one for all."""
    pairs = {pair for (stat, unit, _, _, pair) in seen.rows if (stat, unit) == (primary.stat, primary.unit) and pair}
    return set(seen.read.done.pairs(pairs))
