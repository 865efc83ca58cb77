"""What a dataset of 117,813 rows costs: CPU seconds of each thing that is done with it, in this process.

`python benchmarks/datasets.py [ROWS]` prints a table in Markdown. The register is made up, from a seed.
"""

from __future__ import annotations

import sys
import time
from datetime import date
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from qda.io.datasets import dataset_csv
from qda.model.dataset.recoding import Condition, Recoding
from qda.reports.datasets import checked, column_rows, crossed
from qda.store import Study

if TYPE_CHECKING:
    from collections.abc import Callable

ROWS = 117_813
HEAD = "id,nationality,sex,age,entry,exit,procedure,outcome,reason,sessions\n"
FIRST_DAY = date(2015, 1, 1).toordinal()


def register(rows: int, seed: int = 1) -> bytes:
    """A register in which some cases leave before they come, and some outcomes are `other` that were granted."""
    random = Random(seed)
    lines = []
    for number in range(rows):
        came = FIRST_DAY + random.randrange(2500)
        went = came + random.randrange(-5, 700)
        outcome = random.choice(("absconded", "returned", "other", "granted"))
        reason = "asylum granted" if outcome == "other" and random.random() < 0.5 else ""
        days = (date.fromordinal(day).isoformat() for day in (came, went))
        lines.append(
            f"{number},{random.choice('ABCDEFGHIJ')},{random.choice('FM')},{random.randrange(90)},{','.join(days)},"
            f"{random.choice(('asylum', 'transfer'))},{outcome},{reason},{random.randrange(9)}\n"
        )
    return (HEAD + "".join(lines)).encode()


def timed(name: str, act: Callable[[], Any]) -> Any:
    """Do something and print what it cost."""
    begun = time.process_time()
    found = act()
    print(f"| {name} | {time.process_time() - begun:.2f} |")
    return found


def main() -> None:
    """Measure everything once."""
    content = register(int(sys.argv[1]) if len(sys.argv) > 1 else ROWS)
    print(f"{len(content) / 1e6:.1f} MB\n\n| what | CPU seconds |\n|---|---|")
    with TemporaryDirectory() as folder, Study.create(Path(folder) / "study", "anna") as study:
        one = timed("import", lambda: study.datasets.add("register", content, "utf-8"))
        rules = ["exit not before entry", "id unique", "outcome one of absconded|returned|granted", "age from 0 to 80"]
        timed("columns", lambda: column_rows(study, one))
        timed("check, four rules", lambda: checked(study, one, rules))
        granted = Recoding("outcome", "other", "granted", (Condition("reason", "=", "asylum granted"),))
        timed("recode", lambda: study.datasets.recode("register", granted, "They were granted."))
        timed("crosstab", lambda: crossed(study, one, ["nationality", "outcome"]))
        timed("export", lambda: dataset_csv(study.datasets.data(one)))


if __name__ == "__main__":
    main()
