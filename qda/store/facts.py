"""Facts beside codings: ratings and figures from elsewhere, about cases or about values of attributes."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, NamedTuple

from qda.errors import QdaError
from qda.model.facts import CASE, Fact, FactRow, Measure, check_fact, check_measure, split_about
from qda.model.nouns import id_of, plain_name
from qda.store.attributes import SOURCE_FIELDS
from qda.store.base import Nouns, at_line, check_plain
from qda.store.codings import now

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from qda.store.change import Change

_WORDS = ("value", "period", "rater", "origin", "note")


class _About(NamedTuple):
    """What a fact is about: the key of a case, or an attribute and a value of it."""

    target: int | None
    attribute: str = ""
    held: str = ""


class Facts(Nouns):
    """The facts of the study. About one thing each measure has one value by period, rater and origin."""

    def all(self) -> list[Fact]:
        """All facts: by measure in the order of entry, then by what they are about, period, rater and origin."""
        rows = self.database.rows(
            "SELECT f.key, e.uid, f.target, f.attribute, f.held, coalesce(c.name, f.held), f.measure, f.type,"
            " f.levels, f.unit, f.value, f.period, f.rater, f.origin, f.note, k.name, f.at"
            " FROM live_fact f JOIN entity e ON e.key = f.key JOIN live_coder k ON k.key = f.coder"
            " LEFT JOIN live_case c ON c.key = f.target ORDER BY f.key"
        )
        facts = [
            Fact(
                *(key, id_of(uid), target, attribute, held, f"{attribute or CASE}={name}"),
                Measure(measure, kind, _levels(levels), unit),
                *rest,
            )
            for key, uid, target, attribute, held, name, measure, kind, levels, unit, *rest in rows
        ]
        first = {one.measure.name: number for number, one in reversed([*enumerate(facts)])}
        facts.sort(key=lambda one: (first[one.measure.name], one.about, one.period, one.rater, one.origin, one.uid))
        return facts

    def measures(self) -> list[Measure]:
        """The measures that facts are of, in the order in which they were entered."""
        return list({one.measure.name: one.measure for one in self.all()}.values())

    def enter(self, rows: Sequence[FactRow], summary: str) -> int:
        """Enter facts as the current coder; a value takes the place of the one before it, all or none.

        A measure that is new needs a type in one of its rows (else its values are text) and a scale its levels; the
        other rows of the measure may leave them out.

        Args:
            rows: The facts.
            summary: What the change log says.

        Returns:
            How many facts are new or were changed.

        Raises:
            QdaError: A row is wrong; its line is named and nothing is entered.
        """
        with self.study.action("facts", summary) as change:
            me = self._me()
            measures = self._measures(rows)
            standing = {_place(one): one for one in self.all()}
            given: dict[tuple[object, ...], int] = {}
            return sum(self._enter(change, row, measures[row.measure.name], standing, given, me) for row in rows)

    def describe(self, measure: Measure, summary: str) -> None:
        """Give a measure another type, other levels or another unit; all its values must fit.

        Raises:
            QdaError: There is no such measure, or a value does not fit.
        """
        with self.study.action("facts", summary) as change:
            facts = [one for one in self.all() if one.measure.name == measure.name]
            if not facts:
                raise QdaError(f"no fact is of a measure '{measure.name}'; 'qda facts' lists them")
            check_measure(measure)
            for one in facts:
                check_fact(measure, one.value)
                change.edit("fact", "key = ?", (one.key,), **_described(measure))

    def remove(self, uids: Sequence[str], summary: str) -> int:
        """Take facts away, by their ids; returns how many.

        Raises:
            QdaError: There is no fact with such an id.
        """
        with self.study.action("facts", summary) as change:
            keys = {one.uid: one.key for one in self.all()}
            for uid in uids:
                if uid not in keys:
                    raise QdaError(f"there is no fact with the id '{uid}'; 'qda facts' lists them with their ids")
            return sum(change.close("fact", "key = ?", (keys[uid],)) for uid in dict.fromkeys(uids))

    # --- checking ----------------------------------------------------------------------------------------

    def problems(self) -> Iterator[str]:
        """Values that do not fit their measure, and measures that are of two types, one sentence each."""
        known: dict[str, Measure] = {}
        for one in self.all():
            first = known.setdefault(one.measure.name, one.measure)
            if first != one.measure:
                yield f"the measure '{first.name}' is described in two ways; 'qda facts describe' makes them one"
                continue
            try:
                check_measure(one.measure)
                check_fact(one.measure, one.value)
            except QdaError as error:
                yield f"the fact {one.uid} is wrong: {error}"

    def _me(self) -> int:
        if not self.study.coder:
            raise QdaError("say who enters facts first: --coder NAME, or QDA_CODER in the environment")
        return self.study.coders.find(self.study.coder)

    def _measures(self, rows: Sequence[FactRow]) -> dict[str, Measure]:
        """The measures of rows, as the study has them or as the rows that say something of them do."""
        found = {one.name: one for one in self.measures()}
        for row in rows:
            try:
                check_plain(row.measure.name, "measure")
                found[row.measure.name] = _joined(found.get(row.measure.name), row.measure)
            except QdaError as error:
                raise at_line(row.line, error) from None
        whole = {name: one if one.type else one._replace(type="text") for name, one in found.items()}
        for row in rows:
            try:
                check_measure(whole[row.measure.name])
            except QdaError as error:
                raise at_line(row.line, error) from None
        return whole

    def _enter(
        self,
        change: Change,
        row: FactRow,
        measure: Measure,
        standing: dict[tuple[object, ...], Fact],
        given: dict[tuple[object, ...], int],
        me: int,
    ) -> bool:
        """Enter one fact; returns whether that changed anything."""
        try:
            place = self._place(row, measure, given)
        except QdaError as error:
            raise at_line(row.line, error) from None
        given[place] = row.line
        before = standing.get(place)
        words = {name: getattr(row, name) for name in _WORDS}
        if before is None:
            values = (*place[:3], *_described(measure).values(), *words.values())
            change.insert("fact", [(change.new_key("fact"), *values, me, now())])
            return True
        if (before.value, before.note) == (row.value, row.note):
            return False
        change.edit("fact", "key = ?", (before.key,), **words, coder=me, at=now())
        return True

    def _place(self, row: FactRow, measure: Measure, given: dict[tuple[object, ...], int]) -> tuple[object, ...]:
        """What makes a row the one that it is, once it is known to be right."""
        check_fact(measure, row.value)
        about = self._about(row.about)
        if not (row.origin or row.rater):
            raise QdaError("say where a fact comes from: an origin, as 'external, yearbook 2023, p. 14', or a rater")
        place = (*about, measure.name, row.period, row.rater, row.origin)
        if place in given:
            raise QdaError(f"line {given[place]} has the same measure of the same already; give a period or rater")
        return place

    def _about(self, words: str) -> _About:
        """Look up what a fact is about; a value need not be held by anybody."""
        what, name = split_about(words)
        if plain_name(what) == CASE:
            return _About(self.study.cases.find(name))
        attribute = self.study.attributes.named(what)
        level, _, plain = attribute.rpartition(".")
        known = {one[0] for one in self.study.attributes.all()} | {*SOURCE_FIELDS}
        if level or plain not in known:
            raise QdaError(f"there is no attribute '{what}'; a fact is about case=NAME or ATTRIBUTE=VALUE")
        held = self.study.attributes.held(attribute)
        other = next((one for one in sorted(held) if plain_name(one) == plain_name(name)), name)
        if name not in held and other != name:
            raise QdaError(f"the value is written '{other}' here, not '{name}'")
        return _About(None, attribute, name)


def _place(fact: Fact) -> tuple[object, ...]:
    """What no two facts share."""
    return fact.target, fact.attribute, fact.held, fact.measure.name, fact.period, fact.rater, fact.origin


def _joined(known: Measure | None, given: Measure) -> Measure:
    """A measure with what a row says of it; what it says otherwise than before is refused."""
    if known is None:
        return given
    for name, words in (("type", "type"), ("levels", "levels"), ("unit", "unit")):
        before, now_ = getattr(known, name), getattr(given, name)
        if now_ and before and now_ != before:
            shown = ["|".join(one) if isinstance(one, tuple) else one for one in (before, now_)]
            raise QdaError(
                f"the {words} of '{known.name}' is '{shown[0]}', and '{shown[1]}' here; 'qda facts describe' changes it"
            )
    return Measure(known.name, known.type or given.type, known.levels or given.levels, known.unit or given.unit)


def _described(measure: Measure) -> dict[str, str]:
    """The columns of a measure."""
    levels = json.dumps(list(measure.levels), ensure_ascii=False)
    return {"measure": measure.name, "type": measure.type, "levels": levels, "unit": measure.unit}


def _levels(words: str) -> tuple[str, ...]:
    return tuple(json.loads(words))
