"""Start-up is free: a command loads nothing that it does not need."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from cli_world import coding_line

if TYPE_CHECKING:
    from pathlib import Path

HEAVY = {
    *("pandas", "numpy", "spacy", "textual", "sqlite_utils", "docx", "lxml", "simplemma", "scipy", "rich"),
    *("openpyxl", "click", "pluggy"),
}
_RUN = """
import sys
from qda.cli.main import main
try:
    status = main(sys.argv[1:])
except SystemExit as leaving:
    status = leaving.code
print("\\n".join(sorted(sys.modules)), file=sys.stderr)
sys.exit(status)
"""


def loaded(*words: str, cwd: Path) -> set[str]:
    """The modules that a command has loaded in a process of its own, by their first name."""
    run = subprocess.run([sys.executable, "-c", _RUN, *words], cwd=cwd, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr
    return {line.partition(".")[0] for line in run.stderr.splitlines()}


@pytest.mark.parametrize("words", ["--help", "--version", "sources --help", "report --help", "codings import --help"])
def test_help_loads_no_database(tmp_path: Path, words: str) -> None:
    assert not loaded(*words.split(), cwd=tmp_path) & (HEAVY | {"sqlite3", "yaml", "json", "csv", "asyncio"})


@pytest.mark.parametrize(
    "words",
    [
        *("sources", "codes", "coders", "persons", "cases", "memos", "attributes", "progress", "coverage", "not-data"),
        *("report frequency", "report frequency --format json --evidence", "report cooccurrence", "report excerpts"),
        *(
            "report cooccurrence --within 30",
            "report comparison --by country",
            "report comparison --by language --cases organisation --test",
        ),
        *(
            "report agreement --stat kappa",
            "round",
            "search trust",
            "search --regex trust",
            "search --exact trust",
            "history",
        ),
        *("codings import ../c.jsonl", "codings export", "codings add alfa place 0 5", "code add fresh", "undo"),
        *(
            "import ../new.txt",
            "attributes import ../a.csv",
            "persons export -",
            "memos add hello",
            "settings",
            "claims",
            "claims add x",
            "claims export -",
            "report claims",
        ),
        *("export markdown", "backup ../b.db", "source turns alfa", "source text alfa"),
    ],
)
def test_a_command_loads_nothing_heavy(study: Path, tmp_path: Path, words: str) -> None:
    (tmp_path / "c.jsonl").write_text(coding_line("alfa", "place", "Bram", "It began"), encoding="utf-8")
    (tmp_path / "a.csv").write_text("source,country\nalfa,NL\n", encoding="utf-8")
    (tmp_path / "new.txt").write_text("I: Well?\n\nR1: Well.\n", encoding="utf-8")
    assert not loaded("--coder", "Anna", *words.split(), cwd=study) & (HEAVY | {"yaml"})


def test_all_reports_load_only_what_cuts_sentences_and_counts_them(study: Path) -> None:
    there = loaded("--coder", "Anna", "report", "all", "--by", "country", cwd=study) & (HEAVY | {"yaml"})
    assert not there - {"spacy", "numpy", "click", "rich"}  # spaCy brings the others along


@pytest.mark.parametrize(
    "words", ["codebook export -", "codebook check ../in.yaml", "codebook import ../in.yaml", "check"]
)
def test_codebooks_load_yaml_and_nothing_else(study: Path, tmp_path: Path, words: str) -> None:
    (tmp_path / "in.yaml").write_text("codes:\n- name: fresh\n", encoding="utf-8")
    assert not loaded(*words.split(), cwd=study) & HEAVY


def test_the_package_loads_nothing(tmp_path: Path) -> None:
    probe = "import sys, qda; print(*sorted(sys.modules), sep='\\n')"
    run = subprocess.run([sys.executable, "-c", probe], cwd=tmp_path, capture_output=True, text=True, check=True)
    assert not {line.partition(".")[0] for line in run.stdout.splitlines()} & (HEAVY | {"sqlite3", "yaml"})
