"""QualCoder out: a folder `NAME.qda` with its database and the documents, as the newest version makes it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qda.io.files import write_whole
from qda.io.outgoing import Items, Names, Wrote, as_file_name, by_code, counts_of, in_one, moment_of, with_memos
from qda.io.refi.writing.codes import lost_of_codes
from qda.io.tools.qualcoder import DATABASE
from qda.io.tools.writing.qualcoder_cases import write_cases
from qda.io.tools.writing.qualcoder_codes import CodeRows
from qda.io.tools.writing.qualcoder_tables import FOLDERS, STATEMENTS, VERSION
from qda.model.paths import join_path
from qda.model.project import Left, ProjectCoding
from qda.store.foreign_writing import Nowhere, new_database
from qda.version import __version__

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from qda.io.outgoing import Item
    from qda.model.project import Project, ProjectMemo, ProjectSource
    from qda.store.foreign_writing import Sink

Row = tuple[object, ...]
_Place = tuple[int, int, str]
"""Start, end and owner of an annotation, of which QualCoder has one each."""
_CODED = "cid, fid, seltext, pos0, pos1, owner, date, memo, important"
_ONE_FIELD = "go, without title, kind, coder and date: QualCoder has one memo there"


def write_qualcoder(
    project: Project, folder: Path, *, categories: bool = False, step: Callable[[], object] = int
) -> Wrote:
    """Write a project as a folder of QualCoder, whole or not at all.

    Args:
        project: The project, as the store gives it.
        folder: Where; nothing may be there.
        categories: Whether codes with others below them go as categories.
        step: Called after each source.

    Raises:
        QdaError: It cannot be written.
    """
    writer = _Writer(project, categories=categories)

    def fill(draft: Path) -> None:
        for name in ("", *FOLDERS):
            (draft / name).mkdir(mode=0o700)
        with new_database(draft / DATABASE, STATEMENTS) as tables:
            writer.write(tables, step, draft / "documents")

    write_whole(folder, fill)
    return writer.wrote()


def try_qualcoder(project: Project, *, categories: bool = False) -> Wrote:
    """What `write_qualcoder` would write; nothing is written."""
    writer = _Writer(project, categories=categories)
    writer.write(Nowhere(), int)
    return writer.wrote()


class _Writer:
    """Writes one project once."""

    def __init__(self, project: Project, *, categories: bool) -> None:
        self._project = project
        self._codes = CodeRows(project, categories=categories)
        self._owners = {guid: one.name for guid, one in project.users.items()}
        self._owner = next(iter(self._owners.values()), "qda")
        self._about: dict[bytes, list[ProjectMemo]] = {}
        self._journal = Names()
        self._files = Names(folded=True)
        self._shared = self._on_codes = self._untitled = 0
        self._lost: list[Left] = []
        self._lengths: dict[bytes, int] = {}
        self._paths = by_code(project)
        self._counts = counts_of(project)

    def wrote(self) -> Wrote:
        """What went and what stayed, once all is written."""
        titles = self._untitled + self._journal.changed
        own = [
            Left("codes with the name of another code", self._codes.renamed, "go under their path"),
            Left("categories that are coded", self._codes.doubled, "go with a code of their name beside them"),
            Left("memos on sources, cases and codings", self._shared, _ONE_FIELD),
            Left("memos on codes", self._on_codes, "go as journals, under the path of their code"),
            Left("titles of journals that are missing or taken", titles, "go with another one"),
            *self._lost,
        ]
        listed = [*self._project.left, *lost_of_codes(self._project.codes), *own]
        return Wrote(self._counts, [one for one in listed if one.number])

    def write(self, tables: Sink, step: Callable[[], object], documents: Path | None = None) -> None:
        """Write all tables, and the documents beside them."""
        project = self._project
        items = Items(project.items(), self._counts)
        made = max((moment_of(one.at) for one in project.sources), default="")
        columns = "databaseversion, date, memo, about, bookmarkfile, bookmarkpos, codername"
        tables.add("project", columns, [(VERSION, made, "", f"qda {__version__}", 0, 0, self._owner)])
        tables.add("coder_names", "name", [(name,) for name in sorted({*self._owners.values(), self._owner})])
        tables.add("journal", "name, jentry, owner, date", self._journals(items.first()))
        for number, source in enumerate(project.sources, 1):
            self._source(tables, number, source, items, documents)
            step()
        columns = "catid, name, memo, supercatid, owner, date"
        rows = ((*one, self._owner, made) for one in self._codes.categories())
        tables.add("code_cat", columns, rows)
        columns = "cid, name, memo, catid, supercid, color, owner, date"
        tables.add("code_name", columns, ((*one, self._owner, made) for one in self._codes.codes()))
        memos = {guid: self._memo(found) for guid, found in self._about.items()}
        self._lost = write_cases(tables, project, self._lengths, memos, (self._owner, made))

    def _journals(self, memos: Iterable[ProjectMemo]) -> Iterator[Row]:
        """Memos on the study and on codes as journals; those on sources and cases are kept for these."""
        for memo in memos:
            if memo.target is not None and memo.target_kind in ("source", "case"):
                self._about.setdefault(memo.target, []).append(memo)
                continue
            title = memo.title or "memo"
            if memo.target is not None:
                self._on_codes += 1
                title = f"{join_path(self._paths[memo.target])}: {title}"
            self._untitled += not memo.title
            yield self._journal.give(title), memo.body, self._owners[memo.user], moment_of(memo.at)

    def _memo(self, memos: list[ProjectMemo]) -> str:
        self._shared += len(memos)
        return in_one(memos)

    def _source(self, tables: Sink, number: int, source: ProjectSource, items: Items, documents: Path | None) -> None:
        transcript, _ = source.load()
        self._lengths[source.guid] = len(transcript.text)
        memo = self._memo(self._about.pop(source.guid, []))
        owner = self._owners.get(source.user or b"", self._owner)
        columns = "id, name, fulltext, memo, owner, date"
        tables.add("source", columns, [(number, source.name, transcript.text, memo, owner, moment_of(source.at))])
        notes: dict[_Place, list[ProjectMemo]] = {}
        tables.add("code_text", _CODED, self._coded(number, transcript.text, items.of(source.guid), notes))
        columns = "fid, pos0, pos1, owner, date, memo"
        rows = ((number, *place, moment_of(found[0].at), in_one(found)) for place, found in notes.items())
        tables.add("annotation", columns, rows)
        if documents is not None:
            name = self._files.give(f"{as_file_name(source.name)}.{transcript.format}")
            (documents / name).write_bytes(transcript.original)

    def _coded(
        self, number: int, text: str, items: Iterable[Item], notes: dict[_Place, list[ProjectMemo]]
    ) -> Iterator[Row]:
        """The codings of a source; memos on its segments are noted on the way."""
        for item, memos in with_memos(items):
            owner = self._owners[item.user]
            if isinstance(item, ProjectCoding):
                words = text[item.start : item.end]
                place = (item.start, item.end, owner, moment_of(item.at), self._memo(memos), None)
                yield self._codes.cid(item.code), number, words, *place
            else:
                notes.setdefault((item.start or 0, item.end or 0, owner), []).append(item)
