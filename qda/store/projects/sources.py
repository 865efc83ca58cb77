"""The sources of a project: by GUID, else by their words; a text that was corrected elsewhere is a new revision."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, NamedTuple

from qda.model.nouns import id_of, plain_name
from qda.store.arrivals import free_name
from qda.store.projects.identity import uid_for
from qda.store.projects.outcome import SourceOutcome
from qda.store.revisions import revise

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qda.model.nouns import Source
    from qda.model.project import ProjectSource
    from qda.model.transcript import Transcript
    from qda.store.change import Change
    from qda.store.projects.outcome import Outcome
    from qda.store.study import Study


class Here(NamedTuple):
    """A source of a project in the study: its key, its current revision, its name, and whether it was here before.

    `older` is the text of the project where the study has a newer one: places are those of the older text.
    """

    key: int
    revision: int
    name: str
    known: bool
    older: str | None = None


class ProjectSources:
    """Which source of the study each source of a project is."""

    def __init__(
        self, study: Study, change: Change, sources: Sequence[ProjectSource], fields: dict[str, str], outcome: Outcome
    ) -> None:
        self._study = study
        self._change = change
        self._fields = fields
        self._outcome = outcome
        self._names = study.sources.known()
        self.here: dict[bytes, Here] = {}
        by_id = {source.uid: source for source in study.sources.all()}
        known = {one.guid: by_id.get(id_of(uid_for(study.database, "source", one.guid))) for one in sources}
        named = {source.key for source in known.values() if source}
        self._others: dict[str, list[Source]] = {}
        for source in by_id.values():
            if source.key not in named and source.characters:
                self._others.setdefault(source.text_sha256, []).append(source)
        for one in sources:
            if one.guid not in self.here:
                self._take(one, known[one.guid])

    def _take(self, one: ProjectSource, known: Source | None) -> None:
        transcript, speakers = one.load()
        sha = hashlib.sha256(transcript.text.encode()).hexdigest()
        source = known or self._twin(one.name, sha)
        older: str | None = None
        if source is None:
            name = free_name(self._names, one.name, transcript.format)
            uid = uid_for(self._study.database, "source", one.guid)
            given = {**self._fields, **one.fields}
            fields = (given.get("kind", "transcript"), given.get("language", ""), given.get("date", ""))
            key = self._study.sources.enter(self._change, uid, name, fields, transcript, speakers)
            self._names.add(name, key)
            what = "new" if name == one.name else "new (the name was taken)"
        else:
            key, name, what = source.key, source.name, "here already"
            if transcript.text and sha != source.text_sha256:
                older = self._older(source, sha, transcript)
                what = "here already, with a newer text" if older is not None else "its text is new"
                if older is None:
                    revise(self._change, self._study, source, transcript, speakers)
            elif not transcript.text and source.characters:
                what = "here already, with the text that the file lacks"
        revision = self._study.database.one(
            "SELECT key FROM live_revision WHERE source = ? ORDER BY number DESC LIMIT 1", (key,)
        )
        self.here[one.guid] = Here(key, revision, name, source is not None, older)
        labels = tuple(dict.fromkeys(turn.label for turn in transcript.turns if turn.label))
        self._outcome.sources.append(
            SourceOutcome(
                name, what, transcript.format, transcript.encoding, len(transcript.text), len(transcript.turns), labels
            )
        )

    def _twin(self, name: str, sha: str) -> Source | None:
        """A source with the same words that is no other source of the project: of the same name, else the only one."""
        alike = self._others.get(sha, [])
        same = [source for source in alike if plain_name(source.name) == plain_name(name)]
        found = same[0] if same else alike[0] if len(alike) == 1 else None
        if found is not None:
            alike.remove(found)
        return found

    def _older(self, source: Source, sha: str, transcript: Transcript) -> str | None:
        """The text of the project where it is one that the source had before."""
        before = self._study.database.one(
            "SELECT 1 FROM live_revision WHERE source = ? AND text = ?", (source.key, bytes.fromhex(sha))
        )
        return transcript.text if before else None
