"""Registers: attributes, persons, cases, progress, coverage and what is no data, in and out."""

from __future__ import annotations

import contextlib
import tempfile
from typing import TYPE_CHECKING
from unicodedata import normalize

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qda.errors import BadFileError, UsageError
from qda.io import registers
from qda.io.tables import write_table
from qda.model.transcript import Speaker, SpokenTurn, Transcript
from qda.store import Study
from qda.store.attributes import AttributeRow
from qda.store.cases import CaseRow
from qda.store.not_data import NotDataRow
from qda.store.persons import PersonRow
from qda.store.progress import CoverageRow, ProgressRow

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from qda.io.tables import Grid

TEXT = "I: Who?\n\nR1: Me.\n\nTolk: He says: me.\n\nhead 3\n\nr1: And me. head 4\n"
SOURCES = ("ålesund", "berg", "c|d")


def transcript(name: str) -> Transcript:
    turns = []
    for label, first in (("I", "I:"), ("R1", "R1:"), ("Tolk", "Tolk:"), ("r1", "r1:")):
        start = TEXT.index(first)
        turns.append(SpokenTurn(start, start + len(first) + 1, TEXT.index("\n", start), label))
    text = f"{TEXT}{name}\n"
    return Transcript(name, "txt", text.encode(), text, "utf-8", tuple(turns))


@contextlib.contextmanager
def a_study() -> Iterator[Study]:
    """Three sources with an interviewer, a respondent and an interpreter each; three codes."""
    roles = {"I": "interviewer", "R1": "respondent", "Tolk": "interpreter", "r1": "respondent"}
    speakers = {label: Speaker(label, role, generic=True) for label, role in roles.items()}
    with tempfile.TemporaryDirectory() as folder, Study.create(folder, coder="Anna") as study:
        for name in SOURCES:
            study.sources.add(transcript(name), speakers=speakers)
        for path in ("trust", "trust/a\\/b", "time"):
            study.codebook.add(path)
        yield study


@pytest.fixture
def study() -> Iterator[Study]:
    with a_study() as made:
        yield made


def text_of(study: Study) -> Callable[[str], str]:
    return lambda name: study.sources.text(study.sources.get(name).key)


def refused(parse: Callable[..., object], text: str, *more: object) -> str:
    with pytest.raises(BadFileError) as caught:
        parse(text, "t.csv", *more)
    return str(caught.value)


def written(grid: Grid) -> str:
    return write_table(*grid)


# Attributes


def test_attributes_are_read() -> None:
    text = (
        "Source;kind;age: Number;country;mode:choice\nberg;transcript;007;NO | NL|NL|DE\\|AT;\n;;;;\n c|d ;;;; phone \n"
    )
    table = registers.parse_attributes(text, "t.csv")
    assert table.target == "source"
    assert table.columns == {"kind": "", "age": "number", "country": "", "mode": "choice"}
    assert table.rows == [
        AttributeRow("berg", {"kind": ("transcript",), "age": ("007",), "country": ("NO", "NL", "DE|AT")}, 2),
        AttributeRow("c|d", {"mode": ("phone",)}, 4),
    ]


@pytest.mark.parametrize("header", ["person", "Persons", " PERSON "])
@pytest.mark.parametrize("target", ["", "person", "persons"])
def test_the_first_header_says_for_whom(header: str, target: str) -> None:
    assert registers.parse_attributes(f"{header},a\n", "t.csv", target).target == "person"


def test_for_says_for_whom_where_the_header_does_not() -> None:
    table = registers.parse_attributes("respondent,a\nGrace,1\n", "t.csv", "persons")
    assert (table.target, table.columns, table.rows[0].name) == ("person", {"a": ""}, "Grace")
    with pytest.raises(UsageError, match="attributes are for sources, persons, cases, not for 'codes'"):
        registers.parse_attributes("respondent,a\n", "t.csv", "codes")


def test_the_fields_of_a_source_are_known_whatever_their_case() -> None:
    assert registers.parse_attributes("source,Date,Sex\n", "t").columns == {"date": "", "Sex": ""}
    assert registers.parse_attributes("case,Date\n", "t").columns == {"Date": ""}


def test_a_colon_in_a_header() -> None:
    columns = registers.parse_attributes("case,Q1: how old?,a:b:TEXT,x:1,n :date\n", "t.csv").columns
    assert columns == {"Q1: how old?": "", "a:b": "text", "x:1": "", "n": "date"}


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (
            "\nnaam,a\n",
            "t.csv:2: the first column must say for whom the attributes are: source, person, case, not 'naam';"
            " rename it, or say --for sources, persons, cases",
        ),
        (
            "case,a:nubmer\n",
            "t.csv:1: the type 'nubmer' of 'a' is not one of text, number, date, choice; write 'a:nubmer:text' if"
            " that is its name",
        ),
        *(
            (
                f"\n{target},b,{first},c,{second}\nx,1,2,3,2\n",
                f"t.csv:2: columns 3 and 5 are one attribute ({named}); remove one of them, or write several values in"
                " one cell with | between",
            )
            for target, first, second, named in (
                ("case", "a", "a", "'a'"),
                ("case", "a:date", "a:number", "'a'"),
                ("person", "Sex", "SEX", "'Sex', 'SEX'"),
                ("person", "Zo\u00eb", "Zoe\u0308:text", "'Zo\u00eb', 'Zoe\u0308'"),
                ("source", "date", "Date", "'date'"),
            )
        ),
        ("case,a\nx,1\n ,2\n", "t.csv:3: the first cell is empty; it must name a case"),
        (
            "case,a\nx\n",
            "t.csv:2: this row has too few cells (1, the header has 2); is a comma or a quote missing?",
        ),
        ("case,\nx,1\n", "t.csv:1: column 2 has no name in the header; name it or remove it"),
    ],
)
def test_attributes_are_refused(text: str, sentence: str) -> None:
    assert refused(registers.parse_attributes, text) == sentence


def test_for_may_not_contradict_the_header() -> None:
    sentence = "t.csv:1: the first column is for cases, but --for says sources; leave out one of them"
    assert refused(registers.parse_attributes, "case,a\n", "sources") == sentence


def test_attributes_are_written(study: Study) -> None:
    rows = [
        AttributeRow("berg", {"date": ("2024",), "x:y": ("a|b", "c\\")}),
        AttributeRow("c|d", {"n": ("1,5",)}),
    ]
    study.attributes.import_rows("source", {"date": "", "x:y": "", "n": "number"}, rows, "a")
    study.attributes.import_rows("case", {"size": ""}, [], "a")
    assert written(registers.attributes_table(study, "case")) == "case,size\n"
    assert written(registers.attributes_table(study, "source")) == (
        "source,kind,language,date,x:y:text,n:number\n"
        "berg,transcript,,2024,a\\|b|c\\,\n"
        'c|d,transcript,,,,"1,5"\n'
        "ålesund,transcript,,,,\n"
    )


WORD = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0")) | st.text(
    st.sampled_from('a:|\\,;"\n')
)
NAME = WORD.map(str.strip).filter(lambda word: word and word.casefold() not in ("kind", "language", "date"))
VALUES = st.lists(NAME, max_size=3, unique=True).map(tuple)


@st.composite
def attribute_tables(draw: st.DrawFn) -> tuple[dict[str, str], list[AttributeRow]]:
    names = draw(st.lists(NAME, max_size=3, unique_by=lambda name: normalize("NFC", name).casefold()))
    columns = {name: draw(st.sampled_from(["text", "choice"])) for name in names}
    values = st.fixed_dictionaries(dict.fromkeys(columns, VALUES))
    rows = [AttributeRow(name, {k: v for k, v in draw(values).items() if v}) for name in SOURCES]
    return columns, rows


@settings(max_examples=15, deadline=None)
@given(attribute_tables())
def test_attributes_come_back(table: tuple[dict[str, str], list[AttributeRow]]) -> None:
    columns, rows = table
    with a_study() as one, a_study() as two:
        one.attributes.import_rows("source", columns, rows, "a")
        text = written(registers.attributes_table(one, "source"))
        read = registers.parse_attributes(text, "t.csv")
        two.attributes.import_rows(read.target, read.columns, read.rows, "a")
        assert written(registers.attributes_table(two, "source")) == text
        found = {row.name: row.values for row in read.rows}
        for row in rows:
            given_here = {name: tuple(sorted(values)) for name, values in row.values.items()}
            assert found[row.name] == {"kind": ("transcript",), **given_here}
        assert [kind for _, _, kind in two.attributes.all()] == list(columns.values())


# Persons and cases


def test_persons_are_read() -> None:
    text = "Label,Person,SOURCE,Role,Speaks for\nR1, Grace ,berg,Respondent,\nTolk,Kim,berg,interpreter,Grace\n"
    assert registers.parse_persons(text, "t.csv") == [
        PersonRow("Grace", "respondent", "berg", "R1", "", 2),
        PersonRow("Kim", "interpreter", "berg", "Tolk", "Grace", 3),
    ]
    assert registers.parse_persons("person\nA|B\n", "t.csv") == [PersonRow("A|B", line=2)]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (
            "person,role,gender\n",
            "t.csv:1: the column 'gender' is unknown here; the columns are person, role, source, label, speaks_for,"
            " and what is known of persons comes in with 'qda attributes import'",
        ),
        (
            "person,role\nA,\n\nB,boss\n",
            "t.csv:4: the role 'boss' is not one of respondent, interviewer, interpreter, other",
        ),
        ("role,source\n", "t.csv:1: the column 'person' is missing in the header"),
        ("person,role\nA,\n,other\n", "t.csv:3: the cell under 'person' is empty"),
    ],
)
def test_persons_are_refused(text: str, sentence: str) -> None:
    assert refused(registers.parse_persons, text) == sentence


PERSONS = """\
person,role,source,label,speaks_for
"Lee, I",interviewer,berg,I,
Grace,respondent,berg,R1,
Kim,interpreter,berg,Tolk,Grace
"Lee, I",interviewer,ålesund,I,
Kim,interpreter,ålesund,Tolk,Absent
Guest,other,ålesund,,
Absent,respondent,,,
Nobody,respondent,,,
"""


def test_persons_come_back(study: Study) -> None:
    study.persons.import_rows(registers.parse_persons(PERSONS, "t.csv"), "p")
    text = written(registers.persons_table(study))
    assert text == (
        "person,role,source,label,speaks_for\n"
        '"Lee, I",interviewer,berg,I,\n'
        "Grace,respondent,berg,R1,\n"
        "Kim,interpreter,berg,Tolk,Grace\n"
        "Grace,respondent,berg,r1,\n"
        "c|d/I,interviewer,c|d,I,\n"
        "c|d/R1,respondent,c|d,R1,\n"
        "c|d/Tolk,interpreter,c|d,Tolk,c|d/R1\n"
        "c|d/R1,respondent,c|d,r1,\n"
        '"Lee, I",interviewer,ålesund,I,\n'
        "ålesund/R1,respondent,ålesund,R1,\n"
        "Kim,interpreter,ålesund,Tolk,Absent\n"
        "ålesund/R1,respondent,ålesund,r1,\n"
        "Guest,other,ålesund,,\n"
        "Absent,respondent,,,\n"
        "Nobody,respondent,,,\n"
    )
    before = study.state_hash()
    study.persons.import_rows(registers.parse_persons(text, "t.csv"), "p")
    assert study.state_hash() == before
    with a_study() as other:
        other.persons.import_rows(registers.parse_persons(text, "t.csv"), "p")
        assert written(registers.persons_table(other)) == text


def test_cases_are_read() -> None:
    text = "case;kind;persons;Sources\nNL - IR;country pair;A | B;berg|c\\|d\nx;;;\n"
    assert registers.parse_cases(text, "t.csv") == [
        CaseRow("NL - IR", "country pair", ("A", "B"), ("berg", "c|d"), 2),
        CaseRow("x", line=3),
    ]
    advice = "and what is known of cases comes in with 'qda attributes import'"
    assert refused(registers.parse_cases, "case,size\n") == (
        f"t.csv:1: the column 'size' is unknown here; the columns are case, kind, person, source, {advice}"
    )
    assert refused(registers.parse_cases, "case,kind\n,x\n") == "t.csv:2: the cell under 'case' is empty"


CASES = (
    "case,kind,person,source\n"
    "r,pair,berg/R1|c\\|d/R1,\n"
    "s,pair,,\n"
    "a|1,country,berg/I,berg|c\\|d|ålesund\n"
    "b,country,,c\\|d\n"
)


def test_cases_come_back(study: Study) -> None:
    study.cases.import_rows(registers.parse_cases(CASES, "t.csv"), "c")
    assert written(registers.cases_table(study)) == CASES
    before = study.state_hash()
    study.cases.import_rows(registers.parse_cases(CASES, "t.csv"), "c")
    assert study.state_hash() == before
    with a_study() as other:
        other.cases.import_rows(registers.parse_cases(written(registers.cases_table(study)), "t.csv"), "c")
        assert written(registers.cases_table(other)) == CASES
        assert other.cases.kinds() == ["pair", "country"]


# Progress and coverage


def test_progress_is_read() -> None:
    text = "coder,source,STATE,layer,version\nAnna,berg,In_Progress,,3\nBram,berg,done,consensus,\n"
    assert registers.parse_progress(text, "t.csv") == [
        ProgressRow("berg", "Anna", "in progress", "3", "independent", 2),
        ProgressRow("berg", "Bram", "done", "", "consensus", 3),
    ]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (
            "source,coder,state\nberg,A,ready\n",
            "t.csv:2: the state 'ready' is not one of assigned, in progress, done",
        ),
        (
            "source,coder,state,layer\nberg,A,done,x\n",
            "t.csv:2: the layer 'x' is not one of independent, consensus",
        ),
        ("source,coder,state\nberg,A,done\nberg,A,\n", "t.csv:3: the cell under 'state' is empty"),
        ("source,coder\n", "t.csv:1: the column 'state' is missing in the header"),
    ],
)
def test_progress_is_refused(text: str, sentence: str) -> None:
    assert refused(registers.parse_progress, text) == sentence


def test_progress_and_coverage_come_back(study: Study) -> None:
    progress = (
        "source,coder,state,version,layer,codes,lacks\n"
        "berg,Anna,done,2,independent,2,time\nberg,Anna,in progress,3,consensus,3,\n"
        "c|d,Bram,assigned,0,independent,0,\n"
    )
    coverage = "source,code,asked\nberg,trust,yes\nberg,trust/a\\/b,no\nc|d,time,yes\n"
    study.progress.import_rows(registers.parse_progress(progress, "t.csv"), "p")
    study.coverage.import_rows(registers.parse_coverage(coverage, "t.csv"), "c")
    assert written(registers.progress_table(study)) == progress
    assert written(registers.coverage_table(study)) == coverage


@pytest.mark.parametrize("word", ["yes", "Ja", "TRUE", "1", "no", "Nee", "nei", "false", "0"])
def test_what_was_asked(word: str) -> None:
    asked = word.casefold() in ("yes", "ja", "true", "1")
    rows = registers.parse_coverage(f"source;asked;code\nberg; {word} ;trust\n", "t.csv")
    assert rows == [CoverageRow("berg", "trust", asked, 2)]


def test_what_was_asked_is_yes_or_no() -> None:
    text = "source,code,asked\nberg,trust,yes\nberg,time,maybe\n"
    assert refused(registers.parse_coverage, text) == "t.csv:3: 'asked' is yes or no, not 'maybe'"
    assert (
        refused(registers.parse_coverage, "source,code,asked\nberg,time,\n")
        == "t.csv:2: the cell under 'asked' is empty"
    )


# What is no data


def test_stretches_that_are_no_data_are_read(study: Study) -> None:
    text = "source,start,end,reason\nberg,3,9, page head \n"
    rows = registers.parse_not_data(text, "t.csv", text_of(study))
    assert rows == [NotDataRow("berg", 3, 9, " page head ", 2)]
    text = 'source;quote;occurrence;reason\nberg;"Me.\r\n\r\nTolk";;x\nberg;head ;2;\n'
    rows = registers.parse_not_data(text, "t.csv", text_of(study))
    quoted, second = TEXT.index("Me."), TEXT.rindex("head ")
    assert rows == [
        NotDataRow("berg", quoted, quoted + 9, "x", 2),
        NotDataRow("berg", second, second + 5, "", 5),
    ]


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        ("berg,,,,,", "give either 'start' and 'end', or a 'quote'"),
        ("berg,1,2,Who,,", "give either 'start' and 'end', or a 'quote'"),
        ("berg,1,,,,", "'end' is a whole number from 0, not ''"),
        ("berg,-1,2,,,", "'start' is a whole number from 0, not '-1'"),
        ("berg,1,2.0,,,", "'end' is a whole number from 0, not '2.0'"),
        ("berg,1,٣,,,", "'end' is a whole number from 0, not '٣'"),
        ("berg,,,Whom,,", "the quotation 'Whom' does not stand in 'berg'"),
        ("berg,,,head,,", "the quotation 'head' stands 2 times in 'berg'; say which one, or quote more"),
        ("berg,,,head,3,", "the quotation 'head' stands 2 times in 'berg'; there is no occurrence 3"),
        ("berg,,,Who,2,", "the quotation 'Who' stands once in 'berg'; there is no occurrence 2"),
        ("berg,,,Who,0,", "'occurrence' is a whole number from 1, not '0'"),
        ("beg,,,Who,,", "there is no source named 'beg' (did you mean 'berg'?)"),
        (",,,Who,,", "the cell under 'source' is empty"),
    ],
)
def test_stretches_are_refused(study: Study, row: str, problem: str) -> None:
    text = f"source,start,end,quote,occurrence,reason\nberg,1,2,,,\n{row}\n"
    assert refused(registers.parse_not_data, text, text_of(study)) == f"t.csv:3: {problem}"


def test_stretches_come_back(study: Study) -> None:
    text = 'source,start,end,reason\nberg,0,3,\nberg,5,9,"a ""b"", c"\nc|d,1,2, x\n'
    study.not_data.import_rows(registers.parse_not_data(text, "t.csv", text_of(study)), "n")
    assert written(registers.not_data_table(study)) == text
