"""The options that select what a report or export counts; the same everywhere."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from qda.errors import UsageError
from qda.model.nouns import plain_name
from qda.model.selection import SELECTION_LAYERS, Selection

if TYPE_CHECKING:
    import argparse


LAYERS = "final (default): the consensus where there is one, else all coders; independent: what each coded alone"
_WHERE = "only words that carry this value, as country=NL"
_QUERY = "only codings on words that this query finds: its name, or the query itself (see 'qda query --help')"
_WITHIN = "where --by names a code: its subcode overlaps the passage (default), or stands in the same turn"


def add_selection(parser: argparse.ArgumentParser) -> None:
    """The options of a selection."""
    group = parser.add_argument_group("what is counted")
    group.add_argument(
        "--code", action="append", default=[], metavar="PATH", help="this code and its subcodes (may stand twice)"
    )
    group.add_argument("--no-subcodes", action="store_true", help="only the codes named, without their subcodes")
    group.add_argument("--coder", action="append", default=[], metavar="NAME", help="only codings of this coder")
    group.add_argument("--layer", default="", metavar="|".join(SELECTION_LAYERS), help=LAYERS)
    group.add_argument("--source", action="append", default=[], metavar="NAME", help="only this source")
    group.add_argument("--kind", action="append", default=[], help="only sources of this kind, as notes")
    group.add_argument("--cases", default="", metavar="KIND", help="which kind of cases (default: the first)")
    group.add_argument("--where", action="append", default=[], metavar="ATTRIBUTE=VALUE", help=_WHERE)
    group.add_argument(
        "--by",
        action="append",
        default=[],
        metavar="ATTRIBUTE",
        help="compare by this attribute or family of codes (may stand again)",
    )
    group.add_argument("--by-within", default="overlap", metavar="overlap|turn", help=_WITHIN)
    group.add_argument("--roles", default="respondent", metavar="ROLE,...", help="who is counted (default: respondent)")
    group.add_argument("--query", default="", metavar="QUERY", help=_QUERY)
    group.add_argument("--roll-up", action="store_true", help="merge subcodes into the codes above them")


def selection_of(options: argparse.Namespace, user: str = "") -> Selection:
    """The selection that the options say.

    Args:
        options: What was written.
        user: The report or export that it is for, as in `_NAMES`; one that has no use for an option refuses it.

    Raises:
        UsageError: An option is not well formed, has no use here, or goes against another.
    """
    if options.by_within not in ("overlap", "turn"):
        raise UsageError(f"--by-within is overlap or turn, not '{options.by_within}'")
    selection = Selection(
        codes=tuple(options.code),
        subcodes=not options.no_subcodes,
        coders=tuple(options.coder),
        layer=options.layer,
        sources=tuple(options.source),
        kinds=tuple(options.kind),
        cases=options.cases,
        where=tuple(_condition(words) for words in options.where),
        by=tuple(options.by),
        by_within=options.by_within,
        roles=tuple(role.strip() for role in options.roles.split(",") if role.strip()),
        roll_up=options.roll_up,
        query=options.query,
    )
    _check_together(selection)
    if user:
        _check_used(selection, user, within=getattr(options, "within", ""))
    return selection


def _condition(words: str) -> tuple[str, str]:
    name, sign, value = words.partition("=")
    if not sign or not name.strip():
        raise UsageError(f"--where takes ATTRIBUTE=VALUE, not '{words}'")
    return name.strip(), value.strip()


def _check_together(selection: Selection) -> None:
    """Refuse options of which one takes back what another says, or says nothing without another."""
    if selection.layer == "consensus" and selection.coders:
        raise UsageError("the consensus is nobody's own coding; leave out --coder, or --layer consensus")
    if not (selection.subcodes or selection.codes):
        raise UsageError("--no-subcodes goes with --code: it leaves out the subcodes of the codes that are named")
    seen: set[str] = set()
    for name in selection.by:
        if plain_name(name) in seen:
            raise UsageError(f"--by names '{name}' twice; name two different things, or one")
        seen.add(plain_name(name))
    if selection.by_within != "overlap" and not selection.by:
        raise UsageError("--by-within goes with --by and the path of a code")


# Who takes the options that not everybody has a use for. Where `--where` stands, cases and roles tell whose words
# carry a value, and everybody has a use for them.
_NAMES = {
    "frequency": "qda report frequency",
    "cooccurrence": "qda report cooccurrence",
    "comparison": "qda report comparison",
    "crosstab": "qda report crosstab",
    "spectrum": "qda report spectrum",
    "framework": "qda report framework",
    "joint": "qda report joint",
    "saturation": "qda report saturation",
    "timeline": "qda report timeline",
    "portrait": "qda report portrait",
    "quotes": "qda report quotes",
    "coverage": "qda report coverage",
    "codebook": "qda report codebook",
    "excerpts": "qda report excerpts",
    "claims": "qda report claims",
    "agreement": "qda report agreement",
    "markdown": "qda export markdown",
    "docx": "qda export docx",
    "tagged": "qda export tagged",
    "codings": "qda codings export",
}
# What counts persons and cases, or prints who they are.
_SUBJECTS = (
    "frequency",
    "comparison",
    "crosstab",
    "spectrum",
    "framework",
    "joint",
    "timeline",
    "quotes",
    "excerpts",
    "markdown",
)
_TAKERS: dict[str, tuple[str, ...]] = {
    "by": ("comparison", "crosstab", "framework", "joint", "quotes"),
    "by_within": ("comparison", "crosstab", "joint", "quotes"),
    "roll_up": (
        "frequency",
        "cooccurrence",
        "comparison",
        "crosstab",
        "saturation",
        "timeline",
        "portrait",
        "quotes",
        "agreement",
    ),
    "cases": _SUBJECTS,
    "roles": _SUBJECTS,
}


# Who takes no query, and why.
NO_QUERY = {
    "agreement": "what is compared would be chosen by the codings that are compared",
    "claims": "each claim says itself which words it is about",
}


def used_by(selection: Selection, user: str, *, within: str = "") -> Selection:
    """A selection without the options that a report has no use for; `within` is that of co-occurrence."""
    plain = Selection()
    unused = {option: getattr(plain, option) for option in _TAKERS if not _takes(selection, user, option, within)}
    return replace(selection, **unused, query="" if user in NO_QUERY else selection.query)


def _takes(selection: Selection, user: str, option: str, within: str) -> bool:
    if user in _TAKERS[option]:
        return True
    return option in ("cases", "roles") and (bool(selection.where) or (user == "cooccurrence" and within == "case"))


def _check_used(selection: Selection, user: str, *, within: str) -> None:
    if selection.query and user in NO_QUERY:
        raise UsageError(f"'{_NAMES[user]}' takes no --query: {NO_QUERY[user]}")
    kept = used_by(selection, user, within=within)
    for option, takers in _TAKERS.items():
        if getattr(kept, option) != getattr(selection, option):
            sure = [f"'{_NAMES[taker]}'" for taker in takers]
            if option in ("cases", "roles"):
                sure += ["'qda report cooccurrence --within case'", "whatever has --where"]
            listed = " and ".join([", ".join(sure[:-1]), sure[-1]] if len(sure) > 1 else sure)
            written = option.replace("_", "-")
            raise UsageError(f"'{_NAMES[user]}' has no use for --{written}; it goes with {listed}")
