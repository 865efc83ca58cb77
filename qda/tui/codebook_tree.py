"""The codebook as a list of lines: which codes are in sight, and what each line says."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from rich.style import Style
from rich.text import Text

from qda.tui.rows import loud, spread

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping

    from qda.model.tree import Code, CodeTree
    from qda.tui.theme import Bar, Paint

ORIGIN, OWN, ALL = 9, 8, 9
OPEN, CLOSED = "▾ ", "▸ "


class Line(NamedTuple):
    """A code in sight: how deep it stands, and whether its subcodes are shown (None: it has none)."""

    code: Code
    depth: int
    unfolded: bool | None


class Facts(NamedTuple):
    """What the lines are made from: codings of the code itself, and with its subcodes; the mark of its family."""

    own: Mapping[int, int]
    totals: Mapping[int, int]
    bars: Mapping[int, Bar]
    paint: Paint
    found: Collection[int] | None
    line: Callable[[str], str] = str


def lines(
    tree: CodeTree, folded: Collection[int], *, retired: bool, found: Collection[int] | None = None
) -> list[Line]:
    """The codes in sight, retired ones behind those in use; with `found` only those codes, and the way to each."""
    wanted = None if found is None else {above for key in found for above in tree.above(key)}
    made: list[Line] = []

    def below(parent: int | None, depth: int) -> None:
        codes = [tree.by_key[key] for key in tree.children.get(parent, ())]
        for code in sorted(codes, key=lambda code: code.retired):
            if (code.retired and not retired) or (wanted is not None and code.key not in wanted):
                continue
            inside = any(
                (retired or not tree.by_key[key].retired) and (wanted is None or key in wanted)
                for key in tree.children.get(code.key, ())
            )
            unfolded = wanted is not None or code.key not in folded
            made.append(Line(code, depth, unfolded if inside else None))
            if inside and unfolded:
                below(code.key, depth + 1)

    below(None, 0)
    return made


def totals(tree: CodeTree, own: Mapping[int, int]) -> dict[int, int]:
    """How many codings each code has with its subcodes."""
    found = {code.key: own.get(code.key, 0) for code in tree.codes}
    for code in reversed(tree.codes):  # parents come before children
        if code.parent is not None:
            found[code.parent] += found[code.key]
    return found


def names(width: int) -> Text:
    """The names of the columns."""
    right = Text(f"{'origin':<{ORIGIN}}{'codings':>{OWN}}{'with sub':>{ALL}}")
    return spread(Text("  code"), right, width)


def draw(line: Line, facts: Facts, width: int, *, here: bool) -> Text:
    """The line of a code; what its colour says, its place in the tree and its words say too."""
    code, paint = line.code, facts.paint
    quiet = loud(paint.quiet, here=here)
    dim = code.retired or (facts.found is not None and code.key not in facts.found)
    name = quiet if dim else Style(bold=here or code.parent is None)
    fold = "  " if line.unfolded is None else OPEN if line.unfolded else CLOSED
    left = Text.assemble(
        ("  " * line.depth + fold, quiet),
        (facts.bars[code.key].sign, facts.bars[code.key].colour),
        (facts.line(code.entry.name), name),
    )
    own, both = facts.own.get(code.key, 0), facts.totals.get(code.key, 0)
    right = Text.assemble(
        (f"{'retired' if code.retired else code.entry.origin:<{ORIGIN}}", quiet),
        (f"{own or '·':>{OWN}}", Style() if own else quiet),
        (f"{both:>{ALL}}" if line.unfolded is not None or both != own else " " * ALL, quiet),
    )
    return spread(left, right, width)


def fold_mark(line: Line) -> range:
    """The cells of a line in which its fold is shown, for the mouse."""
    return range(2 * line.depth, 2 * line.depth + 2)
