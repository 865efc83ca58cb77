"""What all changes of the codebook share: one action on the codes as they are, after which names go before aliases."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

from qda.model.nouns import plain_name
from qda.store.code_names import as_json, former_place
from qda.store.codebook_reading import CodebookReading

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qda.model.tree import CodeTree
    from qda.store.change import Change


class CodebookChanging(CodebookReading):
    """The codebook, with what its changes have in common."""

    @contextlib.contextmanager
    def _changing(self, summary: str, kind: str = "code") -> Iterator[tuple[Change, CodeTree]]:
        """An action on the codes as they are when it begins; names go before aliases when it is done."""
        with self.study.action(kind, summary) as change:
            tree = self.tree()
            yield change, tree
            self.let_names_go_before(change, tree)

    def let_names_go_before(self, change: Change, before: CodeTree) -> None:
        """Among siblings a name goes before an alias: who had it as an alias is found where that led, no longer by it.

        Else a path would lead to two codes, and the codebook could not be written and read again.
        """
        tree = self.tree()
        for siblings in tree.children.values():
            names = {plain_name(tree.by_key[key].entry.name): key for key in siblings}
            for code in map(tree.by_key.__getitem__, siblings):
                taken = [one for one in code.entry.aliases if names.get(plain_name(one), code.key) != code.key]
                if taken:
                    led = [
                        former_place(before, code.key, alias) if alias in taken else alias
                        for alias in code.entry.aliases
                    ]
                    aliases = dict.fromkeys(alias for alias in led if alias)
                    change.edit("code", "key = ?", (code.key,), aliases=as_json(aliases))

    def _last(self, tree: CodeTree, parent: int | None) -> int:
        return max((tree.by_key[key].position for key in tree.children.get(parent, ())), default=-1) + 1
