"""Tables about texts: sources, turns, what is no data, who has done which source and what was asked there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qda.reports.study_tables.parts import Column, Row, StudyTable, text, whole, yes_no

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qda.reports.study_tables.taken import Taken

_PLACE = "Unicode characters"
START = whole("start", "the first character, counted from 0 in the text of the source", _PLACE)
END = whole("end", "the character behind the last one", _PLACE)
SOURCE = text("source", "the source, by its name")
SOURCE_ID = text("source_id", "the id of the source", refers="sources.id")


def _sources(taken: Taken) -> Iterator[Row]:
    turns, codings = taken.study.sources.turn_counts(), taken.study.codings.counts_by_source()
    for one in taken.sources:
        yield (
            *(one.uid, one.name, one.kind or None, one.language or None, one.date or None, one.format),
            *(one.characters, turns.get(one.key, 0), codings.get(one.key, 0), one.revision),
            *(one.sha256, one.text_sha256),
        )


def _turns(taken: Taken) -> Iterator[Row]:
    names = {one.key: one for one in taken.persons}
    for source in taken.sources:
        words = taken.text(source)
        for one in taken.turns(source):
            person, other = names.get(one.person or 0), names.get(one.speaks_for or 0)
            yield (
                *(source.uid, source.name, one.number, one.start, one.body, one.end, one.label),
                None if one.time_ms is None else one.time_ms / 1000,
                *((None, None) if person is None else (person.uid, person.name)),
                *((None, None) if other is None else (other.uid, other.name)),
                words[one.body : one.end],
            )


def _no_data(taken: Taken) -> Iterator[Row]:
    for name, start, end, reason in taken.study.not_data.all():
        source = taken.source_by_name[name]
        yield source.uid, name, start, end, reason or None


def _progress(taken: Taken) -> Iterator[Row]:
    for name, coder, layer, state, version in taken.study.progress.all():
        yield taken.source_by_name[name].uid, name, coder, layer, state, version


def _coverage(taken: Taken) -> Iterator[Row]:
    for name, code, asked in taken.study.coverage.all():
        yield taken.source_by_name[name].uid, name, code, asked


SOURCES = StudyTable(
    "sources",
    "one document: a transcript, notes, a survey, a letter",
    (
        text("id", "the id of the source, the same in every export"),
        text("name", "its name in the study"),
        text("kind", "what kind of document it is, as transcript or notes; empty: not said"),
        text("language", "its language, as a code of ISO 639; empty: not said"),
        text("date", "its date, as far as known: a year, a month or a day; empty: not known"),
        text("format", "in which kind of file it came, as docx or txt"),
        whole("characters", "how long its text is", _PLACE),
        whole("turns", "how many turns it has; 0: speakers are not told apart", "turns"),
        whole("codings", "how many codings stand in it, of all coders and layers", "codings"),
        whole("revision", "how many times its text was corrected, and one"),
        text("sha256", "the SHA-256 of the file with which it first came in"),
        text("text_sha256", "the SHA-256 of its text as UTF-8"),
    ),
    _sources,
)
TURNS = StudyTable(
    "turns",
    "one speaker's stretch of a source",
    (
        SOURCE_ID,
        SOURCE,
        whole("number", "the number of the turn in its source, counted from 1"),
        whole("start", "where its label or time stamp begins, counted from 0", _PLACE),
        whole("body", "where the speech begins", _PLACE),
        whole("end", "the character behind the last one of the speech", _PLACE),
        text("label", "the speaker's label as it stands in the text; empty: none"),
        Column("time", "number", "its time stamp from the start of the recording; empty: none", "seconds"),
        text("person_id", "the id of who speaks; empty: not known", refers="persons.id"),
        text("person", "who speaks; empty: not known"),
        text("speaks_for_id", "the id of the person for whom it is spoken, as by an interpreter", refers="persons.id"),
        text("speaks_for", "the person for whom it is spoken; empty: for nobody else"),
        text("text", "the words, as they stand"),
    ),
    _turns,
    ("source_id", "number"),
)
NO_DATA = StudyTable(
    "no_data",
    "one stretch of a text that is no data, as a page head; it is not counted",
    (SOURCE_ID, SOURCE, START, END, text("reason", "why it is no data; empty: not said")),
    _no_data,
    ("source_id", "start"),
)
PROGRESS = StudyTable(
    "progress",
    "how far one coder is with one source",
    (
        SOURCE_ID,
        SOURCE,
        text("coder", "the coder", refers="coders.name"),
        text("layer", "independent: what each coder codes; consensus: what was agreed on"),
        text("state", "assigned, in progress or done"),
        whole("codebook_version", "the version of the codebook under which that was said"),
    ),
    _progress,
    ("source_id", "coder", "layer"),
)
COVERAGE = StudyTable(
    "coverage",
    "whether the people of one source were asked about one code",
    (
        SOURCE_ID,
        SOURCE,
        text("code", "the code, by its path; what is said of it holds for the codes below it", refers="codes.path"),
        yes_no("asked", "whether they were asked"),
    ),
    _coverage,
    ("source_id", "code"),
)
