"""INCEpTION and WebAnno: files of WebAnno TSV 3 or a UIMA CAS for each document and coder, loose or as exported."""

from __future__ import annotations

import codecs
import contextlib
import re
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from qda.errors import BadFileError
from qda.io.archives import Archive
from qda.io.refi.offsets import UTF16, Convention
from qda.io.tools.assembly import Assembly, Item, Marked, Text
from qda.io.tools.beside import inside, read_text_file
from qda.io.tools.places import Places, Quoted
from qda.io.tools.uima_cas import JSON_SIGN, XMI_SIGN, parse_json_cas, parse_xmi
from qda.io.tools.webanno_tsv import HEAD, Annotation, Parsed, parse_tsv

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterator
    from pathlib import Path

    from qda.io.tools.asked import Asked
    from qda.model.project import Project

_COUNTED = (Convention(UTF16, 2, 0),)
_MEMBER = re.compile(r"(?:annotation|curation)/([^/]+)/([^/]+)\.(tsv|zip|xmi|json)\Z")
_HEAD = 1 << 16
_TYPES = "TypeSystem.xml"
_READ = {".tsv": HEAD.encode(), ".xmi": XMI_SIGN, ".json": JSON_SIGN}
"""How files that are read end, and what stands in the head of them."""
_DOCUMENT = re.compile(r".+\.(txt|tsv|pdf|xmi|html?|docx|xml|conllu?|md)\Z", re.IGNORECASE)
_LEFT_OUT = "INITIAL_CAS"


class _File(NamedTuple):
    """A file: its document and coder, its name for sentences, its bytes, and the type system beside it."""

    document: str
    coder: str
    name: str
    data: bytes
    types: bytes = b""

    def parsed(self) -> Parsed:
        """What it holds, by its content."""
        data = self.data.removeprefix(codecs.BOM_UTF8)
        if data.startswith(HEAD.encode()):
            return parse_tsv(data.decode("utf-8", "replace"), self.name)
        if data.lstrip()[:1] == b"{":
            return parse_json_cas(data, self.name)
        return parse_xmi(data, self.types, self.name)


def is_webanno(path: Path) -> bool:
    """Whether a file is one of WebAnno TSV 3, an exported project with such files, or a folder of nothing else."""
    if path.is_dir():
        found = inside(path)
        folders = [one for one in found if one.is_dir()]
        files = [one for one in found if not one.is_dir()]
        within = all(_is_annotated(file) for folder in folders for file in inside(folder)) and any(map(inside, folders))
        return within and not files if folders else bool(files) and all(_is_annotated(file) for file in files)
    return _is_annotated(path) or _is_export(path)


def _is_annotated(file: Path) -> bool:
    try:
        sign = _READ.get(file.suffix.casefold())
        if sign is None or not file.is_file():
            return False
        with file.open("rb") as stream:
            head = stream.read(_HEAD)
    except OSError:
        return False
    return head.removeprefix(codecs.BOM_UTF8).startswith(sign) if sign == HEAD.encode() else sign in head


def _is_export(path: Path) -> bool:
    try:
        if path.suffix.casefold() != ".zip" or not path.is_file():
            return False
        with Archive(path) as archive:
            return any(_MEMBER.search(name) for name in archive.members()) or _is_alone(archive)
    except (BadFileError, OSError):
        return False


@contextlib.contextmanager
def open_webanno(path: Path, asked: Asked) -> Iterator[Project]:
    """Documents with the annotations of one or more coders.

    Raises:
        BadFileError: A file is damaged.
    """
    yield _Reading(path, asked).project()


class _Reading:
    """One file, folder or exported project on its way in."""

    def __init__(self, path: Path, asked: Asked) -> None:
        self._assembly = Assembly("webanno", path.stem, "", asked)
        files = list(_exported(path) if path.suffix.casefold() == ".zip" and path.is_file() else _loose(path))
        own = [file for file in files if file.coder != _LEFT_OUT]
        self._files = [(file, file.parsed()) for file in own or files]
        if not path.is_file():
            self._files = _named(self._files)
        self._texts: dict[Hashable, str] = {}

    def project(self) -> Project:
        """The project as plain values; its items are read as they are asked for."""
        assembly = self._assembly
        found = [one for _, parsed in self._files for one in parsed.annotations]
        bare = {one.layer for one in found if not one.values}
        layers = dict.fromkeys(one.layer for one in found)
        for layer in layers:
            if len(layers) > 1 or layer in bare:
                assembly.codes.add(("layer", layer), _short(layer), codable=layer in bare)
        for one in found:
            if one.values:
                above = ("layer", one.layer) if len(layers) > 1 else None
                assembly.codes.add(_code(one), _label(one.values)[1], above)
        assembly.project.codes = assembly.codes.build()
        for file, parsed in self._files:
            key = (file.document, parsed.text)
            if key not in self._texts:
                self._texts[key] = parsed.text
                assembly.source(key, file.document, partial(self._load, key), apart=parsed.text)
        assembly.project.said += sorted({said for _, parsed in self._files for said in parsed.said})
        assembly.project.items = self._items
        return assembly.project

    def _load(self, key: Hashable) -> Text:
        return Text(self._texts[key])

    def _items(self) -> Iterator[Item]:
        for file, parsed in self._files:
            key = (file.document, parsed.text)
            places = Places(parsed.text, counted=_COUNTED)
            marked = [
                Marked(key, _code(one), file.coder, Quoted(one.start, one.end), memo=_memo(one.values))
                for one in parsed.annotations
            ]
            yield from self._assembly.coded(places, marked)
        self._assembly.close()


def _exported(path: Path) -> Iterator[_File]:
    """The files of an exported project, in order."""
    with Archive(path) as archive:
        if _is_alone(archive):
            yield _packed(archive, path.stem, "", str(path))
            return
        found = [one for member in sorted(archive.members()) if (one := _MEMBER.search(member))]
        plain = [one for one in found if one[3] == "tsv"]
        for one in plain or found:
            name, data = f"{path}: {one.string}", archive.read(one.string)
            if one[3] == "zip":
                with Archive(data, name) as inner:
                    yield _packed(inner, one[1], one[2], name)
            else:
                yield _File(one[1], one[2], name, data)


def _is_alone(archive: Archive) -> bool:
    """Whether an archive is one document as XMI with its type system."""
    names = archive.members()
    return _TYPES in names and sum(name.endswith(".xmi") for name in names) == 1


def _packed(archive: Archive, document: str, coder: str, name: str) -> _File:
    """The only file in an archive.

    Raises:
        BadFileError: It is in a form that is not read here.
    """
    names = archive.members()
    member = next((one for one in names if one.endswith(tuple(_READ))), None)
    if member is None:
        problem = (
            "its annotations are in a form that is not read here; export the project with the format WebAnno TSV v3,"
            " UIMA CAS XMI or UIMA CAS JSON"
        )
        raise BadFileError(name, problem)
    types = archive.read(_TYPES) if _TYPES in names else b""
    return _File(document, coder, f"{name}: {member}", archive.read(member), types)


def _loose(path: Path) -> Iterator[_File]:
    """A file, or those of a folder; in a folder that is called like a document they are called like coders."""
    if path.is_dir():
        for one in inside(path):
            yield from _loose(one)
        return
    folder = path.resolve().parent.name
    document, coder = (folder, path.stem) if _DOCUMENT.match(folder) else (path.stem, "")
    beside = path.with_name(_TYPES)
    types = read_text_file(beside).original if path.suffix.casefold() == ".xmi" and beside.is_file() else b""
    yield _File(document, coder, str(path), read_text_file(path).original or b"", types or b"")


def _named(files: list[tuple[_File, Parsed]]) -> list[tuple[_File, Parsed]]:
    """Files of a folder whose texts are the same are those of several coders of one document."""
    from pathlib import PurePath

    alike: dict[tuple[str, str], int] = {}
    for file, parsed in files:
        key = (str(PurePath(file.name).parent), parsed.text)
        alike[key] = alike.get(key, 0) + 1
    return [
        (file._replace(document=PurePath(file.name).parent.name, coder=PurePath(file.name).stem), parsed)
        if not file.coder and alike[str(PurePath(file.name).parent), parsed.text] > 1
        else (file, parsed)
        for file, parsed in files
    ]


def _code(one: Annotation) -> Hashable:
    return ("label", one.layer, _label(one.values)[1]) if one.values else ("layer", one.layer)


def _label(values: dict[str, str]) -> tuple[str, str]:
    """The feature that says what an annotation is: `value`, else the first."""
    name = "value" if "value" in values else next(iter(values))
    return name, values[name]


def _memo(values: dict[str, str]) -> str:
    """What the other features say."""
    return "\n".join(f"{name}: {value}" for name, value in values.items() if name != _label(values)[0])


def _short(layer: str) -> str:
    return layer.rpartition(".")[2]
