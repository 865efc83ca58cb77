"""Codings as JSON lines: what is taken, what is refused with its number, and that they come back."""

from __future__ import annotations

import contextlib
import json
import tempfile
import uuid
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qda.errors import BadFileError
from qda.io.codings import parse_codings, write_codings
from qda.model.nouns import CODING_IDS
from qda.model.transcript import Transcript
from qda.store import Study
from qda.store.coding_lines import CodingRow

if TYPE_CHECKING:
    from collections.abc import Iterator

UUID = "ceb4f11c-1373-5c82-9297-bb0ee578bef6"
LEAST: dict[str, Any] = {"source": "berg", "code": "trust", "coder": "Anna", "start": 1, "end": 4}
FULL: dict[str, Any] = {
    **LEAST,
    "id": UUID,
    "text": 'say "é😀"\u2028',
    "memo": "why",
    "weight": 2,
    "at": "2024-11-04T10:00:00Z",
    "origin": "rule",
    "layer": "consensus",
}


def line(**changes: object) -> str:
    return json.dumps({**LEAST, **changes})


def without(*names: str) -> str:
    return json.dumps({key: value for key, value in LEAST.items() if key not in names})


def refused(text: str) -> str:
    with pytest.raises(BadFileError) as caught:
        parse_codings(text, "c.jsonl")
    return str(caught.value)


def test_codings_are_read() -> None:
    text = f"\ufeff{json.dumps(LEAST)}\r\n\n \t\n  {json.dumps(FULL, ensure_ascii=False)}  \n"
    found = parse_codings(text, "c.jsonl")
    assert found.rows == [
        CodingRow(1, "berg", "trust", "Anna", 1, 4),
        CodingRow(
            *(4, "berg", "trust", "Anna", 1, 4, uuid.UUID(UUID).bytes, FULL["text"], "why", 2.0),
            *("2024-11-04T10:00:00Z", "rule", "consensus"),
        ),
    ]
    assert found.turned_ids == 0
    assert type(found.rows[1].weight) is float


def test_lines_may_come_one_by_one() -> None:
    lines = iter([line() + "\n", "\n", line(start=2) + "\n"])
    assert [(row.line, row.start) for row in parse_codings(lines, "c.jsonl").rows] == [(1, 1), (3, 2)]
    assert parse_codings("", "c.jsonl").rows == []


@pytest.mark.parametrize(
    "word",
    [
        UUID,
        UUID.upper(),
        UUID.replace("-", ""),
        f"{{{UUID}}}",
        f"urn:uuid:{UUID}",
        f"URN:UUID:{UUID.upper()}",
    ],
)
def test_usual_forms_of_an_id(word: str) -> None:
    found = parse_codings(line(id=word), "c.jsonl")
    assert (found.rows[0].id, found.turned_ids) == (uuid.UUID(UUID).bytes, 0)


@pytest.mark.parametrize("word", ["17", "quote é", UUID + "0", UUID[:-1] + "g", UUID[:-2] + "  ", "{}"])
def test_other_ids_become_uuids_of_their_words(word: str) -> None:
    text = f"{line(id=word)}\n{line(id=word, start=2)}\n{line(id=UUID, start=3)}\n{line(id='x')}\n"
    found = parse_codings(text, "c.jsonl")
    made = uuid.uuid5(uuid.UUID(bytes=CODING_IDS), word).bytes
    assert [row.id for row in found.rows[:3]] == [made, made, uuid.UUID(UUID).bytes]
    assert found.turned_ids == 2


@pytest.mark.parametrize(
    "at",
    ["2024-11-04", "20241104", "2024-11-04T10:00", "2024-11-04 10:00:00.5+01:00", "20241104T1000Z", "2024-W45-1T10"],
)
def test_moments(at: str) -> None:
    assert parse_codings(line(at=at), "c.jsonl").rows[0].at == at


KEYS = "source, code, coder, start, end, id, text, memo, at, origin, layer, weight"


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("nonsense", "this is no JSON: a value is missing at character 1"),
        ("{source: 1}", "this is no JSON: a key in double quotes is missing at character 2"),
        (line()[:-1], "this is no JSON: a comma or the end of the object is missing at character 74"),
        ('{"source": "a\tb"}', "this is no JSON: a tab or another control character stands at character 14"),
        ("[" * 100_000, "this is no JSON that can be read: it is nested too deeply"),
        (line() + line(), "something stands behind the object, at character 75"),
        (line() + ",", "something stands behind the object, at character 75"),
        ("[]", "this is no JSON object; write one {…} on each line"),
        ('"source"', "this is no JSON object; write one {…} on each line"),
        ("null", "this is no JSON object; write one {…} on each line"),
        (without("source"), "'source' is missing"),
        (without("start", "end"), "'start' is missing"),
        ("{}", "'source' is missing"),
        (line(colour="red"), f"the key 'colour' is unknown; keys are {KEYS}"),
        (without("code")[:-1] + ', "Code": "x"}', f"the key 'Code' is unknown; keys are {KEYS}"),
        (line(source=None), "'source' must be a string, not null"),
        (line(code=["trust"]), "'code' must be a string, not [\"trust\"]"),
        (line(coder=7), "'coder' must be a string, not 7"),
        (line(coder=""), "'coder' is empty"),
        (line(memo=""), "'memo' is empty; leave it out"),
        (line(text=None), "'text' must be a string, not null"),
        (line(id=""), "'id' is empty; leave it out"),
        (line(start="1"), "'start' must be a whole number, not '1'"),
        (line(start=1.0), "'start' must be a whole number, not 1.0"),
        (line(end=True), "'end' must be a whole number, not true"),
        (line(start=-1), "'start' and 'end' are counted from 0, not -1 and 4"),
        (line(end=-1), "'start' and 'end' are counted from 0, not 1 and -1"),
        (line(start=-5, end=-1), "'start' and 'end' are counted from 0, not -5 and -1"),
        (line(end=0)[:-2] + "1" * 5000 + "}", "a number in it is too long"),
        (line(weight=True), "'weight' must be a number, not true"),
        (line(weight="2"), "'weight' must be a number, not '2'"),
        (line(weight=float("nan")), "NaN is no number in JSON; leave it out"),
        (line(weight=float("-inf")), "-Infinity is no number in JSON; leave it out"),
        (line(weight=1)[:-2] + "1e999}", "'weight' is too large"),
        (line(weight=10**400), "'weight' is too large"),
        (line(layer="final"), "the layer 'final' is not one of independent, consensus"),
        (line(source="a\ud800"), "half a character (a lone surrogate) stands in it; write the file as UTF-8"),
        (
            line(memo="\udc00\ud83d").replace("\\ud", "\\uD"),
            "half a character (a lone surrogate) stands in it; write the file as UTF-8",
        ),
        (line()[:-1] + ', "end": 5}', "the key 'end' stands twice"),
        (line()[:-1] + ', "c\\u006fde": "trust"}', "the key 'code' stands twice"),
        (line(text='"')[:-1] + ', "text": "x"}', "the key 'text' stands twice"),
        (
            line(at="yesterday"),
            "'at' must be a date or time as in 2024-11-04 or 2024-11-04T10:00:00Z, not 'yesterday'",
        ),
        (
            line(at="2024-11-04x10:00"),
            "'at' must be a date or time as in 2024-11-04 or 2024-11-04T10:00:00Z, not '2024-11-04x10:00'",
        ),
        (
            line(at="2023-02-29"),
            "'at' must be a date or time as in 2024-11-04 or 2024-11-04T10:00:00Z, not '2023-02-29'",
        ),
    ],
)
def test_wrong_lines_are_refused(text: str, problem: str) -> None:
    good = line()
    assert refused(f"{good}\n\n{text}\n{good}\n") == f"c.jsonl:3: {problem}"
    shaped = json.dumps({**LEAST, "weight": 1.5})
    assert refused(f"{good}\n{shaped}\n{text}\n") == f"c.jsonl:3: {problem}"


def test_all_wrong_lines_are_named_together() -> None:
    problem = "'coder' is empty"
    two = refused("\n".join([line(coder=""), line(), line(coder="")]))
    assert two == f"c.jsonl:1: {problem}; c.jsonl:3: {problem}"
    eight = refused("\n".join([line(), *[line(coder="")] * 8]))
    assert eight == "; ".join(f"c.jsonl:{at}: {problem}" for at in range(2, 7)) + "; and 3 more lines"


@pytest.mark.parametrize("text", ["source,code,coder\nalfa,trust,Anna\n", "[\n{}\n]\n", "\n\nDear all\n"])
def test_another_kind_of_file_is_refused_as_such(text: str) -> None:
    """A table given by mistake is one mistake, not one in every line."""
    sentence = refused(text)
    assert sentence.startswith(f"c.jsonl:{3 if text[0] == chr(10) else 1}: this is no file of JSON lines")
    assert '{"source": "...", "code": "...", "coder": "...", "start": 0, "end": 9}' in sentence
    assert ";" not in sentence.replace("; each line", "")


def test_pairs_that_make_one_character_are_good() -> None:
    assert parse_codings(line(memo="😀"), "c.jsonl").rows[0].memo == "😀"


TEXT = 'Ik ging "terug" \\ naar\nKårstø. 😀 Ja\u2028ja.\n'
NAMES = ("zee", "å|b", 'q"\\')


def a_study(folder: str) -> Study:
    study = Study.create(folder, coder="Anna")
    for name in NAMES:
        text = f"{TEXT}{name}"
        study.sources.add(Transcript(name, "txt", text.encode(), text, "utf-8"), speakers={})
    for path in ("trust", "time", "trust/a\\/b", "énergie"):
        study.codebook.add(path)
    return study


@contextlib.contextmanager
def two_studies() -> Iterator[tuple[Study, Study]]:
    folders = (tempfile.TemporaryDirectory(), tempfile.TemporaryDirectory())
    with folders[0] as one, folders[1] as two, a_study(one) as study, a_study(two) as other:
        yield study, other


def exported(study: Study) -> str:
    return "".join(write_codings(study))


def test_codings_are_written_in_order_and_in_ascii() -> None:
    with tempfile.TemporaryDirectory() as folder, a_study(folder) as study:
        ids = [bytes([number]) * 16 for number in range(9)]
        rows = [
            CodingRow(1, "å|b", "trust", "Anna", 0, 2, ids[1], at="2024-11-04"),
            CodingRow(2, "zee", "trust/a\\/b", "Anna", 0, 2, ids[2], at="2024-11-04"),
            CodingRow(3, "zee", "énergie", "Anna", 0, 2, ids[3], at="2024-11-04"),
            CodingRow(4, "zee", "trust", "Bram", 0, 2, ids[4], at="2024-11-04"),
            CodingRow(5, "zee", "trust", "Anna", 0, 2, ids[6], at="2024-11-04", layer="consensus"),
            CodingRow(6, "zee", "trust", "Anna", 0, 2, ids[5], at="2024-11-04"),
            CodingRow(7, "zee", "time", "Anna", 0, 10, ids[7], at="2024-11-04"),
            CodingRow(8, "zee", "time", "Anna", 3, 4, ids[8], memo="n\né", weight=0.5, at="2024", origin="rule"),
        ]
        study.codings.import_rows(rows, "c")
        lines = exported(study).splitlines()
        assert [json.loads(line)["id"][:2] for line in lines] == ["05", "06", "04", "02", "03", "07", "08", "01"]
        assert lines[6] == (
            '{"source": "zee", "code": "time", "coder": "Anna", "start": 3, "end": 4,'
            ' "id": "08080808-0808-0808-0808-080808080808", "text": "g", "memo": "n\\n\\u00e9", "weight": 0.5,'
            ' "at": "2024", "origin": "rule"}'
        )
        assert lines[1].endswith(', "text": "Ik", "at": "2024-11-04", "origin": "human", "layer": "consensus"}')
        assert lines[0].endswith(', "text": "Ik", "at": "2024-11-04", "origin": "human"}')
        assert "".join(lines).isascii()
        chosen = [coding for coding in study.codings.all() if coding.end == 2]
        assert "".join(write_codings(study, reversed(chosen))) == "".join(
            f"{line}\n" for line in lines if '"end": 2,' in line
        )
        assert "".join(write_codings(study, [])) == ""


WORDS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1)
MOMENTS = st.datetimes().map(lambda at: at.isoformat()) | st.dates().map(lambda at: at.isoformat())


@st.composite
def codings(draw: st.DrawFn) -> list[CodingRow]:
    rows = []
    for number in range(1, draw(st.integers(0, 8)) + 1):
        start = draw(st.integers(0, len(TEXT) - 1))
        rows.append(
            CodingRow(
                line=number,
                source=draw(st.sampled_from(NAMES)),
                code=draw(st.sampled_from(["trust", "time", "trust/a\\/b", "énergie"])),
                coder=draw(st.sampled_from(["Anna", "Bråm"])),
                start=start,
                end=draw(st.integers(start + 1, len(TEXT))),
                id=draw(st.none() | st.uuids().map(lambda uid: uid.bytes)),
                memo=draw(st.just("") | WORDS),
                weight=draw(st.none() | st.floats(allow_nan=False, allow_infinity=False)),
                at=draw(MOMENTS),
                origin=draw(WORDS),
                layer=draw(st.sampled_from(["independent", "consensus"])),
            )
        )
    return rows


@settings(max_examples=20, deadline=None)
@given(codings())
def test_codings_come_back(rows: list[CodingRow]) -> None:
    with two_studies() as (study, other):
        ids = [row.id for row in rows if row.id]
        study.codings.import_rows(rows if len(set(ids)) == len(ids) else [], "c")
        text = exported(study)
        read = parse_codings(text, "c.jsonl").rows
        assert all(row.text == f"{TEXT}{row.source}"[row.start : row.end] for row in read)
        other.codings.import_rows(read, "c")
        assert exported(other) == text
        assert study.codings.import_rows(read, "again").added == 0


@given(
    st.dictionaries(st.sampled_from([*FULL, "x"]), st.none() | st.booleans() | st.integers(-1, 2) | WORDS | st.just(""))
)
def test_a_wrong_line_is_refused_and_never_breaks_anything(entry: dict[str, object]) -> None:
    words = {"source", "code", "coder", "id", "text", "memo", "origin"}
    good = (
        LEAST.keys() <= entry.keys() <= FULL.keys()
        and all(type(entry[key]) is str and entry[key] for key in words & entry.keys())
        and all(type(value) is int and value >= 0 for value in (entry["start"], entry["end"]))
        and type(entry.get("weight", 1)) is int
        and entry.get("layer", "consensus") in ("independent", "consensus")
        and "at" not in entry
    )
    text = f"{line()}\n{json.dumps(entry)}"
    if good:
        assert len(parse_codings(text, "c.jsonl").rows) == 2
    elif "at" not in entry:
        assert refused(text).startswith("c.jsonl:2: ")


@given(st.text(st.sampled_from('{}[]":, \\u0dD8ce1.-'), max_size=40))
def test_no_text_breaks_the_reader(text: str) -> None:
    if text.strip(" \n"):
        assert refused(f"{line()}\n{text}").startswith("c.jsonl:2: ")
