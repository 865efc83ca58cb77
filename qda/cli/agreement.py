"""`qda agreement units`: agreement on units that were cut beforehand, from a table of units, coders and values."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qda.cli.command import add_form
from qda.cli.parsing import add_action, add_actions

if TYPE_CHECKING:
    from qda.cli.command import Command

_SAYS = (
    "The file is a table (CSV) with the columns unit, coder and value; what is missing is left out or left empty. No"
    " study is needed. Agreement on the codings of a study is 'qda report agreement'."
)


def run(command: Command, words: list[str]) -> None:
    """Count the agreement on the units of a file."""
    from qda.io.files import read_text, shown
    from qda.io.units import read_units
    from qda.reports.agreement.cut_units import COLUMNS, estimates

    parser = command.parser(epilog=_SAYS)
    units = add_action(add_actions(parser), "units", "agreement on units cut beforehand", _SAYS)
    units.add_argument("file", help="the table; - is standard input")
    add_form(units)
    options = parser.parse_args(words)
    given = read_units(read_text(options.file), shown(options.file))
    command.show(COLUMNS, estimates(given) if given else [], options, "There are no units in it.")
