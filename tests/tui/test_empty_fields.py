"""What an empty field says it is for can be read, in both themes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from qda.tui.theme import themes

if TYPE_CHECKING:
    from textual.theme import Theme


@pytest.mark.parametrize("theme", themes(), ids=lambda theme: theme.name)
def test_the_hint_in_an_empty_field_is_as_dark_as_other_quiet_words(theme: Theme) -> None:
    variables = theme.variables
    assert variables["text-disabled"] == variables["quiet"]
