"""`qda settings`: what is set for everybody in the study."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qda.cli.command import add_form
from qda.errors import UsageError

if TYPE_CHECKING:
    from qda.cli.command import Command

_KNOWN = {"coder": "who works where nobody is named", "codebook": "the codebook's name"}
_KNOWN |= {
    "footnote": "the patterns of footnotes, as 'Interview with <role>, <date>'; docs/claims.md explains them",
    "totals": "numbers that you state; 'qda check' holds the registers against them, as 'persons role=respondent: 13'",
    "fieldwork": "when it was; 'qda check' says which sources are dated outside, as '2021-07..2021-10'",
    "grade rule": "by which claims are graded, as 'confirmed: sources >= 3 and against = 0; probable: sources >= 2'",
}


def run(command: Command, words: list[str]) -> None:
    """Show the settings, or change one."""
    listed = "\n".join(f"  {name:<11} {said}" for name, said in _KNOWN.items())
    parser = command.parser(epilog=f"settings:\n{listed}")
    parser.add_argument("name", nargs="?", help="which setting (without it: all)")
    parser.add_argument("value", nargs="?", help="its new value ('' removes it)")
    add_form(parser)
    options = parser.parse_args(words)
    settings = command.study.settings
    if options.name and options.name not in _KNOWN:
        raise UsageError(f"there is no setting '{options.name}'; settings are {', '.join(_KNOWN)}")
    if options.value:
        _check(options.name, options.value)
    if options.value is not None:
        settings.set(options.name, options.value)
        return
    names = [options.name] if options.name else list(_KNOWN)
    command.show(("name", "value"), [(name, settings.get(name)) for name in names], options, "")


def _check(name: str, value: str) -> None:
    """Refuse a value that could not be used."""
    from qda.model.footnotes import parse_patterns
    from qda.model.grading import parse_rule
    from qda.model.stated import parse_totals, parse_windows

    if name == "footnote":
        parse_patterns(value)
    if name == "grade rule":
        parse_rule(value)
    if name == "totals":
        parse_totals(value)
    if name == "fieldwork":
        parse_windows(value)
