"""What memos are about: in words, as a place in a source, and the words of the text itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qda.errors import QdaError

if TYPE_CHECKING:
    from qda.model.nouns import Memo
    from qda.model.tree import CodeTree
    from qda.store import Study


class Targets:
    """The things that memos are about, read once."""

    def __init__(self, study: Study, tree: CodeTree) -> None:
        self._study, self._tree = study, tree
        self._codings = study.memos.codings()
        self._sources = {source.key: source.name for source in study.sources.all()}

    def about(self, memo: Memo) -> str:
        """What a memo is about, in words."""
        coding = self._codings.get(memo.key)
        if coding is not None:
            code = self._tree.by_key.get(coding.code)
            return f"coding {code.path if code else ''} in {self._sources.get(coding.source, '?')}"
        if memo.target_kind == "segment":
            return f"words of {memo.target}, {memo.start}-{memo.end}"
        return f"{memo.target_kind} {memo.target}" if memo.target else "the study"

    def place(self, memo: Memo) -> tuple[str, int, int] | None:
        """Where in a source a memo leads; None where it leads to none."""
        coding = self._codings.get(memo.key)
        if coding is not None:
            return self._sources.get(coding.source, ""), coding.start, coding.end
        if memo.target_kind == "segment":
            return memo.target, memo.start or 0, memo.end or 0
        return (memo.target, 0, 0) if memo.target_kind == "source" else None

    def words(self, memo: Memo) -> str:
        """The words of the text that a memo is about; none where it is about something else."""
        place = self.place(memo)
        if place is None or memo.target_kind == "source":
            return ""
        source, start, end = place
        try:
            return self._study.sources.text(self._study.sources.get(source).key)[start:end]
        except QdaError:  # somebody renamed it since
            return ""
