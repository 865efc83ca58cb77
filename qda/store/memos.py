"""Memos: typed notes on the study, a source, a person, a case, a code, a coding, a claim or a segment."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from qda.errors import ConflictError, QdaError
from qda.model.nouns import MEMO_KINDS, Memo, id_of, uid_of
from qda.store.base import Nouns, at_line
from qda.store.codings import coding_of, now

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from qda.model.nouns import Coding
    from qda.store.change import Change

_SHORT = 40
TARGET_KINDS = ("study", "source", "person", "case", "code", "coding", "claim", "segment")


class MemoRow(NamedTuple):
    """A memo as it comes from outside; `target` names a thing of `target_kind` (a source for a segment)."""

    body: str
    target_kind: str = "study"
    target: str = ""
    kind: str = "analytic"
    title: str = ""
    start: int | None = None
    end: int | None = None
    coder: str = ""
    at: str = ""
    id: bytes | None = None
    line: int = 0


class Memos(Nouns):
    """The memos of the study."""

    def all(self) -> list[Memo]:
        """All memos by time, with the names of what they are about."""
        return self._read("")

    def near(self, source: int) -> list[Memo]:
        """The memos on a source, on segments of its text and on codings in it, by time."""
        return self._read("WHERE m.target = :source OR r.source = :source OR g.source = :source", source)

    def changed_since(self, number: int) -> bool:
        """Whether any memo was written, changed or removed after a change."""
        return bool(self.database.one("SELECT 1 FROM main.memo WHERE born > ? OR died > ? LIMIT 1", (number, number)))

    def _read(self, where: str, source: int | None = None) -> list[Memo]:
        rows = self.database.rows(
            f"""
            SELECT m.key, e.uid, m.kind, m.title, m.body, k.name, m.at, t.kind, m.target, t.uid, m.start, m.end,
                   coalesce(s.name, p.name, c.name, rs.name)
            FROM live_memo m JOIN entity e ON e.key = m.key JOIN live_coder k ON k.key = m.coder
            LEFT JOIN entity t ON t.key = m.target
            LEFT JOIN live_source s ON s.key = m.target LEFT JOIN live_person p ON p.key = m.target
            LEFT JOIN live_case c ON c.key = m.target LEFT JOIN live_coding g ON g.key = m.target
            LEFT JOIN live_revision r ON r.key = m.revision LEFT JOIN live_source rs ON rs.key = r.source
            {where} ORDER BY m.at, m.key
            """,
            {"source": source},
        )
        coded = any(row[7] == "code" for row in rows)
        paths = {code.key: code.path for code in self.study.codebook.tree().codes} if coded else {}
        return [_memo(row, paths) for row in rows]

    def of_codings(self) -> dict[int, str]:
        """The words of the memos on each coding, by key; several are joined by an empty line."""
        found: dict[int, str] = {}
        for key, body in self.database.rows(
            "SELECT m.target, m.body FROM live_memo m JOIN live_coding c ON c.key = m.target ORDER BY m.at, m.key"
        ):
            found[key] = f"{found[key]}\n\n{body}" if key in found else body
        return found

    def codings(self) -> dict[int, Coding]:
        """The coding that each memo on a coding is about, by the memo's key."""
        rows = self.database.rows(
            """
            SELECT m.key, c.key, e.uid, c.source, c.revision, c.code, c.coder, c.start, c.end, c.layer, c.weight,
                   c.origin, c.at, c.anchor
            FROM live_memo m JOIN live_coding c ON c.key = m.target JOIN entity e ON e.key = c.key
            """
        )
        return {row[0]: coding_of(row[1:]) for row in rows}

    def edit(self, memo_id: str, *, title: str, body: str, kind: str) -> None:
        """Give a memo of the current coder other words or another kind; what it is about stays.

        Raises:
            QdaError: It is somebody else's, or gone, or would have no text.
        """
        with self.study.action("memos", f"edited the memo '{_short(title or body)}'") as change:
            key = self._own(memo_id)
            _check(kind, body)
            change.edit("memo", "key = ?", (key,), title=title, body=body, kind=kind)

    def remove(self, memo_id: str) -> None:
        """Take a memo of the current coder away.

        Raises:
            QdaError: It is somebody else's, or gone.
        """
        with self.study.action("memos", "") as change:
            key = self._own(memo_id)
            words = self.database.rows("SELECT title, body FROM live_memo WHERE key = ?", (key,))[0]
            change.summarise(f"removed the memo '{_short(words[0] or words[1])}'")
            change.close("memo", "key = ?", (key,))

    def _own(self, memo_id: str) -> int:
        uid = uid_of(memo_id)
        if uid is None:
            raise QdaError(f"'{memo_id}' is no id of a memo")
        rows = self.database.rows(
            "SELECT m.key, k.name FROM live_memo m JOIN entity e ON e.key = m.key JOIN live_coder k ON k.key = m.coder"
            " WHERE e.uid = ?",
            (uid,),
        )
        if not rows:
            raise ConflictError("this memo was removed in the meantime")
        key, coder = rows[0]
        if coder != self.study.coder:
            raise QdaError(f"this memo is {coder}'s; only your own can be changed here")
        return int(key)

    def add(self, row: MemoRow) -> None:
        """Write a memo as the current coder."""
        self.import_rows([row], f"memo on {row.target or 'the study'}")

    def import_rows(self, rows: Sequence[MemoRow], summary: str) -> int:
        """Take memos in, all or none; one that is here already is left alone. Returns how many are new.

        Raises:
            QdaError: A line is wrong; the sentence names it and nothing is entered.
        """
        added = 0
        with self.study.action("memos", summary) as change:
            coders = self.study.coders.make_from(change, ((self._coder(row), row.line) for row in rows))
            for row in rows:
                try:
                    added += self._insert(change, row, coders[self._coder(row)])
                except QdaError as error:
                    raise at_line(row.line, error) from None
        return added

    def _coder(self, row: MemoRow) -> str:
        name = row.coder or self.study.coder
        if not name:
            raise QdaError("say who writes the memo: --coder NAME, or QDA_CODER in the environment")
        return name

    def _insert(self, change: Change, row: MemoRow, coder: int) -> bool:
        _check(row.kind, row.body)
        target, revision = self._target(row)
        if self._is_here(row, coder, target):
            return False
        key = change.new_key("memo", row.id)
        change.insert(
            "memo",
            [(key, row.kind, row.title, row.body, coder, row.at or now(), target, revision, row.start, row.end)],
        )
        return True

    def _is_here(self, row: MemoRow, coder: int, target: int | None) -> bool:
        """Whether the same coder has written the same words about the same thing.

        Raises:
            QdaError: The memo's id belongs to something else.
        """
        same = self.database.rows(
            "SELECT e.uid FROM live_memo m JOIN entity e ON e.key = m.key"
            " WHERE m.target IS ? AND m.start IS ? AND m.end IS ? AND m.coder = ? AND m.body = ? AND m.title = ?",
            (target, row.start, row.end, coder, row.body, row.title),
        )
        if same:
            return True
        taken = self.database.rows(
            "SELECT e.kind FROM entity e LEFT JOIN live_memo m ON m.key = e.key"
            " WHERE e.uid = ? AND (e.kind <> 'memo' OR m.key IS NOT NULL)",
            (row.id,),
        )
        if taken:
            kind = taken[0][0]
            raise QdaError(f"its id belongs to {'another memo' if kind == 'memo' else f'a {kind}'} already")
        return False

    def _target(self, row: MemoRow) -> tuple[int | None, int | None]:
        """The keys of what a memo is about, and of the revision where it is about a segment."""
        study = self.study
        if row.target_kind == "study":
            return None, None
        if row.target_kind == "segment":
            source = study.sources.get(row.target)
            start, end = row.start, row.end
            if start is None or end is None or not 0 <= start < end <= source.characters:
                raise QdaError(f"the segment {start}-{end} does not lie in '{row.target}' (0-{source.characters})")
            return source.key, source.revision_key
        finders: dict[str, Callable[[str], int]] = {
            "source": lambda name: study.sources.get(name).key,
            "person": study.persons.find,
            "case": study.cases.find,
            "code": lambda path: study.codebook.get(path).key,
            "coding": study.codings.key,
            "claim": lambda words: study.claims.get(words).key,
        }
        if row.target_kind not in finders:
            raise QdaError(f"a memo is about a {', '.join(TARGET_KINDS)}, not about a '{row.target_kind}'")
        return finders[row.target_kind](row.target), None


def _check(kind: str, body: str) -> None:
    if kind not in MEMO_KINDS:
        raise QdaError(f"'{kind}' is no kind of memo; kinds are {', '.join(MEMO_KINDS)}")
    if not body.strip():
        raise QdaError("the memo has no text")


def _short(words: str) -> str:
    line = " ".join(words.split())
    return line if len(line) <= _SHORT else f"{line[: _SHORT - 1]}…"


def _memo(row: Sequence[Any], paths: dict[int, str]) -> Memo:
    key, uid, kind, title, body, coder, at, target_kind, target, target_uid, start, end, name = row
    if target is None:
        target_kind, name = "study", ""
    elif start is not None:
        target_kind = "segment"
    elif target_kind == "code":
        name = paths.get(target, "")
    elif target_kind in ("coding", "claim"):
        name = id_of(target_uid)
    return Memo(key, id_of(uid), kind, title, body, coder, at, target_kind, name or "", start, end)
