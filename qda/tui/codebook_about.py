"""Everything about one code: what the codebook says of it, where it stands, and who uses it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from rich.text import Text

from qda.model.nouns import many

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from qda.model.nouns import Memo
    from qda.model.tree import Code, CodeTree
    from qda.store.codebook_edits import Made
    from qda.tui.theme import Bar, Paint

_NAMES = 10


class Known(NamedTuple):
    """What the study knows of a code: when it came and was changed last, its codings, who made them, its memos."""

    made: Made
    own: int
    total: int
    coders: Sequence[tuple[str, int]]
    memos: Sequence[Memo]


class Looks(NamedTuple):
    """How it is shown: colours of theme and family, and what makes words and names readable in the pane."""

    paint: Paint
    bar: Bar
    readable: Callable[[str], str]
    line: Callable[[str], str]


def about(code: Code, tree: CodeTree, known: Known, looks: Looks) -> Text:
    """The words of the pane beside the tree."""
    paint = looks.paint
    text = Text.assemble((looks.bar.sign, looks.bar.colour), (looks.line(code.entry.name), "bold"))
    if code.parent is not None:
        text.append(f"\nunder {looks.line(tree.by_key[code.parent].path)}", style=paint.quiet)
    if code.retired:
        text.append("\nretired: it takes no new codings, its old ones count; R brings it back", style=paint.quiet)
    described = False
    for name, value in _words(code):
        if value:
            described = True
            text.append(f"\n\n{name}\n", style=paint.quiet)
            text.append(looks.readable(value))
    if not described:
        text.append("\n\nNothing is written about this code yet: e describes it.", style=paint.quiet)
    text.append("\n")
    for name, value in _facts(code, tree, known):
        if value:
            text.append(f"\n{name:<{_NAMES}}", style=paint.quiet)
            text.append(f"\n{' ' * _NAMES}".join(map(looks.line, value.split("\n"))))
    _append_memos(text, known.memos, looks)
    return text


def _words(code: Code) -> Iterator[tuple[str, str]]:
    entry = code.entry
    yield "definition", entry.definition
    yield "include", entry.include
    yield "exclude", entry.exclude
    yield "example", entry.example


def _facts(code: Code, tree: CodeTree, known: Known) -> Iterator[tuple[str, str]]:
    entry = code.entry
    with_sub = f", {known.total} with subcodes" if known.total != known.own else ""
    yield "codings", f"{known.own}{with_sub}" if known.total else "none yet"
    yield "coders", ", ".join(f"{name} {count}" for name, count in known.coders)
    yield "labels", "\n".join(f"{language}: {label}" for language, label in entry.labels.items())
    yield "aliases", "\n".join(entry.aliases)
    yield "family", _family(code, tree)
    yield "scale", "its subcodes are levels, from low to high" if entry.ordinal else ""
    yield "exclusive", _EXCLUSIVE.get(entry.exclusive, "").format(moment=entry.moment or "the source's date")
    yield "outside", "stands outside its parent's scale" if entry.outside else ""
    yield "patterns", "\n".join(entry.patterns)
    yield "origin", entry.origin
    yield "made", _when(known.made)


_EXCLUSIVE = {
    "text": "one of its subcodes at most on the same words",
    "case_moment": "one of its subcodes for each case and moment ({moment})",
}


def _family(code: Code, tree: CodeTree) -> str:
    """The family that a code belongs to, and what is under it."""
    root = tree.by_key[tree.above(code.key)[-1]]
    below = len(tree.below(code.key)) - 1
    inside = f"; {many(below, 'code')} under it" if below else ""
    parent = tree.by_key.get(code.parent or 0)
    level = ""
    if parent is not None and parent.entry.ordinal and not code.entry.outside:
        levels = [key for key in tree.children[parent.key] if not tree.by_key[key].entry.outside]
        level = f"; level {levels.index(code.key) + 1} of {len(levels)} of {parent.entry.name}"
    return f"{root.entry.name if root.key != code.key else 'its own'}{level}{inside}"


def _when(made: Made) -> str:
    who = f" by {made.coder}" if made.coder else ""
    return f"version {made.version}, {made.at[:10]}{who}" if made.version else ""


def _append_memos(text: Text, memos: Sequence[Memo], looks: Looks) -> None:
    paint = looks.paint
    if memos:
        text.append(f"\n\n{many(len(memos), 'memo')}", style=paint.quiet)
    for memo in memos:
        text.append(f"\n{looks.line(memo.title)}" if memo.title else "\n", style="bold")
        text.append(
            f" {memo.coder}, {memo.at[:10]}\n" if memo.title else f"{memo.coder}, {memo.at[:10]}\n", paint.quiet
        )
        text.append(looks.readable(memo.body))
