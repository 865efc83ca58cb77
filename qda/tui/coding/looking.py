"""What is looked at: the definition of a code, the tint of one, the codings of others, the panes, the guide."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qda.errors import QdaError
from qda.tui.coding.following import Following

if TYPE_CHECKING:
    from textual.widget import Widget


class Looking(Following):
    """Changes what is shown, and nothing in the study."""

    def do_guided(self) -> None:
        """Begin the guided first coding."""
        self.guide.begin()
        self.say("the line above leads through a first coding; Esc closes it")

    def do_definition(self) -> None:
        """Show the definition of the code under the cursor, in a window."""
        code = self.workspace.code(self.chosen().code)
        if code is not None:
            self.qda.show_code(code)

    def do_focus(self, code: int | None = None) -> None:
        """Tint a code with its subcodes; the same again: none."""
        tree = self.workspace.tree
        wanted = code if code is not None else self.chosen().code if not self.look.focus else None
        focus = frozenset(tree.below(wanted)) if wanted is not None else frozenset[int]()
        self.look.focus = frozenset[int]() if focus == self.look.focus else focus
        self.transcript.repaint(everything=True)
        if wanted is None or not self.look.focus:
            self.say("no code is tinted any more")
            return
        more = " with its subcodes" if len(self.look.focus) > 1 else ""
        self.say(f"{self.name_of(wanted)}{more} is tinted; f again: none")

    def do_others(self) -> None:
        """Show or hide what other coders did."""
        self.look.others = not self.look.others
        self.transcript.repaint(everything=True)
        self.moved()
        self.say("codings of all coders" if self.look.others else "only your own codings")

    def do_other_language(self) -> None:
        """Go to the words of the translation, or of the original, that say the same as those under the cursor."""
        found = self.in_other_languages()
        if not found:
            linked = self.workspace.study.translations.is_linked(self.opened.source.key)
            raise QdaError(
                "nothing in the other language is aligned with these words: qda translation show"
                if linked
                else "this text has no translation here; 'qda translation link' links one"
            )
        other = found[0]
        said = f"{self.painted(other.source, 32)}, the {other.said}; = leads back"
        self.qda.open_source(other.source, other.start, said=said)

    def do_codes_pane(self) -> None:
        """Show or hide the codebook pane."""
        self._toggle("codes", self.codes, "the codebook at the left", "C")

    def do_detail_pane(self) -> None:
        """Show or hide what is known of this place."""
        self._toggle("detail", self.details, "what is known of this place, at the right,", "I")
        self.show_detail()

    def _toggle(self, name: str, pane: Widget, called: str, key: str) -> None:
        self.panes[name] = not pane.display
        self.fit_panes(self.qda.size.width)
        self.say(f"{called} is {f'shown; {key} hides it' if pane.display else f'hidden; {key} shows it'}")
