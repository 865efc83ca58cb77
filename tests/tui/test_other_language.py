"""From the words of a text to the same words in its translation, and back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coding_world import NEXT_TURN, TEXT, at_screen, document, make_study, rows, status

from qda.store import Study
from qda.tui.coding.screen import CodingScreen

if TYPE_CHECKING:
    from pathlib import Path

    import pytest
    from textual.pilot import Pilot

DUTCH = (
    "I: Waarom ging u terug? Wilde u dat zelf?\n\n"
    "R: Ze gaven me een papier. Ik kon niet anders. Mijn moeder was ziek.\n\n"
    "I: En het bureau?\n\n"
    "R: Het bureau hield woord. Ze betaalden de eerste huur.\n"
)


def test_a_key_leads_to_the_same_turn_in_the_other_language(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = make_study(tmp_path / "study", document(), document(DUTCH, "gesprek"), document("I: Well?\n", "alone"))
    monkeypatch.setenv("QDA_CONFIG", str(folder))
    with Study.open(folder, coder="anna") as study:
        study.translations.link("talk", "gesprek")

    async def look(pilot: Pilot[None], screen: CodingScreen) -> None:
        qda = screen.qda
        await qda.show_source("talk")
        await pilot.press(NEXT_TURN)
        await pilot.pause(0.2)
        assert any("gesprek =" in row for row in rows(qda.screen))
        assert any("Ze gaven me een papier" in row for row in rows(qda.screen)), "beside the text"
        for name, text, words, said in (
            ("gesprek", DUTCH, "R: Ze gaven", "gesprek, the original; = leads back"),
            ("talk", TEXT, "R: They gave", "talk, the translation; = leads back"),
        ):
            await pilot.press("equals_sign")
            await pilot.pause(0.1)
            shown = qda.screen
            assert isinstance(shown, CodingScreen)
            assert (shown.opened.source.name, shown.cursor.at) == (name, text.index(words))
            assert said in status(shown)
        await qda.show_source("alone")
        await pilot.press("equals_sign")
        await pilot.pause(0.05)
        assert "this text has no translation here" in status(qda.screen)

    at_screen(folder, look, size=(140, 40))
