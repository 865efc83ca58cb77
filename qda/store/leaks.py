"""Decisions on names in what goes out: which name may stand among which words, with the reason, who and when."""

from __future__ import annotations

from qda.errors import QdaError
from qda.model.confidential import Allowed
from qda.model.folding import fold
from qda.model.nouns import id_of
from qda.store.base import Nouns
from qda.store.codings import now


class Leaks(Nouns):
    """The decisions on names in what goes out."""

    def all(self) -> list[Allowed]:
        """All decisions, by name and words."""
        rows = self.database.rows(
            "SELECT x.key, e.uid, x.name, x.words, x.reason, coalesce(k.name, ''), x.at FROM live_leak x"
            " JOIN entity e ON e.key = x.key LEFT JOIN live_coder k ON k.key = x.coder ORDER BY x.name, x.words, e.uid"
        )
        return [Allowed(key, id_of(uid), *rest) for key, uid, *rest in rows]

    def allow(self, places: list[tuple[str, str]], reason: str) -> int:
        """Let names go out among some words (without words: anywhere); returns how many decisions are new.

        Raises:
            QdaError: A name is empty, or does not stand among the words.
        """
        names = ", ".join(dict.fromkeys(name for name, _ in places))
        with self.study.action("leaks", f"let the name {names} go out") as change:
            me = self.study.coders.make(change, [self.study.coder])[self.study.coder] if self.study.coder else None
            known = {(one.name, one.words) for one in self.all()}
            fresh = []
            for name, words in places:
                place = fold(name).text, fold(words).text
                if not place[0]:
                    raise QdaError("say which name may go out")
                if place[1] and place[0] not in place[1]:
                    raise QdaError(f"'{name}' does not stand in '{words}'; give the words as they are listed")
                if place not in known:
                    known.add(place)
                    fresh.append((change.new_key("leak"), *place, reason, me, now()))
            change.insert("leak", fresh)
        return len(fresh)

    def forget(self, name: str) -> int:
        """Take the decisions on a name back; returns how many there were.

        Raises:
            QdaError: Nothing was decided on it.
        """
        with self.study.action("leaks", f"took the decisions on the name {name} back") as change:
            count = change.close("leak", "name = ?", (fold(name).text,))
            if not count:
                raise QdaError(f"nothing was decided on the name '{name}'; 'qda leaks' lists what was")
        return count
