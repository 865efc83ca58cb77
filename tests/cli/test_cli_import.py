"""Taking documents in: forms, encodings, names, bytes that are here already, speakers, and what stays outside."""

from __future__ import annotations

import hashlib
import os
from typing import TYPE_CHECKING, Any

import pytest
from cli_world import a_docx, done, fresh, on_terminal, qda

if TYPE_CHECKING:
    from pathlib import Path

TALK = "I: Who?\n\nR1: Me, naïve me.\n\nI: Why?\n\nR1: Because.\n"


@pytest.fixture
def new(tmp_path: Path) -> Path:
    """A study with nothing in it."""
    done("init", tmp_path / "new")
    return tmp_path / "new"


def sources(study: Path) -> dict[str, dict[str, Any]]:
    return {one["name"]: one for one in done("sources", "--format", "json", study=study).json}


def text(study: Path, name: str) -> str:
    return done("source", "text", name, study=study).out


def labels(study: Path, name: str) -> list[str]:
    return [one["label"] for one in done("source", "turns", name, "--format", "json", study=study).json]


@pytest.mark.parametrize("ending", ["txt", "md", "text", "markdown"])
def test_plain_text(new: Path, tmp_path: Path, ending: str) -> None:
    (tmp_path / f"t.{ending}").write_text(TALK, encoding="utf-8")
    result = done("import", tmp_path / f"t.{ending}", study=new)
    assert result.out == ""
    assert result.err.count("\n") == 1
    assert text(new, "t") == TALK
    assert labels(new, "t") == ["I", "R1", "I", "R1"]
    assert sources(new)["t"]["format"] == ("md" if ending.startswith("m") else "txt")


def test_docx(new: Path, tmp_path: Path) -> None:
    data = a_docx(*TALK.split("\n\n"))
    (tmp_path / "t.docx").write_bytes(data)
    done("import", tmp_path / "t.docx", study=new)
    one = sources(new)["t"]
    assert one["format"] == "docx"
    assert one["sha256"] == hashlib.sha256(data).hexdigest()
    assert one["text_sha256"] == hashlib.sha256(text(new, "t").encode()).hexdigest()
    assert labels(new, "t") == ["I", "R1", "I", "R1"]


def test_captions(new: Path, tmp_path: Path) -> None:
    (tmp_path / "a.vtt").write_text(
        "WEBVTT\n\n00:00:01.500 --> 00:00:03.000\n<v Karim>Hello &amp; welcome.</v>\n\n"
        "00:01:03.000 --> 00:01:04.000\n<v Noor>Thanks.</v>\n",
        encoding="utf-8",
    )
    (tmp_path / "b.srt").write_text(
        "1\n00:00:01,000 --> 00:00:02,000\nKarim: Hello.\n\n2\n00:00:03,000 --> 00:00:04,000\nNoor: Hi.\n\n"
        "3\n00:00:05,000 --> 00:00:06,000\nKarim: So.\n\n4\n00:00:07,000 --> 00:00:08,000\nNoor: So.\n",
        encoding="utf-8",
    )
    done("import", tmp_path / "a.vtt", tmp_path / "b.srt", study=new)
    turns = done("source", "turns", "a", "--format", "json", study=new).json
    assert [(one["label"], one["time_ms"]) for one in turns] == [("Karim", 1500), ("Noor", 63000)]
    assert "Hello & welcome." in text(new, "a")
    assert labels(new, "b") == ["Karim", "Noor", "Karim", "Noor"]
    assert {name: one["format"] for name, one in sources(new).items()} == {"a": "vtt", "b": "srt"}


def test_the_content_decides_and_not_the_ending(new: Path, tmp_path: Path) -> None:
    (tmp_path / "word.txt").write_bytes(a_docx("Only words."))
    (tmp_path / "caption.txt").write_bytes(b"WEBVTT\n\n00:00:01.000 --> 00:00:02.000\n<v A>Hello.</v>\n")
    (tmp_path / "none").write_text(TALK, encoding="utf-8")
    done("import", tmp_path / "word.txt", tmp_path / "caption.txt", tmp_path / "none", study=new)
    assert {name: one["format"] for name, one in sources(new).items()} == {
        "word": "docx", "caption": "vtt", "none": "txt",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("encoding", "bom", "named"),
    [
        ("utf-8", b"", "utf-8"),
        ("utf-8", b"\xef\xbb\xbf", "utf-8-sig"),
        ("utf-16-le", b"\xff\xfe", "utf-16-le"),
        ("utf-16-be", b"\xfe\xff", "utf-16-be"),
        ("utf-16-le", b"", "utf-16-le"),
        ("cp1252", b"", "windows-1252"),
    ],
)
@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_encodings(new: Path, tmp_path: Path, encoding: str, bom: bytes, named: str, line_end: str) -> None:
    said = "I: Wat zei zij?\n\nR1: “Ik geloof het niet”, coöperatie – €5.\n\nI: En?\n\nR1: Ja.\n"
    data = bom + said.replace("\n", line_end).encode(encoding)
    (tmp_path / "t.txt").write_bytes(data)
    done("import", tmp_path / "t.txt", study=new)
    one = sources(new)["t"]
    assert text(new, "t") == said
    assert one["encoding"] == named
    assert one["sha256"] == hashlib.sha256(data).hexdigest()
    assert one["text_sha256"] == hashlib.sha256(said.encode()).hexdigest()
    assert one["characters"] == len(said)


def test_text_is_neither_trimmed_nor_composed(new: Path, tmp_path: Path) -> None:
    said = "  \n\n  e\u0301\u00a0x \u200f عربي 👩‍👩‍👧 \t \n\n\n   "
    (tmp_path / "t.txt").write_bytes(said.encode())
    done("import", tmp_path / "t.txt", study=new)
    assert text(new, "t") == said


def test_a_folder_is_read_whole_and_the_rest_is_named(new: Path, tmp_path: Path) -> None:
    folder = tmp_path / "in"
    (folder / "deep").mkdir(parents=True)
    (folder / ".hidden").mkdir()
    for place in ("a.txt", "deep/b.md", ".hidden/c.txt", ".d.txt"):
        (folder / place).write_text(f"{TALK}{place}\n", encoding="utf-8")
    (folder / "photo.jpg").write_bytes(b"\xff\xd8\xff\xe0" + bytes(40))
    (folder / "empty.txt").write_bytes(b"")
    (folder / "book.yaml").write_text("codes:\n- name: fresh\n", encoding="utf-8")
    result = qda("import", folder, study=new)
    assert result.code == 1
    assert set(sources(new)) == {"a", "b"}
    assert [one["path"] for one in done("codes", "--format", "json", study=new).json] == ["fresh"]
    assert "photo.jpg" in result.err
    refused = [line for line in result.err.splitlines() if line.startswith("qda: ")]
    assert len(refused) == 1
    assert "empty.txt" in refused[0]


def test_each_file_is_a_change_of_its_own(new: Path, tmp_path: Path) -> None:
    for name in "ab":
        (tmp_path / f"{name}.txt").write_text(f"{TALK}{name}", encoding="utf-8")
    done("import", tmp_path / "a.txt", tmp_path / "b.txt", study=new)
    done("undo", study=new)
    assert set(sources(new)) == {"a"}
    done("undo", study=new)
    assert sources(new) == {}
    done("redo", study=new)
    done("redo", study=new)
    assert set(sources(new)) == {"a", "b"}


def test_the_same_bytes_are_skipped(new: Path, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TALK, encoding="utf-8")
    (tmp_path / "b.txt").write_text(TALK, encoding="utf-8")
    done("import", tmp_path / "a.txt", study=new)
    before = done("history", "--format", "json", study=new).out
    for again in ("a.txt", "b.txt"):
        result = done("import", tmp_path / again, study=new)
        assert "'a'" in result.err
        assert "--again" in result.err
    assert done("history", "--format", "json", study=new).out == before
    assert set(sources(new)) == {"a"}


def test_again_under_another_name(new: Path, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TALK, encoding="utf-8")
    done("import", tmp_path / "a.txt", study=new)
    done("import", tmp_path / "a.txt", "--again", "--name", "second", study=new)
    found = sources(new)
    assert set(found) == {"a", "second"}
    assert found["a"]["sha256"] == found["second"]["sha256"]
    assert found["a"]["id"] != found["second"]["id"]
    assert "second" in done("import", tmp_path / "a.txt", "--again", "--name", "second", study=new).err
    assert set(sources(new)) == {"a", "second"}


def test_names_that_are_taken_and_import_says_so(new: Path, tmp_path: Path) -> None:
    said = []
    for number, name in enumerate(("t.txt", "t.docx", "1/t.docx", "2/t.docx", "3/t.txt")):
        file = tmp_path / name
        file.parent.mkdir(exist_ok=True)
        file.write_bytes(a_docx(f"Words {number}") if name.endswith("docx") else f"Words {number}\n".encode())
        said.append(done("import", file, study=new).err)
    assert list(sources(new)) == sorted(["t", "t.docx", "t (2)", "t (3)", "t.txt"])
    assert "'t.docx'" in said[1]
    assert "'t (2)'" in said[2]
    assert "'t (3)'" in said[3]
    assert "'t.txt'" in said[4]


def test_the_identity_of_a_source_is_that_of_its_bytes(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TALK, encoding="utf-8")
    (tmp_path / "b.txt").write_text(TALK, encoding="utf-8")
    ids = []
    for name in "ab":
        done("init", tmp_path / f"study {name}")
        done("import", tmp_path / f"{name}.txt", study=tmp_path / f"study {name}")
        ids.append(sources(tmp_path / f"study {name}")[name]["id"])
    assert ids[0] == ids[1]
    assert ids[0][14] == "5"


def test_kind_language_date_and_name(new: Path, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TALK, encoding="utf-8")
    options = ("--kind", "notes", "--language", "nl", "--date", "2024-05", "--name", "An interview / no. 3")
    done("import", tmp_path / "a.txt", *options, study=new)
    one = sources(new)["An interview / no. 3"]
    assert (one["kind"], one["language"], one["date"]) == ("notes", "nl", "2024-05")


def test_a_dry_run_tells_and_does_nothing(new: Path, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TALK, encoding="utf-8")
    before = (new / "study.db").read_bytes()
    found = done("import", tmp_path / "a.txt", "--dry-run", "--format", "json", study=new).json
    assert found[0]["name"] == "a"
    assert found[0]["speakers"] == ["I", "R1"]
    assert found[0]["turns"] == 4
    assert (new / "study.db").read_bytes() == before


# --- speakers ----------------------------------------------------------------------------------------------

UNSURE = "Karim: Once only.\n\nNote: it rained.\n\nI: One.\n\nI: Two.\n\nI: Three.\n"


def test_without_a_terminal_only_sure_labels_become_turns_and_the_rest_is_listed(new: Path, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(UNSURE, encoding="utf-8")
    result = done("import", tmp_path / "a.txt", study=new)
    assert set(labels(new, "a")) == {"I"}
    assert "'Karim' (1)" in result.err


def test_speakers_yes_no_or_those_of_a_file(new: Path, tmp_path: Path) -> None:
    for name in ("yes", "no", "file"):
        (tmp_path / f"{name}.txt").write_text(f"{UNSURE}\n{name}\n", encoding="utf-8")
    (tmp_path / "who.csv").write_text("label,role\nKarim,interpreter\ni\n", encoding="utf-8")
    done("import", tmp_path / "yes.txt", "--speakers", "yes", study=new)
    done("import", tmp_path / "no.txt", "--speakers", "no", study=new)
    done("import", tmp_path / "file.txt", "--speakers", tmp_path / "who.csv", study=new)
    assert "Karim" in labels(new, "yes")
    assert labels(new, "no") == []
    assert set(labels(new, "file")) == {"Karim", "I"}
    roles = {one["name"]: one["role"] for one in done("persons", "--format", "json", study=new).json}
    assert "interpreter" in roles.values()


def test_labels_are_local_to_their_source(new: Path, tmp_path: Path) -> None:
    for name in "ab":
        (tmp_path / f"{name}.txt").write_text(f"{TALK}\n{name}\n", encoding="utf-8")
        done("import", tmp_path / f"{name}.txt", study=new)
    found = done("persons", "--format", "json", study=new).json
    assert [one["sources"] for one in found] == [["a"], ["a"], ["b"], ["b"]]
    assert len({one["name"] for one in found}) == 4


def test_nothing_asks_where_there_is_no_terminal(new: Path, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(UNSURE, encoding="utf-8")
    run = fresh("--coder", "Anna", "import", tmp_path / "a.txt", cwd=new)
    assert run.returncode == 0
    assert b"> " not in run.stderr
    assert run.stdout == b""


def _ask(new: Path, tmp_path: Path, *typed: str) -> tuple[int, str]:
    (tmp_path / "a.txt").write_text(UNSURE, encoding="utf-8")
    return on_terminal("--coder", "Anna", "import", tmp_path / "a.txt", cwd=new, typed=[f"{line}\n" for line in typed])


def test_the_table_of_speakers_is_taken_with_enter(new: Path, tmp_path: Path) -> None:
    code, shown = _ask(new, tmp_path, "")
    assert code == 0, shown
    assert "Karim" in shown
    assert set(labels(new, "a")) == {"I"}


def test_the_table_of_speakers_takes_changes(new: Path, tmp_path: Path) -> None:
    code, shown = _ask(new, tmp_path, "I no, karim interviewer", "Karin yes", "Note no", "")
    assert code == 0, shown
    assert "'Karin yes'" in shown
    assert labels(new, "a") == ["Karim"]
    assert done("persons", "--format", "json", study=new).json[0]["role"] == "interviewer"


def test_the_table_of_speakers_can_be_left_with_nothing_done(new: Path, tmp_path: Path) -> None:
    before = (new / "study.db").read_bytes()
    code, shown = _ask(new, tmp_path, "Karim yes", "q")
    assert code == 1
    assert shown.rstrip().splitlines()[-1].startswith("qda: stopped")
    assert (new / "study.db").read_bytes() == before


def test_the_table_of_speakers_can_be_emptied(new: Path, tmp_path: Path) -> None:
    code, shown = _ask(new, tmp_path, "none", "")
    assert code == 0, shown
    assert labels(new, "a") == []


def test_nothing_is_asked_of_bytes_that_are_here_already(new: Path, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(UNSURE, encoding="utf-8")
    done("import", tmp_path / "a.txt", study=new)
    code, shown = on_terminal("--coder", "Anna", "import", tmp_path / "a.txt", cwd=new)
    assert code == 0
    assert "> " not in shown


# --- new text ----------------------------------------------------------------------------------------------


def test_a_corrected_text_takes_its_codings_along(study: Path, tmp_path: Path) -> None:
    before = done("source", "text", "alfa", study=study).out
    (tmp_path / "alfa.txt").write_text("Corrected.\n" + before.replace("My brother.", "My sister."), encoding="utf-8")
    result = done("source", "edit", "alfa", tmp_path / "alfa.txt", "--format", "json", study=study)
    assert sorted(one["state"] for one in result.json).count("words gone") <= 1
    assert done("check", study=study).code == 0
    done("undo", study=study)
    assert done("source", "text", "alfa", study=study).out == before
    assert done("check", study=study).code == 0


# --- names as other machines write them --------------------------------------------------------------------


def test_a_name_is_found_however_its_accents_are_written(new: Path, tmp_path: Path) -> None:
    """A Mac writes the ë of a file's name as two characters; nobody types it so."""
    (tmp_path / "Zoe\u0308.txt").write_text(TALK, encoding="utf-8")
    done("import", tmp_path / "Zoe\u0308.txt", study=new)
    done("code", "add", "a", study=new)
    typed = "Zo\u00eb"
    assert qda("source", "text", typed, study=new).code == 0
    assert qda("report", "excerpts", "--source", typed, study=new).code == 0
    assert qda("codings", "add", typed, "a", "0", "2", study=new).code == 0


def test_what_is_left_out_of_a_folder_is_named_also_where_it_cannot_be_read(new: Path, tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text(TALK, encoding="utf-8")
    (tmp_path / "in" / "lost.txt").symlink_to(tmp_path / "nowhere.txt")
    assert "lost.txt" in qda("import", tmp_path / "in", study=new).err


def test_what_a_folder_holds_beside_files_is_said(new: Path, tmp_path: Path) -> None:
    folder = tmp_path / "in"
    (folder / "sub" / ".hidden").mkdir(parents=True)
    (folder / "sub" / "a.txt").write_text(TALK, encoding="utf-8")
    (folder / "sub" / ".hidden" / "b.txt").write_text(TALK + "b", encoding="utf-8")
    (folder / "linked").symlink_to(folder / "sub")
    (folder / "lost.txt").symlink_to(tmp_path / "nowhere.txt")
    (folder / ".lost").symlink_to(tmp_path / "nowhere.txt")
    os.mkfifo(folder / "pipe.txt")
    (folder / "findings.md").write_text("# Claims\n\n## Family decides\n", encoding="utf-8")
    (folder / "talk.md").write_text("# Claims and talk\n\n**I:** Hi.\n\n**R:** Hi.\n", encoding="utf-8")
    (folder / "answers.csv").write_text("nr,why\n1,to see her\n", encoding="utf-8")
    result = qda("import", folder, study=new)
    assert result.code == 1
    assert "linked: left out, it is a link to a folder" in result.err
    assert "answers.csv: left out, it is no transcript\n" in result.err
    assert "Tables come in by commands of their own: answers by 'qda survey'" in result.err
    assert "pipe.txt: left out, it is no ordinary file" in result.err
    assert "qda: " + str(folder / "lost.txt") + ": this link leads to no file" in result.err
    assert ".lost" not in result.err
    assert "findings.md: it holds claims; 'qda claims import' takes them in" in result.err
    assert list(sources(new)) == ["a", "talk"]
    assert qda("import", folder / "findings.md", study=new).code == 1
    assert list(sources(new)) == ["a", "talk"]


def test_only_new_files_are_asked_about(new: Path, tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text(UNSURE, encoding="utf-8")
    done("import", tmp_path / "in" / "a.txt", study=new)
    (tmp_path / "in" / "b.txt").write_text(TALK.replace("R1", "Zoë"), encoding="utf-8")
    code, shown = on_terminal("--coder", "Anna", "import", tmp_path / "in", cwd=new, typed=["Zoë no\n", "\n"])
    assert code == 0, shown
    assert "Karim" not in shown
    assert labels(new, "b") == ["I", "I"]
    assert labels(new, "a") == ["I"] * len(labels(new, "a"))


@pytest.mark.parametrize("words", ["Dutch", "NL", "nld", "nederlands"])
def test_a_language_has_one_code(new: Path, tmp_path: Path, words: str) -> None:
    (tmp_path / "a.txt").write_text(TALK, encoding="utf-8")
    done("import", tmp_path / "a.txt", "--language", words, study=new)
    assert sources(new)["a"]["language"] == "nl"
    done("source", "set", "a", "--language", "", study=new)
    assert sources(new)["a"]["language"] == ""
    done("source", "set", "a", "--language", words, study=new)
    done("attributes", "import", "-", study=new, stdin=f"source,language\na,{words}\n".encode())
    assert sources(new)["a"]["language"] == "nl"


def _edited(new: Path, folder: Path) -> None:
    """A source whose text was corrected from a file that lies in the folder now."""
    folder.mkdir()
    (folder / "a.txt").write_text(TALK, encoding="utf-8")
    done("import", folder, study=new)
    (folder / "a.txt").write_text(f"{TALK}\nR1: One more.\n", encoding="utf-8")
    done("source", "edit", "a", folder / "a.txt", study=new)


def test_the_bytes_of_a_later_revision_are_here_already(new: Path, tmp_path: Path) -> None:
    _edited(new, tmp_path / "in")
    before = done("history", "--format", "json", study=new).out
    assert "here already as 'a'" in done("import", tmp_path / "in", study=new).err
    (tmp_path / "first.txt").write_text(TALK, encoding="utf-8")
    assert "here already as 'a'" in done("import", tmp_path / "first.txt", study=new).err
    assert done("history", "--format", "json", study=new).out == before
    done("import", tmp_path / "in" / "a.txt", "--again", "--name", "b", study=new)
    assert set(sources(new)) == {"a", "b"}


def test_bytes_of_an_edit_that_was_taken_back_may_come_in(new: Path, tmp_path: Path) -> None:
    _edited(new, tmp_path / "in")
    done("undo", study=new)
    done("import", tmp_path / "in", study=new)
    assert set(sources(new)) == {"a", "a.txt"}


def test_a_source_has_the_hash_of_its_current_revision(new: Path, tmp_path: Path) -> None:
    _edited(new, tmp_path / "in")
    data = (tmp_path / "in" / "a.txt").read_bytes()
    one = sources(new)["a"]
    assert (one["revision"], one["revision_sha256"], one["text_sha256"], one["sha256"]) == (
        2,
        hashlib.sha256(data).hexdigest(),
        hashlib.sha256(data).hexdigest(),
        hashlib.sha256(TALK.encode()).hexdigest(),
    )


def test_a_dry_run_lists_what_the_import_then_does(new: Path, tmp_path: Path) -> None:
    folder = tmp_path / "in"
    _edited(new, folder)
    for name, said in {
        "b.txt": "b",
        "deep/a.txt": "another",
        "deep/b.txt": "b",  # the bytes of b.txt
        "deep/c.md": "c",
        "c.txt": "c in text",
        "deeper/c.txt": "one more c",
        "broken.txt": "",
    }.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(said, encoding="utf-8")
    (folder / "lost.txt").symlink_to(folder / "nowhere.txt")
    (folder / "good.yaml").write_text("codes:\n- name: one\n", encoding="utf-8")
    (folder / "wrong.yaml").write_text("codes:\n- nome: one\n", encoding="utf-8")
    untouched = (new / "study.db").read_bytes()
    planned = qda("import", folder, "--dry-run", "--format", "json", study=new)
    assert (new / "study.db").read_bytes() == untouched
    before = set(sources(new))
    real = qda("import", folder, study=new)
    assert real.code == planned.code == 1

    def refused(err: str) -> set[str]:
        return {line for line in err.splitlines() if line.startswith("qda: ")}

    assert refused(real.err) == refused(planned.err)
    assert len(refused(planned.err)) == 3
    found = {one["file"].removeprefix(f"{folder}/"): one for one in planned.json}
    assert {one["name"] for one in found.values() if one["what"].startswith("new")} == set(sources(new)) - before
    assert {file: (one["name"], one["what"]) for file, one in found.items()} == {
        "a.txt": ("a", "here already"),
        "b.txt": ("b", "new"),
        "c.txt": ("c", "new"),
        "deep/a.txt": ("a.txt", "new (the name was taken)"),
        "deep/b.txt": ("b", f"the same bytes as {folder / 'b.txt'}"),
        "deep/c.md": ("c.md", "new (the name was taken)"),
        "deeper/c.txt": ("c.txt", "new (the name was taken)"),
        "good.yaml": ("good", "1 code taken over"),
    }


def test_a_dry_run_of_projects_knows_what_comes_in_before_them(new: Path, tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    for name, said in {
        "talk.txt": TALK,
        "quotes.csv": f"Document,Quotation,Code\ntalk,{TALK[:7]},Start\ntalk,nowhere at all,Start\n",
        "again.csv": f"Document,Quotation,Code\ntalk,{TALK[:7]},Start\n",
        "book.yaml": "codes:\n- name: Start\n",
    }.items():
        (folder / name).write_text(said, encoding="utf-8")
    untouched = (new / "study.db").read_bytes()
    planned = done("import", folder, "--dry-run", study=new)
    assert (new / "study.db").read_bytes() == untouched
    assert sorted(path.name for path in new.glob(".*")) == []
    real = done("import", folder, study=new)
    said = [line for line in real.err.splitlines() if "csv: " in line or line.startswith("  ")]
    assert planned.err.splitlines() == said
    assert "1 new coding" in said[0]
    assert "0 new codings, 1 here already" in said[1]


def test_a_dry_run_refuses_a_name_that_is_taken(new: Path, tmp_path: Path) -> None:
    _edited(new, tmp_path / "in")
    (tmp_path / "b.txt").write_text("b", encoding="utf-8")
    planned = qda("import", tmp_path / "b.txt", "--name", "a", "--dry-run", study=new)
    real = qda("import", tmp_path / "b.txt", "--name", "a", study=new)
    assert planned.code == real.code == 1
    assert real.err in planned.err


@pytest.mark.parametrize("damage", [b"", b"no database"])
@pytest.mark.parametrize("name", ["data.qda", "qualitative_coding.sqlite3"])
def test_the_texts_of_a_damaged_project_do_not_come_in_without_it(
    new: Path, tmp_path: Path, name: str, damage: bytes
) -> None:
    folder = tmp_path / "in" / "project"
    (folder / "documents").mkdir(parents=True)
    (folder / "documents" / "a.txt").write_text(TALK, encoding="utf-8")
    (folder / name).write_bytes(damage)
    (tmp_path / "in" / "talk.rqda").write_bytes(damage)
    before = sources(new)
    for path, problems in ((folder, 1), (tmp_path / "in", 2)):
        result = qda("import", path, study=new)
        assert (result.code, len(result.err.splitlines())) == (1, problems), result.err
        assert f"{name}: the " in result.err
    assert sources(new) == before
