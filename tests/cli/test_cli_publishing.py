"""`qda sensitive`, `pseudonyms`, `leaks`, `--profile`: what is confidential, and names, stay out of what goes out."""

from __future__ import annotations

import re
import sqlite3
import zipfile
from contextlib import closing
from typing import IO, TYPE_CHECKING

import pytest
from cli_world import copy_study, done, qda

if TYPE_CHECKING:
    from pathlib import Path

SECRETS = ("did not trust the office", "the lady of the of-\nfice, a little", "everybody came")
TALK = """Osas: It was Blessing's idea. {}

Interviewer: And then?

Osas: Then An-
na Ólafsdóttir paid. Grace said nothing.

Police: The police came at noon, as the police does.
"""


REFUSED = [
    (("sensitive", "add"), "say what is meant"),
    (("sensitive", "add", "alfa", "3"), "START and END"),
    (("sensitive", "add", "alfa", "--black-out"), "is for words of a source"),
    (("sensitive", "add", "alfa", "3", "99999"), "3-99999 does not lie in 'alfa'"),
    (("sensitive", "add", "--person", "Nobody"), "there is no person named 'Nobody'"),
    (("sensitive", "remove", "beta"), "nothing there is marked"),
    (("pseudonyms", "set", "Osas", "Mr Blessing"), "'blessing' is in the name of 'Blessing'"),
    (("pseudonyms", "set", "Nobody", "X"), "no person, source or case is called 'Nobody'"),
    (("leaks", "allow", "osas"), "say where the name may stand"),
    (("leaks", "allow", "osas", "other words"), "does not stand in 'other words'"),
    (("leaks", "forget", "osas"), "nothing was decided"),
    (("report", "frequency", "--profile", "press"), "--profile is one of internal, team, public"),
    (("report", "excerpts", "--profile", "public"), "would go out"),
]


@pytest.fixture
def named(study: Path) -> Path:
    """The small study with a talk of named people, coded, and three segments that are confidential."""
    talk = study.parent / "talk of Osas.txt"
    talk.write_text(TALK.format("She asked."), encoding="utf-8")
    done("import", talk, "--speakers", "yes", study=study)
    done("persons", "import", _file(study, "person\nBlessing\nAnna Ólafsdóttir\n"), study=study)
    done("source", "set", "talk of Osas", "--date", "2024-03-17", study=study)
    done("codings", "add", "talk of Osas", "trust/high", "0", "40", study=study)
    text = done("source", "text", "alfa", study=study).out
    for words in SECRETS:
        start = text.index(words)
        done("codings", "add", "alfa", "time", start, start + len(words), study=study, coder="Secretary")
        done("sensitive", "add", "alfa", start, start + len(words), "--reason", "asked", study=study)
    return study


def _file(study: Path, content: str) -> Path:
    file = study.parent / "in.csv"
    file.write_text(content, encoding="utf-8")
    return file


def _touching(study: Path) -> int:
    """How many excerpts share a character with a secret, by looking at each of them."""
    rows = done("report", "excerpts", "--format", "json", study=study).json["rows"]
    marks = done("sensitive", "--format", "json", study=study).json
    secret = [set(range(one["start"], one["end"])) for one in marks if one["how"] == "withhold"]
    places = {(row["source"], row["start"], row["end"]) for row in rows if row["source"] == "alfa"}
    touching = {place for place in places if any(one.intersection(range(*place[1:])) for one in secret)}
    assert len(touching) >= 3
    return len(touching)


def _words(file: Path) -> str:
    """All that can be read in a file, in a workbook, a database or a package too."""
    if file.suffix in (".qda", ".sqlite3"):
        with closing(sqlite3.connect(file)) as tables:
            return "\n".join(tables.iterdump())
    if file.suffix not in (".xlsx", ".docx", ".qdpx", ".zip"):
        return file.read_text(encoding="utf-8")
    return _packed(file)


def _packed(file: Path | IO[bytes]) -> str:
    with zipfile.ZipFile(file) as packed:
        names = packed.namelist()
        inner = [_packed(packed.open(name)) for name in names if name.endswith(".qdpx")]
        return "\n".join([*inner, *(packed.read(name).decode() for name in names if not name.endswith(".qdpx"))])


def test_marks_and_pseudonyms_are_kept_followed_and_undone(named: Path) -> None:
    rows = done("sensitive", "--format", "json", study=named).json
    assert [(row["what"], row["name"], row["how"], row["reason"], row["by"]) for row in rows] == [
        ("segment", "alfa", "withhold", "asked", "Anna")
    ] * 3
    first = rows[0]["start"]
    done("sensitive", "add", "--person", "Osas", "--reason", "off the record", study=named)
    done("sensitive", "add", "gamma", study=named)
    kinds = [row["what"] for row in done("sensitive", "--format", "json", study=named).json]
    assert (kinds[0], kinds[-1]) == ("person", "source")
    done("undo", study=named)
    done("sensitive", "remove", "--person", "Osas", study=named)
    edited = named.parent / "edited.txt"
    edited.write_text("Twelve more." + done("source", "text", "alfa", study=named).out, encoding="utf-8")
    done("source", "edit", "alfa", edited, study=named)
    assert done("sensitive", "--format", "json", study=named).json[0]["start"] == first + 12
    edited.write_text(edited.read_text(encoding="utf-8").replace("not trust the", "never trust the"), encoding="utf-8")
    done("source", "edit", "alfa", edited, study=named)
    assert "1 confidential segment to be looked at" in done("check", study=named).err
    done(
        "pseudonyms",
        "import",
        _file(named, "name,pseudonym,of\nOsas,Emil,person\nalfa,first talk,source\n"),
        study=named,
    )
    rows = done("pseudonyms", "--format", "json", study=named).json
    assert [(row["of"], row["name"], row["pseudonym"]) for row in rows] == [
        ("person", "Osas", "Emil"),
        ("source", "alfa", "first talk"),
    ]
    assert "Blessing,,person\n" in done("pseudonyms", "export", "-", study=named).out
    done("pseudonyms", "remove", "alfa", study=named)
    done("undo", study=named)
    assert len(done("pseudonyms", "--format", "json", study=named).json) == 2
    assert done("check", study=named).code == 0


def test_what_is_refused_changes_nothing(named: Path) -> None:
    before = done("history", study=named).out
    for words, said in REFUSED:
        result = qda(*words, study=named)
        assert (result.code in (1, 2), said in result.err) == (True, True), result.err
    assert done("history", study=named).out == before


def test_a_public_export_holds_no_name_and_no_secret_in_any_form(named: Path, tmp_path: Path) -> None:
    refused = qda("report", "excerpts", "--profile", "public", "-o", tmp_path / "x.md", "--format", "md", study=named)
    assert refused.code == 1
    assert "qda leaks allow osas" in refused.err
    assert "qda leaks allow blessing" in refused.err
    assert not (tmp_path / "x.md").exists()
    done("sensitive", "names", study=named)
    done("claims", "add", "Nobody trusted the office.", study=named)
    done("claims", "cite", "trusted", "alfa", "--quote", SECRETS[0], study=named)
    done("claims", "cite", "trusted", "talk of Osas", "--quote", "It was", study=named)
    real = re.compile(
        r"Osas|Blessing|Anna|Bram|Secretary|Ólafs|talk of|alfa|beta|gamma|17|did not trust|a little\b|came\."
    )
    made = tmp_path / "made"
    public = ("--profile", "public", "--by", "country")
    for form in ("json", "md"):
        done("report", "all", *public, "--format", form, "-o", made, study=named)
    for name in ("frequency", "excerpts", "quotes"):
        by = public if name == "quotes" else public[:2]
        done("report", name, *by, "--format", "csv", "-o", made / f"{name}.csv", study=named)
    for form in ("html", "xlsx", "docx"):
        done("report", "all", *public, "--format", form, "-o", made / f"all.{form}", study=named)
    done("export", "markdown", "--profile", "public", "-o", made / "e.md", study=named)
    done("export", "markdown", "--source", "alfa", "--coder", "Anna", *public[:2], "-o", made / "f.md", study=named)
    said = done("codings", "export", made / "c.jsonl", "--profile", "public", study=named).err
    assert "withheld" in said
    done("export", "tables", "--profile", "public", "-o", made / "t", study=named)
    done("export", "refi", "--profile", "public", "-o", made / "p.qdpx", study=named)
    done("export", "deposit", "--profile", "public", "-o", made / "d.zip", study=named)
    for form, one in (("docx", "one.docx"), ("tagged", "one.txt")):
        done("export", form, "--profile", "public", "-o", made / form, study=named)
        done("export", form, "alfa", "--profile", "public", "-o", made / one, study=named)
    for form, name in (("webanno", "a.jsonld"), ("qualcoder", "q.qda"), ("taguette", "g.sqlite3")):
        done("export", form, "--profile", "public", "-o", made / name, study=named)
    files = [file for file in made.rglob("*") if file.is_file()]
    assert len(files) > 40
    for file in files:
        words = re.sub(r"[0-9a-f-]{16,}|<style>.*?</style>|<script>.*?</script>", "", _words(file), flags=re.DOTALL)
        assert [hit for hit in real.findall(words) if not hit.isdigit()] == [], file
        assert "2024-03-17" not in words
    excerpts = done("report", "excerpts", "--profile", "public", "--format", "json", study=named).json
    assert any(note.startswith(f"{_touching(named)} withheld: they touch") for note in excerpts["notes"])
    assert {row["date"] for row in excerpts["rows"] if row["source"].startswith("transcript")} >= {"2024-03"}
    assert excerpts["manifest"]["command"].endswith("--profile public")
    inside = done("report", "frequency", "--format", "json", study=named).json
    outside = done("report", "frequency", "--profile", "public", "--k", "1", "--format", "json", study=named).json
    assert [row["passages"] for row in inside["rows"]] == [row["passages"] for row in outside["rows"]]
    done("report", "all", *public, "--format", "html", "-o", tmp_path / "again.html", study=named)
    assert (tmp_path / "again.html").read_bytes() == (made / "all.html").read_bytes()
    for file in (
        made / "all.html",
        made / "all.docx",
        made / "excerpts.json",
        made / "frequency.csv",
        made / "claims.md",
    ):
        assert done("verify", file, study=named).code == 0


def test_the_team_sees_pseudonyms_and_what_is_confidential(named: Path) -> None:
    done("pseudonyms", "set", "Osas", "Emil", study=named)
    done("sensitive", "names", "--person", "Osas", study=named)
    rows = done("report", "excerpts", "--profile", "team", "--format", "json", study=named).json["rows"]
    assert {row["text"] for row in rows} >= {*SECRETS}
    mine = [row for row in rows if "Blessing" in row["text"]]
    assert [(row["speaker"], row["text"][:6], row["source"]) for row in mine] == [
        ("Emil", "▒▒▒▒: ", "transcript 1")
    ] or mine
    assert all("Osas" not in str(row) for row in rows)
    source = mine[0]["source"]
    assert re.fullmatch(r"transcript \d{3}", source)
    one = done(
        "report", "excerpts", "--profile", "team", "--source", "talk of Osas", "--format", "json", study=named
    ).json
    assert one["manifest"]["selection"]["sources"] == [source]


def test_a_name_is_decided_on_once_for_its_place(named: Path, tmp_path: Path) -> None:
    done("sensitive", "names", study=named)
    done("codings", "add", "talk of Osas", "trust/low", "0", "60", study=named)
    done("memos", "add", "Grace and Blessing agree.", "--source", "beta", study=named)
    done("code", "describe", "time", "--definition", "As Blessing says it.", study=named)
    out = ("report", "codebook", "--profile", "public", "--format", "md", "-o", tmp_path / "book.md")
    refused = qda(*out, study=named)
    assert "qda leaks allow blessing --everywhere" in refused.err
    places = re.findall(r"^    '(.*)'$", refused.err, re.MULTILINE)
    said = f"blessing: {len(places)} place"
    assert (refused.code, said in refused.err, len(places)) == (1, True, 2)
    for words in places:
        assert qda(*out, study=named).code == 1
        done("leaks", "allow", "blessing", words, "--reason", "a saying", study=named)
    done(*out, study=named)
    assert done("verify", tmp_path / "book.md", study=named).code == 0
    assert {row["name"] for row in done("leaks", "--format", "json", study=named).json} == {"blessing"}
    done("leaks", "forget", "blessing", study=named)
    assert qda(*out, study=named).code == 1
    done("undo", study=named)
    assert qda(*out, study=named).code == 0


def test_cells_of_few_cases_are_withheld_in_every_report_that_has_cells(sample: Path, tmp_path: Path) -> None:
    """In the sample study each figure that is shown in public is that of three cases or none, or a sum of such."""
    public = ("--profile", "public", "--format", "json")
    kept = _keep_all_names(sample, tmp_path)
    for words in ("comparison --by origin_country", "crosstab --by actor", "timeline", "frequency"):
        inside = done("report", *words.split(), "--format", "json", study=kept).json
        outside = done("report", *words.split(), *public, study=kept).json
        assert len(inside["rows"]) == len(outside["rows"])
        for before, after in zip(inside["rows"], outside["rows"], strict=True):
            shown = after["passages"] is not None
            assert shown == (after["withheld"] is None or "passages" not in after["withheld"].split("|"))
            assert not shown or after["passages"] == before["passages"]
            assert not (shown and 0 < before["cases"] < 3), (words, before)
        assert any(note.startswith("Cells of fewer than 3 cases are withheld: ") for note in outside["notes"])
        hidden = [row for row in outside["rows"] if row["withheld"]]
        assert hidden
        assert len(hidden) < len(outside["rows"])
    one = done("report", "frequency", *public, "--k", "1", study=kept).json
    assert not any(row["withheld"] for row in one["rows"])
    assert one["manifest"]["command"] == "qda report frequency --profile public --k 1"
    crossed = ("report", "crosstab", "--source", "afghan_man_oslo", "--code", "timing", "--by", "actor")
    assert any(note.startswith("Base: ") for note in done(*crossed, "--format", "json", study=kept).json["notes"])
    of_one_case = done(*crossed, *public, study=kept).json
    assert not any(row["passages"] for row in of_one_case["rows"])
    assert not any(note.startswith("Base: ") for note in of_one_case["notes"]), "it would say the total"
    quotes = done("report", "quotes", "--by", "origin_country", *public, study=kept).json
    assert quotes["rows"]
    assert all(row["n"] >= 3 for row in quotes["rows"])
    refused = qda("report", "frequency", "--k", "3", study=kept)
    assert (refused.code, "goes with --profile public" in refused.err) == (2, True)
    file = tmp_path / "comparison.html"
    done("report", "comparison", "--by", "origin_country", *public[:2], "-o", file, study=kept)
    assert done("verify", file, study=kept).code == 0


def _keep_all_names(sample: Path, tmp_path: Path) -> Path:
    """The sample study, in which all names are said to be none."""
    kept = copy_study(sample, tmp_path / "kept")
    table = done("pseudonyms", "export", "-", study=kept).out.splitlines()
    names = [line.split(",")[0] for line in table[1:]]
    content = "name,pseudonym,of\n" + "".join(f"{name},{name},person\n" for name in names)
    done("pseudonyms", "import", _file(kept, content), study=kept)
    for name in ("anna", "bram", "ingrid"):
        done("leaks", "allow", name, "--everywhere", study=kept)
    return kept


def test_words_are_withheld_wherever_somebody_wrote_them_again(named: Path, tmp_path: Path) -> None:
    """A memo that quotes a few withheld words or what is blacked out, a credit to a coder, a packed database."""
    done("sensitive", "names", study=named)
    done("sensitive", "add", "gamma", "--quote", "waited; nobody called", study=named)
    done("sensitive", "add", "beta", "--quote", "naboen min", "--black-out", study=named)
    place = done("source", "text", "gamma", study=named).out.index("Two people")
    said = {
        "She could not trust the office, she says.": "not trust the office",
        "Somebody waited, nobody called": "waited nobody called",
        "Who is NABOEN  min?": "naboen min",
        "Of Blessing": "blessing",
    }
    for words, found in said.items():
        done("memos", "add", words, "--source", "beta", study=named)
        for form, name in (("taguette", "g.sqlite3"), ("qualcoder", "q.qda"), ("refi", "p.qdpx")):
            refused = qda("export", form, "--profile", "public", "-o", tmp_path / name, study=named)
            assert (refused.code, f"qda leaks allow '{found}'" in refused.err or f"  {found}: " in refused.err) == (
                1,
                True,
            ), (form, refused.err)
        done("undo", study=named)
    named_so = named.parent / "Interview Halima 2.txt"
    named_so.write_text("I: Who came?\n\nR1: The sister of Halima came, the halimas came.\n", encoding="utf-8")
    done("import", named_so, study=named)
    refused = qda("export", "taguette", "--profile", "public", "-o", tmp_path / "g.sqlite3", study=named)
    assert re.findall(r"^  (.*: .*)$", refused.err, re.MULTILINE) == ["halima: 1 place"], refused.err
    done("undo", study=named)
    done("claims", "add", "They waited.", study=named)
    cited = ("claims", "cite", "1", "gamma", place - 5, place + 9)
    done(*cited, "--translated", "Two", "--by", "Bram", study=named)
    claims = done("report", "claims", "--profile", "public", "--format", "md", study=named).out
    assert re.search(r"[Tt]ranslated by coder \d", claims), claims


CODERS = re.compile(r"\b(?:Anna|Bram|Ingrid)\b")
PEOPLE = re.compile(r"\b(?:Grace|Osas|Blessing|Efe)\b", re.IGNORECASE)
"""All names in the sample study, by hand; its other people are called by what they are: returnee, official."""


def test_of_the_sample_each_name_is_found_and_nothing_else(demo: Path, tmp_path: Path) -> None:
    """Precision and recall, in the texts and in what goes out, by the list made by hand."""
    texts = {
        row["name"]: done("source", "text", row["name"], study=demo).out
        for row in done("sources", "--format", "json", study=demo).json
    }
    done("sensitive", "names", study=demo)
    marks = done("sensitive", "--format", "json", study=demo).json
    there = {(name, hit.start(), hit.end()) for name, text in texts.items() for hit in PEOPLE.finditer(text)}
    assert {(one["name"], one["start"], one["end"]) for one in marks} == there
    out = ("report", "excerpts", "--code", "agency_level", "--format", "md", "-o", tmp_path / "p.md")
    inside = [*PEOPLE.findall(qda(*out[:-2], study=demo).out), *CODERS.findall(qda(*out[:-2], study=demo).out)]
    refused = qda(*out, "--profile", "public", study=demo)
    assert inside
    assert re.findall(r"^  (.*): (\d+) place", refused.err, re.MULTILINE) == [("anna", "2")]
    done("leaks", "allow", "anna", "bram", "ingrid", "--everywhere", study=demo)
    done(*out, "--profile", "public", study=demo)
    assert PEOPLE.findall((tmp_path / "p.md").read_text(encoding="utf-8")) == []
    refused = qda("report", "excerpts", "--profile", "public", "--format", "md", study=demo)
    told = [("grace", "1"), ("iraqi_returnee_detention", "1")]  # in memos: a person, and a source by its name
    assert re.findall(r"^  (.*): (\d+) place", refused.err, re.MULTILINE) == told


@pytest.mark.parametrize(("typed", "code", "let"), [("a\na\na\n", 0, 3), ("p\ny\ny\nno\n", 1, 2), ("\n", 1, 0)])
def test_on_a_terminal_each_name_is_asked_for(
    named: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, typed: str, code: int, let: int
) -> None:
    monkeypatch.setattr("qda.cli.publishing.on_terminal", lambda: True)
    said = (
        "One said that Blessing came. Two said nothing to Osas then. Three more say: Grace and three of Blessing, all."
    )
    done("code", "describe", "time", "--definition", f"{said} Only later, much later, came Blessing home.", study=named)
    done("persons", "import", _file(named, "person\nGrace\n"), study=named)
    out = ("report", "codebook", "--profile", "public", "--format", "md", "-o", tmp_path / "b.md")
    result = qda(*out, study=named, stdin=typed.encode())
    assert (result.code, (tmp_path / "b.md").exists()) == (code, code == 0), result.err
    assert "1 of 3: blessing: 4 places, of which two are" in result.err
    assert len(done("leaks", "--format", "json", study=named).json) == let
