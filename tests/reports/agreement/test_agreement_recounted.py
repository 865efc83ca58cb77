"""The agreement report of whole studies against a recount that knows only the published methods."""

from __future__ import annotations

import os
import random
import tempfile
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from recount import Recount, Text, Told

from qda.language.sentences import sentences
from qda.model.codebook import Codebook, CodeEntry
from qda.model.selection import Selection
from qda.model.transcript import SpokenTurn, Transcript
from qda.reports.registry import report_function
from qda.store.coding_lines import CodingRow
from qda.store.not_data import NotDataRow
from qda.store.progress import ProgressRow
from qda.store.study import Study

EXAMPLES = int(os.environ.get("QDA_EXAMPLES", "10"))
SHM = Path("/dev/shm")
FAST = SHM if SHM.is_dir() else None
WORDS = "So we went. 😀 Nobody came; it was \ncold. Then home? Yes! "
CODERS = ("Cem", "Anna", "Bram")
EARLY = ("x", "f", "f/p", "f/q", "f/r", "o", "o/low", "o/mid", "o/high", "o/none")
CODES = (*EARLY, "late")
LEVELS = {"o": ("o/low", "o/mid", "o/high")}
Coding = tuple[str, str, str, int, int]


def codebook(*more: str) -> Codebook:
    """A family whose codes exclude each other, one with an order and a child outside of it, and a plain code or two."""
    p, q, r, low, mid, high = (CodeEntry(name) for name in ("p", "q", "r", "low", "mid", "high"))
    families = (
        CodeEntry("f", exclusive="text", children=(p, q, r)),
        CodeEntry("o", ordinal=True, children=(low, mid, high, CodeEntry("none", outside=True))),
    )
    return Codebook("codebook", {}, (CodeEntry("x"), *families, *(CodeEntry(name) for name in more)))


@dataclass(frozen=True)
class Drawn:
    """A study before it is made; a state is what a coder said of a source, and under which version."""

    turns: dict[str, list[tuple[int, int]]]
    sizes: dict[str, int]
    not_data: dict[str, list[tuple[int, int]]]
    codings: list[Coding]
    states: dict[tuple[str, str], tuple[str, str]]
    exclusive: bool
    chosen: tuple[str, ...]


def drawn_by(seed: int, *, tidy: bool) -> Drawn:
    """Two or three coders, one to four sources; where `tidy`, nobody puts two codes of the family on one place.

    Coders mostly mean the same passages, with other ends or another code; some end where others begin.
    """
    rnd = random.Random(seed)
    sizes = {f"t{number}": rnd.choice((1, 9, 30, 48, 48, 60)) for number in range(rnd.randint(1, 4))}
    coders = CODERS[: rnd.choice((2, 3, 3))]
    turns = {name: [one for one in _apart(rnd, size) if rnd.random() < 0.8] for name, size in sizes.items()}
    not_data = {name: [one for one in _apart(rnd, size) if rnd.random() < 0.15] for name, size in sizes.items()}
    codings: list[Coding] = []
    for name, size in sizes.items():
        meant = [] if rnd.random() < 0.15 else _apart(rnd, size) if tidy else [_span(rnd, size) for _ in range(7)]
        codes = [rnd.choice(("f/p", "f/p", "f/q", "f/r", "f") if tidy else (*CODES, *LEVELS["o"] * 3)) for _ in meant]
        for coder in coders:
            end = 0
            for span, code in zip(meant, codes, strict=True):
                moved = sorted(max(0, min(size, edge + rnd.choice((0, 0, 0, -1, 1, 3)))) for edge in span)
                start = max(moved[0], end) if tidy else moved[0]
                if rnd.random() < 0.25 or start >= moved[1]:
                    continue
                end = moved[1]
                given = rnd.choice(("f/q", "f/r") if tidy else ("f/q", "x", "o/high")) if rnd.random() < 0.2 else code
                codings.append((name, given, coder, start, end))
    said = [("done", "2")] * 4 + ([] if tidy else [("done", "1"), ("in progress", "2"), None])
    asked = [(name, coder) for name in sizes for coder in coders] if rnd.random() < 0.75 else []
    states = {key: one for key in asked if (one := rnd.choice(said))}
    return Drawn(turns, sizes, not_data, list(dict.fromkeys(codings)), states, tidy, ("f",) if tidy else ())


def _apart(rnd: random.Random, size: int) -> list[tuple[int, int]]:
    """Spans in order, some of which touch."""
    edges = sorted(rnd.sample(range(size + 1), min(size + 1, rnd.randint(3, 8))))
    return [one for one in pairwise(edges) if rnd.random() < 0.75]


def _span(rnd: random.Random, size: int) -> tuple[int, int]:
    start = rnd.randrange(size)
    return start, rnd.randint(start + 1, size)


def make(folder: Path, drawn: Drawn) -> Study:
    """The study itself."""
    study = Study.create(folder, coder=CODERS[0])
    with study.action("coder", "all") as change:
        study.coders.make(change, CODERS)
    for name, size in drawn.sizes.items():
        text = (WORDS * 2)[:size]
        spoken = tuple(SpokenTurn(start, start, end, None) for start, end in drawn.turns[name])
        study.sources.add(Transcript(name, "txt", f"{name} {text}".encode(), text, "utf-8", spoken), speakers={})
    rows = [NotDataRow(name, *span, "head") for name, spans in drawn.not_data.items() for span in spans]
    study.not_data.import_rows(rows, "heads")
    study.codebook.import_codebook(codebook(), "codes")
    study.codebook.import_codebook(codebook("late"), "codes")
    progress = [ProgressRow(*key, state, version, "independent") for key, (state, version) in drawn.states.items()]
    study.progress.import_rows(progress, "progress")
    coded = [CodingRow(number, *one) for number, one in enumerate(drawn.codings, start=1)]
    assert study.codings.import_rows(coded, "all").added == len(drawn.codings)
    return study


def told(drawn: Drawn, study: Study) -> Told:
    """The study as the recount takes it; where sentences end is the business of others."""
    coded: dict[tuple[str, str, str], list[tuple[int, int]]] = {}
    for name, code, coder, start, end in drawn.codings:
        coded.setdefault((name, coder, code), []).append((start, end))
    if drawn.states:
        done = {
            name: [who for who in CODERS if drawn.states.get((name, who), ("",))[0] == "done"] for name in drawn.sizes
        }
    else:
        there = [who for who in CODERS if any(who == one[2] for one in drawn.codings)]
        done = {name: there if any(name == one[0] for one in drawn.codings) else [] for name in drawn.sizes}
    texts = {}
    for name, size in drawn.sizes.items():
        source = study.sources.get(name)
        text, at, cut = study.sources.text(source.key), 0, list[tuple[int, int]]()
        for start, end in (*drawn.turns[name], (size, size)):
            for one in ((at, start), (start, end)):
                cut += sentences(text, *one, source.language) if one[0] < one[1] else []
            at = end
        texts[name] = Text(size, drawn.not_data[name], {"turn": drawn.turns[name], "sentence": cut})
    codes = tuple(code for code in CODES if code.startswith("f")) if drawn.chosen else CODES
    lacked = {key: ("late",) for key, said in drawn.states.items() if said == ("done", "1")}
    levels = {} if drawn.chosen else LEVELS
    return Told(texts, CODERS, codes, coded, done, {} if drawn.chosen else lacked, levels, drawn.exclusive)


def same(drawn: Drawn) -> None:
    with tempfile.TemporaryDirectory(dir=FAST) as folder, make(Path(folder), drawn) as study:
        asked = Selection(codes=drawn.chosen)
        report = report_function("agreement")(study, asked, by_source=True, intervals="none")
        expected = Recount(told(drawn, study)).count()
    found = {row[:6]: dict(zip(report.table.columns, row, strict=True)) for row in report.table.rows}
    assert len(found) == len(report.table.rows), "a row stands twice"
    assert found.keys() == expected.keys()
    for key, value in expected.items():
        got = found[key]["value"]
        assert (got is None) == (value is None), (key, got, value)
        assert (got is None) == bool(found[key]["reason"]), key
        if value is not None:
            assert got == pytest.approx(float(value), abs=1e-9, rel=1e-9), key


examine = settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))


@given(st.integers(0, 2**32))
@example(29811)  # a code that only one of those who are done with a source had then
@examine
def test_every_row_of_a_study(seed: int) -> None:
    same(drawn_by(seed, tidy=False))


@given(st.integers(0, 2**32))
@examine
def test_every_row_of_codes_that_exclude_each_other(seed: int) -> None:
    same(drawn_by(seed, tidy=True))
