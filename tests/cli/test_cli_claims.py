"""`qda claims` and `qda report claims`: from the first claim to the report, by command only."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from cli_world import done, qda

if TYPE_CHECKING:
    from pathlib import Path

QUOTE = "I did not trust the office at all."


@pytest.fixture
def claimed(study: Path) -> Path:
    done("claims", "add", "Nobody trusts the office", "--kind", "respondent-said", "--scope", "code trust", study=study)
    return study


def test_a_claim_from_its_first_word_to_the_report(claimed: Path) -> None:
    uid = done("claims", "cite", "1", "alfa", "--quote", QUOTE, "--role", "teacher", study=claimed).out.strip()
    done("claims", "cite", "office", "alfa", "0", "9", "--against", study=claimed)
    (row,) = done("claims", "--format", "json", study=claimed).json
    assert (row["claim"], row["for"], row["against"], row["sources"]) == ("Nobody trusts the office", 1, 1, 1)
    done("claims", "state", "1", "contested", "--reason", "Bram doubts it", study=claimed)
    done("claims", "edit", "1", "--grade", "probable", "--reason", "we were there", study=claimed)
    done("memos", "add", "I doubt it.", "--claim", row["id"], study=claimed, coder="Bram")
    shown = done("claims", "show", row["id"][:6], study=claimed).out
    for words in ("contested (Bram doubts it)", "probable (by hand: we were there", QUOTE, uid, "Bram: I doubt it."):
        assert words in shown
    assert "state 'tentative' → 'contested'" in shown
    report = done("report", "claims", "--footnote", "Talk with <role>, <year>", "--format", "json", study=claimed).json
    assert report["rows"][0]["footnote"].startswith("Talk with teacher, ")
    assert report["manifest"]["command"] == "qda report claims --footnote 'Talk with <role>, <year>'"
    done("settings", "footnote", "Said by a <role>", study=claimed)
    assert "[^1]: Said by a teacher" in done("report", "claims", "--public", "--format", "md", study=claimed).out
    done("claims", "uncite", uid[:8], study=claimed)
    assert done("claims", "--format", "json", study=claimed).json[0]["for"] == 0
    done("undo", study=claimed)
    assert done("claims", "--format", "json", study=claimed).json[0]["for"] == 1


def test_the_file_goes_out_and_in(claimed: Path, tmp_path: Path) -> None:
    done("claims", "cite", "1", "alfa", "--quote", QUOTE, study=claimed)
    file = tmp_path / "claims.md"
    done("claims", "export", str(file), study=claimed)
    again = done("claims", "import", str(file), study=claimed)
    assert "0 new, 0 changed, 1 as they were" in again.err
    file.write_text(file.read_text(encoding="utf-8").replace("state: tentative", "state: upheld"), encoding="utf-8")
    assert "0 new, 1 changed" in done("claims", "import", str(file), study=claimed).err
    file.write_text(file.read_text(encoding="utf-8").replace("state: upheld", "state: true"), encoding="utf-8")
    wrong = qda("claims", "import", str(file), study=claimed)
    assert wrong.code == 1
    assert f"{file}:6: 'true' is no state of a claim" in wrong.err


def test_check_proves_the_report_and_the_citations(claimed: Path) -> None:
    done("claims", "cite", "1", "alfa", "--quote", QUOTE, study=claimed)
    file = claimed / "exports" / "claims.md"
    done("report", "claims", "--format", "md", "-o", str(file), study=claimed)
    assert "verbatim" in done("check", study=claimed).err
    file.write_text(file.read_text(encoding="utf-8").replace("at all", "much"), encoding="utf-8")
    assert "exports/claims.md:" in qda("check", study=claimed).out


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("claims", "show", "9"), "there is no claim '9'"),
        (("claims", "cite", "1"), "say what is cited"),
        (("claims", "cite", "1", "alfa"), "say where the words stand"),
        (("claims", "cite", "1", "alfa", "x", "9"), "START is a whole number"),
        (("claims", "cite", "1", "alfa", "0", "9", "--quote", "x"), "leave out START and END"),
        (("claims", "cite", "1", "alfa", "--quote", "nowhere to be found"), "does not stand in 'alfa'"),
        (("claims", "cite", "1", "alfa", "--coding", "x"), "leave out the source"),
        (("claims", "cite", "1", "alfa", "0", "9", "--edited", "x", "--translated", "y"), "give one of them"),
        (("claims", "cite", "1", "alfa", "0", "9", "--translated", "y"), "say who translated"),
        (("claims", "uncite", "ffff"), "there is no citation 'ffff'"),
        (("claims", "edit", "1"), "say what to change"),
        (("claims", "edit", "1", "--grade", "probable"), "needs a reason"),
        (("claims", "state", "1", "true"), "'true' is no state of a claim"),
        (("claims", "add", "Nobody trusts the office"), "is here already"),
        (("report", "claims", "--footnote", "<nothing>"), "no attribute 'nothing'"),
        (("report", "frequency", "--public"), "--public belongs to 'qda report claims'"),
        (("settings", "grade rule", "sure"), "is no part of a rule"),
        (("settings", "footnote", "notes: x"), "for all other kinds of sources"),
    ],
)
def test_what_is_refused_changes_nothing(claimed: Path, words: tuple[str, ...], said: str) -> None:
    before = done("history", "--format", "json", study=claimed).out
    result = qda(*words, study=claimed)
    assert result.code in (1, 2)
    assert said in result.err
    assert result.err.count("\n") == 1
    assert done("history", "--format", "json", study=claimed).out == before


def test_m28_what_reviewers_say_is_kept_with_their_names_and_what_became_of_the_claims(
    study: Path, tmp_path: Path
) -> None:
    for number in range(5):
        done("claims", "add", f"Finding {'abcde'[number]}", study=study)
    ids = [row["id"] for row in done("claims", "--format", "json", study=study).json]
    comments = [(number % 5, f"Reviewer {number}", f"Comment {number}.") for number in range(8)]
    file = tmp_path / "comments.jsonl"
    lines = [
        {"text": text, "type": "analytic", "coder": who, "at": "2024-07-01T10:00:00Z", "target": {"claim": ids[claim]}}
        for claim, who, text in comments
    ]
    file.write_text("".join(f"{json.dumps(line)}\n" for line in lines), encoding="utf-8")
    done("memos", "import", str(file), study=study)
    for number, state in enumerate(("upheld", "changed", "contested", "upheld", "contested")):
        done("claims", "state", ids[number], state, "--reason", f"because {number}", study=study)
    for number, uid in enumerate(ids):
        shown = done("claims", "show", uid, study=study).out
        assert [f"{who}: {text}" in shown for claim, who, text in comments if claim == number] == [True] * (
            2 if number < 3 else 1
        )
        assert f"'because {number}'" in shown.partition("Log:")[2]
