"""Typed, multi-valued attributes of sources, persons and cases."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from qda.errors import QdaError
from qda.model.nouns import ATTRIBUTE_TYPES, TARGETS, plain_name
from qda.store.base import Names, Nouns, at_line

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from qda.store.change import Change

SOURCE_FIELDS = ("kind", "language", "date")
_DATE = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?\Z")
_NUMBER = re.compile(r"[-+]?(\d+([.,]\d+)?|[.,]\d+)\Z")


class AttributeRow(NamedTuple):
    """One line of an attribute table: for whom, and the values of each attribute (none: nothing is said)."""

    name: str
    values: dict[str, tuple[str, ...]]
    line: int = 0


class _Column(NamedTuple):
    """The attribute of a column as the study has it; a source's own field has no key."""

    key: int | None
    name: str
    type: str


class _Given(NamedTuple):
    """The values that a line gives."""

    values: tuple[str, ...]
    line: int


class Attributes(Nouns):
    """The attributes of the study and their values."""

    def all(self) -> list[tuple[str, str, str]]:
        """All attributes: name, for whom (`source`, `person`, `case`), type."""
        return self.database.rows("SELECT name, target, type FROM live_attribute ORDER BY target, key")

    def of(self, target: str) -> dict[int, dict[str, tuple[str, ...]]]:
        """The values of all sources, persons or cases, by key and attribute; values in the order of entry."""
        found: dict[int, dict[str, tuple[str, ...]]] = {}
        for key, name, value in self.database.rows(
            "SELECT v.target, a.name, v.value FROM live_value v JOIN live_attribute a ON a.key = v.attribute"
            " WHERE a.target = ? ORDER BY v.target, a.key, v.value",
            (target,),
        ):
            values = found.setdefault(key, {})
            values[name] = (*values.get(name, ()), value)
        if target == "source":
            for row in self.database.rows("SELECT key, kind, language, date FROM live_source"):
                fields = {name: (value,) for name, value in zip(SOURCE_FIELDS, row[1:], strict=True) if value}
                found[row[0]] = fields | found.get(row[0], {})
        return found

    def import_rows(
        self, target: str, columns: dict[str, str], rows: Sequence[AttributeRow], summary: str
    ) -> tuple[int, int]:
        """Enter a table of values; a value given replaces the one before, an empty cell says nothing.

        Args:
            target: For whom: `source`, `person` or `case`.
            columns: The attributes with their types (empty: as they are, text if new).
            rows: The lines.
            summary: For the change log.

        Returns:
            How many lines and how many values were entered.

        Raises:
            QdaError: A line is wrong; the sentence names it and nothing is entered.
        """
        if target not in TARGETS:
            raise QdaError(f"attributes belong to a {', '.join(TARGETS)}, not to a '{target}'")
        with self.study.action("attributes", summary) as change:
            count = self.enter(change, target, columns, rows)
        return len(rows), count

    def enter(
        self,
        change: Change,
        target: str,
        columns: dict[str, str],
        rows: Sequence[AttributeRow],
        uids: Mapping[str, bytes] | None = None,
    ) -> int:
        """Enter a table of values inside an action, as `import_rows` does; `uids` are those of new attributes.

        Returns how many values were entered.
        """
        uids = uids or {}
        known = {name: self._column(change, target, name, kind, uids.get(name)) for name, kind in columns.items()}
        _refuse_one_twice(known)
        given: dict[tuple[int, _Column], _Given] = {}
        for row in rows:
            try:
                self._take(target, row, known, given)
            except QdaError as error:
                raise at_line(row.line, error) from None
        for (entity, column), (values, _) in given.items():
            self._set(change, entity, column, values)
        return sum(len(values) for values, _ in given.values())

    def known(self, target: str) -> Names:
        """The names of the attributes of sources, persons or cases, to be looked up."""
        query = "SELECT name, key FROM live_attribute WHERE target = ?"
        return Names("attribute", dict(self.database.rows(query, (target,))))

    def spelled(self, target: str, name: str) -> str:
        """An attribute's name as the study writes it; as it is given where there is none."""
        if target == "source" and plain_name(name) in SOURCE_FIELDS:
            return plain_name(name)
        key = self.known(target).find(name)
        return name if key is None else str(self.database.one("SELECT name FROM live_attribute WHERE key = ?", (key,)))

    def named(self, name: str) -> str:
        """An attribute as the study spells it on the first level that has it, with the level where that is forced."""
        level, _, plain = name.partition(".")
        if level in TARGETS and plain:
            return f"{level}.{self.spelled(level, plain)}"
        for target in ("person", "source", "case"):
            spelled = self.spelled(target, name)
            if spelled != name or self.known(target).find(name) is not None:
                return spelled
        return name

    def held(self, name: str) -> set[str]:
        """All values of an attribute, on whatever level."""
        return {value for target in TARGETS for found in self.of(target).values() for value in found.get(name, ())}

    def _column(self, change: Change, target: str, name: str, kind: str, uid: bytes | None) -> _Column:
        """The attribute of a column, made if new; names that differ only in case or accents are one."""
        name = self.spelled(target, name)
        if target == "source" and name in SOURCE_FIELDS:
            return _Column(None, name, kind)
        if kind and kind not in ATTRIBUTE_TYPES:
            raise QdaError(f"the type '{kind}' of '{name}' is not one of {', '.join(ATTRIBUTE_TYPES)}")
        found = self.database.rows("SELECT key, type FROM live_attribute WHERE name = ? AND target = ?", (name, target))
        if not found:
            key = change.new_key("attribute", uid)
            change.insert("attribute", [(key, name, target, kind or "text")])
            return _Column(key, name, kind or "text")
        key, before = found[0]
        if kind and kind != before:
            for (value,) in self.database.rows("SELECT value FROM live_value WHERE attribute = ?", (key,)):
                check_value(name, kind, value)
            change.edit("attribute", "key = ?", (key,), type=kind)
        return _Column(key, name, kind or before)

    def _take(
        self,
        target: str,
        row: AttributeRow,
        columns: dict[str, _Column],
        given: dict[tuple[int, _Column], _Given],
    ) -> None:
        """Check the values of a row, and that they are those of rows before where these say something."""
        entity = self._entity(target, row.name)
        for name, words in row.values.items():
            column, values = columns[name], tuple(dict.fromkeys(words))
            if column.key is None and len(values) > 1:
                raise QdaError(f"a source has one {column.name}, not {len(values)} ({', '.join(values)})")
            for value in values:
                check_value(column.name, column.type, value)
            if not values:
                continue
            before = given.setdefault((entity, column), _Given(values, row.line))
            if set(before.values) != set(values):
                place = f" in line {before.line}" if before.line else " before"
                raise QdaError(
                    f"'{column.name}' of '{row.name}' is {_said(values)} here and {_said(before.values)}{place};"
                    " keep one, or write several values in one cell with | between"
                )

    def _entity(self, target: str, name: str) -> int:
        if target == "source":
            return self.study.sources.get(name).key
        return self.study.persons.find(name) if target == "person" else self.study.cases.find(name)

    def _set(self, change: Change, entity: int, column: _Column, values: Sequence[str]) -> None:
        key, name, _ = column
        if key is None:
            change.edit("source", "key = ?", (entity,), **{name: values[0]})
            return
        before = {
            row[0]
            for row in self.database.rows(
                "SELECT value FROM live_value WHERE target = ? AND attribute = ?", (entity, key)
            )
        }
        for value in before - set(values):
            change.close("value", "target = ? AND attribute = ? AND value = ?", (entity, key, value))
        change.insert("value", [(entity, key, value) for value in values if value not in before])


def _refuse_one_twice(columns: dict[str, _Column]) -> None:
    """Refuse two columns that are one attribute: they differ in case or in how accents are written."""
    seen: dict[str, str] = {}
    for header, column in columns.items():
        if column.name in seen:
            raise QdaError(f"the columns '{seen[column.name]}' and '{header}' are one attribute; remove one of them")
        seen[column.name] = header


def _said(values: tuple[str, ...]) -> str:
    return " and ".join(f"'{value}'" for value in values[:5])


def check_value(name: str, kind: str, value: str) -> None:
    """Refuse a value that does not fit its attribute's type.

    Raises:
        QdaError: It is no date, or no number.
    """
    if (kind == "date" or name == "date") and not _is_date(value):
        raise QdaError(f"'{value}' is no date for '{name}'; write it as 2024, 2024-05 or 2024-05-14")
    if kind == "number" and not _NUMBER.match(value):
        raise QdaError(f"'{value}' is no number for '{name}'")


def is_value(name: str, kind: str, value: str) -> bool:
    """Whether a value fits its attribute's type, as `check_value` says."""
    try:
        check_value(name, kind, value)
    except QdaError:
        return False
    return True


def _is_date(value: str) -> bool:
    """Whether this is a year, a month or a day that was or will be."""
    if not _DATE.match(value):
        return False
    try:
        date.fromisoformat(value + "-01-01"[len(value) - 4 :] if len(value) < 10 else value)
    except ValueError:
        return False
    return True
