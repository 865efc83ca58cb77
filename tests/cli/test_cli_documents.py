"""Documents of all kinds on their way in: a folder of them, the pages of a PDF, and a hundred damaged ones."""

from __future__ import annotations

import json
import random
import sys
import time
from pathlib import Path

import pytest
from cli_world import done, qda

sys.path.insert(0, str(Path(__file__).parents[1] / "io" / "documents"))
from document_files import in_each_kind, pdf

TALK = ["I: Who?", "R1: Me, naïve me.", "I: Why?", "R1: Because."]
WORDS = ("winter", "office", "brother", "lady", "door")
PAGES = [
    ["Interview 7", *(["I: How was it?"] if not at % 2 else ["R1: It was cold."]), f"The {word} was near.", str(3 + at)]
    for at, word in enumerate(WORDS)
]


@pytest.fixture
def new(tmp_path: Path) -> Path:
    done("init", tmp_path / "new")
    return tmp_path / "new"


def test_a_folder_of_all_kinds_comes_in(new: Path, tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    for ending, data in {**in_each_kind(TALK), "pdf": pdf([TALK])}.items():
        (folder / f"{ending}-talk.{ending}").write_bytes(data)
    (folder / "macros.odt").write_bytes(in_each_kind(TALK)["odt"].replace(b"content.xml", b"Basic/M.xml"))
    result = qda("import", folder, study=new)
    assert result.code == 1
    assert [line for line in result.err.splitlines() if "macros.odt" in line]
    found = {one["name"]: one for one in done("sources", "--format", "json", study=new).json}
    assert {one["format"] for one in found.values()} == {"txt", "docx", "odt", "fodt", "rtf", "html", "epub", "pdf"}
    assert {(one["characters"], one["turns"]) for one in found.values()} == {(len("\n".join(TALK)), 4)}
    assert len({one["text_sha256"] for one in found.values()}) == 1
    assert done("check", study=new).code == 0


def test_the_pages_of_a_pdf_are_kept_and_its_heads_are_no_data(new: Path, tmp_path: Path) -> None:
    file = tmp_path / "talk.pdf"
    file.write_bytes(pdf(PAGES, first=3))
    (row,) = done("import", file, "--dry-run", "--format", "json", study=new).json
    assert row["no data"] == ["'Interview 7' (5)", "'…' (5)"]
    said = done("import", file, study=new).err
    assert "5 pages, 5 turns of I, R1" in said
    assert "'Interview 7' (5), '…' (5)" in said
    text = done("source", "text", "talk", study=new).out
    assert text.startswith("[page 3]\nInterview 7\nI: How was it?\nThe winter was near.\n3\n[page 4]\n")
    stretches = done("not-data", "--format", "json", study=new).json
    assert sorted({(one["reason"], text[one["start"] : one["end"]]) for one in stretches})[:2] == [
        ("page head or foot", "3\n"),
        ("page head or foot", "4\n"),
    ]
    assert len(stretches) == 15
    assert done("search", "Interview", "--format", "json", study=new).json == []
    at = text.index("The lady")
    coding = {"source": "talk", "code": "near", "coder": "Anna", "start": at, "end": at + 8}
    (tmp_path / "c.jsonl").write_text(json.dumps(coding) + "\n", "utf-8")
    done("codings", "import", tmp_path / "c.jsonl", "--create-codes", study=new)
    (excerpt,) = done("report", "excerpts", "--format", "json", study=new).json["rows"]
    assert (excerpt["text"], excerpt["page"]) == ("The lady", "6")
    done("source", "edit", "talk", _corrected(tmp_path, text), study=new)
    (excerpt,) = done("report", "excerpts", "--format", "json", study=new).json["rows"]
    assert (excerpt["text"], excerpt["page"]) == ("The lady", "6")
    assert done("check", study=new).code == 0


def _corrected(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "corrected.txt"
    path.write_text(text.replace("It was cold", "It was very cold"), "utf-8")
    return path


def test_page_heads_can_stay_data(new: Path, tmp_path: Path) -> None:
    file = tmp_path / "talk.pdf"
    file.write_bytes(pdf(PAGES))
    done("import", file, "--page-heads", "no", study=new)
    assert {one["reason"] for one in done("not-data", "--format", "json", study=new).json} == {"page mark"}
    assert len(done("search", "Interview", "--format", "json", study=new).json) == 5
    done("undo", study=new)
    assert done("not-data", "--format", "json", study=new).json == []


def test_a_hundred_damaged_files_come_in_whole_or_not_at_all(new: Path, tmp_path: Path) -> None:
    """Each is one sentence or a source; nobody sees the inside of the program, and nothing takes long."""
    chance = random.Random(6)
    good = {**in_each_kind(TALK), "pdf": pdf(PAGES)}
    del good["txt"]
    folder = tmp_path / "in"
    folder.mkdir()
    for number in range(112):
        ending = list(good)[number % len(good)]
        data = bytearray(good[ending])
        if number % 3 == 0:
            del data[chance.randrange(1, len(data)) :]
        for _ in range(chance.randrange(1, 6)):
            data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
        (folder / f"{number:03}.{ending}").write_bytes(data)
    before = time.process_time()
    result = qda("import", folder, study=new)
    assert time.process_time() - before < 60
    assert "went wrong inside" not in result.err
    assert "Traceback" not in result.err
    lines = [line for line in result.err.splitlines() if not line.startswith("  ")]
    named = [line.removeprefix("qda: ").partition(": ")[0].partition(":")[0] for line in lines]
    assert sorted(named) == sorted(str(folder / path.name) for path in folder.iterdir())
    came = sum(not line.startswith("qda: ") and "left out" not in line for line in lines)
    assert len(done("sources", "--format", "json", study=new).json) == came
    assert done("check", study=new).code == 0
