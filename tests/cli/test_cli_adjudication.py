"""`qda round disagreements`, `decide`, `agree`, `reopen`, `done`: from a revealed round to a consensus that counts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from cli_world import done, qda

if TYPE_CHECKING:
    from pathlib import Path

SOURCE = "no_official"
CODE = "strategy/rule_creation"


@pytest.fixture
def pilot(demo: Path) -> Path:
    """The sample study, with a round of one source of two new coders, who are apart in three ways."""
    done("round", "new", "pilot", "--for", "Dora", "--for", "Emil", "--source", SOURCE, study=demo, coder="Lead")
    for coder, spans in (("Dora", ((100, 190), (300, 400), (500, 560))), ("Emil", ((100, 190), (320, 400)))):
        for start, end in spans:
            done("codings", "add", SOURCE, CODE, str(start), str(end), study=demo, coder=coder)
        done("round", "submit", "pilot", study=demo, coder=coder)
    return demo


@pytest.fixture
def revealed(pilot: Path) -> Path:
    done("round", "reveal", "pilot", study=pilot, coder="Lead")
    return pilot


def places(study: Path, *words: str) -> list[dict[str, Any]]:
    listed: list[dict[str, Any]] = done("round", "disagreements", "pilot", *words, "--format", "json", study=study).json
    return listed


def consensus(study: Path) -> list[tuple[int, int]]:
    rows = done("report", "excerpts", "--layer", "consensus", "--source", SOURCE, "--format", "json", study=study).json
    return [(row["start"], row["end"]) for row in rows["rows"]]


def test_from_the_list_to_a_consensus_that_counts(revealed: Path) -> None:
    found = places(revealed)
    assert [(one["place"], one["start"], one["end"], one["kinds"], one["state"]) for one in found] == [
        (1, 100, 190, ["agreed"], "open"),
        (2, 300, 400, ["boundary"], "open"),
        (3, 500, 560, ["missed"], "open"),
    ]
    assert found[2]["coders"] == [f"Dora: {CODE} 500-560", "Emil: nothing"]
    before = consensus(revealed)
    said = done("round", "agree", "pilot", "--ends", "lead:Emil", "--dry-run", study=revealed).err
    assert "2 places would be taken over" in said
    assert consensus(revealed) == before
    done("round", "agree", "pilot", "--ends", "lead:Emil", study=revealed, coder="Lead")
    assert sorted(set(consensus(revealed)) - set(before)) == [(100, 190), (320, 400)]
    assert [one["place"] for one in places(revealed, "--open")] == [3]
    words = ("--span", "510:550", "--reason", "Shorter.", "--mode", "arbiter")
    said = done("round", "decide", "pilot", found[2]["id"][:8], *words, study=revealed, coder="Lead").err
    assert "3 of 3 places decided." in said
    (last,) = places(revealed, "--kind", "missed")
    assert [last[name] for name in ("decision", "by", "mode", "reason")] == [
        *("a new span", "Lead", "arbiter", "Shorter.")
    ]
    assert f"done in {SOURCE}." in done("round", "done", "pilot", study=revealed, coder="Lead").err
    assert "2 of 3 places decided." in done("round", "reopen", "pilot", "3", study=revealed).err
    assert [one["place"] for one in places(revealed, "--open")] == [3]
    done("undo", study=revealed)
    assert places(revealed, "--open") == []
    assert done("check", study=revealed).code == 0


def test_before_the_reveal_it_is_refused_in_a_sentence(pilot: Path) -> None:
    for words in (("disagreements", "pilot"), ("agree", "pilot"), ("decide", "pilot", "1", "--take", "all")):
        result = qda("round", *words, study=pilot, coder="Lead")
        assert result.code == 1
        assert "is blind and not revealed" in result.err
        assert result.err.count("\n") == 1


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("decide pilot 1", "say what is taken"),
        ("decide pilot 1 --take all --span 1:2", "give one of them"),
        ("decide pilot 9 --take all", "there is no place '9': the places are 1-3"),
        ("decide pilot 3 --take Emil", "Emil has nothing at place 3"),
        ("decide pilot 3 --take Nobody", "'Nobody' is none of Dora, Emil, all, none and recode"),
        ("decide pilot 3 --span 9", "--span is START:END"),
        ("decide pilot 3 --span 9:20", "does not meet place 3"),
        ("decide pilot 3 --take all --mode vote", "--mode is discussion or arbiter"),
        ("decide pilot 3 --take all --code nothing", "nothing"),
        ("agree pilot --ends most", "ends are union, intersection or lead:NAME"),
        ("agree pilot --source nowhere", "there is no source named 'nowhere'"),
        ("disagreements pilot --kind odd", "--kind is one of agreed"),
        ("disagreements pilot --context x", "--context is a whole number"),
        ("disagreements pilot --coder Dora", "--coder goes with '-'"),
        ("done pilot --source no_official", "3 places of 'no_official' are open"),
        ("disagreements nothing", "there is no round named 'nothing'"),
    ],
)
def test_what_is_refused_changes_nothing(revealed: Path, words: str, said: str) -> None:
    before = done("history", "--format", "json", study=revealed).out
    result = qda("round", *words.split(), study=revealed, coder="Lead")
    assert result.code in (1, 2)
    assert said in result.err
    assert result.err.count("\n") == 1
    assert done("history", "--format", "json", study=revealed).out == before
