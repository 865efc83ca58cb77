"""What the actions of the codebook stand on: the code under the cursor, a code that is picked, a word one asks for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qda.errors import QdaError
from qda.tui.forms import Field, Form
from qda.tui.list_place import ListPlace

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from qda.model.tree import Code
    from qda.store.codebook_edits import CodebookEdits
    from qda.tui.forms import Values


class CodebookBase(ListPlace):
    """A list of codes in which things can be done to one of them."""

    @property
    def book(self) -> CodebookEdits:
        """The codebook of the study."""
        return self.workspace.study.codebook_edits

    def code(self) -> Code:
        """The code under the cursor.

        Raises:
            QdaError: There is none.
        """
        raise NotImplementedError

    def code_at(self, key: int) -> Code:
        """A code by its key, as it is by now.

        Raises:
            QdaError: It is gone.
        """
        code = self.workspace.tree.by_key.get(key)
        if code is None:
            raise QdaError("this code was removed in the meantime")
        return code

    def go_to_code(self, key: int) -> None:
        """Put the cursor on a code, in sight."""
        raise NotImplementedError

    def pick(self, title: str, codes: Sequence[Code], then: Callable[[int], None], *, top: bool = False) -> None:
        """Let a code be picked by a few letters."""
        raise NotImplementedError

    def ask(self, title: str, field: Field, act: Callable[[str], Code | None], said: str) -> None:
        """Ask for a word and act on it; what is refused is said in the window, and the word stays there."""
        made: list[Code] = []

        def do(values: Values) -> None:
            self.workspace.do(lambda: made.extend(filter(None, [act(values[field.name])])))

        def done(values: Values | None) -> None:
            if values is None:
                return
            self.show()
            if made:
                self.go_to_code(made[0].key)
            self.say(f"{said.format(typed=values[field.name])} — u takes it back")

        self.app.push_screen(Form(title, [field], do), done)
