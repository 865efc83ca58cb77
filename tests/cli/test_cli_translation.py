"""`qda translation`: linking, aligning by hand, and what becomes of it all."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from cli_world import done, qda

if TYPE_CHECKING:
    from pathlib import Path

ENGLISH = """Int: How did it begin?

Ona: It began at sea.

Ona: We relied on the boat, not on people.

Int: And now?

Ona: Now I rely on my neighbour. She calls back.

Int: Thanks.
"""
LINK = ("translation", "link", "beta-en", "beta")


@pytest.fixture
def linked(study: Path) -> Path:
    """The small study with a translation of `beta`, not yet linked; one passage is coded there."""
    file = study / "beta-en.txt"
    file.write_text(ENGLISH, encoding="utf-8")
    speakers = study / "who.csv"
    speakers.write_text("Int,interviewer\nOna,respondent\n", encoding="utf-8")
    done("import", str(file), "--speakers", str(speakers), study=study)
    start = ENGLISH.index("We relied")
    done("codings", "add", "beta-en", "trust", str(start), str(start + 9), study=study, coder="Bram")
    return study


def pairs(study: Path) -> list[tuple[str, str, int]]:
    rows = done("translation", "show", "beta-en", "--format", "json", study=study).json
    return [(row["part"], row["original"], row["codings"]) for row in rows]


def trust(study: Path) -> dict[str, int]:
    rows = done("report", "frequency", "--code", "trust", "--format", "json", study=study).json["rows"]
    return {name: next(row for row in rows if row["code"] == "trust")[name] for name in ("passages", "sources")}


def test_what_is_confidential_is_so_in_the_other_language_too(linked: Path) -> None:
    done(*LINK, "--language", "en", "--translator", "Bo", "--method", "by hand", study=linked)
    done("codings", "add", "beta", "trust", "40", "60", study=linked)
    done("sensitive", "add", "beta-en", "--quote", "We relied on the boat", "--reason", "asked", study=linked)
    for name in ("anna", "bram", "ona"):
        done("leaks", "allow", name, "--everywhere", study=linked)
    inside = done("report", "excerpts", "--format", "json", study=linked).out
    outside = done("report", "excerpts", "--profile", "public", "--format", "json", study=linked)
    assert "relied" in inside
    assert "stolte" in inside
    assert "relied" not in outside.out
    assert "stolte" not in outside.out
    assert any("withheld: " in note for note in outside.json["notes"])


def test_a_translation_is_linked_aligned_corrected_and_unlinked(linked: Path) -> None:
    assert trust(linked) == {"passages": 2, "sources": 2}
    said = done(*LINK, "--language", "en", "--translator", "Bo", "--method", "by hand", study=linked)
    assert said.err.splitlines() == [
        "5 pairs: parts of 'beta-en' and of its original that say the same",
        "'qda translation show beta-en' lists them side by side; 'align' puts them right",
    ]
    rows = done("translation", "--format", "json", study=linked).json
    assert [tuple(row.values()) for row in rows] == [("beta-en", "beta", "en", "Bo", "by hand", 5, "no")]
    proposed = [("1", "1", 0), ("2 to 3", "2", 1), ("4", "3", 0), ("5", "4", 0), ("6", "5", 0)]
    assert pairs(linked) == proposed
    assert trust(linked) == {"passages": 1, "sources": 1}
    said = done("translation", "align", "beta-en", "--pair", "2=2", "--pair", "3=", study=linked)
    assert "without a counterpart: 3 of the translation, none of the original" in said.err
    assert pairs(linked)[1:3] == [("2", "2", 0), ("3", "", 1)]
    assert "Not counted: 1 coding in beta-en" in done("report", "frequency", study=linked).out
    assert "1 coding is counted nowhere, on words of the translation" in done("check", study=linked).err
    table = linked / "pairs.csv"
    done("translation", "show", "beta-en", "--format", "csv", "-o", str(table), study=linked)
    table.write_text(table.read_text(encoding="utf-8").replace("\n2,2,", "\n2 to 3,2,"), encoding="utf-8")
    done("translation", "align", "beta-en", str(table), study=linked)
    assert pairs(linked) == proposed
    done("undo", study=linked)
    assert ("3", "", 1) in pairs(linked)
    done("translation", "align", "beta-en", "--propose", study=linked)
    assert pairs(linked) == proposed
    done("translation", "unlink", "beta-en", study=linked)
    assert trust(linked) == {"passages": 2, "sources": 2}
    assert done("translation", study=linked).err.startswith("No source is linked as a translation")


def test_a_corrected_text_takes_the_alignment_along(linked: Path) -> None:
    done(*LINK, study=linked)
    file = linked / "beta-en.txt"
    file.write_text(
        ENGLISH.replace("How did it begin?", "So tell me: how did it begin?").replace("Int: And now?\n\n", ""),
        encoding="utf-8",
    )
    done("source", "edit", "beta-en", str(file), study=linked)
    assert pairs(linked) == [("1", "1", 0), ("2 to 3", "2", 1), ("", "3", 0), ("4", "4", 0), ("5", "5", 0)]
    assert trust(linked) == {"passages": 1, "sources": 1}
    assert done("check", study=linked).code == 0
    assert done("translation", "--format", "json", study=linked).json[0]["stale"] == "no"


REFUSED = (
    (("link", "beta-en", "beta-en"), "a source is not the translation of itself"),
    (("link", "alfa", "beta-en"), "'beta-en' is a translation itself"),
    (("link", "beta", "alfa"), "'beta' has translations itself"),
    (("link", "beta-en", "alfa"), "'beta-en' is the translation of another source already"),
    (("link", "beta-en", "delta"), "delta"),
    (("align", "beta-en"), "say what is aligned"),
    (("align", "beta-en", "--pair", "1=1", "--propose"), "say what is aligned"),
    (("align", "beta-en", "--pair", "1"), "'1' is no pair"),
    (("align", "beta-en", "--pair", "9=1"), "there is no part 9; there are 6"),
    (("align", "beta-en", "--pair", "x=1"), "'x' is no part"),
    (("align", "alfa", "--propose"), "'alfa' is not linked as a translation"),
    (("unlink", "alfa"), "'alfa' is not linked as a translation"),
)


def test_what_cannot_be_is_one_sentence_and_changes_nothing(tmp_path: Path) -> None:
    study = tmp_path / "study"
    done("init", str(study))
    for name, text in (("alfa", "A: Hm?\n\nB: Ja.\n"), ("beta", "A: Hm?\n\nB: Ja.\n"), ("beta-en", ENGLISH)):
        file = tmp_path / f"{name}.txt"
        file.write_text(text + name, encoding="utf-8")
        done("import", str(file), "--speakers", "yes", study=study)
    done(*LINK, study=study)
    before = done("translation", "--format", "json", study=study).json
    for words, said in REFUSED:
        refused = qda("translation", *words, study=study)
        assert (refused.code in (1, 2), said in refused.err, refused.err.count("\n")) == (True, True, 1), refused.err
    assert done("translation", "--format", "json", study=study).json == before
