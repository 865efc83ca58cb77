"""Changing the codebook: each change keeps the codings, can be undone and makes a new version."""

from __future__ import annotations

import contextlib
import json
import unicodedata
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from qda.errors import QdaError
from qda.model.nouns import plain_name
from qda.model.paths import join_path, split_path
from qda.store.codebook_reading import CodebookReading, row_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from qda.model.codebook import Codebook, CodeEntry
    from qda.model.tree import Code, CodeTree
    from qda.store.change import Change


class StudyCodebook(CodebookReading):
    """The codebook of the study."""

    @contextlib.contextmanager
    def _changing(self, summary: str, kind: str = "code") -> Iterator[tuple[Change, CodeTree]]:
        """An action on the codes as they are when it begins; names go before aliases when it is done."""
        with self.study.action(kind, summary) as change:
            tree = self.tree()
            yield change, tree
            self._let_names_go_before(change, tree)

    def _let_names_go_before(self, change: Change, before: CodeTree) -> None:
        """Among siblings a name goes before an alias: who had it as an alias is found where that led, no longer by it.

        Else a path would lead to two codes, and the codebook could not be written and read again.
        """
        tree = self.tree()
        for siblings in tree.children.values():
            names = {plain_name(tree.by_key[key].entry.name): key for key in siblings}
            for code in map(tree.by_key.__getitem__, siblings):
                taken = [one for one in code.entry.aliases if names.get(plain_name(one), code.key) != code.key]
                if taken:
                    led = [_place(before, code.key, alias) if alias in taken else alias for alias in code.entry.aliases]
                    aliases = dict.fromkeys(alias for alias in led if alias)
                    change.edit("code", "key = ?", (code.key,), aliases=_json(aliases))

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
        self._let_names_go_before(change, tree)
        return parent

    def _make(self, change: Change, tree: CodeTree, parent: int | None, name: str, origin: str) -> int:
        from qda.model.codebook import CodeEntry

        _refuse_sibling(tree, parent, name)
        key = change.new_key("code")
        change.insert("code", [row_of(key, parent, self._last(tree, parent), CodeEntry(name, origin=origin))])
        return key

    def _last(self, tree: CodeTree, parent: int | None) -> int:
        return max((tree.by_key[key].position for key in tree.children.get(parent, ())), default=-1) + 1

    def rename(self, path: str, name: str) -> None:
        """Give a code another name; the old one becomes an alias."""
        check_name(name)
        with self._changing(f"renamed {path} to {name}") as (change, tree):
            code = self.get(path)
            _refuse_sibling(tree, code.parent, name, code.key)
            aliases = [alias for alias in (*code.entry.aliases, code.entry.name) if alias != name]
            change.edit("code", "key = ?", (code.key,), name=name, aliases=_json(dict.fromkeys(aliases)))

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
            _refuse_sibling(tree, key, code.entry.name, code.key)
            aliases = dict.fromkeys((*code.entry.aliases, _former(code.path)))
            fields = {"parent": key, "position": self._last(tree, key), "aliases": _json(aliases)}
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
        change.repoint("memo", "target", code.key, target.key)
        change.close("code", "key = ?", (code.key,))
        for child in tree.children.get(code.key, ()):
            twin = siblings.get(plain_name(tree.by_key[child].entry.name))
            if twin is not None and twin != child:
                moved += self._merge(change, tree, tree.by_key[child], tree.by_key[twin])
            else:
                change.edit("code", "key = ?", (child,), parent=target.key, position=position)
                position += 1
        aliases = dict.fromkeys((*target.entry.aliases, code.entry.name, *code.entry.aliases, _former(code.path)))
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


def check_codebook(codebook: Codebook) -> None:
    """Refuse a codebook with names or words that a study cannot hold.

    Raises:
        QdaError: A name cannot be used, or a text holds half a character.
    """
    seen: set[tuple[str, ...]] = set()
    for names, code in codebook.walk():
        check_name(code.name)
        plain = tuple(map(plain_name, names))
        if plain in seen:
            raise QdaError(f"two codes beside each other are called '{join_path(names)}'; rename one of them")
        seen.add(plain)
        words = (code.definition, code.include, code.exclude, code.example, *code.aliases, *code.labels.values())
        if any("\ud800" <= sign <= "\udfff" for text in words for sign in text):
            raise QdaError(f"the code '{join_path(names)}' has half a character in its words; write it anew")


def check_name(name: str) -> None:
    """Refuse a code's name that is empty, or has a control character such as a line break, or spaces around it.

    Raises:
        QdaError: The name cannot be used.
    """
    if not name or name != name.strip() or any(unicodedata.category(sign) in ("Cc", "Cs") for sign in name):
        problem = "it is empty, has spaces around it, or a line break or another control character in it"
        raise QdaError(f"{name!r} cannot be a code's name: {problem}")


def _refuse_sibling(tree: CodeTree, parent: int | None, name: str, key: int | None = None) -> None:
    for sibling in tree.children.get(parent, ()):
        if sibling != key and plain_name(tree.by_key[sibling].entry.name) == plain_name(name):
            raise QdaError(f"there is a code '{tree.by_key[sibling].path}' already; use that one, or merge them")


def _former(path: str) -> str:
    """A path as an alias; one at the top is told from a mere name by a slash in front."""
    return path if "/" in path else f"/{path}"


def _place(tree: CodeTree, key: int, alias: str) -> str:
    """Where an alias of a code led, as an alias; nothing where the code had none such."""
    code = tree.by_key.get(key)
    if code is None or alias not in code.entry.aliases or "/" in alias:
        return ""
    above = tree.by_key[code.parent].path if code.parent is not None else ""
    return _former(f"{above}/{join_path([alias])}".removeprefix("/"))


def _json(names: dict[str, None]) -> str:
    return json.dumps(list(names), ensure_ascii=False)
