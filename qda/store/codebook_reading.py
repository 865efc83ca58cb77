"""Reading the codebook: the tree of codes, its versions and which codes each of them had."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from qda.errors import QdaError
from qda.model.codebook import Codebook, CodeEntry
from qda.model.nouns import id_of
from qda.model.tree import Code, CodeTree
from qda.store.base import Nouns
from qda.store.schema import TABLES

if TYPE_CHECKING:
    from collections.abc import Sequence

_COLUMNS = ", ".join(f"c.{name}" for name in TABLES["code"].names)
_RETIRED = 2 + TABLES["code"].names.index("retired")


class CodebookReading(Nouns):
    """What the codebook holds and held."""

    def tree(self) -> CodeTree:
        """All live codes as a tree, retired ones included."""
        return self._tree("c.died IS NULL", ())

    def tree_at(self, version: int) -> CodeTree:
        """The codes of an earlier version."""
        number = self.database.one("SELECT change FROM codebook_version WHERE number = ?", (version,))
        if number is None:
            raise QdaError(f"there is no codebook version {version} (the newest is {self.version()})")
        return self._tree("c.born <= ? AND (c.died IS NULL OR c.died > ?)", (number, number))

    def _tree(self, where: str, values: Sequence[Any]) -> CodeTree:
        rows = self.database.rows(
            f"SELECT e.uid, c.born, {_COLUMNS} FROM past_code c JOIN entity e ON e.key = c.key WHERE {where}",
            values,
        )
        return CodeTree.build(
            (row[2], id_of(row[0]), row[3], row[4], entry_of(row[2:]), bool(row[_RETIRED]), row[1]) for row in rows
        )

    def get(self, path: str) -> Code:
        """The code with a path, an alias or a former path.

        Raises:
            QdaError: There is none; the sentence names the nearest.
        """
        return self.tree().get(path)

    def version(self) -> int:
        """The number of the newest codebook version, 0 before there is one."""
        return int(self.database.one("SELECT coalesce(max(number), 0) FROM codebook_version"))

    def mark(self) -> tuple[int, int]:
        """What is another where the codes that are seen changed, private proposals too, which make no version."""
        count, born = self.database.rows("SELECT count(*), coalesce(sum(born), 0) FROM live_code")[0]
        return int(count), int(born)

    def versions(self) -> list[tuple[int, str, str, str]]:
        """All versions: number, when, who, what was done."""
        return self.database.rows(
            "SELECT v.number, c.at, coalesce((SELECT name FROM known_coder WHERE key = c.coder), ''), c.summary"
            " FROM codebook_version v JOIN change c ON c.number = v.change ORDER BY v.number"
        )

    def codes_at(self, version: int) -> set[int]:
        """The keys of the codes that a version had."""
        number = self.database.one("SELECT change FROM codebook_version WHERE number = ?", (version,)) or 0
        rows = self.database.rows(
            "SELECT key FROM past_code WHERE born <= ? AND (died IS NULL OR died > ?)", (number, number)
        )
        return {row[0] for row in rows}

    def merged(self) -> dict[int, int]:
        """Codes that are gone because they were merged, each with the code whose codings theirs are now."""
        gone = [key for (key,) in self.database.rows("SELECT key FROM past_code EXCEPT SELECT key FROM live_code")]
        if not gone:
            return {}
        into: dict[int, int] = dict(
            self.database.rows(
                "SELECT DISTINCT b.code, a.code FROM past_coding b"
                " JOIN past_coding a ON a.key = b.key AND a.born = b.died AND a.code <> b.code"
                f" WHERE b.code IN ({','.join('?' * len(gone))})"
                " AND b.died = (SELECT max(g.died) FROM past_code g WHERE g.key = b.code)",
                gone,
            )
        )
        for code, other in into.items():
            seen, last = {code}, other
            while last in into and last not in seen:  # merged again
                seen.add(last)
                last = into[last]
            into[code] = last
        return into

    def version_at(self, change: int) -> int:
        """The number of the codebook's version as it stood after a change, 0 before there was one."""
        return int(
            self.database.one("SELECT coalesce(max(number), 0) FROM codebook_version WHERE change <= ?", (change,))
        )

    def files(self) -> list[str]:
        """The names of the files from which codes were taken over."""
        return list(json.loads(self.study.settings.get("codebook files", "[]")))

    def codebook_at(self, version: int) -> Codebook:
        """The codebook of an earlier version."""
        tree = self.tree_at(version)
        return tree.codebook(
            self._setting_at(version, "codebook"), json.loads(self._setting_at(version, "codebook x") or "{}")
        )

    def _setting_at(self, version: int, name: str) -> str:
        """What was set when a version was made."""
        value = self.database.one(
            "SELECT s.value FROM main.setting s JOIN codebook_version v ON v.number = ?"
            " WHERE s.name = ? AND s.born <= v.change AND (s.died IS NULL OR s.died > v.change)",
            (version, name),
        )
        return str(value or "")

    def codebook(self) -> Codebook:
        """The whole codebook as a value, as YAML carries it; retired codes say so under `x:`."""
        settings = self.study.settings
        return self.tree().codebook(settings.get("codebook"), json.loads(settings.get("codebook x", "{}")))


def entry_of(row: Sequence[Any]) -> CodeEntry:
    """A code's fields from its row."""
    value = dict(zip(TABLES["code"].names, row, strict=True))
    extra = json.loads(value["extra"])
    if value["retired"]:
        extra["retired"] = "true"
    return CodeEntry(
        name=value["name"],
        definition=value["definition"],
        include=value["include"],
        exclude=value["exclude"],
        example=value["example"],
        labels=json.loads(value["labels"]),
        aliases=tuple(json.loads(value["aliases"])),
        origin=value["origin"],
        ordinal=bool(value["ordinal"]),
        exclusive=value["exclusive"],
        moment=value["moment"],
        outside=bool(value["outside"]),
        patterns=tuple(json.loads(value["patterns"])),
        extra=extra,
    )


def row_of(
    key: int, parent: int | None, position: int, entry: CodeEntry, proposer: int | None = None
) -> tuple[Any, ...]:
    """The row of a code from its fields."""
    extra = dict(entry.extra)
    retired = extra.pop("retired", "") == "true"
    return (
        key,
        parent,
        position,
        entry.name,
        entry.definition,
        entry.include,
        entry.exclude,
        entry.example,
        json.dumps(dict(entry.labels), ensure_ascii=False),
        json.dumps(list(entry.aliases), ensure_ascii=False),
        entry.origin,
        int(entry.ordinal),
        entry.exclusive,
        entry.moment,
        int(entry.outside),
        json.dumps(list(entry.patterns), ensure_ascii=False),
        json.dumps(extra, ensure_ascii=False),
        int(retired),
        proposer,
    )
