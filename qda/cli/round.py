"""`qda round`: rounds of coding apart, blind or open: make, show, hand out, hand in, reveal."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from qda.cli.adjudicating import ACTIONS, add_adjudication
from qda.cli.command import add_form
from qda.cli.given import check_output, number_of
from qda.cli.parsing import add_action, add_actions
from qda.errors import UsageError
from qda.model.nouns import many
from qda.model.rounds import PRIMARY_STATS, Primary, Terms, read_primary

if TYPE_CHECKING:
    import argparse

    from qda.cli.command import Command
    from qda.store import Study

_BLIND = (
    "In a blind round nobody sees what others code in its sources, until it is revealed: not in the text, in counts,"
    " reports, searches, memos or the history. It guards against accident, not intent: the file holds it all. Who"
    " must not be able to look gets a copy without it.\nThe codebook is frozen meanwhile; a new code is its coder's"
    " own proposal until the reveal."
)

_OUT = (
    "The file is a study like any other: 'qda --study FILE' opens it, 'qda round submit' works there. It holds the"
    " sources that are assigned to the coder, the codebook as it is, and the coder's own work; nothing of anybody"
    " else's. 'qda merge FILE' brings it back."
)


def run(command: Command, words: list[str]) -> None:
    """List rounds, make one, hand it in or reveal it."""
    parser = command.parser(epilog=_BLIND)
    actions = add_actions(parser)
    listing = add_action(actions, "list", "list the rounds")
    show = add_action(actions, "show", "who has which part of a round, and who has handed it in")
    new = add_action(actions, "new", "make a round: the same parts for each of its coders", _BLIND)
    judge = add_action(actions, "judge", "judge a round by another coefficient; the report says when that was changed")
    submit = add_action(actions, "submit", "hand in your part: what counts is what you have coded by now")
    out = add_action(
        actions, "hand-out", "write a study file with what one coder needs, and nothing of the others", _OUT
    )
    reveal = add_action(actions, "reveal", "let everybody see a round; what is coded later is no part of it")
    for form in (listing, show):
        add_form(form)
    for one in (show, new, judge, submit, out, reveal):
        one.add_argument("name", help="name of the round")
    _add_parts(new)
    _add_primary(new)
    _add_primary(judge)
    out.add_argument("--coder", required=True, metavar="NAME", help="for whom")
    out.add_argument("-o", "--output", required=True, metavar="FILE", help="a new file, such as bram.db")
    reveal.add_argument("--anyway", action="store_true", help="leave those out who have not handed in")
    add_adjudication(actions)
    options = parser.parse_args(words or ["list"])
    _ACTIONS[options.action](command, options)


def _add_parts(new: argparse.ArgumentParser) -> None:
    new.add_argument("--for", dest="coders", action="append", default=[], metavar="CODER", help="who codes (twice)")
    new.add_argument("--source", action="append", default=[], metavar="NAME", help="only this source (default: all)")
    new.add_argument("--number", metavar="N", help="draw so many of them")
    new.add_argument("--share", metavar="PERCENT", help="draw this share of them, as 20")
    new.add_argument("--by", default="", metavar="ATTRIBUTE", help="draw from each of its values alike (or kind, ...)")
    new.add_argument("--seed", default="1", metavar="WORDS", help="the same seed draws the same again (default: 1)")
    new.add_argument("--stretches", metavar="CHARACTERS", help="stretches of about this length, not whole sources")
    new.add_argument("--open", action="store_true", help="everybody sees everything")
    new.add_argument("--gold", default="", metavar="CODER", help="a training round, measured against this coder")


def _add_primary(one: argparse.ArgumentParser) -> None:
    one.add_argument("--stat", default="", metavar="NAME", help="what it is judged by (default: alpha_nominal)")
    one.add_argument("--unit", default="char", metavar="|".join(PRIMARY_STATS), help="counted in (default: char)")
    one.add_argument("--rule", default="", metavar="any|majority", help="for turns and sentences: when one is coded")
    one.add_argument("--threshold", default="0.8", metavar="VALUE", help="what it should reach (default: 0.8)")


def _primary(options: argparse.Namespace) -> Primary:
    return read_primary(options.stat, options.unit, options.rule, options.threshold)


def _new(command: Command, options: argparse.Namespace) -> None:
    from qda.store.drawing import Sampling, make_round
    from qda.store.standing import standing

    primary, study = _primary(options), command.study
    length = number_of(options.stretches, "--stretches", least=1) if options.stretches else 0
    number = number_of(options.number, "--number", least=1) if options.number else 0
    share = number_of(options.share.rstrip("%").strip(), "--share", least=1) if options.share else 0
    sampling = Sampling(number, share, options.by, options.seed, length)
    terms = Terms(not options.open, options.gold, primary)
    made = make_round(study, options.name, options.coders, options.source, sampling, terms)
    here = standing(study, made)
    what = many(here.parts, "source") if not length else many(here.parts, "stretch", "stretches")
    command.say(
        f"Made the {here.kind} round '{made.name}': {what} for {' and '.join(here.coders)}"
        f" ({made.drawn}); judged by {primary.said}."
    )


def _list(command: Command, options: argparse.Namespace) -> None:
    from qda.store.standing import standing

    study, rows = command.study, []
    for one in study.rounds.all():
        here = standing(study, one)
        rows.append((one.name, here.kind, here.said, one.primary.said, one.drawn, one.version))
    columns = ("round", "kind", "state", "judged_by", "drawn", "codebook_version")
    command.show(columns, rows, options, "There are no rounds yet; make one with 'qda round new NAME --for A --for B'.")


def _show(command: Command, options: argparse.Namespace) -> None:
    study = command.study
    one = study.rounds.get(options.name)
    names = {coder.key: coder.name for coder in study.coders.all()}
    sources = {source.key: source.name for source in study.sources.all()}
    submitted = study.rounds.submitted(one.key)
    rows = [
        (
            sources.get(part.source, ""),
            None if part.whole else part.start,
            None if part.whole else part.end,
            names[coder],
            "handed in" if coder in submitted else "open",
        )
        for coder, part in study.rounds.assignments(one.key)
    ]
    command.show(("source", "start", "end", "coder", "state"), rows, options, "Nothing is assigned.")


def _judge(command: Command, options: argparse.Namespace) -> None:
    command.study.rounds.judge_by(options.name, _primary(options))


def _submit(command: Command, options: argparse.Namespace) -> None:
    begun = _begun(command.study, options.name)
    one = command.study.rounds.submit(options.name)
    command.say(f"Handed in: what you code later in these sources is no part of the round '{one.name}'.")
    if begun:
        command.say(f"You had not said that you are done with {', '.join(begun)}; now it counts as done.")


def _begun(study: Study, name: str) -> list[str]:
    """The sources of a round in which the current coder said to be still at work."""
    me = study.coders.key(study.coder) if study.coder else None
    mine = {each.part.source for each in study.rounds.assignments(study.rounds.get(name).key) if each.coder == me}
    at_work = {
        source
        for source, coder, layer, state, _ in study.progress.by_keys()
        if coder == me and not layer and state == "in progress"
    }
    return [source.name for source in study.sources.all() if source.key in mine & at_work]


def _hand_out(command: Command, options: argparse.Namespace) -> None:
    from qda.store.handout import hand_out

    check_output(options.output)
    if options.output == "-":
        raise UsageError("a hand-out is a file; name it, such as -o bram.db")
    held = hand_out(command.study, options.name, options.coder, Path(options.output))
    command.say(
        f"{options.output} holds {held}, and nothing of anybody else's; 'qda --study {options.output}' opens it, and"
        f" 'qda merge {options.output}' brings it back."
    )


def _reveal(command: Command, options: argparse.Namespace) -> None:
    one = command.study.rounds.reveal(options.name, anyway=options.anyway)
    command.say(f"The round '{one.name}' is revealed: everybody sees it now.")


_ACTIONS = {
    "list": _list,
    "show": _show,
    "new": _new,
    "judge": _judge,
    "submit": _submit,
    "hand-out": _hand_out,
    "reveal": _reveal,
    **ACTIONS,
}
