"""The list from which codes are picked while one types; what is not there can be made on the spot."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from qda.tui.fuzzy import Finder, folded
from qda.tui.layout import on_one_line
from qda.tui.lines import Lines

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from textual import events

    from qda.model.tree import Code, CodeTree
    from qda.tui.layout import Arranged
    from qda.tui.theme import Paint
    from qda.tui.workspace import Workspace

WIDTH = 64


class Picked(NamedTuple):
    """What was picked: keys of codes, and the path of a code that is to be made."""

    codes: list[int]
    new: str


class Picker(Lines):
    """What is typed, and the codes that fit it. Keys come from the screen, in the order in which they were typed."""

    DEFAULT_CSS = f"""
    Picker {{ layer: above; display: none; width: {WIDTH}; max-width: 100%; height: 16; }}
    """

    def __init__(self) -> None:
        super().__init__()
        self.title = ""
        self.typed = ""
        self.order: Arranged = "screen"
        self._finder = Finder(())
        self._tree: CodeTree | None = None
        self._recent: Sequence[int] = ()
        self._there: frozenset[int] = frozenset()
        self._found: list[Code | None] = []
        self._by: dict[int, str] = {}
        self._at = 0
        self._ticked: list[int] = []
        self._several = True
        self._then: Callable[[Picked], None] | None = None
        self._colours: Mapping[int, str] = {}
        self._paint: Paint | None = None

    def prepare(self, tree: CodeTree) -> None:
        """Take in a codebook; done when it changes, so that opening costs nothing."""
        if tree is self._tree:
            return
        self._tree = tree
        self._finder = Finder(code for code in tree.codes if not code.retired)

    def open(
        self,
        title: str,
        then: Callable[[Picked], None],
        workspace: Workspace,
        *,
        look: tuple[Paint, Mapping[int, str]],
        there: frozenset[int] = frozenset(),
        several: bool = True,
    ) -> None:
        """Show the list; `then` is called with what was picked, never where nothing was.

        Codes that are `there` already are marked so.
        """
        self.prepare(workspace.tree)
        self.title, self._then, self._several = title, then, several
        self._recent, (self._paint, self._colours), self._there = workspace.recent, look, there
        self._ticked, self._at, self.typed = [], 0, ""
        self.display = True
        self._filter()

    @property
    def is_open(self) -> bool:
        """Whether it takes the keys."""
        return bool(self.display)

    def stand(self, left: int, top: int, height: int, width: int) -> None:
        """Take a place on a screen of a width: the left cell, the top row and the number of rows."""
        wide = min(WIDTH, width)
        self.styles.offset = (max(0, min(left, width - wide)), max(top, 0))
        self.styles.height = height

    def key(self, event: events.Key) -> None:
        """Take a key."""
        name = event.key
        if name == "escape":
            self.display = False
        elif name == "enter":
            self._pick()
        elif name in ("up", "ctrl+p", "shift+tab"):
            self._step(-1)
        elif name in ("down", "ctrl+n"):
            self._step(1)
        elif name in ("pageup", "pagedown"):
            self._step(-8 if name == "pageup" else 8)
        elif name == "tab":
            self._tick()
        elif name == "backspace":
            self._type(self.typed[:-1])
        elif name in ("ctrl+u", "ctrl+w"):
            self._type("" if name == "ctrl+u" else self.typed.rstrip().rpartition(" ")[0])
        elif event.character is not None and event.is_printable:
            self._type(self.typed + event.character)

    def _type(self, text: str) -> None:
        self.typed, self._at = text, 0
        self._filter()

    def _filter(self) -> None:
        found = self._finder.find(self.typed, self._recent)
        self._found = [one.code for one in found]
        self._by = {one.code.key: one.by for one in found}
        name = self.typed.strip()
        known = self._tree.find(name) if self._tree is not None and name else None
        if name and known is None and not any(folded(one.code.entry.name) == folded(name) for one in found[:1]):
            # A new name goes before codes that only share letters with it: Enter must never take one of those.
            firm = sum(not one.loose for one in found)
            self._found.insert(firm, None)
        self.refresh()

    def _step(self, by: int) -> None:
        self._at = min(max(self._at + by, 0), max(len(self._found) - 1, 0))
        self.refresh()

    def _tick(self) -> None:
        code = self._found[self._at] if self._found else None
        if code is None or not self._several:
            return
        if code.key in self._ticked:
            self._ticked.remove(code.key)
        else:
            self._ticked.append(code.key)
        self._type("")

    def _pick(self) -> None:
        chosen = self._found[self._at] if self._found else None
        new = self.typed.strip() if self._found and chosen is None else ""
        codes = list(self._ticked)
        if chosen is not None and chosen.key not in codes and (not codes or self.typed.strip()):
            codes.append(chosen.key)
        if not codes and not new:
            return
        self.display = False
        if self._then is not None:
            self._then(Picked(codes, new))

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Pick what is clicked."""
        row = event.y - 2 + self._top()
        if 0 <= row < len(self._found) and event.y >= 2:
            self._at = row
            self._pick()
        event.stop()

    def _top(self) -> int:
        room = max(self.size.height - 3, 1)
        return max(0, min(self._at - room // 2, len(self._found) - room))

    def line_at(self, number: int, width: int) -> Strip:
        """One line: what is typed, the codes that fit, and the keys."""
        paint, y = self._paint, number
        if paint is None:
            return Strip.blank(width, Style())
        ground = Style(color=paint.text, bgcolor=_raised(paint.ground))
        quiet = Style(color=paint.quiet, bgcolor=_raised(paint.ground))
        if y == 0:
            return _line([(f" {self.title}", quiet)], width, quiet, self.order)
        if y == 1:
            shown = [
                (" › ", quiet),
                (self.typed, ground),
                ("▏", Style(color=paint.cursor, bgcolor=_raised(paint.ground))),
            ]
            return _line(shown, width, ground, self.order)
        if y == self.size.height - 1:
            keys = (
                " Enter pick · Tab several · ↑↓ choose · Esc give up" if self._several else " Enter pick · Esc give up"
            )
            return _line([(keys, quiet)], width, quiet, self.order)
        row = y - 2 + self._top()
        if row >= len(self._found):
            return _line([(self._nothing() if row == 0 else "", quiet)], width, ground, self.order)
        return self._row(row, paint, width)

    def _nothing(self) -> str:
        """Why the list is empty."""
        if not self.typed.strip():
            return " No code yet: type a name and press Enter."
        return " This code is retired: F4 opens the codebook, and R there brings it back."

    def _row(self, row: int, paint: Paint, width: int) -> Strip:
        code = self._found[row]
        here = row == self._at
        back = paint.selection if here else _raised(paint.ground)
        plain, quiet = (
            Style(color=paint.text, bgcolor=back, bold=here),
            Style(color=paint.quiet, bgcolor=back),
        )
        if code is None:
            return _line([(f" + new code: {self.typed.strip()}", plain)], width, plain, self.order)
        tick = "✓" if code.key in self._ticked else " "
        number = self._recent.index(code.key) + 1 if code.key in self._recent else 0
        parent = code.path.rpartition("/")[0]
        by = f" ({self._by[code.key]})" if self._by.get(code.key) else ""
        bar = Style(color=self._colours.get(code.key, paint.plain_family), bgcolor=back)
        parts = [(f"{tick}{number or ' '} ", plain), ("▌", bar), (code.entry.name, plain), (by, quiet)]
        parts += [(" — ", quiet), (parent, quiet)] if parent else []
        parts += [(" · on these words already", quiet)] if code.key in self._there else []
        return _line(parts, width, plain, self.order)


def _raised(ground: str) -> str:
    return "#242b36" if ground.startswith("#1") else "#ebe8df"


def _line(parts: list[tuple[str, Style]], width: int, rest: Style, order: Arranged) -> Strip:
    segments, used = [], 0
    for text, style in parts:
        room = width - used
        shown = on_one_line(text, max(room, 0), order)
        segments.append(Segment(shown, style))
        used += cell_len(shown)
    return Strip([*segments, Segment(" " * max(width - used, 0), rest)], width)
