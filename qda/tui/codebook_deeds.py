"""What can be done to the codes on the codebook screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qda.errors import QdaError
from qda.model.nouns import many, many_are
from qda.model.paths import join_path, split_path
from qda.tui.codebook_base import CodebookBase
from qda.tui.codebook_merge import merge_words
from qda.tui.forms import Field
from qda.tui.list_window import Deciding

if TYPE_CHECKING:
    from qda.model.codebook import CodeEntry
    from qda.model.nouns import Coding
    from qda.model.tree import Code
    from qda.store.codebook_edits import MergePreview
    from qda.tui.codebook_excerpts import Spot


class CodebookDeeds(CodebookBase):
    """The actions that change codes, each on the code under the cursor."""

    # --- new codes, names and places --------------------------------------------------------------------

    def do_add_below(self) -> None:
        """Make a code under this one."""
        if not self.workspace.tree.codes:
            self.do_add_top()
            return
        code = self.code()
        field = Field("name", hint="\\/ writes a slash in a name")
        self.ask(f"A new code under {code.path}", field, lambda typed: self._add(code.key, typed), "new code {typed}")

    def do_add_top(self) -> None:
        """Make a code at the top of the codebook."""
        field = Field("name", hint="trust/police makes the code police under trust; \\/ writes a slash in a name")
        self.ask("A new code at the top", field, self.book.add, "new code {typed}")

    def _add(self, parent: int, typed: str) -> Code:
        return self.book.add(f"{self.code_at(parent).path}/{typed}")

    def do_rename(self) -> None:
        """Give this code another name."""
        key, name = self.code().key, self.code().entry.name

        def rename(typed: str) -> None:
            self.book.rename(self.code_at(key).path, typed)

        hint = "the old name stays as an alias, and codings stay"
        self.ask(f"Another name for {self.code().path}", Field("name", name, hint=hint), rename, "renamed to {typed}")

    def do_move(self) -> None:
        """Put this code under another."""
        code, tree = self.code(), self.workspace.tree
        out = {*tree.below(code.key), code.parent}
        others = [one for one in tree.codes if one.key not in out and not one.retired]

        def move(to: int) -> None:
            parent = self.code_at(to).path if to else ""
            said = f"{code.entry.name} stands {f'under {parent}' if parent else 'at the top'} now"
            if self.change(lambda: self.book.move(self.code_at(code.key).path, parent), said):
                self.go_to_code(code.key)

        self.pick(f"Move {code.path} under", others, move, top=code.parent is not None)

    def do_earlier(self) -> None:
        """Move this code up among its siblings."""
        self._reorder(-1)

    def do_later(self) -> None:
        """Move it down."""
        self._reorder(1)

    def _reorder(self, by: int) -> None:
        code = self.code()
        if self.change(
            lambda: self.book.reorder(code.path, by), f"{code.entry.name} moved {'up' if by < 0 else 'down'}"
        ):
            self.go_to_code(code.key)

    # --- merging and splitting --------------------------------------------------------------------------

    def do_merge(self) -> None:
        """Let the codings of this code become those of another, after a look at what that does."""
        code, tree = self.code(), self.workspace.tree
        below = tree.below(code.key)
        others = [one for one in tree.codes if one.key not in below and not one.retired]
        self.pick(f"Merge {code.path} into", others, lambda into: self._preview(code.key, into))

    def _preview(self, key: int, into: int) -> None:
        code, target = self.code_at(key), self.code_at(into)
        found: list[MergePreview] = []
        if self.attempt(lambda: found.append(self.book.merge_preview(code.path, target.path))):
            window = Deciding(
                f"Merge {code.path} into {target.path}?", merge_words(found[0], target.path), "Enter: merge"
            )

            def decided(yes: bool | None) -> None:  # noqa: FBT001 - the window's answer
                if yes:
                    self.attempt(lambda: self._merge(key, into))

            self.app.push_screen(window, decided)

    def _merge(self, key: int, into: int) -> None:
        code, target = self.code_at(key), self.code_at(into)
        moved: list[int] = []
        if self.change(lambda: moved.append(self.book.merge(code.path, target.path))):
            self.go_to_code(into)
            self.say(f"merged {code.path} into {target.path}: {many(moved[0], 'coding')} moved — u takes it back")

    def do_split(self) -> None:
        """Let some codings of this code have a new code."""
        from qda.tui.codebook_excerpts import SplitWindow

        code = self.code()
        if not self.book.codings_of((code.key,)):
            raise QdaError(f"'{code.path}' has no codings of its own to split; M merges, > moves, x removes")

        def name(chosen: list[int] | None) -> None:
            if chosen:
                parent = self.workspace.tree.by_key.get(code.parent or 0)
                start = f"{parent.path}/" if parent else ""
                hint = f"its whole path; it may stand under {one_name(code)} too"
                self.ask(
                    f"The new code for {many(len(chosen), 'coding')} of {code.path}",
                    Field("path", start, hint=hint),
                    lambda typed: self.book.split(self.code_at(code.key).path, typed, chosen),
                    f"{many_are(len(chosen), 'coding')} {{typed}} now",
                )

        self.app.push_screen(SplitWindow(self.workspace, code.key, self.qda.preferences.order), name)

    # --- out of use, gone, described --------------------------------------------------------------------

    def do_retire(self) -> None:
        """Take this code out of use, or bring it back."""
        code = self.code()
        below = len(self.workspace.tree.below(code.key)) - 1
        family = f" and {many(below, 'code')} under it" if below and not code.retired else ""
        said = f"{'brought back' if code.retired else 'retired'} {code.path}{family}"
        if self.change(lambda: self.book.retire(code.path, back=code.retired), said):
            self.go_to_code(code.key)

    def do_remove(self) -> None:
        """Delete this code, if it was never used."""
        code = self.code()
        self.change(lambda: self.book.remove(code.path), f"removed {code.path}")

    def do_edit(self) -> None:
        """Write everything about this code."""
        from qda.tui.codebook_form import CodeForm

        code = self.code()

        def save(entry: CodeEntry) -> None:
            self.workspace.do(lambda: self.book.rewrite(self.code_at(code.key).path, entry, seen=code.born))

        def saved(done: bool | None) -> None:  # noqa: FBT001 - the window's answer
            if done:
                self.show()
                self.say(f"described {code.path} — u takes it back")

        self.app.push_screen(CodeForm(code, save), saved)

    def do_memo(self) -> None:
        """Write a memo on this code."""
        from qda.tui.windows import MemoWindow

        path = self.code().path

        def saved(done: bool | None) -> None:  # noqa: FBT001 - the window's answer
            if done:
                self.show()
                self.say(f"memo on {path} saved — u takes it back")

        self.app.push_screen(MemoWindow(code=path), saved)

    def do_versions(self) -> None:
        """Show the versions of the codebook."""
        from qda.tui.codebook_versions import VersionsWindow

        self.app.push_screen(VersionsWindow(self.workspace.study))

    def do_open(self) -> None:
        """List the excerpts of this code; the one chosen there is shown in its source."""
        self.show_excerpts(self.code().key)

    def come_back(self) -> None:
        """List the excerpts again from which a text was opened."""
        from qda.tui.codebook_excerpts import Spot

        spot = self.workspace.spots.get("codebook")
        if isinstance(spot, Spot) and spot.code in self.workspace.tree.by_key:
            self.go_to_code(spot.code)
            self.show_excerpts(spot.code, spot)

    def show_excerpts(self, code: int, spot: Spot | None = None) -> None:
        """List the excerpts of a code, from the one where somebody was."""
        from qda.tui.codebook_excerpts import ExcerptsWindow

        def go(coding: Coding | None) -> None:
            source = self.workspace.study.sources.by_key(coding.source) if coding else None
            if coding is not None and source is not None:
                self.qda.open_source(source.name, coding.start, coding=coding.uid, came_from=self.place)

        self.app.push_screen(ExcerptsWindow(self.workspace, code, self.qda.preferences.order, spot), go)


def one_name(code: Code) -> str:
    """A code's own name as a path writes it."""
    return join_path(split_path(code.path)[-1:])
