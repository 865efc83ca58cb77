"""Who is done with which source: by a round, by the states that coders entered, or assumed where there are none."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from qda.errors import QdaError
from qda.reports.scope import listed
from qda.store.handout import is_hand_out

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from qda.model.rounds import Round
    from qda.model.spans import Span
    from qda.reports.scope import Scope
    from qda.store import Study


class Doing(NamedTuple):
    """How a coder was done with a source: under which version of the codebook, and by which change (None: today).

    A version of None stands for today's codebook. `whose` names the coder where one counts as two, as in two rounds.
    """

    version: int | None = None
    change: int | None = None
    whose: int | None = None


@dataclass(frozen=True)
class Done:
    """By source the coders who are done with it; of sources of which only a part counts, that part."""

    by_source: Mapping[int, Mapping[int, Doing]]
    parts: Mapping[int, list[Span]] = field(default_factory=dict)
    assumed: bool = False
    round: Round | None = None
    notes: tuple[str, ...] = ()

    @property
    def gold(self) -> int | None:
        """The coder against whom the others are measured, where it is a training round and they are done."""
        gold = self.round.gold if self.round is not None else None
        return gold if any(gold in coders for coders in self.by_source.values()) else None

    def pairs(self, pairs: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
        """Those pairs of coders that matter: in a training round each trainee with the gold coder, else all."""
        gold = self.gold
        return [pair for pair in pairs if gold is None or gold in pair]


def done(study: Study, scope: Scope, round_name: str = "") -> Done:
    """Who is done with what in a scope.

    Raises:
        QdaError: There is no such round, or it cannot be compared yet.
    """
    if round_name:
        return _by_round(study, scope, round_name)
    states = [
        (source, coder, state, version)
        for source, coder, layer, state, version in study.progress.counted()
        if not layer and source in scope.source_keys and _selected(scope, coder)
    ]
    return _by_states(study, scope, states) if states else _assumed(study, scope)


def _selected(scope: Scope, coder: int) -> bool:
    return scope.coders is None or coder in scope.coders


def _by_states(study: Study, scope: Scope, states: list[tuple[int, int, str, int]]) -> Done:
    found: dict[int, dict[int, Doing]] = {}
    waiting: dict[tuple[int, str], list[int]] = {}
    for source, coder, state, version in states:
        if state == "done":
            found.setdefault(source, {})[coder] = Doing(version or None)
        else:
            waiting.setdefault((coder, state), []).append(source)
    known = {(source, coder) for source, coder, *_ in states}
    for source, coders in study.counts.independent_coders().items():
        for coder in coders if source in scope.source_keys else ():
            if _selected(scope, coder) and (source, coder) not in known:
                waiting.setdefault((coder, "no state entered"), []).append(source)
    return Done(found, notes=_missing(scope, waiting))


def _assumed(study: Study, scope: Scope) -> Done:
    heard = {
        source: coders for source, coders in study.counts.independent_coders().items() if source in scope.source_keys
    }
    there = {coder for coders in heard.values() for coder in coders}
    coders = sorted(scope.coders if scope.coders is not None else there)
    found = {
        source.key: {coder: Doing() for coder in coders}
        for source in scope.sources
        if any(coder in heard.get(source.key, ()) for coder in coders)
    }
    note = (
        "Assignment assumed: nobody entered who is done with what, so each coder counts as done with every source that"
        " any of them coded; 'qda progress set' or a round says it."
    )
    return Done(found, assumed=True, notes=(note,) if found else ())


def _missing(scope: Scope, waiting: Mapping[tuple[int, str], list[int]]) -> tuple[str, ...]:
    """A note on the coders who are not done, which is missing and not the same as nothing coded."""
    order = {key: number for number, key in enumerate(scope.coder_names)}
    said = [
        f"{scope.coder_names.get(coder, '?')} in {_sources(scope, sources)} ({state})"
        for (coder, state), sources in sorted(waiting.items(), key=lambda one: (order.get(one[0][0], 0), one[0][1]))
    ]
    if not said:
        return ()
    return (f"Not done, so missing there and not counted as nothing coded: {'; '.join(said)}.",)


def _sources(scope: Scope, keys: Iterable[int]) -> str:
    wanted = set(keys)
    return listed([source.name for source in scope.sources if source.key in wanted])


def handed_in(study: Study, one: Round, submitted: Mapping[int, int]) -> dict[int, Doing]:
    """How each coder was done who handed in a round; in a blind one all had the codebook of its beginning."""
    return {
        coder: Doing(one.version if one.blind else study.codebook.version_at(change), change)
        for coder, change in submitted.items()
    }


def _by_round(study: Study, scope: Scope, name: str) -> Done:
    one = study.rounds.get(name)
    if one.blind and not one.revealed:
        where = (
            "it is revealed in the study that it came from"
            if is_hand_out(study.database)
            else "compare it after 'qda round reveal'"
        )
        raise QdaError(f"the round '{one.name}' is blind and not revealed; {where}")
    submitted = study.rounds.submitted(one.key)
    if not submitted:
        raise QdaError(f"nobody has handed in the round '{one.name}' yet, so there is nothing to compare")
    doing = handed_in(study, one, submitted)
    found: dict[int, dict[int, Doing]] = {}
    parts: dict[int, set[Span]] = {}
    changed: set[int] = set()
    waiting: dict[tuple[int, str], list[int]] = {}
    current, translated = study.sources.current_revisions(), {one.source: one for one in study.translations.all()}
    for coder, part in study.rounds.assignments(one.key):
        translation = translated.get(part.source)
        source = translation.original if translation is not None else part.source
        if source not in scope.source_keys or not _selected(scope, coder):
            continue
        if part.revision != current[part.source]:
            changed.add(source)
        elif coder not in submitted:
            waiting.setdefault((coder, "not handed in"), []).append(source)
        else:
            found.setdefault(source, {})[coder] = doing[coder]
            if not part.whole:
                span = part.start, part.end
                spans = [span] if translation is None else study.translations.alignment(translation).carry(*span)
                parts.setdefault(source, set()).update(spans)
    if one.gold is not None and _selected(scope, one.gold):
        _add_gold(study, one, found, (doing, waiting))
    notes = _missing(scope, waiting)
    if changed:
        notes = (*notes, f"Out, for the text was changed after the round was made: {_sources(scope, changed)}.")
    return Done(found, {key: sorted(spans) for key, spans in parts.items()}, False, one, notes)


def _add_gold(
    study: Study,
    one: Round,
    found: dict[int, dict[int, Doing]],
    others: tuple[Mapping[int, Doing], dict[tuple[int, str], list[int]]],
) -> None:
    """Let the gold coder count in the sources with which they are done, as of the last who handed in.

    They are done where they said so; where they said nothing, in the sources that they coded before.
    """
    doing, waiting = others
    gold = one.gold or 0
    last = Doing(one.version, max(each.change or 0 for each in doing.values()))
    states = {
        source: state for source, coder, layer, state, _ in study.progress.counted() if (coder, layer) == (gold, 0)
    }
    for source, coders in found.items():
        if gold in coders:
            continue
        state = states.get(source)
        if state == "done" or (state is None and study.rounds.segments(source, gold, last.change or 0)):
            coders[gold] = last
        else:
            waiting.setdefault((gold, state or "no state entered, nothing coded"), []).append(source)
