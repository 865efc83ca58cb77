"""Puts the comments of an earlier text of a codebook into a new one."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

from qda.errors import BadFileError
from qda.io.codebook.comments import Comment, find_comments
from qda.io.codebook.composing import compose
from qda.io.codebook.elements import Element, Key, elements, outline
from qda.io.codebook.matching import Path, match_codes
from qda.io.codebook.syntax import Refusal, clean

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qda.model.codebook import Codebook


def keep_comments(existing: str, fresh: str, codebook: Codebook, file: str) -> str:
    """The fresh text of a codebook with the comments and blank lines of the existing one.

    Each stays with its code (also renamed or moved) and field; where that is gone, it goes to the end of what
    the element stood in.

    Raises:
        BadFileError: The existing text, named `file`, is not valid YAML.
    """
    try:
        text = clean(existing)
        root = compose(text)
    except Refusal as refusal:
        raise BadFileError(file, refusal.problem, line=refusal.line, column=refusal.column) from None
    head, found = find_comments(text, root, elements(root, len(text)))
    page = _Page(fresh)
    pairs = match_codes(outline(root), codebook)
    for comment in found:
        page.put(comment, pairs)
    lines = [*head, *page.lines()]
    return "\n".join(lines).rstrip("\n") + "\n"


class _Page:
    """The lines of the fresh text, and what is put around each."""

    def __init__(self, fresh: str) -> None:
        self._lines = fresh.splitlines()
        self._starts = [0]
        for line in self._lines:
            self._starts.append(self._starts[-1] + len(line) + 1)
        self._parts = {part.key: part for part in elements(compose(fresh), len(fresh))}
        self._before: dict[int, list[str]] = {}
        self._beside: dict[int, str] = {}
        self._after: dict[int, list[tuple[int, str]]] = {}

    def put(self, comment: Comment, pairs: dict[Path, Path]) -> None:
        """Place one comment; a blank line goes with its element when that is gone."""
        part = self._find(comment.owner, pairs)
        if part is None or comment.place == "end":
            if comment.text or part:
                self._put_at_end(comment, pairs)
            return
        line = self._line(part.start)
        indent = " " * _indent(self._lines[line])
        if comment.place == "beside":
            self._beside[line] = self._beside.get(line, "") + (comment.gap or "  ") + comment.text
        else:
            self._before.setdefault(line, []).append(indent + comment.text if comment.text else "")

    def lines(self) -> Iterator[str]:
        """The lines with the comments in their places."""
        for number, line in enumerate(self._lines):
            yield from self._before.get(number, ())
            yield line + self._beside.get(number, "")
            yield from (text for _, text in sorted(self._after.get(number, ()), key=lambda entry: -entry[0]))

    def _put_at_end(self, comment: Comment, pairs: dict[Path, Path]) -> None:
        for owner in _outwards(comment.owner):
            part = self._find(owner, pairs)
            if part is not None and part.inside is not None:
                text = " " * part.inside + comment.text if comment.text else ""
                self._after.setdefault(self._line(part.end - 1), []).append((len(part.chain()), text))
                return

    def _find(self, owner: Key, pairs: dict[Path, Path]) -> Element | None:
        """The element of the new text that an element of the old one has become."""
        path, steps = owner
        if path not in pairs:
            return None
        if not path and steps[:1] == ("codebook",) and len(steps) > 1:  # the writer keeps what stood there under x
            steps = ("codebook",) if steps == ("codebook", "name") else ("x", *steps[1:])
        return self._parts.get((pairs[path], steps))

    def _line(self, at: int) -> int:
        return bisect_right(self._starts, at) - 1


def _outwards(owner: Key) -> Iterator[Key]:
    """An element's key, then those of what it stands in, up to the whole text."""
    path, steps = owner
    for count in range(len(steps), 0, -1):
        yield path, steps[:count]
    for count in range(len(path), -1, -1):
        yield path[:count], ()


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))
