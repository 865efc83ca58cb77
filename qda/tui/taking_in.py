"""Taking files and folders in from the screen: the path is typed, the files come in one by one."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from textual.suggester import Suggester

from qda.errors import QdaError, in_file
from qda.io.incoming import CODEBOOKS, came_in, find_files, known_speakers, labels_of
from qda.model.nouns import many
from qda.model.transcript import READS
from qda.tui.forms import Field, Form, Reading
from qda.tui.keyboard import LEADS_ON
from qda.tui.speakers import Confirmed, SpeakersWindow
from qda.tui.survey_in import ask_columns, is_survey

if TYPE_CHECKING:
    from collections.abc import Callable

    from qda.io.incoming import Files
    from qda.model.transcript import Transcript
    from qda.store import Study
    from qda.tui.forms import Values
    from qda.tui.sources import SourcesScreen


@dataclass
class Taken:
    """What became of files: how many came in, how many were here, and sentences that must be read."""

    new: int = 0
    here: int = 0
    codebooks: int = 0
    refused: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def said(self) -> str:
        """All of it in one line."""
        parts = [f"{many(self.new, 'source')} taken in"]
        parts += [f"{many(self.codebooks, 'codebook')} taken over"] if self.codebooks else []
        parts += [f"{self.here} here already"] if self.here else []
        parts += [f"{self.refused[0]}"] if len(self.refused) == 1 else []
        parts += [f"{len(self.refused)} refused"] if len(self.refused) > 1 else []
        return "; ".join(parts)


class Wanted(NamedTuple):
    """What all files of an import are: their kind and language."""

    kind: str
    language: str


class PathSuggester(Suggester):
    """Completes a path from what lies in its folder."""

    async def get_suggestion(self, value: str) -> str | None:
        """The first file or folder whose name goes on from what was typed."""
        return _completed(value)


def _completed(value: str) -> str | None:
    typed = Path(value).expanduser()
    folder, start = (typed, "") if value.endswith("/") else (typed.parent, typed.name)
    try:
        names = sorted(one.name + ("/" if one.is_dir() else "") for one in folder.iterdir())
    except OSError:
        return None
    shown = [name for name in names if name.startswith(start) and (start or not name.startswith("."))]
    return value + shown[0][len(start) :] if shown and value else None


def ask(screen: SourcesScreen) -> None:
    """Ask for a path, and take in what it means."""
    fields = [
        Field("path", hint="a file, or a folder with all below it", suggester=PathSuggester(case_sensitive=True)),
        Field("kind", "transcript"),
        Field("language", hint="a code such as nl, or an English name such as Dutch; may be empty"),
    ]
    said = f"Reads {READS}, transcripts of recordings, surveys (.csv .xlsx .sav) and codebooks (.yaml)."
    form = Form("Take a file or folder in", fields, lambda values: _begin(screen, values), said, does="goes on")
    screen.app.push_screen(form)


def _begin(screen: SourcesScreen, values: Values) -> None:
    """Refuse what cannot be, then let the files come in while the screen goes on."""
    from qda.language.names import language_code

    if not values["path"]:
        raise QdaError("type the path of a file or a folder")
    language = language_code(values["language"])
    path = Path(values["path"]).expanduser()
    if is_survey(path):
        screen.run_worker(ask_columns(screen, path, language), group=LEADS_ON, exclusive=True)
        return
    files = find_files([str(path)])
    if not files.found:
        raise QdaError(files.refused[0] if files.refused else f"{values['path']}: no files are in it")
    wanted = Wanted(values["kind"] or "transcript", language)
    screen.run_worker(_read(screen, files, wanted), group=LEADS_ON, exclusive=True)


async def _read(screen: SourcesScreen, files: Files, wanted: Wanted) -> None:
    """Read all files, and ask who speaks in those that are new; nothing is taken in before."""
    from qda.io.transcripts.speakers import role_of

    taken = Taken(refused=files.refused, notes=files.left_out)
    codebooks: list[Path] = []
    transcripts: list[tuple[Path, Transcript]] = []
    for number, (file, named) in enumerate(files.found, start=1):
        screen.say(f"reading {number} of {len(files.found)}: {file.name}")
        await asyncio.sleep(0)  # keys and painting go on between files
        try:
            _sort(file, codebooks, transcripts, taken, named=named)
        except QdaError as error:
            taken.refused.append(str(in_file(error, str(file))))
    sources = screen.workspace.study.sources
    new = [one for _, one in transcripts if not sources.holding(one.original)]
    labels = labels_of(new)

    def begin(confirmed: Confirmed | None) -> None:
        if confirmed is None:
            screen.say("nothing was taken in")
            return
        screen.run_worker(_take_in(screen, codebooks, transcripts, wanted, confirmed, taken), exclusive=True)

    if labels:
        roles = {label: role_of(label) for label in labels}
        screen.app.push_screen(SpeakersWindow(labels, roles, len(new)), begin)
    else:
        begin(Confirmed({}))


def _sort(
    file: Path, codebooks: list[Path], transcripts: list[tuple[Path, Transcript]], taken: Taken, *, named: bool
) -> None:
    """Put a file with the codebooks or the transcripts.

    Raises:
        QdaError: It cannot be read.
    """
    from qda.io.transcripts import is_transcript, read_transcript

    if file.suffix.lower() in CODEBOOKS:
        codebooks.append(file)
    elif not named and not (file.suffix and is_transcript(file)):
        taken.notes.append(f"{file}: left out, it is no transcript")
    else:
        transcripts.append((file, read_transcript(file)))


async def _take_in(
    screen: SourcesScreen,
    codebooks: list[Path],
    transcripts: list[tuple[Path, Transcript]],
    wanted: Wanted,
    confirmed: Confirmed,
    taken: Taken,
) -> None:
    study = screen.workspace.study
    jobs: list[tuple[Path, Callable[[], None]]] = [
        (file, partial(_take_codebook, study, file, taken)) for file in codebooks
    ]
    jobs += [(file, partial(_take_one, study, (file, one), wanted, confirmed, taken)) for file, one in transcripts]
    for done, (file, job) in enumerate(jobs, start=1):
        screen.say(f"taking in {done} of {len(jobs)}: {file.name}")
        await asyncio.sleep(0)
        try:
            job()
        except QdaError as error:
            taken.refused.append(str(in_file(error, str(file))))
    screen.workspace.refresh()
    screen.show()
    screen.say(taken.said(), error=bool(taken.refused) and not taken.new)
    if taken.notes or len(taken.refused) > 1:
        screen.app.push_screen(Reading(taken.said(), "\n".join([*taken.refused, *taken.notes])))


def _take_codebook(study: Study, file: Path, taken: Taken) -> None:
    from qda.io.codebook import read_codebook
    from qda.io.files import read_text

    codebook = read_codebook(read_text(file), str(file))
    study.codebook.import_codebook(codebook, f"codebook from {file.name}", file.name)
    taken.codebooks += 1


def _take_one(study: Study, read: tuple[Path, Transcript], wanted: Wanted, confirmed: Confirmed, taken: Taken) -> None:
    """Take one document in, with the speakers that were confirmed."""
    from qda.io.transcripts import read_transcript

    file, transcript = read
    labels = {turn.label for turn in transcript.turns if turn.label} | {one.label for one in transcript.unsure}
    if labels:
        transcript = read_transcript(file, speakers=confirmed.labels)
    speakers = known_speakers(transcript, confirmed.roles)
    added = study.sources.add(transcript, speakers=speakers, kind=wanted.kind, language=wanted.language)
    taken.new += added.new
    taken.here += not added.new
    first, *more = came_in(transcript, added)
    if added.new and (more or added.renamed):
        taken.notes += [f"{file}: {first}", *(f"    {words}" for words in more)]
