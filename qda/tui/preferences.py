"""What somebody prefers on the screen, kept in the platform's own place for settings; never in the study."""

from __future__ import annotations

import contextlib
import json
import os
from dataclasses import asdict, dataclass, fields
from pathlib import Path

from qda.tui.theme import COLOUR_SETS, DARK, LIGHT

CHOICES = {
    "theme": (DARK, LIGHT),
    "colours": COLOUR_SETS,
    "order": ("screen", "terminal"),
    "width": ("80", "100", "120"),
}


@dataclass
class Preferences:
    """Theme, set of colours, who orders right-to-left lines, the widest line, who codes, and what was seen already."""

    theme: str = DARK
    colours: str = "standard"
    order: str = "screen"
    width: str = "100"
    coder: str = ""
    guided: bool = False

    def save(self) -> None:
        """Write them down; where that cannot be, they hold for this session only."""
        with contextlib.suppress(OSError):
            file = place()
            file.parent.mkdir(parents=True, exist_ok=True)
            new = file.with_suffix(".new")
            new.write_text(json.dumps(asdict(self), indent=2) + "\n", encoding="utf-8")
            new.replace(file)


def place() -> Path:
    """The file of the preferences; `QDA_CONFIG` names another folder."""
    folder = os.environ.get("QDA_CONFIG")
    if not folder:
        from platformdirs import user_config_dir

        folder = user_config_dir("qda", appauthor=False)
    return Path(folder) / "screen.json"


def load() -> Preferences:
    """The preferences as they were saved; what is missing or makes no sense is as it is at first."""
    found = Preferences()
    try:
        saved = json.loads(place().read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return found
    for name in (field.name for field in fields(Preferences)):
        value = saved.get(name) if isinstance(saved, dict) else None
        fits = value in CHOICES[name] if name in CHOICES else isinstance(value, type(getattr(found, name)))
        if fits:
            setattr(found, name, value)
    return found
