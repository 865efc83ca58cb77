"""`qda merge`: a hand-out, or any other copy of the study, comes back into it."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from qda.cli.command import add_form, on_terminal
from qda.errors import ConflictError, QdaError
from qda.model.nouns import many

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator

    from qda.cli.command import Command
    from qda.store.merge import Conflict, Merged

_SAID = (
    "Takes in what FILE has and the study has not, and takes away what was removed there since the copy was made."
    " FILE is never written. It is one action: 'qda undo' takes it all back. Merging the same file again changes"
    " nothing.\nWhere both changed the same thing, that of the study stays and is listed, unless you say --theirs."
    " Codes that say different things are asked for one by one, or decided by --codebook."
)
_STATES = {0: "moved", 1: "to be reviewed", 2: "words gone"}


def run(command: Command, words: list[str]) -> None:
    """Merge a file into the study."""
    from qda.store.merge import Options, merge

    parser = command.parser(epilog=_SAID)
    parser.add_argument("file", help="the hand-out or copy")
    parser.add_argument("--codebook", default="", choices=("ours", "theirs"), metavar="ours|theirs", help="whose codes")
    parser.add_argument("--theirs", action="store_true", help="the copy has its way where both changed the same")
    parser.add_argument("--dry-run", action="store_true", help="show what would come in, and change nothing")
    parser.add_argument("--anyway", action="store_true", help="take in a file that is no copy of this study")
    add_form(parser)
    options = parser.parse_args(words)
    study, file = command.study, Path(options.file)
    how = {"codebook": options.codebook, "theirs": options.theirs, "anyway": options.anyway}
    try:
        done = merge(study, file, Options(**how, dry_run=options.dry_run))
    except ConflictError:
        conflicts = merge(study, file, Options(**how, dry_run=True)).conflicts
        if options.codebook or not conflicts:
            raise
        done = merge(study, file, Options(**how, choices=_decided(command, conflicts)))
    _report(command, options, done)


def _decided(command: Command, conflicts: list[Conflict]) -> dict[str, str]:
    """What somebody decides about each code in conflict.

    Raises:
        QdaError: Nobody is there to be asked, or they stop.
    """
    if conflicts and not on_terminal():
        for one in conflicts:
            command.say(one.sentence)
        raise QdaError(
            f"{many(len(conflicts), 'code')} to be decided: say --codebook ours or theirs; nothing was merged"
        )
    return {one.key: _ask(one) for one in conflicts}


def _ask(conflict: Conflict) -> str:
    sys.stderr.write(f"\n{conflict.sentence}\n")
    while True:
        sys.stderr.write("'o' keeps ours, 't' takes theirs, 'q' stops.\n> ")
        sys.stderr.flush()
        line = sys.stdin.readline()
        answer = line.strip().lower()
        if not line or answer in ("q", "quit"):
            raise QdaError("stopped; nothing was merged")
        if answer in ("o", "ours", "t", "theirs"):
            return "ours" if answer[0] == "o" else "theirs"


def _report(command: Command, options: argparse.Namespace, done: Merged) -> None:
    """Say what came in; what a blind round hides is counted only."""
    for sentence in _sentences(done, decided=bool(options.codebook) or not options.dry_run):
        command.say(sentence)
    if done.nothing:
        command.say("Nothing new.")
        return
    rows = [
        (one.what.replace("_", " "), one.coder, one.new, one.changed, one.removed, "hidden" if one.hidden else "")
        for one in done.counts
    ]
    command.show(("what", "coder", "new", "changed", "removed", "seen"), rows, options, "")
    if options.dry_run:
        command.say("Nothing was changed: this is what would come in.")


def _sentences(done: Merged, *, decided: bool) -> Iterator[str]:
    for one in () if decided else done.conflicts:
        yield f"to be decided: {one.sentence}"
    yield from done.kept
    if done.kept_hidden:
        yield f"{many(done.kept_hidden, 'thing')} that a blind round hides differed in both: see it after the reveal"
    for moved in done.followed:
        if moved.state or moved.old != moved.new:
            old, new = (f"{start}-{end}" for start, end in (moved.old, moved.new))
            yield f"{moved.code} of {moved.coder}, {old}, is at {new} now: {_STATES[moved.state]}"
    for count in done.counts:
        if count.hidden and count.new:
            plural = "queries" if count.what == "query" else ""
            yield f"{many(count.new, count.what, plural)} of {count.coder}, hidden until the round is revealed"
