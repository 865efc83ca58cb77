"""A study: one file, and its nouns as attributes."""

from __future__ import annotations

import contextlib
from pathlib import Path
from typing import TYPE_CHECKING, Self

from qda.errors import StudyError
from qda.model.confidential import INTERNAL, PROFILES, PUBLIC
from qda.store import digest, view
from qda.store.attributes import Attributes
from qda.store.cases import Cases
from qda.store.change import action, begin
from qda.store.changes import Changes
from qda.store.claims import Claims
from qda.store.codebook import StudyCodebook
from qda.store.codebook_edits import CodebookEdits
from qda.store.coders import Coders, check_name
from qda.store.coding_edits import CodingEdits
from qda.store.codings import Codings
from qda.store.counts import Counts
from qda.store.database import Database
from qda.store.dataset_rules import DatasetRules
from qda.store.datasets import Datasets
from qda.store.decisions import Decisions
from qda.store.desk import Desk
from qda.store.facts import Facts
from qda.store.frames import Frames
from qda.store.judgements import Judgements
from qda.store.leaks import Leaks
from qda.store.memos import Memos
from qda.store.not_data import NotData
from qda.store.opening import refuse_study
from qda.store.outside import Outside, outside
from qda.store.persons import Persons
from qda.store.place import FILE_NAME, study_file
from qda.store.progress import Coverage, Progress
from qda.store.pseudonyms import Pseudonyms
from qda.store.queries import Queries
from qda.store.reread import Rereads
from qda.store.review import Review
from qda.store.rounds import Rounds
from qda.store.sensitive import Sensitive
from qda.store.settings import Settings
from qda.store.sources import Sources
from qda.store.summaries import Summaries
from qda.store.surveys import Surveys
from qda.store.translations import Translations

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qda.store.change import Change

FOLDERS = ("codebooks", "transcripts", "exports")


class Study:
    """One research project in one file; who works decides what may be seen and signs what is changed."""

    def __init__(self, database: Database, coder: str) -> None:
        self.database = database
        self._coder = ""
        self.outside = Outside()
        self.tried = 0  # actions that were taken here, and those that changed something
        self.changed = 0
        self.sources = Sources(self)
        self.persons = Persons(self)
        self.cases = Cases(self)
        self.attributes = Attributes(self)
        self.codebook = StudyCodebook(self)
        self.codebook_edits = CodebookEdits(self)
        self.coders = Coders(self)
        self.codings = Codings(self)
        self.coding_edits = CodingEdits(self)
        self.review = Review(self)
        self.desk = Desk(self)
        self.memos = Memos(self)
        self.claims = Claims(self)
        self.summaries = Summaries(self)
        self.judgements = Judgements(self)
        self.facts = Facts(self)
        self.datasets = Datasets(self)
        self.dataset_rules = DatasetRules(self)
        self.not_data = NotData(self)
        self.progress = Progress(self)
        self.coverage = Coverage(self)
        self.rereads = Rereads(self)
        self.queries = Queries(self)
        self.surveys = Surveys(self)
        self.translations = Translations(self)
        self.frames = Frames(self)
        self.sensitive = Sensitive(self)
        self.pseudonyms = Pseudonyms(self)
        self.leaks = Leaks(self)
        self.settings = Settings(self)
        self.changes = Changes(self)
        self.counts = Counts(self)
        self.rounds = Rounds(self)
        self.decisions = Decisions(self)
        self.coder = coder

    @classmethod
    def open(cls, path: str | Path, coder: str | None = None, *, write: bool = True) -> Self:
        """Open the study in a folder or file; without `write` it cannot be changed.

        Raises:
            StudyError: There is none, it is damaged, or a newer version made it.
        """
        study = cls(Database.open(study_file(path), write=write), coder or "")
        if not study.coder:
            study.coder = study.settings.get("coder")
        return study

    @classmethod
    def create(cls, folder: str | Path, coder: str | None = None) -> Self:
        """Make a study with its folders.

        Raises:
            StudyError: There is one already, or the folder cannot be written.
        """
        place = Path(folder)
        file = place if place.suffix == ".db" else place / FILE_NAME
        refuse_study(file)
        made: list[Path] = []
        try:
            for needed in (file.parent, *(file.parent / name for name in FOLDERS)):
                if not needed.exists():
                    _make_folder(needed)
                    made.append(needed)
                else:
                    _refuse_file(needed)
            database = Database.create(file)
        except BaseException:
            for folder_made in reversed(made):
                with contextlib.suppress(OSError):
                    folder_made.rmdir()
            raise
        return cls(database, coder or "")

    @property
    def coder(self) -> str:
        """Who works, empty where nobody is named; what may be seen follows from it."""
        return self._coder

    @coder.setter
    def coder(self, name: str) -> None:
        self._coder = name
        view.look_as(self.database.connection, (self.coders.key(name) if name else None) or 0)

    def see_from(self, profile: str) -> None:
        """See the study as those see it for whom something is made: names, dates and words as a profile has them.

        It cannot be changed then.

        Raises:
            StudyError: There is no such profile.
        """
        if profile not in PROFILES:
            raise StudyError(f"there is no profile '{profile}'; profiles are {', '.join(PROFILES)}")
        if self.outside.profile != INTERNAL:
            self.outside = Outside()
            view.call(self.database.connection, {})
        if profile != INTERNAL:
            found = outside(self, profile)
            view.call(self.database.connection, found.names, months=profile == PUBLIC)
            self.outside = found

    @property
    def folder(self) -> Path:
        """The study's folder."""
        return self.database.file.parent

    @property
    def title(self) -> str:
        """What it is called on the screen: as its folder, or as its file where that has a name of its own."""
        file = self.database.file.resolve()
        return file.parent.name if file.name == FILE_NAME else file.stem

    def close(self) -> None:
        """Close the study's file."""
        self.database.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @contextlib.contextmanager
    def action(self, kind: str, summary: str) -> Iterator[Change]:
        """One action of the current coder: all of it, or nothing; with its line in the change log."""
        if self.outside.profile != INTERNAL:
            raise StudyError(f"a study that is seen as '{self.outside.profile}' cannot be changed")
        with action(self.database, self._me, kind, summary) as change:
            yield change
        self.tried += 1
        self.changed += bool(change.touched)

    def _me(self) -> int | None:
        """The current coder's key; a coder who is new comes in with a change of his own."""
        if not self.coder:
            return None
        key = self.coders.key(self.coder)
        if key is None:
            check_name(self.coder)
            change = begin(self.database, None, "coder", f"coder {self.coder}")
            key = self.coders.make(change, [self.coder])[self.coder]
            change.finish()
            view.look_as(self.database.connection, key)
        return key

    def state_hash(self) -> str:
        """The state of everything that lives in the study, as 64 hexadecimal digits; takes no time."""
        return digest.state_hash(dict(self.database.rows("SELECT name, sum FROM state")))


def _refuse_file(folder: Path) -> None:
    if not folder.is_dir():
        raise StudyError(f"{folder}: cannot be made here, a file is in the way; move it or choose another place")


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StudyError(f"{folder}: this folder cannot be made ({error.strerror}); choose another place") from None
