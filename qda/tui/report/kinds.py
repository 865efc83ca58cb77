"""What the screen knows of single reports beyond the registry: their options, what they count, their chart.

A report that is new in the registry needs no line here; it appears with the plain selection, its table and its
evidence. A line gives it options in the form and a chart.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Any, NamedTuple

from qda.model.selection import Selection
from qda.reports import behind

if TYPE_CHECKING:
    from collections.abc import Mapping

    from qda.reports.report import Report

Codes = Callable[["Report", int, int], tuple[str, ...]]


class Option(NamedTuple):
    """An option of one report: its values with what they mean, the first unless somebody chooses.

    `number` says what any number would mean, where one may be typed.
    """

    name: str
    label: str
    values: tuple[tuple[Any, str], ...]
    number: str = ""


class Kind(NamedTuple):
    """One report: which parts of a selection it has a use for beyond the common ones, and how its cells open."""

    title: str
    uses: tuple[str, ...] = ()
    options: tuple[Option, ...] = ()
    codes: Codes = behind.plain_codes
    chart: str = ""
    most_by: int = 2


_NO_YES = ((False, "no"), (True, "yes"))

KINDS = {
    "frequency": Kind(
        "Frequency",
        uses=("roll_up", "cases", "roles"),
        codes=behind.row_code,
        chart="bars",
    ),
    "cooccurrence": Kind(
        "Co-occurrence",
        uses=("roll_up",),
        options=(
            Option(
                "within",
                "Codes meet in",
                (
                    ("overlap", "overlapping passages"),
                    ("turn", "one turn"),
                    ("source", "one source"),
                    ("case", "one case"),
                    ("1t", "one turn or the next"),
                    ("3t", "at most three turns apart"),
                ),
                number="at most {} characters apart",
            ),
            Option("follows", "In this order", ((False, "either way"), (True, "the column's after the row's"))),
            Option("pool", "Let coders meet", _NO_YES),
            Option("measure", "Figure", (("count", "how often they meet"), ("row", "passages of the row that meet"))),
            Option("long", "A row a pair", _NO_YES),
        ),
        codes=behind.pair_of,
        chart="heat",
    ),
    "comparison": Kind(
        "Comparison",
        uses=("by", "by_within", "roll_up", "cases", "roles"),
        options=(Option("test", "Test shares", ((False, "no"), (True, "yes (exact, Holm)"))),),
        codes=behind.row_code,
        chart="heat",
    ),
    "crosstab": Kind(
        "Crosstab",
        uses=("by", "by_within", "roll_up", "cases", "roles"),
        most_by=3,
        codes=behind.named_code,
    ),
    "spectrum": Kind(
        "Spectrum",
        uses=("cases", "roles"),
        options=(Option("moment", "Moments", (("", "as the codebook says"), ("date", "dates of the sources"))),),
    ),
    "saturation": Kind(
        "Saturation",
        uses=("roll_up",),
        options=(
            Option("base", "Base", tuple((n, f"the first {n} interviews") for n in (4, 5, 6, 8, 10))),
            Option("run", "Run", tuple((n, f"{n} interviews") for n in (2, 3, 4))),
            Option("threshold", "Little is new", ((0.05, "5 % or less"), (0.0, "nothing new"), (0.1, "10 % or less"))),
        ),
    ),
    "timeline": Kind(
        "Timeline",
        uses=("roll_up", "cases", "roles"),
        options=(Option("per", "Periods", tuple((one, f"by {one}") for one in ("month", "quarter", "year", "day"))),),
        codes=behind.row_code,
    ),
    "excerpts": Kind("Excerpts", uses=("cases", "roles")),
    "agreement": Kind(
        "Agreement",
        uses=("roll_up",),
        options=(
            Option(
                "intervals",
                "Intervals",
                (
                    ("jackknife", "without each source in turn"),
                    ("bootstrap", "sources drawn again and again"),
                    ("none", "none"),
                ),
            ),
            Option("with_accepted", "Suggestions", ((False, "left out"), (True, "those accepted count"))),
            Option("disagreements", "What is shown", ((False, "figures"), (True, "where coders are apart"))),
        ),
        codes=behind.agreement_codes,
    ),
}

_NOT_EVERYWHERE = ("by", "by_within", "roll_up", "cases", "roles")


def kind_of(name: str) -> Kind:
    """What is known of a report; of one that is not described, its name."""
    return KINDS.get(name) or Kind(name.replace("_", " ").capitalize())


def chosen(kind: Kind, given: Mapping[str, Any]) -> dict[str, Any]:
    """The options of a report with their values."""
    return {option.name: given.get(option.name, option.values[0][0]) for option in kind.options}


def narrowed(selection: Selection, kind: Kind, options: Mapping[str, Any]) -> Selection:
    """A selection without what a report has no use for, so that its command line can be run as it stands."""
    used = {*kind.uses}
    if selection.where or options.get("within") == "case":
        used |= {"cases", "roles"}
    plain = Selection()
    unused = {name: getattr(plain, name) for name in _NOT_EVERYWHERE if name not in used}
    kept = replace(selection, **unused)
    if not kept.codes:
        kept = replace(kept, subcodes=True)
    return kept if kept.by else replace(kept, by_within="overlap")
