"""Claims: findings in the writers' words, with what is cited for and against them; everybody may go on with them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from qda.errors import ConflictError, QdaError
from qda.model.claims import Citation, Claim, ClaimRow, one_sentence, parse_scope, scope_lines
from qda.model.nouns import id_of, plain_name
from qda.store.base import Nouns
from qda.store.claim_rules import check_citation, checked
from qda.store.claim_words import short, told
from qda.store.codings import now
from qda.store.view import BLIND, BLINDED

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qda.model.claims import CitationRow
    from qda.model.selection import Selection
    from qda.store.change import Change
    from qda.store.claim_words import Told

_FIELDS = ("kind", "state", "because", "rule", "grade", "reason")
_LEAST = 4  # digits of an id that are enough to find it by


class Claims(Nouns):
    """The claims of the study, in the order in which they were written."""

    # --- reading ----------------------------------------------------------------------------------------

    def all(self) -> list[Claim]:
        """All claims with their scopes."""
        paths = {code.key: code.path for code in self.study.codebook.tree().codes}
        codes: dict[int, list[str]] = {}
        for claim, code in self.database.rows("SELECT claim, code FROM live_claim_code ORDER BY row"):
            if code in paths:
                codes.setdefault(claim, []).append(paths[code])
        rows = self.database.rows(
            "SELECT c.key, e.uid, c.text, c.kind, c.state, c.because, c.rule, c.grade, c.reason, c.scope, c.under,"
            " k.name, c.at FROM live_claim c JOIN entity e ON e.key = c.key LEFT JOIN live_coder k ON k.key = c.coder"
            " ORDER BY c.position, c.at, e.uid"
        )
        return [
            _claim(number, row, _scope_of(codes.get(row[0], []), row[9])) for number, row in enumerate(rows, start=1)
        ]

    def citations(self, claim: int | None = None) -> list[Citation]:
        """What is cited, of one claim (by its key) or of all: what speaks for it first, by source and place."""
        rows = self.database.rows(
            "SELECT c.key, e.uid, c.claim, c.source, c.revision, c.start, c.end, c.words, c.stance, c.role, c.quoted,"
            " c.wording, c.worded_by, k.name, c.at, c.anchor"
            " FROM live_citation c JOIN entity e ON e.key = c.key JOIN live_source s ON s.key = c.source"
            " LEFT JOIN live_coder k ON k.key = c.coder WHERE :claim IS NULL OR c.claim = :claim"
            " ORDER BY c.claim, c.stance = 'against', s.name, c.start, c.end, e.uid",
            {"claim": claim},
        )
        return [self.study.outside.cited(_citation(row)) for row in rows]

    def get(self, words: str) -> Claim:
        """The claim that words name: its number in the list, its id or how that begins, or words of it.

        Raises:
            QdaError: None fits, or several do.
        """
        claims = self.all()
        if not claims:
            raise QdaError("there are no claims yet; write one with 'qda claims add TEXT'")
        if words.isdecimal() and len(words) < _LEAST:
            found = [claim for claim in claims if claim.number == int(words)]
        else:
            begun, wanted = words.lower().strip(), plain_name(one_sentence(words))
            found = [claim for claim in claims if len(begun) >= _LEAST and claim.uid.startswith(begun)]
            found = found or [claim for claim in claims if plain_name(claim.text) == wanted]
            found = found or [claim for claim in claims if wanted and wanted in plain_name(claim.text)]
        if not found:
            raise QdaError(f"there is no claim '{words}'; 'qda claims' lists them with their numbers and ids")
        if len(found) > 1:
            raise QdaError(f"'{words}' stands in {len(found)} claims; name one by its number or id")
        return found[0]

    def citation(self, words: str) -> Citation:
        """The citation with an id, or with the only one that begins so.

        Raises:
            QdaError: There is none, or there are several.
        """
        begun = words.lower().strip()
        found = [one for one in self.citations() if len(begun) >= _LEAST and one.uid.startswith(begun)]
        if len(found) != 1:
            problem = f"there is no citation '{words}'" if not found else f"several citations begin with '{words}'"
            raise QdaError(f"{problem}; 'qda claims show' gives their ids")
        return found[0]

    def log(self, claim: int) -> list[Told]:
        """What became of a claim, the oldest first: who changed what of it when, from the change log."""
        return told(self.database, claim)

    def changed_since(self, number: int) -> bool:
        """Whether any claim or citation was changed after a change."""
        return any(
            self.database.one(f"SELECT 1 FROM main.{table} WHERE born > ? OR died > ? LIMIT 1", (number, number))
            for table in ("claim", "claim_code", "citation")
        )

    def flagged(self) -> tuple[int, int]:
        """How many citations are to be looked at since an edit of their text, and how many have lost their words."""
        states = [anchor for (anchor,) in self.database.rows("SELECT anchor FROM live_citation WHERE anchor > 0")]
        return states.count(1), states.count(2)

    # --- writing ----------------------------------------------------------------------------------------

    def add(self, row: ClaimRow) -> str:
        """Write a claim as the current coder; returns its id.

        Raises:
            QdaError: It has no words, the same one is here, or something in it makes no sense.
        """
        with self.study.action("claim", f"claim '{short(row.text)}'") as change:
            return self.insert(change, row)

    def insert(self, change: Change, row: ClaimRow) -> str:
        """Write a claim with its citations, inside a change; returns its id."""
        self._need_coder()
        text = checked(row)
        if any(claim.text == text for claim in self.all()):
            raise QdaError(f"the claim '{short(text)}' is here already")
        self._refuse_id("claim", row.id)
        key = change.new_key("claim", row.id)
        fields = [one_sentence(getattr(row, name)) for name in _FIELDS]
        scope, codes = self._scope(row.scope)
        position = (self.database.one("SELECT max(position) FROM main.claim") or 0) + 1
        under = self.get(row.under).key if row.under else None
        me = self.study.coders.find(self.study.coder)
        change.insert("claim", [(key, text, *fields, scope, under, position, me, now())])
        change.insert("claim_code", [(key, code) for code in codes])
        for citation in row.citations:
            self.insert_citation(change, key, citation)
        return id_of(self.database.one("SELECT uid FROM entity WHERE key = ?", (key,)))

    def edit(self, claim: Claim, **fields: Any) -> None:
        """Change a claim: any of text, kind, state, because, rule, grade, reason, scope, under.

        Raises:
            QdaError: It was removed in the meantime, is frozen in a blind round, or would make no sense.
        """
        said = f": {fields['state']}" if "state" in fields else ""
        with self.study.action("claim", f"changed the claim '{short(claim.text)}'{said}") as change:
            self.amend(change, claim, **fields)

    def amend(self, change: Change, claim: Claim, **fields: Any) -> None:
        """Change a claim inside a change."""
        self._refuse(claim.key)
        current = {name: getattr(claim, name) for name in ("text", *_FIELDS, "scope")}
        text = checked(ClaimRow(**{**current, **{k: v for k, v in fields.items() if k != "under"}}))
        if any(other.text == text and other.key != claim.key for other in self.all()):
            raise QdaError(f"the claim '{short(text)}' is here already")
        columns: dict[str, Any] = {name: one_sentence(fields[name]) for name in ("text", *_FIELDS) if name in fields}
        if "under" in fields:
            columns["under"] = self._parent(claim, fields["under"])
        if "scope" in fields:
            columns["scope"], codes = self._scope(fields["scope"])
            rows = self.database.rows("SELECT code FROM live_claim_code WHERE claim = ?", (claim.key,))
            here = {code for (code,) in rows}
            for code in here - set(codes):
                change.close("claim_code", "claim = ? AND code = ?", (claim.key, code))
            change.insert("claim_code", [(claim.key, code) for code in codes if code not in here])
        change.edit("claim", "key = ?", (claim.key,), **columns)

    def remove(self, claim: Claim) -> None:
        """Take a claim away with its citations and memos; claims that are part of it stand alone then."""
        with self.study.action("claim", f"removed the claim '{short(claim.text)}'") as change:
            self._refuse(claim.key)
            change.edit("claim", "under = ?", (claim.key,), under=None)
            for table, column in (("citation", "claim"), ("claim_code", "claim"), ("memo", "target"), ("claim", "key")):
                change.close(table, f"{column} = ?", (claim.key,))

    def cite(self, claim: Claim, row: CitationRow) -> str:
        """Cite a segment for or against a claim; cited already, it is quoted and counted as is said now.

        Returns:
            The id of the citation.

        Raises:
            QdaError: The segment is not in its source, or its quotation makes no sense.
        """
        about = f"cited {row.source} {row.start}-{row.end} {row.stance} '{short(claim.text)}'"
        with self.study.action("claim", about) as change:
            self._need_coder()
            self._refuse(claim.key, only_gone=True)
            return self.insert_citation(change, claim.key, row)

    def insert_citation(self, change: Change, claim: int, row: CitationRow) -> str:
        """Write a citation, or change the one of this segment, inside a change; returns its id."""
        source = self.study.sources.get(row.source)
        if not 0 <= row.start < row.end <= source.characters:
            raise QdaError(f"{row.start}-{row.end} does not lie in '{source.name}' (0-{source.characters})")
        words = self.study.sources.text(source.key)[row.start : row.end]
        said = (row.stance, one_sentence(row.role), row.quoted, row.wording.strip(), one_sentence(row.by))
        check_citation(row, words)
        place = (claim, source.revision_key, row.start, row.end)
        known = self.database.rows(
            "SELECT c.key, e.uid FROM live_citation c JOIN entity e ON e.key = c.key"
            " WHERE c.claim = ? AND c.revision = ? AND c.start = ? AND c.end = ? AND c.anchor < 2",
            place,
        )
        if known:
            self._refuse_citation(known[0][0])
            names = ("stance", "role", "quoted", "wording", "worded_by", "anchor")
            change.edit("citation", "key = ?", (known[0][0],), **dict(zip(names, (*said, 0), strict=True)))
            return id_of(known[0][1])
        self._refuse_id("citation", row.id)
        key = change.new_key("citation", row.id)
        me = self.study.coders.find(self.study.coder)
        where = (claim, source.key, source.revision_key, row.start, row.end, words)
        change.insert("citation", [(key, *where, *said, me, now(), 0)])
        return id_of(self.database.one("SELECT uid FROM entity WHERE key = ?", (key,)))

    def uncite(self, citation: Citation) -> None:
        """Take a citation back."""
        name = self.database.one("SELECT text FROM live_claim WHERE key = ?", (citation.claim,))
        with self.study.action("claim", f"no longer cited {citation.stance} '{short(name or '')}'") as change:
            self.close_citation(change, citation)

    def close_citation(self, change: Change, citation: Citation) -> None:
        """Take a citation back inside a change."""
        self._refuse_citation(citation.key)
        if not change.close("citation", "key = ?", (citation.key,)):
            raise ConflictError("this citation was taken back in the meantime")

    # --- what is refused --------------------------------------------------------------------------------

    def _need_coder(self) -> None:
        if not self.study.coder:
            raise QdaError("say who writes the claim: --coder NAME, or QDA_CODER in the environment")

    def _scope(self, scope: Selection) -> tuple[str, list[int]]:
        """A scope as it is kept: what it says beside codes, and the keys of these."""
        study = self.study
        keys = [study.codebook.tree().named(path).key for path in scope.codes]
        for name in scope.sources:
            study.sources.get(name)
        for name in scope.coders:
            study.coders.find(name)
        lines = [line for line in scope_lines(scope) if not line.startswith("code ")]
        return "\n".join(lines), list(dict.fromkeys(keys))

    def _parent(self, claim: Claim, words: str) -> int | None:
        """The key of the claim that one becomes a part of."""
        if not words:
            return None
        parent = self.get(words)
        by_key = {one.key: one for one in self.all()}
        above: Claim | None = parent
        while above is not None:
            if above.key == claim.key:
                raise QdaError("a claim cannot be a part of itself or of its own parts")
            above = by_key.get(above.under or 0)
        return parent.key

    def _refuse(self, key: int, *, only_gone: bool = False) -> None:
        """Refuse to change a claim that is gone, or that the coders of a blind round share."""
        if not self.database.one("SELECT 1 FROM live_claim WHERE key = ?", (key,)):
            raise ConflictError("this claim was removed in the meantime")
        if not only_gone:
            self._refuse_frozen("claim", key)

    def _refuse_id(self, kind: str, uid: bytes | None) -> None:
        """Refuse an id that belongs to something else, or to a thing of this kind that lives."""
        known = self.database.rows("SELECT key, kind FROM entity WHERE uid = ?", (uid,))
        if known and known[0][1] != kind:
            raise QdaError(f"the id {id_of(uid or b'')} belongs to a {known[0][1]} already")
        if known and self.database.one(f"SELECT 1 FROM main.{kind} WHERE key = ? AND died IS NULL", (known[0][0],)):
            raise QdaError(f"the id {id_of(uid or b'')} belongs to another {kind} already")

    def _refuse_citation(self, key: int) -> None:
        self._refuse_frozen("citation", key)

    def _refuse_frozen(self, table: str, key: int) -> None:
        """What was there before a blind round stays as it is for those who code in it."""
        begun = self.database.one(f"SELECT min(born) FROM main.round WHERE key IN ({BLIND})")
        me = self.study.coders.key(self.study.coder) if self.study.coder else None
        if begun is None or not self.database.one(f"SELECT 1 FROM ({BLINDED}) WHERE coder = ?", (me,)):
            return
        if self.database.one(f"SELECT min(born) FROM main.{table} WHERE key = ?", (key,)) < begun:
            raise ConflictError(
                "claims that were there before a blind round stay as they are for those who code in it;"
                " reveal the round first, or write a claim of your own"
            )


def _claim(number: int, row: Sequence[Any], scope: Selection) -> Claim:
    key, uid, text, kind, state, because, rule, grade, reason, _, under, coder, at = row
    said = (text, kind, state, because, rule, grade, reason)
    return Claim(key, id_of(uid), number, *said, scope=scope, under=under, coder=coder or "", at=at)


def _citation(row: Sequence[Any]) -> Citation:
    key, uid, claim, source, revision, start, end, words, stance, role, quoted, wording, by, coder, at, anchor = row
    place = (key, id_of(uid), claim, source, revision, start, end)
    return Citation(*place, words, stance, role, quoted, wording, by, coder or "", at, anchor)


def _scope_of(paths: list[str], rest: str) -> Selection:
    """A claim's scope from the paths of its codes and what else is kept of it."""
    return parse_scope([*(f"code {path}" for path in sorted(paths)), *rest.split("\n")])
