"""What lists share that show only what fits some properties and words, until Esc or * shows all again."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Generic, TypeVar

from rich.text import Text

from qda.model.nouns import many
from qda.tui.fuzzy import folded
from qda.tui.list_place import ListPlace

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

Item = TypeVar("Item")


class NarrowedPlace(ListPlace, Generic[Item]):
    """A list place whose items have properties; a key for each goes through its values.

    `narrowed_by` names the properties, `noun` what an item is, `empty` what to do while there is none.
    """

    narrowed_by: ClassVar[tuple[str, ...]] = ()
    noun: ClassVar[str] = ""
    empty: ClassVar[str] = ""

    def __init__(self) -> None:
        super().__init__()
        self._all: list[Item] = []
        self._shown: list[Item] = []
        self._only = dict.fromkeys(self.narrowed_by, "")

    def key_of(self, item: Item) -> int:
        """What stays the same of an item while the study changes."""
        raise NotImplementedError

    def facts(self, item: Item) -> Mapping[str, str]:
        """The properties of an item by name."""
        raise NotImplementedError

    def said(self, item: Item) -> str:
        """The words by which an item is found."""
        raise NotImplementedError

    def filters(self) -> Text:
        """The line above the list."""
        raise NotImplementedError

    def remark(self) -> str:
        """What the heading says behind the number of items."""
        return ""

    def item(self) -> Item | None:
        """The item under the cursor."""
        return self._shown[self.rows.at] if self._shown else None

    def refill(self) -> None:
        """Show the items that fit, with the cursor on the one it was on, or near."""
        current = self.item()
        here = None if current is None else self.key_of(current)
        words = folded(self.wanted).split()
        self._shown = [item for item in self._all if self._fits(item) and self._holds(item, words)]
        self.show_nothing(None if self._all else Text(self.empty))
        whole, few = many(len(self._all), self.noun), f"{len(self._shown)} of "
        self.head(self.heading, f"{few if len(self._shown) != len(self._all) else ''}{whole}{self.remark()}")
        self.names.update(self.filters())
        only = [f"{name} {value}" for name, value in self._only.items() if value]
        only += [f"what has '{self.wanted}' in it"] if words else []
        self.show_narrowed(", ".join(only), f"{few}{whole}", "Esc or * shows all")
        self.rows.fill(len(self._shown), self._row_of(here))
        self.follow()

    def go_to_key(self, key: object) -> None:
        """Put the cursor on the item with that key, where it is shown."""
        self.rows.go(self._row_of(key))

    def _row_of(self, key: object) -> int:
        return next((row for row, item in enumerate(self._shown) if self.key_of(item) == key), self.rows.at)

    def _fits(self, item: Item) -> bool:
        facts = self.facts(item)
        return all(not value or facts[name] == value for name, value in self._only.items())

    def _holds(self, item: Item, words: Iterable[str]) -> bool:
        if not words:
            return True
        said = folded(self.said(item))
        return all(word in said for word in words)

    def narrow_next(self, name: str, choices: Iterable[str] | None = None) -> None:
        """Show only the next value of a property that some item has; behind the last one all items again."""
        there = {self.facts(item)[name] for item in self._all}
        order = ["", *(value for value in (sorted(there) if choices is None else choices) if value in there)]
        at = order.index(self._only[name]) if self._only[name] in order else -1
        self._only[name] = order[(at + 1) % len(order)]
        self.refill()

    def do_everything(self) -> None:
        """All items again."""
        self._only = dict.fromkeys(self.narrowed_by, "")
        self.wanted = ""
        self.refill()

    def action_back(self) -> None:
        """Show all items again; else back to the screen below."""
        if any(self._only.values()) or self.wanted:
            self.do_everything()
            self.hint()
        else:
            super().action_back()

    def saved(self, done: bool | None) -> None:  # noqa: FBT001 - the window's answer
        """Show what was written in a window, unless it was left without saving."""
        if done:
            self.show()
            self.say("saved — u takes it back")
