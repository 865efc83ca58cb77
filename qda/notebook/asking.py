"""What a report can be asked in Python: the options of `qda report`, each a keyword."""

from __future__ import annotations

from inspect import Parameter, Signature
from typing import TYPE_CHECKING, Any

from qda.errors import UsageError
from qda.reports.options import OPTIONS
from qda.reports.registry import REPORTS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from qda.notebook.report import OpenReport

# The options that choose what is counted; which of them a report has a use for, it says itself.
SELECTING = {
    "code": "this code and its subcodes",
    "no_subcodes": "True: only the codes named, without their subcodes",
    "coder": "only codings of this coder",
    "layer": "'final', 'independent' or 'consensus'",
    "source": "only this source",
    "kind": "only sources of this kind",
    "cases": "which kind of cases",
    "where": "only words with these values of attributes: {'country': 'NL'}",
    "by": "compare by this attribute or family of codes",
    "by_within": "'overlap' or 'turn', where `by` is a code",
    "roles": "whose words are counted: 'respondent'",
    "query": "only codings on words that this query finds",
    "roll_up": "True: merge subcodes into the codes above them",
}


def words_of(name: str, options: dict[str, Any]) -> list[str]:
    """The words of `qda report` that ask for the same.

    Raises:
        UsageError: There is no such report, or it takes no option of that name.
    """
    if name not in REPORTS:
        raise UsageError(f"there is no report '{name}'; reports are {', '.join(REPORTS)}")
    own = {option.name: option.help for option in OPTIONS.get(name, ())}
    words = [name]
    for option, given in options.items():
        if option not in SELECTING and option not in own:
            raise UsageError(f"the report '{name}' takes no '{option}'; it takes {', '.join((*own, *SELECTING))}")
        flag = f"--{option.replace('_', '-')}"
        words += [flag if value is True else f"{flag}={value}" for value in _values(option, given)]
    return words


def _values(option: str, given: Any) -> list[Any]:
    """The values of an option, one by one; none where it is not asked for."""
    if given is None or given is False:
        return []
    if isinstance(given, dict):
        return [f"{name}={value}" for name, values in given.items() for value in _listed(values)]
    if option == "roles":
        return [",".join(map(str, _listed(given)))]
    return list(_listed(given))


def _listed(given: Any) -> Iterable[Any]:
    """What was given as several things; a word is one."""
    return given if isinstance(given, (list, tuple, set, frozenset)) else [given]


class Reports:
    """All reports of a study, each a function: `study.reports.comparison(by="host_country")`.

    A notebook offers their names, and what each can be asked, when the tabulator key is pressed.
    """

    def __init__(self, ask: Callable[..., OpenReport]) -> None:
        self._ask = ask

    def __dir__(self) -> list[str]:
        return list(REPORTS)

    def __repr__(self) -> str:
        return "\n".join(f"{name:<13} {said}" for name, said in REPORTS.items())

    def __getattr__(self, name: str) -> Callable[..., OpenReport]:
        """The report of a name, as a function with its options.

        Raises:
            AttributeError: There is no such report.
        """
        if name not in REPORTS:
            raise AttributeError(f"there is no report '{name}'; reports are {', '.join(REPORTS)}")
        ask = self._ask

        def asked(**options: Any) -> OpenReport:
            return ask(name, **options)

        own = {option.name: option.help for option in OPTIONS.get(name, ())}
        asked.__name__ = asked.__qualname__ = name
        listed = "\n".join(f"    {option}: {said}" for option, said in {**own, **SELECTING}.items())
        asked.__doc__ = f"{REPORTS[name][:1].upper()}{REPORTS[name][1:]}.\n\nArgs:\n{listed}\n"
        keywords = [Parameter(one, Parameter.KEYWORD_ONLY, default=None) for one in (*own, *SELECTING)]
        asked.__signature__ = Signature(keywords)  # type: ignore[attr-defined]
        return asked
