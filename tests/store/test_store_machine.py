"""Three coders work, undo and redo in any order; after every step the study must be sound.

Each coder has a connection of their own, as in three processes. What an action, an undo and a redo may change
is worked out from snapshots of the whole file, not from the code under test.
"""

from __future__ import annotations

import os
import re
import shutil
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test
from store_world import (
    Snapshot,
    add,
    another,
    coding,
    document,
    new_folder,
    problems,
    seed,
    snapshot,
    speakers,
    spoken,
    state_from_scratch,
)

from qda.errors import ConflictError, QdaError
from qda.model.codebook import Codebook, CodeEntry
from qda.store import Study
from qda.store.attributes import AttributeRow
from qda.store.cases import CaseRow
from qda.store.memos import MemoRow
from qda.store.not_data import NotDataRow
from qda.store.persons import PersonRow
from qda.store.progress import CoverageRow, ProgressRow
from qda.store.revisions import edit_source

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

CODERS = ("anna", "bram", "chris")
DOCUMENTS = (
    spoken("t", ("I", "Why did you return?"), ("R1", "Nobody asked me."), ("I", "Who?"), ("R1", "The police.")),
    spoken("u", ("I", "Where do you live?"), ("Amal", "In a house."), ("Tolk", "She says: in a house.")),
    spoken("v", ("R1", "We waited two years."), ("R2", "Three, I think."), ("Amal", "Two years.")),
    document("Field notes.\nThe office was closed; nobody opened.\n", "t"),
    document("", "empty"),
)
NAMES = ("trust", "fear", "home", "money")
BOOKS = (
    Codebook("book", {}, (CodeEntry("trust", children=(CodeEntry("police"), CodeEntry("courts"))),)),
    Codebook("", {"by": "us"}, (CodeEntry("fear", "Being afraid", aliases=("angst",)), CodeEntry("home"))),
    Codebook("", {}, (CodeEntry("money", aliases=("trust",), ordinal=True), CodeEntry("home", "A place"))),
    Codebook("", {}, (CodeEntry("Home", aliases=("fear", "angst")), CodeEntry("fright", aliases=("angst", "money")))),
)
# The columns, the first ones, that name the same thing over its versions.
IDENTITY = {
    "turn": 2,
    "participant": 2,
    "member": 2,
    "value": 3,
    "progress": 3,
    "coverage": 2,
    "decided": 2,
    "outcome": 2,
}

who = st.sampled_from(CODERS)
number = st.integers(0, 11)
name = st.sampled_from(NAMES)
Content = dict[tuple[Any, ...], tuple[Any, ...]]


class Log(NamedTuple):
    """A line of the change log."""

    number: int
    uid: bytes
    coder: int | None
    at: str
    kind: str
    summary: str
    undoes: int | None
    undone: int


def content(snap: Snapshot) -> Content:
    """What lives, by what it is: the table and the columns that stay the same over an entity's versions."""
    return {
        (table, *row[: IDENTITY.get(table, 1)]): row[:-2] for (table, _), row in snap.rows.items() if row[-1] is None
    }


def touched(snap: Snapshot, change: int) -> set[tuple[Any, ...]]:
    """What a change opened or closed."""
    return {(table, *row[: IDENTITY.get(table, 1)]) for (table, _), row in snap.rows.items() if change in row[-2:]}


def only(things: Content, keys: set[tuple[Any, ...]]) -> Content:
    return {key: value for key, value in things.items() if key in keys}


class StudyMachine(RuleBasedStateMachine):
    """A study in which three coders do anything."""

    @initialize()
    def begin(self) -> None:
        self.folder = new_folder()
        Study.create(self.folder, coder="anna").close()
        self.studies: dict[str, Study] = {}
        self.opened = 0
        self._open()
        self.first = max((line[0] for line in snapshot(self.studies["anna"]).log), default=0)
        self.now = snapshot(self.studies["anna"])
        self.after = {self.first: self.now}
        self.done: dict[str, list[int]] = {coder: [] for coder in CODERS}
        self.undone: dict[str, list[int]] = {coder: [] for coder in CODERS}

    def _open(self) -> None:
        whole = Study.open(self.folder, coder="anna")
        for coder in CODERS:
            self.studies[coder] = another(whole, coder)
            self.opened += 1
            seed(self.studies[coder].database, f"{coder} {self.opened}")
        whole.close()

    def teardown(self) -> None:
        if not hasattr(self, "folder"):
            return
        last = self.now
        for change, snap in self.after.items():
            assert last.as_of(change) == snap.live(), f"the study as of change {change} is not what it was"
        for study in self.studies.values():
            study.close()
        shutil.rmtree(self.folder)

    # --- one step -------------------------------------------------------------------------------------------

    def _act(self, coder: str, act: Callable[[Study], Any]) -> None:
        """Let a coder act: that is one line in the log, or nothing at all."""
        study, before = self.studies[coder], self.now
        try:
            act(study)
        except QdaError as error:
            assert "\n" not in str(error)
            self._refused(study, before)
            return
        self.now = snapshot(study)
        if len(self.now.log) == len(before.log):
            assert self.now == before
            return
        line = self._one_more_line(before)
        assert line.coder == study.coders.key(coder)
        assert line.undoes is None
        assert touched(self.now, line.number)
        self.done[coder].append(line.number)
        self.undone[coder].clear()

    def _refused(self, study: Study, before: Snapshot) -> None:
        assert snapshot(study) == before

    def _one_more_line(self, before: Snapshot) -> Log:
        """The new line of the log; nothing that was there before is overwritten."""
        *earlier, newest = (Log(*line) for line in self.now.log)
        assert [line._replace(undone=0) for line in earlier] == [Log(*line)._replace(undone=0) for line in before.log]
        for place, row in before.rows.items():
            kept = self.now.rows[place]
            assert kept[:-1] == row[:-1]
            assert kept[-1] == row[-1] or (row[-1] is None and kept[-1] == newest.number)
        fresh = [row for place, row in self.now.rows.items() if place not in before.rows]
        assert {row[-2] for row in fresh} <= {newest.number}
        assert {row[-1] for row in fresh} <= {None}
        self.after[newest.number] = self.now
        return newest

    @invariant()
    def sound(self) -> None:
        if not hasattr(self, "now"):
            return
        study = self.studies["bram"]
        assert problems(study) == []
        assert study.state_hash() == self.now.state == state_from_scratch(study)
        tree = study.codebook.tree()
        live = [row for (table, _), row in self.now.rows.items() if table == "code" and row[-1] is None]
        siblings = [(code.parent, code.entry.name.casefold()) for code in tree.codes]
        assert len(tree.codes) == len(live)
        assert len(set(siblings)) == len(siblings)
        for code in tree.codes:
            for alias in code.entry.aliases:
                assert (code.parent, alias.casefold()) not in {*siblings} - {(code.parent, code.entry.name.casefold())}
        for coder, study in self.studies.items():
            lines = {line.number: line for line in map(Log._make, self.now.log)}
            standing = [
                one.number
                for one in lines.values()
                if one.coder == study.coders.key(coder) and not one.undoes and not one.undone
            ]
            assert standing == sorted(self.done[coder])

    # --- undo and redo --------------------------------------------------------------------------------------

    @rule(coder=who, times=st.integers(1, 3))
    def undo(self, coder: str, times: int) -> None:
        for _ in range(times):
            self._reverse(coder, self.done, self.undone, redo=False)

    @rule(coder=who, times=st.integers(1, 3))
    def redo(self, coder: str, times: int) -> None:
        for _ in range(times):
            self._reverse(coder, self.undone, self.done, redo=True)

    def _reverse(self, coder: str, stack: dict[str, list[int]], other: dict[str, list[int]], *, redo: bool) -> None:
        study, before = self.studies[coder], self.now
        act = study.changes.redo if redo else study.changes.undo
        if not stack[coder]:
            with pytest.raises(QdaError, match=r"there is nothing to (un|re)do"):
                act()
            self._refused(study, before)
            return
        target = stack[coder][-1]
        rows = touched(before, target)
        found, wanted = self.after[target], self.after[target - 1]
        if redo:
            found, wanted = wanted, found
        # What stands now must be what the action left (redo: found); else somebody's work would be lost.
        same = only(content(before), rows) == only(content(found), rows)
        others = content(before).keys() - rows
        later = [line for line in map(Log._make, before.log) if line.number > target and not line.undoes]
        try:
            act()
        except ConflictError as error:
            assert any(not line.undone for line in later) or redo, error
            self._names_a_change(str(error), target)
            self._refused(study, before)
            return
        self.now = snapshot(study)
        line = self._one_more_line(before)
        assert same
        assert (line.undoes, line.kind) == (target, "redo" if redo else "undo")
        assert only(content(self.now), rows) == only(content(wanted), rows)
        assert only(content(self.now), others) == only(content(before), others)
        assert content(self.now).keys() <= rows | others
        if content(before) == content(found):
            assert self.now.state == wanted.state
        other[coder].append(stack[coder].pop())
        other[coder].sort(reverse=not redo)

    def _names_a_change(self, sentence: str, target: int) -> None:
        assert "\n" not in sentence
        named = re.search(r"change (\d+) \(", sentence)
        assert named
        assert int(named[1]) != target
        line = next(line for line in map(Log._make, self.now.log) if line.number == int(named[1]))
        assert ("the undo of change" in sentence) == bool(line.undone)
        if sentence.endswith("that one first"):
            assert sentence.endswith(f"; {'redo' if line.undone else 'undo'} that one first")

    @rule()
    def reopen(self) -> None:
        for study in self.studies.values():
            study.close()
        assert [file.name for file in self.folder.glob("study.db*")] == ["study.db"]
        self._open()
        for study in self.studies.values():
            assert snapshot(study) == self.now

    # --- sources --------------------------------------------------------------------------------------------

    @rule(coder=who, which=st.sampled_from(DOCUMENTS), again=st.booleans())
    def add_source(self, coder: str, which: Any, again: bool) -> None:  # noqa: FBT001
        options = {"again": True, "name": f"{which.name} once more"} if again else {}
        self._act(coder, lambda study: add(study, which, **options))

    @rule(coder=who, which=number, line=number, how=st.sampled_from(("put in", "take out", "reword", "move")))
    def edit_text(self, coder: str, which: int, line: int, how: str) -> None:
        def act(study: Study) -> None:
            source = study.sources.all()[which % len(study.sources.all())]
            lines = study.sources.text(source.key).splitlines()
            place = line % max(len(lines), 1)
            if how == "put in" or not lines:
                lines.insert(place, "R1: Wait a moment.")
            elif how == "take out":
                del lines[place]
            elif how == "reword":
                lines[place] = lines[place].replace("e", "é", 2) + " Yes."
            else:
                lines.append(lines.pop(place))
            if all(": " in words for words in lines):
                edited = spoken(source.name, *((one.split(": ", 1)[0], one.split(": ", 1)[1]) for one in lines))
            else:
                edited = document("\n".join(lines), source.name)
            edit_source(study, source.name, edited, speakers(edited))

        if self._sources():
            self._act(coder, act)

    @rule(coder=who, which=number, language=st.sampled_from(("nl", "en", "ar")))
    def describe_source(self, coder: str, which: int, language: str) -> None:
        if sources := self._sources():
            wanted = sources[which % len(sources)]
            self._act(coder, lambda study: study.sources.describe(wanted, language=language))

    def _sources(self) -> list[str]:
        return [source.name for source in self.studies["anna"].sources.all()]

    # --- codebook -------------------------------------------------------------------------------------------

    def _codes(self) -> list[str]:
        return [code.path for code in self.studies["anna"].codebook.tree().codes]

    def _some_code(self, which: int) -> str:
        codes = self._codes()
        return codes[which % len(codes)] if codes else "nothing"

    @rule(coder=who, book=st.sampled_from(BOOKS), file=st.sampled_from(("", "b.yaml")))
    def import_codebook(self, coder: str, book: Codebook, file: str) -> None:
        self._act(coder, lambda study: study.codebook.import_codebook(book, "a codebook", file))

    @rule(coder=who, which=number, name=name)
    def add_code(self, coder: str, which: int, name: str) -> None:
        parents = ["", *(f"{path}/" for path in self._codes() if path.count("/") < 2)]
        self._act(coder, lambda study: study.codebook.add(f"{parents[which % len(parents)]}{name}"))

    @rule(coder=who, which=number, name=name)
    def rename_code(self, coder: str, which: int, name: str) -> None:
        path = self._some_code(which)
        self._act(coder, lambda study: study.codebook.rename(path, name))

    @rule(coder=who, which=number, where=number)
    def move_code(self, coder: str, which: int, where: int) -> None:
        path = self._some_code(which)
        target = ["", *self._codes()][where % (len(self._codes()) + 1)]
        self._act(coder, lambda study: study.codebook.move(path, target))

    @rule(coder=who, which=number, where=number)
    def merge_code(self, coder: str, which: int, where: int) -> None:
        path, target = self._some_code(which), self._some_code(where)
        self._act(coder, lambda study: study.codebook.merge(path, target))

    @rule(coder=who, which=number, back=st.booleans())
    def retire_code(self, coder: str, which: int, back: bool) -> None:  # noqa: FBT001
        path = self._some_code(which)
        self._act(coder, lambda study: study.codebook.retire(path, back=back))

    @rule(coder=who, which=number)
    def remove_code(self, coder: str, which: int) -> None:
        path = self._some_code(which)
        self._act(coder, lambda study: study.codebook.remove(path))

    @rule(coder=who, which=number, field=st.sampled_from(("definition", "include")), words=name)
    def describe_code(self, coder: str, which: int, field: str, words: str) -> None:
        path = self._some_code(which)
        self._act(coder, lambda study: study.codebook.describe(path, **{field: words}))

    # --- codings and memos ----------------------------------------------------------------------------------

    def _span(self, source: str, start: int, size: int) -> tuple[int, int]:
        length = self.studies["anna"].sources.get(source).characters
        return min(start * 6, length), min(start * 6 + size, length)

    @rule(coder=who, where=number, which=number, start=number, weight=st.sampled_from((None, 0.5, 1.0)))
    def apply(self, coder: str, where: int, which: int, start: int, weight: float | None) -> None:
        if sources := self._sources():
            source, code = sources[where % len(sources)], self._some_code(which)
            span = self._span(source, start, 12)
            self._act(coder, lambda study: study.codings.apply(source, code, *span, weight=weight))

    @rule(
        coder=who,
        lines=st.lists(st.tuples(number, number, number, st.sampled_from((*CODERS, "dirk"))), max_size=5),
        consensus=st.booleans(),
        made=st.booleans(),
    )
    def import_codings(self, coder: str, lines: list[Any], consensus: bool, made: bool) -> None:  # noqa: FBT001
        rows = []
        for line, (where, which, start, whose) in enumerate(lines, 1):
            if sources := self._sources():
                source = sources[where % len(sources)]
                begin, end = self._span(source, start, 9)
                code = "new/one" if made and line == 2 else self._some_code(which)
                layer = "consensus" if consensus else "independent"
                memo = "Why?" if line % 2 else ""
                rows.append(coding(line, code, begin, end, coder=whose, source=source, layer=layer, memo=memo))
        self._act(coder, lambda study: study.codings.import_rows(rows, "codings", create_codes=made))

    @rule(coder=who, which=number, lost=st.booleans())
    def remove_coding(self, coder: str, which: int, lost: bool) -> None:  # noqa: FBT001
        if codings := list(self.studies["anna"].codings.all(lost=lost)):
            self._act(coder, lambda study: study.codings.remove(codings[which % len(codings)].uid))

    @rule(
        coder=who,
        which=number,
        kind=st.sampled_from(("study", "source", "person", "case", "code", "coding", "segment")),
        start=number,
    )
    def add_memo(self, coder: str, which: int, kind: str, start: int) -> None:
        study = self.studies["anna"]
        targets: dict[str, Sequence[str]] = {
            "source": self._sources(),
            "segment": self._sources(),
            "person": [person.name for person in study.persons.all()],
            "case": [case.name for case in study.cases.all()],
            "code": self._codes(),
            "coding": [one.uid for one in study.codings.all()],
        }
        names = targets.get(kind, [""])
        if names:
            target = names[which % len(names)]
            span = self._span(target, start, 8) if kind == "segment" else (None, None)
            row = MemoRow("A thought.", kind, target, start=span[0], end=span[1])
            self._act(coder, lambda study: study.memos.add(row))

    # --- registers ------------------------------------------------------------------------------------------

    @rule(coder=who, whom=st.sampled_from(("source", "person", "case")), which=number, value=number)
    def enter_values(self, coder: str, whom: str, which: int, value: int) -> None:
        study = self.studies["anna"]
        names = {
            "source": self._sources(),
            "person": [person.name for person in study.persons.all()],
            "case": [case.name for case in study.cases.all()],
        }[whom]
        if names:
            values = {"country": ("Iraq", "Syria")[: value % 3], "year": (str(2020 + value),), "kind": ("letter",)}
            row = AttributeRow(names[which % len(names)], values, 1)
            columns = {"country": "", "year": "number" if value % 2 else "", "kind": ""}
            self._act(coder, lambda study: study.attributes.import_rows(whom, columns, [row], "values"))

    @rule(coder=who, person=name, where=number, label=st.sampled_from(("", "R1", "I", "Amal", "Tolk")), role=number)
    def register_person(self, coder: str, person: str, where: int, label: str, role: int) -> None:
        roles = ("", "respondent", "interpreter", "interviewer", "")
        if sources := ["", *self._sources()]:
            source = sources[where % len(sources)]
            speaks_for = "Amal" if label == "Tolk" else ""
            row = PersonRow(person, roles[role % 5], source, label if source else "", speaks_for if source else "", 1)
            self._act(coder, lambda study: study.persons.import_rows([row], "a person"))

    @rule(coder=who, one=number, other=number)
    def merge_persons(self, coder: str, one: int, other: int) -> None:
        if people := [person.name for person in self.studies["anna"].persons.all()]:
            names = people[one % len(people)], people[other % len(people)]
            self._act(coder, lambda study: study.persons.merge(*names))

    @rule(coder=who, case=name, one=number, other=number, kind=st.sampled_from(("", "", "country")))
    def enter_case(self, coder: str, case: str, one: int, other: int, kind: str) -> None:
        people = [person.name for person in self.studies["anna"].persons.all()][one : one + 2]
        row = CaseRow(case, kind, tuple(people), tuple(self._sources()[other : other + 1]), 1)
        self._act(coder, lambda study: study.cases.import_rows([row], "a case"))

    @rule(coder=who, where=number, whose=who, state=st.sampled_from(("assigned", "in progress", "done")))
    def set_progress(self, coder: str, where: int, whose: str, state: str) -> None:
        if sources := self._sources():
            row = ProgressRow(
                sources[where % len(sources)], whose, state, "", "consensus" if where % 3 else "independent"
            )
            self._act(coder, lambda study: study.progress.import_rows([row], "progress"))

    @rule(coder=who, where=number, which=number, asked=st.booleans())
    def enter_coverage(self, coder: str, where: int, which: int, asked: bool) -> None:  # noqa: FBT001
        if sources := self._sources():
            row = CoverageRow(sources[where % len(sources)], self._some_code(which), asked, 1)
            self._act(coder, lambda study: study.coverage.import_rows([row], "coverage"))

    @rule(coder=who, where=number, start=number, take_back=st.booleans())
    def mark_not_data(self, coder: str, where: int, start: int, take_back: bool) -> None:  # noqa: FBT001
        if sources := self._sources():
            source = sources[where % len(sources)]
            begin, end = self._span(source, start, 7)
            if take_back:
                self._act(coder, lambda study: study.not_data.remove(source, begin, end))
            else:
                row = NotDataRow(source, begin, end, "head", 1)
                self._act(coder, lambda study: study.not_data.import_rows([row], "not data"))

    @rule(coder=who, setting=name, value=st.sampled_from(("", "1", "2")))
    def set_setting(self, coder: str, setting: str, value: str) -> None:
        self._act(coder, lambda study: study.settings.set(setting, value))


@pytest.mark.long
def test_anything_in_any_order_leaves_a_sound_study() -> None:
    run_state_machine_as_test(
        StudyMachine,
        settings=settings(
            max_examples=int(os.environ.get("QDA_EXAMPLES", "10")),
            stateful_step_count=40,
            deadline=None,
            suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much],
        ),
    )
