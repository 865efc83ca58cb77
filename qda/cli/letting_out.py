"""Names that would go out: what is said of them, name by name, and on a terminal what is asked."""

from __future__ import annotations

import shlex
import sys
from typing import TYPE_CHECKING

from qda.errors import QdaError
from qda.model.nouns import many

if TYPE_CHECKING:
    from qda.cli.command import Command
    from qda.io.leaking import Leak

_NAMES, _PLACES = 20, 2
"""How many names are listed, and how many places of each."""
_WITHHELD = "withheld words"
_STOPPED = "stopped; nothing was written"
_NAME = "May it go out? a: anywhere; p: ask place by place; anything else stops > "
_PLACE = "May it go out? y: yes, in this place; anything else stops > "


def refusal(leaks: list[Leak]) -> str:
    """In one sentence what would leak, and how it is decided on; the list goes before it."""
    named = _by_name(leaks)
    for name, places in list(named.items())[:_NAMES]:
        sys.stderr.write(f"  {_summary(name, places)}\n")
        if name != _WITHHELD:
            sys.stderr.write(f"    qda leaks allow {shlex.quote(name)} --everywhere\n")
    more = f"; the first {_NAMES} are listed" if len(named) > _NAMES else ""
    return (
        f"{many(len(leaks), 'place')} of {many(len(named), 'name')} would go out{more}, and nothing was written; let a"
        " name out with the command below it (with the words of a place instead of --everywhere: there only), black"
        " names out in the texts with 'qda sensitive names', or give a pseudonym with 'qda pseudonyms set'"
    )


def ask(command: Command, leaks: list[Leak]) -> None:
    """Ask of each name whether it may go out, anywhere or place by place; remember what is said.

    Raises:
        QdaError: The user stops.
    """
    named = _by_name(leaks)
    for number, (name, places) in enumerate(named.items(), start=1):
        sys.stderr.write(f"\n{number} of {len(named)}: {_summary(name, places)}\n")
        said = "p" if name == _WITHHELD else _answer(_NAME)
        if said in ("a", "anywhere"):
            _allow(command, [(name, "")])
        elif said in ("p", "place"):
            _ask_places(command, places)
        else:
            raise QdaError(_STOPPED)


def _ask_places(command: Command, places: list[Leak]) -> None:
    """Ask of each place of a name; those that were let out before the user stops stay so."""
    let: list[tuple[str, str]] = []
    try:
        for number, leak in enumerate(places, start=1):
            sys.stderr.write(f"  place {number} of {len(places)}: … {leak.words} …\n")
            if _answer(_PLACE) not in ("y", "yes"):
                raise QdaError(_STOPPED)
            let.append((leak.name, leak.words))
    finally:
        if let:
            _allow(command, let)


def _allow(command: Command, places: list[tuple[str, str]]) -> None:
    command.study.leaks.allow(places, "decided when asked")


def _answer(question: str) -> str:
    sys.stderr.write(question)
    sys.stderr.flush()
    return sys.stdin.readline().strip().casefold()


def _by_name(leaks: list[Leak]) -> dict[str, list[Leak]]:
    """The places of each name, the name with most places first; what is withheld before all."""
    named: dict[str, list[Leak]] = {}
    for leak in leaks:
        named.setdefault(_WITHHELD if leak.secret else leak.name, []).append(leak)
    return dict(sorted(named.items(), key=lambda one: (one[0] != _WITHHELD, -len(one[1]), one[0])))


def _summary(name: str, places: list[Leak]) -> str:
    """A name with the number of its places, and some of these, as a decision takes them."""
    shown = "".join(f"\n    {'qda leaks allow ' if one.secret else ''}'{one.words}'" for one in places[:_PLACES])
    more = ", of which two are" if len(places) > _PLACES else ""
    return f"{name}: {many(len(places), 'place')}{more}{shown}"
