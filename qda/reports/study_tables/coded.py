"""Tables about coding: the codebook, the codings with their words, who coded, memos."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qda.reports.study_tables.parts import Column, Row, StudyTable, listed, text, whole, yes_no
from qda.reports.study_tables.taken import turn_at
from qda.reports.study_tables.texts import END, SOURCE, SOURCE_ID, START

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qda.reports.study_tables.taken import Taken

_STATES = ("in place", "to be reviewed")


def _codes(taken: Taken) -> Iterator[Row]:
    counts = taken.study.codings.counts_by_code()
    levels: dict[int, int] = {}
    for key, one in taken.codes.items():
        above = taken.codes.get(one.parent) if one.parent is not None else None
        levels[key] = 1 if above is None else levels[above.key] + 1
        entry = one.entry
        yield (
            *(one.uid, one.path, entry.name, above and above.uid, above and above.path, levels[key]),
            *(entry.definition or None, entry.include or None, entry.exclude or None, entry.example or None),
            listed(tuple(f"{language}: {label}" for language, label in entry.labels.items())),
            *(listed(entry.aliases), entry.origin or None, entry.ordinal, entry.exclusive or None),
            *(entry.moment or None, entry.outside, one.retired, counts.get(key, 0)),
        )


def _codings(taken: Taken) -> Iterator[Row]:
    for source, words, turns, codings in taken.codings():
        for one in codings:
            turn = turn_at(turns, one.start, one.end)
            person = taken.speaker(turn)
            code = taken.codes[one.code]
            yield (
                *(one.uid, source.uid, source.name, one.start, one.end, one.end - one.start),
                *(words[one.start : one.end], code.uid, code.path, taken.coders[one.coder], one.layer),
                *(one.weight, one.origin, one.at or None, _STATES[one.anchor]),
                None if turn is None else turn.number,
                *((None, None) if person is None else (person.uid, person.name)),
                taken.comments.get(one.key),
            )


def _coders(taken: Taken) -> Iterator[Row]:
    counts = taken.study.codings.counts_by_coder()
    for one in taken.study.coders.all():
        yield one.uid, one.name, counts.get(one.key, 0)


def _memos(taken: Taken) -> Iterator[Row]:
    for one in taken.study.memos.all():
        yield (
            *(one.uid, one.target_kind, one.target or None, one.start, one.end, one.kind, one.title or None),
            *(one.body, one.coder, one.at or None),
        )


CODES = StudyTable(
    "codes",
    "one code of the codebook, in its order",
    (
        text("id", "the id of the code"),
        text("path", "the names of the codes above it and its own, joined by /"),
        text("name", "its name"),
        text("parent_id", "the id of the code above it; empty: it stands at the top", refers="codes.id"),
        text("parent", "the path of the code above it"),
        whole("level", "how deep it stands, 1 at the top"),
        text("definition", "what it means"),
        text("include", "what belongs to it"),
        text("exclude", "what does not"),
        text("example", "an example"),
        text("labels", "its names in other languages, as language: name, with | between them"),
        text("aliases", "names under which it is found too, with | between them"),
        text("origin", "how it came into the codebook: a-priori, open, in-vivo or analyst"),
        yes_no("ordinal", "whether the codes below it are a scale"),
        text("exclusive", "whether the codes below it exclude each other in the text, or for a case at a moment"),
        text("moment", "what tells that moment"),
        yes_no("outside", "whether it stands outside the scale of its family"),
        yes_no("retired", "whether it is out of use; its codings count"),
        whole(
            "codings",
            "how many codings have it, of all coders and layers, those of the codes below left out",
            "codings",
        ),
    ),
    _codes,
)
CODINGS = StudyTable(
    "codings",
    "one coder put one code on one stretch of a text; by source, in the order of places",
    (
        text("id", "the id of the coding, the same in every export"),
        SOURCE_ID,
        SOURCE,
        START,
        END,
        whole("characters", "how long the stretch is", "Unicode characters"),
        text("text", "the words, letter for letter"),
        text("code_id", "the id of the code", refers="codes.id"),
        text("code", "the code, by its path"),
        text("coder", "who coded", refers="coders.name"),
        text("layer", "independent: what each coder coded; consensus: what was agreed on"),
        Column("weight", "number", "the weight that was given; empty: none"),
        text("origin", "human, or what rule or suggestion was accepted"),
        text("at", "when it was coded, as ISO 8601; empty: not known"),
        text("state", "in place, or to be reviewed since the text was corrected inside it"),
        whole("turn", "the number of the first turn in which it lies; empty: the source has none"),
        text("person_id", "the id of who is heard in that turn; empty: not known", refers="persons.id"),
        text("person", "who is heard in that turn: for whom it is spoken, else who speaks"),
        text("memo", "the comment on it; empty: none"),
    ),
    _codings,
)
CODERS = StudyTable(
    "coders",
    "one person who codes",
    (
        text("id", "the id of the coder"),
        text("name", "the coder's name"),
        whole("codings", "how many codings they made, in all layers", "codings"),
    ),
    _coders,
)
MEMOS = StudyTable(
    "memos",
    "one note, by time",
    (
        text("id", "the id of the memo"),
        text("about", "what it is about: study, source, person, case, code, claim, coding or segment"),
        text("target", "the name of that (of a coding its id, of a segment its source); empty: the study"),
        START,
        END,
        text("kind", "analytic, case, method or theoretical"),
        text("title", "its title; empty: none"),
        text("text", "what it says"),
        text("coder", "who wrote it", refers="coders.name"),
        text("at", "when it was written, as ISO 8601; empty: not known"),
    ),
    _memos,
)
