"""The work list of an adjudication: every place of a round, or of codings as they are, with what was decided on it."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import islice
from typing import TYPE_CHECKING

from qda.errors import QdaError
from qda.model.nouns import named_uid, uid_of
from qda.model.selection import Selection
from qda.model.spans import CODER, Stretches, merge_overlapping
from qda.reports.adjudication.places import places
from qda.reports.agreement_report.compared import outside
from qda.reports.agreement_report.done import done
from qda.reports.agreement_report.reading import Reader
from qda.reports.scope import listed, look_up

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from qda.model.decisions import Decision
    from qda.model.nouns import Source
    from qda.model.rounds import Round
    from qda.model.spans import Span
    from qda.model.tree import CodeTree
    from qda.reports.adjudication.places import Place
    from qda.store import Study

PLACES = bytes.fromhex("5d1b7c0a3f6e4e0c9a44c1b6d2e87f31")
"""The namespace of the ids of places."""
OPEN, DECIDED, AGAIN = "open", "decided", "recode"
STATES = (OPEN, DECIDED, AGAIN)


@dataclass(frozen=True)
class Item:
    """A place of the work list; `number` counts from 1 in order of sources and places, `id` stays the same.

    `coders` are those who are done with the source, in order.
    """

    number: int
    uid: bytes
    source: Source
    place: Place
    coders: tuple[int, ...]
    round: int | None = None
    decision: Decision | None = None

    @property
    def id(self) -> str:
        """The id by which the place is known outside of the file, in hexadecimal digits."""
        return self.uid.hex()

    @property
    def state(self) -> str:
        """Whether it is open, decided, or to be coded anew once the codebook says how."""
        if self.decision is None:
            return OPEN
        return AGAIN if self.decision.is_open else DECIDED

    @property
    def is_open(self) -> bool:
        """Whether something is still to be decided."""
        return self.state != DECIDED


@dataclass(frozen=True)
class WorkList:
    """All places with their names and notes; `round` is None where codings as they are were compared."""

    items: tuple[Item, ...]
    round: Round | None
    tree: CodeTree
    coder_names: Mapping[int, str]
    sources: tuple[Source, ...]
    notes: tuple[str, ...] = ()
    done: frozenset[int] = field(default_factory=frozenset)
    decisions: Mapping[int, Decided] = field(default_factory=dict)

    @property
    def decided(self) -> int:
        """How many places are decided."""
        return sum(not item.is_open for item in self.items)

    def open_in(self, source: int) -> int:
        """How many places of a source are open."""
        return sum(item.is_open for item in self.items if item.source.key == source)

    def get(self, words: str) -> Item:
        """The place with a number, or with an id that begins so.

        Raises:
            QdaError: There is none, or several ids begin so.
        """
        if words.isdecimal() and 0 < int(words[:18]) <= len(self.items):
            return self.items[int(words) - 1]
        found = [item for item in self.items if len(words) >= 6 and item.id.startswith(words.lower())]
        if len(found) != 1:
            why = "several places have an id that begins so" if found else f"the places are 1-{len(self.items)}"
            raise QdaError(f"there is no place '{words}': {why if self.items else 'the list is empty'}")
        return found[0]


def work_list(study: Study, round_name: str = "", selection: Selection | None = None) -> WorkList:
    """The places of a round as it was handed in; without a name, of codings as they are.

    Args:
        study: The study.
        round_name: The round; empty for codings as they are, of those who are done.
        selection: Which coders and sources; codes are not looked at, for they would change what a place is.

    Raises:
        QdaError: There is no such round, it is not revealed, or nobody has handed in.
    """
    selection = selection or Selection()
    with study.database.reading():
        scope = look_up(study, Selection(coders=selection.coders, sources=selection.sources, kinds=selection.kinds))
        reader = Reader(study, scope, done(study, scope, round_name), with_accepted=True)
        veiled = study.rounds.veiled()
        one = reader.done.round
        decided = _decisions(study, one)
        order = _order(reader, one)
        items: list[Item] = []
        compared = []
        for source in scope.sources:
            coders = [coder for coder in order if coder in reader.done.by_source.get(source.key, {})]
            if len(coders) < 2 or source.key in veiled:
                continue
            compared.append(source)
            for place in places(_passages(reader, source, coders)):
                uid = _uid(one, source, place, scope.tree)
                item = Item(len(items) + 1, uid, source, place, tuple(coders), one.key if one else None)
                decision = decided.get(source.key, _NONE).on(item)
                items.append(item if decision is None else replace(item, decision=decision))
        hidden = [source.name for source in scope.sources if source.key in veiled]
        notes = (*reader.done.notes, *([f"Out, for they are in a blind round: {listed(hidden)}."] if hidden else []))
        finished = _finished(study)
        return WorkList(tuple(items), one, scope.tree, scope.coder_names, tuple(compared), notes, finished, decided)


def decided_anew(study: Study, work: WorkList) -> WorkList:
    """The same places with the decisions of now, where nothing but decisions and progress was changed since."""
    with study.database.reading():
        decided = _decisions(study, work.round)
        changed = {key for key in decided.keys() | work.decisions.keys() if decided.get(key) != work.decisions.get(key)}
        items = tuple(
            replace(item, decision=decided.get(item.source.key, _NONE).on(item)) if item.source.key in changed else item
            for item in work.items
        )
        names = {coder.key: coder.name for coder in study.coders.all()}
        return replace(work, items=items, coder_names=names, done=_finished(study), decisions=decided)


@dataclass(frozen=True)
class Decided:
    """The decisions in one source, found by what they are about."""

    all: tuple[Decision, ...] = ()

    @cached_property
    def _by_uid(self) -> dict[bytes | None, Decision]:
        return {uid_of(each.id): each for each in self.all}

    @cached_property
    def _longest(self) -> int:
        return max((each.end - each.start for each in self.all), default=0)

    def on(self, item: Item) -> Decision | None:
        """The decision on a place: that of its id, else the first on some of its words and codes."""
        exact = self._by_uid.get(item.uid)
        if exact is not None:
            return exact
        place = item.place
        first = bisect_left(self.all, place.start - self._longest, key=lambda each: each.start)
        for each in islice(self.all, first, None):
            if each.start >= place.end:
                break
            if each.meets(item.source.revision_key, (place.start, place.end), place.codes):
                return each
        return None


_NONE = Decided()


def _decisions(study: Study, one: Round | None) -> dict[int, Decided]:
    """The decisions on a round, or on codings as they are, by source and in order of the text."""
    found: dict[int, list[Decision]] = {}
    for each in study.decisions.all():
        if each.round == (one.key if one else None):
            found.setdefault(each.source, []).append(each)
    return {source: Decided(tuple(decisions)) for source, decisions in found.items()}


def _finished(study: Study) -> frozenset[int]:
    """The sources whose consensus is done."""
    return frozenset(s for s, _, layer, state, _ in study.progress.counted() if layer and state == "done")


def _order(reader: Reader, one: Round | None) -> list[int]:
    """The coders in the study's order; in a training round the gold one goes first, who is the measure."""
    names = list(reader.scope.coder_names)
    return sorted(names, key=lambda key: (one is None or key != one.gold, names.index(key)))


def _passages(reader: Reader, source: Source, coders: Sequence[int]) -> dict[int, dict[int, list[Span]]]:
    """The passages of each coder by code, in the stored text; one in text that does not count is left out."""
    out = list(reader.not_data.get(source.key, ()))
    if source.key in reader.done.parts:
        out += outside(reader.done.parts[source.key], source.characters)
    uncounted = Stretches(merge_overlapping(sorted(out)))
    found: dict[int, dict[int, list[Span]]] = {coder: {} for coder in coders}
    for code, segment in reader.counted(source.key, reader.done.by_source[source.key])[0]:
        if not uncounted.swallow(segment[0], segment[1]):
            found[segment[CODER]].setdefault(code, []).append((segment[0], segment[1]))
    return {
        coder: {code: merge_overlapping(sorted(spans)) for code, spans in by.items()} for coder, by in found.items()
    }


def _uid(one: Round | None, source: Source, place: Place, tree: CodeTree) -> bytes:
    """The id of a place, which is the same in every copy of the study."""
    codes = ",".join(sorted(tree.by_key[code].uid for code in place.codes))
    where = f"{source.uid} {source.text_sha256} {place.start} {place.end}"
    return named_uid(PLACES, f"{one.uid if one else ''} {where} {codes}".encode())
