"""Queries that were saved by name, so that reports, exports and searches can be asked for them."""

from __future__ import annotations

from typing import NamedTuple

from qda.errors import ConflictError, QdaError
from qda.model.nouns import id_of
from qda.model.query.tokens import KEYWORDS
from qda.store.base import Names, Nouns, check_plain
from qda.store.codings import now
from qda.store.view import BLIND, BLINDED

_SIGNS = frozenset('()"=<>!/*')


class SavedQuery(NamedTuple):
    """A query with its name, its words, who saved it last and when."""

    key: int
    uid: str
    name: str
    text: str
    coder: str
    at: str


class Queries(Nouns):
    """The saved queries of the study; those that others saved in a blind round are hidden until it is revealed."""

    def all(self) -> list[SavedQuery]:
        """All saved queries, by name."""
        rows = self.database.rows(
            "SELECT q.key, e.uid, q.name, q.text, k.name, q.at FROM live_query q JOIN entity e ON e.key = q.key"
            " JOIN live_coder k ON k.key = q.coder ORDER BY q.name"
        )
        return [SavedQuery(key, id_of(uid), *rest) for key, uid, *rest in rows]

    def find(self, name: str) -> SavedQuery | None:
        """The query with a name, None where there is none.

        Raises:
            QdaError: Several have it, but for case or accents.
        """
        saved = {one.key: one for one in self.all()}
        key = self._names(saved).find(name)
        return None if key is None else saved[key]

    def get(self, name: str) -> SavedQuery:
        """The query with a name.

        Raises:
            QdaError: There is none; the sentence names the nearest.
        """
        saved = {one.key: one for one in self.all()}
        return saved[self._names(saved).get(name)]

    def _names(self, saved: dict[int, SavedQuery]) -> Names:
        return Names("query", {one.name: key for key, one in saved.items()})

    def save(self, name: str, text: str, *, replace: bool = False) -> None:
        """Save the words of a query under a name; `replace` gives a query that is there other words.

        Raises:
            QdaError: The name cannot be used, or is taken by a query of other words; or nobody says who saves it.
        """
        if not self.study.coder:
            raise QdaError("say who saves the query: --coder NAME, or QDA_CODER in the environment")
        known = self.find(name)
        if known is not None and known.text != text and not replace:
            raise QdaError(
                f"there is a query '{known.name}' already, of other words: {known.text};"
                " choose another name, or give it these words with --replace"
            )
        with self.study.action("query", f"{'changed' if known else 'saved'} the query {name}") as change:
            coder = self.study.coders.make(change, [self.study.coder])[self.study.coder]
            if known is None:
                self._refuse(name)
                change.insert("query", [(change.new_key("query"), name, text, coder, now())])
            elif known.text != text:
                self._refuse_shared(known)
                change.edit("query", "key = ?", (known.key,), text=text, coder=coder, at=now())

    def rename(self, old: str, new: str) -> None:
        """Give a query another name.

        Raises:
            QdaError: There is no such query, or the new name is taken or cannot be used.
        """
        with self.study.action("query", f"renamed the query {old} to {new}") as change:
            one = self.get(old)
            if one.name != new:
                self._refuse_shared(one)
                self._refuse(new, but=one.key)
                change.edit("query", "key = ?", (one.key,), name=new)

    def remove(self, name: str) -> None:
        """Take a saved query away.

        Raises:
            QdaError: There is no such query.
        """
        with self.study.action("query", f"removed the query {name}") as change:
            one = self.get(name)
            self._refuse_shared(one)
            change.close("query", "key = ?", (one.key,))

    def _refuse_shared(self, one: SavedQuery) -> None:
        """Refuse to change, in a blind round, what its coders all see: the others would see that somebody did."""
        blinded = self.database.one(f"SELECT 1 WHERE ? IN ({BLINDED})", (self.study.coders.key(self.study.coder),))
        begun = self.database.one(f"SELECT min(born) FROM main.round WHERE key IN ({BLIND})")
        first = self.database.one("SELECT min(born) FROM main.query WHERE key = ?", (one.key,))
        if blinded and first < begun:
            raise ConflictError(
                f"the query '{one.name}' is shared by the coders of a blind round; save yours under another name, or"
                " reveal the round first"
            )

    def _refuse(self, name: str, but: int = 0) -> None:
        """Refuse a name that is taken, also by a query that is hidden, or that could be read as a query."""
        check_plain(name, "query")
        if name != name.strip() or _SIGNS.intersection(name) or not {*KEYWORDS}.isdisjoint(name.split()):
            raise QdaError(
                f"'{name}' cannot be the name of a query, for it could be read as one; leave out AND, brackets and"
                " other signs of queries"
            )
        taken = dict(self.database.rows("SELECT name, key FROM main.query WHERE died IS NULL AND key <> ?", (but,)))
        if Names("query", taken).find(name) is not None:
            raise QdaError(f"there is a query '{name}' already; choose another name")
