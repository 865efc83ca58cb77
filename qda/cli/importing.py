"""`qda import`: transcripts, documents, codebooks and projects, recognised by content, each file by itself."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from qda.cli.command import add_form, on_terminal
from qda.cli.given import check_date, language_of
from qda.cli.import_preview import preview, wanted
from qda.cli.parsing import SPEAKERS
from qda.cli.projects import is_project_file, take_projects
from qda.errors import QdaError, UsageError, in_file
from qda.model.nouns import many
from qda.model.transcript import READS

if TYPE_CHECKING:
    import argparse
    from collections.abc import Mapping

    from qda.cli.command import Command
    from qda.model.transcript import Transcript


_OFFSETS = "how a project counts places (default: found in it), as utf16 or codepoints,crlf1 or bytes,bom"
_PAGE_HEADS = "of a PDF: yes marks page heads and foots as no data (default), no leaves them as data"
_COLUMN = "of a list of quotations: which column is document, text, code, coder, comment, at or start (repeatable)"
_TABLES = (".csv", ".xlsx", ".sav")
_BESIDE = (
    "Tables come in by commands of their own: answers by 'qda survey', registers by 'qda persons', 'cases' and"
    " 'attributes', figures of others by 'qda facts' and 'qda dataset'."
)


class Plan(NamedTuple):
    """What the files hold: transcripts that were read, codebooks, projects, and sentences about the others."""

    transcripts: list[tuple[Path, Transcript]]
    codebooks: list[Path]
    projects: list[Path]
    refused: list[str]
    left_out: list[str]


def run(command: Command, words: list[str]) -> int:
    """Take files in; those that cannot be used are refused one by one, the others come in."""
    from qda.cli.reading import confirmed_labels

    options = _options(command, words)
    labels, roles = confirmed_labels(options.speakers)
    plan = _plan(options, labels)
    if on_terminal() and sys.stdout.isatty() and options.speakers == "auto" and not options.dry_run:
        plan, roles = _asked(command, options, plan)
    if options.dry_run:
        preview(command, options, plan, labels)
    else:
        _take_in(command, options, plan, roles)
        plan.refused.extend(take_projects(command, options, plan.projects, labels)[1])
    for sentence in plan.left_out:
        command.say(sentence)
    for sentence in plan.refused:
        command.complain(sentence)
    return 1 if plan.refused else 0


def _asked(command: Command, options: argparse.Namespace, plan: Plan) -> tuple[Plan, dict[str, str]]:
    """The plan with the speakers that somebody confirmed; what is in the study already is not asked about."""
    from qda.cli.confirming import confirm

    sources = command.study.sources
    new = [
        (file, transcript)
        for file, transcript in plan.transcripts
        if options.again or not sources.holding(transcript.original)
    ]
    files, roles = confirm(new)
    read = dict(files)
    return plan._replace(transcripts=[(file, read.get(file, before)) for file, before in plan.transcripts]), roles


def _options(command: Command, words: list[str]) -> argparse.Namespace:
    parser = command.parser(
        epilog=f"Reads {READS}, what Whisper, oTranscribe, noScribe, Otter, Teams, Zoom,"
        " Trint and TEI write, codebooks (.yaml, .qdc), REFI-QDA projects of other tools (.qdpx) and"
        " the projects of QualCoder (.qda), Taguette, RQDA (.rqda), requal, qc, brat and INCEpTION (WebAnno TSV),"
        " W3C Web Annotations (.jsonld) and lists of quotations (.csv, .xlsx); a folder is read with all below it.\n"
        "Without --speakers, labels that are certain become turns: those with time stamps, and those that"
        " repeat as in a conversation; on a terminal you are shown them first."
    )
    parser.add_argument("paths", nargs="+", metavar="PATH", help="files and folders")
    parser.add_argument(
        "--kind", default="transcript", help="transcript (default), notes, observation, survey, letter, ..."
    )
    parser.add_argument("--language", default="", help="a code of ISO 639 or an English name, as nl or Dutch")
    parser.add_argument("--date", default="", help="as 2024, 2024-05 or 2024-05-14")
    parser.add_argument("--name", help="the source's name, with one file (default: the file's name)")
    parser.add_argument("--speakers", default="auto", metavar="yes|no|FILE", help=SPEAKERS)
    parser.add_argument("--page-heads", default="yes", choices=("yes", "no"), help=_PAGE_HEADS)
    parser.add_argument("--again", action="store_true", help="take a file in once more, under another --name")
    parser.add_argument("--coder-name", default="", metavar="NAME", help="who coded where the project names nobody")
    parser.add_argument("--column", action="append", default=[], metavar="ROLE=NAME", help=_COLUMN)
    parser.add_argument("--offsets", default="auto", metavar="auto|WORDS", help=_OFFSETS)
    parser.add_argument("--dry-run", action="store_true", help="only show what would come in")
    add_form(parser)
    options = parser.parse_args(words)
    if options.again and not options.name:
        raise UsageError("--again needs --name: the same file under another name")
    if options.name and (len(options.paths) > 1 or Path(options.paths[0]).is_dir()):
        raise UsageError("--name goes with one file")
    if options.date:
        check_date(options.date)
    if options.column:
        from qda.io.tools.quotation_columns import parse_told

        parse_told(options.column)
    if options.offsets != "auto":
        from qda.io.refi.offsets import parse_convention

        parse_convention(options.offsets)
    options.language = language_of(options.language)
    return options


def _plan(options: argparse.Namespace, labels: str | frozenset[str]) -> Plan:
    """Read all files that are named or lie in a named folder."""
    from qda.cli.progress import Meter
    from qda.io.claims import is_claims
    from qda.io.incoming import CODEBOOKS, PROJECTS, find_files
    from qda.io.transcripts import is_transcript, read_transcript

    files, refused, left_out = find_files(options.paths)
    plan, tables = Plan([], [], [], refused, left_out), 0
    if not files and not plan.refused:
        plan.refused.append(f"{', '.join(options.paths)}: no files are in it")
    with Meter("reading", len(files)) as meter:
        for file, named in files:
            meter.step()
            if file.suffix.lower() in CODEBOOKS:
                plan.codebooks.append(file)
            elif is_project_file(file, told=bool(options.column)):
                plan.projects.append(file)
            elif is_claims(file):
                said = plan.refused if named else plan.left_out
                said.append(f"{file}: it holds claims; 'qda claims import' takes them in")
            elif not named and not (file.suffix and (is_transcript(file) or file.suffix.lower() in PROJECTS)):
                plan.left_out.append(f"{file}: left out, it is no transcript")
                tables += file.suffix.lower() in _TABLES
            else:
                try:
                    plan.transcripts.append((file, read_transcript(file, speakers=labels)))
                except QdaError as error:
                    plan.refused.append(str(error))
    if tables:
        plan.left_out.append(_BESIDE)
    if not (plan.transcripts or plan.codebooks or plan.projects or plan.refused):
        plan.refused.append(f"{', '.join(options.paths)}: no transcripts and no codebooks are in it")
    return plan


def _take_in(command: Command, options: argparse.Namespace, plan: Plan, roles: Mapping[str, str]) -> None:
    from qda.cli.codebook import read
    from qda.cli.progress import Meter

    study = command.study
    for file in plan.codebooks:
        try:
            new, changed = study.codebook.import_codebook(read(str(file)), f"codebook from {file.name}", file.name)
            command.say(f"{file}: codebook, {many(new, 'new code')}, {changed} changed")
        except QdaError as error:
            plan.refused.append(str(in_file(error, str(file))))
    with Meter("taking in", len(plan.transcripts)) as meter:
        for file, transcript in plan.transcripts:
            meter.step()
            try:
                _take_one(command, options, file, transcript, roles)
            except QdaError as error:
                plan.refused.append(str(in_file(error, str(file))))


def _take_one(
    command: Command,
    options: argparse.Namespace,
    file: Path,
    transcript: Transcript,
    roles: Mapping[str, str],
) -> None:
    from qda.io.incoming import came_in, known_speakers

    transcript = wanted(options, transcript)
    added = command.study.sources.add(
        transcript,
        speakers=known_speakers(transcript, roles),
        kind=options.kind,
        language=options.language,
        date=options.date,
        name=options.name,
        again=options.again,
    )
    if not added.new:
        command.say(f"{file}: is here already as '{added.name}' (--again --name NAME takes it in once more)")
        return
    first, *more = came_in(transcript, added)
    command.say(f"{file}: {first}")
    for sentence in more:
        command.say(f"  {sentence}")
