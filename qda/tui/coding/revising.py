"""Changing codings that are there: taking away, another code, splitting, weighing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qda.errors import QdaError
from qda.tui.coding.applying import Applying
from qda.tui.coding.painting import EDITED

if TYPE_CHECKING:
    from qda.tui.coding.picker import Picked


class Revising(Applying):
    """What is done with the chosen coding."""

    def do_remove(self) -> None:
        """Take the chosen coding away."""
        coding = self.chosen()
        self.change(lambda: self.workspace.study.coding_edits.remove([coding.key]))
        self.say(f"{self.name_of(coding.code)} taken away — u brings it back")

    def do_recode(self) -> None:
        """Give the chosen coding another code."""
        coding = self.chosen()
        before = self.name_of(coding.code)

        def then(picked: Picked) -> None:
            code = picked.codes[0] if picked.codes else picked.new
            self.change(lambda: self.workspace.study.coding_edits.recode(coding.key, code))
            found = self.workspace.tree.find(code) if isinstance(code, str) else self.workspace.code(code)
            if found is None:
                return
            self.workspace.used([found.key])
            self.show_codes()
            now = self.name_of(found.key)
            if found.key == coding.code:
                self.say(f"{now} it is already: nothing changed")
            elif self.opened.spans.get(coding.key) is None:
                self.say(f"{before} is gone, {now} was here already — u takes it back")
            else:
                self.say(f"{before} is {now} now — u takes it back")

        self.open_picker(f"Another code in the place of {before}", then, (coding.start, coding.end), several=False)

    def do_split(self) -> None:
        """Split the chosen coding at the cursor."""
        coding, at = self.chosen(), self.cursor.at
        self.change(lambda: self.workspace.study.coding_edits.split(coding.key, at))
        self.say(f"{self.name_of(coding.code)} is split in two here — u makes it one again")

    def do_reviewed(self) -> None:
        """Say that the chosen coding is right on the words that it has since its text was edited."""
        coding = self.chosen()
        if not coding.anchor:
            raise QdaError(
                f"{self.name_of(coding.code)} stands where it was put; only a coding with {EDITED} needs a look"
            )
        self.change(lambda: self.workspace.study.review.accept([coding.key]))
        self.say(f"{self.name_of(coding.code)} is right here — u takes it back")

    def do_weigh(self) -> None:
        """Ask for a weight, within the scale where the codebook defines one."""
        coding = self.chosen()
        code, name = self.workspace.code(coding.code), self.name_of(coding.code)
        scale = _scale(code.entry.extra) if code is not None else None
        said = f"weight of {name}, {scale[0]:g} to {scale[1]:g}" if scale else f"weight of {name} (a number)"

        def then(typed: str) -> None:
            weight = _number(typed, scale)
            self.change(lambda: self.workspace.study.coding_edits.weigh(coding.key, weight))
            if weight is None and coding.weight is None:
                self.say(f"{name} has no weight")
            else:
                self.say(f"{name} weighs {'nothing any more' if weight is None else f'{weight:g}'} — u takes it back")

        self.prompt.open(f"{said}; empty takes it away:", then, self.look.paint)


def _scale(extra: object) -> tuple[float, float] | None:
    """The scale that a codebook defines for a code under `x: {scale: [least, most]}`."""
    found = extra.get("scale") if isinstance(extra, dict) else None
    try:
        least, most = (float(str(end)) for end in found) if isinstance(found, list) else (None, None)
    except ValueError:
        return None
    return (least, most) if least is not None and most is not None else None


def _number(typed: str, scale: tuple[float, float] | None) -> float | None:
    if not typed.strip():
        return None
    try:
        weight = float(typed.replace(",", "."))
    except ValueError:
        raise QdaError(f"'{typed.strip()[:20]}' is no number") from None
    if scale is not None and not scale[0] <= weight <= scale[1]:
        raise QdaError(f"the codebook's scale for this code goes from {scale[0]:g} to {scale[1]:g}")
    return weight
