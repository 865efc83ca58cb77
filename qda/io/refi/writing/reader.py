"""For whom a project is written: how each tool counts places, and how it wants selections and comments."""

from __future__ import annotations

from dataclasses import dataclass, replace

from qda.errors import UsageError
from qda.io.refi.offsets import POINTS, UTF16, Convention
from qda.version import __version__


@dataclass(frozen=True, slots=True)
class Reader:
    """What is right for the tool that reads a project.

    Args:
        name: The tool.
        convention: How it counts places.
        line_end: How lines end in texts.
        grouped: Whether codings of one coder on the same words share a selection; else each has its own.
        comments: Whether the only plain memo on a coding or segment is written as its comment too.
        quoted: Whether a selection is called by its words.
        apart: Whether memos on whole things lie in files of their own, and those on codes are tied to them by links.
        unique: Whether of several codes of one name only the first is read.
    """

    name: str
    convention: Convention
    line_end: str = "\n"
    grouped: bool = True
    comments: bool = True
    quoted: bool = False
    apart: bool = False
    unique: bool = False

    @property
    def origin(self) -> str:
        """What the project says of who wrote it; it is read again by that."""
        return f"qda {__version__} (offsets: {self.convention.unit}, CRLF as {self.convention.crlf})"


# NVivo: measured in a file that it wrote. ATLAS.ti counts a CRLF as one and names a selection by its words; its unit
# and that of MAXQDA are not known for sure, which matters only behind signs such as emoji. QualCoder reads the coder
# and the memo of a coding from its selection, journals from files, and no code that has a reference to a note; its
# codes and categories have one name each.
READERS = {
    reader.name: reader
    for reader in (
        Reader("generic", Convention(POINTS, 2, 0), comments=False),
        Reader("nvivo", Convention(UTF16, 2, 0), grouped=False),
        Reader("atlas", Convention(UTF16, 1, 0), quoted=True),
        Reader("maxqda", Convention(UTF16, 2, 0)),
        Reader("qualcoder", Convention(POINTS, 2, 0), grouped=False, apart=True, unique=True),
    )
}
LINE_ENDS = {"lf": "\n", "crlf": "\r\n"}


def reader_for(name: str, offsets: Convention | None = None, line_ends: str = "") -> Reader:
    """The reader of a name, with another way of counting or other line ends where they are said.

    Raises:
        UsageError: Nobody is called so, or the byte order mark would be counted.
    """
    if name not in READERS:
        raise UsageError(f"--for is one of {', '.join(READERS)}, not '{name}'")
    if line_ends and line_ends not in LINE_ENDS:
        raise UsageError(f"--line-ends is {' or '.join(LINE_ENDS)}, not '{line_ends}'")
    if offsets is not None and offsets.bom:
        raise UsageError("texts are written without a byte order mark, so --offsets cannot count one")
    reader = READERS[name]
    return replace(
        reader,
        convention=offsets or reader.convention,
        line_end=LINE_ENDS[line_ends] if line_ends else reader.line_end,
    )
