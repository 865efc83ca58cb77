"""What the tests of adjudication share: a small study with a round that is handed in and revealed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from qda.model.codebook import Codebook, CodeEntry
from qda.model.rounds import Part, Terms
from qda.model.transcript import Transcript
from qda.reports.adjudication.deciding import Wanted, agreed_rulings, decide
from qda.reports.adjudication.worklist import Item, WorkList, work_list
from qda.store import Study
from qda.store.check import check_study
from qda.store.coding_lines import CodingRow

if TYPE_CHECKING:
    from pathlib import Path

TEXT = "The return was voluntary. Nobody asked me. We talked for hours about going home."
OTHER = "They came at night. I do not trust the police. That was all."
# source, code, coder, start, end
CODINGS = (
    ("talk", "trust", "anna", 0, 25),
    ("talk", "trust", "bram", 0, 25),  # 1: agreed
    ("talk", "fear", "anna", 26, 42),
    ("talk", "fear", "bram", 33, 42),  # 2: boundary
    ("talk", "trust", "anna", 43, 52),  # 3: missed
    ("talk", "trust/police", "anna", 53, 80),
    ("talk", "fear", "bram", 53, 80),  # 4: different code
    ("visit", "fear", "bram", 0, 19),  # 5: extra
)


def make(folder: Path, *, blind: bool = True, reveal: bool = True, coders: tuple[str, ...] = ("anna", "bram")) -> Study:
    """A study with two sources, which coders have coded in the round `pilot`."""
    study = Study.create(folder, coder="lead")
    for name, text in (("talk", TEXT), ("visit", OTHER)):
        study.sources.add(Transcript(name, "txt", text.encode(), text, "utf-8"), speakers={})
    book = (CodeEntry("trust", children=(CodeEntry("police"),)), CodeEntry("fear"), CodeEntry("unused"))
    study.codebook.import_codebook(Codebook("", {}, book), "the codebook")
    sources = [study.sources.get(name) for name in ("talk", "visit")]
    parts = [Part(one.key, one.revision_key, whole=True, start=0, end=0) for one in sources]
    study.rounds.make("pilot", coders, parts, Terms(blind=blind))
    for coder in coders:
        study.coder = coder
        rows = [CodingRow(1, *words, start, end) for *words, start, end in CODINGS if words[2] == coder]
        study.codings.import_rows(rows, f"codings of {coder}")
        study.rounds.submit("pilot")
    study.coder = "lead"
    if reveal:
        study.rounds.reveal("pilot")
    return study


def pilot(study: Study) -> WorkList:
    """The work list of the round."""
    return work_list(study, "pilot")


def take(study: Study, number: int, take: str = "", **more: Any) -> Item:
    """Decide on a place of the round; returns it as it was before."""
    work = pilot(study)
    decide(study, work, [work.items[number - 1]], Wanted(take, **more))
    return work.items[number - 1]


def agree(study: Study, ends: str = "union") -> int:
    """Take over what is agreed."""
    made, _ = agreed_rulings(pilot(study), Wanted(ends=ends))
    study.decisions.decide(made, "agreed")
    return len(made)


def consensus(study: Study) -> list[tuple[str, str, int, int]]:
    """The codings of the consensus: source, code, start, end."""
    paths = {code.key: code.path for code in study.codebook.tree().codes}
    names = {source.key: source.name for source in study.sources.all()}
    found = [one for one in study.codings.all() if one.layer == "consensus"]
    return sorted((names[one.source], paths[one.code], one.start, one.end) for one in found)


def states(study: Study) -> list[str]:
    """The state of each place of the round."""
    return [item.state for item in pilot(study).items]


def problems(study: Study) -> list[str]:
    """What `qda check` finds wrong."""
    return check_study(study, lambda _: None)
