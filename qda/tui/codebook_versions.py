"""The versions of the codebook: what was done in each, by whom, and which codes it had."""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING, ClassVar

from rich.text import Text

from qda.model.codebook import CodeEntry
from qda.tui.list_window import ListWindow
from qda.tui.rows import loud
from qda.tui.sheet import fit

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from qda.model.tree import Code, CodeTree
    from qda.store import Study

_MOST = 12
_WORDS = tuple(field.name for field in fields(CodeEntry) if field.name not in ("name", "children", "line", "extra"))


class VersionsWindow(ListWindow[int]):
    """All versions, the newest first; the answer is the one to look at as a whole."""

    keys: ClassVar[str] = "↑↓ move · Enter shows the codes of that version · Esc closes"

    def __init__(self, study: Study) -> None:
        super().__init__("Versions of the codebook")
        self._book = study.codebook
        self._versions = list(reversed(study.codebook.versions()))

    def on_mount(self) -> None:
        """Show the versions."""
        self.rows.fill(len(self._versions), 0)
        self.tell()

    def draw(self, row: int, _width: int, here: bool) -> Sequence[Text]:  # noqa: FBT001 - the list's own question
        """Number, when, who, what."""
        number, at, coder, summary = self._versions[row]
        quiet = loud(self.qda.paint.quiet, here=here)
        when = f"{number:>5}  {at[:16].replace('T', ' ')}  "
        return [
            Text.assemble((when, quiet), f"{fit(coder, 12, right=False, order=self.order)} ", self.one_line(summary))
        ]

    def tell(self) -> None:
        """Say what the version under the cursor changed."""
        if not self._versions:
            self.whole.update("There is no version yet: the first code makes it.")
            return
        number = self._versions[self.rows.at][0]
        before = self._book.tree_at(number - 1).codes if number > 1 else ()
        said = list(differences(before, self._book.tree_at(number).codes))
        more = f"\n… and {len(said) - _MOST} more" if len(said) > _MOST else ""
        self.whole.update(Text("\n".join(said[:_MOST]) + more or "only the name of the codebook or its own notes"))

    def action_choose(self) -> None:
        """Show the codes of the version."""
        if self._versions:
            self.qda.push_screen(VersionWindow(self._book.tree_at(self._versions[self.rows.at][0]), self._title()))

    def _title(self) -> str:
        number, at, *_ = self._versions[self.rows.at]
        return f"The codebook as it was in version {number} ({at[:16].replace('T', ' ')} UTC)"


class VersionWindow(ListWindow[None]):
    """The codes of one version."""

    keys: ClassVar[str] = "↑↓ move · Esc closes"

    def __init__(self, tree: CodeTree, title: str) -> None:
        super().__init__(title)
        self._tree = tree

    def on_mount(self) -> None:
        """Show the codes."""
        self.rows.fill(len(self._tree.codes), 0)
        self.tell()

    def draw(self, row: int, _width: int, here: bool) -> Sequence[Text]:  # noqa: FBT001 - the list's own question
        """A code in its place."""
        code = self._tree.codes[row]
        lead = "  " * (len(self._tree.above(code.key)) - 1)
        retired = " (retired)" if code.retired else ""
        quiet = loud(self.qda.paint.quiet, here=here)
        return [Text.assemble(lead, self.one_line(code.entry.name), (f"{retired}  {code.entry.origin}", quiet))]

    def tell(self) -> None:
        """Show how the code was defined then."""
        code = self._tree.codes[self.rows.at] if self._tree.codes else None
        self.whole.update(Text(code.entry.definition or "no definition" if code else "There were no codes."))


def differences(before: Sequence[Code], after: Sequence[Code]) -> Iterator[str]:
    """What changed from one version to the next, a line for each code."""
    old, new = {code.key: code for code in before}, {code.key: code for code in after}
    for key in new.keys() - old.keys():
        yield f"+ {new[key].path}"
    for key in old.keys() - new.keys():
        yield f"- {old[key].path}"
    for key, code in new.items():
        if key in old and (said := _changed(old[key], code)):
            yield f"~ {code.path}: {said}"


def _changed(old: Code, new: Code) -> str:
    said = []
    if old.entry.name != new.entry.name:
        said.append(f"was called {old.entry.name}")
    if old.parent != new.parent:
        said.append(f"stood at {old.path}")
    if old.position != new.position and old.parent == new.parent:
        said.append("another place among its siblings")
    if old.retired != new.retired:
        said.append("retired" if new.retired else "brought back")
    said += [name for name in _WORDS if getattr(old.entry, name) != getattr(new.entry, name)]
    return ", ".join(said)
