"""Changing the codebook: each change keeps the codings, can be undone and makes a new version."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qda.errors import QdaError
from qda.model.nouns import plain_name
from qda.model.paths import join_path, split_path
from qda.store.change import FROZEN
from qda.store.code_names import as_json, check_name, former, refuse_sibling
from qda.store.codebook_import import CodebookImport
from qda.store.codebook_reading import row_of
from qda.store.view import BLIND

if TYPE_CHECKING:
    from qda.model.tree import Code, CodeTree
    from qda.store.change import Change


class StudyCodebook(CodebookImport):
    """The codebook of the study."""

    def add(self, path: str, *, origin: str = "open", **words: str) -> Code:
        """Make a code; its parents must be there.

        Raises:
            QdaError: There is such a code, or its parent is missing.
        """
        with self.study.action("code", f"new code {path}") as change:
            key = self.make_path(change, path, origin=origin, parents=False)
            change.edit("code", "key = ?", (key,), **words)
        return self.tree().by_key[key]

    def make_path(self, change: Change, path: str, *, origin: str, parents: bool = True) -> int:
        """Make the code at a path inside an action, with its missing parents where allowed; returns its key.

        A name in front may be an alias or a former one; the last one is that of the new code.
        """
        names = split_path(path)
        tree = self.tree()
        parent: int | None = None
        for depth, name in enumerate(names, start=1):
            check_name(name)
            here = join_path(names[:depth])
            found = tree.find(here) if depth < len(names) else None
            if found is None and depth < len(names) and not parents:
                raise QdaError(f"there is no code '{here}' to put '{names[depth]}' under; make that one first")
            parent = found.key if found else self._make(change, tree, parent, name, origin)
        assert parent is not None  # noqa: S101 - a path has at least one name
        self.let_names_go_before(change, tree)
        return parent

    def _make(self, change: Change, tree: CodeTree, parent: int | None, name: str, origin: str) -> int:
        from qda.model.codebook import CodeEntry

        refuse_sibling(tree, parent, name)
        key = change.new_key("code")
        entry = CodeEntry(name, origin=origin)
        change.insert("code", [row_of(key, parent, self._last(tree, parent), entry, self.study.rounds.proposer())])
        return key

    def rename(self, path: str, name: str) -> None:
        """Give a code another name; the old one becomes an alias."""
        check_name(name)
        with self._changing(f"renamed {path} to {name}") as (change, tree):
            code = self.get(path)
            refuse_sibling(tree, code.parent, name, code.key)
            aliases = [alias for alias in (*code.entry.aliases, code.entry.name) if alias != name]
            change.edit("code", "key = ?", (code.key,), name=name, aliases=as_json(dict.fromkeys(aliases)))

    def move(self, path: str, parent: str) -> None:
        """Put a code with its subcodes under another (empty: at the top); the old path becomes an alias."""
        with self._changing(f"moved {path} to {parent or 'the top'}") as (change, tree):
            code = self.get(path)
            target = self.get(parent) if parent else None
            if target and target.key in tree.below(code.key):
                raise QdaError(f"'{code.path}' cannot be put under itself")
            key = target.key if target else None
            if key == code.parent:
                raise QdaError(f"'{code.path}' is there already")
            refuse_sibling(tree, key, code.entry.name, code.key)
            aliases = dict.fromkeys((*code.entry.aliases, former(code.path)))
            fields = {"parent": key, "position": self._last(tree, key), "aliases": as_json(aliases)}
            change.edit("code", "key = ?", (code.key,), **fields)

    def merge(self, path: str, into: str) -> int:
        """Let all codings of one code become those of another; returns how many moved.

        The names of the first are kept as aliases; its subcodes move along; a segment that a coder gave both
        codes is kept once, with the memos of both.
        """
        with self._changing(f"merged {path} into {into}") as (change, tree):
            code, target = self.get(path), self.get(into)
            if code.key == target.key:
                raise QdaError(f"'{path}' and '{into}' are the same code")
            if target.key in tree.below(code.key):
                raise QdaError(f"'{code.path}' cannot be merged into its own subcode; move '{target.path}' out first")
            return self._merge(change, tree, code, target)

    def _merge(self, change: Change, tree: CodeTree, code: Code, target: Code) -> int:
        siblings = {
            plain_name(tree.by_key[key].entry.name): key for key in tree.children.get(target.key, ()) if key != code.key
        }
        position = self._last(tree, target.key)
        moved = self.study.codings.recode(change, code.key, target.key)
        change.repoint("coverage", "code", code.key, target.key)
        change.close("reread", "code = ?", (code.key,))  # who looked for one has not looked for the other
        change.repoint("memo", "target", code.key, target.key)
        change.repoint("decided", "code", code.key, target.key)
        change.repoint("claim_code", "code", code.key, target.key)
        change.repoint("summary", "code", code.key, target.key)
        change.repoint("judgement", "code", code.key, target.key)
        change.close("code", "key = ?", (code.key,))
        for child in tree.children.get(code.key, ()):
            twin = siblings.get(plain_name(tree.by_key[child].entry.name))
            if twin is not None and twin != child:
                moved += self._merge(change, tree, tree.by_key[child], tree.by_key[twin])
            else:
                change.edit("code", "key = ?", (child,), parent=target.key, position=position)
                position += 1
        aliases = dict.fromkeys((*target.entry.aliases, code.entry.name, *code.entry.aliases, former(code.path)))
        aliases.pop(target.entry.name, None)
        change.edit("code", "key = ?", (target.key,), aliases=as_json(aliases))
        return moved

    def retire(self, path: str, *, back: bool = False) -> None:
        """Take a code with its subcodes out of use (or bring it back); its codings stay and count."""
        with self.study.action("code", f"{'brought back' if back else 'retired'} {path}") as change:
            for key in self.tree().below(self.get(path).key):
                change.edit("code", "key = ?", (key,), retired=int(not back))

    def remove(self, path: str) -> None:
        """Delete a code that was never used.

        Raises:
            QdaError: It has codings or subcodes.
        """
        with self.study.action("code", f"removed {path}") as change:
            code = self.get(path)
            shared = f"SELECT 1 FROM main.code WHERE key = ? AND proposer IS NULL AND EXISTS ({BLIND})"
            if self.database.one(shared, (code.key,)):
                raise QdaError(FROZEN)  # first, for whether it is used may be hidden
            used = self.database.one(
                "SELECT EXISTS (SELECT 1 FROM main.coding WHERE code = :code AND died IS NULL)"
                " OR EXISTS (SELECT 1 FROM main.decided WHERE code = :code AND died IS NULL)",
                {"code": code.key},
            )
            if used or self.tree().children.get(code.key):
                raise QdaError(f"'{code.path}' has codings or subcodes; merge it into another code or retire it")
            change.close("coverage", "code = ?", (code.key,))
            change.close("reread", "code = ?", (code.key,))
            change.close("memo", "target = ?", (code.key,))
            change.close("claim_code", "code = ?", (code.key,))
            change.close("summary", "code = ?", (code.key,))
            change.close("judgement", "code = ?", (code.key,))
            change.close("code", "key = ?", (code.key,))

    def describe(self, path: str, **fields: str) -> None:
        """Set the words of a code: definition, include, exclude, example, origin, moment.

        Raises:
            QdaError: A moment is given to a code whose subcodes do not exclude each other by moment.
        """
        with self.study.action("code", f"{', '.join(fields)} of {path}") as change:
            code = self.get(path)
            if fields.get("moment") and code.entry.exclusive != "case_moment":
                raise QdaError(f"'{code.path}' is not 'exclusive: case_moment', so it has no moment")
            change.edit("code", "key = ?", (code.key,), **fields)
