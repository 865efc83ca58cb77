"""Codes as QualCoder has them: codes below codes, categories above codes, names that stand once each."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from qda.io.outgoing import Names, by_code, repeated
from qda.io.refi.codes import description
from qda.model.paths import join_path
from qda.model.project import CODABLE, COLOUR

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qda.model.project import Project, ProjectCode

_COLOURS = ("#8AB4F8", "#F6C26B", "#A5D6A7", "#E6A0C4", "#B9A7E8", "#F2A28B", "#80CBC4")


class CodeRow(NamedTuple):
    """A row of `code_name`: its number, what it is called and means, the category or code above it, its colour."""

    cid: int
    name: str
    memo: str
    catid: int | None
    supercid: int | None
    color: str


class CodeRows:
    """Which code of a study becomes a category and which a code.

    A code on which nobody codes (`codable: false`) is a category, unless it stands below a code. With `categories`
    all codes with others below them are categories, for versions of QualCoder that know no codes below codes. Where
    such a category is coded after all, a code of its name stands beside it.
    """

    def __init__(self, project: Project, *, categories: bool) -> None:
        self._codes = {one.guid: one for one in project.codes}
        paths = by_code(project)
        twice = repeated(one.entry.name for one in project.codes)
        names, above = Names(), {one.parent for one in project.codes}
        self._colours = {
            path[0]: _COLOURS[number % len(_COLOURS)]
            for number, path in enumerate(path for path in paths.values() if len(path) == 1)
        }
        self._paths = paths
        self._names: dict[bytes, str] = {}
        self._categories: dict[bytes, int] = {}
        self._cids: dict[bytes, int] = {}
        for one in project.codes:
            name = one.entry.name
            self._names[one.guid] = names.give(join_path(paths[one.guid]) if name in twice else name, name)
            heading = one.entry.extra.get(CODABLE) == "false" or (categories and one.guid in above)
            if heading and (one.parent is None or one.parent in self._categories):
                self._categories[one.guid] = len(self._categories) + 1
            else:
                self._cids[one.guid] = len(self._cids) + 1
        self._beside: list[bytes] = []
        self.renamed = names.changed

    def cid(self, guid: bytes) -> int:
        """The number of the code that stands for one of the study."""
        if guid not in self._cids:
            self._beside.append(guid)
            self._cids[guid] = len(self._cids) + 1
        return self._cids[guid]

    @property
    def doubled(self) -> int:
        """How many categories have a code beside them, for they are coded."""
        return len(self._beside)

    def categories(self) -> Iterator[tuple[int, str, str, int | None]]:
        """Number, name, memo and category above of each category."""
        for guid, number in self._categories.items():
            one = self._codes[guid]
            above = None if one.parent is None else self._categories[one.parent]
            yield number, self._names[guid], description(one.entry), above

    def codes(self) -> Iterator[CodeRow]:
        """All codes; to be asked for once all codings are known."""
        for guid, cid in self._cids.items():
            one = self._codes[guid]
            category = None if one.parent is None else self._categories.get(one.parent)
            code = None if one.parent is None or category is not None else self._cids[one.parent]
            yield CodeRow(cid, self._names[guid], description(one.entry), category, code, self._colour(one))

    def _colour(self, code: ProjectCode) -> str:
        given = code.entry.extra.get(COLOUR)
        return given if isinstance(given, str) else self._colours[self._paths[code.guid][0]]
