"""`qda export docx` and `qda export tagged`: one file or a folder, what is selected, and what is refused."""

from __future__ import annotations

from typing import TYPE_CHECKING

import docx
import pytest
from cli_world import done, everything, qda

if TYPE_CHECKING:
    from pathlib import Path


def comments(file: Path) -> list[tuple[str, str]]:
    return [(one.author, one.text) for one in docx.Document(str(file)).comments]


def test_transcripts_go_into_one_file_or_into_a_folder(study: Path, tmp_path: Path) -> None:
    one = tmp_path / "alfa.docx"
    assert "6 codings are in" in done("export", "docx", "alfa", "-o", one, study=study).err
    assert ("Bram", "trust/low") in comments(one)
    assert len(comments(one)) == 6
    done("export", "docx", "alfa", "--coder", "Bram", "--code", "trust", "-o", one, study=study)
    assert comments(one) == [("Bram", "trust/low")]
    done("export", "tagged", "-o", tmp_path / "all", study=study)
    assert sorted(file.name for file in (tmp_path / "all").iterdir()) == ["alfa.md", "beta.md", "gamma.md"]
    done("export", "docx", study=study)
    assert min(file.name for file in (study / "exports" / "transcripts_docx").iterdir()) == "alfa.docx"
    assert comments(study / "exports" / "transcripts_docx" / "gamma.docx") == [("Anna", "place")]
    assert done("export", "tagged", "beta", study=study).err.endswith("beta.md\n")
    said = (study / "exports" / "beta.md").read_text(encoding="utf-8")
    assert "Det begynte [#1 place{på sjøen. 🚢}#1] [#2 trust{Vi stolte på båten, ikke på folk.}#2]" in said
    assert "- 2 · trust · Bram · characters" in said
    assert said == done("export", "tagged", "--source", "beta", "-o", "-", study=study).out


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("docx nowhere", "there is no source named 'nowhere'"),
        ("docx -o -", "writes into a file or a folder"),
        ("tagged -o alfa.docx", "writes files that end in .md or .txt, or into a folder"),
        ("tagged --by country", "--by"),
        ("tagged --code nothing", "nothing"),
        ("docx -o study.db/x", "a file stands in the place of this folder"),
    ],
)
def test_what_is_refused_changes_nothing(study: Path, words: str, said: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(study)
    before = everything(study)
    result = qda("export", *words.split(), study=study)
    assert result.code in (1, 2)
    assert said in result.err
    assert result.err.count("\n") == 1
    assert everything(study) == before
