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
from qda.reports.options import OPTIONS
from qda.reports.registry import MOST_BY

if TYPE_CHECKING:
    from collections.abc import Mapping

    from qda.reports.option import Option
    from qda.reports.report import Report

Codes = Callable[["Report", int, int], tuple[str, ...]]
Words = Callable[["Report", int, int], str]


class Kind(NamedTuple):
    """One report: which parts of a selection it has a use for beyond the common ones, and how its cells open.

    `more` is what is said of a cell beside what stands in it; with `may_by` there need be nothing to compare by.
    """

    title: str
    uses: tuple[str, ...] = ()
    options: tuple[Option, ...] = ()
    codes: Codes = behind.plain_codes
    more: Words = behind.nothing_more
    chart: str = ""
    most_by: int = 2
    may_by: bool = False
    queries: bool = True


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
        options=OPTIONS["cooccurrence"],
        codes=behind.pair_of,
        chart="heat",
    ),
    "comparison": Kind(
        "Comparison",
        uses=("by", "by_within", "roll_up", "cases", "roles"),
        options=OPTIONS["comparison"],
        codes=behind.row_code,
        chart="heat",
    ),
    "crosstab": Kind(
        "Crosstab",
        uses=("by", "by_within", "roll_up", "cases", "roles"),
        most_by=MOST_BY["crosstab"],
        codes=behind.named_code,
    ),
    "spectrum": Kind(
        "Spectrum",
        uses=("cases", "roles"),
        options=OPTIONS["spectrum"],
    ),
    "framework": Kind(
        "Framework",
        uses=("by", "cases", "roles"),
        most_by=MOST_BY["framework"],
        may_by=True,
        codes=behind.theme_of,
        more=behind.summary_of,
    ),
    "joint": Kind(
        "Joint display",
        uses=("by", "by_within", "cases", "roles"),
        options=tuple(one for one in OPTIONS["joint"] if one.name != "figure"),
        most_by=MOST_BY["joint"],
        may_by=True,
        codes=behind.theme_beside,
        more=behind.origin_of,
    ),
    "saturation": Kind(
        "Saturation",
        uses=("roll_up",),
        options=OPTIONS["saturation"],
    ),
    "timeline": Kind(
        "Timeline",
        uses=("roll_up", "cases", "roles"),
        options=OPTIONS["timeline"],
        codes=behind.row_code,
    ),
    "portrait": Kind(
        "Portrait",
        uses=("roll_up",),
        options=OPTIONS["portrait"],
        codes=behind.piece_code,
    ),
    "quotes": Kind(
        "Quotes",
        uses=("by", "by_within", "roll_up", "cases", "roles"),
        options=OPTIONS["quotes"],
        most_by=MOST_BY["quotes"],
        codes=behind.row_code,
    ),
    "coverage": Kind("Coverage"),
    "codebook": Kind("Codebook", codes=behind.row_code),
    "excerpts": Kind("Excerpts", uses=("cases", "roles")),
    "agreement": Kind(
        "Agreement",
        uses=("roll_up",),
        options=OPTIONS["agreement"],
        codes=behind.agreement_codes,
        queries=False,
    ),
}

_NOT_EVERYWHERE = ("by", "by_within", "roll_up", "cases", "roles")


def kind_of(name: str) -> Kind:
    """What is known of a report; of one that is not described, its name."""
    return KINDS.get(name) or Kind(
        name.replace("_", " ").capitalize(), options=OPTIONS.get(name, ()), queries=name != "claims"
    )


def chosen(kind: Kind, given: Mapping[str, Any]) -> dict[str, Any]:
    """The options of a report with their values."""
    return {option.name: given.get(option.name, option.default) for option in kind.options}


def narrowed(selection: Selection, kind: Kind, options: Mapping[str, Any]) -> Selection:
    """A selection without what a report has no use for, so that its command line can be run as it stands."""
    used = {*kind.uses}
    if selection.where or options.get("within") == "case":
        used |= {"cases", "roles"}
    plain = Selection()
    unused = {name: getattr(plain, name) for name in _NOT_EVERYWHERE if name not in used}
    kept = replace(selection, **unused, query=selection.query if kind.queries else "")
    if not kept.codes:
        kept = replace(kept, subcodes=True)
    kept = replace(kept, by=kept.by[: kind.most_by])
    return kept if kept.by else replace(kept, by_within="overlap")
