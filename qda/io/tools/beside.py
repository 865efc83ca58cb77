"""Files that a project names and that lie in its folder; a path that leads out of it is as good as none."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qda.errors import BadFileError
from qda.io.tools.assembly import Text

if TYPE_CHECKING:
    from pathlib import Path

_LARGEST = 200_000_000


class Beside:
    """The folder of a project and what lies below it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder.resolve()

    def find(self, path: str) -> Path | None:
        """The file that a path means, None where there is none or the path leads out of the folder."""
        try:
            found = (self.folder / path.replace("\\", "/")).resolve()
            return found if found.is_relative_to(self.folder) and found.is_file() else None
        except (OSError, ValueError):  # a path with zero bytes, or in a circle of links
            return None

    def read(self, path: str) -> Text | None:
        """The text of a file with its line ends, None where there is none.

        Raises:
            BadFileError: It is no text, or larger than any is.
        """
        found = self.find(path)
        return None if found is None else read_text_file(found)

    def files(self, path: str) -> list[str]:
        """The paths of the files that lie in a folder below this one, in order."""
        try:
            folder = (self.folder / path).resolve()
            if not folder.is_relative_to(self.folder):
                return []
        except (OSError, ValueError):
            return []
        return [f"{path}/{one.name}" for one in inside(folder) if one.is_file()]


def read_text_file(file: Path) -> Text:
    """The text of a file, with its bytes and its encoding; an empty file is an empty text.

    Raises:
        BadFileError: It cannot be read, is no text, or is larger than any is.
    """
    from qda.io.transcripts.encoding import foreign, recognise

    try:
        if file.stat().st_size > _LARGEST:
            raise BadFileError(str(file), "it is larger than any text is")
        data = file.read_bytes()
    except OSError as error:
        raise BadFileError(str(file), f"it cannot be read ({error.strerror})") from None
    if what := foreign(data):
        raise BadFileError(str(file), f"this is no text but {what}")
    text, encoding = recognise(data, str(file))
    if "\0" in text:
        raise BadFileError(str(file), "this is no text (it holds zero bytes)")
    return Text(text, data, encoding)


def inside(folder: Path) -> list[Path]:
    """What lies in a folder, in order; hidden things and links to elsewhere stay out."""
    try:
        return sorted(one for one in folder.iterdir() if not one.name.startswith(".") and not one.is_symlink())
    except OSError:
        return []
