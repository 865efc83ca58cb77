"""`qda source`: one source: correcting its text, its kind, language and date, its turns."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from qda.cli.command import add_form
from qda.cli.given import check_date, check_output, language_of
from qda.cli.parsing import SPEAKERS, add_action, add_actions
from qda.errors import UsageError
from qda.model.nouns import many, many_are

if TYPE_CHECKING:
    import argparse

    from qda.cli.command import Command
    from qda.store.revisions import Edited

_STATES = {0: "in place", 1: "to be reviewed", 2: "words gone"}


def run(command: Command, words: list[str]) -> None:
    """Work on one source."""
    parser = command.parser()
    actions = add_actions(parser)
    edit = add_action(actions, "edit", "give a source a corrected text; codings follow their words")
    change = add_action(actions, "set", "set the kind, language or date of a source")
    show = add_action(actions, "turns", "list the turns of a source: who speaks where")
    text = add_action(actions, "text", "write the stored text of a source")
    for one in (edit, change, show, text):
        one.add_argument("name", help="name of the source")
    edit.add_argument("file", help="the corrected transcript (- is standard input)")
    edit.add_argument("--speakers", default="auto", metavar="yes|no|FILE", help=SPEAKERS)
    change.add_argument("--kind", help="transcript, notes, observation, survey, letter, or any word of yours")
    change.add_argument("--language", help="a code of ISO 639 or an English name, as nl or Dutch ('' for none)")
    change.add_argument("--date", help="as 2024, 2024-05 or 2024-05-14 ('' for none)")
    text.add_argument("-o", "--output", metavar="FILE", help="write to a file instead of the screen")
    for listing in (edit, show):
        add_form(listing)
    options = parser.parse_args(words)
    _ACTIONS[options.action](command, options)


def _edit(command: Command, options: argparse.Namespace) -> None:
    from qda.cli.reading import confirmed_labels
    from qda.io.files import DASH, shown, standard_input
    from qda.io.incoming import known_speakers
    from qda.io.transcripts import read_transcript
    from qda.store.revisions import edit_source

    check_output(options.output)
    study = command.study
    source = study.sources.get(options.name)
    labels, roles = confirmed_labels(options.speakers)
    if labels == "auto":
        known = frozenset(turn.label for turn in study.sources.turns(source.revision_key) if turn.label)
        labels = known or "auto"
    data = standard_input() if options.file == DASH else None
    transcript = read_transcript(Path(shown(options.file)), speakers=labels, data=data)
    done = edit_source(study, options.name, transcript, known_speakers(transcript, roles))
    _report(command, options, done)


def _report(command: Command, options: argparse.Namespace, done: Edited) -> None:
    """Say what became of the codings; those that need a look are listed."""
    counts = {state: sum(coding.state == state for coding in done.codings) for state in _STATES}
    said = ", ".join(f"{count} {_STATES[state]}" for state, count in counts.items())
    command.say(f"{options.name} has revision {done.revision} now; codings: {said}")
    if counts[1] or counts[2]:
        command.say("'qda codings flagged' lists what needs a look, now and later")
    if done.memos_lost:
        verb = "keeps" if done.memos_lost == 1 else "keep"
        command.say(f"{many(done.memos_lost, 'memo')} {verb} the old place, which is one in the older text")
    if any(done.cited):
        command.say(
            f"{many_are(done.cited.review, 'citation')} to be looked at, {done.cited.lost} lost the words cited;"
            " 'qda claims' lists the claims"
        )
    rows = [
        (_STATES[coding.state], coding.code, coding.coder, *coding.old, *coding.new, coding.words)
        for coding in done.codings
        if coding.state or options.format != "table"
    ]
    columns = ("state", "code", "coder", "old_start", "old_end", "start", "end", "text")
    command.show(columns, rows, options, "Nothing needs a look.")


def _set(command: Command, options: argparse.Namespace) -> None:
    fields = {name: value for name in ("kind", "language", "date") if (value := getattr(options, name)) is not None}
    if not fields:
        raise UsageError("say what to set: --kind, --language or --date")
    if fields.get("date"):
        check_date(fields["date"])
    if "language" in fields:
        fields["language"] = language_of(fields["language"])
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
