"""What a coder's hand does to single codings: put codes on words, change, move, split, weigh, take away."""

from __future__ import annotations

from math import isfinite
from typing import TYPE_CHECKING, NamedTuple

from qda.errors import ConflictError, QdaError
from qda.model.paths import join_path
from qda.store.base import Nouns
from qda.store.codings import _SELECT, coding_of, now

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qda.model.nouns import Coding
    from qda.store.change import Change


class Place(NamedTuple):
    """A segment in the text of a source as somebody sees it: source, revision of its text, start and end."""

    source: int
    revision: int
    start: int
    end: int


class News(NamedTuple):
    """What changed since a change: codings that are new or different, and keys of those that are gone."""

    codings: list[Coding]
    gone: set[int]


class CodingEdits(Nouns):
    """Edits by the current coder; each is one action, and all of them keep to his own codings."""

    def apply(
        self, place: Place, codes: Sequence[int], *, new: str = "", found: str = "open", origin: str = "human"
    ) -> list[int]:
        """Put codes on a segment; a code that is there already is left as it is. Returns the codings' keys.

        `new` is the path of one more code, which is made in the same action where it is not there yet, with `found`
        as its origin: taking the action back takes both back.

        Raises:
            QdaError: Nobody is named as coder, or a code is retired or gone.
            ConflictError: The text is another one by now.
        """
        with self.study.action("coding", "") as change:
            me = self._me()
            self._check_place(place)
            made = "" if not new or self.study.codebook.tree().find(new) else ", a new code"
            if new:
                codes = [*codes, self._found_or_made(change, new, found)]
            names = [self._usable(code) for code in codes]
            there = self._there(place, me, codes)
            fresh = [code for code in dict.fromkeys(codes) if code not in there]
            keys = change.new_keys("coding", len(fresh))
            moment = now()
            change.insert(
                "coding",
                [
                    (key, place.source, place.revision, code, me, place.start, place.end, 0, None, origin, moment, 0)
                    for key, code in zip(keys, fresh, strict=True)
                ],
            )
            source = self.database.one("SELECT name FROM live_source WHERE key = ?", (place.source,))
            change.summarise(f"{', '.join(names)}{made} on {source} {place.start}-{place.end}")
            standing = there | dict(zip(fresh, keys, strict=True))
        return [standing[code] for code in dict.fromkeys(codes)]

    def remove(self, keys: Sequence[int]) -> None:
        """Take codings away, with what was noted on them."""
        with self.study.action("coding", "") as change:
            owned = [self._own(key) for key in keys]
            for coding in owned:
                change.close("memo", "target = ?", (coding.key,))
                change.close("coding", "key = ?", (coding.key,))
            change.summarise(f"removed {', '.join(self._said(coding) for coding in owned)}")

    def recode(self, key: int, code: int | str) -> None:
        """Give a coding another code; where the segment has it already, one stays. A path makes a new code with it."""
        with self.study.action("coding", "") as change:
            coding = self._own(key)
            said = self._said(coding)
            if isinstance(code, str):
                code = self._found_or_made(change, code, "open")
            change.summarise(f"{said} is {self._usable(code)} now")
            self._change(change, coding, code=code)

    def move(self, key: int, start: int, end: int) -> None:
        """Let a coding begin and end elsewhere in its source."""
        with self.study.action("coding", "") as change:
            coding = self._own(key)
            self._check_place(Place(coding.source, coding.revision, start, end))
            change.summarise(f"{self._said(coding)} now {start}-{end}")
            # Words that somebody chose by hand need no more review.
            self._change(change, coding, start=start, end=end, anchor=0)

    def split(self, key: int, at: int) -> None:
        """Make two codings of one, at a place inside it; what was noted stays with the first."""
        with self.study.action("coding", "") as change:
            coding = self._own(key)
            if not coding.start < at < coding.end:
                raise QdaError("a coding is split between two of its words; move the cursor into it")
            change.summarise(f"split {self._said(coding)} at {at}")
            self._change(change, coding, end=at)
            rest = Place(coding.source, coding.revision, at, coding.end)
            if not self._there(rest, coding.coder, [coding.code]):
                second = change.new_key("coding")
                row = (second, coding.source, coding.revision, coding.code, coding.coder, at, coding.end, 0)
                change.insert("coding", [(*row, coding.weight, coding.origin, now(), 0)])

    def weigh(self, key: int, weight: float | None) -> None:
        """Give a coding a weight, or none.

        Raises:
            QdaError: It is infinite, or no number.
        """
        if weight is not None and not isfinite(weight):
            raise QdaError("the weight is no number")
        with self.study.action("coding", "") as change:
            coding = self._own(key)
            change.summarise(f"{self._said(coding)} weighs {'nothing' if weight is None else f'{weight:g}'}")
            change.edit("coding", "key = ?", (key,), weight=None if weight is None else float(weight))

    def last_change(self) -> int:
        """The number of the newest change in the study."""
        return int(self.database.one("SELECT max(number) FROM seen_change") or 0)

    def since(self, source: int, number: int) -> News:
        """What changed in the codings of a source after a change."""
        # `+` leaves the index on sources aside: the few rows that are new are found by their birth.
        rows = self.database.rows(f"{_SELECT} WHERE +c.source = ? AND c.born > ? AND c.anchor < 2", (source, number))
        codings = [coding_of(row) for row in rows]
        born = {coding.key for coding in codings}
        died = self.database.rows("SELECT key FROM past_coding WHERE source = ? AND died > ?", (source, number))
        lost = self.database.rows(
            "SELECT key FROM live_coding WHERE source = ? AND born > ? AND anchor = 2", (source, number)
        )
        return News(codings, ({key for (key,) in died} - born) | {key for (key,) in lost})

    def codes_since(self, number: int) -> dict[int, int]:
        """How many more (or fewer) codings each code has than after a change."""
        rows = self.database.rows(
            "SELECT code, sum(n) FROM (SELECT code, 1 AS n FROM live_coding WHERE born > ? AND anchor < 2"
            " UNION ALL SELECT code, -1 FROM past_coding WHERE died > ? AND born <= ? AND anchor < 2) GROUP BY code",
            (number, number, number),
        )
        return {code: count for code, count in rows if count}

    def _me(self) -> int:
        if not self.study.coder:
            raise QdaError("say who codes first: --coder NAME, or QDA_CODER in the environment")
        return self.study.coders.find(self.study.coder)

    def _found_or_made(self, change: Change, path: str, origin: str) -> int:
        """The code at a path; where there is none it is made, with those above it."""
        found = self.study.codebook.tree().find(path)
        return found.key if found else self.study.codebook.make_path(change, path, origin=origin)

    def _usable(self, code: int) -> str:
        path = self._path(code)
        if not path:
            raise QdaError("this code was removed in the meantime")
        if self.database.one("SELECT retired FROM live_code WHERE key = ?", (code,)):
            raise QdaError(f"the code '{path}' is retired; bring it back in the codebook to use it")
        return path

    def _path(self, code: int) -> str:
        """The path of a code, empty where it is gone; found without reading the whole codebook."""
        names: list[str] = []
        rows = self.database.rows("SELECT name, parent FROM live_code WHERE key = ?", (code,))
        while rows:
            name, parent = rows[0]
            names.insert(0, name)
            rows = self.database.rows("SELECT name, parent FROM live_code WHERE key = ?", (parent,))
        return join_path(names)

    def _check_place(self, place: Place) -> None:
        row = self.database.rows(
            "SELECT r.key, t.characters FROM live_revision r JOIN text t ON t.sha256 = r.text"
            " WHERE r.source = ? ORDER BY r.number DESC LIMIT 1",
            (place.source,),
        )
        if not row or row[0][0] != place.revision:
            raise ConflictError("the text of this source was changed in the meantime; it is shown anew")
        if not 0 <= place.start < place.end <= row[0][1]:
            raise QdaError("a coding needs at least one character: select some words first")

    def _there(self, place: Place, coder: int, codes: Sequence[int]) -> dict[int, int]:
        """The coder's own codings of exactly this segment with some codes: code and key."""
        marks = ", ".join("?" * len(codes))
        return dict(
            self.database.rows(
                "SELECT code, key FROM counted_coding WHERE source = ? AND start = ? AND end = ? AND coder = ?"
                f" AND layer = 0 AND code IN ({marks})",
                (place.source, place.start, place.end, coder, *codes),
            )
        )

    def _own(self, key: int) -> Coding:
        rows = self.database.rows(f"{_SELECT} WHERE c.key = ?", (key,))
        if not rows:
            raise ConflictError("this coding was removed in the meantime")
        coding = coding_of(rows[0])
        if coding.coder != self._me() or coding.layer != "independent":
            whose = "of the consensus"
            if coding.layer == "independent":
                whose = f"{self.database.one('SELECT name FROM live_coder WHERE key = ?', (coding.coder,))}'s"
            raise QdaError(f"this coding is {whose}; only your own can be changed here")
        return coding

    def _said(self, coding: Coding) -> str:
        source = self.database.one("SELECT name FROM live_source WHERE key = ?", (coding.source,))
        return f"{self._path(coding.code) or 'a code'} on {source} {coding.start}-{coding.end}"

    def _change(self, change: Change, coding: Coding, **fields: int) -> None:
        """Change a coding; if another of the same coder is just so already, that one stays, with both's memos."""
        place = {name: fields.get(name, getattr(coding, name)) for name in ("code", "start", "end")}
        target = Place(coding.source, coding.revision, place["start"], place["end"])
        twin = self._there(target, coding.coder, [place["code"]]).get(place["code"])
        if twin is not None and twin != coding.key:
            change.repoint("memo", "target", coding.key, twin)
            change.close("coding", "key = ?", (coding.key,))
        else:
            change.edit("coding", "key = ?", (coding.key,), **fields)
