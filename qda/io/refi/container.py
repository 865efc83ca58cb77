"""The zip archive of a `.qdpx` file: its project and the files that the project names."""

from __future__ import annotations

import zipfile
from typing import BinaryIO

from qda.errors import BadFileError
from qda.io.archives import DAMAGED, Archive


class Container(Archive):
    """An open archive; members are looked up whatever their case, in `sources/` or wherever they lie."""

    def project(self) -> str:
        """The name of the member that describes the project: `project.qde`, or another `.qde` at the root.

        Raises:
            BadFileError: There is none.
        """
        found = [info.filename for name, info in sorted(self._names.items()) if "/" not in name and _is_qde(name)]
        if not found:
            raise BadFileError(self.file, "there is no project.qde in it, so this is no REFI-QDA project")
        return next((name for name in found if name.casefold() == "project.qde"), found[0])

    def find(self, path: str) -> str | None:
        """The member that a path of the project means (`internal://NAME`, or a bare name), None where there is none."""
        name = path.strip().replace("\\", "/")
        if name.casefold().startswith("internal://"):
            name = name[len("internal://") :]
        elif ":" in name:
            return None
        name = name.lstrip("/").casefold()
        for place in (f"sources/{name}", name):
            if place in self._names:
                return self._names[place].filename
        return None


def is_archive_with_project(stream: BinaryIO) -> bool:
    """Whether an open file is a zip archive with a `.qde` at its root."""
    try:
        with zipfile.ZipFile(stream) as archive:
            return any("/" not in name and _is_qde(name.casefold()) for name in archive.namelist())
    except DAMAGED:
        return False


def _is_qde(name: str) -> bool:
    return name.endswith(".qde")
