"""What each report can be asked beyond a selection: one description for the command line and for the screen."""

from __future__ import annotations

from qda.model.rounds import PRIMARY_STATS
from qda.reports.option import Option

_NO_YES = ((False, "no"), (True, "yes"))
_SEED = Option("seed", "Seed", ((1, "1"),), "of the bootstrap, or of the orders (default: 1)", "N", "{}", "number")


def _moment(*values: tuple[str, str]) -> Option:
    """What moments are, with what holds where nobody chooses first."""
    return Option(
        "moment", "Moments", values, "what moments are: a family of codes or an attribute", "NAME", "{}", "moment"
    )


OPTIONS: dict[str, tuple[Option, ...]] = {
    "cooccurrence": (
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
            "where codes meet: N characters or Nt turns apart, ... (default: overlap)",
            "overlap|turn|source|case|N|Nt",
            "at most {} characters apart",
        ),
        Option(
            "follows",
            "In this order",
            ((False, "either way"), (True, "the column's after the row's")),
            "only where the column's code comes after the row's",
        ),
        Option("pool", "Let coders meet", _NO_YES, "let codes of different coders meet"),
        Option(
            "measure",
            "Figure",
            (("count", "how often they meet"), ("row", "passages of the row that meet")),
            "regions (default), or passages of the row",
            "count|row",
        ),
        Option("long", "A row a pair", _NO_YES, "a row for each pair, with Jaccard"),
    ),
    "comparison": (
        Option(
            "test",
            "Test shares",
            ((False, "no"), (True, "yes (exact, Holm)")),
            "test whether shares of cases differ (exact, Holm)",
        ),
    ),
    "spectrum": (_moment(("", "as the codebook says"), ("date", "dates of the sources")),),
    "saturation": (
        Option(
            "base",
            "Base",
            tuple((number, f"the first {number} interviews") for number in (4, 5, 6, 8, 10)),
            "how many first interviews are the base (default: 4)",
            "N",
            "the first {} interviews",
            "number",
        ),
        Option(
            "run",
            "Run",
            tuple((number, f"{number} interviews") for number in (2, 3, 4)),
            "how many interviews are a run (default: 2)",
            "N",
            "{} interviews",
            "number",
        ),
        Option(
            "threshold",
            "Little is new",
            ((0.05, "5 % or less"), (0.0, "nothing new"), (0.1, "10 % or less")),
            "little new information (default: 0.05)",
            "SHARE",
            "a share of {} or less",
            "fraction",
        ),
        Option(
            "orders", "Random orders", ((200, "200"),), "random orders for the band (default: 200)", "N", "{}", "number"
        ),
        _SEED,
    ),
    "quotes": (
        Option(
            "per_case",
            "Of each case",
            ((0, "all passages"), (1, "the first passage"), (3, "three passages")),
            "how many passages of a case a cell shows at most (default: all)",
            "N",
            "{} passages",
            "number",
        ),
    ),
    "joint": (
        Option("fact", "Facts", (), "only facts of this measure (default: all)", "NAME", kind="measure", several=True),
        Option(
            "figure",
            "Figures of datasets",
            (),
            "rows of a dataset, as 'register: outcome=returned by nationality'",
            "FIGURE",
            several=True,
        ),
        Option("quote", "First words", _NO_YES, "the first words of each theme in each row"),
    ),
    "portrait": (
        Option(
            "pieces",
            "Pieces",
            ((10, "10"), (20, "20"), (40, "40")),
            "into how many pieces of the same length a text is cut (default: 10)",
            "N",
            "{}",
            "number",
        ),
    ),
    "timeline": (
        Option(
            "per",
            "Periods",
            tuple((one, f"by {one}") for one in ("month", "quarter", "year", "day")),
            "periods (default: month)",
            "day|month|quarter|year",
        ),
        _moment(("", "dates of the sources")),
    ),
    "claims": (
        Option(
            "footnote",
            "Footnotes",
            (("", "as the study has them"),),
            "as 'Interview with <role>, <date>'",
            "PATTERN",
            "{}",
        ),
        Option(
            "group",
            "Groups",
            (("", "none"),),
            "quotations under the values of an attribute, as origin_country",
            "ATTRIBUTE",
            "by {}",
        ),
        Option(
            "public",
            "Readers",
            ((False, "the team"), (True, "outside: no names, no places")),
            "as readers outside see them: no names, no places",
        ),
    ),
    "agreement": (
        Option(
            "round",
            "Round",
            (("", "none: the codings as they are now, where coders are done"),),
            "the codings as they were handed in for this round",
            "NAME",
            "as handed in for the round {}",
            "round",
        ),
        Option(
            "unit",
            "Units",
            (
                ("char", "characters"),
                ("segment", "passages"),
                ("continuum", "unitising"),
                ("turn", "turns"),
                ("sentence", "sentences"),
            ),
            "only char, segment, continuum, turn, sentence",
            "NAME",
            several=True,
        ),
        Option(
            "stat",
            "Figures",
            tuple((name, name) for name in dict.fromkeys(name for names in PRIMARY_STATS.values() for name in names)),
            "only this figure, as kappa",
            "NAME",
            several=True,
        ),
        Option(
            "rule",
            "Turn is coded",
            (
                ("", "by any character, and by most: both"),
                ("any", "when any character is"),
                ("majority", "when most characters are"),
            ),
            "when a turn or sentence counts as coded",
            "any|majority",
        ),
        Option(
            "overlap",
            "Same passage",
            ((0.9, "from 90 % overlap"), (0.5, "from 50 % overlap"), (1.0, "only where the ends are the same")),
            "from where two passages are the same (0.9)",
            "SHARE",
            "from an overlap of {}",
            "share",
        ),
        Option("by_source", "Each source", _NO_YES, "rows of each source too"),
        Option(
            "intervals",
            "Intervals",
            (
                ("jackknife", "without each source in turn"),
                ("bootstrap", "sources drawn again and again"),
                ("none", "none"),
            ),
            "over sources (default: jackknife)",
            "jackknife|bootstrap|none",
        ),
        _SEED,
        Option(
            "with_accepted",
            "Suggestions",
            ((False, "left out"), (True, "those accepted count")),
            "count accepted suggestions of rules and models",
        ),
        Option(
            "disagreements",
            "What is shown",
            ((False, "figures"), (True, "where coders are apart")),
            "list where coders are apart instead of figures",
        ),
    ),
}
"""By report; a report that is not named here has none."""
