"""Broken input is refused in one sentence, and leaves the study exactly as it was."""

from __future__ import annotations

import re
import shutil
from typing import TYPE_CHECKING

import pytest
from cli_broken_cases import CASES, Case
from cli_world import check_sentence, everything, exports, qda

if TYPE_CHECKING:
    from pathlib import Path

EVERY = 10  # of the cases is also asked for all that the commands write; the others are compared by rows and files


def test_each_case_has_a_name_of_its_own() -> None:
    assert len({one.name for one in CASES}) == len(CASES) > 200


@pytest.fixture(scope="module")
def before(world: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """What can be taken out of the study that nobody touched."""
    copy = tmp_path_factory.mktemp("before") / "study"
    shutil.copytree(world / "study", copy)
    return exports(copy)


@pytest.fixture(scope="module")
def untouched(world: Path) -> dict[str, str]:
    """Rows and files of that study."""
    return everything(world / "study")


@pytest.mark.parametrize("one", CASES, ids=lambda one: one.name)
def test_broken_input(
    one: Case, world: Path, study: Path, tmp_path: Path, before: dict[str, str], untouched: dict[str, str]
) -> None:
    shutil.copytree(world / "in", tmp_path / "in")
    (tmp_path / "in" / "new.txt").write_text("I: Well?\n\nR1: Well.\n\nI: So?\n\nR1: So.\n", encoding="utf-8")
    for name, content in one.files.items():
        data = content() if callable(content) else content.encode("utf-8") if isinstance(content, str) else content
        (tmp_path / name).write_bytes(data)
    given = {file: file.read_bytes() for file in tmp_path.iterdir() if file.is_file()}

    result = qda(*one.words, study=study, coder=one.coder)

    assert everything(study) == untouched
    assert {file: file.read_bytes() for file in tmp_path.iterdir() if file.is_file()} == given
    check_sentence(result.err)
    assert result.out == ""
    assert result.code in ((1, 2) if one.code is None else (one.code,)), result.err
    for words in one.says:
        assert words in result.err
    if one.line is not None:
        assert re.search(rf":{one.line}\b", result.err), result.err
    elif not one.files:
        assert not re.search(r"\bline \d", result.err), "no file was given, so there is no line"
    if CASES.index(one) % EVERY == 0:
        assert exports(study) == before
