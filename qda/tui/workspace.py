"""The open study as the screens see it: one place that reads, acts, and notices what others do."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from qda.errors import QdaError
from qda.store.standing import round_here
from qda.tui.coding.spans import Spans

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from qda.model.folding import Folded
    from qda.model.nouns import Memo, Source, Turn
    from qda.model.tree import Code, CodeTree
    from qda.store import Study
    from qda.store.memos import MemoRow
    from qda.store.standing import Here

RECENT = 9
SOURCES_AT_ONCE = 50


@dataclass
class OpenSource:
    """A source that is open on the screen, with what stands on its text."""

    source: Source
    text: str
    turns: list[Turn]
    spans: Spans
    not_data: list[tuple[int, int]]
    confidential: list[tuple[int, int]]
    sentences: list[tuple[int, int]] | None = None
    done: bool | None = None  # by the current coder; None: not looked yet
    round: Here | None = None  # in which it is being coded
    memos: list[Memo] | None = None  # on its text, its codings and itself; None: not read yet

    def stretches(self) -> Iterator[tuple[int, int]]:
        """The pieces in which sentences are sought: what is said in each turn, and the text between turns."""
        at = 0
        for turn in self.turns:
            if at < turn.start:
                yield at, turn.start
            yield turn.body, turn.end
            at = turn.end
        if at < len(self.text):
            yield at, len(self.text)


@dataclass(frozen=True, slots=True)
class News:
    """What is new on the screen: stretches of the open text to paint anew, and whether more than codings changed."""

    stretches: list[tuple[int, int]] = field(default_factory=list)
    codebook: bool = False
    text: bool = False
    memos: bool = False


class Workspace:
    """An open study with its current source; screens read from here and act through here."""

    def __init__(self, study: Study) -> None:
        self.study = study
        self.current: OpenSource | None = None
        self.recent: list[int] = []
        self.last_codes: list[int] = []
        self.spots: dict[str, object] = {}  # where somebody was in a place, for the way back to it
        self.opening = False  # whether a text is being opened
        self.came_from = ""  # the place from which the text was opened, to which Esc leads back
        self.stale = False
        self._seen = study.coding_edits.last_change()
        self._mark = study.codebook.mark()
        self._tree = study.codebook.tree()
        self._counts: dict[int, int] | None = None

    @property
    def tree(self) -> CodeTree:
        """The codebook as it is now."""
        return self._tree

    @cached_property
    def coder_names(self) -> dict[int, str]:
        """The names of coders by key."""
        return {coder.key: coder.name for coder in self.study.coders.all()}

    @property
    def me(self) -> int | None:
        """The key of who codes; None before the first action of somebody new."""
        return self.study.coders.key(self.study.coder) if self.study.coder else None

    def open(self, name: str) -> OpenSource:
        """Open a source: its text, turns, codings, what is no data and what is confidential."""
        study = self.study
        source = study.sources.get(name)
        with study.database.reading():
            opened = OpenSource(
                source=source,
                text=study.sources.text(source.key),
                turns=study.sources.turns(source.revision_key),
                spans=Spans(study.codings.all(source.key)),
                not_data=study.not_data.by_source().get(source.key, []),
                confidential=study.sensitive.spans(source),
                round=round_here(study, source.key),
            )
            self._seen = study.coding_edits.last_change()
        self.current, self.stale = opened, False
        self._fill_recent()
        return opened

    def _fill_recent(self) -> None:
        """Recent codes of a first session: those that the coder used last in this source."""
        if self.recent or self.current is None:
            return
        me = self.me
        own = sorted((one for one in self.current.spans.all() if one.coder == me), key=lambda one: one.at, reverse=True)
        self.recent = list(dict.fromkeys(one.code for one in own))[:RECENT]

    def counts(self) -> dict[int, int]:
        """How many codings each code has in the whole study; counted once, then kept up."""
        if self._counts is None:
            self._counts = self.study.codings.counts_by_code()
        return self._counts

    def count_slowly(self) -> Iterator[bool]:
        """Have these counts, a few sources at a time so that no key waits; anew where somebody codes meanwhile."""
        study = self.study
        while self._counts is None:
            found: dict[int, int] = {}
            number, sources = study.coding_edits.last_change(), sorted(study.sources.names().values())
            for at in range(0, len(sources), SOURCES_AT_ONCE):
                for code, more in study.codings.counts_by_code(sources[at : at + SOURCES_AT_ONCE]).items():
                    found[code] = found.get(code, 0) + more
                yield True
            if number == study.coding_edits.last_change():
                unseen = study.coding_edits.codes_since(self._seen)
                self._counts = {code: count - unseen.get(code, 0) for code, count in found.items()}

    @property
    def known_counts(self) -> dict[int, int]:
        """The same; nothing where it is not counted yet."""
        return self._counts or {}

    def do(self, act: Callable[[], object]) -> News:
        """Do something that changes the study; returns what is new on the screen."""
        act()
        return self.refresh()

    def refresh(self) -> News:
        """Take in what changed in the study since the last look, by whomever."""
        study = self.study
        with study.database.reading():
            number = study.coding_edits.last_change()
            if number == self._seen:
                return News()
            before, self._seen = self._seen, number
            if self._counts is not None:
                for code, more in study.coding_edits.codes_since(before).items():
                    self._counts[code] = self._counts.get(code, 0) + more
            codebook = self._refresh_codebook()
            memos = study.memos.changed_since(before)
            stretches, text = self._refresh_source(before, memos=memos)
        self.__dict__.pop("coder_names", None)
        return News(stretches, codebook, text, memos)

    def _refresh_codebook(self) -> bool:
        mark = self.study.codebook.mark()
        if mark == self._mark:
            return False
        self._mark, self._tree = mark, self.study.codebook.tree()
        self.recent = [code for code in self.recent if code in self._tree.by_key]
        self.last_codes = [code for code in self.last_codes if code in self._tree.by_key]
        return True

    def _refresh_source(self, before: int, *, memos: bool) -> tuple[list[tuple[int, int]], bool]:
        opened = self.current
        if opened is None:
            return [], False
        source = self.study.sources.by_key(opened.source.key)
        if source is None or source.revision_key != opened.source.revision_key:
            self.stale = True
            return [], True
        opened.source, opened.done, opened.round = source, None, round_here(self.study, source.key)
        opened.memos = None if memos else opened.memos
        news = self.study.coding_edits.since(source.key, before)
        stretches = [opened.spans.remove(key) for key in news.gone]
        for coding in news.codings:
            stretches.append(opened.spans.remove(coding.key))
            opened.spans.add(coding)
            stretches.append((coding.start, coding.end))
        not_data = self.study.not_data.by_source().get(source.key, [])
        if not_data != opened.not_data:
            stretches += [*opened.not_data, *not_data]
            opened.not_data = not_data
        confidential = self.study.sensitive.spans(source)
        if confidential != opened.confidential:
            stretches += [*opened.confidential, *confidential]
            opened.confidential = confidential
        return [stretch for stretch in stretches if stretch[0] < stretch[1]], False

    def used(self, codes: list[int]) -> None:
        """Remember codes as those used last."""
        self.last_codes = list(codes)
        self.recent = list(dict.fromkeys([*codes, *self.recent]))[:RECENT]

    def code(self, key: int) -> Code | None:
        """A code by its key."""
        return self._tree.by_key.get(key)

    def memos(self) -> list[Memo]:
        """The memos on the open source, on segments of its text and on codings in it, by time."""
        opened = self.opened()
        if opened.memos is None:
            opened.memos = self.study.memos.near(opened.source.key)
        return opened.memos

    # --- the open source --------------------------------------------------------------------------------

    def opened(self) -> OpenSource:
        """The source that is open.

        Raises:
            QdaError: None is.
        """
        if self.current is None:
            raise QdaError("no source is open: F3 lists them")
        return self.current

    def folded(self) -> Folded:
        """The open text as it is searched."""
        return self.study.sources.folded(self.opened().source.key)

    def speaker(self, turn: Turn) -> str:
        """Who speaks in a turn, and for whom."""
        names = {person.key: person.name for person in self.study.persons.all()}
        said = names.get(turn.person or 0, turn.label or "")
        return f"{said} for {names[turn.speaks_for]}" if turn.speaks_for in names else said

    def interviewers(self) -> set[int]:
        """The keys of those who ask."""
        return {person.key for person in self.study.persons.all() if person.role == "interviewer"}

    def find_sentences(self) -> Iterator[bool]:
        """Find the sentences of the open text a stretch at a time; they are kept for the next time."""
        from qda.language.sentences import RULES, sentences

        opened = self.opened()
        source = opened.source
        rules = f"{RULES} {source.language}"
        known = self.study.desk.sentences(source.revision_key, rules)
        if known is None:
            known = []
            for start, end in opened.stretches():
                known += sentences(opened.text, start, end, source.language)
                yield True
            self.study.desk.keep_sentences(source.revision_key, rules, known)
        opened.sentences = known

    def mark_not_data(self, start: int, end: int) -> None:
        """Mark a stretch of the open text as no data."""
        from qda.store.not_data import NotDataRow

        name = self.opened().source.name
        self.study.not_data.import_rows([NotDataRow(name, start, end)], f"not data: {name} {start}-{end}")

    def is_done(self) -> bool:
        """Whether the coder has marked the open source as done."""
        opened = self.opened()
        if opened.done is None:
            opened.done = opened.source.key in self._done_by_me()
        return opened.done

    def _done_by_me(self) -> set[int]:
        me = self.me
        return {row[0] for row in self.study.progress.by_keys() if row[1:3] == (me, 0) and row[3] == "done"}

    def set_progress(self, state: str) -> None:
        """Set the coder's own state on the open source."""
        if not self.study.coder:
            raise QdaError("say who codes first: --coder NAME, or QDA_CODER in the environment")
        self.study.progress.set(self.opened().source.name, self.study.coder, state)

    # --- the desk ---------------------------------------------------------------------------------------

    def first_source(self) -> str | None:
        """The source in which the coder was last, else the first that he has not done, else the first; None: none."""
        last = self.study.desk.last_source()
        left = self.study.sources.by_key(last) if last is not None else None
        if left is not None:
            return left.name
        names, done = self.study.sources.names(), self._done_by_me()
        return next((name for name, key in names.items() if key not in done), next(iter(names), None))

    def left_at(self, name: str) -> int:
        """Where the coder was in a source."""
        return self.study.desk.left_at(self.study.sources.get(name).key)

    def leave_at(self, name: str, place: int) -> None:
        """Note where the coder is in a source."""
        self.study.desk.leave(self.study.sources.get(name).key, place)

    def bookmarks(self) -> list[int]:
        """The coder's bookmarks in the open source."""
        return self.study.desk.bookmarks(self.opened().source.key)

    def toggle_bookmark(self, place: int) -> None:
        """Set a bookmark, or take it away."""
        self.study.desk.toggle_bookmark(self.opened().source.key, place)

    def write_memo(self, title: str, body: str, target: tuple[str, str, tuple[int, int] | None]) -> None:
        """Write a memo as the current coder: about what kind of thing, its name or id, and the stretch of a text."""
        from qda.store.memos import MemoRow

        if not self.study.coder:
            raise QdaError("say who codes first: --coder NAME, or QDA_CODER in the environment")
        kind, name, stretch = target
        start, end = stretch or (None, None)
        self.study.memos.add(MemoRow(body, kind, name, start=start, end=end, title=title))

    def add_memo(self, row: MemoRow, called: str) -> None:
        """Write a memo as the current coder; the log calls it so."""
        if not self.study.coder:
            raise QdaError("say who codes first: --coder NAME, or QDA_CODER in the environment")
        self.study.memos.import_rows([row], called)
