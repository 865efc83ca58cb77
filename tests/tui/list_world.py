"""What the tests of the codebook and the memos share: a small study, an app that shows one place, and a hand."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING, Any

from textual import events
from textual.keys import _character_to_key

from qda.model.codebook import Codebook, CodeEntry
from qda.model.transcript import Transcript
from qda.store import Study
from qda.store.coding_lines import CodingRow
from qda.store.memos import MemoRow
from qda.tui.app import QdaApp

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable
    from pathlib import Path

    from textual.pilot import Pilot
    from textual.screen import Screen

SIZES = ((80, 24), (120, 40))
TEXT = "The return was voluntary. Nobody asked me. We talked for hours about going home."
BOOK = Codebook(
    "",
    {},
    (
        CodeEntry(
            "trust",
            "Relying on somebody",
            origin="a-priori",
            children=(CodeEntry("police", "Relying on the police"), CodeEntry("family")),
        ),
        CodeEntry("fear", labels={"nl": "angst"}, aliases=("fright",), origin="open"),
        CodeEntry("unused", origin="open"),
    ),
)


def make(folder: Path) -> Path:
    """A study with a source, five codes, codings of two coders, and memos of several kinds."""
    with Study.create(folder, coder="anna") as study:
        study.sources.add(Transcript("talk", "txt", TEXT.encode(), TEXT, "utf-8"), speakers={})
        study.codebook.import_codebook(BOOK, "the codebook")
        rows = [
            CodingRow(1, "talk", "trust", "anna", 0, 10, memo="Is it?"),
            CodingRow(2, "talk", "trust", "anna", 26, 42),
            CodingRow(3, "talk", "trust", "bram", 0, 10),
            CodingRow(4, "talk", "trust/police", "anna", 43, 60),
            CodingRow(5, "talk", "fear", "anna", 0, 10),
        ]
        study.codings.import_rows(rows, "codings")
        study.memos.import_rows(
            [
                MemoRow("About all of it.\nAnd more.", kind="method", title="Plan", at="2024-01-01T10:00:00Z"),
                MemoRow("A hard word.", "code", "trust/police", at="2024-01-02T10:00:00Z"),
                MemoRow(
                    "Who is nobody?", "segment", "talk", "theoretical", start=26, end=32, at="2024-01-03T10:00:00Z"
                ),
                MemoRow("Bram's café.", "source", "talk", "case", coder="bram", at="2024-01-04T10:00:00Z"),
            ],
            "memos",
        )
    return folder


class PlaceApp(QdaApp):
    """Shows one place at once; where a source would be opened is written down."""

    def __init__(self, study: Study, screen: Callable[[], Screen[Any]]) -> None:
        super().__init__(study)
        self._make = screen
        self.opened: list[tuple[str, int]] = []

    async def on_mount(self, event: events.Mount) -> None:
        event.prevent_default()
        await self.push_screen(self._make())

    async def show_source(self, name: str, place: int = 0, **more: str) -> None:
        del more
        self.opened.append((name, place))


class Hand:
    """Somebody at the keyboard."""

    def __init__(self, app: PlaceApp, pilot: Pilot[Any], folder: Path) -> None:
        self.app, self.pilot, self.folder = app, pilot, folder

    async def press(self, *keys: str) -> None:
        """Press keys, each when what the one before led to is done."""
        for key in keys:
            self._post(key, key if len(key) == 1 else None)
            for _ in range(3):  # a message may lead to another
                await self.pilot.pause(0)

    async def type(self, words: str) -> None:
        """Type words faster than the screen is painted."""
        for sign in words:
            self._post(sign, sign)
        await self.pilot.pause()

    def _post(self, key: str, sign: str | None) -> None:
        event = events.Key(_character_to_key(key) if len(key) == 1 else key, sign)
        event.set_sender(self.app)
        self.app.post_message(event)

    def text(self) -> str:
        """What stands on the screen."""
        return "\n".join(strip.text for strip in self.app.screen._compositor.render_strips())

    def said(self) -> str:
        """What stands in the lowest lines."""
        return " ".join(" ".join(self.text().split("\n")[-3:]).split())

    def read(self, look: Callable[[Study], Any]) -> Any:
        """What another process finds in the study."""
        with Study.open(self.folder, coder="anna") as study:
            return look(study)

    def paths(self) -> list[str]:
        return list(self.read(lambda study: [code.path for code in study.codebook.tree().codes]))

    def counts(self) -> dict[str, int]:
        def count(study: Study) -> dict[str, int]:
            found = study.codings.counts_by_code()
            return {code.path: found[code.key] for code in study.codebook.tree().codes if code.key in found}

        return dict(self.read(count))

    def state(self) -> str:
        return str(self.read(lambda study: study.state_hash()))


@contextlib.asynccontextmanager
async def shown(
    folder: Path, screen: Callable[[], Screen[Any]], size: tuple[int, int] = (120, 40)
) -> AsyncIterator[Hand]:
    """A place of the study on a terminal of a size."""
    with Study.open(folder, coder="anna") as study:
        app = PlaceApp(study, screen)
        async with app.run_test(size=size) as pilot:
            await pilot.pause()
            yield Hand(app, pilot, folder)
