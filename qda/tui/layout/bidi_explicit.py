"""Explicit levels of UAX #9: the paragraph's direction (P), embeddings, isolates and run sequences (X)."""

from __future__ import annotations

from dataclasses import dataclass, field

from qda.tui.layout.bidi_classes import EMBEDDINGS, ISOLATES, REMOVED, Stretch

DEEPEST = 125  # the standard's highest explicit level


@dataclass(slots=True)
class Sequence:
    """An isolating run sequence: numbers of its stretches, their classes as far as resolved, and its edges."""

    level: int
    members: list[int]
    kinds: list[str]
    before: str  # direction met at its beginning: L or R
    behind: str  # direction met at its end
    original: list[str] = field(default_factory=list)


def first_strong(parts: list[Stretch], start: int, end: int) -> int:
    """The level (0 or 1) told by the first letter between two stretch numbers, isolates skipped."""
    depth = 0
    for letter, _, _ in parts[start:end]:
        if letter in ISOLATES:
            depth += 1
        elif letter == "p":
            depth = max(0, depth - 1)
        elif depth == 0 and letter in "LRA":
            return int(letter != "L")
    return 0


def partners(parts: list[Stretch]) -> dict[int, int]:
    """Each isolate initiator's number to that of the PDI that ends it (BD9)."""
    found: dict[int, int] = {}
    waiting: list[int] = []
    for number, part in enumerate(parts):
        if part.letter in ISOLATES:
            waiting.append(number)
        elif part.letter == "p" and waiting:
            found[waiting.pop()] = number
    return found


class Explicit:
    """Walks a paragraph's stretches and keeps the standard's stack of directional states."""

    def __init__(self, parts: list[Stretch], level: int) -> None:
        self.parts = parts
        self.partner = partners(parts)
        self.stack: list[tuple[int, str, bool]] = [(level, "", False)]  # level, override, is isolate
        self.lost_isolates = self.lost_embeddings = self.isolates = 0
        self.base = level
        self.levels: list[int] = []
        self.kinds: list[str] = []
        for number, part in enumerate(parts):
            self._step(number, part.letter)

    def _step(self, number: int, letter: str) -> None:
        if letter in EMBEDDINGS:
            self._keep(letter)
            self._embed(letter)
        elif letter in ISOLATES:
            self._take(letter)
            self._isolate(number, letter)
        elif letter == "p":
            self._end_isolate()
            self._take(letter)
        elif letter == "P":
            self._keep(letter)
            self._end_embedding()
        elif letter == "B":
            self.levels.append(self.base)
            self.kinds.append(letter)
        elif letter == "b":
            self._keep(letter)
        else:
            self._take(letter)

    def _keep(self, letter: str) -> None:
        self.levels.append(self.stack[-1][0])
        self.kinds.append(letter)

    def _take(self, letter: str) -> None:
        level, override, _ = self.stack[-1]
        self.levels.append(level)
        self.kinds.append(override or letter)

    def _next(self, *, right: bool) -> int:
        """The next higher level of a direction."""
        level = self.stack[-1][0]
        return level + 1 + ((level & 1) if right else 1 - (level & 1))

    def _embed(self, letter: str) -> None:
        level = self._next(right=letter in "rk")
        if level <= DEEPEST and not self.lost_isolates and not self.lost_embeddings:
            self.stack.append((level, {"h": "L", "k": "R"}.get(letter, ""), False))
        elif not self.lost_isolates:
            self.lost_embeddings += 1

    def _isolate(self, number: int, letter: str) -> None:
        if letter == "f":
            inner = first_strong(self.parts, number + 1, self.partner.get(number, len(self.parts)))
            letter = "j" if inner else "i"
        level = self._next(right=letter == "j")
        if level <= DEEPEST and not self.lost_isolates and not self.lost_embeddings:
            self.isolates += 1
            self.stack.append((level, "", True))
        else:
            self.lost_isolates += 1

    def _end_isolate(self) -> None:
        if self.lost_isolates:
            self.lost_isolates -= 1
        elif self.isolates:
            self.lost_embeddings = 0
            while not self.stack[-1][2]:
                self.stack.pop()
            self.stack.pop()
            self.isolates -= 1

    def _end_embedding(self) -> None:
        if self.lost_isolates:
            return
        if self.lost_embeddings:
            self.lost_embeddings -= 1
        elif not self.stack[-1][2] and len(self.stack) > 1:
            self.stack.pop()


def sequences(state: Explicit) -> list[Sequence]:
    """The isolating run sequences of a paragraph, with their edges (X10)."""
    kept = [number for number, part in enumerate(state.parts) if part.letter not in REMOVED]
    follows = {state.partner[number] for number in state.partner}
    place = {number: at for at, number in enumerate(kept)}
    runs: dict[int, list[int]] = {}  # by the number of their first stretch
    run: list[int] = []
    for number in kept:
        if not run or state.levels[run[-1]] != state.levels[number]:
            run = runs[number] = []
        run.append(number)
    found = []
    for first, members in runs.items():
        if first in follows:
            continue  # belongs to the run of its isolate initiator
        whole = list(members)
        while whole[-1] in state.partner:
            whole += runs[state.partner[whole[-1]]]
        found.append(_sequence(state, whole, kept, place))
    return found


def _sequence(state: Explicit, members: list[int], kept: list[int], place: dict[int, int]) -> Sequence:
    level = state.levels[members[0]]
    ahead = place[members[0]] - 1
    back = place[members[-1]] + 1
    before = state.levels[kept[ahead]] if ahead >= 0 else state.base
    open_end = state.parts[members[-1]].letter in ISOLATES
    behind = state.base if open_end or back >= len(kept) else state.levels[kept[back]]
    return Sequence(
        level,
        members,
        [state.kinds[number] for number in members],
        "LR"[max(level, before) & 1],
        "LR"[max(level, behind) & 1],
        [state.parts[number].letter for number in members],
    )
