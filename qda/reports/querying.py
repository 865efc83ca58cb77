"""A query in a study: its names looked up, its passages found, and the codings that stand on their words."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from difflib import get_close_matches
from functools import cached_property, partial
from typing import TYPE_CHECKING, NamedTuple

from qda.errors import QdaError
from qda.model.query import AnyCode, Code, Condition, Ground, Part, Query, find, parse, walk, with_codes, written
from qda.model.query.finding import Among
from qda.model.query.writing import quoted
from qda.model.spans import CODE, CODER, Stretches, extents
from qda.reports.conditions import condition
from qda.reports.subjects import Subjects

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from qda.model.spans import Segment, Span
    from qda.model.tree import CodeTree
    from qda.reports.conditions import Holds
    from qda.reports.scope import Scope
    from qda.store import Study

NOTHING = Stretches(())


class Asked(NamedTuple):
    """What `--query` says: the name of a saved query, empty where the query itself was written, and the query."""

    name: str
    query: Query

    @property
    def text(self) -> str:
        """The query in the one way of writing it, with the full path of each code."""
        return written(self.query.part)

    @property
    def note(self) -> str:
        """What is counted with the query."""
        return f"Only codings on words of the query {self.said}."

    @property
    def said(self) -> str:
        """The query with its name, for a note."""
        return f"'{self.name}': {self.text}" if self.name else self.text


def asked(study: Study, tree: CodeTree, words: str) -> Asked:
    """The saved query that is called so, else the query that the words are.

    Raises:
        QdaError: It is neither, or names a code that is not there.
    """
    saved = study.queries.find(words)
    query = parse(words if saved is None else saved.text)
    if saved is None and isinstance(query.part, Code) and tree.seek(query.part.path) is None:
        close = get_close_matches(words, [one.name for one in study.queries.all()], n=1)
        near = f" (did you mean '{close[0]}'?)" if close else tree.near(query.part.path)
        raise query.wrong(query.part, f"there is no saved query and no code '{query.part.path}'{near}")
    return Asked(saved.name if saved else "", _with_paths(tree, query))


def _with_paths(tree: CodeTree, query: Query) -> Query:
    """A query with the full path of each code."""
    return Query(query.text, with_codes(query.part, partial(_spelled, tree, query)))


def checked(study: Study, words: str) -> str:
    """A query as it is saved: in the one way of writing it, every name in it looked up.

    Raises:
        QueryError: It is wrong, or names something that is not there; the sentence points at it.
    """
    from qda.model.selection import Selection
    from qda.reports.scope import look_up

    query = parse(words)
    scope = look_up(study, Selection())
    return Sought(study, scope, Asked("", _with_paths(scope.tree, query))).asked.text


def canonical_query(study: Study, tree: CodeTree, words: str) -> str:
    """What to write behind `--query` for the same: the name of a saved query as it stands, or the query.

    Raises:
        QdaError: It is neither, or names a code that is not there.
    """
    found = asked(study, tree, words)
    if found.name:
        return found.name
    if isinstance(found.query.part, Code) and study.queries.find(found.text) is not None:
        return quoted(found.query.part.path)
    return found.text


def _spelled(tree: CodeTree, query: Query, part: Code) -> Code:
    """A code with its full path."""
    try:
        return replace(part, path=tree.named(part.path).path)
    except QdaError as error:
        raise query.wrong(part, str(error)) from None


class Sought:
    """The query of a scope: what it finds in each source, voice by voice, and which codings stand on that.

    A voice is a coder, or the consensus under the key 0.
    """

    def __init__(self, study: Study, scope: Scope, said: Asked | None = None) -> None:
        self._study = study
        self._scope = scope
        self.asked = said or asked(study, scope.tree, scope.selection.query)
        query = self.asked.query
        self._codes: dict[Part, frozenset[int]] = {
            part: self._keys(part) for part in walk(query.part) if isinstance(part, Code)
        }
        self._conditions: dict[Condition, Holds] = {
            part: condition(study, query, part, self._about) for part in walk(query.part) if isinstance(part, Condition)
        }
        self._not_data = {source: Stretches(spans) for source, spans in study.not_data.by_source().items()}
        self._turnless: set[int] = set()

    def _keys(self, part: Code) -> frozenset[int]:
        key = self._scope.tree.named(part.path).key
        return frozenset((key,) if part.alone else self._scope.tree.below(key))

    def _about(self) -> Subjects:
        """Who speaks where; read when it is first asked for."""
        return self._subjects

    @cached_property
    def _subjects(self) -> Subjects:
        return Subjects(self._study, self._scope)

    def places(self, source: int, segments: Sequence[Segment]) -> dict[int, list[Span]]:
        """What the query finds in a source, by voice, as spans in order that may overlap.

        Args:
            source: The key of the source.
            segments: All codings there that count, of every code, in order of code and start.
        """
        wanted = None if any(isinstance(part, AnyCode) for part in walk(self.asked.query.part)) else self._wanted
        by_voice: dict[int, dict[int, list[Segment]]] = defaultdict(dict)
        for segment in segments:
            code = segment[CODE]
            if wanted is None or code in wanted:
                by_voice[segment[CODER]].setdefault(code, []).append(segment)
        return {
            voice: found
            for voice, by_code in sorted(by_voice.items())
            if (found := find(self.asked.query.part, self._ground(source, voice, by_code)))
        }

    @cached_property
    def _wanted(self) -> frozenset[int]:
        return frozenset[int]().union(*self._codes.values())

    def _ground(self, source: int, voice: int, by_code: dict[int, list[Segment]]) -> Ground:
        """A source as one voice coded it."""
        merged = {code: [extent[:2] for extent in extents(listed)] for code, listed in by_code.items()}

        def passages(part: Code | AnyCode) -> list[Span]:
            keys = merged if isinstance(part, AnyCode) else self._codes[part] & merged.keys()
            return [span for key in keys for span in merged[key]]

        return Ground(
            passages,
            self.data(source),
            lambda span: self._turns(source, span),
            lambda part, span: self._conditions[part](source, voice, span),
        )

    def data(self, source: int) -> Callable[[int], int]:
        """How many characters before a place of a source are data."""
        without = self._not_data.get(source)
        return (lambda place: place) if without is None else lambda place: without.outside(0, place)

    def _turns(self, source: int, span: Span) -> Span | None:
        """The first and last turn of which a span holds data."""
        voices = self._subjects.voices(source)
        if not voices.starts:
            self._turnless.add(source)
            return None
        without = self._not_data.get(source)
        held: Sequence[int] = voices.between(*span) if without is None else voices.of_data(*span, without)
        return (held[0], held[-1]) if held else None

    def filter(self, source: int, segments: list[Segment]) -> list[Segment]:
        """The segments of a source that share a character that is data with what their own voice's query found."""
        data = self.data(source)
        on = {
            voice: Among((data(start), data(end)) for start, end in spans)
            for voice, spans in self.places(source, segments).items()
        }
        return [one for one in segments if one[CODER] in on and on[one[CODER]].any(data(one[1]) - 1, data(one[0]) + 1)]

    def notes(self) -> list[str]:
        """The sources in which nothing is known of turns; complete when all was read."""
        from qda.reports.scope import listed

        if not self._turnless:
            return []
        names = [source.name for source in self._scope.sources if source.key in self._turnless]
        return [f"Without turns, so the query finds nothing by turns there: {listed(sorted(names))}."]
