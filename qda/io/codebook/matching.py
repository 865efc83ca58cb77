"""Which code of one codebook is which code of another: by name, by alias, by definition."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from qda.io.codebook.names import fold

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from qda.model.codebook import Codebook, CodeEntry

    Keys = Callable[[CodeEntry], Iterable[str]]

Path = tuple[str, ...]  # the names of a code from the root down; the codebook itself is ()


def match_codes(old: Codebook, new: Codebook) -> dict[Path, Path]:
    """The new path of each old code that is still there, renamed or moved ones too.

    Under one parent codes are the same by name, then by alias (either way round), then by definition; under
    different parents by name and definition, by a name that stands nowhere twice, or by alias. What several
    codes have in common decides nothing.
    """
    matcher = _Matcher(old, new)
    matcher.pair((), ())
    while matcher.find_moved() or matcher.find_redefined():
        pass
    return matcher.pairs


class _Matcher:
    """Pairs of codes found so far; whoever is paired has its children compared at once."""

    def __init__(self, old: Codebook, new: Codebook) -> None:
        self.pairs: dict[Path, Path] = {}
        self._taken: set[Path] = set()
        self._old = dict(old.walk())
        self._new = dict(new.walk())
        self._old_below = _below(self._old)
        self._new_below = _below(self._new)
        counts = (Counter(fold(code.name) for code in codes.values()) for codes in (self._old, self._new))
        self._once = set.intersection(*({name for name, n in count.items() if n == 1} for count in counts))

    def pair(self, before: Path, after: Path) -> None:
        """Say that two codes are the same, and match those below them."""
        self.pairs[before] = after
        self._taken.add(after)
        olds, news = self._old_below.get(before, []), self._new_below.get(after, [])
        self._join(olds, news, _name, _name)
        self._join(olds, news, _name, _aliases)
        self._join(olds, news, _aliases, _name)

    def find_moved(self) -> bool:
        """Pair codes that stand under another parent now."""
        found = self._join(self._old, self._new, _name_and_definition, _name_and_definition)
        found |= self._join(self._old, self._new, self._single_name, self._single_name)
        return found | self._join(self._old, self._new, _name, _aliases)

    def find_redefined(self) -> bool:
        """Pair siblings that have another name but the same definition."""
        found = False
        for before, after in list(self.pairs.items()):
            olds, news = self._old_below.get(before, []), self._new_below.get(after, [])
            found |= self._join(olds, news, _definition, _definition)
        return found

    def _single_name(self, code: CodeEntry) -> list[str]:
        return [name for name in _name(code) if name in self._once]

    def _join(self, olds: Iterable[Path], news: Iterable[Path], old_keys: Keys, new_keys: Keys) -> bool:
        free_old = {path: old_keys(self._old[path]) for path in olds if path not in self.pairs}
        free_new = {path: new_keys(self._new[path]) for path in news if path not in self._taken}
        targets = _only(free_new)
        found = False
        for key, before in _only(free_old).items():
            after = targets.get(key)
            if after is not None and before not in self.pairs and after not in self._taken:
                self.pair(before, after)
                found = True
        return found


def _below(codes: Iterable[Path]) -> dict[Path, list[Path]]:
    below: dict[Path, list[Path]] = {}
    for path in codes:
        below.setdefault(path[:-1], []).append(path)
    return below


def _only(keys: dict[Path, Iterable[str]]) -> dict[str, Path]:
    """The keys that exactly one path has."""
    owners: dict[str, list[Path]] = {}
    for path, own in keys.items():
        for key in dict.fromkeys(own):
            owners.setdefault(key, []).append(path)
    return {key: paths[0] for key, paths in owners.items() if len(paths) == 1}


def _name(code: CodeEntry) -> list[str]:
    return [fold(code.name)]


def _aliases(code: CodeEntry) -> list[str]:
    return [fold(alias) for alias in code.aliases]


def _definition(code: CodeEntry) -> list[str]:
    return [code.definition] if code.definition else []


def _name_and_definition(code: CodeEntry) -> list[str]:
    return [f"{fold(code.name)}\n{code.definition}"]
