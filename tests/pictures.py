"""The pictures of the documentation, taken from the running screen: `python tests/pictures.py` makes them anew."""

from __future__ import annotations

import asyncio
import json
import os
import re
from contextlib import redirect_stderr, redirect_stdout
from io import StringIO
from pathlib import Path
from tempfile import TemporaryDirectory

PICTURES = Path(__file__).parent.parent / "docs" / "pictures"
SIZE = (138, 34)
THEMES = {"": "qda-dark", "-light": "qda-light"}
# What is typed before each picture is taken.
TAKEN = {
    "coding": (*["down"] * 12, *["up"] * 12, "f", "right", "left"),
    "comparison": ("f7", "tab", "tab", "b", "enter", *["down"] * 41, "right", "right", "enter"),
    "codebook": ("f4", *["down"] * 4),
}
SOURCE, WORDS = "nigerian_returnee_norway", 4850
CODES_FROM = 30  # the line of the codebook at the top of its pane
FONTS = "'Fira Code', 'JetBrains Mono', 'DejaVu Sans Mono', Menlo, Consolas, monospace"

_FONT_FACE = re.compile(r"@font-face\s*\{.*?\}", re.DOTALL)
_COMMENT = re.compile(r"<!--.*?-->\s*", re.DOTALL)
_NUMBER = re.compile(r"terminal-\d+")


def alone(svg: str) -> str:
    """A picture that loads nothing from anywhere: no fonts by address, names of its own."""
    svg = _NUMBER.sub("screen", _COMMENT.sub("", _FONT_FACE.sub("", svg)))
    svg = svg.replace("font-family: Fira Code, monospace", f"font-family: {FONTS}")
    return "\n".join(line.rstrip() for line in svg.splitlines() if line.strip()) + "\n"


async def take(folder: Path, scene: str, theme: str) -> str:
    """A place of the sample in one theme."""
    from qda.store import Study
    from qda.tui.app import QdaApp
    from qda.tui.coding.codes_pane import CodesPane

    settings = {"theme": theme, "guided": True, "coder": "Anna"}
    (folder.parent / "screen.json").write_text(json.dumps(settings), encoding="utf-8")
    with Study.open(folder, coder="Anna") as study:
        app = QdaApp(study)
        async with app.run_test(size=SIZE) as pilot:
            await pilot.pause(0.5)
            await app.show_source(SOURCE, WORDS)
            await pilot.pause(0.5)
            for key in TAKEN[scene]:
                await pilot.press(key)
                await app.workers.wait_for_complete()
                await pilot.pause(0.05)
            for pane in app.screen.query(CodesPane):
                pane.scroll_to(y=CODES_FROM, animate=False)
            await pilot.pause(0.5)
            return alone(app.export_screenshot())


def main() -> None:
    """Make all pictures."""
    from qda.cli.demo import make_sample

    PICTURES.mkdir(exist_ok=True)
    with TemporaryDirectory() as place:
        os.environ["QDA_CONFIG"] = place
        folder = Path(place) / "returns"
        with redirect_stdout(StringIO()), redirect_stderr(StringIO()):
            make_sample(folder)
        for scene in TAKEN:
            for ending, theme in THEMES.items():
                (PICTURES / f"{scene}{ending}.svg").write_text(
                    asyncio.run(take(folder, scene, theme)), encoding="utf-8"
                )


if __name__ == "__main__":
    main()
