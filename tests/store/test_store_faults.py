"""What went wrong once: each test is the shortest way to a fault that was found in the store."""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from store_world import (
    ENGLISH,
    INTERVIEW,
    add,
    before_writing,
    coding,
    document,
    paths,
    problems,
    rich,
    speakers,
    spoken,
)

from qda.errors import ConflictError, QdaError, StudyError
from qda.model.codebook import Codebook, CodeEntry
from qda.store import Study
from qda.store.backup import restore_backup, write_backup
from qda.store.memos import MemoRow
from qda.store.not_data import NotDataRow
from qda.store.persons import PersonRow
from qda.store.progress import CoverageRow
from qda.store.revisions import edit_source

if TYPE_CHECKING:
    from pathlib import Path


# --- redo puts rows back that are not what the action found -----------------------------------------------


def test_redo_never_overwrites_what_another_coder_redid(anna: Study, bram: Study) -> None:
    bram.codebook.describe("c", include="Bram's")
    bram.changes.undo()
    anna.codebook.describe("c", definition="Anna's")
    anna.changes.undo()
    bram.changes.redo()
    with pytest.raises(ConflictError):
        anna.changes.redo()
    assert anna.codebook.get("c").entry.include == "Bram's"


def test_redo_never_brings_back_what_another_coder_undid(anna: Study, bram: Study) -> None:
    bram.codebook.describe("c", include="Bram's")
    anna.codebook.describe("c", definition="Anna's")
    anna.changes.undo()
    bram.changes.undo()
    with pytest.raises(ConflictError):
        anna.changes.redo()
    assert anna.codebook.get("c").entry.include == ""


def test_redo_never_brings_back_a_code_that_its_maker_undid(anna: Study, bram: Study) -> None:
    bram.codebook.add("new")
    anna.codebook.describe("new", definition="Anna's")
    anna.changes.undo()
    bram.changes.undo()
    with pytest.raises(ConflictError):
        anna.changes.redo()
    assert anna.codebook.tree().find("new") is None


def test_a_refused_undo_is_a_sentence(anna: Study, bram: Study) -> None:
    anna.codebook.describe("c", definition="Anna's")
    bram.codebook.describe("c", include="Bram's")
    with pytest.raises(ConflictError) as caught:
        anna.changes.undo()
    assert "touched the same it" not in str(caught.value)


def test_a_refused_redo_does_not_ask_to_undo_what_is_undone(anna: Study, bram: Study) -> None:
    bram.codebook.describe("c", include="Bram's")
    anna.codebook.describe("c", definition="Anna's")
    anna.changes.undo()
    bram.changes.undo()
    with pytest.raises(ConflictError) as caught:
        anna.changes.redo()
    assert "undo that one first" not in str(caught.value)


# --- undo and redo over a new text of the source ----------------------------------------------------------


@pytest.mark.parametrize("step", ["undo", "redo"])
def test_a_coding_never_comes_back_on_an_older_text(anna: Study, bram: Study, step: str) -> None:
    made = anna.codings.apply("t", "c", 4, 10)
    if step == "undo":
        anna.codings.remove(made)
    else:
        anna.changes.undo()
    edit_source(bram, "t", document(f"Twelve more. {ENGLISH}"), {})
    with contextlib.suppress(ConflictError):
        getattr(anna.changes, step)()
    assert problems(anna) == []
    text = anna.sources.text(anna.sources.get("t").key)
    assert [text[one.start : one.end] for one in anna.codings.all()] in ([], ["return"])


def test_a_memo_never_comes_back_on_an_older_text(anna: Study, bram: Study) -> None:
    anna.memos.add(MemoRow("Which return?", "segment", "t", start=4, end=10))
    anna.changes.undo()
    edit_source(bram, "t", document(f"Twelve more. {ENGLISH}"), {})
    with contextlib.suppress(ConflictError):
        anna.changes.redo()
    assert [(memo.start, memo.end) for memo in anna.memos.all()] in ([], [(17, 23)])


def test_a_stretch_never_comes_back_on_an_older_text(anna: Study, bram: Study) -> None:
    anna.not_data.import_rows([NotDataRow("t", 4, 10)], "stretch")
    anna.not_data.remove("t", 4, 10)
    edit_source(bram, "t", document(f"Twelve more. {ENGLISH}"), {})
    try:
        anna.changes.undo()
    except ConflictError:
        return
    assert anna.not_data.all() == [("t", 17, 23, "")]


def test_who_speaks_is_taken_back_in_the_new_text_too(anna: Study, bram: Study) -> None:
    add(anna, INTERVIEW)
    anna.persons.import_rows([PersonRow("Noor")], "persons")
    anna.persons.import_rows([PersonRow("Noor", "", "u", "I")], "Noor is I")
    edited = spoken("u", ("I", "Well, why did you return?"), ("Amal", "Nobody asked me."))
    edit_source(bram, "u", edited, speakers(edited))
    try:
        anna.changes.undo()
    except ConflictError:
        return
    noor = anna.persons.find("Noor")
    assert noor not in {turn.person for turn in anna.sources.turns(anna.sources.get("u").revision_key)}


def test_persons_merged_after_an_edit_are_taken_apart_again(anna: Study) -> None:
    add(anna, INTERVIEW)
    edited = spoken("u", ("I", "Well, why did you return?"), ("Amal", "Nobody asked me."))
    edit_source(anna, "u", edited, speakers(edited))
    anna.persons.merge("Amal", "u/I")
    anna.changes.undo()
    assert "Amal" in [person.name for person in anna.persons.all()]


def test_check_reads_everything_anew(anna: Study, bram: Study, tmp_path: Path) -> None:
    write_backup(anna.database, tmp_path / "kept.db")
    bram.codebook.add("new")
    restore_backup(anna.database.file, tmp_path / "kept.db", tmp_path / "before.db")
    anna.codebook.add("newer")
    assert problems(bram) == []


# --- the tree of codes --------------------------------------------------------------------------------------


def test_an_undo_never_puts_two_codes_under_each_other(anna: Study, bram: Study) -> None:
    anna.codebook.move("a/b", "")
    bram.codebook.move("a", "b")
    with pytest.raises(ConflictError):
        anna.changes.undo()
    assert sorted(paths(anna)) == ["b", "b/a", "c"]


def test_an_undo_never_gives_siblings_one_name(anna: Study, bram: Study) -> None:
    anna.codebook.move("c", "a")
    bram.codebook.import_codebook(Codebook(codes=(CodeEntry("c"),)), "c anew")
    with pytest.raises(ConflictError):
        anna.changes.undo()
    assert paths(anna).count("c") == 1


@pytest.mark.parametrize("what", ["under each other", "of one name"])
def test_an_undo_that_would_break_the_tree_names_the_change(anna: Study, bram: Study, what: str) -> None:
    anna.codebook.move("a/b" if what == "under each other" else "c", "" if what == "under each other" else "a")
    if what == "under each other":
        bram.codebook.move("a", "b")
    else:
        bram.codebook.import_codebook(Codebook(codes=(CodeEntry("c"),)), "c anew")
    with pytest.raises(ConflictError, match=r"change \d+ \(.*by bram\)"):
        anna.changes.undo()


def test_check_finds_codes_that_stand_under_each_other(anna: Study) -> None:
    with anna.action("code", "wrong") as change:
        keys = {path: anna.codebook.get(path).key for path in ("a", "a/b")}
        change.edit("code", "key = ?", (keys["a"],), parent=keys["a/b"])
    assert problems(anna)


def test_check_finds_siblings_of_one_name(anna: Study) -> None:
    with anna.action("code", "wrong") as change:
        change.edit("code", "key = ?", (anna.codebook.get("c").key,), name="A")
    assert problems(anna)


def test_merging_into_the_parent_keeps_the_codings_of_a_child_of_the_same_name(anna: Study) -> None:
    anna.codebook.add("a/b/b")
    anna.codings.apply("t", "a/b/b", 0, 3)
    anna.codebook.merge("a/b", "a")
    assert problems(anna) == []
    assert [anna.codebook.tree().by_key.get(one.code) is not None for one in anna.codings.all()] == [True]


def test_merging_knows_subcodes_whose_names_differ_by_case(anna: Study) -> None:
    anna.codebook.add("c/B")
    anna.codebook.merge("c", "a")
    assert len({path.casefold() for path in paths(anna)}) == len(paths(anna))


def test_two_codes_with_the_same_alias_do_not_become_one(anna: Study) -> None:
    book = Codebook(codes=(CodeEntry("one", aliases=("c",)), CodeEntry("two", aliases=("c",))))
    anna.codebook.import_codebook(book, "book")
    assert {"one", "two"} <= set(paths(anna))


def test_a_moved_code_is_found_where_it_was(anna: Study) -> None:
    anna.codebook.move("c", "a")
    assert anna.codebook.get("c").path == "a/c"


def test_where_a_moved_code_was_another_may_be_made(anna: Study) -> None:
    anna.codebook.move("c", "a")
    assert anna.codebook.add("c").path == "c"
    assert anna.codebook.get("c").path == "c"


def test_a_moved_code_is_found_under_the_former_name_of_its_parent(anna: Study) -> None:
    anna.codebook.rename("a", "x")
    anna.codebook.move("x/b", "c")
    assert anna.codebook.get("x/b").path == "c/b"
    assert anna.codebook.get("a/b").path == "c/b"


def test_the_subcodes_of_a_moved_code_are_found_where_they_were(anna: Study) -> None:
    anna.codebook.add("a/b/deep")
    anna.codebook.move("a/b", "c")
    assert anna.codebook.get("a/b/deep").path == "c/b/deep"


# --- the state hash and what a process remembers ------------------------------------------------------------


def test_a_refused_action_leaves_no_trace_in_the_state_of_later_ones(anna: Study, bram: Study) -> None:
    with pytest.raises(QdaError):
        anna.codings.import_rows([coding(1, "c", 0, 3, coder="zed"), coding(2, "nothing", 0, 3)], "refused")
    made = bram.codings.apply("t", "c", 0, 3)
    anna.codings.remove(made)
    assert problems(anna) == []


def test_a_restore_is_noticed_by_other_processes(anna: Study, bram: Study, tmp_path: Path) -> None:
    write_backup(anna.database, tmp_path / "kept.db")
    bram.codings.apply("t", "c", 0, 3)
    restore_backup(anna.database.file, tmp_path / "kept.db", tmp_path / "before.db")
    made = anna.codings.apply("t", "c", 0, 5)
    bram.codings.remove(made)
    assert problems(anna) == []


def test_a_weight_that_is_a_whole_number_keeps_the_state_right(anna: Study) -> None:
    anna.codings.apply("t", "c", 0, 3, weight=1)
    assert problems(anna) == []


def test_a_weight_that_is_no_number_is_refused(anna: Study) -> None:
    with pytest.raises(QdaError):
        anna.codings.apply("t", "c", 0, 3, weight=float("nan"))


# --- a refused action changes nothing -----------------------------------------------------------------------


def test_a_coder_who_has_worked_stays(anna: Study) -> None:
    anna.codings.import_rows([coding(1, "c", 0, 3, coder="zed")], "made zed")
    with Study.open(anna.folder, coder="zed") as zed:
        zed.settings.set("x", "1")
        with pytest.raises(ConflictError):
            anna.changes.undo()
        assert zed.changes.undo() == "x = 1"


def test_a_study_that_cannot_have_its_folders_is_not_made(tmp_path: Path) -> None:
    (tmp_path / "codebooks").write_text("in the way")
    with pytest.raises(StudyError):
        Study.create(tmp_path)
    assert [file.name for file in tmp_path.iterdir()] == ["codebooks"]


def test_text_that_cannot_be_stored_is_refused_in_a_sentence(anna: Study) -> None:
    with pytest.raises(QdaError):
        anna.codings.import_rows([coding(1, "c", 0, 3, memo="\ud800")], "codings")
    with pytest.raises(QdaError):
        anna.settings.set("x", "\ud800")


def test_text_that_cannot_be_stored_is_not_found(anna: Study) -> None:
    with pytest.raises(QdaError):
        anna.sources.get("\udcff")


# --- what one process decides before its transaction, another has changed in the meantime --------------------


def test_two_processes_take_the_same_document_in(anna: Study, bram: Study) -> None:
    with before_writing(anna, lambda: add(bram, document("new"))):
        assert not add(anna, document("new")).new


def test_two_processes_give_siblings_the_same_name(anna: Study, bram: Study) -> None:
    with before_writing(anna, lambda: bram.codebook.add("d")), pytest.raises(QdaError, match="there is a code 'd'"):
        anna.codebook.rename("c", "d")
    assert paths(anna).count("d") == 1


def test_two_processes_move_codes_under_each_other(anna: Study, bram: Study) -> None:
    with before_writing(anna, lambda: bram.codebook.move("a", "c")), pytest.raises(QdaError):
        anna.codebook.move("c", "a")
    assert len(paths(anna)) == 3


def test_a_code_is_used_while_another_process_removes_it(anna: Study, bram: Study) -> None:
    with before_writing(anna, lambda: bram.codings.apply("t", "c", 0, 3)), pytest.raises(QdaError):
        anna.codebook.remove("c")
    assert problems(anna) == []


def test_a_code_gets_a_subcode_while_another_process_merges_it(anna: Study, bram: Study) -> None:
    with before_writing(anna, lambda: bram.codebook.add("c/new")):
        anna.codebook.merge("c", "a")
    assert problems(anna) == []


def test_aliases_that_another_process_gave_are_kept(anna: Study, bram: Study) -> None:
    with before_writing(anna, lambda: bram.codebook.rename("c", "d")):
        anna.codebook.rename("c", "e")
    assert {"c", "d"} <= set(anna.codebook.get("e").entry.aliases)


def test_two_processes_edit_one_source(anna: Study, bram: Study) -> None:
    text = anna.sources.text(anna.sources.get("t").key)
    theirs, mine = document(f"Well. {text}"), document(f"{text} Yes.")
    with before_writing(anna, lambda: edit_source(bram, "t", theirs, {})):
        try:
            edit_source(anna, "t", mine, {})
        except QdaError as error:
            assert "UNIQUE" not in str(error)


def test_two_processes_merge_two_persons_into_each_other(anna: Study, bram: Study) -> None:
    anna.persons.import_rows([PersonRow("P", source="t"), PersonRow("Q", source="t")], "persons")
    with before_writing(anna, lambda: bram.persons.merge("Q", "P")), pytest.raises(QdaError):
        anna.persons.merge("P", "Q")
    assert [person.name for person in anna.persons.all()] == ["P"]


def test_a_code_goes_while_another_process_enters_coverage(anna: Study, bram: Study) -> None:
    with before_writing(anna, lambda: bram.codebook.remove("c")), pytest.raises(QdaError):
        anna.coverage.import_rows([CoverageRow("t", "c", asked=True)], "coverage")
    assert problems(anna) == []


# --- source edit --------------------------------------------------------------------------------------------


def test_a_coding_that_moves_to_where_a_lost_one_stood_is_not_lost(anna: Study) -> None:
    text = "Aardbeien smaken. Bananen vol zon!! En nog een heel ander slot met woorden."
    add(anna, document(text, "u"))
    anna.codings.apply("u", "c", 0, 17)
    anna.codings.apply("u", "c", 18, 35)
    edit_source(anna, "u", document(text[18:], "u"), {})
    assert [(one.start, one.end) for one in anna.codings.all()] == [(0, 17)]


# --- sentences ----------------------------------------------------------------------------------------------


def test_an_undo_that_finds_its_place_taken_names_the_change(anna: Study, bram: Study) -> None:
    anna.codings.remove(anna.codings.apply("t", "c", 0, 3))
    bram.codings.import_rows([coding(1, "c", 0, 3)], "of anna, by bram")
    with pytest.raises(ConflictError, match="of anna, by bram"):
        anna.changes.undo()


def test_an_undo_that_misses_a_code_whose_making_was_undone_says_so(anna: Study, bram: Study) -> None:
    bram.codebook.add("new")
    anna.codings.remove(anna.codings.apply("t", "new", 0, 3))
    bram.changes.undo()
    with pytest.raises(ConflictError) as caught:
        anna.changes.undo()
    assert "undo that one first" not in str(caught.value)


# --- reading where one may not write ------------------------------------------------------------------------


@pytest.mark.skipif(os.getuid() != 0, reason="needs two users")
def test_who_may_only_read_sees_a_whole_study_while_others_write(anna: Study) -> None:
    add(anna, document("x" * 9000, "long"))
    anna.close()
    anna.folder.chmod(0o755)
    anna.database.file.chmod(0o644)
    for above in anna.folder.parents[:5]:
        above.chmod(above.stat().st_mode | 0o055)
    code = """
import os, sys
import qda.store.check
from qda.store import Study
os.setuid(65534)
study = Study.open(sys.argv[1])
print(study.codings.count(), flush=True)
sys.stdin.readline()
print(len(list(study.codings.all())), qda.store.check.check_study(study, lambda _: None))
"""
    with subprocess.Popen(
        [sys.executable, "-c", code, anna.folder], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as reader:
        assert reader.stdout is not None
        assert reader.stdout.readline() == "0\n"
        with Study.open(anna.folder, coder="anna") as study:
            for step in range(3):
                rows = [coding(n, "c", n, n + 1 + step, source="long") for n in range(2000)]
                study.codings.import_rows(rows, "many")
        said, _ = reader.communicate("go on\n", timeout=60)
    assert said in ("0 []\n", "6000 []\n")


# --- restoring ----------------------------------------------------------------------------------------------


def test_a_restore_that_finds_the_disk_full_leaves_the_study(anna: Study) -> None:
    add(anna, document("word " * 100000, "long"))
    write_backup(anna.database, anna.folder / "kept.db")
    anna.settings.set("x", "1")
    anna.close()
    code = """
import resource, sys
from pathlib import Path
from qda.errors import StudyError
from qda.store.backup import restore_backup
resource.setrlimit(resource.RLIMIT_FSIZE, (300000, 300000))
folder = Path(sys.argv[1])
try:
    restore_backup(folder / "study.db", folder / "kept.db", folder / "before.db")
except StudyError as error:
    print(error)
"""
    done = subprocess.run([sys.executable, "-c", code, anna.folder], check=True, capture_output=True, text=True)
    assert "nothing was changed" in done.stdout
    with Study.open(anna.folder) as study:
        assert study.settings.get("x") == "1"


def test_what_is_kept_by_a_restore_is_never_put_over_another_file(anna: Study) -> None:
    write_backup(anna.database, anna.folder / "kept.db")
    anna.close()
    (anna.folder / "before.db").write_text("precious")
    with pytest.raises(StudyError, match="exists already"):
        restore_backup(anna.database.file, anna.folder / "kept.db", anna.folder / "before.db")
    assert (anna.folder / "before.db").read_text() == "precious"


# --- damage ---------------------------------------------------------------------------------------------------


def test_check_says_that_the_file_is_damaged(tmp_path: Path) -> None:
    with rich(tmp_path / "whole") as study:
        file = study.database.file
    data = file.read_bytes()
    for page in range(1, len(data) // 4096, 3):
        broken = bytearray(data)
        broken[page * 4096 + 8 : page * 4096 + 400] = b"\xa5" * 392
        if broken[page * 4096 + 3 : page * 4096 + 5] == b"\0\0":
            continue  # an index without entries: there is nothing in it to be damaged
        file.write_bytes(broken)
        with contextlib.suppress(StudyError), Study.open(file) as study:
            assert problems(study)


def test_check_says_that_a_row_refers_to_nothing(anna: Study) -> None:
    anna.codings.apply("t", "c", 0, 3)
    anna.database.connection.execute("PRAGMA foreign_keys = OFF")
    anna.database.connection.execute("UPDATE coding SET code = 1000000")
    assert any("refers to nothing in entity" in sentence for sentence in problems(anna))


# --- making -----------------------------------------------------------------------------------------------


def test_a_study_whose_making_was_killed_can_be_made_again(tmp_path: Path) -> None:
    code = """
import os, signal, sys
from qda.store import Study, database

def dies():
    yield "CREATE TABLE first (x)"
    os.kill(os.getpid(), signal.SIGKILL)

database.create_statements = dies
Study.create(sys.argv[1])
"""
    done = subprocess.run([sys.executable, "-c", code, tmp_path], check=False, capture_output=True, text=True)
    assert done.returncode == -9, done.stderr
    with Study.create(tmp_path, coder="anna") as study:
        assert problems(study) == []


# --- the rest -----------------------------------------------------------------------------------------------


def test_each_migration_keeps_the_study_as_it_was_before(anna: Study) -> None:
    from qda.store.database import Database
    from qda.store.migrate import migrate
    from qda.store.schema import SCHEMA_VERSION

    def fails(_: object) -> None:
        raise ValueError("this step fails")

    with pytest.raises(ValueError, match="this step fails"):
        migrate(anna.database, SCHEMA_VERSION, {SCHEMA_VERSION: fails}, SCHEMA_VERSION + 1)
    anna.settings.set("later", "1")
    migrate(anna.database, SCHEMA_VERSION, {SCHEMA_VERSION: lambda _: None}, SCHEMA_VERSION + 1)
    kept = [Database.look(one) for one in sorted(anna.folder.glob(f"study-schema-{SCHEMA_VERSION}*.db"))]
    query = "SELECT value FROM setting WHERE name = 'later'"
    assert sorted(str(one.one(query)) for one in kept) == ["1", "None"]
    assert anna.database.notices[-1].endswith(f"the old file is kept as study-schema-{SCHEMA_VERSION}-2.db")
    for one in kept:
        one.close()


def test_a_folder_that_may_not_be_entered_is_a_sentence(anna: Study) -> None:
    code = """
import os, sys
import qda.store.study
from qda.errors import StudyError
from qda.store import Study
if os.getuid() == 0:
    os.setuid(65534)
try:
    Study.open(sys.argv[1])
except StudyError as error:
    print("refused:", error)
"""
    anna.folder.chmod(0o000)
    done = subprocess.run(
        [sys.executable, "-c", code, anna.folder / "study.db"], check=False, capture_output=True, text=True
    )
    anna.folder.chmod(0o700)
    assert done.stdout.startswith("refused:")


def test_bytes_that_come_again_need_a_name(anna: Study) -> None:
    with pytest.raises(QdaError):
        add(anna, again=True)
