"""Broken input is refused in one sentence, and leaves the study exactly as it was."""

from __future__ import annotations

import re
import shutil
from typing import TYPE_CHECKING

import pytest
from cli_broken_cases import CASES, Case
from cli_world import everything, exports, qda

if TYPE_CHECKING:
    from pathlib import Path

# Faults of the product, by the name of the case: the test stands and fails as long as the fault does.
KNOWN: dict[str, str] = {}

JARGON = (
    "Traceback", "went wrong inside", "Errno", "constraint", "sqlite", "NoneType", "invalid literal", "codec",
    "unhashable", "object has no",
)  # fmt: skip


def _cases() -> list[object]:
    assert not KNOWN.keys() - {one.name for one in CASES}
    return [
        pytest.param(one, id=one.name, marks=[pytest.mark.xfail(reason=KNOWN[one.name])] if one.name in KNOWN else [])
        for one in CASES
    ]


@pytest.fixture(scope="module")
def before(world: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """What can be taken out of the study that nobody touched."""
    copy = tmp_path_factory.mktemp("before") / "study"
    shutil.copytree(world / "study", copy)
    return exports(copy)


@pytest.mark.parametrize("one", _cases())
def test_broken_input(one: Case, world: Path, study: Path, tmp_path: Path, before: dict[str, str]) -> None:
    shutil.copytree(world / "in", tmp_path / "in")
    (tmp_path / "in" / "new.txt").write_text("I: Well?\n\nR1: Well.\n\nI: So?\n\nR1: So.\n", encoding="utf-8")
    for name, content in one.files.items():
        data = content() if callable(content) else content.encode("utf-8") if isinstance(content, str) else content
        (tmp_path / name).write_bytes(data)
    untouched = everything(study)
    given = {file: file.read_bytes() for file in tmp_path.iterdir() if file.is_file()}

    result = qda(*one.words, study=study, coder=one.coder)

    assert everything(study) == untouched
    assert {file: file.read_bytes() for file in tmp_path.iterdir() if file.is_file()} == given
    check_sentence(result.err)
    assert result.out == ""
    assert result.code == one.code, result.err
    for words in one.says:
        assert words in result.err
    if one.line is not None:
        assert re.search(rf"(:{one.line}\b|\bline {one.line}\b)", result.err), result.err
    assert exports(study) == before


def check_sentence(err: str) -> None:
    """One line that begins as all do, in words that a sociologist reads."""
    assert err.startswith("qda: ")
    assert err.count("\n") == 1
    assert err.endswith("\n")
    assert len(err) < 1000
    assert err.isprintable() or err[:-1].isprintable()
    for word in JARGON:
        assert word not in err
