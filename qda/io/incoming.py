"""Documents that come in: which files a path means, who is known to speak in them, and what to say of each."""

from __future__ import annotations

import os
import stat
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from qda.io.documents.said import pages_said
from qda.model.nouns import many
from qda.model.transcript import PAGE_MARK

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from qda.model.transcript import Speaker, Transcript
    from qda.store.arrivals import Added

CODEBOOKS = (".yaml", ".yml")
PROJECTS = (".qda", ".rqda", ".requal")  # files of a folder that are called so and are no project are damaged


class Files(NamedTuple):
    """The files that paths mean, each with whether it was named itself, and sentences about the others."""

    found: list[tuple[Path, bool]]
    refused: list[str]
    left_out: list[str]


def find_files(paths: Iterable[str]) -> Files:
    """The files that are named or lie in a named folder; hidden ones in folders stay out.

    A folder that is a project of another tool stands for itself.
    """
    from qda.io.tools.recognising import tool_of

    files = Files([], [], [])
    found: dict[Path, bool] = {}
    for words in paths:
        path = Path(words)
        if path.is_dir() and tool_of(path):
            found[path] = True
        elif path.is_dir():
            for file in sorted(_inside(path, files)):
                found.setdefault(file, False)
        elif path.exists():
            found[path] = True
        elif words == "-":
            files.refused.append("'qda import' takes files and folders, not standard input; write the text to a file")
        else:
            files.refused.append(f"{path}: there is no such file or folder")
    files.found.extend(found.items())
    return files


def _inside(folder: Path, files: Files) -> Iterator[Path]:
    """The files in a folder and below it but hidden ones; what cannot be read there is said."""
    from qda.io.tools.recognising import tool_of

    def refuse(error: OSError) -> None:
        files.refused.append(f"{error.filename}: this folder cannot be opened ({error.strerror})")

    for place, folders, names in os.walk(folder, onerror=refuse):
        linked = [name for name in folders if Path(place, name).is_symlink()]
        folders[:] = [name for name in folders if not name.startswith(".")]
        projects = [name for name in folders if name not in linked and tool_of(Path(place, name))]
        folders[:] = [name for name in folders if name not in projects]
        yield from (Path(place, name) for name in projects)
        for name in (*names, *linked):
            file = Path(place, name)
            if not name.startswith(".") and _is_readable(file, files):
                yield file


def _is_readable(file: Path, files: Files) -> bool:
    """Whether this is a file; a link that leads nowhere and what may not be looked at are refused."""
    try:
        mode = file.stat().st_mode
    except OSError as error:
        lost = file.is_symlink() and isinstance(error, FileNotFoundError)
        problem = "this link leads to no file" if lost else f"it cannot be opened ({error.strerror})"
        files.refused.append(f"{file}: {problem}")
        return False
    if stat.S_ISDIR(mode):
        files.left_out.append(f"{file}: left out, it is a link to a folder; name it to read what is in it")
    elif not stat.S_ISREG(mode):
        files.left_out.append(f"{file}: left out, it is no ordinary file")
    return stat.S_ISREG(mode)


def known_speakers(transcript: Transcript, roles: Mapping[str, str]) -> dict[str, Speaker]:
    """What is known of each label of a transcript: its role (as confirmed, else as it sounds)."""
    from qda.io.transcripts.speakers import is_generic, role_of
    from qda.model.transcript import Speaker

    labels = {turn.label for turn in transcript.turns if turn.label is not None}
    return {label: Speaker(label, roles.get(label) or role_of(label), is_generic(label)) for label in sorted(labels)}


class Heard(NamedTuple):
    """A label of speakers: how often it stands, in how many files, and whether it is certain that it is one."""

    times: int
    files: int
    sure: bool


def labels_of(transcripts: Iterable[Transcript]) -> dict[str, Heard]:
    """The labels of several transcripts: those that are certain first, the most frequent in front."""
    found: dict[str, Heard] = {}
    for transcript in transcripts:
        here = {unsure.label: Heard(unsure.times, 1, sure=False) for unsure in transcript.unsure}
        certain = [turn.label for turn in transcript.turns if turn.label is not None]
        here |= {label: Heard(certain.count(label), 1, sure=True) for label in dict.fromkeys(certain)}
        for label, heard in here.items():
            before = found.get(label, Heard(0, 0, sure=False))
            found[label] = Heard(before.times + heard.times, before.files + 1, sure=before.sure or heard.sure)
    return dict(sorted(found.items(), key=lambda item: (not item[1].sure, -item[1].times, item[0])))


def came_in(transcript: Transcript, added: Added) -> list[str]:
    """What to say of a document that was taken in: its form, its size and who speaks; then what was left as text."""
    parts = [transcript.format, *([transcript.encoding] if transcript.encoding else [])]
    parts.append(many(len(transcript.text), "character"))
    if pages := sum(one.reason == PAGE_MARK for one in transcript.no_data):
        parts.append(many(pages, "page"))
    speakers = list(dict.fromkeys(turn.label for turn in transcript.turns if turn.label))
    if transcript.turns:
        parts.append(many(len(transcript.turns), "turn") + (f" of {', '.join(speakers[:6])}" if speakers else ""))
    named = f" (the name was taken: it is '{added.name}')" if added.renamed else ""
    said = [f"{', '.join(parts)}{named}"]
    said.extend(pages_said(transcript))
    if transcript.unsure:
        unsure = ", ".join(f"'{label.label}' ({label.times})" for label in transcript.unsure[:6])
        said.append(f"left as text, though it may be a speaker: {unsure}")
    return said
