"""Keys that write a sign, under the names by which Textual knows them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from textual.keys import _character_to_key

from qda.tui.actions import ACTIONS

if TYPE_CHECKING:
    from qda.tui.place import PlaceScreen


def bind_signs(screen: PlaceScreen) -> None:
    """Bind the signs of a place (`]`, `/`, `$`): in the table of actions they stand as they are typed."""
    bindings: Any = screen._bindings  # noqa: SLF001 - as the screen itself binds its keys
    for action in ACTIONS:
        for key in action.keys if action.place == screen.place else ():
            name = _character_to_key(key) if len(key) == 1 else key
            if name != key and name not in bindings.key_to_bindings:
                bindings.bind(name, f"act('{action.name}')", action.title, show=False)
