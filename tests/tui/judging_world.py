"""What the tests of the adjudication screen share: a round of two or three coders, and an app that shows its places."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING, Any

from list_world import Hand, PlaceApp

from qda.model.codebook import Codebook, CodeEntry
from qda.model.rounds import Part, Terms
from qda.model.transcript import SpokenTurn, Transcript
from qda.store import Study
from qda.store.coding_lines import CodingRow
from qda.tui.adjudication.screen import AdjudicationScreen
from qda.tui.theme import DARK, PAINTS

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterable
    from pathlib import Path

PAINT = PAINTS[DARK]
TEXT = "I: How was it?\nR: The return was voluntary. Nobody asked me. We talked for hours about going home.\n"
OTHER = "R: They came at night. I do not trust the police.\n"
TEXTS = {"talk": TEXT, "visit": OTHER}
# coder, code, words
CODINGS = (
    ("anna", "trust", "The return was voluntary."),
    ("bram", "trust", "The return was voluntary."),  # 1: agreed
    ("anna", "fear", "Nobody asked me."),
    ("bram", "fear", "asked me."),  # 2: boundary
    ("anna", "trust", "We talked"),  # 3: missed
    ("anna", "trust/police", "for hours about going home."),
    ("bram", "fear", "for hours about going home."),  # 4: different code
    ("bram", "fear", "They came at night."),  # 5: extra
)
THIRD = (("cleo", "fear", "me."), ("cleo", "fear", "trust the police"))


def place_of(words: str) -> tuple[str, int, int]:
    """The source and the offsets of some words."""
    name = next(name for name, text in TEXTS.items() if words in text)
    start = TEXTS[name].index(words)
    return name, start, start + len(words)


def make(
    folder: Path, codings: Iterable[tuple[str, str, str]] = CODINGS, *, blind: bool = True, reveal: bool = True
) -> Path:
    """A study with two sources, which coders have coded in the round `pilot`."""
    codings = list(codings)
    coders = list(dict.fromkeys(coder for coder, *_ in codings))
    with Study.create(folder, coder="lead") as study:
        for name, text in TEXTS.items():
            study.sources.add(Transcript(name, "txt", text.encode(), text, "utf-8", turns_of(text)), speakers={})
        book = (CodeEntry("trust", children=(CodeEntry("police"),)), CodeEntry("fear"), CodeEntry("unused"))
        study.codebook.import_codebook(Codebook("", {}, book), "the codebook")
        sources = [study.sources.get(name) for name in TEXTS]
        parts = [Part(one.key, one.revision_key, whole=True, start=0, end=0) for one in sources]
        study.rounds.make("pilot", coders, parts, Terms(blind=blind))
        for coder in coders:
            study.coder = coder
            for who, code, words in codings:
                if who == coder:
                    name, start, end = place_of(words)
                    study.codings.import_rows([CodingRow(1, name, code, coder, start, end)], "coded")
            study.rounds.submit("pilot")
        study.coder = "lead"
        if reveal:
            study.rounds.reveal("pilot")
    return folder


def turns_of(text: str) -> tuple[SpokenTurn, ...]:
    """A turn for each line."""
    found, at = [], 0
    for line in text.splitlines(keepends=True):
        found.append(SpokenTurn(at, at + 3, at + len(line), line[0], None))
        at += len(line)
    return tuple(found)


class Judge(Hand):
    """Somebody who adjudicates."""

    @property
    def screen(self) -> AdjudicationScreen:
        screen = self.app.screen_stack[1]
        assert isinstance(screen, AdjudicationScreen)
        return screen

    def consensus(self) -> list[tuple[str, str]]:
        """What another process finds in the consensus: code and words."""

        def look(study: Study) -> list[tuple[str, str]]:
            paths = {code.key: code.path for code in study.codebook.tree().codes}
            found = [one for one in study.codings.all() if one.layer == "consensus"]
            words = [(paths[one.code], study.sources.text(one.source)[one.start : one.end]) for one in found]
            return sorted(words)

        return list(self.read(look))

    def decision(self) -> tuple[Any, ...]:
        """The only decision there is: what was taken, how, why and by whom."""

        def look(study: Study) -> tuple[Any, ...]:
            (one,) = study.decisions.all()
            names = {coder.key: coder.name for coder in study.coders.all()}
            return one.take, names.get(one.whose or 0), one.ends, one.mode, one.reason, names[one.coder]

        return tuple(self.read(look))

    def rows(self) -> list[str]:
        """The painted lines."""
        return self.text().split("\n")

    def stage(self) -> list[str]:
        """The painted lines of the text with what the coders have below each."""
        region = self.screen.stage.region
        return [row[region.x : region.right] for row in self.rows()[region.y : region.bottom]]

    def under(self, words: str, label: str) -> str:
        """What is painted in the lane of a label just below some words that stand in one line."""
        rows = self.stage()
        at = next((at for at, row in enumerate(rows) if words in row), None)
        assert at is not None, rows
        column = rows[at].index(words)
        lane = next((row for row in rows[at + 1 :] if row.startswith(label)), None)
        assert lane is not None, rows
        return lane[column : column + len(words)]


@contextlib.asynccontextmanager
async def shown(folder: Path, size: tuple[int, int] = (120, 40), coder: str = "lead") -> AsyncIterator[Judge]:
    """The adjudication of the study on a terminal of a size."""
    with Study.open(folder, coder=coder) as study:
        app = PlaceApp(study, AdjudicationScreen)
        async with app.run_test(size=size) as pilot:
            await pilot.pause()
            yield Judge(app, pilot, folder)
