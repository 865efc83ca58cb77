"""Which source of the study a document of another tool is, by its name."""

from __future__ import annotations

import contextlib
import re
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from qda.io.tools.assembly import Text
from qda.model.nouns import plain_name

if TYPE_CHECKING:
    from qda.io.tools.asked import Asked, KnownText
    from qda.io.tools.assembly import Assembly

_NUMBERED = re.compile(r"(?:[DP]\s?)?\d+\s?:\s?")
_ENDING = re.compile(r"\.[A-Za-z0-9]{1,8}\Z")


class KnownTexts:
    """The sources of the study by the names that tools may give them."""

    def __init__(self, asked: Asked) -> None:
        self._by_name: dict[str, list[KnownText]] = {}
        for one in asked.texts():
            for name in dict.fromkeys((plain_name(one.name), plain_name(_ENDING.sub("", one.name)))):
                self._by_name.setdefault(name, []).append(one)
        self._added: dict[bytes, str] = {}

    def find(self, name: str) -> KnownText | None:
        """The only source that a name means: as it is, without number, folder, address or ending."""
        for wanted in _names(name):
            found = self._by_name.get(plain_name(wanted), [])
            exact = [one for one in found if plain_name(one.name) == plain_name(wanted)]
            if len(exact or found) == 1:
                return (exact or found)[0]
        return None

    def add(self, assembly: Assembly, known: KnownText) -> str:
        """Make a source of the study one of a project; gives its text, read once."""
        if known.uid not in self._added:
            text = self._added[known.uid] = known.text()
            assembly.known_source(known.uid, known.uid, known.name, lambda: Text(text))
        return self._added[known.uid]


def _names(name: str) -> list[str]:
    """What a name may mean, the likeliest first."""
    names = [name.strip(), _NUMBERED.sub("", name.strip(), count=1)]
    names += [re.split(r"[\\/]", one)[-1] for one in names]
    with contextlib.suppress(ValueError):  # an address with half a bracket
        names.append(unquote(urlsplit(name.strip()).path).rpartition("/")[2])
    names += [_ENDING.sub("", one) for one in names]
    return [one for one in dict.fromkeys(names) if one]
