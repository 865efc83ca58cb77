"""`qda round disagreements`, `decide`, `agree`, `reopen`, `done`: from where coders are apart to a consensus."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from qda.cli.command import add_form
from qda.cli.given import number_of
from qda.cli.parsing import add_action
from qda.errors import UsageError
from qda.model.decisions import MODES
from qda.model.nouns import many
from qda.model.selection import Selection

if TYPE_CHECKING:
    import argparse

    from qda.cli.command import Command
    from qda.cli.parsing import Actions
    from qda.reports.adjudication.deciding import Wanted
    from qda.reports.adjudication.worklist import Item, WorkList

_PLACES = (
    "ROUND is a round that is revealed; '-' compares codings as they are, of the coders and in the sources that are"
    " named. What the coders coded stays as it is; what is taken is in the consensus."
)
_SPAN = re.compile(r"(\d{1,18})[:-](\d{1,18})")
_ENDS = "union|intersection|lead:NAME"


def add_adjudication(actions: Actions) -> None:
    """Add the actions of an adjudication to those of a round."""
    listing = add_action(actions, "disagreements", "every place of a round: who coded what, what was decided", _PLACES)
    decide = add_action(
        actions, "decide", "decide on places of a round; again: in the place of what was decided", _PLACES
    )
    agree = add_action(actions, "agree", "take over what all coders agree on, with a rule for its ends", _PLACES)
    reopen = add_action(actions, "reopen", "take decisions away: their places are open again", _PLACES)
    done = add_action(actions, "done", "record the consensus as done in sources where nothing is open", _PLACES)
    for one in (listing, decide, agree, reopen, done):
        one.add_argument("name", metavar="ROUND", help="name of the round, or -")
        one.add_argument("--source", action="append", default=[], metavar="NAME", help="only this source")
        one.add_argument("--coder", action="append", default=[], metavar="NAME", help="with -: only this coder (twice)")
    for one in (decide, reopen):
        one.add_argument("places", nargs="+", metavar="PLACE", help="number or id of a place in the list")
    listing.add_argument("--code", default="", metavar="PATH", help="only places with this code")
    listing.add_argument("--kind", default="", metavar="KIND", help="only places of this kind, as missed")
    listing.add_argument("--open", action="store_true", help="only what is not decided")
    listing.add_argument("--context", default="40", metavar="CHARACTERS", help="words around each place (default: 40)")
    add_form(listing)
    decide.add_argument("--take", default="", metavar="CODER|all|none|recode", help="what is taken")
    decide.add_argument("--span", action="append", default=[], metavar="START:END", help="a new span instead")
    decide.add_argument("--code", action="append", default=[], metavar="PATH", help="its code, if it is another")
    for one in (decide, agree):
        one.add_argument("--ends", default="union", metavar=_ENDS, help="where agreed codes begin and end")
        one.add_argument("--mode", default=MODES[0], metavar="|".join(MODES), help="how it was decided")
        one.add_argument("--reason", default="", metavar="WORDS", help="why")
        one.add_argument("--dry-run", action="store_true", help="say what would be taken, and change nothing")


def _work(command: Command, options: argparse.Namespace) -> WorkList:
    """The whole list, so that a place has its number whatever is shown of it."""
    from qda.reports.adjudication.worklist import work_list

    alone = options.name == "-"
    if options.coder and not alone:
        raise UsageError("--coder goes with '-' in the place of a round: a round has its own coders")
    for name in options.source:
        command.study.sources.get(name)
    selection = Selection(coders=tuple(options.coder))
    return work_list(command.study, "" if alone else options.name, selection)


def _list(command: Command, options: argparse.Namespace) -> None:
    from qda.reports.adjudication.listing import COLUMNS, rows
    from qda.reports.agreement.disagreements import KINDS

    if options.kind and options.kind not in KINDS:
        raise UsageError(f"--kind is one of {', '.join(KINDS)}, not '{options.kind}'")
    room = number_of(options.context, "--context")
    work, study = _work(command, options), command.study
    code = study.codebook.tree().named(options.code).key if options.code else None
    items = [
        item
        for item in _in_sources(command, options, work)
        if (not options.kind or options.kind in item.place.kinds)
        and (code is None or code in item.place.codes)
        and (not options.open or item.is_open)
    ]
    columns: tuple[str, ...] = COLUMNS
    made = rows(study, work, items, room)
    if options.format in ("table", "md"):
        columns = ("place", "source", "kinds", "words", "coders", "state", "decision")
        made = [
            (row[0], row[2], row[5], f"{row[7]}[{row[8]}]{row[9]}".replace("\n", " "), row[10], row[6], row[11])
            for row in made
        ]
    for note in work.notes:
        command.say(f"note: {note}")
    command.show(columns, made, options, "There is no such place.")
    command.say(f"{work.decided} of {many(len(work.items), 'place')} decided.")


def _in_sources(command: Command, options: argparse.Namespace, work: WorkList) -> list[Item]:
    wanted = {command.study.sources.get(name).key for name in options.source}
    return [item for item in work.items if not wanted or item.source.key in wanted]


def _wanted(command: Command, options: argparse.Namespace, spans: list[str], codes: list[str]) -> Wanted:
    from qda.reports.adjudication.deciding import Wanted

    if options.mode not in MODES:
        raise UsageError(f"--mode is {' or '.join(MODES)}, not '{options.mode}'")
    cut = []
    for words in spans:
        found = _SPAN.fullmatch(words)
        if not found:
            raise UsageError(f"--span is START:END in characters, as 120:180, not '{words}'")
        cut.append((int(found[1]), int(found[2])))
    tree = command.study.codebook.tree()
    keys = tuple(tree.named(path).key for path in codes)
    take = getattr(options, "take", "")
    return Wanted(take, tuple(cut), keys, options.ends, options.mode, options.reason)


def _decide(command: Command, options: argparse.Namespace) -> None:
    from qda.reports.adjudication.deciding import decide, ruling, said

    if not options.take and not options.span:
        raise UsageError("say what is taken: --take CODER, all, none or recode, or a new --span START:END")
    if options.take and options.span:
        raise UsageError("--take and --span say two things; give one of them")
    work = _work(command, options)
    wanted = _wanted(command, options, options.span, options.code)
    items = list(dict.fromkeys(work.get(words) for words in options.places))
    if options.dry_run:
        for item in items:
            command.say(f"Would be decided: {said(work, [item], [ruling(work, item, wanted)])}")
        return
    made = decide(command.study, work, items, wanted)
    command.say(f"Decided: {said(work, items, made)}. {_left(_work(command, options))}")


def _agree(command: Command, options: argparse.Namespace) -> None:
    from qda.reports.adjudication.deciding import agree, agreed_rulings

    work, wanted = _work(command, options), _wanted(command, options, [], [])
    sources = {command.study.sources.get(name).key for name in options.source}
    if options.dry_run:
        made, left = agreed_rulings(work, wanted, sources)
    else:
        made, left = agree(command.study, work, wanted, sources)
    for item in left:
        command.say(f"Place {item.number} stays open: by this rule nothing of it is left.")
    if options.dry_run:
        command.say(f"{many(len(made), 'place')} would be taken over, ends by {options.ends}.")
        return
    command.say(f"Took over {many(len(made), 'agreed place')}. {_left(_work(command, options))}")


def _reopen(command: Command, options: argparse.Namespace) -> None:
    work = _work(command, options)
    items = dict.fromkeys(work.get(words) for words in options.places)
    keys = list(dict.fromkeys(item.decision.key for item in items if item.decision is not None))
    command.study.decisions.withdraw(keys)
    command.say(f"{many(len(keys), 'decision')} taken away. {_left(_work(command, options))}")


def _done(command: Command, options: argparse.Namespace) -> None:
    from qda.reports.adjudication.deciding import finish

    work = _work(command, options)
    names = finish(command.study, work, options.source)
    command.say(f"The consensus is done in {', '.join(names) or 'no other source'}. {_left(work)}")


def _left(work: WorkList) -> str:
    return f"{work.decided} of {many(len(work.items), 'place')} decided."


ACTIONS = {"disagreements": _list, "decide": _decide, "agree": _agree, "reopen": _reopen, "done": _done}
