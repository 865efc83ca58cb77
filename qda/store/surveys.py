"""Answers to a survey: for each respondent a source, a person and a case with values, all in one action."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, NamedTuple

from qda.errors import QdaError
from qda.model.surveys import FORMAT, Difference, Surveyed
from qda.model.transcript import SpokenTurn, Transcript
from qda.store.arrivals import source_uid
from qda.store.attributes import check_value
from qda.store.base import Nouns, at_line, check_plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from qda.model.surveys import Respondent
    from qda.store.change import Change

KIND = "survey"
_CASE = "respondent"
_ASKING = "Questionnaire"
_PRINTED = "a printed question"


class Fields(NamedTuple):
    """What holds for all sources of a survey: language, date where a respondent has none, name of the questionnaire."""

    language: str = ""
    date: str = ""
    questionnaire: str = _ASKING


class Surveys(Nouns):
    """The answers to surveys."""

    def compare(self, respondents: Sequence[Respondent], pattern: str) -> Surveyed:
        """Who of a table is new, and where it differs from what was taken in before.

        Args:
            respondents: Those of the table.
            pattern: How their names are made, with `{id}` in it: other answers with such a name are missing now.

        Raises:
            QdaError: A name is that of another document, or cannot be a name; the line is said.
        """
        known = self.study.sources.known()
        kept, formats = self._kept(), self._formats()
        found = Surveyed([], [], [], [])
        for one in respondents:
            try:
                check_plain(one.name, "source")
                key = known.find(one.name)
            except QdaError as error:
                raise at_line(one.line, error) from None
            if key is None:
                found.new.append(one.name)
            elif formats[key] != FORMAT:
                raise at_line(one.line, f"there is a source named '{one.name}' already; choose another --name")
            else:
                found.here.append(one.name)
                found.differences.extend(_differences(one, kept.get(key, {})))
        before, _, behind = pattern.partition("{id}")
        coming = {one.name for one in respondents}
        for name, key in self.study.sources.names().items():
            named = name.startswith(before) and name.endswith(behind) and len(name) > len(before) + len(behind)
            if formats[key] == FORMAT and named and name not in coming:
                found.gone.append(name)
        return found

    def import_rows(
        self, respondents: Sequence[Respondent], attributes: dict[str, str], pattern: str, fields: Fields, summary: str
    ) -> Surveyed:
        """Take in the respondents who are new; those who are here stay as they are.

        Each becomes a source with a turn for each question and one for each answer, a person, and a case of the kind
        `respondent` with the closed answers as values. Questions are marked as no data. A person or a case that has
        the name already is joined.

        Raises:
            QdaError: Something is wrong with a line; nothing is taken in.
        """
        with self.study.action("survey", summary) as change:
            found = self.compare(respondents, pattern)
            new = set(found.new)
            coming = [one for one in respondents if one.name in new]
            if coming:
                columns = self._columns(change, attributes)
                asking = self._person(change, fields.questionnaire, _ASKING, "interviewer")
                persons, cases = self.study.persons.known(), self.study.cases.known()
                for one in coming:
                    person = persons.find(one.name)
                    if person is None:
                        person = self._person(change, one.name, one.ident, "respondent")
                    case = cases.find(one.name)
                    if case is None:
                        case = change.new_key("case")
                        change.insert("case", [(case, one.name, _CASE)])
                    source = self._source(
                        change, one, fields, {_ASKING.casefold(): asking, one.ident.casefold(): person}
                    )
                    self._join(change, case, (person, source))
                    self._value(change, case, one, columns)
        return found

    def _columns(self, change: Change, attributes: dict[str, str]) -> dict[str, tuple[int, str]]:
        """The key and type of each attribute of cases; new ones are made, those that are there keep their type."""
        known = self.study.attributes.known("case")
        fresh = {name: kind for name, kind in attributes.items() if known.find(name) is None}
        self.study.attributes.enter(change, "case", fresh, [])
        known = self.study.attributes.known("case")
        types = {name: kind for name, target, kind in self.study.attributes.all() if target == "case"}
        return {name: (known.get(name), types[self.study.attributes.spelled("case", name)]) for name in attributes}

    def _person(self, change: Change, name: str, label: str, role: str) -> int:
        known = self.study.persons.known().find(name) if role == "interviewer" else None
        if known is None:
            known = change.new_key("person")
            change.insert("person", [(known, name, label, role, None)])
        return known

    def _source(self, change: Change, one: Respondent, fields: Fields, persons: dict[str, int]) -> int:
        transcript, questions = as_transcript(one)
        key = change.new_key("source", source_uid(transcript.original, one.name))
        sha, text_sha = self.study.sources.keep(transcript.original, transcript.text)
        dated = one.date or fields.date
        change.insert("source", [(key, one.name, KIND, fields.language, dated, FORMAT, None, sha)])
        revision = change.new_key("revision")
        change.insert("revision", [(revision, key, 1, text_sha, sha)])
        self.study.sources.add_turns(change, key, revision, one.name, transcript, {}, persons)
        for start, end in questions:
            change.insert("not_data", [(change.new_key("not_data"), revision, start, end, _PRINTED)])
        return key

    def _join(self, change: Change, case: int, members: Iterable[int]) -> None:
        for member in members:
            if not self.database.one("SELECT 1 FROM live_member WHERE case_ = ? AND member = ?", (case, member)):
                change.insert("member", [(case, member)])

    def _value(self, change: Change, case: int, one: Respondent, columns: dict[str, tuple[int, str]]) -> None:
        held = {
            tuple(row)
            for row in self.database.rows("SELECT attribute, value FROM live_value WHERE target = ?", (case,))
        }
        for name, values in one.values.items():
            key, kind = columns[name]
            for value in values:
                try:
                    check_value(name, kind, value)
                except QdaError as error:
                    raise at_line(one.line, error) from None
                if (key, value) not in held:
                    change.insert("value", [(case, key, value)])

    def _formats(self) -> dict[int, str]:
        return dict(self.database.rows("SELECT key, format FROM live_source"))

    def _kept(self) -> dict[int, dict[str, str]]:
        """The cells with which each answer of a survey came in."""
        rows = self.database.rows(
            "SELECT s.key, o.bytes FROM live_source s JOIN original o ON o.sha256 = s.original WHERE s.format = ?",
            (FORMAT,),
        )
        return {key: json.loads(kept) for key, kept in rows if kept}


def as_transcript(one: Respondent) -> tuple[Transcript, list[tuple[int, int]]]:
    """The answers of a respondent as a text with turns, and the places of the questions in it."""
    parts: list[str] = []
    turns: list[SpokenTurn] = []
    at = 0
    questions: list[tuple[int, int]] = []
    for answer in one.answers:
        questions.append((at, at + len(answer.question)))
        turns.append(SpokenTurn(at, at, at + len(answer.question), _ASKING))
        parts.append(answer.question + "\n")
        at += len(parts[-1])
        if answer.words:
            turns.append(SpokenTurn(at, at, at + len(answer.words), one.ident))
            parts.append(answer.words + "\n")
            at += len(parts[-1])
        parts.append("\n")
        at += 1
    text = "".join(parts).rstrip("\n")
    original = json.dumps(one.kept, ensure_ascii=False, indent=1).encode("utf-8")
    return Transcript(one.name, FORMAT, original, text, None, tuple(turns)), questions


def _differences(one: Respondent, kept: dict[str, str]) -> list[Difference]:
    return [
        Difference(one.name, column, kept[column], now)
        for column, now in one.kept.items()
        if column in kept and kept[column] != now
    ]
