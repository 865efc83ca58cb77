"""What the registers have in common: each reads its part of the study, tells about a row, and changes it."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from rich.text import Text

from qda.errors import QdaError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from qda.store import Study
    from qda.tui.listing import Listing, Row, Sort
    from qda.tui.registers import RegistersScreen


class Panel:
    """One register; its actions are methods `do_NAME`, its place is kept while another one is shown."""

    name: ClassVar[str] = ""
    title: ClassVar[str] = ""

    def __init__(self, screen: RegistersScreen) -> None:
        self.screen = screen
        self.wanted = ""
        self.sort: Sort | None = None
        self.place = (0, 0)

    @property
    def study(self) -> Study:
        """The open study."""
        return self.screen.workspace.study

    @property
    def noun(self) -> str:
        """What a row is about."""
        return ""

    def load(self) -> Listing:
        """Read the study."""
        raise NotImplementedError

    def nothing(self) -> str:
        """What to do where there is nothing to show."""
        return ""

    def about(self, row: Row, column: int) -> Text:
        """What is known of the row or cell under the cursor."""
        raise NotImplementedError

    def paste(self, text: str) -> None:  # noqa: ARG002 - the register that is a grid uses it
        """Take in what was pasted.

        Raises:
            QdaError: Nothing can be pasted here.
        """
        raise QdaError("tables are pasted in the grid of attributes: 3 shows it")

    # --- for those who make a register ------------------------------------------------------------------

    def current(self) -> Row:
        """The row under the cursor.

        Raises:
            QdaError: There is none.
        """
        row = self.screen.current()
        if row is None:
            raise QdaError(f"there is no {self.noun} here")
        return row

    def change(self, act: Callable[[], object], said: str) -> bool:
        """Change the study and say what was done."""
        return self.screen.change(act, said)

    def save(self, act: Callable[[], object], said: str) -> None:
        """Change the study for a window, which says itself what was refused."""
        self.screen.workspace.do(act)
        self.screen.show()
        self.screen.say(f"{said} — u takes it back")

    def facts(self, title: str, *lines: tuple[str, str]) -> Text:
        """A title with lines under it, each a quiet word and what it is about."""
        paint = self.screen.qda.paint
        text = Text(title, style=f"bold {paint.text}")
        for word, said in lines:
            text.append(f"\n{word}", style=f"not bold {paint.quiet}")
            text.append(said, style=f"not bold {paint.text}")
        return text


def listed(names: Iterable[str]) -> str:
    """Names with commas between them."""
    return ", ".join(names)
