"""A small study made by commands only, a way to run commands, and a print of everything a study holds."""

from __future__ import annotations

import contextlib
import hashlib
import io
import json
import os
import pty
import select
import shutil
import sqlite3
import subprocess
import sys
import zipfile
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any
from unittest import mock

from qda.cli.main import main

if TYPE_CHECKING:
    from collections.abc import Sequence

ROOT = Path(__file__).parents[2]

ALFA = """Interview with a teacher, invented.

I: How did it begin?

R1: It began in the winter. Nobody came to help us, and then everybody came.

I: Whom did you trust?

R1: My brother. I did not trust the office at all.

I: And now?

R1: Now I trust the lady of the of-
fice, a little. She calls back.
"""
BETA = """I: Hvordan begynte det?

R1: Det begynte på sjøen. 🚢 Vi stolte på båten, ikke på folk.

I: Og nå?

R1: Nå stoler jeg på naboen min. Hun ringer tilbake.

I: Takk.
"""
GAMMA = """Field notes, ten lines without any speaker.
page head
The door was open. Two people waited; nobody called them.
page head
The lady of the office came at noon.
"""
CODEBOOK = """# The codebook of the small study; this comment must stay.
codebook: Small study
codes:
  - name: trust
    definition: Somebody relies on somebody.
    children:
      - name: low
      - name: high  # the good end
  - name: time
    children:
      - name: before
  - name: place
"""
# Names that YAML likes to take for something else, and one with a slash.
STRINGS = """codes:
  - name: NO
    definition: 1:30
    example: 2024-10-07
    aliases: [yes, null, 007, ~]
    labels: {no: nei, nl: 1e3}
  - name: and/or
"""
CODINGS = (
    ("alfa", "time/before", "Anna", "It began in the winter"),
    ("alfa", "time/before", "Bram", "It began in the winter. Nobody came"),
    ("alfa", "trust/high", "Anna", "My brother."),
    ("alfa", "trust/low", "Anna", "I did not trust the office at all."),
    ("alfa", "trust/low", "Bram", "did not trust the office"),
    ("alfa", "trust/high", "Anna", "the lady of the of-\nfice"),
    ("beta", "place", "Anna", "på sjøen. 🚢"),
    ("beta", "trust", "Bram", "Vi stolte på båten, ikke på folk."),
    ("beta", "trust/high", "Anna", "Nå stoler jeg på naboen min."),
    ("gamma", "place", "Anna", "The door was open."),
)


@dataclass(frozen=True)
class Result:
    """What a command gave."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


class _Input(io.TextIOWrapper):
    """Standard input as a pipe gives it."""

    def __init__(self, data: bytes) -> None:
        super().__init__(io.BytesIO(data), encoding="utf-8")

    def isatty(self) -> bool:
        return False


class _Output(io.TextIOWrapper):
    def __init__(self) -> None:
        super().__init__(io.BytesIO(), encoding="utf-8", newline="\n")

    def text(self) -> str:
        self.flush()
        return self.buffer.getvalue().decode("utf-8")  # type: ignore[attr-defined]


def qda(*words: str | Path, study: Path | None = None, coder: str | None = "Anna", stdin: bytes = b"") -> Result:
    """Run a command in this process; `study` and `coder` become the global options."""
    before: list[str] = []
    if study is not None:
        before += ["--study", str(study)]
    if coder is not None:
        before += ["--coder", coder]
    out, err = _Output(), _Output()
    with mock.patch.object(sys, "stdin", _Input(stdin)), redirect_stdout(out), redirect_stderr(err):
        try:
            code = main([*before, *map(str, words)])
        except SystemExit as leaving:  # --help of a command
            code = int(leaving.code or 0)
    return Result(code, out.text(), err.text())


def done(*words: str | Path, **how: Any) -> Result:
    """Run a command that must go well."""
    result = qda(*words, **how)
    assert result.code == 0, result.err
    return result


def fresh(
    *words: str | Path, cwd: Path, stdin: bytes = b"", env: dict[str, str] | None = None, **how: Any
) -> subprocess.CompletedProcess[bytes]:
    """Run a command in a process of its own."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith("QDA_")}
    return subprocess.run(
        [sys.executable, "-m", "qda", *map(str, words)],
        cwd=cwd,
        input=stdin,
        env=clean | (env or {}),
        capture_output=True,
        timeout=60,
        check=False,
        **how,
    )


def make_world(folder: Path) -> None:
    """The small study in `folder/study`, and the files it was made from in `folder/in`."""
    given = folder / "in"
    given.mkdir()
    files: dict[str, str] = {
        "alfa.txt": ALFA,
        "beta.txt": BETA,
        "gamma.txt": GAMMA,
        "book.yaml": CODEBOOK,
        "persons.csv": "person,role,source,label\nTove,respondent,alfa,R1\nTove,respondent,beta,R1\n"
        "Ida,interviewer,alfa,I\nIda,interviewer,beta,I\n",
        "cases.csv": "case,kind,person,source\nTove,respondent,Tove,\nOffice,organisation,,gamma|alfa\n",
        "sources.csv": "source,kind,language,date,country\nalfa,transcript,en,2024-05-01,NL\n"
        "beta,transcript,no,2024-06,NO\ngamma,notes,en,2024,NL|NO\n",
        "people.csv": "person,age:number,born:date\nTove,41,1983-02-03\n",
        "progress.csv": "source,coder,state\nalfa,Anna,done\nalfa,Bram,done\nbeta,Anna,in progress\n",
        "coverage.csv": "source,code,asked\nalfa,trust,yes\nbeta,trust,no\n",
        "nodata.csv": "source,quote,occurrence,reason\ngamma,page head,1,page head\ngamma,page head,2,page head\n",
        "memos.jsonl": '{"text": "Warm voice.", "type": "case", "at": "2024-07-01T10:00:00Z",'
        ' "target": {"case": "Tove"}}\n',
        "codings.jsonl": "".join(_coding_lines()),
    }
    for name, content in files.items():
        (given / name).write_text(content, encoding="utf-8", newline="")
    study = folder / "study"
    done("init", study)
    for words in (
        "import alfa.txt beta.txt gamma.txt",
        "codebook import book.yaml",
        "persons import persons.csv",
        "cases import cases.csv",
        "attributes import sources.csv",
        "attributes import people.csv",
        "not-data import nodata.csv",
        "codings import codings.jsonl",
        "progress import progress.csv",
        "coverage import coverage.csv",
        "memos import memos.jsonl",
    ):
        noun, *rest = words.split()
        done(noun, *(str(given / word) if "." in word else word for word in rest), study=study)


def coding_line(source: str, code: str, coder: str, quote: str) -> str:
    """A line for `codings import` with the place of the quotation."""
    text = {"alfa": ALFA, "beta": BETA, "gamma": GAMMA}[source]
    start = text.index(quote)
    place = {"start": start, "end": start + len(quote), "text": quote, "at": "2024-06-01T09:00:00Z"}
    return json.dumps({"source": source, "code": code, "coder": coder, **place}) + "\n"


def _coding_lines() -> list[str]:
    return [coding_line(*coding) for coding in CODINGS]


def copy_study(folder: Path, target: Path) -> Path:
    """A copy of a study's folder (one file is the whole study: no log stands beside it)."""
    shutil.copytree(folder, target)
    return target


def everything(study: Path) -> dict[str, str]:
    """Each table of a study as a digest of its rows, and each other file in its folder as one of its bytes."""
    found: dict[str, str] = {}
    connection = sqlite3.connect(f"{(study / 'study.db').resolve().as_uri()}?mode=ro", uri=True)
    try:
        names = [row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        for name in sorted(names):
            rows = connection.execute(f'SELECT * FROM "{name}"').fetchall()
            found[f"table {name}"] = hashlib.sha256(repr(sorted(map(repr, rows))).encode()).hexdigest()
        found["schema"] = str(connection.execute("PRAGMA user_version").fetchone())
    finally:
        connection.close()
    for file in sorted(study.rglob("*")):
        if file.is_file() and not file.name.startswith("study.db"):
            found[f"file {file.relative_to(study)}"] = hashlib.sha256(file.read_bytes()).hexdigest()
        elif file.is_dir():
            found[f"folder {file.relative_to(study)}"] = ""
    return found


EXPORTS = (
    "history --format json",
    "report frequency --format json",
    "codings export",
    "codebook export -",
    "persons export -",
    "cases export -",
    "attributes export - --for sources",
    "progress export -",
    "coverage export -",
    "not-data export -",
    "memos export -",
)


def exports(study: Path, wanted: Sequence[str] = EXPORTS) -> dict[str, str]:
    """The change log and everything that can be taken out, as the commands write it."""
    return {words: done(*words.split(), study=study).out for words in wanted}


def a_docx(*paragraphs: str, parts: dict[str, bytes] | None = None, body: bytes | None = None) -> bytes:
    """A Word document with these paragraphs; `parts` replaces parts of the package, `body` its main part."""
    words = "".join(f"<w:p><w:r><w:t xml:space='preserve'>{one}</w:t></w:r></w:p>" for one in paragraphs)
    space = "xmlns:w='http://schemas.openxmlformats.org/wordprocessingml/2006/main'"
    rels = "http://schemas.openxmlformats.org/package/2006/relationships"
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
    main_type = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    types = (
        "<Types xmlns='http://schemas.openxmlformats.org/package/2006/content-types'>"
        "<Default Extension='rels' ContentType='application/vnd.openxmlformats-package.relationships+xml'/>"
        f"<Override PartName='/word/document.xml' ContentType='{main_type}'/></Types>"
    )
    found = {
        "[Content_Types].xml": types.encode(),
        "_rels/.rels": f"<Relationships xmlns='{rels}'><Relationship Id='r1' Type='{kind}'"
        " Target='word/document.xml'/></Relationships>".encode(),
        "word/document.xml": body or f"<w:document {space}><w:body>{words}</w:body></w:document>".encode(),
    } | (parts or {})
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in found.items():
            archive.writestr(name, content)
    return out.getvalue()


JARGON = (
    *("Traceback", "went wrong inside", "Errno", "constraint", "sqlite", "NoneType", "invalid literal", "codec"),
    *("unhashable", "object has no"),
)


def check_sentence(err: str) -> None:
    """One line that begins as all do, in words that a sociologist reads."""
    assert err.startswith("qda: ")
    assert err.count("\n") == 1
    assert err.endswith("\n")
    assert len(err) < 1000 or "aaaa" in err
    assert err[:-1].isprintable()
    for word in JARGON:
        assert word not in err


def on_terminal(*words: str | Path, cwd: Path, typed: Sequence[str] = ()) -> tuple[int, str]:
    """Run a command on a terminal of its own, typing a line whenever it asks (`> `); what the screen shows."""
    lines = list(typed)
    child, screen = pty.fork()
    if child == 0:
        os.chdir(cwd)
        os.environ["TERM"] = "xterm"
        os.execv(sys.executable, [sys.executable, "-m", "qda", *map(str, words)])
    shown = b""
    asked = 0
    with contextlib.suppress(OSError):  # the terminal is gone with the child
        while select.select([screen], [], [], 30)[0]:
            piece = os.read(screen, 65536)
            if not piece:
                break
            shown += piece
            if shown.count(b"\n> ") > asked:
                asked += 1
                if not lines:
                    break  # nobody answers: the child is hung up on
                os.write(screen, lines.pop(0).encode())
    os.close(screen)
    _, status = os.waitpid(child, 0)
    assert not lines, "it asked less often than expected"
    return os.waitstatus_to_exitcode(status), shown.decode("utf-8").replace("\r\n", "\n")
