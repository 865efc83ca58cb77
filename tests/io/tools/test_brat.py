"""brat: the sample of two coders, discontinuous spans, notes, types with a hierarchy, and what is no annotation."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tools_world import Truth, codings, take

from qda.errors import QdaError
from qda.io.tools.recognising import tool_of

if TYPE_CHECKING:
    from qda.store import Study

SAMPLES = Path(os.environ.get("QDA_INTEROP", Path(__file__).parents[4] / "shared" / "interop")) / "samples"


@pytest.mark.skipif(not SAMPLES.exists(), reason="the samples are not here")
def test_the_sample_of_two_coders(study: Study) -> None:
    """The truth is cut out of the lines; the mean of F1 over two documents is that which its makers found."""
    folder = SAMPLES / "brat" / "two-coders"
    truth, spans = [], {}
    for file in folder.glob("*/*.ann"):
        text = file.with_suffix(".txt").read_text(encoding="utf-8")
        for line in file.read_text(encoding="utf-8").splitlines():
            _, about, words = line.split("\t")
            code, start, end = about.split(" ")
            truth.append(Truth(file.stem, code, file.parent.name, int(start), int(end), words))
            spans.setdefault((file.stem, file.parent.name), set()).add((code, int(start), int(end)))
            assert text[int(start) : int(end)] == words
    take(study, folder, speakers="no")
    found = codings(study)
    assert found == sorted(truth)
    assert len(found) == 33
    scores = []
    for document in ("esp.train-doc-29", "esp.train-doc-46"):
        one, two = (
            {(c.code, c.start, c.end) for c in found if c.source == document and c.coder == coder}
            for coder in ("ann1", "ann2")
        )
        scores.append(2 * len(one & two) / (len(one) + len(two)))
    assert [round(score, 3) for score in scores] == [0.889, 0.667]


def test_pieces_notes_and_types(study: Study, tmp_path: Path) -> None:
    text = "The 🚢 sank\nin the café of\r\nZoë.\n"
    (tmp_path / "ann").mkdir()
    (tmp_path / "ann" / "doc.txt").write_bytes(text.encode())
    (tmp_path / "ann" / "new.txt").write_text("nobody read this yet")
    (tmp_path / "ann" / "annotation.conf").write_text("[entities]\n!Thing\n\tShip\nPlace\n[relations]\nIn Arg1:Ship\n")
    (tmp_path / "ann" / "doc.ann").write_text(
        "T1\tShip 0 5;6 10\tThe 🚢 sank\n"
        "T2\tPlace 14 22\tthe café\n"
        "T3\tPlace 27 30\tZoë\n"
        "#1\tAnnotatorNotes T2\twhere?\n"
        "R1\tIn Arg1:T1 Arg2:T2\nA1\tNegation T1\n"
    )
    outcome = take(study, tmp_path / "ann", speakers="no")
    assert codings(study) == [
        Truth("doc", "Place", "ann", 14, 22, "the café"),
        Truth("doc", "Place", "ann", 26, 29, "Zoë"),
        Truth("doc", "Thing/Ship", "ann", 0, 5, "The 🚢"),
        Truth("doc", "Thing/Ship", "ann", 6, 10, "sank"),
    ]
    assert [memo.body for memo in study.memos.all()] == ["where?"]
    assert sorted(one.name for one in study.sources.all()) == ["doc", "new"]
    assert sum("no place here" in said for said in outcome.said) == 2


def test_folders_that_are_no_coders_name_nobody(study: Study, tmp_path: Path) -> None:
    for part in ("train", "test"):
        (tmp_path / "all" / part).mkdir(parents=True)
        (tmp_path / "all" / part / f"{part}.txt").write_text(f"some {part} words")
        (tmp_path / "all" / part / f"{part}.ann").write_text("T1\tX 0 4\tsome\n")
    take(study, tmp_path / "all", coder="Ada")
    assert {(one.source, one.coder) for one in codings(study)} == {("train", "Ada"), ("test", "Ada")}


def test_a_folder_with_other_documents_is_no_folder_of_brat(tmp_path: Path) -> None:
    (tmp_path / "x").mkdir()
    (tmp_path / "x" / "a.ann").write_text("T1\tX 0 1\ta\n")
    (tmp_path / "x" / "a.txt").write_text("a")
    (tmp_path / "talk.docx").write_text("")
    assert tool_of(tmp_path / "x")
    assert tool_of(tmp_path) is None
    assert tool_of(tmp_path / "x" / "a.ann")


@pytest.mark.parametrize(
    "line",
    ["T1\tX 0\tab", "T1 X 0 2 ab", "\tX 0 2\tab", "T1\tX 0 2;\tab", "Q1\tX 0 2\tab", f"T1\tX 0 {'9' * 5000}\tab"],
)
def test_what_is_no_annotation_is_refused_by_line(study: Study, tmp_path: Path, line: str) -> None:
    (tmp_path / "x").mkdir()
    (tmp_path / "x" / "a.txt").write_text("ab")
    (tmp_path / "x" / "a.ann").write_text(f"T9\tX 0 2\tab\n{line}\n")
    before = study.state_hash()
    with pytest.raises(QdaError, match="a.ann:2: this is no annotation"):
        take(study, tmp_path / "x")
    assert study.state_hash() == before
