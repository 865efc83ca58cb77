"""`qda demo`: the sample study, made from the files that travel with the package."""

from __future__ import annotations

import hashlib
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from qda.cli.given import make_folder
from qda.errors import QdaError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from qda.cli.command import Command
    from qda.store import Study

_CODEBOOKS = ("intergovernmental_strategies.yaml", "return_decisions.yaml", "open_codes.yaml")
_REGISTERS = (
    ("persons", "persons.csv"),
    ("cases", "cases.csv"),
    ("attributes", "attributes_sources.csv"),
    ("attributes", "attributes_persons.csv"),
    ("not-data", "not_data.csv"),
    ("codings", "codings.jsonl"),
    ("progress", "progress.csv"),
    ("coverage", "coverage.csv"),
    ("memos", "memos.jsonl"),
    ("claims", "claims.md"),
)
# What the demo writes into exports/: the file, and the words of the command.
_EXPORTS = {
    "frequency.md": "report frequency --format md",
    "cooccurrence_strategy.md": "report cooccurrence --format md --code strategy --roll-up",
    "cooccurrence_pairs.csv": "report cooccurrence --format csv --long",
    "comparison_host_country.md": "report comparison --format md --by host_country",
    "comparison_origin_country.md": "report comparison --format md --by person.origin_country",
    "comparison_agency_by_timing.json": "report comparison --format json --code agency_level --by timing",
    "claims.md": "report claims --format md",
    "agreement.md": "report agreement --format md",
    "agreement.csv": "report agreement --format csv --code timing --code location --unit char",
    "report.html": "report all --format html --by host_country --code agency_level --code timing",
    "excerpts_by_code.md": "export markdown",
    "excerpts_by_source.md": "export markdown --group source --code agency_level --code timing",
}
_SHOWN = (
    ("report", "cooccurrence", "--code", "timing", "--code", "location", "--code", "actor"),
    ("report", "comparison", "--code", "strategy", "--by", "host_country"),
    ("report", "agreement", "--code", "timing"),
)


def run(command: Command, words: list[str]) -> int:
    """Make the sample study, show reports, write its exports and check it."""
    parser = command.parser(
        epilog="Shows three reports, writes others to exports/, and checks the study. All interviews of the sample are"
        " invented; no real person speaks in them."
    )
    parser.add_argument("folder", nargs="?", default="qda-demo", help="where (default: qda-demo)")
    folder = Path(parser.parse_args(words).folder)
    make_sample(folder)
    for words_shown in _SHOWN:
        command.write(f"\n$ qda {' '.join(words_shown)}\n\n")
        _qda(folder, *words_shown)
    for file, line in _EXPORTS.items():
        _qda(folder, *line.split(), "-o", str(folder / "exports" / file))
    status = _qda(folder, "check")
    here = "here" if folder.resolve() == Path.cwd() else f"in {folder}; cd {folder}"
    command.say(f"The sample study is {here}. Look around: qda; qda sources; qda report frequency; qda --help")
    return _offer_screen(folder) if status == 0 and _on_terminal() else status


def make_sample(folder: Path) -> None:
    """Make the sample study in a folder.

    Raises:
        QdaError: A study is there already, or the folder cannot be made.
    """
    sample = sample_folder()
    if (folder / "study.db").exists():
        raise QdaError(f"{folder / 'study.db'}: a study is here already; name another folder, or delete that file")
    make_folder(folder)
    if folder.resolve() != sample.resolve():
        for name in ("codebooks", "transcripts"):
            shutil.copytree(sample / name, folder / name, dirs_exist_ok=True)
    _make(folder)


def _on_terminal() -> bool:
    return sys.stdin.isatty() and sys.stdout.isatty() and sys.stderr.isatty()


def _offer_screen(folder: Path) -> int:
    """Show the sample in the coding screen to somebody who wants to see it."""
    try:
        answer = input("Open it in the coding screen now? [Y/n] ").strip().lower()
    except EOFError:
        return 0
    if answer not in ("", "y", "yes"):
        return 0
    return open_sample(folder)


def open_sample(folder: Path) -> int:
    """Show the sample study in the coding screen."""
    from qda.cli.command import Command
    from qda.cli.screen import show

    return show(Command("qda", "", str(folder), "Anna"))


def sample_folder() -> Path:
    """The folder with the sample's codebooks and transcripts: in the package, or in the clone it runs from."""
    import qda

    package = Path(qda.__file__).parent
    for folder in (package / "sample", package.parent):
        if (folder / "transcripts" / "study" / "codings.jsonl").is_file():
            return folder
    raise QdaError("the sample study is missing from this installation; install qda-tui again")


def _qda(folder: Path, *words: str, coder: str = "Anna") -> int:
    """Run a command of our own in the sample study."""
    from qda.cli.main import main

    return main(["--study", str(folder / "study.db"), "--coder", coder, *words])


def _make(folder: Path) -> None:
    """Take the sample in through the doors that everybody uses; identities are the same each time."""
    from qda.store import Study

    with Study.create(folder, coder="Anna") as study:
        study.database.new_uid = steady_uids("sample")
        for file in _sources(folder):
            _import(study, "import", str(file))
        for name in _CODEBOOKS:
            _import(study, "codebook", "import", str(folder / "codebooks" / name))
        for noun, name in _REGISTERS:
            _import(study, noun, "import", str(folder / "transcripts" / "study" / name))


def _sources(folder: Path) -> Iterator[Path]:
    for file in sorted((folder / "transcripts").iterdir()):
        if file.is_file():
            yield file


def _import(study: Study, name: str, *words: str) -> None:
    """Run an importing command on a study that is open already."""
    from importlib import import_module

    from qda.cli.command import Command
    from qda.cli.main import COMMANDS

    command = Command(name, COMMANDS[name][1], None, None)
    command.use(study)
    extra = ["--speakers", "yes"] if name == "import" else []
    if import_module(f"qda.cli.{COMMANDS[name][0]}").run(command, [*words, *extra]):
        raise QdaError(f"the sample's {words[-1]} could not be taken in")


def steady_uids(seed: str) -> Callable[[], bytes]:
    """Identities that come out the same each time: the sample's exports must not change from run to run."""
    count = 0

    def next_uid() -> bytes:
        nonlocal count
        count += 1
        return hashlib.sha256(f"{seed} {count}".encode()).digest()[:16]

    return next_uid
