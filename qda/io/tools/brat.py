"""brat: texts with `.ann` files beside them, a folder for each coder."""

from __future__ import annotations

import contextlib
import re
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from qda.errors import BadFileError
from qda.io.tools.assembly import Assembly, Item, Marked, Text
from qda.io.tools.beside import inside, read_text_file
from qda.io.tools.places import Places, Quoted

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterator
    from pathlib import Path

    from qda.io.tools.asked import Asked
    from qda.model.project import Project

_SPAN = re.compile(r"(\S+) (\d{1,12} \d{1,12}(?:;\d{1,12} \d{1,12})*)\Z")
_OTHERS = {"R": "relations", "E": "events", "A": "attributes of annotations", "M": "attributes of annotations"}
_OTHERS |= {"*": "equivalences", "N": "normalisations"}
_BESIDE = (".txt", ".conf", "", ".md", ".json")
_SECTIONS = ("entities", "events")


class _Document(NamedTuple):
    """A text with the annotations of one coder."""

    source: Hashable
    coder: str
    annotations: Path


class _Entity(NamedTuple):
    """An annotation of words: its name in the file, its code, its pieces, and its note."""

    name: str
    code: str
    pieces: list[Quoted]
    note: str


def is_brat(path: Path) -> bool:
    """Whether a file is an `.ann` file beside its text, or a folder is one of brat, or one of folders of coders."""
    if path.suffix.casefold() == ".ann" and path.is_file():
        return path.with_suffix(".txt").is_file()
    if not path.is_dir():
        return False
    found = inside(path)
    folders = [one for one in found if one.is_dir()]
    endings = {one.suffix.casefold() for one in found if not one.is_dir()}
    if ".ann" in endings:
        return not folders and endings <= {".ann", *_BESIDE}
    return bool(folders) and endings <= set(_BESIDE) - {".txt"} and all(_is_coder(one) for one in folders)


def _is_coder(folder: Path) -> bool:
    found = inside(folder)
    return any(one.suffix.casefold() == ".ann" for one in found) and is_brat(folder)


@contextlib.contextmanager
def open_brat(path: Path, asked: Asked) -> Iterator[Project]:
    """Texts with the annotations of one or more coders.

    Raises:
        BadFileError: A file cannot be read, or is damaged.
    """
    yield _Reading(path, asked).project()


class _Reading:
    """One folder on its way in."""

    def __init__(self, path: Path, asked: Asked) -> None:
        self._folder = path if path.is_dir() else path.parent
        places = [self._folder, *(one for one in inside(self._folder) if one.is_dir())]
        texts = [file for place in places for file in inside(place) if file.suffix.casefold() == ".txt"]
        self._files = [path] if path.is_file() else [file.with_suffix(".ann") for file in texts]
        self._asked = asked
        self._assembly = Assembly("brat", path.stem if path.is_file() else path.name, "", asked)
        self._texts: dict[Hashable, Path] = {}

    def project(self) -> Project:
        """The project as plain values; its items are read as they are asked for."""
        assembly = self._assembly
        self._documents = list(self._find())
        self._codes()
        for document in self._documents:
            for entity in self._entities(document.annotations):
                assembly.codes.add(entity.code, entity.code)
        assembly.project.codes = assembly.codes.build()
        assembly.project.items = self._items
        return assembly.project

    def _find(self) -> Iterator[_Document]:
        """The documents; folders hold coders where several have the same text, or where there is only one."""
        texts = {file: read_text_file(file.with_suffix(".txt")).text for file in self._files}
        folders: dict[Hashable, set[Path]] = {}
        for file, text in texts.items():
            folders.setdefault((file.stem, text), set()).add(file.parent)
        known = {file.parent for file in self._files}
        coders = len(known) == 1 or any(len(alike) > 1 for alike in folders.values())
        for file, text in texts.items():
            key = (file.stem, text)
            if key not in self._texts:
                self._texts[key] = file.with_suffix(".txt")
                self._assembly.source(key, file.stem, partial(self._load, key), apart=text)
            named = self._asked.coder if len(known) == 1 else ""
            yield _Document(key, named or (file.parent.resolve().name if coders else ""), file)

    def _load(self, key: Hashable) -> Text:
        return read_text_file(self._texts[key])

    def _codes(self) -> None:
        """The types of `annotation.conf` with their hierarchy; those with `!` are headings."""
        places = dict.fromkeys([self._folder, *(file.parent for file in self._files), self._folder.resolve().parent])
        conf = next((one for place in places if (one := place / "annotation.conf").is_file()), None)
        section = ""
        above: list[str] = []
        for line in read_text_file(conf).text.splitlines() if conf else ():
            word = line.strip()
            if word.startswith("["):
                section = word.strip("[]").casefold()
            elif section in _SECTIONS and word and word[0] not in "#<":
                depth = len(line) - len(line.lstrip("\t"))
                name = word.split()[0].split("|")[0]
                del above[depth:]
                parent = above[-1] if above else None
                self._assembly.codes.add(name.lstrip("!"), name.lstrip("!"), parent, codable=not name.startswith("!"))
                above.append(name.lstrip("!"))

    def _entities(self, file: Path, lost: dict[str, int] | None = None) -> Iterator[_Entity]:
        """The annotations of words in a file; others are counted.

        Raises:
            BadFileError: A line is no annotation.
        """
        if not file.is_file():  # nobody worked on this text yet
            return
        lines = read_text_file(file).text.replace("\r\n", "\n").split("\n")
        notes: dict[str, list[str]] = {}
        for line in lines:
            kind, about, note = (*line.split("\t", 2), "", "")[:3]
            if kind.startswith("#") and (target := about.split()[1:2]):
                notes.setdefault(target[0], []).append(note)
        for number, line in enumerate(lines, 1):
            name, about, words = (*line.split("\t", 2), "", "")[:3]
            if not line.strip() or name.startswith("#"):
                continue
            if other := _OTHERS.get(name[:1]):
                if lost is not None:
                    lost[other] = lost.get(other, 0) + 1
                continue
            found = _SPAN.match(about) if name.startswith("T") else None
            if found is None:
                raise BadFileError(str(file), "this is no annotation of brat", line=number)
            yield _Entity(name, found[1], list(_pieces(found[2], words)), "\n".join(notes.get(name, ())))

    def _items(self) -> Iterator[Item]:
        assembly = self._assembly
        lost: dict[str, int] = {}
        for document in self._documents:
            entities = list(self._entities(document.annotations, lost))
            pieces = [piece for entity in entities for piece in entity.pieces]
            places = Places(read_text_file(document.annotations.with_suffix(".txt")).text, pieces)
            marked = [
                Marked(document.source, entity.code, document.coder, piece, memo=entity.note if number == 0 else "")
                for entity in entities
                for number, piece in enumerate(entity.pieces)
            ]
            yield from assembly.coded(places, marked)
        for noun, count in lost.items():
            assembly.gone(f"{noun}, for which there is no place here", count)
        assembly.close()


def _pieces(spans: str, words: str) -> Iterator[Quoted]:
    """The pieces of a discontinuous annotation, each with its words, which stand one behind another after a space."""
    at = 0
    for span in spans.split(";"):
        start, end = map(int, span.split())
        yield Quoted(start, end, words[at : at + max(end - start, 0)])
        at += max(end - start, 0) + 1
