"""Transcripts and other documents as text with turns, recognised by content."""

from __future__ import annotations

import re
from codecs import BOM_UTF8
from typing import TYPE_CHECKING

from qda.errors import BadFileError
from qda.io.documents import ZIP, kind_of, read_document
from qda.io.transcripts.encoding import decode, foreign, is_utf16
from qda.io.transcripts.recorded import RECORDINGS, is_recorded, read_recorded
from qda.io.transcripts.speakers import find_turns
from qda.model.transcript import READS, Transcript

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["is_transcript", "read_transcript"]

_FORMATS = {
    ".txt": "txt",
    ".text": "txt",
    "": "txt",
    ".md": "md",
    ".markdown": "md",
}
_MARKED = {".json", ".html", ".htm", ".xml", ".tei"}  # of which only some are transcripts
_TABLES = {".csv", ".tsv", ".xlsx", ".xlsm", ".sav", ".zsav"}
_ENDING = re.compile(r"\.[A-Za-z0-9]{1,8}")  # `Interview 3. Karim` has none
_HEAD = 8192


def read_transcript(path: Path, *, speakers: str | frozenset[str] = "auto", data: bytes | None = None) -> Transcript:
    """Read a document; its text is kept as it is, whatever is recognised in it.

    Args:
        path: A file of any of the forms; the content decides, the ending is a hint.
        speakers: `auto` takes speakers that are certain, `yes` every plausible label, `no` none, a set of
            labels exactly those.
        data: What is in it, where that was read already, as from standard input; `path` is its name then.

    Raises:
        BadFileError: The file cannot be read, or its content is damaged or no transcript.
    """
    file, ending = str(path), _ending(path)
    name = path.name.removesuffix(ending)
    data = _bytes(path) if data is None else data
    if not data:
        raise BadFileError(file, "it has no text, the file is empty")
    if ending.lower() in _TABLES:
        problem = (
            "this table is no list of quotations; if it is a survey, 'qda survey columns FILE' shows how to go on;"
            " figures beside the study come in with 'qda dataset import'"
        )
        raise BadFileError(file, problem)
    if document := kind_of(data, ending):
        return _from_document(path, data, document, speakers)
    text, encoding = decode(data, file)
    if recorded := read_recorded(text, file, ending, speakers):
        return Transcript(name, recorded.kind, data, recorded.text, encoding, recorded.turns, recorded.unsure)
    kind = _FORMATS.get(ending.lower(), "")
    if not kind:
        raise BadFileError(file, f"this is no transcript that can be read; these kinds can: {READS}")
    turns, unsure = find_turns(text, speakers)
    return Transcript(name, kind, data, text, encoding, turns, unsure)


def is_transcript(path: Path) -> bool:
    """Whether this reader takes the file; where it does not, `read_transcript` says why."""
    ending = _ending(path).lower()
    try:
        if not path.is_file():
            return False
        with path.open("rb") as stream:
            head = stream.read(_HEAD)
            if head.startswith(ZIP):
                return kind_of(head + stream.read(), ending) is not None
            if ending in _MARKED and head.removeprefix(BOM_UTF8).lstrip()[:1] in (b"<", b"{"):
                data = head + stream.read()
                return kind_of(data, ending) is not None or is_recorded(data.decode("utf-8-sig", "replace"))
    except OSError:
        return False
    if not kind_of(head, ending) and (foreign(head) or (b"\0" in head and not is_utf16(head))):
        return False
    known = kind_of(head, ending) or ending in _FORMATS or ending in RECORDINGS
    return bool(known) or is_recorded(head.decode("utf-8-sig", "replace"))


def _ending(path: Path) -> str:
    found = _ENDING.fullmatch(path.suffix)
    return found[0] if found else ""


def _from_document(path: Path, data: bytes, kind: str, speakers: str | frozenset[str]) -> Transcript:
    """A document with its turns; what is no data in it, such as page heads, names no speakers."""
    read = read_document(data, kind, str(path))
    text = read.text
    for stretch in read.no_data:
        text = text[: stretch.start] + " " * (stretch.end - stretch.start) + text[stretch.end :]
    turns, unsure = find_turns(text, speakers)
    name = path.name.removesuffix(_ending(path))
    return Transcript(name, kind, data, read.text, read.encoding, turns, unsure, read.no_data)


def _bytes(path: Path) -> bytes:
    """The file's bytes, or one sentence why there are none."""
    try:
        if not path.is_file() and path.exists():
            problem = "a folder; name the files in it" if path.is_dir() else "no ordinary file; copy it to one"
            raise BadFileError(str(path), f"this is {problem}")
        data = path.read_bytes()
    except FileNotFoundError:
        raise BadFileError(str(path), "there is no such file") from None
    except PermissionError:
        raise BadFileError(str(path), "you may not read this file; ask its owner for permission") from None
    except OSError as error:
        raise BadFileError(str(path), f"the file cannot be read ({error.strerror})") from None
    return data
