"""Taking the codes of a codebook over: which code of the study each is, and what becomes of it."""

from __future__ import annotations

import json
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from qda.model.nouns import plain_name
from qda.store.code_names import check_codebook
from qda.store.codebook_changing import CodebookChanging
from qda.store.codebook_reading import row_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from qda.model.codebook import Codebook, CodeEntry
    from qda.model.tree import Code, CodeTree
    from qda.store.change import Change


class CodebookImport(CodebookChanging):
    """The codebook, into which others are taken over."""

    def import_codebook(self, codebook: Codebook, summary: str, file: str = "") -> tuple[int, int]:
        """Take a codebook's codes over: new ones are made, those with the same path get its words.

        A code that names an alias under which a sibling lives here is that sibling, renamed; one whose name is
        an alias here is the code that has it. Codes that are only here stay. `file` is the name of the file,
        remembered so that `check` can say when it drifts.
        Returns how many are new and how many changed.
        """
        check_codebook(codebook)
        with self._changing(summary, "codebook") as (change, tree):
            self._remember(change, file)
            if codebook.name and not self.study.settings.get("codebook"):
                change.put("setting", ("codebook", codebook.name))
            extra = json.loads(self.study.settings.get("codebook x", "{}"))
            if codebook.extra:
                taken_keys = {key for key, value in extra.items() if codebook.extra.get(key, value) != value}
                fresh = {
                    f"{key} ({codebook.name})" if key in taken_keys else key: value
                    for key, value in codebook.extra.items()
                }
                merged = {**extra, **fresh}
                change.put("setting", ("codebook x", json.dumps(merged, ensure_ascii=False)))
            taken = _Taken()
            self._take(change, tree, None, codebook.codes, taken)
            for row in taken.changed:
                change.close("code", "key = ?", (row[0],))
            change.insert("code", [*taken.changed, *taken.new])
        return len(taken.new), len(taken.changed)

    def _remember(self, change: Change, file: str) -> None:
        """Remember from which file codes came."""
        files = self.files()
        if file and file not in files:
            change.put("setting", ("codebook files", json.dumps([*files, file], ensure_ascii=False)))

    def _take(
        self, change: Change, tree: CodeTree, parent: int | None, entries: tuple[CodeEntry, ...], taken: _Taken
    ) -> None:
        """Take the codes of one level over, then those below each."""
        here = [tree.by_key[key] for key in tree.children.get(parent, ())]
        others = self._last(tree, parent)
        for number, (entry, code) in enumerate(_matched(here, entries)):
            plain = replace(entry, children=(), origin=entry.origin or "a-priori")
            if code is None:
                key = change.new_key("code")
                taken.new.append(row_of(key, parent, number if not here else others + number, plain))
            else:
                key = code.key
                before = row_of(key, parent, code.position, code.entry)
                row = row_of(key, parent, code.position, _united(code, plain, entry.origin))
                if row != before:
                    taken.changed.append(row)
            self._take(change, tree, key, entry.children, taken)


def _matched(here: Sequence[Code], entries: Sequence[CodeEntry]) -> Iterator[tuple[CodeEntry, Code | None]]:
    """Which sibling each code of a file is: by its name, by an alias in the file, by an alias here."""
    by_name = {plain_name(code.entry.name): code for code in here}
    wanted = {plain_name(entry.name) for entry in entries}
    others = [code for code in here if plain_name(code.entry.name) not in wanted]
    for entry in entries:
        former = {plain_name(alias) for alias in entry.aliases}
        code = by_name.get(plain_name(entry.name))
        code = code or next((one for one in others if plain_name(one.entry.name) in former), None)
        if code is None:
            known = [one for one in others if plain_name(entry.name) in map(plain_name, one.entry.aliases)]
            code = known[0] if len(known) == 1 else None
            entry = replace(entry, name=code.entry.name) if code else entry  # noqa: PLW2901 - it keeps its name
        if code in others:
            others.remove(code)
        yield entry, code


@dataclass
class _Taken:
    """The rows of codes that a file brings: new ones, and changed ones in the place of the old."""

    new: list[tuple[Any, ...]] = field(default_factory=list)
    changed: list[tuple[Any, ...]] = field(default_factory=list)


def _united(code: Code, entry: CodeEntry, origin: str) -> CodeEntry:
    """A code with the words of a file; it keeps its aliases, its former name and its origin."""
    aliases = dict.fromkeys((*entry.aliases, *code.entry.aliases))
    if plain_name(code.entry.name) != plain_name(entry.name):
        aliases[code.entry.name] = None
    return replace(entry, aliases=tuple(aliases), origin=origin or code.entry.origin)
