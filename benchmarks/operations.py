"""The product's operations inside one process: what is imported and opened beforehand is not counted.

Each function gets ready and gives the work that is measured; `main()` runs the one that is named.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from limits import ADDED
from measure import print_cost, print_times

if TYPE_CHECKING:
    from collections.abc import Callable


def read_texts(folder: str, study_folder: str) -> Callable[[], int]:
    """Take plain texts in with their turns, one change each."""
    from qda.io.incoming import known_speakers
    from qda.io.transcripts import read_transcript
    from qda.store import Study

    study = Study.create(study_folder, "bench")

    def work() -> int:
        turns = 0
        for file in sorted(Path(folder).iterdir()):
            transcript = read_transcript(file)
            study.sources.add(transcript, speakers=known_speakers(transcript, {}))
            turns += len(transcript.turns)
        return turns

    return work


def open_study(file: str) -> Callable[[], int]:
    """Open a study and ask one thing."""
    from qda.store import Study

    return lambda: len(Study.open(file).coders.all())


def comparison(file: str) -> Callable[[], int]:
    """Codes by country."""
    from qda.model.selection import Selection
    from qda.reports.comparison import comparison as compare
    from qda.store import Study

    study = Study.open(file)
    return lambda: len(compare(study, Selection(by=("country",))).table.rows)


KAPPA = ("a", "b", "c", "d", "percent", "kappa", "scott_pi", "alpha", "ac1", "bp", "positive", "jaccard")


def agreement(file: str) -> Callable[[], int]:
    """The kappa family of every code and pair of coders, without intervals."""
    from qda.model.selection import Selection
    from qda.reports.agreement_report import agreement as compare
    from qda.store import Study

    study = Study.open(file)
    return lambda: len(compare(study, Selection(), unit=("char",), stat=KAPPA, intervals="none").table.rows)


def excerpts(file: str) -> Callable[[], int]:
    """Every coding as Markdown, from the study to the bytes of the file."""
    from qda.io.markdown import excerpts_markdown
    from qda.model.selection import Selection
    from qda.reports.excerpts import excerpts as gather
    from qda.store import Study

    study = Study.open(file)
    return lambda: len(excerpts_markdown(gather(study, Selection())).encode("utf-8"))


def search(file: str, phrase: str) -> Callable[[], int]:
    """All places of a phrase, through case and line ends."""
    from qda.reports.search import search as find
    from qda.store import Study

    study = Study.open(file)
    return lambda: len(find(study, phrase))


def add(file: str) -> Callable[[int], object]:
    """One coding more, durable."""
    from qda.store import Study

    study = Study.open(file, "Anna")
    source = study.sources.all()[0].name
    code = study.codebook.tree().codes[0].path
    return lambda number: study.codings.apply(source, code, number, number + 50)


_PARTS: dict[str, Callable[..., Callable[[], int]]] = {
    "read_texts": read_texts,
    "open_study": open_study,
    "comparison": comparison,
    "agreement": agreement,
    "excerpts": excerpts,
    "search": search,
}


def main() -> None:
    """Do what the first word names, with the other words."""
    name, *words = sys.argv[1:]
    if name in _PARTS:
        print_cost(_PARTS[name](*words))
    else:
        print_times(add(*words), ADDED)
