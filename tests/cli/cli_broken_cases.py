"""Broken input of every kind: the words of a command, the files it is given, and what the sentence must say."""

from __future__ import annotations

import io
import json
import shlex
import zipfile
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from cli_world import a_docx

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    Content = str | bytes | Callable[[], bytes]


@dataclass(frozen=True)
class Case:
    """A command that must be refused in one sentence; `line` is the line of the file that it must name.

    Without a `code` the exit status may be 1 or 2.
    """

    name: str
    words: tuple[str, ...]
    files: dict[str, Content] = field(default_factory=dict)
    code: int | None = 1
    says: tuple[str, ...] = ()
    line: int | None = None
    coder: str = "Anna"


CASES: list[Case] = []


def case(
    name: str,
    words: str | Sequence[str],
    content: Content | None = None,
    *says: str,
    code: int | None = 1,
    line: int | None = None,
    coder: str = "Anna",
) -> None:
    """Add a case; the content is that of the file which the words name last."""
    split = shlex.split(words) if isinstance(words, str) else list(words)
    files = {} if content is None else {next(word for word in reversed(split) if "." in word): content}
    CASES.append(Case(name, tuple(split), files, code, says, line, coder))


# --- transcripts -------------------------------------------------------------------------------------------

_GOOD_DOCX = a_docx("I: Who?", "R1: Me, and again me.", "I: Why?", "R1: Because.")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
_PNG = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(60)


def _bomb() -> bytes:
    return a_docx(parts={"word/document.xml": b" " * 40_000_000})


def _lying_bomb() -> bytes:
    """An archive whose directory says that a large part is small."""
    data = bytearray(a_docx(parts={"word/document.xml": b" " * 3_000_000}))
    size = (3_000_000).to_bytes(4, "little")
    at = data.find(size)
    while at >= 0:
        data[at : at + 4] = (100).to_bytes(4, "little")
        at = data.find(size, at)
    return bytes(data)


def _spoilt() -> bytes:
    """Bytes of the main part are others than they were."""
    at = _GOOD_DOCX.index(b"word/document.xml") + 40
    return _GOOD_DOCX[:at] + bytes(20) + _GOOD_DOCX[at + 20 :]


def _zip(**parts: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def _laughs() -> bytes:
    entities = "".join(f"<!ENTITY l{n} '{f'&l{n - 1};' * 10}'>" for n in range(1, 12))
    return a_docx(body=f"<!DOCTYPE d [<!ENTITY l0 'ha'>{entities}]><d>&l11;</d>".encode())


for _name, _file, _content, *_says in (
    ("docx cut in half", "t.docx", _GOOD_DOCX[: len(_GOOD_DOCX) // 2], "t.docx", ".docx"),
    ("docx without its end", "t.docx", _GOOD_DOCX[:-10], "t.docx"),
    ("docx with spoilt bytes", "t.docx", _spoilt, "t.docx"),
    ("docx that is a bomb", "t.docx", _bomb, "t.docx", "MB"),
    ("docx that hides its size", "t.docx", _lying_bomb, "t.docx"),
    ("docx that is a picture", "t.docx", _PNG, "t.docx", "picture"),
    ("docx that is an old doc", "t.docx", _OLE, "t.docx", "old"),
    ("old doc", "t.doc", _OLE, "t.doc", "save it as .docx"),
    ("docx that is a plain zip", "t.docx", _zip(readme=b"hello"), "t.docx"),
    ("docx without a main part", "t.docx", a_docx(parts={"word/document.xml": b""}), "t.docx"),
    ("docx with broken XML", "t.docx", a_docx(body=b"<w:document><w:body>"), "t.docx"),
    ("docx without words", "t.docx", a_docx("", "  "), "t.docx", "no text"),
    ("docx that laughs a billion times", "t.docx", _laughs, "t.docx"),
    ("docx that is empty", "t.docx", b"", "t.docx", "empty"),
    ("docx that is no document", "t.docx", a_docx(parts={"_rels/.rels": b"<Relationships/>"}), "t.docx"),
    ("docx without relations", "t.docx", _zip(**{"word/document.xml": b"<a/>", "[Content_Types].xml": b""}), "t.docx"),
    ("odt without its content", "t.odt", _zip(mimetype=b"application/vnd.oasis.opendocument.text"), "t.odt", ".odt"),
    ("xlsx", "t.xlsx", _zip(**{"xl/workbook.xml": b"<a/>", "[Content_Types].xml": b""}), "t.xlsx"),
    ("empty txt", "t.txt", b"", "t.txt", "empty"),
    ("empty md", "t.md", b"", "t.md", "empty"),
    ("empty vtt", "t.vtt", b"", "t.vtt", "empty"),
    ("empty srt", "t.srt", b"", "t.srt", "empty"),
    ("txt of spaces", "t.txt", b" \n\t\n \n", "t.txt", "no text"),
    ("txt that is a BOM", "t.txt", b"\xef\xbb\xbf", "t.txt", "no text"),
    ("txt with zero bytes", "t.txt", b"one\ntwo\0three\n", "t.txt", "zero bytes"),
    ("txt of control signs", "t.txt", bytes(range(1, 32)) * 20 + b"\xff\xfe\x81", "t.txt"),
    ("utf-16 of an odd length", "t.txt", "I: Who?\nR1: Me.\n".encode("utf-16") + b"x", "t.txt", "UTF-16"),
    ("utf-16 with half a pair", "t.txt", b"\xff\xfea\0\x00\xd8b\0", "t.txt", "UTF-16"),
    ("utf-8 with one bad byte", "t.txt", "é ë ø å æ œ ü".encode() + b"\nna\xefve\n", "t.txt", "0xef", "UTF-8"),
    ("utf-8 cut in a character", "t.txt", "på sjøen, på båten, på båt".encode()[:-2] + b"\xc3", "t.txt", "UTF-8"),
    ("no known encoding", "t.txt", b"caf\xe9 \x81\x8d\x8f\n", "t.txt", "UTF-8"),
    ("pdf", "t.pdf", b"%PDF-1.4\n1 0 obj\n", "t.pdf", "PDF"),
    ("pdf called txt", "t.txt", b"%PDF-1.4\n1 0 obj\n", "t.txt", "PDF"),
    ("rtf that breaks off", "t.rtf", b"{\\rtf1\\ansi I: Who?", "t.rtf", "RTF"),
    ("jpg", "t.jpg", b"\xff\xd8\xff\xe0" + bytes(50), "t.jpg", "picture"),
    ("sound", "t.mp3", b"ID3\x04" + bytes(50), "t.mp3", "transcribe"),
    ("another study", "t.db", b"SQLite format 3\0" + bytes(100), "t.db", "database"),
    ("web page without words", "t.html", b"<html><script>I: Who?</script></html>", "t.html", "no text"),
    ("table", "t.csv", b"source,country\nalfa,NL\n", "t.csv"),
    ("codings", "t.jsonl", b'{"source": "alfa"}\n', "t.jsonl"),
    ("vtt without cues", "t.vtt", b"WEBVTT\n\nNOTE nothing\n", "t.vtt"),
    ("vtt with a cut time", "t.vtt", b"WEBVTT\n\n00:00:01.000 --> 00:0\nHello\n", "t.vtt"),
    ("vtt with words for times", "t.vtt", b"WEBVTT\n\none --> two\nHello\n", "t.vtt"),
    ("vtt with minute 99", "t.vtt", b"WEBVTT\n\n00:99:01.000 --> 00:99:02.000\nHello\n", "t.vtt"),
    ("vtt of pictures", "t.vtt", b"WEBVTT\n\n00:00:01.000 --> 00:00:02.000\n\n", "t.vtt"),
    ("srt with a cut time", "t.srt", b"1\n00:00:01,000 -->\nHello\n", "t.srt"),
    ("srt without an arrow", "t.srt", b"1\n00:00:01,000 00:00:02,000\nHello\n", "t.srt"),
    ("srt with letters in a time", "t.srt", b"1\n00:00:0x,000 --> 00:00:02,000\nHello\n", "t.srt"),
    ("srt of numbers only", "t.srt", b"1\n2\n3\n", "t.srt"),
):
    case(f"import {_name}", f"import {_file}", _content, *_says)

case("import source that is not there", "import none.txt", None, "none.txt", "no such file")
case("import folder that is not there", "import nowhere/", None, "nowhere", "no such")
case("import folder without documents", ["import", "study/exports"], None, "exports")
case("import device", "import /dev/null", None, "/dev/null")
case("import nothing", "import", None, code=2)
case("import two under one name", "import a.txt b.txt --name c", None, "--name", code=2)
case("import folder under one name", ["import", "study", "--name", "c"], None, "--name", code=2)
case("import again without name", "import --again t.txt", "x y\n", "--again", "--name", code=2)
case("import under a taken name", "import --name alfa t.txt", "another text\n", "alfa", "already")
case("import again under its name", ["import", "--again", "--name", "alfa", "in/alfa.txt"], None, "alfa", "already")
case("import under a name with a line break", ["import", "--name", "a\nb", "t.txt"], "x y\n", "name")
case("import under a name of spaces", ["import", "--name", "  ", "t.txt"], "x y\n", "name")
case("import with an impossible date", "import --date 2024-02-30 t.txt", "x y\n", "2024-02-30")
case("import with month 13", "import --date 2024-13-01 t.txt", "x y\n", "2024-13-01")
case("import with a date in words", "import --date yesterday t.txt", "x y\n", "yesterday", "2024-05-14")
case("import with a Dutch date", "import --date 14-05-2024 t.txt", "x y\n", "14-05-2024")
case("import with an unknown language", "import --language blah t.txt", "x y\n", "--language", "blah")
case("import with a language misspelt", "import --language Dutchh t.txt", "x y\n", "did you mean 'Dutch'")
case("import from standard input", "import -", None, "standard input")
case("import with no file of speakers", "import in/alfa.txt --speakers who.csv", None, "who.csv", "no such file")
case("import with an unknown role", "import in/new.txt --speakers who.csv", "R1,boss\n", "who.csv", "boss", line=1)
case("import with an empty file of speakers", "import in/new.txt --speakers who.csv", "", "who.csv", "empty")
case("import with a picture of speakers", "import in/new.txt --speakers who.csv", _PNG, "who.csv", "picture")
case("import dry in an unknown format", "import in/new.txt --dry-run --format xml", None, "xml", code=2)
case("import in an unknown format", "import in/new.txt --format xml", None, "xml", code=2)
case("import dry into no folder", ["import", "in/new.txt", "--dry-run", "-o", "no/t.txt"], None, "no/t.txt", "folder")
case("import with an unknown option", "import in/new.txt --speeker yes", None, "--speeker", code=2)
case("import a name with half a character", ["import", "--name", "\udcff", "in/new.txt"], None)
case("import a kind with half a character", ["import", "--kind", "\udcff", "in/new.txt"], None)
case("import a very long name", ["import", "a" * 5000 + ".txt"], None)

# --- codebooks ---------------------------------------------------------------------------------------------


def _deep(levels: int) -> bytes:
    lines = ["codes:"]
    for level in range(levels):
        lines += [f"{'  ' * level}- name: c{level}", f"{'  ' * level}  children:"]
    return "\n".join(lines).encode()


_BOOKS: tuple[tuple[str, str | bytes, int | None, tuple[str, ...]], ...] = (
    ("tab", "codes:\n\t- name: a\n", 2, ("tab",)),
    ("duplicate siblings", "codes:\n- name: a\n- name: b\n- name: a\n", 4, ("'a'",)),
    ("siblings that differ in case", "codes:\n- name: a\n- name: A\n", 3, ("'A'",)),
    ("siblings composed otherwise", "codes:\n- name: é\n- name: e\u0301\n", 3, ()),
    ("duplicate children", "codes:\n- name: a\n  children:\n  - name: b\n  - name: b\n", 5, ("'b'",)),
    ("unknown key", "codes:\n- name: a\n  defnition: x\n", 3, ("defnition",)),
    ("unknown key at the top", "codez:\n- name: a\n", 1, ("codez",)),
    ("unknown key in capitals", "codes:\n- Name: a\n", 2, ("Name",)),
    ("key twice", "codes:\n- name: a\n  name: b\n", 3, ("name",)),
    ("codes twice", "codes:\n- name: a\ncodes:\n- name: b\n", 3, ("codes",)),
    ("anchor", "codes:\n- &a\n  name: a\n", 2, ()),
    ("alias", "codes:\n- &a {name: a}\n- *a\n", None, ()),
    ("alias to itself", "codes: &a\n- name: b\n  children: *a\n", None, ()),
    ("merge key", "codes:\n- name: a\n  <<: {definition: x}\n", 3, ()),
    ("tag of Python", "codes:\n- name: !!python/object/apply:os.system [ls]\n", 2, ()),
    ("own tag", "codes:\n- name: !secret a\n", 2, ()),
    ("codes as a mapping", "codes:\n  a: b\n", 2, ("codes",)),
    ("codes as a word", "codes: a\n", 1, ("codes",)),
    ("list at the top", "- name: a\n", 1, ()),
    ("word at the top", "hello\n", 1, ()),
    ("only a comment", "# nothing\n", None, ()),
    ("empty", "", None, ("empty",)),
    ("code without a name", "codes:\n- definition: a\n", 2, ("name",)),
    ("code that is a word", "codes:\n- a\n", 2, ()),
    ("code that is a list", "codes:\n- [a, b]\n", 2, ()),
    ("name empty", "codes:\n- name: ''\n", 2, ("name",)),
    ("name of spaces", "codes:\n- name: '  '\n", 2, ("name",)),
    ("name with a line break", 'codes:\n- name: "a\\nb"\n', 2, ("name",)),
    ("name that is a list", "codes:\n- name: [a]\n", 2, ("name",)),
    ("name that is a mapping", "codes:\n- name: {a: b}\n", 2, ("name",)),
    ("definition that is a list", "codes:\n- name: a\n  definition: [x]\n", 3, ("definition",)),
    ("children that are a word", "codes:\n- name: a\n  children: b\n", 3, ("children",)),
    ("children that are a mapping", "codes:\n- name: a\n  children:\n    b: c\n", 4, ("children",)),
    ("child without a name", "codes:\n- name: a\n  children:\n  - origin: open\n", 4, ("name",)),
    ("labels that are a list", "codes:\n- name: a\n  labels: [nl]\n", 3, ("labels",)),
    ("label that is a list", "codes:\n- name: a\n  labels: {nl: [x]}\n", 3, ()),
    ("label twice", "codes:\n- name: a\n  labels:\n    nl: x\n    nl: y\n", 5, ("nl",)),
    ("aliases that are a mapping", "codes:\n- name: a\n  aliases: {b: c}\n", 3, ("aliases",)),
    ("alias that is a list", "codes:\n- name: a\n  aliases: [[b]]\n", 3, ()),
    ("origin unknown", "codes:\n- name: a\n  origin: God\n", 3, ("God", "in-vivo")),
    ("ordinal that is perhaps", "codes:\n- name: a\n  ordinal: perhaps\n", 3, ("ordinal", "perhaps")),
    ("exclusive unknown", "codes:\n- name: a\n  exclusive: always\n", 3, ("always", "case_moment")),
    ("outside that is perhaps", "codes:\n- name: a\n  outside: perhaps\n", 3, ("outside",)),
    ("moment that is a list", "codes:\n- name: a\n  moment: [x]\n", 3, ("moment",)),
    ("patterns that are a mapping", "codes:\n- name: a\n  patterns: {x: y}\n", 3, ("patterns",)),
    ("quote never closed", 'codes:\n- name: "a\n- name: b\n', None, ()),
    ("bracket never closed", "codes: [{name: a}\n", None, ()),
    ("wrong indentation", "codes:\n- name: a\n   definition: x\n", 3, ()),
    ("colon in a sentence", "codes:\n- name: a\n  definition: this: that\n", 3, ()),
    ("two documents", "codes:\n- name: a\n---\ncodes:\n- name: b\n", None, ()),
    ("directive of the future", "%YAML 3.0\n---\ncodes:\n- name: a\n", None, ()),
    ("utf-16 cut", "codes:\n- name: a\n".encode("utf-16")[:-1], None, ("UTF-16",)),
    ("bytes of no encoding", b"codes:\n- name: caf\xe9\x81\n", None, ("UTF-8",)),
    ("zero byte", b"codes:\n- name: a\0b\n", None, ()),
    ("control sign", b"codes:\n- name: a\x07b\n", None, ()),
    ("that is a picture", _PNG, None, ("picture",)),
    ("that is JSON cut short", '{"codes": [{"name": "a"}', None, ()),
    ("nested too deeply", _deep(1500), None, ()),
    ("nested in brackets", "codes: " + "[" * 5000, None, ()),
    ("name of half a character", 'codes:\n- name: "\\ud800"\n', 2, ()),
    ("code under x misspelt", "codes:\n- name: a\nX: {}\n", 3, ("X",)),
)
for _name, _book, _line, _says in _BOOKS:
    case(f"codebook check: {_name}", "codebook check b.yaml", _book, "b.yaml", *_says, line=_line)
    if len(_book) < 5000:
        case(f"codebook import: {_name}", "codebook import b.yaml", _book, "b.yaml", *_says, line=_line)

case("codebook nowhere", "codebook import none.yaml", None, "none.yaml", "no such file")
case("codebook in a folder", "codebook import study", None, "study", "folder")
case("codebook with a broken alias", "import b.yaml", "codes:\n- *a\n", "b.yaml", line=2)
case("codebook without action", "codebook", None, code=2)
case("codebook with an unknown action", "codebook eat b.yaml", "codes: []\n", "eat", code=2)
case("codebook out into a folder", "codebook export study", None, "study", "folder")
case("codebook out into no folder", "codebook export no/b.yaml", None, "no/b.yaml", "folder")
case("codebook out over a letter", "codebook export letter.txt", "Dear all\n", "letter.txt", "--force")
case("codebook out over a picture", "codebook export letter.png", _PNG, "letter.png")
case("codebook of version 99", "codebook export - --version 99", None, "99")
case("codebook of version 0", "codebook export - --version 0", None, "0")
case("codebook of version minus one", ["codebook", "export", "-", "--version=-1"], None, "-1", code=None)
case("codebook of version one and a half", "codebook export - --version 1.5", None, "1.5", code=None)
case("codebook of a very high version", f"codebook export - --version {'9' * 30}", None, "999", code=None)
case("codebook of a version with too many digits", f"codebook export - --version {'9' * 5000}", None, code=None)
case("codebook compared with version 99", "codebook diff 99", None, "99")
case("codebook compared with a very high version", f"codebook diff {'9' * 30}", None, "999", code=None)
case("codebook compared with too many digits", ["codebook", "diff", "9" * 5000], None, "999", "too high", code=2)
case("codebook compared with nothing", "codebook diff none.yaml", None, "none.yaml", "no such file")
case("codebook compared in an unknown format", "codebook diff 1 --format xml", None, "xml", code=2)
case("codebook history in an unknown format", "codebook history --format xml", None, "xml", code=2)

# --- codes -------------------------------------------------------------------------------------------------

for _name, _words, *_says in (
    ("added twice", ["add", "trust"], "trust", "already"),
    ("added in other case", ["add", "Trust"], "trust"),
    ("added under nothing", ["add", "nothing/new"], "nothing"),
    ("added without a name", ["add", ""]),
    ("added with an empty step", ["add", "trust//x"]),
    ("added with a slash at the end", ["add", "trust/"]),
    ("added with a line break", ["add", "a\nb"]),
    ("added with spaces around", ["add", " a "]),
    ("added with half a character", ["add", "\udcff"]),
    ("defined with half a character", ["add", "fine", "--definition", "\udcff"]),
    ("renamed to a sibling", ["rename", "trust/low", "high"], "high"),
    ("renamed to a sibling in capitals", ["rename", "trust/low", "HIGH"], "high"),
    ("renamed to nothing", ["rename", "trust", ""]),
    ("renamed to a line break", ["rename", "trust", "a\nb"]),
    ("renamed though unknown", ["rename", "trst", "x"], "trst", "did you mean 'trust'"),
    ("moved under its own child", ["move", "trust", "trust/low"], "itself"),
    ("moved under itself", ["move", "trust", "trust"], "itself"),
    ("moved to where it is", ["move", "trust/low", "trust"], "already"),
    ("moved to the top where it is", ["move", "trust", ""], "already"),
    ("moved under nothing", ["move", "trust", "nothing"], "nothing"),
    ("merged into its own child", ["merge", "trust", "trust/low"], "trust/low"),
    ("merged into itself", ["merge", "trust", "trust"], "same code"),
    ("merged into nothing", ["merge", "trust", "nothing"], "nothing"),
    ("merged though unknown", ["merge", "nothing", "trust"], "nothing"),
    ("retired though unknown", ["retire", "nothing"], "nothing"),
    ("brought back though unknown", ["bring-back", "nothing"], "nothing"),
    ("removed with codings", ["remove", "place"], "place", "codings"),
    ("removed with subcodes", ["remove", "trust"], "trust", "subcodes"),
    ("removed though unknown", ["remove", "nothing"], "nothing"),
    ("described though unknown", ["describe", "nothing", "--definition", "x"], "nothing"),
):
    case(f"code {_name}", ["code", *_words], None, *_says)
case("code of a wrong origin", "code add new --origin God", None, "God", "in-vivo", code=2)
case("code described with a wrong origin", "code describe trust --origin God", None, "God", code=2)
case("code described with nothing", "code describe trust", None, "--definition", code=2)
case("code without action", "code", None, code=2)
case("code with an unknown action", "code burn trust", None, "burn", code=2)
case("code renamed to two names", "code rename trust a b", None, code=2)

# --- tables ------------------------------------------------------------------------------------------------

for _name, _words, _table, _line, *_says in (
    ("a short row", "", "source,a,b\nalfa,1,2\nbeta,1\n", 3, "too few"),
    ("a long row", "", "source,a\nalfa,1\nbeta,1,2\n", 3, "too many"),
    ("a decimal comma", "", "source,a\nalfa,1\nbeta,1,5\n", 3, "too many"),
    ("an open quote", "", 'source,a\nalfa,"1\nbeta,2\n', 2, "quote"),
    ("a quote inside", "", 'source,a\nalfa,"1"2\n', 2, "quote"),
    ("an unknown source", "", "source,a\nalfa,1\nalpha,1\n", 3, "alpha", "did you mean 'alfa'"),
    ("an unknown person", "", "person,a\nTove,1\nTone,1\n", 3, "Tone", "did you mean 'Tove'"),
    ("an unknown case", "", "case,a\nTove,1\nTone,1\n", 3, "Tone"),
    ("a source with a line break", "", 'source,a\nalfa,1\n"al\nfa",2\n', 3, "al"),
    ("an unknown kind", "", "country,a\nNL,1\n", 1, "country", "--for"),
    ("an unknown type", "", "person,a:nummer\nTove,1\n", 1, "nummer", "number"),
    ("two types", "", "person,a:number,a:date\nTove,1,2024\n", 1, "'a'"),
    ("a type against the values", "", "person,age:date\nIda,1983\n", None, "age"),
    ("a Dutch date", "", "person,born\nTove,14-05-2024\n", 2, "14-05-2024", "2024-05-14"),
    ("month 13", "", "person,born\nTove,2024-13-01\n", 2, "2024-13-01"),
    ("the 30th of February", "", "person,born\nTove,2024-02-30\n", 2, "2024-02-30"),
    ("the 31st of April", "", "person,born\nTove,2024-04-31\n", 2, "2024-04-31"),
    ("a date of a source", "", "source,date\nalfa,soon\n", 2, "soon"),
    ("two dates of a source", "", "source,date\nalfa,2024|2025\n", None, "date"),
    ("no language", "", "source,language\nalfa,nl\nbeta,blah\n", 3, "blah", "Dutch"),
    ("two kinds of a source", "", "source,kind\nalfa,letter|notes\n", None, "kind"),
    ("a word for a number", "", "person,age\nTove,old\n", 2, "old"),
    ("a number that is none", "", "person,age:number\nTove,NaN\n", 2, "NaN"),
    ("a number with letters", "", "person,age:number\nTove,1e5\n", 2, "1e5"),
    ("a nameless column", "", "source,a,\nalfa,1,2\n", 1, "column 3"),
    ("an empty first cell", "", "source,a\n,1\n", 2, "empty"),
    ("no header", "", "alfa,1\nbeta,2\n", 1, "alfa"),
    ("a contradiction", "--for persons", "source,a\nalfa,1\n", 1, "--for"),
    ("a zero byte", "", b"source,a\nalfa,\0\n", None, "zero"),
    ("nothing", "", b"", None, "empty"),
    ("empty lines", "", b"\n\n\n", None),
    ("a picture", "", _PNG, None, "picture"),
    ("bytes of no encoding", "", b"source,a\nalfa,caf\xe9\x81\n", None, "UTF-8"),
    ("half utf-16", "", "source,a\nalfa,1\n".encode("utf-16")[:-1], None, "UTF-16"),
    ("a workbook", "", _zip(**{"xl/workbook.xml": b"<a/>", "[Content_Types].xml": b""}), None),
):
    case(f"attributes with {_name}", f"attributes import {_words} t.csv", _table, "t.csv", *_says, line=_line)
case("attributes for nobody", "attributes import --for planets t.csv", "x,a\nalfa,1\n", "planets", code=2)
case("attributes out for nobody", "attributes export - --for planets", None, "planets", code=2)
case("attributes nowhere", "attributes import none.csv", None, "none.csv", "no such file")
case("attributes from a folder", "attributes import study", None, "study", "folder")
case("attributes out into no folder", "attributes export no/t.csv", None, "no/t.csv", "folder")
case("attributes out into a folder", "attributes export study", None, "study", "folder")

for _noun, _rows in {
    "persons": (
        ("an unknown source", "person,source\nTove,alfa\nTove,gama\n", 3, "gama", "did you mean 'gamma'"),
        ("an unknown role", "person,role\nTove,boss\n", 2, "boss", "respondent"),
        ("an unknown label", "person,source,label\nTove,alfa,R9\n", 2, "R9", "alfa"),
        ("a label without source", "person,label\nTove,R1\n", 2, "source"),
        ("somebody to speak for without source", "person,speaks_for\nTove,Ida\n", 2, "source"),
        ("an unknown column", "person,age\nTove,41\n", 1, "age", "attributes import"),
        ("no person", "role,source\nrespondent,alfa\n", 1, "person"),
        ("an empty person", "person,role\nTove,respondent\n,interviewer\n", 3, "person"),
        ("a short row", "person,role\nTove\n", 2, "too few"),
        ("a column twice", "person,role,Role\nTove,respondent,respondent\n", 1, "Role"),
        ("nothing", "", None, "empty"),
        ("a name with a line break", 'person,role\n"To\nve",respondent\n', 2),
    ),
    "cases": (
        ("an unknown person", "case,person\nTove,Tone\n", 2, "Tone", "did you mean 'Tove'"),
        ("an unknown source", "case,source\nTove,alfa|delta\n", 2, "delta"),
        ("another kind", "case,kind\nTove,organisation\n", 2, "Tove", "organisation"),
        ("an empty case", "case,kind\n,person\n", 2, "case"),
        ("an unknown column", "case,country\nTove,NL\n", 1, "country"),
        ("no case", "kind,person\nperson,Tove\n", 1, "case"),
        ("an open quote", 'case,kind\n"Tove,person\n', 2, "quote"),
        ("a long row", "case,kind\nTove,respondent,x\n", 2, "too many"),
    ),
    "progress": (
        ("an unknown source", "source,coder,state\nalfa,Anna,done\ndelta,Anna,done\n", 3, "delta"),
        ("an unknown state", "source,coder,state\nalfa,Anna,finished\n", 2, "finished", "in progress"),
        ("an empty state", "source,coder,state\nalfa,Anna,\n", 2, "state"),
        ("a future version", "source,coder,state,version\nalfa,Anna,done,99\n", 2, "99"),
        ("a version in words", "source,coder,state,version\nalfa,Anna,done,first\n", 2, "first"),
        ("a negative version", "source,coder,state,version\nalfa,Anna,done,-1\n", 2, "-1"),
        ("an endless version", f"source,coder,state,version\nalfa,Anna,done,{'9' * 5000}\n", 2),
        ("an unknown layer", "source,coder,state,layer\nalfa,Anna,done,final\n", 2, "final"),
        ("a coder with a bar", "source,coder,state\nalfa,A|B,done\n", 2, "A|B"),
        ("no state", "source,coder\nalfa,Anna\n", 1, "state"),
    ),
    "coverage": (
        ("an unknown source", "source,code,asked\ndelta,trust,yes\n", 2, "delta"),
        ("an unknown code", "source,code,asked\nalfa,trust,yes\nalfa,trst,yes\n", 3, "trst", "did you mean"),
        ("perhaps", "source,code,asked\nalfa,trust,perhaps\n", 2, "perhaps"),
        ("nothing asked", "source,code,asked\nalfa,trust,\n", 2, "asked"),
        ("no column", "source,code\nalfa,trust\n", 1, "asked"),
    ),
    "not-data": (
        ("a stretch past the end", "source,start,end\ngamma,0,99999\n", 2, "99999"),
        ("an empty stretch", "source,start,end\ngamma,5,5\n", 2, "5"),
        ("a stretch backwards", "source,start,end\ngamma,9,5\n", 2, "9"),
        ("a negative stretch", "source,start,end\ngamma,-1,5\n", 2, "-1"),
        ("a place in words", "source,start,end\ngamma,one,5\n", 2, "one"),
        ("half a place", "source,start,end\ngamma,5,\n", 2, "end"),
        ("a place with a point", "source,start,end\ngamma,1.0,5\n", 2, "1.0"),
        ("an endless place", f"source,start,end\ngamma,1,{'9' * 40}\n", 2),
        ("a quotation that is not there", "source,quote\ngamma,footer\n", 2, "footer"),
        ("a quotation that is there twice", "source,quote\ngamma,page head\n", 2, "2 times"),
        ("a third occurrence", "source,quote,occurrence\ngamma,page head,3\n", 2, "3"),
        ("occurrence nought", "source,quote,occurrence\ngamma,page head,0\n", 2, "0"),
        ("both ways", "source,start,end,quote\ngamma,1,5,page head\n", 2, "either"),
        ("neither way", "source,start,end,quote\ngamma,,,\n", 2, "either"),
        ("an unknown source", "source,start,end\ndelta,1,5\n", 2, "delta"),
        ("an unknown source and quotation", "source,quote\ndelta,x\n", 2, "delta"),
    ),
}.items():
    for _name, _text, _at, *_words_said in _rows:  # type: ignore[misc]
        case(f"{_noun} with {_name}", f"{_noun} import t.csv", _text, "t.csv", *_words_said, line=_at)
    case(f"{_noun} nowhere", f"{_noun} import none.csv", None, "none.csv", "no such file")
    case(f"{_noun} without a file", f"{_noun} import", None, "file", code=2)
    case(f"{_noun} out into no folder", f"{_noun} export no/t.csv", None, "no/t.csv", "folder")

case("persons merged with nobody", "persons merge Tove Tone", None, "Tone", "did you mean 'Tove'")
case("persons merged with themselves", "persons merge Tove Tove", None, "same person")
case("persons merged with one name", "persons merge Tove", None, code=2)
case("persons with an unknown action", "persons eat Tove", None, "eat", code=2)
case("progress on nothing", "progress set delta done", None, "delta")
case("progress of a wrong state", "progress set alfa finished", None, "finished", "in progress")
case("progress without a state", "progress set alfa", None, code=2)
case("not-data without place", "not-data add alfa", None, "--lines", code=2)
case("not-data added with half a place", "not-data add alfa 3", None, code=2)
case("not-data with words", "not-data add alfa one two", None, code=2)
case("not-data added past the end", "not-data add alfa 0 99999", None, "99999")
case("not-data added backwards", "not-data add alfa 9 3", None, "9")
case("not-data of line nought", "not-data add alfa --lines 0-3", None, "0-3")
case("not-data of lines backwards", "not-data add alfa --lines 9-2", None, "9-2")
case("not-data of line 999", "not-data add alfa --lines 1-999", None, "999")
case("not-data of lines in words", "not-data add alfa --lines first", None, "first", code=2)
case("not-data both ways", "not-data add alfa 1 5 --lines 2-3", None, "--lines", code=2)
case("not-data on nothing", "not-data add delta 1 5", None, "delta")
case("not-data of a line with too many digits", f"not-data add alfa --lines {'9' * 5000}", None, code=None)
case("not-data taken back far away", f"not-data remove gamma 0 {'9' * 30}", None, "999", code=None)
case("not-data taken back on nothing", "not-data remove delta 0 5", None, "delta")

# --- codings -----------------------------------------------------------------------------------------------

_FINE: dict[str, Any] = {"source": "alfa", "code": "place", "coder": "Bram", "start": 0, "end": 9}
_FIRST = json.dumps(_FINE) + "\n"


def _line_with(**changes: Any) -> str:
    return _FIRST + json.dumps({**_FINE, "start": 1, **changes}) + "\n"


def _line_without(key: str) -> str:
    return _FIRST + json.dumps({name: value for name, value in _FINE.items() if name != key}) + "\n"


for _name, _lines, *_says in (
    ("not JSON", _FIRST + "hello\n", "JSON"),
    ("cut short", _FIRST + _FIRST[:30] + "\n", "JSON"),
    ("single quotes", _FIRST + _FIRST.replace('"', "'"), "JSON"),
    ("a list", _FIRST + "[]\n"),
    ("a number", _FIRST + "3\n"),
    ("null", _FIRST + "null\n"),
    ("two objects", _FIRST + _FIRST.strip() + " " + _FIRST),
    ("a comma behind", _FIRST + _FIRST.strip() + ",\n"),
    *((f"no {key}", _line_without(key), key) for key in _FINE),
    ("an unknown key", _line_with(colour="red"), "colour"),
    ("a key twice", _FIRST + _FIRST[:-2] + ', "start": 2}\n', "start"),
    ("a source that is a number", _line_with(source=3), "source"),
    ("a code that is a list", _line_with(code=["trust", "low"]), "code"),
    ("a coder that is null", _line_with(coder=None), "coder"),
    ("an empty coder", _line_with(coder=""), "coder"),
    ("a coder with a bar", _line_with(coder="A|B"), "A|B"),
    ("a coder of spaces", _line_with(coder="  "), "coder"),
    ("a coder with a line break", _line_with(coder="A\nB"), "coder"),
    ("a start in quotes", _line_with(start="1"), "start"),
    ("a start with a point", _line_with(start=1.0), "start", "whole number"),
    ("a start that is true", _line_with(start=True), "start"),
    ("an end that is NaN", _FIRST + _FIRST.replace("9}", "NaN}"), "NaN"),
    ("a negative start", _line_with(start=-1), "-1"),
    ("a start past the end", _line_with(start=90000, end=90001), "90000"),
    ("an end past the end", _line_with(end=90001), "90001"),
    ("an endless end", _line_with(end=10**40), "alfa"),
    ("an end with too many digits", _FIRST + _FIRST.replace("9}", "9" * 5000 + "}"), "long"),
    ("an empty segment", _line_with(start=5, end=5), "empty"),
    ("a segment backwards", _line_with(start=9, end=5), "9"),
    ("other words", _line_with(text="Something"), "Something", "alfa"),
    ("words of another length", _line_with(text="nterview with"), "alfa"),
    ("empty words", _line_with(text=""), "text"),
    ("an unknown source", _line_with(source="alpha"), "alpha", "did you mean 'alfa'"),
    ("a source with a line break", _line_with(source="al\nfa"), "al"),
    ("an unknown code", _line_with(code="trust/middle"), "trust/middle"),
    ("an unknown code near another", _line_with(code="trust/lowe"), "did you mean 'trust/low'"),
    ("a code with an empty step", _line_with(code="trust//low"), "trust//low"),
    ("a code with a line break", _line_with(code="tru\nst")),
    ("a bad id type", _line_with(id=5), "id"),
    ("an empty id", _line_with(id=""), "id"),
    ("an id twice", _line_with(id="k1").replace(_FIRST, _FIRST[:-2] + ', "id": "k1"}\n', 1), "id"),
    ("a weight that is NaN", _FIRST + _FIRST[:-2] + ', "weight": NaN}\n', "NaN"),
    ("an infinite weight", _FIRST + _FIRST[:-2] + ', "weight": Infinity}\n', "Infinity"),
    ("a huge weight", _FIRST + _FIRST[:-2] + ', "weight": 1e999}\n', "weight"),
    ("a weight in words", _line_with(weight="heavy"), "weight"),
    ("a moment in words", _line_with(at="yesterday"), "yesterday"),
    ("the 30th of February", _line_with(at="2024-02-30"), "2024-02-30"),
    ("a memo that is a list", _line_with(memo=["x"]), "memo"),
    ("an origin that is a number", _line_with(origin=1), "origin"),
    ("an unknown layer", _line_with(layer="final"), "final"),
    ("half a character", _FIRST + _FIRST.replace("alfa", "al\\ud800fa"), "surrogate"),
    ("half a character in words", _FIRST + _FIRST[:-2] + ', "memo": "\\udfff"}\n', "surrogate"),
    ("a deep nest", _FIRST + "[" * 100_000 + "\n"),
    ("a zero byte in words", _line_with(coder="A\0B"), "coder"),
):
    case(f"codings with {_name}", "codings import c.jsonl", _lines, "c.jsonl", *_says, line=2)
case("codings with a made-up path", "codings import --create-codes c.jsonl", _line_with(code="new//x"), line=2)
case("codings with a made-up line break", "codings import --create-codes c.jsonl", _line_with(code="a\nb"), line=2)
case("codings in CSV", "codings import c.csv", "source,code\nalfa,trust\n", "c.csv", "JSON")
case("codings in utf-16 cut", "codings import c.jsonl", _FIRST.encode("utf-16")[:-1], "c.jsonl", "UTF-16")
case("codings in a table", "codings import c.csv", "source,code\nalfa,trust\n", "c.csv:1", '{"source"')
case("codings that are a picture", "codings import c.jsonl", _PNG, "c.jsonl", "picture")
case("codings with a zero byte", "codings import c.jsonl", _FIRST.encode() + b"\0", "c.jsonl", "zero")
case("codings that are nothing", "codings import c.jsonl", "", "c.jsonl", "empty")
case("codings nowhere", "codings import none.jsonl", None, "none.jsonl", "no such file")
case("codings of ten bad lines", "codings import c.jsonl", "{x\n" * 10, "c.jsonl:1", "c.jsonl:5", "5 more lines")
case("codings without action", "codings", None, code=2)
case("codings out of nobody", "codings export - --coder Nobody", None, "Nobody")
case("codings out of no code", "codings export - --code nothing", None, "nothing")
case("codings out into no folder", "codings export no/c.jsonl", None, "no/c.jsonl", "folder")
case("codings out into a folder", "codings export study", None, "study", "folder")
case("coding in words", "codings add alfa trust one two", None, code=2)
case("coding with a negative place", "codings add alfa trust -1 5", None, code=2)
case("coding with a point", "codings add alfa trust 1.0 5", None, code=2)
case("coding that is empty", "codings add alfa trust 5 5", None, "empty")
case("coding backwards", "codings add alfa trust 9 5", None, "9-5")
case("coding past the end", "codings add alfa trust 0 99999", None, "99999")
case("coding with a very high end", f"codings add alfa trust 0 {'9' * 30}", None, "999", code=None)
case("coding with too many digits", ["codings", "add", "alfa", "trust", "0", "9" * 5000], None, code=None)
case("coding on nothing", "codings add delta trust 0 5", None, "delta")
case("coding with no code", "codings add alfa trst 0 5", None, "trst", "did you mean 'trust'")
case("coding without end", "codings add alfa trust 0", None, "end", code=2)
case("coding taken away by a word", "codings remove hello", None, "hello")
case("coding taken away that is not there", f"codings remove {'0' * 32}", None, "0000")

# --- memos -------------------------------------------------------------------------------------------------


def _memo(target: Any = None, **changes: Any) -> str:
    first = {"text": "Fine.", "target": {"study": True}}
    second = {"text": "Two.", "target": {"study": True} if target is None else target, **changes}
    return json.dumps(first) + "\n" + json.dumps(second) + "\n"


for _name, _lines, *_says in (
    ("not JSON", _memo() + "hello\n", "JSON"),
    ("no text", '{"text": "Fine.", "target": {"study": true}}\n{"target": {"study": true}}\n', "text"),
    ("empty text", _memo(text=""), "text"),
    ("text of spaces", _memo(text="  "), "text"),
    ("text that is a number", _memo(text=3), "text"),
    ("no target", '{"text": "Fine.", "target": {"study": true}}\n{"text": "x"}\n', "target"),
    ("a target that is a word", _memo("study"), "target"),
    ("a target that is empty", _memo({}), "target"),
    ("two targets", _memo({"person": "Tove", "case": "Tove"}), "target"),
    ("an unknown target", _memo({"theme": "x"}), "theme"),
    ("a study that is false", _memo({"study": False}), "study"),
    ("an unknown source", _memo({"source": "delta"}), "delta"),
    ("an unknown person", _memo({"person": "Tone"}), "Tone"),
    ("an unknown case", _memo({"case": "Tone"}), "Tone"),
    ("an unknown code", _memo({"code": "trst"}), "trst"),
    ("an unknown coding", _memo({"coding": "0" * 32}), "0000"),
    ("a coding by a word", _memo({"coding": "hello"}), "coding"),
    ("an empty source", _memo({"source": ""}), "source"),
    ("a segment past the end", _memo({"source": "alfa", "start": 0, "end": 99999}), "99999"),
    ("an empty segment", _memo({"source": "alfa", "start": 5, "end": 5}), "5"),
    ("half a segment", _memo({"source": "alfa", "start": 5}), "start"),
    ("a segment in quotes", _memo({"source": "alfa", "start": "1", "end": 5}), "start"),
    ("an endless segment", _memo({"source": "alfa", "start": 0, "end": 10**40}), "alfa"),
    ("a quotation that is not there", _memo({"source": "alfa", "quote": "banana"}), "banana"),
    ("a quotation that is there twice", _memo({"source": "alfa", "quote": "trust"}), "times"),
    ("an unknown type", _memo(type="funny"), "funny", "analytic"),
    ("an unknown key", _memo(colour="red"), "colour"),
    ("a moment in words", _memo(at="yesterday"), "yesterday"),
    ("a coder with a bar", _memo(coder="A|B"), "A|B"),
    ("half a character", _memo(text="x").replace('"x"', '"\\ud800"'), "surrogate"),
    ("an id twice", _memo(id="k").replace('"Fine."', '"Fine.", "id": "k"'), "id"),
):
    _expected = 3 if _name == "not JSON" else 2
    case(f"memos with {_name}", "memos import m.jsonl", _lines, "m.jsonl", *_says, line=_expected)
case("memos nowhere", "memos import none.jsonl", None, "none.jsonl", "no such file")
case("memo of an unknown type", "memos add hello --type funny", None, "funny")
case("memo without words", ["memos", "add", ""], None, "text")
case("memo of half a character", ["memos", "add", "\udcff"], None)
case("memo on two things", "memos add hello --source alfa --code trust", None, code=2)
case("memo on no source", "memos add hello --source delta", None, "delta")
case("memo on no code", "memos add hello --code trst", None, "trst")
case("memo on no coding", "memos add hello --coding zzz", None, "zzz")
case("memo on nobody", "memos add hello --person Tone", None, "Tone")
case("memo on no case", "memos add hello --case Tone", None, "Tone")

# --- sources -----------------------------------------------------------------------------------------------

case("source edit of nothing", "source edit delta t.txt", "x y\n", "delta")
case("source edit with nothing", "source edit alfa none.txt", None, "none.txt", "no such file")
case("source edit with an empty file", "source edit alfa t.txt", b"", "t.txt", "empty")
case("source edit with a picture", "source edit alfa t.png", _PNG, "t.png", "picture")
case("source edit with half a docx", "source edit alfa t.docx", _GOOD_DOCX[:200], "t.docx")
case("source edit in an unknown format", "source edit alfa --format xml t.txt", "x y\n", "xml", code=2)
case("source edit told to no folder", ["source", "edit", "alfa", "in/new.txt", "-o", "no/r.txt"], None, "no/r.txt")
case("source edit told to a folder", ["source", "edit", "alfa", "in/new.txt", "-o", "study"], None, "study")
case("source edit with unknown roles", "source edit alfa in/new.txt --speakers who.csv", "R1,boss\n", "boss", line=1)
case("source set to nothing", "source set alfa", None, "--kind", code=2)
case("source set to a wrong date", "source set alfa --date soon", None, "soon")
case("source set to the 30th of February", "source set alfa --date 2024-02-30", None, "2024-02-30")
case("source set to no language", "source set alfa --language blah", None, "--language", "blah")
case("source set though unknown", "source set delta --kind notes", None, "delta")
case("source turns of nothing", "source turns delta", None, "delta")
case("source turns in an unknown format", "source turns alfa --format xml", None, "xml", code=2)
case("source text of nothing", "source text delta", None, "delta")
case("source text into no folder", "source text alfa -o no/t.txt", None, "no/t.txt", "folder")
case("source text into a folder", "source text alfa -o study", None, "study", "folder")
case("source without action", "source", None, code=2)

# --- reports, exports, search, lists -----------------------------------------------------------------------

for _name, _words, _code, *_says in (
    ("unknown", "frequencies", 2, "frequencies", "frequency"),
    ("missing", "", 2),
    ("in an unknown format", "frequency --format xml", 2, "xml", "json"),
    ("with an unknown layer", "frequency --layer best", 1, "best", "consensus"),
    ("with an unknown role", "frequency --roles boss", 1, "boss", "respondent"),
    ("of an unknown coder", "frequency --coder Brem", 1, "Brem", "did you mean 'Bram'"),
    ("of an unknown code", "frequency --code trst", 1, "trst", "did you mean 'trust'"),
    ("of an unknown source", "frequency --source alpha", 1, "alpha", "did you mean 'alfa'"),
    ("of an unknown kind", "frequency --kind poem", 1, "poem", "notes"),
    ("of unknown cases", "frequency --cases town", 1, "town", "organisation"),
    ("where without a value", "frequency --where country", 2, "country", "ATTRIBUTE=VALUE"),
    ("where without a name", "frequency --where =NL", 2, "ATTRIBUTE=VALUE"),
    ("where unknown", "frequency --where contry=NL", 1, "contry", "did you mean 'country'"),
    ("by something unknown", "comparison --by contry", 1, "contry", "did you mean 'country'"),
    ("by nothing", "comparison", 2, "--by"),
    ("by three things", "comparison --by country --by language --by kind", 2, "--by"),
    ("by a wrong level", "comparison --by person.country", 1, "person.country"),
    ("by-within unknown", "comparison --by country --by-within page", 2, "page"),
    ("within something unknown", "cooccurrence --within page", 2, "page"),
    ("within a negative distance", "cooccurrence --within=-5", 2, "-5"),
    ("within half a character", "cooccurrence --within 1.5", 2, "1.5"),
    ("within an endless distance", f"cooccurrence --within {'9' * 5000}", None),
    ("measure unknown", "cooccurrence --measure share", 2, "share", "row"),
    ("pool of frequency", "frequency --pool", 2, "--pool", "cooccurrence"),
    ("long of comparison", "comparison --by country --long", 2, "--long"),
    ("test of frequency", "frequency --test", 2, "--test", "comparison"),
    ("test of many-valued", "comparison --by country --test", 1, "Tove"),
    ("row measure in turns", "cooccurrence --measure row --within turn --pool", 2),
    ("into no folder", "frequency -o no/r.md", 1, "no/r.md", "folder"),
    ("into a folder", "frequency -o study", 1, "study", "folder"),
    ("csv into no folder", "frequency --format csv -o no/r.csv", 1, "no/r.csv", "folder"),
    ("all into a file", "all -o in/alfa.txt", 1, "in/alfa.txt"),
    ("all in an unknown format", "all --format xml -o out", 2, "xml"),
    ("all of frequency", "all --pool", 2, "--pool"),
    ("with an unknown option", "frequency --cod trust", 2, "--cod"),
    ("two reports", "frequency excerpts", 2, "excerpts"),
    ("of half a character", ["frequency", "--code", "\udcff"], 1),
):
    _list = _words if isinstance(_words, list) else shlex.split(_words)
    case(f"report {_name}", ["report", *_list], None, *_says, code=_code)

for _name, _words, _code, *_says in (
    ("unknown", "pdf", 2, "pdf", "markdown"),
    ("missing", "", 2),
    ("grouped wrongly", "markdown --group coder", 2, "coder", "source"),
    ("into no folder", "markdown -o no/e.md", 1, "no/e.md", "folder"),
    ("into a folder", "markdown -o study", 1, "study", "folder"),
    ("of an unknown coder", "markdown --coder Brem", 1, "Brem"),
    ("of an unknown code", "markdown --code trst", 1, "trst"),
    ("tables into a file", "tables -o in/alfa.txt", 1, "in/alfa.txt"),
    ("tables of a selection", "tables --code trust", 2, "--code"),
    ("tables in groups", "tables --group source", 2, "--group"),
    ("tables below a file", "tables -o in/alfa.txt/t", 1, "in/alfa.txt"),
):
    case(f"export {_name}", f"export {_words}", None, *_says, code=_code)

for _name, _words, _code, *_says in (
    ("nothing", [""], 2),
    ("spaces", ["  "], 2),
    ("no word", [], 2),
    ("a broken pattern", ["--regex", "(trust"], 2, "(trust"),
    ("another broken pattern", ["--regex", "*"], 2, "*"),
    ("a pattern too large", ["--regex", "a{99999999999999}"], 2),
    ("in no source", ["trust", "--source", "delta"], 1, "delta"),
    ("in two ways", ["trust", "--exact", "--regex"], 2, "--exact"),
    ("in an unknown format", ["trust", "--format", "xml"], 2, "xml"),
    ("into no folder", ["trust", "-o", "no/t.txt"], 1, "no/t.txt"),
):
    case(f"search {_name}", ["search", *_words], None, *_says, code=_code)

for _noun in (
    *("sources", "codes", "coders", "persons", "cases", "memos"),
    *("attributes", "progress", "coverage", "not-data", "history", "settings"),
):
    case(f"{_noun} in an unknown format", f"{_noun} --format xml", None, "xml", "json", code=2)
    case(f"{_noun} into no folder", f"{_noun} -o no/list.txt", None, "no/list.txt", "folder")
for _noun in ("sources", "codes", "coders", "history", "undo", "redo", "check", "restore", "init", "demo", "backup"):
    case(f"{_noun} with words too many", f"{_noun} one two three", None, code=2)

# --- the rest ----------------------------------------------------------------------------------------------

case("history of many", "history --last many", None, "many", code=2)
case("history of nothing", "history --last 0", None, "at least 1", code=2)
case("history of minus one", "history --last=-1", None, "-1", code=None)
case("history of a very high number", f"history --last {'9' * 30}", None, code=None)
case("history of too many digits", f"history --last {'9' * 5000}", None, code=None)
case("undo of somebody new", "undo", None, "Newcomer", coder="Newcomer")
case("undo of nothing", "undo", None, "nothing", "Bram", coder="Bram")
case("redo of nothing", "redo", None, "nothing", "Anna")
case("redo of somebody new", "redo", None, "Newcomer", coder="Newcomer")
case("settings unknown", "settings colour red", None, "colour", "coder", code=2)
case("settings with words too many", "settings coder Anna Bram", None, code=2)
case("settings coder with a bar", ["settings", "coder", "A|B"], None, "A|B")
case("settings coder with a line break", ["settings", "coder", "A\nB"], None)
case("settings coder with spaces around", ["settings", "coder", " Anna "], None, "Anna")
case("settings coder of half a character", ["settings", "coder", "\udcff"], None)
case("backup onto a file", "backup b.db", "precious\n", "b.db", "exists already")
case("backup onto the study", "backup study/study.db", None, "study.db", "exists already")
case("backup into a folder", "backup study", None, "study")
case("backup below a file", "backup in/alfa.txt/b.db", None, "b.db")
case("restore of nothing", "restore none.db", None, "none.db", "no such file")
case("restore of a folder", "restore study", None, "study")
case("restore of a letter", "restore b.db", "Dear all\n", "b.db", "not a study")
case("restore of an empty file", "restore b.db", "", "b.db")
case("init where a study is", "init study", None, "study.db", "already")
case("init on a file", "init in/alfa.txt", None, "in/alfa.txt")
case("init below a file", "init in/alfa.txt/study", None, "in/alfa.txt")
case("demo where a study is", "demo study", None, "study.db", "already")
case("demo on a file", "demo in/alfa.txt", None, "in/alfa.txt")
case("no such command", "soruces", None, "soruces", "sources", code=2)
case("no such command at all", "xyzzy", None, "xyzzy", "--help", code=2)
case("empty command", [""], None, code=2)
case("an option for a command", "--sources", None, "--sources", code=2)

# Who works, where the name cannot be one.
for _name, _who in (
    ("a bar", "A|B"),
    ("a line break", "A\nB"),
    ("spaces around", " Anna "),
    ("half a character", "\udcff"),
):
    case(f"who works with {_name}", "code add fresh", None, coder=_who)
    case(f"who works with {_name}, only looking", "undo", None, coder=_who)
# Somebody new whose first action is refused has done nothing: not even come in.
for _name, _words, *_says in (
    ("a coding", "codings add alfa trst 0 5", "trst"),
    ("a file of codings", "codings import c.jsonl", "alpha"),
    ("a code", "code add trust", "trust"),
    ("a table", "attributes import c.jsonl", "c.jsonl"),
    ("a memo", "memos add hello --code trst", "trst"),
    ("a state", "progress set delta done", "delta"),
    ("a taken name", "import --name alfa c.txt", "alfa"),
):
    _given = _line_with(source="alpha") if "jsonl" in _words else "another text\n" if "txt" in _words else None
    case(f"newcomer refused {_name}", _words, _given, *_says, coder="Newcomer")
