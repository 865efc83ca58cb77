"""Places where a write-ahead log is not safe: network drives and folders that a service synchronises."""

from __future__ import annotations

from pathlib import Path

import pytest
from store_world import make, problems

from qda.store import Study, place

MOUNTS = """\
/dev/sda1 / ext4 rw 0 0
proc /proc proc rw 0 0
server:/home /home nfs4 rw 0 0
/dev/sdb1 /home/anna/local ext4 rw 0 0
//server/share /mnt/my\\040share cifs rw 0 0
anna@host: /mnt/ssh fuse.sshfs rw 0 0
/dev/sdc1 /mnt/ss xfs rw 0 0
short line
"""


@pytest.fixture
def mounts(monkeypatch: pytest.MonkeyPatch) -> None:
    read = Path.read_text

    def told(path: Path, *arguments: str, **options: str) -> str:
        return MOUNTS if str(path) == "/proc/self/mounts" else read(path, *arguments, **options)

    monkeypatch.setattr(Path, "read_text", told)
    monkeypatch.setattr(Path, "resolve", lambda path, **_: path)


@pytest.mark.usefixtures("mounts")
@pytest.mark.parametrize(
    ("folder", "said"),
    [
        ("/", None),
        ("/data/study", None),
        ("/home", "a network drive (nfs4)"),
        ("/home/anna/study", "a network drive (nfs4)"),
        ("/home/anna/local/study", None),
        ("/home/anna/locally", "a network drive (nfs4)"),
        ("/homes", None),
        ("/mnt/my share/study", "a network drive (cifs)"),
        ("/mnt/ssh/study", "a network drive (fuse.sshfs)"),
        ("/mnt/ss/study", None),
        ("/data/Dropbox/study", "a folder that Dropbox synchronises"),
        ("/data/dropbox (Personal)/study", "a folder that dropbox (Personal) synchronises"),
        ("/data/OneDrive - Ministry/study", "a folder that OneDrive - Ministry synchronises"),
        ("/data/OneDrive-Ministry", "a folder that OneDrive-Ministry synchronises"),
        ("/data/Google Drive/My Drive", "a folder that Google Drive synchronises"),
        ("/data/GoogleDrive-a@b.nl/x", "a folder that GoogleDrive-a@b.nl synchronises"),
        ("/data/Nextcloud", "a folder that Nextcloud synchronises"),
        ("/data/ownCloud/x", "a folder that ownCloud synchronises"),
        ("/data/Syncthing/x", "a folder that Syncthing synchronises"),
        ("/data/iCloud/x", "a folder that iCloud synchronises"),
        ("/data/dropboxes", None),
        ("/data/my dropbox", None),
    ],
)
def test_places(folder: str, said: str | None) -> None:
    assert place.shared_place(Path(folder) / "study.db") == said


def test_a_system_that_does_not_tell(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuses(*_: object, **__: object) -> str:
        raise OSError("no such file")

    monkeypatch.setattr(Path, "read_text", refuses)
    assert place.shared_place(Path("/data/study.db")) is None


def test_the_file_itself_may_be_called_anything(tmp_path: Path) -> None:
    assert place.shared_place(tmp_path / "dropbox") is None


def test_a_study_in_a_synchronised_folder_works_without_a_log_and_says_so(tmp_path: Path) -> None:
    with make(tmp_path / "Dropbox/study") as study:
        (notice,) = study.database.notices
        assert notice == (
            "this study lies on a folder that Dropbox synchronises: let only one person work in it at a time,"
            " and keep backups"
        )
        assert study.database.one("PRAGMA journal_mode") == "delete"
        study.codings.apply("t", "c", 0, 3)
        assert problems(study) == []
        assert not list(study.folder.glob("study.db-*"))
        state = study.state_hash()
    with Study.open(study.folder, coder="anna") as again:
        assert again.database.notices == [notice]
        assert again.state_hash() == state
        again.changes.undo()


def test_a_study_that_moves_into_and_out_of_such_a_folder(tmp_path: Path) -> None:
    with make(tmp_path / "study") as study:
        state = study.state_hash()
        assert study.database.notices == []
        assert study.database.one("PRAGMA journal_mode") == "wal"
    (tmp_path / "OneDrive").mkdir()
    study.folder.rename(tmp_path / "OneDrive/study")
    with Study.open(tmp_path / "OneDrive/study", coder="anna") as inside:
        assert inside.database.one("PRAGMA journal_mode") == "delete"
        assert inside.state_hash() == state
        inside.settings.set("x", "1")
    (tmp_path / "OneDrive/study").rename(tmp_path / "study")
    with Study.open(tmp_path / "study", coder="anna") as outside:
        assert outside.database.one("PRAGMA journal_mode") == "wal"
        outside.changes.undo()
        assert outside.state_hash() == state


def test_two_in_a_synchronised_folder_still_lose_nothing(tmp_path: Path) -> None:
    with make(tmp_path / "Dropbox/study") as anna, Study.open(anna.folder, coder="bram") as bram:
        for number in range(20):
            anna.codings.apply("t", "c", number, number + 3)
            bram.codings.apply("t", "c", number, number + 3)
        assert anna.codings.count() == bram.codings.count() == 40
        assert problems(bram) == []
