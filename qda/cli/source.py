"""`qda source`: one source: correcting its text, its kind, language and date, its turns."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from qda.cli.command import add_form, check_output
from qda.errors import UsageError

if TYPE_CHECKING:
    import argparse

    from qda.cli.command import Command
    from qda.store.revisions import Edited

_STATES = {0: "in place", 1: "to be reviewed", 2: "words gone"}


def run(command: Command, words: list[str]) -> None:
    """Work on one source."""
    parser = command.parser()
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    edit = actions.add_parser("edit", help="give it a corrected text; codings follow their words")
    edit.add_argument("name")
    edit.add_argument("file", help="the corrected transcript")
    edit.add_argument("--speakers", default="auto", help="yes, no, or a file of labels")
    change = actions.add_parser("set", help="set its kind, language or date")
    change.add_argument("name")
    for field in ("kind", "language", "date"):
        change.add_argument(f"--{field}")
    show = actions.add_parser("turns", help="list its turns")
    show.add_argument("name")
    text = actions.add_parser("text", help="write its stored text")
    text.add_argument("name")
    text.add_argument("-o", "--output", metavar="FILE")
    for listing in (edit, show):
        add_form(listing)
    options = parser.parse_args(words)
    _ACTIONS[options.action](command, options)


def _edit(command: Command, options: argparse.Namespace) -> None:
    from qda.cli.reading import confirmed_labels, known_speakers
    from qda.io.transcripts import read_transcript
    from qda.store.revisions import edit_source

    check_output(options.output)
    study = command.study
    source = study.sources.get(options.name)
    labels, roles = confirmed_labels(options.speakers)
    if labels == "auto":
        known = frozenset(turn.label for turn in study.sources.turns(source.revision_key) if turn.label)
        labels = known or "auto"
    transcript = read_transcript(Path(options.file), speakers=labels)
    done = edit_source(study, options.name, transcript, known_speakers(transcript, roles))
    _report(command, options, done)


def _report(command: Command, options: argparse.Namespace, done: Edited) -> None:
    """Say what became of the codings; those that need a look are listed."""
    counts = {state: sum(coding.state == state for coding in done.codings) for state in _STATES}
    said = ", ".join(f"{count} {_STATES[state]}" for state, count in counts.items())
    command.say(f"{options.name} has revision {done.revision} now; codings: {said}")
    if done.memos_lost:
        command.say(f"{done.memos_lost} memos keep the place that they had in the older text")
    rows = [
        (_STATES[coding.state], coding.code, coding.coder, *coding.old, *coding.new, coding.words)
        for coding in done.codings
        if coding.state or options.format != "table"
    ]
    columns = ("state", "code", "coder", "old_start", "old_end", "start", "end", "text")
    command.show(columns, rows, options, "Nothing needs a look.")


def _set(command: Command, options: argparse.Namespace) -> None:
    from qda.store.attributes import check_value

    fields = {name: value for name in ("kind", "language", "date") if (value := getattr(options, name)) is not None}
    if not fields:
        raise UsageError("say what to set: --kind, --language or --date")
    if fields.get("date"):
        check_value("date", "date", fields["date"])
    command.study.sources.describe(options.name, **fields)


def _turns(command: Command, options: argparse.Namespace) -> None:
    study = command.study
    source = study.sources.get(options.name)
    names = {person.key: person.name for person in study.persons.all()}
    roles = {person.key: person.role for person in study.persons.all()}
    rows = [
        (
            *(turn.number, turn.start, turn.end, turn.label, turn.time_ms),
            *(names.get(turn.person or 0), roles.get(turn.person or 0), names.get(turn.speaks_for or 0)),
        )
        for turn in study.sources.turns(source.revision_key)
    ]
    columns = ("turn", "start", "end", "label", "time_ms", "person", "role", "speaks_for")
    command.show(columns, rows, options, f"'{options.name}' has no turns: nobody's label was recognised.")


def _text(command: Command, options: argparse.Namespace) -> None:
    study = command.study
    command.write(study.sources.text(study.sources.get(options.name).key), options.output)


_ACTIONS = {"edit": _edit, "set": _set, "turns": _turns, "text": _text}
