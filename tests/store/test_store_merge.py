"""Merging: what comes back from a hand-out or a copy, what is decided, and that nothing is doubled or lost."""

from __future__ import annotations

import gzip
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from store_world import add, another, coding, document, make, paths, problems, rich, snapshot, state_from_scratch

from qda.errors import ConflictError, QdaError
from qda.model.rounds import Part, Terms
from qda.store import Study
from qda.store.attributes import AttributeRow
from qda.store.backup import write_backup
from qda.store.handout import hand_out
from qda.store.memos import MemoRow
from qda.store.merge import Options, merge
from qda.store.revisions import edit_source

if TYPE_CHECKING:
    from collections.abc import Iterator


PLAIN = Options()


def whole(study: Study, *names: str) -> list[Part]:
    sources = [study.sources.get(name) for name in names]
    return [Part(one.key, one.revision_key, whole=True, start=0, end=0) for one in sources]


def segments(study: Study, coder: str = "") -> list[tuple[str, str, int, int]]:
    """Coder, path of the code, start and end of all codings that the study shows."""
    names = {one.key: one.name for one in study.coders.all()}
    codes = {one.key: one.path for one in study.codebook.tree().codes}
    found = [(names[one.coder], codes[one.code], one.start, one.end) for one in study.codings.all()]
    return sorted(one for one in found if coder in ("", one[0]))


@contextmanager
def copied(study: Study, file: Path, coder: str = "bram") -> Iterator[Study]:
    write_backup(study.database, file)
    with Study.open(file, coder=coder) as copy:
        yield copy


def sound(study: Study) -> None:
    assert problems(study) == []
    assert state_from_scratch(study) == study.state_hash()


def merged_twice(study: Study, file: Path, options: Options = PLAIN, *, new_version: bool = False) -> Any:
    """Merge, take it back, merge again, and once more: nothing is left behind, nothing is doubled."""
    before, lines = study.state_hash(), len(study.changes.all())
    content = file.read_bytes()
    dry = merge(study, file, Options(options.codebook, options.choices, options.theirs, True, options.anyway))
    assert study.state_hash() == before
    assert len(study.changes.all()) == lines
    done = merge(study, file, options)
    assert dry.counts == done.counts
    after = study.state_hash()
    sound(study)
    study.changes.undo()
    assert study.state_hash() == before
    sound(study)
    study.changes.redo()
    assert study.state_hash() == after
    study.changes.undo()
    assert merge(study, file, options).counts == done.counts
    assert (study.state_hash() == after) is not new_version  # each version of the codebook has a number of its own
    rows = snapshot(study)
    assert merge(study, file, options).nothing
    assert snapshot(study) == rows
    sound(study)
    assert file.read_bytes() == content
    return done


@pytest.fixture
def lead(tmp_path: Path) -> Iterator[Study]:
    """A blind round of Anna and Bram on `t`, made by somebody else; Cleo has coded before."""
    study = make(tmp_path / "study", "lead")
    study.codings.import_rows([coding(1, "a", 0, 5, coder="cleo"), coding(2, "c", 0, 9, coder="bram")], "before")
    study.rounds.make("first", ("anna", "bram"), whole(study, "t"))
    yield study
    study.close()


def work(file: Path, coder: str) -> None:
    """What a coder does in a hand-out."""
    with Study.open(file) as study:
        assert study.coder == coder
        study.codings.apply("t", "a/b", 2, 7)
        study.codebook.add("luck")
        study.codings.apply("t", "luck", 10, 20)
        study.memos.import_rows([MemoRow(f"A thought of {coder}.", "source", "t")], "memo")


# --- hand-outs ----------------------------------------------------------------------------------------------


def test_hand_outs_come_back_hidden_and_count_after_the_reveal(lead: Study, tmp_path: Path) -> None:
    for coder in ("anna", "bram"):
        hand_out(lead, "first", coder, tmp_path / f"{coder}.db")
    seen = segments(lead)
    for coder in ("bram", "anna"):
        file = tmp_path / f"{coder}.db"
        work(file, coder)
        with Study.open(file) as study:
            study.rounds.submit("first")
        done = merged_twice(lead, file)
        counts = {one.what: (one.coder, one.hidden, one.new) for one in done.counts}
        assert counts["coding"] == (coder, True, 2)
        assert counts["memo"] == (coder, True, 1)
        assert counts["submission"] == (coder, False, 1)
        assert segments(lead) == seen
        assert coder not in {line.coder for line in lead.changes.all() if line.kind == "merge"}
    with another(lead, "bram") as bram:
        assert segments(bram, "bram") == [("bram", "a/b", 2, 7), ("bram", "c", 0, 9), ("bram", "luck", 10, 20)]
        assert segments(bram, "anna") == []
    lead.rounds.reveal("first")
    assert paths(lead) == ["a", "a/b", "c", "luck", "luck (anna)"] or paths(lead)[3:] == ["luck", "luck (anna)"]
    assert segments(lead, "anna") == [("anna", "a/b", 2, 7), ("anna", "luck (anna)", 10, 20)]
    sound(lead)


def test_what_was_removed_in_the_hand_out_is_removed(lead: Study, tmp_path: Path) -> None:
    file = tmp_path / "bram.db"
    hand_out(lead, "first", "bram", file)
    with Study.open(file) as bram:
        bram.codings.remove(next(bram.codings.all()).uid)
    done = merged_twice(lead, file)
    assert [(one.what, one.removed) for one in done.counts] == [("coding", 1)]
    with another(lead, "bram") as bram:
        assert segments(bram, "bram") == []


def test_work_goes_on_in_a_hand_out_that_was_merged(lead: Study, tmp_path: Path) -> None:
    file = tmp_path / "bram.db"
    hand_out(lead, "first", "bram", file)
    work(file, "bram")
    merge(lead, file)
    with Study.open(file) as bram:
        for one in list(bram.codings.all()):
            if one.start == 2:
                bram.codings.remove(one.uid)
        bram.codings.apply("t", "luck", 30, 40)
    done = merged_twice(lead, file)
    assert [(one.what, one.new, one.removed) for one in done.counts] == [("coding", 1, 1)]
    with another(lead, "bram") as bram:
        assert segments(bram, "bram") == [("bram", "c", 0, 9), ("bram", "luck", 10, 20), ("bram", "luck", 30, 40)]


def test_what_was_handed_in_counts_though_the_coder_went_on(lead: Study, tmp_path: Path) -> None:
    file = tmp_path / "bram.db"
    hand_out(lead, "first", "bram", file)
    work(file, "bram")
    with Study.open(file) as bram:
        bram.rounds.submit("first")
        first = next(one for one in bram.codings.all() if one.start == 2)
        bram.codings.remove(first.uid)
        bram.codings.apply("t", "c", 50, 60)
    merged_twice(lead, file)
    source, key = lead.sources.get("t").key, lead.coders.find("bram")
    for _ in range(2):
        number = lead.rounds.submitted(lead.rounds.get("first").key)[key]
        frozen = sorted(one[:2] for one in lead.rounds.segments(source, key, number))
        lead.coder = "bram"
        assert sorted(one[:2] for one in lead.rounds.segments(source, key, number)) == [(0, 9), (2, 7), (10, 20)]
        assert sorted(one[2:] for one in segments(lead, "bram")) == [(0, 9), (10, 20), (50, 60)]
        lead.coder = "lead"
        assert frozen == []
        lead.changes.undo()
        assert key not in lead.rounds.submitted(lead.rounds.get("first").key)
        lead.changes.redo()
    merge_lines = [line.kind for line in lead.changes.all() if line.kind in ("merge", "continued")]
    assert set(merge_lines) == {"merge", "continued"}


def test_handing_in_after_the_reveal_is_no_part_of_the_round(lead: Study, tmp_path: Path) -> None:
    file = tmp_path / "bram.db"
    hand_out(lead, "first", "bram", file)
    work(file, "bram")
    with Study.open(file) as bram:
        bram.rounds.submit("first")
    lead.codebook.add("luck")
    lead.rounds.reveal("first", anyway=True)
    done = merged_twice(lead, file)
    assert lead.rounds.submitted(lead.rounds.get("first").key) == {}
    assert any("was revealed before this was handed in" in one for one in done.kept)
    assert "luck (bram)" in paths(lead)
    assert ("bram", "luck (bram)", 10, 20) in segments(lead)


def test_a_coding_made_on_both_sides_is_one(lead: Study, tmp_path: Path) -> None:
    file = tmp_path / "bram.db"
    hand_out(lead, "first", "bram", file)
    work(file, "bram")
    with Study.open(file) as bram:
        uid = next(one.uid for one in bram.codings.all() if one.start == 2)
        bram.memos.import_rows([MemoRow("On this very coding.", "coding", uid)], "memo")
    with another(lead, "bram") as bram:
        bram.codings.apply("t", "a/b", 2, 7)
    merged_twice(lead, file)
    with another(lead, "bram") as bram:
        assert sorted(one[2:] for one in segments(bram, "bram")) == [(0, 9), (2, 7), (10, 20)]
        assert "On this very coding." in bram.memos.of_codings().values()


# --- copies -------------------------------------------------------------------------------------------------


def test_a_copy_brings_everything_that_is_new(tmp_path: Path) -> None:
    file = tmp_path / "copy.db"
    with rich(tmp_path / "rich") as full:
        write_backup(full.database, file)
        full.settings.set("language", "")
        assert merge(full, file).nothing
        with Study.open(file, coder="dora") as copy:
            add(copy, document("A new letter. And more.", "letter"))
            copy.codebook.add("hope")
            copy.codings.apply("letter", "hope", 0, 5)
            copy.codings.apply("t", "hope", 0, 5)
            copy.attributes.import_rows("person", {"job": ""}, [AttributeRow("Amal", {"job": ("cook",)})], "x")
            copy.rounds.make("second", ("dora", "anna"), whole(copy, "letter"), Terms(blind=False))
            copy.codebook.rename("trust", "confidence")
            copy.progress.set("letter", "dora", "done")
        merged_twice(full, file, new_version=True)
        assert full.sources.text(full.sources.get("letter").key) == "A new letter. And more."
        assert ("dora", "hope", 0, 5) in segments(full)
        assert "confidence/police" in paths(full)
        assert full.rounds.get("second").drawn == ""
        version = full.codebook.version()
        assert ("letter", "dora", "independent", "done", version) in full.progress.all()


def test_both_sides_import_the_same_file_and_make_the_same_code(lead: Study, tmp_path: Path) -> None:
    study = make(tmp_path / "other")
    with copied(study, tmp_path / "copy.db") as copy:
        for one, coder in ((study, "anna"), (copy, "bram")):
            add(one, document("The same letter.", "letter"))
            one.codebook.add("hope")
            one.codebook.add("hope/none")
            one.codings.apply("letter", "hope/none", 0, 3)
            assert one.coder == coder
    merged_twice(study, tmp_path / "copy.db")
    assert paths(study) == ["a", "a/b", "c", "hope", "hope/none"]
    assert segments(study) == [("anna", "hope/none", 0, 3), ("bram", "hope/none", 0, 3)]
    with Study.open(tmp_path / "copy.db", coder="bram") as copy:
        copy.codebook.rename("hope", "hopes")
        copy.codings.apply("letter", "hopes", 4, 8)
    merged_twice(study, tmp_path / "copy.db")
    assert paths(study)[3:] == ["hopes", "hopes/none"]
    study.close()


@pytest.mark.parametrize("choice", ["ours", "theirs"])
@pytest.mark.parametrize("made", [True, False])
def test_codes_that_say_different_things_are_decided(tmp_path: Path, choice: str, made: bool) -> None:  # noqa: FBT001
    study = make(tmp_path / "study")
    with copied(study, tmp_path / "copy.db") as copy:
        name = "hope" if made else "a"
        for one, words in ((study, "as Anna says"), (copy, "as Bram says")):
            if made:
                one.codebook.add(name)
            one.codebook.describe(name, definition=words)
        copy.codebook.describe(name, include="What only Bram says")
        copy.codings.apply("t", name, 0, 3)
    before = study.state_hash()
    with pytest.raises(ConflictError, match="'as Anna says' here, 'as Bram says' in the copy"):
        merge(study, tmp_path / "copy.db")
    assert study.state_hash() == before
    merged_twice(study, tmp_path / "copy.db", Options(codebook=choice))
    entry = study.codebook.get(name).entry
    assert entry.definition == ("as Anna says" if choice == "ours" else "as Bram says")
    assert segments(study) == [("bram", name, 0, 3)]
    if not made:
        assert entry.include == "What only Bram says"
    study.close()


@pytest.mark.parametrize("theirs", [True, False])
def test_other_things_that_both_changed_stay_unless_told(tmp_path: Path, theirs: bool) -> None:  # noqa: FBT001
    study = make(tmp_path / "study")
    study.memos.import_rows([MemoRow("A memo.")], "memo")
    study.attributes.import_rows("source", {"place": ""}, [AttributeRow("t", {"place": ("here",)})], "x")
    with copied(study, tmp_path / "copy.db", "anna") as copy:
        for one, words in ((study, "ours"), (copy, "theirs")):
            memo = one.memos.all()[0]
            one.memos.edit(memo.uid, title="", body=f"The memo, {words}.", kind=memo.kind)
            one.attributes.import_rows("source", {"place": ""}, [AttributeRow("t", {"place": (words,)})], "x")
            one.progress.set("t", "anna", "done" if words == "ours" else "in progress")
        copy.codings.apply("t", "a", 0, 4)
    done = merged_twice(study, tmp_path / "copy.db", Options(theirs=theirs))
    words = "theirs" if theirs else "ours"
    assert study.memos.all()[0].body == f"The memo, {words}."
    assert study.attributes.of("source")[study.sources.get("t").key]["place"] == (words,)
    assert study.progress.all()[0][3] == ("in progress" if theirs else "done")
    assert len(done.kept) == 3
    study.close()


def test_what_one_removed_and_the_other_builds_on_stays(tmp_path: Path) -> None:
    study = make(tmp_path / "study")
    with copied(study, tmp_path / "copy.db") as copy:
        copy.codebook.remove("c")
        copy.codings.apply("t", "a", 0, 4)
        study.codings.apply("t", "c", 5, 9)
    with copied(study, tmp_path / "other.db") as other:
        other.codings.apply("t", "a/b", 5, 9)
        study.codebook.remove("a/b")
    done = merged_twice(study, tmp_path / "copy.db")
    assert any("a code stays that the copy removed" in one for one in done.kept)
    done = merged_twice(study, tmp_path / "other.db")
    assert any("the code 'b' is back" in one for one in done.kept)
    assert segments(study) == [("anna", "c", 5, 9), ("bram", "a", 0, 4), ("bram", "a/b", 5, 9)]
    study.close()


def test_a_code_that_was_merged_here_takes_the_codings_of_the_copy(tmp_path: Path) -> None:
    study = make(tmp_path / "study")
    with copied(study, tmp_path / "copy.db") as copy:
        copy.codings.apply("t", "a/b", 5, 9)
    study.codebook.merge("a/b", "c")
    merged_twice(study, tmp_path / "copy.db")
    assert segments(study) == [("bram", "c", 5, 9)]
    study.close()


def test_codes_moved_under_each_other_do_not_stand_in_a_circle(tmp_path: Path) -> None:
    study = make(tmp_path / "study")
    with copied(study, tmp_path / "copy.db") as copy:
        study.codebook.move("a", "c")
        copy.codebook.move("c", "a")
        copy.codebook.rename("a/b", "d")
    study.codebook.rename("c", "d")
    merged_twice(study, tmp_path / "copy.db")
    assert paths(study) == ["d", "d/a", "d/a/d"]
    study.close()


OLD = "The return was voluntary. Nobody asked me. We talked for hours about going home."
NEW = "So: the return was voluntary. Somebody asked me once. We talked for hours about going home."


@pytest.mark.parametrize("side", ["ours", "theirs"])
def test_the_older_text_follows_the_newer(tmp_path: Path, side: str) -> None:
    study = make(tmp_path / "study")
    study.codings.apply("t", "a", OLD.index("We"), OLD.index(" about"))
    with copied(study, tmp_path / "copy.db") as copy:
        copy.codings.apply("t", "c", OLD.index("Nobody"), OLD.index(" We"))
        study.codings.apply("t", "c", OLD.index("voluntary"), OLD.index(". Nobody"))
        edit_source(study if side == "ours" else copy, "t", document(NEW), {})
    done = merged_twice(study, tmp_path / "copy.db")
    text = study.sources.text(study.sources.get("t").key)
    assert text == NEW
    words = sorted(text[one[2] : one[3]] for one in segments(study))
    assert (words[0], words[2]) == ("We talked for hours", "voluntary")
    assert "asked me" in words[1]
    assert done.followed
    assert {one.coder for one in done.followed} == ({"bram"} if side == "ours" else {"anna"})
    study.close()


@pytest.mark.parametrize("theirs", [True, False])
def test_two_corrections_of_one_text(tmp_path: Path, theirs: bool) -> None:  # noqa: FBT001
    study = make(tmp_path / "study")
    with copied(study, tmp_path / "copy.db") as copy:
        edit_source(study, "t", document(NEW), {})
        edit_source(copy, "t", document(OLD + " Xylophones zing quietly."), {})
        text = OLD + " Xylophones zing quietly."
        copy.codings.apply("t", "a", text.index("hours"), text.index(" about"))
        copy.codings.apply("t", "c", text.index("Xylo"), len(text))
        study.codings.apply("t", "c", NEW.index("voluntary"), NEW.index(". Some"))
    done = merged_twice(study, tmp_path / "copy.db", Options(theirs=theirs))
    now = study.sources.text(study.sources.get("t").key)
    assert now == (text if theirs else NEW)
    found = {now[one[2] : one[3]] for one in segments(study)}
    assert found >= {"hours", "voluntary"}
    assert len(list(study.codings.all(lost=True))) == (0 if theirs else 1)
    assert any("was corrected in both" in one for one in done.kept)
    study.close()


def test_a_copy_that_merged_the_study_brings_nothing_back_that_is_gone(tmp_path: Path) -> None:
    study = make(tmp_path / "study")
    with copied(study, tmp_path / "copy.db") as copy:
        study.codings.apply("t", "a", 0, 3)
        copy.codings.apply("t", "a", 5, 9)
        write_backup(study.database, tmp_path / "now.db")
        merge(copy, tmp_path / "now.db")
        study.codings.remove(next(study.codings.all()).uid)
    merged_twice(study, tmp_path / "copy.db")
    assert segments(study) == [("bram", "a", 5, 9)]
    study.close()


# --- what is refused ----------------------------------------------------------------------------------------


def test_what_is_no_copy_is_refused(lead: Study, tmp_path: Path) -> None:
    stranger = tmp_path / "stranger.db"
    with Study.create(stranger, coder="eve") as other:
        add(other, document("Quite another text.", "else"))
        other.codebook.add("zeal")
        other.codings.apply("else", "zeal", 0, 3)
    (tmp_path / "text.db").write_text("no study at all, but a file with some words in it" * 40)
    before = lead.state_hash()
    for file, said in (
        (stranger, "this is no copy of the study"),
        (lead.database.file, "the study itself"),
        (tmp_path / "nothing.db", "there is no such file"),
        (tmp_path, "this is a folder"),
        (tmp_path / "text.db", "this is not a study"),
    ):
        with pytest.raises(QdaError, match=said):
            merge(lead, file)
    assert lead.state_hash() == before
    study = make(tmp_path / "other")
    merged_twice(study, stranger, Options(anyway=True))
    assert ("eve", "zeal", 0, 3) in segments(study)
    study.close()


def test_a_round_that_only_the_copy_reveals_is_refused(lead: Study, tmp_path: Path) -> None:
    with copied(lead, tmp_path / "copy.db") as copy:
        copy.rounds.reveal("first", anyway=True)
    with pytest.raises(QdaError, match="is revealed in the copy; reveal it here first"):
        merge(lead, tmp_path / "copy.db")


def test_a_blind_round_freezes_codebook_and_texts_for_copies_too(lead: Study, tmp_path: Path) -> None:
    study = make(tmp_path / "other")
    for number, change in enumerate(
        (lambda copy: copy.codebook.rename("a", "z"), lambda copy: edit_source(copy, "t", document(NEW), {}))
    ):
        with copied(study, tmp_path / f"{number}.db") as copy:
            change(copy)
    study.rounds.make("first", ("anna", "bram"), whole(study, "t"))
    before = snapshot(study)
    with pytest.raises(QdaError, match="the codebook is frozen"):
        merge(study, tmp_path / "0.db")
    with pytest.raises(QdaError, match="the text of 't', which the copy has corrected, cannot be taken"):
        merge(study, tmp_path / "1.db")
    assert snapshot(study) == before
    study.close()


DYING = """
import os, signal, sys
from qda.store import Study
from qda.store.merge import merge

folder, file, moment = sys.argv[1:4]
study = Study.open(folder, coder="lead")
count = 0

def die(statement):
    global count
    count += statement.startswith(moment.split(":")[0])
    if count == int(moment.split(":")[1]):
        os.kill(os.getpid(), signal.SIGKILL)

study.database.connection.set_trace_callback(die)
merge(study, __import__("pathlib").Path(file))
os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.mark.parametrize(
    "moment", ["INSERT INTO change:1", "INSERT INTO coding:1", "INSERT OR REPLACE INTO state:2", "COMMIT:1"]
)
def test_a_merge_that_dies_leaves_all_or_nothing(lead: Study, tmp_path: Path, moment: str) -> None:
    file = tmp_path / "bram.db"
    hand_out(lead, "first", "bram", file)
    work(file, "bram")
    before, content = lead.state_hash(), file.read_bytes()
    arguments = [sys.executable, "-c", DYING, str(lead.folder), str(file), moment]
    assert subprocess.run(arguments, check=False, timeout=60).returncode == -9
    assert file.read_bytes() == content
    assert lead.state_hash() == before
    sound(lead)
    assert not merge(lead, file).nothing
    sound(lead)


def test_an_older_study_is_brought_up_in_a_copy(tmp_path: Path) -> None:
    packed = Path(__file__).parent / "data" / "study-1.db.gz"
    old = tmp_path / "old.db"
    old.write_bytes(gzip.decompress(packed.read_bytes()))
    (tmp_path / "new").mkdir()
    (tmp_path / "new" / "study.db").write_bytes(old.read_bytes())
    content = old.read_bytes()
    with Study.open(tmp_path / "new", coder="anna") as study:
        assert merge(study, old).nothing
        study.changes.undo()
        before = study.state_hash()
        assert merge(study, old).nothing
        assert study.state_hash() == before
    assert old.read_bytes() == content
    assert [one.name for one in tmp_path.iterdir() if "schema" in one.name] == []


def test_a_merge_is_hidden_from_the_other_coders(lead: Study, tmp_path: Path) -> None:
    file = tmp_path / "bram.db"
    hand_out(lead, "first", "bram", file)
    with Study.open(file) as bram:
        bram.memos.import_rows([MemoRow("A zebra.", "source", "t")], "memo")
    merge(lead, file)
    assert "merge" in {line.kind for line in lead.changes.all()}
    with another(lead, "anna") as anna:
        assert "merge" not in {line.kind for line in anna.changes.all()}
        assert anna.memos.all() == []
