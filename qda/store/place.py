"""Where a study lies: finding it, and folders in which SQLite's write-ahead log is not safe."""

from __future__ import annotations

import contextlib
from pathlib import Path

from qda.errors import StudyError

FILE_NAME = "study.db"
_NETWORK = {
    "nfs",
    "nfs4",
    "cifs",
    "smb3",
    "smbfs",
    "9p",
    "afs",
    "ceph",
    "fuse.sshfs",
    "fuse.rclone",
    "davfs",
    "ncpfs",
}
_SYNCED = (
    "dropbox",
    "onedrive",
    "google drive",
    "googledrive",
    "icloud",
    "nextcloud",
    "owncloud",
    "syncthing",
)


def find_study(start: Path) -> Path | None:
    """The nearest `study.db` in a folder or above it."""
    for folder in (start, *start.parents):
        candidate = folder / FILE_NAME
        with contextlib.suppress(OSError):
            if candidate.is_file():
                return candidate
    return None


def study_file(path: str | Path) -> Path:
    """The file of the study that a user names by its folder or its file.

    Raises:
        StudyError: There is none.
    """
    given = Path(path)
    try:
        file = given / FILE_NAME if given.is_dir() else given
        found = file.is_file()
    except OSError as error:
        raise StudyError(f"{given}: cannot be opened ({error.strerror})") from None
    if not found:
        raise StudyError(f"{given}: there is no study here; make one with 'qda init', or name one with --study")
    return file


def shared_place(file: Path) -> str | None:
    """What makes the folder unsafe for a write-ahead log: a kind of network drive or a syncing service."""
    folder = file.resolve().parent
    for part in folder.parts:
        name = part.lower()
        for service in _SYNCED:
            if name == service or name.startswith((service + " ", service + "-")):
                return f"a folder that {part} synchronises"
    kind = _file_system(folder)
    return f"a network drive ({kind})" if kind in _NETWORK else None


def _file_system(folder: Path) -> str:
    """The kind of file system that holds a folder, as Linux names it; empty where that cannot be told."""
    try:
        lines = Path("/proc/self/mounts").read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return ""
    best, kind = "", ""
    for line in lines:
        fields = line.split()
        if len(fields) < 3:
            continue
        mount = fields[1].replace("\\040", " ")
        inside = str(folder) == mount or str(folder).startswith(mount.rstrip("/") + "/")
        if inside and len(mount) >= len(best):
            best, kind = mount, fields[2]
    return kind
