"""Writes the study that stays in the tests for each released schema: `python tests/store/make_frozen_study.py`.

Run it once, when a schema is released, and never again for that schema: later versions must open what it wrote.
The study has something of everything, and things that were undone, edited, merged and lost.
"""

from __future__ import annotations

import gzip
import json
import sys
import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from unittest import mock

from store_world import ENGLISH, INTERVIEW, add, another, document, rich, speakers, spoken

from qda.store import change, codings, memos
from qda.store.revisions import edit_source
from qda.store.schema import SCHEMA_VERSION

DATA = Path(__file__).parent / "data"


class Clock:
    """A second later each time it is asked."""

    moment = datetime(2026, 1, 1, 12, 0, tzinfo=UTC)

    @classmethod
    def now(cls, _: object = None) -> datetime:
        cls.moment += timedelta(seconds=1)
        return cls.moment

    @classmethod
    def written(cls) -> str:
        return cls.now().strftime("%Y-%m-%dT%H:%M:%SZ")


def frozen(folder: Path) -> dict[str, Any]:
    """Make the study; returns what is known of it."""
    Clock.moment = datetime(2026, 1, 1, 12, 0, tzinfo=UTC)
    with (
        mock.patch.object(change, "datetime", Clock),
        mock.patch.object(codings, "now", Clock.written),
        mock.patch.object(memos, "now", Clock.written),
    ):
        study = rich(folder, "frozen")
        add(study, document(f"Another letter. {ENGLISH}", "letter"))
        study.codings.apply("letter", "fear", 0, 15)
        study.codings.apply("letter", "trust", 16, 40)
        edit_source(study, "letter", document(ENGLISH, "letter"), {})
        edited = spoken("u", *((turn.label or "", "Well. " + _said(turn)) for turn in INTERVIEW.turns))
        edit_source(study, "u", edited, speakers(edited))
        study.codebook.rename("fear", "worry")
        study.codebook.move("trust/police", "worry")
        study.codebook.add("merged")
        study.codings.apply("t", "merged", 3, 9)
        study.codebook.merge("merged", "trust")
        with another(study, "bram") as bram:
            bram.database.new_uid = study.database.new_uid
            bram.codings.apply("t", "trust", 4, 10)
            bram.settings.set("x", "1")
            bram.changes.undo()
            bram.changes.undo()
            bram.changes.redo()
        study.settings.set("x", "2")
        study.changes.undo()
        known = {
            "state": study.state_hash(),
            "paths": [code.path for code in study.codebook.tree().codes],
            "codings": study.codings.count(),
            "lost": [one.uid for one in study.codings.all(lost=True)],
            "sources": {source.name: source.text_sha256 for source in study.sources.all()},
            "persons": [person.name for person in study.persons.all()],
            "memos": [memo.body for memo in study.memos.all()],
            "changes": [line.summary for line in study.changes.all()],
        }
        study.close()
    return known


def _said(turn: Any) -> str:
    return INTERVIEW.text[turn.body : turn.end]


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        known = frozen(Path(folder))
        content = (Path(folder) / "study.db").read_bytes()
    DATA.mkdir(exist_ok=True)
    name = f"study-{SCHEMA_VERSION}"
    (DATA / f"{name}.db.gz").write_bytes(gzip.compress(content, 9, mtime=0))
    (DATA / f"{name}.json").write_text(json.dumps(known, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    sys.stdout.write(f"{name}: {known['state']}\n")


if __name__ == "__main__":
    main()
