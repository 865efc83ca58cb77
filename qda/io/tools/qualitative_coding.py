"""qualitative-coding (`qc`): a folder with settings, a codebook, texts and a database of coded lines."""

from __future__ import annotations

import contextlib
import re
from dataclasses import replace
from functools import partial
from itertools import accumulate
from typing import TYPE_CHECKING

from qda.errors import BadFileError
from qda.io.codebook.tree import Items, Pairs, Scalar
from qda.io.refi.offsets import POINTS, Convention
from qda.io.tools.assembly import Assembly, Item, Marked, Text
from qda.io.tools.beside import Beside
from qda.io.tools.places import Places, Quoted
from qda.model.nouns import many
from qda.store.foreign import Foreign, open_foreign, whole, words

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterator
    from pathlib import Path

    from qda.io.codebook.tree import Node
    from qda.io.tools.asked import Asked
    from qda.model.project import Project

DATABASE = "qualitative_coding.sqlite3"
_COUNTED = (Convention(POINTS, 1, 0),)
_MEMO = ".md"
_NAMED = re.compile(r"(\d{4}-\d\d-\d\d)-(\d\d)-(\d\d)_(.+)\.md\Z")
_WHEN = re.compile(r" \d{4}-\d\d-\d\d \d\d:\d\d\Z")
_SETTINGS = {"corpus_dir": "corpus", "codebook": "codebook.yaml", "memos_dir": "memos"}


def is_qualitative_coding(tables: Foreign) -> bool:
    """Whether a database is one of qualitative-coding."""
    return tables.has("coded_line", "line", "coder_id", "code_id") and tables.has("document", "file_path")


@contextlib.contextmanager
def open_qualitative_coding(path: Path, asked: Asked) -> Iterator[Project]:
    """A project of qualitative-coding; its texts are read from the folder of its database.

    Raises:
        BadFileError: The database, the settings or the codebook is damaged.
    """
    file = path / DATABASE if path.is_dir() else path
    with open_foreign(file) as tables:
        if not is_qualitative_coding(tables):
            raise BadFileError(
                str(file), "the tables of qualitative-coding are not in it; the database is empty or damaged"
            )
        yield _Reading(tables, Beside(file.parent), asked).project()


class _Reading:
    """One project on its way in."""

    def __init__(self, tables: Foreign, beside: Beside, asked: Asked) -> None:
        self._tables = tables
        self._beside = beside
        self._assembly = Assembly("qualitative-coding", beside.folder.name, "", asked)
        self._texts: dict[str, Text] = {}
        self._again: set[str] = set()
        self._memos: list[str] = []

    def project(self) -> Project:
        """The project as plain values; its items are read as they are asked for."""
        assembly, said = self._assembly, self._assembly.project.said
        root = _yaml(self._beside, "settings.yaml")
        given = (
            {name.text: node.text for name, node in root.pairs if isinstance(node, Scalar)}
            if isinstance(root, Pairs)
            else {}
        )
        settings = _SETTINGS | given
        self._codes(_yaml(self._beside, settings["codebook"]))
        for (name,) in self._tables.rows("code", ("name",), ("name",)):
            assembly.codes.add(words(name), words(name))
        if self._again:
            said.append(
                f"{many(len(self._again), 'code')} in several places of the codebook: codings stand on the first"
            )
        assembly.project.codes = assembly.codes.build()
        for path in sorted(words(row[0]) for row in self._tables.rows("document", ("file_path",))):
            read = self._beside.read(f"{settings['corpus_dir']}/{path}")
            if read is None:
                said.append(f"'{path}': its text is not in the folder of the project; it and its codings are left out")
            else:
                self._texts[path] = read
                assembly.source(path, path, partial(self._texts.__getitem__, path), apart=read.text)
        self._memos = self._beside.files(settings["memos_dir"])
        if others := sum(not path.endswith(_MEMO) for path in self._memos):
            said.append(f"{many(others, 'file')} in '{settings['memos_dir']}' of another kind than memos: not read")
        assembly.project.items = self._items
        return assembly.project

    def _codes(self, root: Node | None) -> None:
        """The codes of a codebook from the top down: lists of names, and of names with what is below them."""
        stack: list[tuple[Node | None, Hashable | None]] = [(root, None)]
        while stack:
            node, above = stack.pop()
            if isinstance(node, Items):
                stack += [(one, above) for one in reversed(node.items)]
            elif isinstance(node, Pairs):
                # Of several names each is taken with all below it before the next.
                stack += [(replace(node, pairs=(pair,)), above) for pair in reversed(node.pairs[1:])]
                stack += [(below, self._code(name.text, above)) for name, below in node.pairs[:1]]
            elif isinstance(node, Scalar) and node.text:
                self._code(node.text, above)

    def _code(self, name: str, above: Hashable | None) -> Hashable:
        """Add a code; in another place of the codebook it is one of its own, on which nothing is coded."""
        key: Hashable = name
        if name in self._assembly.codes:
            self._again.add(name)
            key = (above, name)
        self._assembly.codes.add(key, name, above)
        return key

    def _items(self) -> Iterator[Item]:
        assembly = self._assembly
        yield from self._notes()
        columns = ("id", "line", "code_id", "coder_id")
        lines = {
            words(key): (whole(line), words(code), words(who))
            for key, line, code, who in self._tables.rows("coded_line", columns)
        }
        coded = self._documents(lines)
        for path, read in self._texts.items():
            places = Places(read.text, counted=_COUNTED)
            begins = [0, *accumulate(len(line) + 1 for line in places.text.split("\n"))]
            begins[-1] -= 1
            found = sorted((lines[key] for key in coded.pop(path, ())), key=str)
            yield from assembly.coded(places, [_marked(path, begins, *one) for one in found])
        for lost in coded.values():
            for _ in lost:
                assembly.gone("coded lines of a text that is missing")
        assembly.close()

    def _notes(self) -> Iterator[Item]:
        """The files of memos, as memos on the study; who wrote them and when stands in their names."""
        coders = sorted((words(row[0]) for row in self._tables.rows("coder", ("name",))), key=len, reverse=True)
        for path in self._memos:
            found = _NAMED.match(path.rpartition("/")[2])
            read = self._beside.read(path) if path.endswith(_MEMO) else None
            if read is None:
                continue
            rest = found[4] if found else ""
            coder = next((one for one in coders if rest == one or rest.startswith(f"{one}_")), rest.partition("_")[0])
            at = f"{found[1]}T{found[2]}:{found[3]}:00" if found else ""
            title, body = _headed(read.text, coder)
            yield from self._assembly.memo("study", None, body or title, coder, title if body else "", at)

    def _documents(self, lines: dict[str, tuple[int | None, str, str]]) -> dict[str, set[str]]:
        """The coded lines of each document, which the database knows by the places that they belong to."""
        # Some of these keys are numbers in one table and the same numbers as text in another.
        indices = self._tables.rows("document_index", ("id", "document_id"))
        of_index = {words(key): words(path) for key, path in indices}
        locations = self._tables.rows("location", ("id", "document_index_id"))
        of_place = {words(key): of_index.get(words(index), "") for key, index in locations}
        coded: dict[str, set[str]] = {}
        for key, place in self._tables.rows("coded_line_location_association", ("coded_line_id", "location_id")):
            if words(key) in lines:
                coded.setdefault(of_place.get(words(place), ""), set()).add(words(key))
        return coded


def _marked(path: str, begins: list[int], line: int | None, code: str, coder: str) -> Marked:
    """A line as a stretch with its line end, as the tool writes it out itself; lines are counted from zero."""
    inside = line is not None and 0 <= line < len(begins) - 1
    place = Quoted(begins[line], begins[line + 1]) if inside and line is not None else Quoted(-1, -1)
    return Marked(path, code, coder, place)


def _headed(text: str, coder: str) -> tuple[str, str]:
    """The heading of a memo, and what stands below it without the line that says again who wrote it and when."""
    first, _, rest = text.strip().partition("\n")
    if not first.startswith("# "):
        return "", text.strip()
    line, _, below = rest.strip().partition("\n")
    said = line.startswith(coder) and _WHEN.search(line) is not None
    return first.removeprefix("# ").strip(), (below if said else rest).strip()


def _yaml(beside: Beside, path: str) -> Node | None:
    """What a YAML file of the project holds, None where there is none or nothing in it.

    Raises:
        BadFileError: It is no YAML, or uses anchors.
    """
    from qda.io.codebook.composing import compose
    from qda.io.codebook.syntax import Refusal, clean

    read = beside.read(path)
    if read is None:
        return None
    try:
        return compose(clean(read.text))
    except Refusal as refusal:
        file = str(beside.folder / path)
        raise BadFileError(file, refusal.problem, line=refusal.line, column=refusal.column) from None
