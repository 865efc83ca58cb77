"""The sources of a study: adding documents, listing them, their texts, turns and stretches that are no data."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from qda.errors import QdaError
from qda.model.folding import Folded, fold, is_current, marks_from_bytes, marks_to_bytes
from qda.model.nouns import Source, Turn, id_of
from qda.store.arrivals import Arrivals, source_uid
from qda.store.base import Names, Nouns, at_line

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from qda.model.transcript import Speaker, Transcript
    from qda.store.arrivals import Added
    from qda.store.change import Change

_SELECT = """
SELECT s.key, e.uid, s.name, s.kind, s.language, s.date, s.format, s.encoding, s.original, r.text,
       r.original, r.number, r.key, t.characters
FROM live_source s JOIN entity e ON e.key = s.key
JOIN live_revision r ON r.source = s.key
 AND r.number = (SELECT max(number) FROM live_revision WHERE source = s.key)
JOIN text t ON t.sha256 = r.text
"""


class Sources(Nouns):
    """The documents of the study."""

    def add(
        self,
        transcript: Transcript,
        *,
        speakers: Mapping[str, Speaker],
        kind: str = "transcript",
        language: str = "",
        date: str = "",
        name: str | None = None,
        again: bool = False,
    ) -> Added:
        """Add a document as a source with its turns; bytes that are already here are left alone.

        Raises:
            QdaError: The wanted name is taken, or bytes come again without a name.
        """
        with self.study.action("import", f"source {(name or transcript.name).strip()}") as change:
            added = Arrivals(self.study).expect(transcript, name=name, again=again)
            if not added.new:
                return added
            uid = source_uid(transcript.original, added.name if again else "")
            self.enter(change, uid, added.name, (kind, language, date), transcript, speakers)
            if added.renamed:
                change.summarise(f"source {added.name}")
        return added

    def enter(
        self,
        change: Change,
        uid: bytes,
        name: str,
        fields: tuple[str, str, str],
        transcript: Transcript,
        speakers: Mapping[str, Speaker],
    ) -> int:
        """Enter a new source with its turns inside an action; returns its key. `fields` are kind, language, date."""
        key = change.new_key("source", uid)
        sha, text_sha = self.keep(transcript.original, transcript.text)
        change.insert("source", [(key, name, *fields, transcript.format, transcript.encoding, sha)])
        revision = change.new_key("revision")
        change.insert("revision", [(revision, key, 1, text_sha, sha)])
        self.add_turns(change, key, revision, name, transcript, speakers)
        rows = [(change.new_key("not_data"), revision, *stretch) for stretch in transcript.no_data]
        change.insert("not_data", rows)
        return key

    def keep(self, original: bytes, text: str) -> tuple[bytes, bytes]:
        """Keep a document's bytes and its text with the fold for searching; returns both sha256."""
        sha = hashlib.sha256(original).digest()
        text_sha = hashlib.sha256(text.encode("utf-8")).digest()
        kept = None if sha == text_sha else original
        connection = self.database.connection
        connection.execute("INSERT OR IGNORE INTO original VALUES (?, ?)", (sha, kept))
        if not self.database.one("SELECT 1 FROM text WHERE sha256 = ?", (text_sha,)):
            folded = fold(text)
            connection.execute(
                "INSERT INTO text VALUES (?, ?, ?, ?, ?, ?)",
                (text_sha, len(text), len(text.split()), text, folded.text, marks_to_bytes(folded.marks)),
            )
        return sha, text_sha

    def add_turns(
        self,
        change: Change,
        source: int,
        revision: int,
        name: str,
        transcript: Transcript,
        speakers: Mapping[str, Speaker],
        known: Mapping[str, int] | None = None,
    ) -> None:
        """The turns of a new source, with one person for each label; `known` are those of labels in small letters.

        An interpreter speaks for the respondent where there is only one.
        """
        persons = known or self.study.persons.add_speakers(change, source, name, transcript.turns, speakers)
        roles = {label.casefold(): speaker.role for label, speaker in speakers.items()}
        respondents = {persons[label] for label in persons if roles.get(label, "respondent") == "respondent"}
        only = next(iter(respondents)) if len(respondents) == 1 else None
        rows = []
        for number, turn in enumerate(transcript.turns, start=1):
            label = turn.label.casefold() if turn.label is not None else ""
            rows.append(
                (
                    *(revision, number, turn.start, turn.body, turn.end),
                    len(transcript.text[turn.body : turn.end].split()),
                    *(turn.label, turn.time_ms, persons.get(label)),
                    only if roles.get(label) == "interpreter" else None,
                )
            )
        change.insert("turn", rows)

    def all(self) -> list[Source]:
        """All sources by name."""
        return [_source(row) for row in self.database.rows(_SELECT + "ORDER BY s.name")]

    def get(self, name: str) -> Source:
        """A source by its name.

        Raises:
            QdaError: There is none; the sentence names the nearest.
        """
        rows = self.database.rows(_SELECT + "WHERE s.name = ?", (name,))
        if not rows:
            rows = self.database.rows(_SELECT + "WHERE s.key = ?", (self.known().get(name),))
        return _source(rows[0])

    def by_key(self, key: int) -> Source | None:
        """A source by its key; None where it is gone."""
        rows = self.database.rows(_SELECT + "WHERE s.key = ?", (key,))
        return _source(rows[0]) if rows else None

    def get_or_refuse(self, name: str, line: int) -> Source:
        """A source by its name, refused with the line of the file that names it."""
        try:
            return self.get(name)
        except QdaError as error:
            raise at_line(line, error) from None

    def named(self, uid: bytes) -> str | None:
        """The name of the source with an identity, None where it is not here."""
        query = "SELECT s.name FROM live_source s JOIN entity e ON e.key = s.key WHERE e.uid = ?"
        name: str | None = self.database.one(query, (uid,))
        return name

    def holding(self, original: bytes) -> str | None:
        """The name of a source of which a revision has these bytes, None where none has; its first one goes first."""
        name: str | None = self.database.one(
            "SELECT s.name FROM live_revision r JOIN live_source s ON s.key = r.source WHERE r.original = ?"
            " ORDER BY r.number, s.key LIMIT 1",
            (hashlib.sha256(original).digest(),),
        )
        return name

    def names(self) -> dict[str, int]:
        """Keys of all sources by name."""
        return dict(self.database.rows("SELECT name, key FROM live_source ORDER BY name"))

    def known(self) -> Names:
        """The names of all sources, to be looked up."""
        return Names("source", self.real_names("source") | self.names())

    def current_revisions(self) -> dict[int, int]:
        """The key of each source's current revision."""
        return dict(self.database.rows("SELECT source, key FROM live_revision GROUP BY source HAVING max(number)"))

    def text(self, source: int, *, bare: bool = False) -> str:
        """The current text of a source; `bare` for counting: nothing in it is covered, so it must not go out."""
        text = str(
            self.database.one(
                "SELECT t.body FROM live_revision r JOIN text t ON t.sha256 = r.text WHERE r.source = ?"
                " ORDER BY r.number DESC LIMIT 1",
                (source,),
            )
        )
        return text if bare else self.study.outside.cover(source, text)

    def folded(self, source: int) -> Folded:
        """The fold of a source's current text."""
        text, marks = self.database.rows(
            "SELECT t.folded, t.map FROM live_revision r JOIN text t ON t.sha256 = r.text WHERE r.source = ?"
            " ORDER BY r.number DESC LIMIT 1",
            (source,),
        )[0]
        return Folded(text, marks_from_bytes(marks)) if is_current(marks) else fold(self.text(source))

    def turn_counts(self) -> dict[int, int]:
        """How many turns each source has."""
        return dict(
            self.database.rows(
                "SELECT r.source, count(*) FROM live_turn t JOIN live_revision r ON r.key = t.revision"
                " WHERE r.number = (SELECT max(number) FROM live_revision WHERE source = r.source) GROUP BY r.source"
            )
        )

    def turns(self, revision: int) -> list[Turn]:
        """The turns of a revision, in order."""
        return [
            Turn(*row)
            for row in self.database.rows(
                "SELECT number, start, body, end, label, time_ms, person, speaks_for FROM live_turn"
                " WHERE revision = ? ORDER BY number",
                (revision,),
            )
        ]

    def turn_numbers(self, revision: int, places: Sequence[int]) -> list[int | None]:
        """The number of the turn in which each place of a revision lies, None outside turns.

        Args:
            revision: The revision's key.
            places: In order: each is looked for from the turn of the one before.
        """
        query = "SELECT number FROM live_turn WHERE revision = ? AND number >= ? AND start <= ? AND end > ? LIMIT 1"
        numbers: list[int | None] = []
        last = 0
        for place in places:
            number = self.database.one(query, (revision, last, place, place))
            numbers.append(number)
            last = number or last
        return numbers

    def describe(self, name: str, **fields: str) -> None:
        """Set a source's kind, language or date."""
        source = self.get(name)
        with self.study.action("source", f"{', '.join(fields)} of {name}") as change:
            change.edit("source", "key = ?", (source.key,), **fields)


def _source(row: tuple) -> Source:  # type: ignore[type-arg]
    key, uid, name, kind, language, date, ending, encoding, original, text, revised, *rest = row
    return Source(
        key, id_of(uid), name, kind, language, date, ending, encoding, original.hex(), text.hex(), revised.hex(), *rest
    )
