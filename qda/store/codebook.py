"""Changing the codebook: each change keeps the codings, can be undone and makes a new version."""

from __future__ import annotations

import json
import unicodedata
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from qda.errors import QdaError
from qda.model.paths import join_path, split_path
from qda.store.codebook_reading import CodebookReading, row_of

if TYPE_CHECKING:
    from qda.model.codebook import Codebook, CodeEntry
    from qda.model.tree import Code, CodeTree
    from qda.store.change import Change


class StudyCodebook(CodebookReading):
    """The codebook of the study."""

    def add(self, path: str, *, origin: str = "open", **words: str) -> Code:
        """Make a code; its parents must be there.

        Raises:
            QdaError: There is such a code, or its parent is missing.
        """
        with self.study.action("code", f"new code {path}") as change:
            key = self.make_path(change, path, origin=origin, parents=False)
            change.edit("code", "key = ?", (key,), **words)
        return self.get(path)

    def make_path(self, change: Change, path: str, *, origin: str, parents: bool = True) -> int:
        """Make the code at a path inside an action, with its missing parents where allowed; returns its key."""
        from qda.model.codebook import CodeEntry

        try:
            names = split_path(path)
        except ValueError as error:
            raise QdaError(str(error)) from None
        tree = self.tree()
        parent: int | None = None
        for depth, name in enumerate(names, start=1):
            check_name(name)
            here = join_path(names[:depth])
            found = tree.find(here)
            if found is not None and depth == len(names):
                raise QdaError(f"there is a code '{found.path}' already")
            if found is not None:
                parent = found.key
                continue
            if depth < len(names) and not parents:
                raise QdaError(f"there is no code '{here}' to put '{names[depth]}' under; make that one first")
            self._refuse_sibling(parent, name, None)
            key = change.new_key("code")
            entry = CodeEntry(name, origin=origin)
            change.insert("code", [row_of(key, parent, self._last(tree, parent), entry)])
            parent = key
        assert parent is not None  # noqa: S101 - a path has at least one name
        return parent

    def _last(self, tree: CodeTree, parent: int | None) -> int:
        return max((tree.by_key[key].position for key in tree.children.get(parent, ())), default=-1) + 1

    def rename(self, path: str, name: str) -> None:
        """Give a code another name; the old one becomes an alias."""
        check_name(name)
        with self.study.action("code", f"renamed {path} to {name}") as change:
            code = self.get(path)
            self._refuse_sibling(code.parent, name, code.key)
            aliases = [alias for alias in (*code.entry.aliases, code.entry.name) if alias != name]
            change.edit("code", "key = ?", (code.key,), name=name, aliases=_json(dict.fromkeys(aliases)))

    def move(self, path: str, parent: str) -> None:
        """Put a code with its subcodes under another (empty: at the top); the old path becomes an alias."""
        with self.study.action("code", f"moved {path} to {parent or 'the top'}") as change:
            code, tree = self.get(path), self.tree()
            target = self.get(parent) if parent else None
            if target and target.key in tree.below(code.key):
                raise QdaError(f"'{code.path}' cannot be put under itself")
            key = target.key if target else None
            if key == code.parent:
                raise QdaError(f"'{code.path}' is there already")
            self._refuse_sibling(key, code.entry.name, code.key)
            aliases = dict.fromkeys((*code.entry.aliases, _former(code)))
            fields = {"parent": key, "position": self._last(tree, key), "aliases": _json(aliases)}
            change.edit("code", "key = ?", (code.key,), **fields)

    def merge(self, path: str, into: str) -> int:
        """Let all codings of one code become those of another; returns how many moved.

        The names of the first are kept as aliases; its subcodes move along; a segment that a coder gave both
        codes is kept once, with the memos of both.
        """
        with self.study.action("code", f"merged {path} into {into}") as change:
            code, target, tree = self.get(path), self.get(into), self.tree()
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
        change.repoint("memo", "target", code.key, target.key)
        change.close("code", "key = ?", (code.key,))
        for child in tree.children.get(code.key, ()):
            twin = siblings.get(plain_name(tree.by_key[child].entry.name))
            if twin is not None and twin != child:
                moved += self._merge(change, tree, tree.by_key[child], tree.by_key[twin])
            else:
                change.edit("code", "key = ?", (child,), parent=target.key, position=position)
                position += 1
        aliases = dict.fromkeys((*target.entry.aliases, code.entry.name, *code.entry.aliases, _former(code)))
        aliases.pop(target.entry.name, None)
        change.edit("code", "key = ?", (target.key,), aliases=_json(aliases))
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
            used = self.database.one("SELECT count(*) FROM main.coding WHERE code = ? AND died IS NULL", (code.key,))
            if used or self.tree().children.get(code.key):
                raise QdaError(f"'{code.path}' has codings or subcodes; merge it into another code or retire it")
            change.close("coverage", "code = ?", (code.key,))
            change.close("memo", "target = ?", (code.key,))
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

    def _refuse_sibling(self, parent: int | None, name: str, key: int | None) -> None:
        tree = self.tree()
        for sibling in tree.children.get(parent, ()):
            if sibling != key and same_name(tree.by_key[sibling].entry.name, name):
                raise QdaError(f"there is a code '{tree.by_key[sibling].path}' already; use that one, or merge them")

    def import_codebook(self, codebook: Codebook, summary: str, file: str = "") -> tuple[int, int]:
        """Take a codebook's codes over: new ones are made, those with the same path get its words.

        A code that names an alias under which a sibling lives here is that sibling, renamed. Codes that are
        only here stay. `file` is the name of the file, remembered so that `check` can say when it drifts.
        Returns how many are new and how many changed.
        """
        check_codebook(codebook)
        with self.study.action("codebook", summary) as change:
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
            self._take(change, self.tree(), None, codebook.codes, taken)
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
        here = {tree.by_key[key].entry.name: tree.by_key[key] for key in tree.children.get(parent, ())}
        wanted = {entry.name for entry in entries}
        others = self._last(tree, parent)
        for number, entry in enumerate(entries):
            former = [here[alias] for alias in entry.aliases if alias in here and alias not in wanted]
            code = here.get(entry.name) or next((one for one in former if one.key not in taken.keys), None)
            if code is not None:
                taken.keys.add(code.key)
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


@dataclass
class _Taken:
    """The rows of codes that a file brings: new ones, and changed ones in the place of the old."""

    new: list[tuple[Any, ...]] = field(default_factory=list)
    changed: list[tuple[Any, ...]] = field(default_factory=list)
    keys: set[int] = field(default_factory=set)


def _united(code: Code, entry: CodeEntry, origin: str) -> CodeEntry:
    """A code with the words of a file; it keeps its aliases, its former name and its origin."""
    aliases = dict.fromkeys((*entry.aliases, *code.entry.aliases))
    if code.entry.name != entry.name:
        aliases[code.entry.name] = None
    return replace(entry, aliases=tuple(aliases), origin=origin or code.entry.origin)


def check_codebook(codebook: Codebook) -> None:
    """Refuse a codebook with names or words that a study cannot hold.

    Raises:
        QdaError: A name cannot be used, or a text holds half a character.
    """
    for names, code in codebook.walk():
        check_name(code.name)
        words = (code.definition, code.include, code.exclude, code.example, *code.aliases, *code.labels.values())
        if any("\ud800" <= sign <= "\udfff" for text in words for sign in text):
            raise QdaError(f"the code '{join_path(names)}' has half a character in its words; write it anew")


def check_name(name: str) -> None:
    """Refuse a code's name that is empty, has a line break, or spaces around it.

    Raises:
        QdaError: The name cannot be used.
    """
    if not name or name != name.strip() or any(unicodedata.category(sign) in ("Cc", "Cs") for sign in name):
        raise QdaError(f"{name!r} cannot be a code's name: it is empty, has spaces around it or a line break in it")


def same_name(one: str, other: str) -> bool:
    """Whether two siblings' names would be confused."""
    return plain_name(one) == plain_name(other)


def plain_name(name: str) -> str:
    """A name as it is compared with its siblings: without case, accents composed."""
    return unicodedata.normalize("NFC", name).casefold()


def _former(code: Code) -> str:
    """The path of a code as an alias; one at the top is told from a mere name by a slash in front."""
    return code.path if "/" in code.path else f"/{code.path}"


def _json(names: dict[str, None]) -> str:
    return json.dumps(list(names), ensure_ascii=False)
