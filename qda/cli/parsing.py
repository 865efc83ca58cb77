"""The words of a command: a parser that refuses in one sentence, actions, and help that fits the screen."""

from __future__ import annotations

import argparse
import re
from typing import TYPE_CHECKING, Any, NoReturn

from qda.errors import UsageError

if TYPE_CHECKING:
    Actions = argparse._SubParsersAction[argparse.ArgumentParser]  # noqa: SLF001 - argparse has no other name for it

SPEAKERS = "whose labels become turns: all that may be speakers, none, or those in a file"
_HANGING = re.compile(r" *(\S+ {2,})?")


class Help(argparse.HelpFormatter):
    """Help whose texts keep their lines; a line that is too long goes on below its own words."""

    def _fill_text(self, text: str, width: int, indent: str) -> str:
        import textwrap

        lines = []
        for line in text.splitlines():
            found = _HANGING.match(line)
            hanging = " " * (found.end() if found else 0)
            lines.append(textwrap.fill(line, width, initial_indent=indent, subsequent_indent=indent + hanging))
        return "\n".join(lines)


class Parser(argparse.ArgumentParser):
    """A parser that refuses with one sentence, and takes no option for another that begins like it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"allow_abbrev": False, **kwargs})

    def error(self, message: str) -> NoReturn:
        """Refuse the words of a command; where the next word is missing, say which there are."""
        for choice in self._actions:
            if message.endswith(f"are required: {choice.metavar}") and choice.choices:
                message = f"say what to do: {', '.join(map(str, choice.choices))}"
        raise UsageError(f"{message}; see '{self.prog} --help'")


def add_actions(parser: argparse.ArgumentParser) -> Actions:
    """What can be done with the things of a command."""
    explained = f"'{parser.prog} ACTION --help' explains an action."
    parser.epilog = f"{parser.epilog}\n{explained}" if parser.epilog else explained
    return parser.add_subparsers(dest="action", required=True, metavar="ACTION", title="actions", prog=parser.prog)


def or_list(words: list[str]) -> list[str]:
    """The words of a command with actions; where none is named, with the action `list` before them."""
    listed = not words or (words[0].startswith("-") and words[0] not in ("-h", "--help"))
    return ["list", *words] if listed else words


def add_action(actions: Actions, name: str, said: str, epilog: str = "") -> argparse.ArgumentParser:
    """One action, explained in the same words in the list of them and in its own help."""
    description = said[:1].upper() + said[1:] + "."
    return actions.add_parser(name, help=said, description=description, epilog=epilog or None)
