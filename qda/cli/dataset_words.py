"""The words of `qda dataset`: its actions and their options."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qda.cli.command import add_form
from qda.cli.parsing import add_action
from qda.model.dataset.crossing import BASES
from qda.model.dataset.recoding import MISSING
from qda.model.dataset.rules import FORMS

if TYPE_CHECKING:
    from qda.cli.parsing import Actions

_RULES = "Rules: " + "; ".join(FORMS) + "."


def add_own(actions: Actions, said: str) -> None:
    """All actions but the list; `said` is what datasets are."""
    _add_moving(actions, said)
    _add_looking(actions)
    _add_recode(actions)


def _add_moving(actions: Actions, said: str) -> None:
    taken = add_action(actions, "import", "take in a table (CSV) as a dataset", said)
    taken.add_argument("file", help="the file (- is standard input)")
    taken.add_argument("--name", default="", help="what it is called (default: as the file, without its ending)")
    described = add_action(actions, "describe", "say where a dataset comes from, and how far it holds")
    described.add_argument("name", help="name of the dataset")
    for one in (taken, described):
        one.add_argument("--origin", default=None, help="where it comes from, as 'registry extract, May 2025'")
        one.add_argument("--note", default=None, help="how far it holds, as 'periods of the columns differ'")
    written = add_action(actions, "export", "write a dataset after its recodings as CSV, with a page about it beside")
    written.add_argument("name", help="name of the dataset")
    written.add_argument("file", help="the file (- is standard output, without the page)")
    written.add_argument("--raw", action="store_true", help="the bytes that came in instead, and no page")
    removed = add_action(actions, "remove", "take a dataset away, with its recodings and rules")
    removed.add_argument("name", help="name of the dataset")


def _add_looking(actions: Actions) -> None:
    show = add_action(actions, "show", "the columns of a dataset: type, different values, empty cells, frequent values")
    recodings = add_action(actions, "recodings", "what was recoded in a dataset: rows, reason, who, when")
    checked = add_action(actions, "check", "list the rows that break rules", _RULES)
    crossed = add_action(actions, "crosstab", "cross two columns, or count one, with rows and percentages")
    for one in (show, recodings, checked, crossed):
        one.add_argument("name", help="name of the dataset")
        add_form(one)
    checked.add_argument("--rule", action="append", default=[], help="a rule (default: those that are kept)")
    checked.add_argument("--rules", default="", metavar="FILE", help="rules from a file, one a line; # begins a remark")
    checked.add_argument("--keep", action="store_true", help="keep these rules with the dataset")
    checked.add_argument("--forget", action="append", default=[], metavar="RULE", help="keep this rule no longer")
    checked.add_argument("--counts", action="store_true", help="only how many rows break each rule")
    crossed.add_argument("down", metavar="COLUMN", help="the column whose values go down")
    crossed.add_argument("across", metavar="COLUMN", nargs="?", help="the column whose values go across")
    crossed.add_argument("--where", action="append", default=[], metavar="COLUMN=VALUE", help="only these rows")
    crossed.add_argument("--percent", default="row", choices=BASES, metavar="|".join(BASES), help="of what (row)")
    crossed.add_argument("--decimals", default="0", metavar="N", help="decimals of percentages (default: 0)")


def _add_recode(actions: Actions) -> None:
    recoded = add_action(actions, "recode", "read values of a column as another one from now on; undo takes it back")
    recoded.add_argument("name", help="name of the dataset")
    recoded.add_argument("column", help="the column")
    recoded.add_argument("--from", dest="was", metavar="VALUE", help=f"what stands there ({MISSING}: empty cells)")
    recoded.add_argument("--to", dest="becomes", required=True, metavar="VALUE", help="what it is read as")
    recoded.add_argument("--where", action="append", default=[], metavar="COLUMN=VALUE", help="only in these rows")
    recoded.add_argument("--reason", default="", help="why; needed")
