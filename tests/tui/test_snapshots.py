"""How the screens look: golden texts in three sizes, and readable colours in both themes.

`QDA_NEW_SNAPSHOTS=1 python -m pytest tests/tui/test_snapshots.py` writes the goldens anew; look at the difference.
"""

from __future__ import annotations

import asyncio
import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from qda.cli.demo import make_sample
from qda.store import Study
from qda.tui.app import QdaApp
from qda.tui.theme import DARK, LIGHT, contrast

if TYPE_CHECKING:
    from rich.color import Color
    from textual.strip import Strip

GOLDENS = Path(__file__).parent / "snapshots"
SIZES = ((80, 24), (120, 40), (200, 60))
# What is shown: the keys that lead there from the first source.
SHOWN = {
    "coding": ("right_square_bracket",) * 6 + ("f",),
    "selecting": ("}", "}", "S"),
    "picker": ("}", "}", "S", "c", "g", "o", "o"),
    "help": ("question_mark",),
    "sources": ("f3",),
    "memos": ("f5",),
    "adjudication": ("ctrl+d", "down", "down", "v", "left"),
    "settings": ("f10",),
}
KEYS = {"}": "right_curly_bracket"}


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample study, under a name that is the same each time."""
    folder = tmp_path_factory.mktemp("snapshots") / "returns"
    make_sample(folder)
    return folder


def painted(folder: Path, keys: tuple[str, ...], size: tuple[int, int], theme: str) -> list[Strip]:
    """The lines of the screen after some keys."""

    async def run() -> list[Strip]:
        with Study.open(folder, coder="Anna") as study:
            app = QdaApp(study)
            app.preferences.guided, app.preferences.theme = True, theme
            app.theme = theme
            async with app.run_test(size=size) as pilot:
                await pilot.pause(0.3)
                for key in keys:
                    await pilot.press(KEYS.get(key, key))
                await pilot.pause(0.5)
                return app.screen._compositor.render_strips()

    return asyncio.run(run())


def words(strips: list[Strip]) -> str:
    """What is painted, line by line."""
    return "".join(f"{strip.text.rstrip()}\n" for strip in strips)


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize("name", SHOWN)
def test_the_screen_looks_as_it_did(
    sample: Path, name: str, size: tuple[int, int], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("QDA_CONFIG", str(tmp_path))
    found = words(painted(sample, SHOWN[name], size, DARK))
    golden = GOLDENS / f"{name}-{size[0]}x{size[1]}.txt"
    if os.environ.get("QDA_NEW_SNAPSHOTS"):
        golden.parent.mkdir(exist_ok=True)
        golden.write_text(found, encoding="utf-8")
    assert found == golden.read_text(encoding="utf-8")


# What lies behind a window is dimmed on purpose.
@pytest.mark.parametrize("theme", [DARK, LIGHT])
@pytest.mark.parametrize("name", [name for name in SHOWN if name != "help"])
def test_all_words_can_be_read(
    sample: Path, name: str, theme: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("QDA_CONFIG", str(tmp_path))
    weak = set()
    for strip in painted(sample, SHOWN[name], (120, 40), theme):
        for segment in strip:
            style = segment.style
            if style is None or style.color is None or style.bgcolor is None or not _has_words(segment.text):
                continue
            ink, ground = (
                (_hex(style.bgcolor), _hex(style.color)) if style.reverse else (_hex(style.color), _hex(style.bgcolor))
            )
            if contrast(ink, ground) < 4.5:
                weak.add((segment.text.strip(), ink, ground, round(contrast(ink, ground), 2)))
    assert weak == set()


def _has_words(text: str) -> bool:
    return any(sign.isalnum() for sign in text)


def _hex(colour: Color) -> str:
    red, green, blue = colour.get_truecolor()
    return f"#{red:02x}{green:02x}{blue:02x}"
