"""The sampling frame: the units that were asked, in versions, with who answered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qda.errors import QdaError
from qda.model.frames import IN, NO_ANSWER, FrameVersion, Unit
from qda.model.nouns import id_of
from qda.store.attributes import check_value
from qda.store.base import Names, Nouns, at_line, check_plain

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from qda.store.change import Change


class Frames(Nouns):
    """The versions of the frame of the study, each with all units that it has."""

    def versions(self) -> list[FrameVersion]:
        """All versions in order: by the date from which they hold, then by when they were entered."""
        rows = self.database.rows(
            "SELECT f.key, e.uid, f.name, f.since, f.note FROM live_frame f JOIN entity e ON e.key = f.key"
            " ORDER BY f.since, f.key"
        )
        return [FrameVersion(key, id_of(uid), *rest) for key, uid, *rest in rows]

    def get(self, name: str = "") -> FrameVersion:
        """A version by its name; without a name the last one.

        Raises:
            QdaError: There is none.
        """
        versions = self.versions()
        if not name and not versions:
            raise QdaError("no frame is entered yet; 'qda frame import FILE --version NAME' enters one")
        if not name:
            return versions[-1]
        key = Names("version of the frame", {one.name: one.key for one in versions}).get(name)
        return next(one for one in versions if one.key == key)

    def units(self, version: FrameVersion) -> list[Unit]:
        """The units of a version by name."""
        return [
            Unit(*row)
            for row in self.database.rows(
                "SELECT name, status, reason, case_name FROM live_frame_unit WHERE frame = ? ORDER BY name",
                (version.key,),
            )
        ]

    def enter(self, name: str, since: str, note: str, units: Sequence[Unit], summary: str) -> tuple[int, int, int]:
        """Enter a version with all its units; of one that is there, the units become exactly these.

        Returns:
            How many units are new, changed and gone.

        Raises:
            QdaError: A unit stands twice, a name cannot be one, or the date is none; the line is named.
        """
        with self.study.action("frame", summary) as change:
            check_plain(name, "version of the frame")
            if since:
                check_value("date", "date", since)
            key = self._version(change, name, since, note)
            return self._fill(change, key, units)

    def alter(
        self, name: str, since: str, note: str, gone: Collection[str], come: Collection[str], summary: str
    ) -> FrameVersion:
        """A new version: the last one without some units, and with others, who have not answered yet.

        Raises:
            QdaError: There is no version before, one of this name, or a unit is not there, or there already.
        """
        with self.study.action("frame", summary) as change:
            last = self.get()
            if any(one.name == name for one in self.versions()):
                raise QdaError(f"the frame has a version '{name}' already; choose another --version")
            units = {unit.name: unit for unit in self.units(last)}
            for one in gone:
                if one not in units:
                    raise QdaError(f"the frame '{last.name}' has no unit '{one}'; 'qda frame' lists them")
                del units[one]
            for one in come:
                if one in units:
                    raise QdaError(f"the frame '{last.name}' has the unit '{one}' already")
                units[one] = Unit(one, NO_ANSWER)
            check_plain(name, "version of the frame")
            if since:
                check_value("date", "date", since)
            self._fill(change, self._version(change, name, since, note), list(units.values()))
        return self.get(name)

    def answer(self, version: FrameVersion, name: str, status: str, reason: str) -> None:
        """Say how a unit responded.

        Raises:
            QdaError: The version has no such unit, or the status is empty.
        """
        with self.study.action("frame", f"{name}: {status}") as change:
            units = self.units(version)
            known = Names("unit of the frame", {unit.name: number for number, unit in enumerate(units)})
            found = units[known.get(name)].name
            if not status.strip():
                raise QdaError(f"say how '{name}' responded: {IN}, {NO_ANSWER}, refused, or another word")
            change.edit(
                "frame_unit", "frame = ? AND name = ?", (version.key, found), status=_plain(status), reason=reason
            )

    def _version(self, change: Change, name: str, since: str, note: str) -> int:
        known = next((one for one in self.versions() if one.name == name), None)
        if known is None:
            key = change.new_key("frame")
            change.insert("frame", [(key, name, since, note)])
            return key
        words = {"since": since or known.since, "note": note or known.note}
        if words != {"since": known.since, "note": known.note}:
            change.edit("frame", "key = ?", (known.key,), **words)
        return known.key

    def _fill(self, change: Change, frame: int, units: Sequence[Unit]) -> tuple[int, int, int]:
        query = "SELECT name, status, reason, case_name FROM live_frame_unit WHERE frame = ?"
        there = {row[0]: Unit(*row) for row in self.database.rows(query, (frame,))}
        seen: dict[str, int] = {}
        new = changed = 0
        for unit in units:
            try:
                _check(unit, seen)
            except QdaError as error:
                raise at_line(unit.line, error) from None
            fields = {"status": _plain(unit.status), "reason": unit.reason, "case_name": unit.case}
            before = there.pop(unit.name, None)
            if before is None:
                new += 1
                change.insert("frame_unit", [(change.new_key("frame_unit"), frame, unit.name, *fields.values())])
            elif (before.status, before.reason, before.case) != tuple(fields.values()):
                changed += 1
                change.edit("frame_unit", "frame = ? AND name = ?", (frame, unit.name), **fields)
        for name in there:
            change.close("frame_unit", "frame = ? AND name = ?", (frame, name))
        return new, changed, len(there)


def _check(unit: Unit, seen: dict[str, int]) -> None:
    check_plain(unit.name, "unit of the frame")
    if unit.name in seen:
        raise QdaError(f"the unit '{unit.name}' stands in line {seen[unit.name]} already")
    seen[unit.name] = unit.line


def _plain(status: str) -> str:
    """A status as it is counted: in small letters, without spaces around it."""
    return " ".join(status.casefold().split())
