"""What is compared: the passages of the coders in the sources that they are done with, and what is left out."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from qda.model.spans import CODE, CODER, CONSENSUS, ROW, in_order
from qda.reports.agreement.coded import CodedSource
from qda.reports.agreement_report.compared import Compared, outside

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from qda.model.nouns import Source
    from qda.model.spans import Segment, Span
    from qda.model.tree import Code
    from qda.reports.agreement_report.done import Doing, Done
    from qda.reports.scope import Scope
    from qda.store import Study

Passages = dict[int, dict[int, list["Span"]]]
"""By coder and code."""


@dataclass
class Read:
    """What was read of a scope.

    `lacking` holds, by source and coder, the codes that the codebook did not have yet when the coder was done.
    `single` are the sources with which only one coder is done, `alone` the coders who share no source with another.
    """

    done: Done
    coders: list[int]
    codes: list[Code]
    sources: list[CodedSource] = field(default_factory=list)
    texts: dict[int, Compared] = field(default_factory=dict)
    lacking: dict[tuple[int, int], frozenset[int]] = field(default_factory=dict)
    single: list[str] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)
    alone: list[int] = field(default_factory=list)
    suggested: int = 0
    left_out: list[str] = field(default_factory=list)

    @property
    def keys(self) -> list[int]:
        """The keys of the codes."""
        return [code.key for code in self.codes]

    def groups(self) -> Iterator[tuple[list[int], list[CodedSource]]]:
        """Codes that the same coders had in the same sources, with the sources as far as coders had them."""
        grouped: dict[frozenset[tuple[int, int]], list[int]] = {}
        for code in self.keys:
            without = frozenset(place for place, codes in self.lacking.items() if code in codes)
            grouped.setdefault(without, []).append(code)
        for without, codes in grouped.items():
            yield codes, [_without(source, without) for source in self.sources] if without else self.sources

    def common(self) -> list[CodedSource]:
        """The sources with only the passages of codes that all who are done with them had."""
        if not self.lacking:
            return self.sources
        return [
            CodedSource(one.key, one.length, {c: self._had_by_all(one, by) for c, by in one.coders.items()}, one.units)
            for one in self.sources
        ]

    def _had_by_all(self, source: CodedSource, by_code: Mapping[int, Sequence[Span]]) -> dict[int, Sequence[Span]]:
        never: set[int] = set()
        for coder in source.coders:
            never |= self.lacking.get((source.key, coder), frozenset())
        return {code: spans for code, spans in by_code.items() if code not in never}


def _without(source: CodedSource, places: Collection[tuple[int, int]]) -> CodedSource:
    """A source without some of its coders; where only one is left nothing is compared, as in any source with one."""
    coders = {coder: by_code for coder, by_code in source.coders.items() if (source.key, coder) not in places}
    return CodedSource(source.key, source.length, coders if len(coders) > 1 else {}, source.units)


class Reader:
    """Reads the codings of a scope as they are compared: independent ones, and the consensus where it is one of two."""

    def __init__(self, study: Study, scope: Scope, done: Done, *, with_accepted: bool = False) -> None:
        from qda.reports.narrowing import Where

        self.study = study
        self.scope = scope
        self.done = done
        self.not_data = study.not_data.by_source()
        self.where = Where(study, scope) if scope.selection.where else None
        self._suggested = frozenset[int]() if with_accepted else study.counts.suggested()
        wanted = {code.key for code in scope.codes}
        self.roll_up = scope.selection.roll_up
        self._above = {
            code.key: tuple(key for key in scope.tree.above(code.key) if key in wanted)
            if self.roll_up
            else ((code.key,) if code.key in wanted else ())
            for code in scope.tree.codes
        }

    def read(self, units: Collection[str]) -> Read:
        """Everything that is compared, with turns and sentences where they are among the units."""
        names = self.scope.coder_names
        by_source = self.done.by_source
        shared = {coder for coders in by_source.values() if len(coders) > 1 for coder in coders}
        there = {coder for coders in by_source.values() for coder in coders}
        found = Read(self.done, [key for key in names if key in shared], list(self.scope.codes))
        found.alone = [key for key in names if key in there - shared]
        had, looked = self._had(), self._looked()
        for source in self.scope.sources:
            coders = by_source.get(source.key, {})
            if len(coders) < 2:
                (found.single if coders else found.unread).append(source.name)
                continue
            text = self.compared(source)
            if not text.length:
                found.left_out.append(source.name)
                continue
            passages = self._passages(source, coders, found)
            placed = {c: {code: text.spans(s) for code, s in by.items()} for c, by in passages.items()}
            cut = {name: text.spans(spans) for name, spans in self._units(source, units)}
            found.sources.append(
                CodedSource(
                    source.key, text.length, {c: {k: s for k, s in by.items() if s} for c, by in placed.items()}, cut
                )
            )
            found.texts[source.key] = text
            for coder, doing in coders.items():
                lacking = frozenset(found.keys) - had[doing.version] if doing.version else frozenset[int]()
                if doing.change is None:
                    lacking -= looked.get((source.key, coder), frozenset())
                if lacking:
                    found.lacking[source.key, coder] = lacking
        return found

    def _had(self) -> dict[int | None, set[int]]:
        versions = {doing.version for coders in self.done.by_source.values() for doing in coders.values()}
        return {version: self.study.codebook.codes_at(version) for version in versions if version}

    def _looked(self) -> dict[tuple[int, int], frozenset[int]]:
        """By source and coder the codes for which the coder has read the source again."""
        found: dict[tuple[int, int], frozenset[int]] = {}
        for source, code, coder in self.study.rereads.looked():
            found[source, coder] = found.get((source, coder), frozenset()) | {code}
        return found

    def compared(self, source: Source) -> Compared:
        """The text of a source that is compared."""
        out = list(self.not_data.get(source.key, ()))
        if source.key in self.done.parts:
            out += outside(self.done.parts[source.key], source.characters)
        if self.where is not None:
            turns = [(start, end) for start, end, *_ in self.study.counts.turns(source.key)]
            for start, end in (*turns, *outside(turns, source.characters)):
                if not self.where.holds(source.key, start, end):
                    out.append((start, end))
        return Compared(source.characters, out)

    def segments(self, source: int, coders: Mapping[int, Doing]) -> list[Segment]:
        """The codings of the coders in a source, of any code, in order of code, start and end."""
        counts = self.study.counts
        today = [coder for coder, doing in coders.items() if doing.change is None and coder != CONSENSUS]
        found = counts.segments(source, today, consensus=False) if today else []
        if len(today) == len(coders):
            return found
        found += counts.segments(source, None, consensus=True) if CONSENSUS in coders else []
        for coder, doing in coders.items():
            if doing.change is not None:
                past = self._past(source, doing.whose or coder, doing.change)
                found += [(one[0], one[1], coder, one[ROW], one[CODE], None) for one in past] if doing.whose else past
        return sorted(found, key=in_order)

    def _past(self, source: int, coder: int, change: int) -> list[Segment]:
        """A coder's codings after a change; those of a code that was merged since count under the other one."""
        past, merged = self.study.rounds.segments(source, coder, change), self._merged
        if not any(one[CODE] in merged for one in past):
            return past
        return [
            (start, end, whose, row, merged.get(code, code), persons) for start, end, whose, row, code, persons in past
        ]

    @cached_property
    def _merged(self) -> dict[int, int]:
        return self.study.codebook.merged()

    def counted(self, source: int, coders: Mapping[int, Doing]) -> tuple[list[tuple[int, Segment]], int]:
        """The codings that count, each with the code under which it does; and how many are suggestions accepted."""
        found, suggested = [], 0
        for segment in self.segments(source, coders):
            above = self._above.get(segment[CODE], ())
            if above and segment[ROW] in self._suggested:
                suggested += 1
                continue
            found += [(code, segment) for code in above]
        if self.roll_up:
            found.sort(key=lambda one: (one[0], one[1][0], one[1][1]))
        return found, suggested

    def _passages(self, source: Source, coders: Mapping[int, Doing], read: Read) -> Passages:
        """The passages of each coder and code, in the stored text."""
        found: Passages = {coder: {} for coder in coders}
        counted: Iterable[tuple[int, Segment]]
        if self.roll_up or self._suggested:
            counted, suggested = self.counted(source.key, coders)
            read.suggested += suggested
        else:  # by far the most frequent
            segments = self.segments(source.key, coders)
            counted = ((segment[CODE], segment) for segment in segments if self._above.get(segment[CODE]))
        for code, segment in counted:
            start, end = segment[0], segment[1]
            by_code = found[segment[CODER]]
            spans = by_code.get(code)
            if spans is None:
                by_code[code] = [(start, end)]
            elif start >= spans[-1][1]:
                spans.append((start, end))
            elif end > spans[-1][1]:
                spans[-1] = (spans[-1][0], end)
        return found

    def _units(self, source: Source, units: Collection[str]) -> Iterator[tuple[str, list[Span]]]:
        if "turn" in units:
            yield "turn", [(start, end) for start, end, *_ in self.study.counts.turns(source.key)]
        if "sentence" in units:
            yield "sentence", self._sentences(source)

    def _sentences(self, source: Source) -> list[Span]:
        """The sentences of a source, as the screen has them: those of each turn, and of the text between turns."""
        from qda.language.sentences import RULES, sentences

        known = self.study.desk.sentences(source.revision_key, f"{RULES} {source.language}")
        if known is not None:
            return known
        text = self.study.sources.text(source.key, bare=True)
        found: list[Span] = []
        at = 0
        for turn in self.study.sources.turns(source.revision_key):
            found += sentences(text, at, turn.start, source.language) if at < turn.start else []
            found += sentences(text, turn.body, turn.end, source.language)
            at = turn.end
        return found + (sentences(text, at, len(text), source.language) if at < len(text) else [])
