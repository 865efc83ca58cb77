"""The study's own settings, as names and values."""

from __future__ import annotations

from qda.store.base import Nouns
from qda.store.coders import check_name


class Settings(Nouns):
    """What is set for everybody in the study."""

    def get(self, name: str, default: str = "") -> str:
        """The value of a setting."""
        value = self.database.one("SELECT value FROM live_setting WHERE name = ?", (name,))
        return default if value is None else str(value)

    def all(self) -> dict[str, str]:
        """All settings by name."""
        return dict(self.database.rows("SELECT name, value FROM live_setting ORDER BY name"))

    def set(self, name: str, value: str) -> None:
        """Set a value; an empty one removes the setting."""
        if name == "coder" and value:
            check_name(value)
        with self.study.action("setting", f"{name} = {value}") as change:
            if value:
                change.put("setting", (name, value))
            else:
                change.close("setting", "name = ?", (name,))
