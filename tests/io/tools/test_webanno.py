"""WebAnno TSV: units of UTF-16, stacked and crossing annotations, and who coded; the lines are written by hand here."""

from __future__ import annotations

import zipfile
from typing import TYPE_CHECKING

import pytest
from tools_world import Truth, codings, take

from qda.errors import QdaError
from qda.io.tools.recognising import tool_of

if TYPE_CHECKING:
    from pathlib import Path

    from qda.store import Study

ONE = (
    "#FORMAT=WebAnno TSV 3.3\n#T_SP=webanno.custom.Span|value\n\n\n"
    "#Text=I \U0001f6a2 it .\n"
    "1-1\t0-1\tI\t_\t\n1-2\t2-4\t\U0001f6a2\tSHIP\t\n1-3\t5-7\tit\tA[1]|B[2]\t\n1-3.1\t5-6\ti\tpart\t\n1-4\t8-9\t.\tA[1]\t\n\n"
    "#Text=She said\n#Text=so .\n"
    "2-1\t10-13\tShe\tA[1]\t\n2-2\t14-18\tsaid\ta\\_b\\|c\t\n2-3\t19-21\tso\t*\t\n2-3.1\t21-21\t\tzero\t\n2-4\t22-23\t.\t_\t\n"
)
TEXT = "I \U0001f6a2 it .\nShe said\nso ."
TRUTH = [("A", "it .\nShe"), ("B", "it"), ("SHIP", "\U0001f6a2"), ("Span", "so"), ("a_b|c", "said"), ("part", "i")]


def write(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def truth(source: str, coder: str) -> list[Truth]:
    return [
        Truth(source, code, coder, TEXT.index(words), TEXT.index(words) + len(words), words) for code, words in TRUTH
    ]


def test_a_single_file(study: Study, tmp_path: Path) -> None:
    outcome = take(study, write(tmp_path / "talk.tsv", ONE), speakers="no")
    assert study.sources.text(study.sources.all()[0].key) == TEXT
    # `i` stands in `it` first; the place of the part is that of its line.
    assert codings(study) == truth("talk", "unknown")
    assert any("1 selection empty" in said for said in outcome.said)


@pytest.mark.parametrize("as_zip", [False, True])
def test_several_coders_of_one_document(study: Study, tmp_path: Path, as_zip: bool) -> None:  # noqa: FBT001
    folder = tmp_path / "annotation" / "talk.txt"
    other = ONE.replace("SHIP", "BOAT")
    if as_zip:
        path = tmp_path / "export.zip"
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr("exportedproject.json", "{}")
            archive.writestr("annotation/talk.txt/ann.tsv", ONE)
            archive.writestr("annotation/talk.txt/bob.tsv", other)
            archive.writestr("annotation/talk.txt/INITIAL_CAS.tsv", ONE)
    else:
        write(folder / "ann.tsv", ONE)
        write(folder / "bob.tsv", other)
        path = folder.parent
    take(study, path, speakers="no")
    second = [one._replace(code="BOAT") if one.code == "SHIP" else one for one in truth("talk.txt", "bob")]
    assert codings(study) == sorted(truth("talk.txt", "ann") + second)
    assert len(study.sources.all()) == 1


def test_files_of_the_same_words_in_one_folder_are_those_of_coders(study: Study, tmp_path: Path) -> None:
    write(tmp_path / "pair" / "user1.tsv", ONE)
    write(tmp_path / "pair" / "user2.tsv", ONE)
    take(study, tmp_path / "pair", speakers="no")
    assert codings(study) == sorted(truth("pair", "user1") + truth("pair", "user2"))


def test_several_layers_stand_below_their_names_and_layers_of_words_stay_out(study: Study, tmp_path: Path) -> None:
    text = (
        "#FORMAT=WebAnno TSV 3.2\n"
        "#T_SP=de.tudarmstadt.ukp.dkpro.core.api.lexmorph.type.pos.POS|PosValue|coarseValue\n"
        "#T_SP=de.tudarmstadt.ukp.dkpro.core.api.ner.type.NamedEntity|identifier|value\n"
        "#T_SP=webanno.custom.Simple|\n"
        "#T_RL=webanno.custom.Rel|kind|BT_webanno.custom.Simple\n\n\n"
        "#Text=Ann came\n"
        "1-1\t3-6\tAnn\tNE\tNOUN\thttp://x/Q1[1]\tPER[1]\t_\t_\t_\t\n"
        "1-2\t7-11\tcame\tVB\tVERB\t_\t_\t*\tof\t1-1\t\n"
    )
    outcome = take(study, write(tmp_path / "talk.tsv", text), coder="Ada", speakers="no")
    assert codings(study) == [
        Truth("talk", "NamedEntity/PER", "Ada", 3, 6, "Ann"),
        Truth("talk", "Simple", "Ada", 7, 11, "came"),
    ]
    assert [memo.body for memo in study.memos.all()] == ["identifier: http://x/Q1"]
    assert sum("left out" in said for said in outcome.said) == 2


@pytest.mark.parametrize(
    ("before", "after", "problem"),
    [
        ("1-3\t5-7", "1-3\t6-7", ":8: the word 'it' is not at its place"),
        ("2-1\t10-13", "2-1\t4-7", ":14: this sentence begins within"),
        ("1-4\t8-9\t.\tA[1]\t", "1-4\t8-9", ":10: this is no line"),
        ("1-4\t8-9", "1-4\tx-9", ":10: this is no line"),
    ],
)
def test_damaged_lines_are_refused(study: Study, tmp_path: Path, before: str, after: str, problem: str) -> None:
    assert before in ONE
    state = study.state_hash()
    with pytest.raises(QdaError, match=problem):
        take(study, write(tmp_path / "talk.tsv", ONE.replace(before, after)))
    assert study.state_hash() == state


def test_other_tables_and_archives_are_not_taken_for_it(tmp_path: Path) -> None:
    assert tool_of(write(tmp_path / "a.tsv", "a\tb\n")) is None
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr("../annotation/x/y.tsv", ONE)
    assert tool_of(tmp_path / "a.zip") is None


def test_an_export_in_another_form_says_which_form_to_choose(study: Study, tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "export.zip", "w") as archive:
        archive.writestr("annotation/talk.txt/ann.zip", b"PK")
    with pytest.raises(QdaError, match="export the project as WebAnno TSV"):
        take(study, tmp_path / "export.zip")
