"""Translations in the store: with corrected texts, in merges, and in hand-outs."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from store_world import add, document, make, problems, state_from_scratch

from qda.errors import QdaError
from qda.model.rounds import Part, Terms
from qda.store import Study
from qda.store.backup import write_backup
from qda.store.handout import hand_out
from qda.store.merge import merge
from qda.store.revisions import edit_source
from qda.store.translations import AlignedRow

if TYPE_CHECKING:
    from pathlib import Path

NL = "Een begin.\n\nHet midden is lang en traag.\n\nEen slot.\n"
EN = "A start.\n\nThe middle is long and slow.\n\nAn end.\n"


@pytest.fixture
def linked(tmp_path: Path) -> Study:
    """Two texts of three paragraphs, one the translation of the other."""
    study = make(tmp_path / "study")
    add(study, document(NL, "nl"))
    add(study, document(EN, "en"))
    study.translations.link("en", "nl", translator="Bo")
    return study


def said(study: Study) -> list[tuple[str, str]]:
    """The first words of the stretches that are aligned."""
    one = study.translations.get("en")
    ours, theirs = study.sources.text(one.source), study.sources.text(one.original)
    pairs = study.translations.alignment(one).pairs
    return [(ours[pair.start : pair.end].split(".")[0], theirs[pair.first : pair.last].split(".")[0]) for pair in pairs]


AS_PROPOSED = [
    ("A start", "Een begin"),
    ("The middle is long and slow", "Het midden is lang en traag"),
    ("An end", "Een slot"),
]


def test_the_alignment_follows_both_texts_and_undo_brings_it_back(linked: Study) -> None:
    assert said(linked) == AS_PROPOSED
    edit_source(linked, "nl", document("Vooraf.\n\n" + NL.replace("lang en traag", "heel lang en erg traag")), {})
    edit_source(linked, "en", document(EN.replace("A start.\n\n", "")), {})
    assert said(linked) == [
        ("The middle is long and slow", "Het midden is heel lang en erg traag"),
        ("An end", "Een slot"),
    ]
    assert not linked.translations.is_stale(linked.translations.get("en"))
    assert (problems(linked), state_from_scratch(linked)) == ([], linked.state_hash())
    linked.changes.undo()
    linked.changes.undo()
    assert said(linked) == AS_PROPOSED


def test_a_text_that_came_in_by_a_merge_is_followed_when_it_is_read(linked: Study, tmp_path: Path) -> None:
    file = tmp_path / "copy.db"
    write_backup(linked.database, file)
    with Study.open(file, coder="bram") as copy:
        edit_source(copy, "en", document("Before.\n\n" + EN), {})
    linked.translations.align("en", [AlignedRow("1 to 2", "1")], only=False)
    merge(linked, file)
    assert problems(linked) == []
    assert linked.translations.is_stale(linked.translations.get("en"))
    assert said(linked)[0][1] == "Een begin"
    assert said(linked)[-1] == ("An end", "Een slot")
    linked.translations.align("en")
    assert not linked.translations.is_stale(linked.translations.get("en"))


def test_a_hand_out_has_the_link_where_it_has_both_texts(linked: Study, tmp_path: Path) -> None:
    for number, names in enumerate((("nl", "en"), ("en",))):
        sources = [linked.sources.get(name) for name in names]
        parts = [Part(one.key, one.revision_key, whole=True, start=0, end=0) for one in sources]
        linked.rounds.make(f"round {number}", ("anna", "bram"), parts, Terms(blind=False))
        file = tmp_path / f"{number}.db"
        hand_out(linked, f"round {number}", "bram", file)
        with Study.open(file) as copy:
            assert len(copy.translations.all()) == (1 if len(names) == 2 else 0)
            assert problems(copy) == []


def test_a_translation_of_a_translation_counts_by_itself(linked: Study) -> None:
    add(linked, document("Begynnelsen.\n", "no"))
    with pytest.raises(QdaError, match="'en' is a translation itself"):
        linked.translations.link("no", "en")
    one, other = (linked.sources.get(name) for name in ("no", "en"))
    with linked.action("translation", "as two merged copies may have it") as change:
        change.insert("translation", [(one.key, other.key, "", "", one.revision_key, other.revision_key, "")])
    assert linked.translations.roots() == {other.key: linked.sources.get("nl").key}
    assert linked.translations.chained() == [one.key]
