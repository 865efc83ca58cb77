"""Tables: comma, semicolon or tab, quotes, line numbers, and what is refused."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qda.errors import BadFileError
from qda.io.files import read_text, write_file
from qda.io.registers.lines import read_register
from qda.io.tables import join_values, read_table, split_values, write_table

ANY = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"))
TRICKY = st.text(st.sampled_from('a ,;\t\r\n"\\|\ufeff\x0b\u2028='))
CELL = ANY | TRICKY
NAME = CELL.map(str.strip).filter(bool)


def refused(text: str) -> str:
    with pytest.raises(BadFileError) as caught:
        read_table(text, "t.csv")
    return str(caught.value)


def cells(text: str) -> list[list[str]]:
    table = read_table(text, "t.csv")
    return [list(table.header), *(row.cells for row in table.rows)]


@pytest.mark.parametrize("sign", [",", ";", "\t"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("bom", ["", "\ufeff"])
def test_delimiters_line_ends_and_bom(sign: str, end: str, bom: str) -> None:
    text = bom + end.join((f"source{sign} kind ", f'a{sign}"x{sign}y ""z"""', "", f"b{sign} c", ""))
    table = read_table(text, "t.csv")
    assert table.delimiter == sign
    assert table.header == ("source", "kind")
    assert [(row.line, row.cells) for row in table.rows] == [(2, ["a", f'x{sign}y "z"']), (4, ["b", " c"])]


def test_the_header_decides_the_delimiter_outside_quotes() -> None:
    assert cells('"a,b,c";d\n1,5;2\n') == [["a,b,c", "d"], ["1,5", "2"]]
    assert cells('"a ""x;"" b;c;d",e\n1,2\n') == [['a "x;" b;c;d', "e"], ["1", "2"]]
    assert cells('a"b;c\n1;2,3\n') == [['a"b', "c"], ["1", "2,3"]]
    assert cells("place, country;size\nOslo, NO;3\n") == [["place, country", "size"], ["Oslo, NO", "3"]]
    assert cells("a,b,c;d\n1,2,3;4\n") == [["a", "b", "c;d"], ["1", "2", "3;4"]]
    assert cells("\r\n \n a;b\n1;2,3\n") == [["a", "b"], ["1", "2,3"]]
    assert cells("only\na;b\n") == [["only"], ["a;b"]]


def test_a_header_over_two_lines() -> None:
    table = read_table('"two\nlines";b,c;d\n1;2;3\n', "t.csv")
    assert table.header == ("two\nlines", "b,c", "d")
    assert table.rows[0].line == 3


def test_line_numbers_are_those_where_rows_begin() -> None:
    text = '\n \n a,b\n\n"1\n\n2",x\n   \n3,"y\r\nz"\n4,w'
    table = read_table(text, "t.csv")
    assert table.line == 3
    assert [(row.line, row.cells) for row in table.rows] == [
        (5, ["1\n\n2", "x"]),
        (9, ["3", "y\r\nz"]),
        (11, ["4", "w"]),
    ]


def test_only_line_ends_end_rows() -> None:
    text = "a,b\n1\u20282\x0b3\x0c4\x855,6\n7,8\n"
    assert cells(text) == [["a", "b"], ["1\u20282\x0b3\x0c4\x855", "6"], ["7", "8"]]


def test_a_header_alone_is_a_table() -> None:
    assert read_table("a,b\n", "t.csv").rows == []


def test_a_single_column_keeps_its_spaces_and_empty_cells() -> None:
    assert cells('a\n  \n""\n\nb\n') == [["a"], ["  "], [""], ["b"]]


def test_a_cell_may_be_very_long() -> None:
    assert cells(f"a,b\n{'x' * 200_000},1\n")[1] == ["x" * 200_000, "1"]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "t.csv: this table is empty; its first line must name the columns"),
        (" \n\r\n\t\n", "t.csv: this table is empty; its first line must name the columns"),
        (
            "a,b\n1,2\n\n3\n",
            "t.csv:4: this row has too few cells (1, the header has 2); is a comma or a quote missing?",
        ),
        (
            "a;b\n1;2\n3;4;\n",
            "t.csv:3: this row has too many cells (3, the header has 2); put a cell that holds a semicolon in quotes",
        ),
        (
            'a,b\n"1\n2",3\n4\n',
            "t.csv:4: this row has too few cells (1, the header has 2); is a comma or a quote missing?",
        ),
        (
            'a,b\n1,2\n3,"4\n5,6\n',
            "t.csv:3: a quote is opened in this row and never closed; close it, or double it where it is a literal one",
        ),
        (
            'a,b\n1,"2"x\n',
            "t.csv:2: something stands between a closing quote and the comma behind it; double the quotes inside a"
            " quoted cell",
        ),
        ("a,b\n1,2\r3\n", "t.csv:2: a line break stands in a cell that is not quoted; put the cell in quotes"),
        ("\na,,b\n1,2,3\n", "t.csv:2: column 2 has no name in the header; name it or remove it"),
        ("a,b, \n", "t.csv:1: column 3 has no name in the header; name it or remove it"),
        ("a,b, A\n", "t.csv:1: two columns are named 'A'; remove one of them"),
    ],
)
def test_damaged_tables_are_refused(text: str, sentence: str) -> None:
    assert refused(text) == sentence


def test_names_may_repeat_where_that_is_allowed() -> None:
    assert read_table("a,b,b\n1,2,3\n", "t.csv", repeated=True).header == ("a", "b", "b")
    with pytest.raises(BadFileError):
        read_table("a,b,\n1,2,3\n", "t.csv", repeated=True)


def test_cells_are_quoted_only_where_they_must_be() -> None:
    rows = [["x", "y;z\t "], ["=1+1", 'say "no"'], ["a,b", "c\rd"], ["", "\ufeff"]]
    assert write_table(["h;1", "h2"], rows) == ('"h;1",h2\nx,y;z\t \n=1+1,"say ""no"""\n"a,b","c\rd"\n,\ufeff\n')


@st.composite
def tables(draw: st.DrawFn) -> tuple[list[str], list[list[str]]]:
    header = draw(st.lists(NAME, min_size=1, max_size=4, unique_by=str.casefold))
    row = st.lists(CELL, min_size=len(header), max_size=len(header))
    return header, draw(st.lists(row, max_size=4))


@given(tables())
def test_what_is_written_is_read_again(table: tuple[list[str], list[list[str]]]) -> None:
    header, rows = table
    text = write_table(header, rows)
    assert cells(text) == [header, *rows]
    assert cells("\ufeff" + text) == [header, *rows]


@given(tables())
def test_it_is_read_again_from_a_file(table: tuple[list[str], list[list[str]]]) -> None:
    header, rows = table
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "t.csv")
        write_file(file, write_table(header, rows))
        assert cells(read_text(file)) == [header, *rows]


@given(tables())
def test_line_numbers_of_written_rows(table: tuple[list[str], list[list[str]]]) -> None:
    header, rows = table
    lines = [row.line for row in read_table(write_table(header, rows), "t.csv").rows]
    assert lines == [write_table(header, rows[:at]).count("\n") + 1 for at in range(len(rows))]


@pytest.mark.parametrize(
    ("cell", "values"),
    [
        ("", ()),
        (" | ", ()),
        ("Iraq", ("Iraq",)),
        ("Iraq| Iran ||", ("Iraq", "Iran")),
        (r"a\|b|c", ("a|b", "c")),
        (r"a\\|b", ("a\\", "b")),
        (r"a\\\|b", (r"a\|b",)),
        (r"\\server\share\x", (r"\\server\share\x",)),
        ("a\\", ("a\\",)),
    ],
)
def test_several_values_in_a_cell(cell: str, values: tuple[str, ...]) -> None:
    assert split_values(cell) == values


@given(st.lists(NAME | st.text(st.sampled_from("\\|a"), min_size=1), max_size=4))
def test_values_come_back_from_their_cell(values: list[str]) -> None:
    assert split_values(join_values(values)) == tuple(values)


def register(text: str) -> list[dict[str, str]]:
    lines = read_register(text, "t.csv", ("case",), ("kind", "person"), "ask elsewhere")
    return [{name: line[name] for name in ("case", "kind", "person")} for line in lines]


def test_a_register_takes_its_columns_in_any_order_and_case() -> None:
    assert register(" Persons ;CASE\n Anna ; c 1 \n;\n") == [{"case": "c 1", "kind": "", "person": "Anna"}]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (
            "case,sex\n",
            "t.csv:1: the column 'sex' is unknown here; the columns are case, kind, person, and ask elsewhere",
        ),
        (
            "case,person,persons\n",
            "t.csv:1: the column 'persons' says the same as another; the columns are case, kind, person, and ask"
            " elsewhere",
        ),
        ("\nkind,person\n", "t.csv:2: the column 'case' is missing in the header"),
        ("case,kind\na,\n,b\n", "t.csv:3: the cell under 'case' is empty"),
    ],
)
def test_a_register_refuses_other_columns_and_gaps(text: str, sentence: str) -> None:
    with pytest.raises(BadFileError) as caught:
        register(text)
    assert str(caught.value) == sentence
