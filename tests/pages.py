"""What is made in the pages: tables of keys and of files. `python tests/pages.py` makes them anew."""

from __future__ import annotations

import ast
import re
from itertools import groupby
from pathlib import Path

from qda.tui.actions import ACTIONS, DIGITS, Action, shown

ROOT = Path(__file__).parent.parent
SCREEN, HOUSE = ROOT / "docs" / "screen.md", ROOT / "docs" / "architecture.md"
PLACES = tuple(dict.fromkeys(action.place for action in ACTIONS))

# What stands between two such lines is made here.
_MADE = re.compile(r"(<!-- (keys|files): (\S+) -->\n).*?(<!-- end -->)", re.DOTALL)


def code(words: str) -> str:
    """Words set as code, also within a table."""
    quote = "``" if "`" in words else "`"
    return f"{quote}{cell(words)}{quote}"


def cell(words: str) -> str:
    """Words within a table."""
    return words.replace("|", "\\|")


# --- keys -----------------------------------------------------------------------------------------------


def keys_of(action: Action) -> str:
    """The keys of an action; those that are counted through as the first and the last."""
    keys = [code(shown(key)) for key in action.keys]
    return f"{keys[0]} to {keys[-1]}" if action.keys == DIGITS else " ".join(keys)


def keys(place: str) -> str:
    """The actions of a place, a table for each group in the order in which it comes first."""
    actions = [action for action in ACTIONS if action.place == place]
    order = list(dict.fromkeys(action.group for action in actions))
    actions.sort(key=lambda action: order.index(action.group))
    parts = []
    for group, members in groupby(actions, key=lambda action: action.group):
        rows = [f"| {keys_of(action)} | {cell(action.title)} |" for action in members]
        parts.append("\n".join([f"| {group} | |", "|---|---|", *rows]))
    return "\n\n".join(parts)


# --- files ----------------------------------------------------------------------------------------------


def files(room: str) -> str:
    """The modules of a room, each with the first line of its docstring; those in folders behind the others."""
    folder = ROOT / room
    below = "*.py" if room == "qda" else "**/*.py"
    found = sorted(folder.glob(below), key=lambda file: (len(file.relative_to(folder).parts), file))
    rows = [
        f"| `{file.relative_to(folder)}` | {cell(first_line(file))} |"
        for file in found
        if file.name != "__init__.py" or room == "qda"
    ]
    return "\n".join(["| file | holds |", "|---|---|", *rows])


def first_line(file: Path) -> str:
    """The first line of a module's docstring."""
    return (ast.get_docstring(ast.parse(file.read_text(encoding="utf-8"))) or "").partition("\n")[0]


def filled(page: str) -> str:
    """A page with what is made in it as it is now."""
    make = {"keys": keys, "files": files}
    return _MADE.sub(lambda found: f"{found[1]}\n{make[found[2]](found[3])}\n\n{found[4]}", page)


if __name__ == "__main__":
    for page in (SCREEN, HOUSE):
        page.write_text(filled(page.read_text(encoding="utf-8")), encoding="utf-8")
