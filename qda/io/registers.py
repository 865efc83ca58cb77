r"""The registers of a study as tables: attributes, persons, cases, progress, coverage, what is no data.

Spaces around a cell are no part of it, except in reasons and quotations; a row without a word in it is
skipped. Where a cell may hold several values `|` separates them; a bar that belongs to a value is written
`\|` (and a backslash right before a bar `\\`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from qda.errors import BadFileError, QdaError, UsageError
from qda.io.tables import join_values, read_register, read_table, split_values
from qda.model.nouns import ATTRIBUTE_TYPES, LAYERS, ROLES, STATES, TARGETS
from qda.store.attributes import SOURCE_FIELDS, AttributeRow
from qda.store.cases import CaseRow
from qda.store.not_data import NotDataRow
from qda.store.persons import PersonRow
from qda.store.progress import CoverageRow, ProgressRow

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from qda.io.tables import RegisterLine, Table, TableRow
    from qda.model.nouns import Case
    from qda.store import Study

Grid = tuple[Sequence[str], Sequence[Sequence[str]]]
"""The header and the rows of a table to be written."""

_ASKED = {
    **dict.fromkeys(("yes", "true", "1", "ja"), True),
    **dict.fromkeys(("no", "false", "0", "nee", "nei"), False),
}
_TYPED = re.compile(r"(?P<name>.*\S)\s*:(?P<type>[^:]*)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class AttributeTable:
    """A table of attributes: for whom, the attributes with their types (empty: not said), and its lines."""

    target: str
    columns: dict[str, str]
    rows: list[AttributeRow]


def parse_attributes(text: str, file: str, target: str = "") -> AttributeTable:
    """Read a table of attributes.

    The first column names the source, person or case; which of them its header says, or `target` (`source`
    or `sources`) where the header is another word. The other headers are attributes, `name` or `name:type`;
    columns of one name add up, and an empty cell says nothing.

    Raises:
        BadFileError: The table is wrong; the sentence names the line.
        UsageError: `target` is neither sources nor persons nor cases.
    """
    table = read_table(text, file, repeated=True)
    target = _target(table, file, target)
    names: list[str] = []
    columns: dict[str, str] = {}
    for header in table.header[1:]:
        name, kind = _attribute(header, target, table, file)
        if kind and columns.get(name):
            _same_type(name, kind, columns[name], table, file)
        columns[name] = kind or columns.get(name, "")
        names.append(name)
    rows = [_attribute_row(row, names, target, file) for row in table.rows if any(map(str.strip, row.cells))]
    return AttributeTable(target, columns, rows)


def _target(table: Table, file: str, wanted: str) -> str:
    plurals = {f"{target}s": target for target in TARGETS}
    header = table.header[0].casefold()
    said = plurals.get(header, header if header in TARGETS else "")
    if not wanted and not said:
        problem = (
            f"the first column must say for whom the attributes are: {', '.join(TARGETS)}, not"
            f" '{table.header[0]}'; rename it, or say --for {', '.join(plurals)}"
        )
        raise BadFileError(file, problem, line=table.line)
    given = plurals.get(wanted, wanted)
    if given and given not in TARGETS:
        raise UsageError(f"attributes are for {', '.join(plurals)}, not for '{wanted}'")
    if said and given and said != given:
        problem = f"the first column is for {said}s, but --for says {given}s; leave out one of them"
        raise BadFileError(file, problem, line=table.line)
    return given or said


def _attribute(header: str, target: str, table: Table, file: str) -> tuple[str, str]:
    """The name of an attribute and its type, empty where that is not said."""
    name, kind = header, ""
    if found := _TYPED.fullmatch(header):
        word = found["type"].strip().casefold()
        if word in ATTRIBUTE_TYPES:
            name, kind = found["name"], word
        elif found["type"].isalpha():
            problem = (
                f"the type '{found['type']}' of '{found['name']}' is not one of {', '.join(ATTRIBUTE_TYPES)};"
                f" write '{header}:text' if that is its name"
            )
            raise BadFileError(file, problem, line=table.line)
    if target == "source" and name.casefold() in SOURCE_FIELDS:
        name = name.casefold()
    return name, kind


def _same_type(name: str, kind: str, before: str, table: Table, file: str) -> None:
    if kind != before:
        problem = f"two columns give '{name}' the types {before} and {kind}; choose one"
        raise BadFileError(file, problem, line=table.line)


def _attribute_row(row: TableRow, names: list[str], target: str, file: str) -> AttributeRow:
    whose, *cells = row.cells
    if not whose.strip():
        raise BadFileError(file, f"the first cell is empty; it must name a {target}", line=row.line)
    values: dict[str, tuple[str, ...]] = {}
    for name, cell in zip(names, cells, strict=True):
        if given := split_values(cell):
            if (target, name) == ("source", "language"):
                given = _languages(given, file, row.line)
            values[name] = tuple(dict.fromkeys((*values.get(name, ()), *given)))
    return AttributeRow(whose.strip(), values, row.line)


def _languages(words: Sequence[str], file: str, line: int) -> tuple[str, ...]:
    from qda.language.names import language_code

    try:
        return tuple(language_code(word) for word in words)
    except QdaError as error:
        raise BadFileError(file, str(error), line=line) from None


def attributes_table(study: Study, target: str) -> Grid:
    """The attributes of all sources, persons or cases, also of those that have none yet."""
    attributes = [(name, kind) for name, whose, kind in study.attributes.all() if whose == target]
    names = [*(SOURCE_FIELDS if target == "source" else ()), *(name for name, _ in attributes)]
    header = (target, *names[: len(names) - len(attributes)], *(_header(*typed) for typed in attributes))
    values = study.attributes.of(target)
    rows = []
    for key, whose in _entities(study, target):
        here = values.get(key, {})
        rows.append((whose, *(join_values(here.get(name, ())) for name in names)))
    return header, rows


def _header(name: str, kind: str) -> str:
    return name if kind == "text" and ":" not in name else f"{name}:{kind}"


def _entities(study: Study, target: str) -> list[tuple[int, str]]:
    if target == "source":
        return [(source.key, source.name) for source in study.sources.all()]
    if target == "person":
        return [(person.key, person.name) for person in study.persons.all()]
    return [(case.key, case.name) for case in _cases(study)]


def parse_persons(text: str, file: str) -> list[PersonRow]:
    """Read a register of persons: `person`, and `role`, `source`, `label`, `speaks_for` where known.

    Raises:
        BadFileError: The table is wrong; the sentence names the line.
    """
    advice = "what is known of persons comes in with 'qda attributes import'"
    lines = read_register(text, file, ("person",), ("role", "source", "label", "speaks_for"), advice)
    return [
        PersonRow(
            line["person"],
            line.choice("role", ROLES),
            line["source"],
            line["label"],
            line["speaks_for"],
            line.number,
        )
        for line in lines
    ]


def persons_table(study: Study) -> Grid:
    """All persons: a row for each label of each source; then those who have no label, or no source."""
    persons = {person.key: person for person in study.persons.all()}
    names = {key: person.name for key, person in persons.items()}
    unlabelled = {(source, person) for person, sources in study.persons.sources_of().items() for source in sources}
    places: list[tuple[int, str, str, str]] = []
    for source in study.sources.all():
        labels: dict[tuple[int, str, int | None], None] = {}
        for turn in study.sources.turns(source.revision_key):
            if turn.person is not None and turn.label is not None:
                labels[turn.person, turn.label, turn.speaks_for] = None
        for person, label, speaks_for in labels:
            places.append((person, source.name, label, names[speaks_for] if speaks_for else ""))
            unlabelled -= {(source.key, person), (source.key, speaks_for or 0)}
        places += [(key, source.name, "", "") for key in persons if (source.key, key) in unlabelled]
    placed = {place[0] for place in places}
    places += [(key, "", "", "") for key in persons if key not in placed]
    rows = [(names[key], persons[key].role, *place) for key, *place in places]
    return ("person", "role", "source", "label", "speaks_for"), rows


def parse_cases(text: str, file: str) -> list[CaseRow]:
    """Read a register of cases: `case`, and `kind`, `person`, `source` where known, several of them by `|`.

    Raises:
        BadFileError: The table is wrong; the sentence names the line.
    """
    advice = "what is known of cases comes in with 'qda attributes import'"
    return [
        CaseRow(
            line["case"],
            line["kind"],
            split_values(line["person"]),
            split_values(line["source"]),
            line.number,
        )
        for line in read_register(text, file, ("case",), ("kind", "person", "source"), advice)
    ]


def cases_table(study: Study) -> Grid:
    """All cases with their members, the kind that was entered first in front."""
    names = {person.key: person.name for person in study.persons.all()}
    names |= {source.key: source.name for source in study.sources.all()}
    members: dict[tuple[int, str], list[str]] = {}
    for case_, member, kind in study.cases.members():
        members.setdefault((case_, kind), []).append(names[member])
    rows = []
    for case in _cases(study):
        cells = (join_values(sorted(members.get((case.key, kind), ()))) for kind in ("person", "source"))
        rows.append((case.name, case.kind, *cells))
    return ("case", "kind", "person", "source"), rows


def _cases(study: Study) -> list[Case]:
    kinds = study.cases.kinds()
    return sorted(study.cases.all(), key=lambda case: (kinds.index(case.kind), case.name))


def parse_progress(text: str, file: str) -> list[ProgressRow]:
    """Read states: `source`, `coder`, `state`, and `version` of the codebook and `layer` where known.

    Raises:
        BadFileError: The table is wrong; the sentence names the line.
    """
    return [
        ProgressRow(
            line["source"],
            line["coder"],
            line.choice("state", STATES),
            line["version"],
            line.choice("layer", LAYERS) or LAYERS[0],
            line.number,
        )
        for line in read_register(text, file, ("source", "coder", "state"), ("version", "layer"))
    ]


def progress_table(study: Study) -> Grid:
    """The states of all coders on all sources."""
    rows = [
        (source, coder, state, str(version), layer) for source, coder, layer, state, version in study.progress.all()
    ]
    return ("source", "coder", "state", "version", "layer"), rows


def parse_coverage(text: str, file: str) -> list[CoverageRow]:
    """Read what was asked where: `source`, `code`, `asked` (yes or no, ja or nee or nei, true, false, 1, 0).

    Raises:
        BadFileError: The table is wrong; the sentence names the line.
    """
    rows = []
    for line in read_register(text, file, ("source", "code", "asked")):
        asked = _ASKED.get(line["asked"].casefold())
        if asked is None:
            line.refuse(f"'asked' is yes or no, not '{line['asked']}'")
        rows.append(CoverageRow(line["source"], line["code"], asked, line.number))
    return rows


def coverage_table(study: Study) -> Grid:
    """What was asked where."""
    rows = [(source, code, "yes" if asked else "no") for source, code, asked in study.coverage.all()]
    return ("source", "code", "asked"), rows


def parse_not_data(text: str, file: str, text_of: Callable[[str], str]) -> list[NotDataRow]:
    """Read stretches that are no data: `source`, `start` and `end` or `quote` and `occurrence`, `reason`.

    Args:
        text: The table.
        file: Its name, for the sentences.
        text_of: The text of a source by its name; raises a QdaError where there is no such source.

    Raises:
        BadFileError: The table is wrong, or a quotation does not stand where it should; with the line.
    """
    quotes = Quotes(text_of)
    rows = []
    for line in read_register(text, file, ("source",), ("start", "end", "quote", "occurrence", "reason")):
        start, end = _stretch(line, quotes)
        rows.append(NotDataRow(line["source"], start, end, line.raw("reason"), line.number))
    return rows


def _stretch(line: RegisterLine, quotes: Quotes) -> tuple[int, int]:
    quote = line.raw("quote").replace("\r\n", "\n")
    if bool(quote.strip()) == bool(line["start"] or line["end"]):
        line.refuse("give either 'start' and 'end', or a 'quote'")
    if not quote.strip():
        return line.integer("start"), line.integer("end")
    occurrence = line.integer("occurrence", least=1) if line["occurrence"] else None
    try:
        return quotes.find(line["source"], quote, occurrence)
    except QdaError as error:
        line.refuse(str(error))


def not_data_table(study: Study) -> Grid:
    """The stretches of all sources that are no data."""
    rows = [(source, str(start), str(end), reason) for source, start, end, reason in study.not_data.all()]
    return ("source", "start", "end", "reason"), rows


class Quotes:
    """Finds quotations in sources, letter for letter."""

    def __init__(self, text_of: Callable[[str], str]) -> None:
        self._text_of = text_of
        self._texts: dict[str, str] = {}

    def find(self, source: str, quote: str, occurrence: int | None = None) -> tuple[int, int]:
        """Where a quotation stands: its only place, or the one with a number, from 1.

        Raises:
            QdaError: It is not there, or stands there several times and no number is given.
        """
        if source not in self._texts:
            self._texts[source] = self._text_of(source)
        places = list(_places(self._texts[source], quote))
        words = f"the quotation {_short(quote)}"
        if not places:
            raise QdaError(f"{words} does not stand in '{source}'")
        if occurrence is None and len(places) > 1:
            raise QdaError(f"{words} stands {len(places)} times in '{source}'; say which one, or quote more")
        if occurrence is not None and not 1 <= occurrence <= len(places):
            times = "once" if len(places) == 1 else f"{len(places)} times"
            raise QdaError(f"{words} stands {times} in '{source}'; there is no occurrence {occurrence}")
        start = places[(occurrence or 1) - 1]
        return start, start + len(quote)


def _places(text: str, quote: str) -> Iterator[int]:
    at = text.find(quote)
    while at >= 0:
        yield at
        at = text.find(quote, at + 1)


def _short(quote: str) -> str:
    return repr(quote if len(quote) <= 40 else quote[:39] + "…")
