"""Registers in and out: attributes, persons, cases, memos, progress, coverage, what is no data."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from cli_world import done, everything, qda

if TYPE_CHECKING:
    from pathlib import Path

REGISTERS = (
    *("persons", "cases", "progress", "coverage", "not-data", "memos"),
    *("attributes --for sources", "attributes --for persons", "attributes --for cases"),
)


def split(words: str) -> tuple[str, list[str]]:
    noun, *options = words.split()
    return noun, options


def take_in(study: Path, noun: str, text: str | bytes, *options: str) -> str:
    data = text if isinstance(text, bytes) else text.encode()
    return done(noun, "import", "-", *options, study=study, stdin=data).err


def values(study: Path, noun: str = "persons") -> dict[str, dict[str, Any]]:
    return {one["name"]: one for one in done(noun, "--format", "json", study=study).json}


@pytest.mark.parametrize("words", REGISTERS)
def test_out_and_in_changes_nothing(study: Path, tmp_path: Path, words: str) -> None:
    noun, options = split(words)
    written = done(noun, "export", "-", *options, study=study)
    assert written.err == ""
    file = tmp_path / "register"
    assert done(noun, "export", file, *options, study=study).out == ""
    assert file.read_bytes().decode() == written.out
    state = everything(study)
    done(noun, "import", file, *options, study=study)
    assert done(noun, "export", "-", *options, study=study).out == written.out
    after = everything(study)
    assert after["table state"] == state["table state"]
    assert after["table change"] == state["table change"], "what changes nothing leaves no line in the log"


@pytest.mark.parametrize("words", REGISTERS)
def test_out_of_one_study_and_into_its_copy(sample: Path, demo: Path, words: str) -> None:
    noun, options = split(words)
    text = done(noun, "export", "-", *options, study=sample).out
    done(noun, "import", "-", *options, study=demo, stdin=text.encode())
    assert done(noun, "export", "-", *options, study=demo).out == text


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_attributes_as_spreadsheets_write_them(study: Path, delimiter: str, encoding: str, line_end: str) -> None:
    rows = [["person", "city", "said"], ["Tove", "Tromsø", f'"a{delimiter} ""b"" / é\nc"'], ["Ida", "", ""]]
    text = "".join(delimiter.join(row) + "\n" for row in rows).replace("\n", line_end)
    take_in(study, "attributes", text.encode(encoding))
    found = values(study)
    assert found["Tove"]["city"] == "Tromsø"
    assert found["Tove"]["said"].replace("\r\n", "\n") == f'a{delimiter} "b" / é\nc'
    assert found["Ida"]["city"] == ""


def test_attributes_with_several_values(study: Path) -> None:
    take_in(study, "attributes", "person,land\nTove,NO|NL | IR\\|IQ\n")
    assert done("attributes", "export", "-", "--for", "persons", study=study).out.splitlines()[0].endswith("land")
    report = done("report", "comparison", "--by", "land", "--format", "json", study=study).json
    assert {row["value"] for row in report["rows"]} - {"(missing)"} == {"NO", "NL", "IR|IQ"}


def test_one_attribute_twice_is_refused_and_changes_nothing(study: Path) -> None:
    """Two columns or rows of one thing are an accident more often than several values of it."""
    untouched = everything(study)
    for text, words in (
        ("person,land,land\nTove,NO,NL\n", "standard input:1: columns 2 and 3 are one attribute ('land')"),
        ("source,Country,country\nalfa,NO,NL\n", "standard input:1: columns 2 and 3 are one attribute"),
        (
            "person,land\nTove,NO\nIda,NL\ntove,NL|NO\n",
            "standard input:4: 'land' of 'tove' is 'NL' and 'NO' here and 'NO' in line 2; keep one, or",
        ),
        ("source,kind\nalfa,notes\nalfa,letter\n", "standard input:3: 'kind' of 'alfa' is 'letter' here and 'notes'"),
        ("source,a,kind\nalfa,1,notes|letter\n", "standard input:2: a source has one kind, not 2 (notes, letter)"),
    ):
        result = qda("attributes", "import", "-", study=study, stdin=text.encode())
        assert result.code == 1
        assert words in result.err
    assert everything(study) == untouched


def test_rows_of_one_person_may_add_to_each_other_and_repeat(study: Path) -> None:
    take_in(study, "attributes", "person,land,job\nTove,NO|NL,\nIda,NO,\nTove,,nurse\ntove,NL|NO,nurse\n")
    assert (values(study)["Tove"]["land"], values(study)["Tove"]["job"]) == ("NL|NO", "nurse")


def test_a_value_replaces_and_an_empty_cell_says_nothing(study: Path) -> None:
    take_in(study, "attributes", "person,city,job\nTove,Oslo,nurse\n")
    take_in(study, "attributes", "person,city,job\nTove,Bergen,\n")
    assert (values(study)["Tove"]["city"], values(study)["Tove"]["job"]) == ("Bergen", "nurse")


def test_attributes_by_another_first_header(study: Path) -> None:
    take_in(study, "attributes", "who,city\nTove,Oslo\n", "--for", "persons")
    assert values(study)["Tove"]["city"] == "Oslo"
    take_in(study, "attributes", "sources,place\nalfa,north\n")
    assert "north" in done("attributes", "export", "-", study=study).out


def test_attributes_are_strings(study: Path) -> None:
    take_in(study, "attributes", "person,a,b,c,d,e\nTove,NO,1:30,007,1e5,null\n")
    found = values(study)["Tove"]
    assert [found[name] for name in "abcde"] == ["NO", "1:30", "007", "1e5", "null"]


def test_attributes_are_typed(study: Path) -> None:
    take_in(study, "attributes", 'person,height:number\nTove,"1,72"\n')
    kinds = {(one["name"], one["for"]): one["type"] for one in done("attributes", "--format", "json", study=study).json}
    assert kinds["height", "persons"] == "number"
    assert kinds["born", "persons"] == "date"
    assert kinds["country", "sources"] == "text"
    assert qda("attributes", "import", "-", study=study, stdin=b"person,height\nTove,tall\n").code == 1


def test_a_sources_own_fields_are_attributes_too(study: Path) -> None:
    take_in(study, "attributes", "source,kind,date\ngamma,observation,2024-09-01\n")
    found = values(study, "sources")["gamma"]
    assert (found["kind"], found["date"]) == ("observation", "2024-09-01")


def test_a_person_named_for_several_sources_is_shared(study: Path) -> None:
    found = values(study)
    assert found["Tove"]["sources"] == ["alfa", "beta"]
    rows = done("report", "frequency", "--code", "trust/high", "--format", "json", study=study).json["rows"]
    assert (rows[0]["sources"], rows[0]["persons"]) == (2, 1)
    undone = 0
    while done("undo", study=study).err.strip() != "Taken back: persons from persons.csv":
        undone += 1
    assert [one["sources"] for one in values(study).values()] == [["alfa"], ["alfa"], ["beta"], ["beta"]]


def test_persons_who_are_one_are_merged_by_hand_only(study: Path, tmp_path: Path) -> None:
    (tmp_path / "delta.txt").write_text("I: Who?\n\nR1: Me.\n\nI: Why?\n\nR1: So.\n", encoding="utf-8")
    done("import", tmp_path / "delta.txt", study=study)
    assert [name for name in values(study) if name.startswith("delta/")] == ["delta/I", "delta/R1"]
    done("persons", "merge", "delta/R1", "Tove", study=study)
    assert values(study)["Tove"]["sources"] == ["alfa", "beta", "delta"]
    done("undo", study=study)
    assert "delta/R1" in values(study)


def test_a_label_that_two_persons_have_names_nobody(study: Path, tmp_path: Path) -> None:
    for name in ("delta", "epsilon"):
        (tmp_path / f"{name}.txt").write_text(f"I: Who?\n\nR7: Me, {name}.\n\nI: Why?\n\nR7: So.\n", encoding="utf-8")
        done("import", tmp_path / f"{name}.txt", study=study)
    untouched = everything(study)
    for noun, text in (("attributes", "person,a\nR7,1\n"), ("cases", "case,person\nnew,R7\n")):
        result = qda(noun, "import", "-", study=study, stdin=text.encode())
        assert result.code == 1
        assert "delta/R7" in result.err
        assert "epsilon/R7" in result.err
    assert everything(study) == untouched


def test_an_interpreter_speaks_for_somebody(sample: Path) -> None:
    turns = done("source", "turns", "iraqi_returnee_interpreter", "--format", "json", study=sample).json
    assert {one["speaks_for"] for one in turns if one["role"] == "interpreter"} == {"Returnee A"}


def test_cases_gather_persons_and_sources(study: Path) -> None:
    take_in(study, "cases", "case;kind;persons;sources\nNorth;region;Tove|Ida;beta\nNorth;;;gamma\n")
    found = values(study, "cases")["North"]
    assert (found["kind"], set(found["persons"]), found["sources"]) == ("region", {"Ida", "Tove"}, ["beta", "gamma"])


def test_memos_come_in_once(study: Path) -> None:
    target = '{"source": "alfa", "quote": "My brother."}'
    line = f'{{"text": "Twice?", "id": "6a8ae5b6-1f0f-4f4f-9d4a-0d4c4a4b4c4d", "target": {target}}}'
    take_in(study, "memos", f"{line}\n")
    take_in(study, "memos", f"{line}\n")
    found = [one for one in done("memos", "--format", "json", study=study).json if one["text"] == "Twice?"]
    assert len(found) == 1
    assert (found[0]["about"], found[0]["target"]) == ("segment", "alfa")


def test_progress_coverage_and_no_data_by_hand(study: Path) -> None:
    done("progress", "set", "beta", "done", study=study, coder="Bram")
    states = done("progress", "--format", "json", study=study).json
    assert ("beta", "Bram", "done") in [(one["source"], one["coder"], one["state"]) for one in states]
    done("not-data", "add", "alfa", "--lines", "1", "--reason", "head", study=study)
    found = [one for one in done("not-data", "--format", "json", study=study).json if one["source"] == "alfa"]
    assert found == [{"source": "alfa", "start": 0, "end": 35, "reason": "head"}]
    assert done("search", "invented", "--format", "json", study=study).json == []
    done("not-data", "remove", "alfa", "0", "5", study=study)
    assert len(done("search", "invented", "--format", "json", study=study).json) == 1


def test_all_or_nothing(study: Path) -> None:
    """A good line in front of a bad one does not come in."""
    untouched = everything(study)
    for noun, text in (
        ("persons", "person,role\nNew,other\nTove,boss\n"),
        ("cases", "case,person\nnew,Tove\nnewer,Nobody\n"),
        ("attributes", "source,a\nalfa,1\ndelta,1\n"),
        ("progress", "source,coder,state\nbeta,New,done\ndelta,New,done\n"),
        ("coverage", "source,code,asked\ngamma,place,yes\ngamma,plaice,yes\n"),
        ("not-data", "source,start,end\nalfa,0,5\nalfa,5,99999\n"),
        ("memos", '{"text": "x", "target": {"study": true}}\n{"text": "x", "target": {"source": "delta"}}\n'),
    ):
        result = qda(noun, "import", "-", study=study, stdin=text.encode())
        assert result.code == 1
        assert result.err.count("\n") == 1
    assert everything(study) == untouched


@pytest.mark.parametrize("noun", ["persons", "cases", "attributes", "progress", "coverage", "not-data", "memos"])
def test_standard_input_is_called_so(study: Path, noun: str) -> None:
    result = qda(noun, "import", "-", study=study, stdin=b"one,two\nthree\n")
    assert result.code == 1
    assert "standard input" in result.err


def test_attributes_that_differ_in_case_only_are_one(study: Path) -> None:
    """`Country` beside `country` would split every comparison in two halves."""
    qda("attributes", "import", "-", study=study, stdin=b"source,Country\nalfa,BE\n")
    names = [one["name"].casefold() for one in done("attributes", "--format", "json", study=study).json]
    assert names.count("country") == 1


@pytest.mark.parametrize("word", ["Done", "in_progress", "IN PROGRESS"])
def test_states_are_written_by_hand_as_in_a_file(study: Path, word: str) -> None:
    done("progress", "import", "-", study=study, stdin=f"source,coder,state\nalfa,Anna,{word}\n".encode())
    done("progress", "set", "alfa", word, study=study)


def test_what_changes_nothing_says_so_for_there_is_nothing_to_undo(study: Path, tmp_path: Path) -> None:
    """Else an undo would seem to take back this command, and takes back the one before."""
    file = tmp_path / "persons.csv"
    done("persons", "export", file, study=study)
    steps = (["persons", "import", file], ["code", "bring-back", "place"], ["import", tmp_path / "same.txt"])
    (tmp_path / "same.txt").write_text("The same again.\n", encoding="utf-8")
    assert "there is nothing here to undo" not in done("import", tmp_path / "same.txt", study=study).err
    for words in steps:
        assert "there is nothing here to undo" in done(*words, study=study).err
    assert done("undo", study=study).err.strip() == "Taken back: source same"
    assert "undo" not in done("sources", study=study).err
