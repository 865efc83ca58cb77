"""Rules of consistency that are kept with a dataset, in their words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qda.errors import QdaError
from qda.model.dataset.nouns import KeptRule
from qda.model.dataset.rules import parse_rule
from qda.model.nouns import id_of
from qda.store.base import Nouns
from qda.store.codings import now

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qda.model.dataset.nouns import Dataset


class DatasetRules(Nouns):
    """The rules that are kept with datasets."""

    def of(self, one: Dataset) -> list[KeptRule]:
        """The rules that are kept with a dataset, in the order of entry."""
        rows = self.database.rows(
            "SELECT r.key, e.uid, r.words, k.name, r.at FROM live_rule r JOIN entity e ON e.key = r.key"
            " JOIN live_coder k ON k.key = r.coder WHERE r.dataset = ? ORDER BY r.key",
            (one.key,),
        )
        return [KeptRule(key, id_of(uid), *rest) for key, uid, *rest in rows]

    def keep(self, name: str, words: Sequence[str]) -> int:
        """Keep rules with a dataset; returns how many are new.

        Raises:
            QdaError: There is no such dataset, or a rule is none.
        """
        with self.study.action("rule", f"rules for the dataset {name}") as change:
            me, one = self.study.datasets.who(), self.study.datasets.get(name)
            known = {each.words for each in self.of(one)}
            given = dict.fromkeys(parse_rule(each, self.study.datasets.column_of(one)).said for each in words)
            fresh = [each for each in given if each not in known]
            keys = change.new_keys("rule", len(fresh))
            change.insert("rule", [(key, one.key, each, me, now()) for key, each in zip(keys, fresh, strict=True)])
        return len(fresh)

    def forget(self, name: str, words: str) -> None:
        """Keep a rule no longer.

        Raises:
            QdaError: There is no such dataset, or no such rule is kept.
        """
        with self.study.action("rule", f"forgot a rule for the dataset {name}") as change:
            one = self.study.datasets.get(name)
            said = parse_rule(words, self.study.datasets.column_of(one)).said
            if not change.close("rule", "dataset = ? AND words = ?", (one.key, said)):
                raise QdaError(f"no rule '{said}' is kept for '{one.name}'")
