"""What hands do to the codebook on the screen: describe, reorder and split codes, and look before they merge."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from qda.errors import ConflictError, QdaError
from qda.model.codebook import EXCLUSIVE, ORIGINS, Codebook, CodeEntry
from qda.model.nouns import LAYERS, many, plain_name
from qda.store.code_names import check_codebook, former
from qda.store.codebook import StudyCodebook
from qda.store.codebook_reading import row_of
from qda.store.codings import _SELECT, coding_of
from qda.store.schema import TABLES

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from qda.model.nouns import Coding
    from qda.model.tree import Code, CodeTree

_CHUNK = 500


class MergePreview(NamedTuple):
    """What a merge would do: codings that get the other code, and how many of them one has it already for.

    `moved` are the subcodes that come along, `merged` those that become one with a subcode of the same name,
    `aliases` the names that the other code takes over.
    """

    codings: int
    twins: int
    memos: int
    moved: tuple[str, ...]
    merged: tuple[str, ...]
    aliases: tuple[str, ...]


class Made(NamedTuple):
    """When a code came: the version of the codebook that first had it, when, and by whom."""

    version: int
    at: str
    coder: str


class CodebookEdits(StudyCodebook):
    """Edits of single codes, each one action; and what is asked before them."""

    # --- reading ----------------------------------------------------------------------------------------

    def codings_of(self, codes: Sequence[int]) -> list[Coding]:
        """The codings that count of some codes, by source and place."""
        marks = ",".join("?" * len(codes))
        rows = self.database.rows(
            f"{_SELECT} WHERE c.anchor < 2 AND c.code IN ({marks}) ORDER BY c.source, c.start, c.end, c.code, c.coder",
            codes,
        )
        return [coding_of(row) for row in rows]

    def coders_by_code(self) -> dict[int, list[tuple[str, int]]]:
        """How many codings each coder has of each code itself, the consensus apart; the busiest first."""
        found: dict[int, list[tuple[str, int]]] = {}
        for code, layer, name, count in self.database.rows(
            "SELECT c.code, c.layer, k.name, count(*) AS n FROM counted_coding c JOIN live_coder k ON k.key = c.coder"
            " GROUP BY c.code, c.layer, CASE c.layer WHEN 0 THEN c.coder END ORDER BY c.code, c.layer, n DESC, k.name"
        ):
            who = name if LAYERS[layer] == "independent" else LAYERS[layer]
            found.setdefault(code, []).append((who, count))
        return found

    def made(self, code: int) -> Made:
        """In which version a code came into the codebook."""
        rows = self.database.rows(
            "SELECT v.number, c.at, coalesce((SELECT name FROM known_coder WHERE key = c.coder), '')"
            " FROM codebook_version v JOIN change c ON c.number = v.change"
            " WHERE v.change = (SELECT min(born) FROM past_code WHERE key = ?)",
            (code,),
        )
        return Made(*rows[0]) if rows else Made(0, "", "")

    # --- looking before a merge -------------------------------------------------------------------------

    def merge_preview(self, path: str, into: str) -> MergePreview:
        """What merging one code into another would do.

        Raises:
            QdaError: They cannot be merged.
        """
        code, target, tree = self.get(path), self.get(into), self.tree()
        if code.key == target.key:
            raise QdaError(f"'{path}' and '{into}' are the same code")
        if target.key in tree.below(code.key):
            raise QdaError(f"'{code.path}' cannot be merged into its own subcode; move '{target.path}' out first")
        pairs, moved = [(code, target)], list[str]()
        for one, other in pairs:  # it grows while it is read
            twins = _children(tree, other, without=one.key)
            for child in _children(tree, one).values():
                twin = twins.get(plain_name(child.entry.name))
                if twin is not None and twin.key != child.key:
                    pairs.append((child, twin))
                else:
                    moved.append(child.path)
        return MergePreview(
            codings=sum(self._count("live_coding", "code", one.key) for one, _ in pairs),
            twins=sum(self._twins(one.key, other.key) for one, other in pairs),
            memos=sum(self._count("live_memo", "target", one.key) for one, _ in pairs),
            moved=tuple(moved),
            merged=tuple(one.path for one, _ in pairs[1:]),
            aliases=_new_aliases(tree, code, target),
        )

    def _count(self, view: str, column: str, key: int) -> int:
        return int(self.database.one(f"SELECT count(*) FROM {view} WHERE {column} = ?", (key,)))

    def _twins(self, code: int, target: int) -> int:
        return int(
            self.database.one(
                "SELECT count(*) FROM counted_coding mine JOIN counted_coding twin ON twin.source = mine.source"
                " AND twin.coder = mine.coder AND twin.start = mine.start AND twin.end = mine.end"
                " AND twin.layer = mine.layer AND twin.code = ? WHERE mine.code = ?",
                (target, code),
            )
        )

    # --- edits ------------------------------------------------------------------------------------------

    def rewrite(self, path: str, entry: CodeEntry, *, seen: int | None = None) -> None:
        """Give a code all its words and marks at once; its name, its place and what stands under `x:` stay.

        `seen` is the change in which the code was born as its writer saw it.

        Raises:
            QdaError: A word cannot be used.
            ConflictError: Somebody else has written about the code in the meantime.
        """
        with self._changing(f"description of {path}") as (change, _):
            code = self.get(path)
            if seen is not None and code.born != seen:
                raise ConflictError(f"'{code.path}' was changed in the meantime; close this, look, and write it anew")
            new = replace(_checked(entry, code), extra=code.entry.extra, children=())
            row = row_of(code.key, code.parent, code.position, new)
            fields = dict(zip(TABLES["code"].names, row, strict=True))
            del fields["proposer"]
            change.edit("code", "key = ?", (code.key,), **fields)

    def reorder(self, path: str, by: int) -> None:
        """Move a code up (-1) or down (+1) among its siblings; retired ones stand apart from those in use.

        Raises:
            QdaError: There is no sibling on that side.
        """
        with self.study.action("code", f"moved {path} {'up' if by < 0 else 'down'}") as change:
            code, tree = self.get(path), self.tree()
            siblings = list(tree.children[code.parent])
            alike = [key for key in siblings if tree.by_key[key].retired == code.retired]
            place = alike.index(code.key) + by
            if not 0 <= place < len(alike):
                raise QdaError(f"'{code.path}' is the {'first' if by < 0 else 'last'} of its siblings already")
            mine, other = siblings.index(code.key), siblings.index(alike[place])
            siblings[mine], siblings[other] = siblings[other], siblings[mine]
            positions = sorted(tree.by_key[key].position for key in siblings)
            if len(set(positions)) < len(positions):
                positions = list(range(len(siblings)))  # two that shared a place were in order of their names
            for key, position in zip(siblings, positions, strict=True):
                change.edit("code", "key = ?", (key,), position=position)

    def split(self, path: str, into: str, codings: Sequence[int]) -> Code:
        """Let some codings of a code (by their keys) become those of a new code, whose path is given.

        Raises:
            QdaError: No codings are chosen, or the new code cannot be made.
            ConflictError: A coding is gone, or has another code by now.
        """
        chosen = sorted(set(codings))
        with self.study.action("code", f"split {path}: {many(len(chosen), 'coding')} to {into}") as change:
            code = self.get(path)
            if not chosen:
                raise QdaError("no coding is chosen: tick those that the new code shall have")
            if not set(chosen) <= {key for (key,) in self._keys_of(code.key)}:
                raise ConflictError(f"a coding of '{code.path}' was changed in the meantime; choose once more")
            new = self.make_path(change, into, origin="analyst", parents=False)
            for part in _chunks(chosen):
                change.edit("coding", f"key IN ({','.join('?' * len(part))})", part, code=new)
        return self.tree().by_key[new]

    def _keys_of(self, code: int) -> list[tuple[int]]:
        return self.database.rows("SELECT key FROM live_coding WHERE code = ?", (code,))


def _children(tree: CodeTree, code: Code, without: int | None = None) -> dict[str, Code]:
    """The subcodes right under a code by their plain names."""
    found = [tree.by_key[key] for key in tree.children.get(code.key, ()) if key != without]
    return {plain_name(child.entry.name): child for child in found}


def _new_aliases(tree: CodeTree, code: Code, target: Code) -> tuple[str, ...]:
    """The aliases that a code gets by a merge; one that is the name of a sibling of it leads to that one."""
    beside = [tree.by_key[key] for key in tree.children.get(target.parent, ()) if key not in (code.key, target.key)]
    taken = {plain_name(sibling.entry.name) for sibling in beside}
    known = {*target.entry.aliases, target.entry.name}
    names = dict.fromkeys((code.entry.name, *code.entry.aliases, former(code.path)))
    return tuple(name for name in names if name not in known and plain_name(name) not in taken)


def _checked(entry: CodeEntry, code: Code) -> CodeEntry:
    """What was written about a code, without empty words and its own name among the aliases.

    Raises:
        QdaError: A word cannot be used.
    """
    if entry.origin and entry.origin not in ORIGINS:
        raise QdaError(f"'{entry.origin}' is no origin of a code; origins are {', '.join(ORIGINS)}")
    if entry.exclusive and entry.exclusive not in EXCLUSIVE:
        raise QdaError(f"subcodes exclude each other in the {' or by '.join(EXCLUSIVE)}, not by '{entry.exclusive}'")
    if entry.moment and entry.exclusive != "case_moment":
        raise QdaError(f"'{code.path}' is not 'exclusive: case_moment', so it has no moment")
    if not all(language.strip() and label.strip() for language, label in entry.labels.items()):
        raise QdaError("a label has a language and a word, such as 'nl: vertrouwen'")
    aliases = dict.fromkeys(alias.strip() for alias in entry.aliases)
    checked = replace(
        entry,
        name=code.entry.name,
        aliases=tuple(alias for alias in aliases if alias and alias != code.entry.name),
        patterns=tuple(dict.fromkeys(pattern for pattern in entry.patterns if pattern.strip())),
    )
    check_codebook(Codebook(codes=(checked,)))
    return checked


def _chunks(keys: list[int]) -> Iterator[list[int]]:
    for start in range(0, len(keys), _CHUNK):
        yield keys[start : start + _CHUNK]
