"""Memos as JSON lines: what they are about, what is refused with its number, and that they come back."""

from __future__ import annotations

import contextlib
import json
import tempfile
import uuid
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qda.errors import BadFileError, QdaError
from qda.io.memos import MEMO_IDS, parse_memos, write_memos
from qda.model.nouns import CODING_IDS
from qda.model.transcript import Transcript
from qda.store import Study
from qda.store.cases import CaseRow
from qda.store.coding_lines import CodingRow
from qda.store.memos import MemoRow
from qda.store.persons import PersonRow

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

UUID = "ceb4f11c-1373-5c82-9297-bb0ee578bef6"
TEXT = 'Ik ging "terug". En terug.\nKårstø 😀.\n'
PLACES = [
    ({"study": True}, ("study", "", None, None)),
    ({"source": "berg"}, ("source", "berg", None, None)),
    ({"person": "Grace"}, ("person", "Grace", None, None)),
    ({"case": "NL - IR"}, ("case", "NL - IR", None, None)),
    ({"code": "trust/a\\/b"}, ("code", "trust/a\\/b", None, None)),
    ({"coding": UUID}, ("coding", UUID, None, None)),
    ({"coding": "17"}, ("coding", "17", None, None)),
    ({"source": "berg", "start": 3, "end": 7}, ("segment", "berg", 3, 7)),
    ({"quote": 'ging "terug"', "source": "berg"}, ("segment", "berg", 3, 15)),
]


def text_of(name: str) -> str:
    if name != "berg":
        raise QdaError(f"there is no source named '{name}'")
    return TEXT


def _named(space: bytes, name: str) -> bytes:
    return uuid.uuid5(uuid.UUID(bytes=space), name).bytes


def line(**changes: object) -> str:
    return json.dumps({"text": "Why?", "target": {"study": True}, **changes})


def refused(text: str) -> str:
    with pytest.raises(BadFileError) as caught:
        parse_memos(text, "m.jsonl", text_of)
    return str(caught.value)


@pytest.mark.parametrize(("target", "place"), PLACES)
def test_what_a_memo_is_about(target: dict[str, object], place: tuple[Any, ...]) -> None:
    (row,) = parse_memos("\n" + line(target=target), "m.jsonl", text_of)
    assert row == MemoRow("Why?", place[0], place[1], start=place[2], end=place[3], line=2)


def test_the_rest_of_a_memo() -> None:
    text = line(type="method", title="T", coder="Anna", at="2024-11-04", id=UUID.upper())
    wanted = MemoRow("Why?", kind="method", title="T", coder="Anna", at="2024-11-04", id=uuid.UUID(UUID).bytes, line=1)
    assert parse_memos(text, "m.jsonl", text_of) == [wanted]
    (row,) = parse_memos(line(id="17"), "m.jsonl", text_of)
    assert row.id == _named(MEMO_IDS, "17") != _named(CODING_IDS, "17")


TARGET = (
    "it must be study, person, case, code, coding, claim or source,"
    " and a source may have start and end, or a quote, with it"
)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("{", "this is no JSON: a key in double quotes is missing at character 2"),
        ("[]", "this is no JSON object; write one {…} on each line"),
        ('{"target": {"study": true}}', "'text' is missing"),
        ('{"text": "Why?"}', "'target' is missing"),
        (line(body="x"), "the key 'body' is unknown; keys are type, title, text, coder, at, id, target"),
        (line(text=" \n"), "'text' is empty"),
        (line(text=""), "'text' is empty"),
        (line(title=""), "'title' is empty; leave it out"),
        (line(text=3), "'text' must be a string, not 3"),
        (line(type="note"), "the type 'note' is not one of analytic, case, method, theoretical"),
        (line(at="now"), "'at' must be a date or time as in 2024-11-04 or 2024-11-04T10:00:00Z, not 'now'"),
        (line(text="\ud800"), "half a character (a lone surrogate) stands in it; write the file as UTF-8"),
        (
            line(target={"person": "\udc00"}),
            "half a character (a lone surrogate) stands in it; write the file as UTF-8",
        ),
        (line()[:-1] + ', "text": "x"}', "the key 'text' stands twice"),
        (line()[:-2] + ', "study": true}}', "the key 'study' stands twice"),
        (line(target="study"), "'target' must be an object {…}, not 'study'"),
        (line(target={}), f"the target is nothing; {TARGET}"),
        (line(target={"person": "A", "case": "B"}), f"the target is person with case; {TARGET}"),
        (line(target={"source": "berg", "start": 1}), f"the target is source with start; {TARGET}"),
        (line(target={"quote": "terug"}), f"the target is quote; {TARGET}"),
        (
            line(target={"round": "1"}),
            "the key 'round' is unknown; keys are study, source, quote, person, case, code, coding, claim, start, end",
        ),
        (line(target={"study": False}), "'study' in the target must be true"),
        (line(target={"study": 1}), "'study' must be true, not 1"),
        (line(target={"person": ""}), "'person' in the target is empty"),
        (line(target={"source": "berg", "quote": ""}), "'quote' in the target is empty"),
        (
            line(target={"source": "berg", "start": True, "end": 2}),
            "'start' must be a whole number, not true",
        ),
        (line(target={"source": "x", "quote": "y"}), "there is no source named 'x'"),
        (line(target={"source": "berg", "quote": "weg"}), "the quotation 'weg' does not stand in 'berg'"),
        (
            line(target={"source": "berg", "quote": "terug"}),
            "the quotation 'terug' stands 2 times in 'berg'; say which one, or quote more",
        ),
    ],
)
def test_wrong_memos_are_refused(text: str, problem: str) -> None:
    assert refused(f"{line()}\n\n{text}\n") == f"m.jsonl:3: {problem}"


def test_all_wrong_lines_are_named_together() -> None:
    text = "\n".join([line(title="")] * 7)
    shown = "; ".join(f"m.jsonl:{number}: 'title' is empty; leave it out" for number in range(1, 6))
    assert refused(text) == f"{shown}; and 2 more lines"


def a_study(folder: str) -> Study:
    study = Study.create(folder, coder="Anna")
    study.sources.add(Transcript("berg", "txt", TEXT.encode(), TEXT, "utf-8"), speakers={})
    study.codebook.add("trust")
    study.codebook.add("trust/a\\/b")
    study.persons.import_rows([PersonRow("Grace")], "p")
    study.cases.import_rows([CaseRow("NL - IR")], "c")
    codings = [
        CodingRow(1, "berg", "trust", "Anna", 0, 2, uuid.UUID(UUID).bytes),
        CodingRow(2, "berg", "trust", "Anna", 1, 2, _named(CODING_IDS, "17")),
    ]
    study.codings.import_rows(codings, "c")
    return study


def reader(study: Study) -> Callable[[str], str]:
    return lambda name: study.sources.text(study.sources.get(name).key)


@contextlib.contextmanager
def two_studies() -> Iterator[tuple[Study, Study]]:
    folders = (tempfile.TemporaryDirectory(), tempfile.TemporaryDirectory())
    with folders[0] as one, folders[1] as two, a_study(one) as study, a_study(two) as other:
        yield study, other


def exported(study: Study) -> str:
    return "".join(write_memos(study))


def test_memos_are_written() -> None:
    with tempfile.TemporaryDirectory() as folder, a_study(folder) as study:
        text = line(at="2024-11-05", id=UUID[:-1] + "0", target={"source": "berg", "quote": "Kårstø 😀"})
        text += "\n" + line(at="2024-11-04", id=UUID[:-1] + "1", type="case", title="é", coder="Bram")
        study.memos.import_rows(parse_memos(text, "m.jsonl", reader(study)), "m")
        assert exported(study) == (
            '{"type": "case", "title": "\\u00e9", "text": "Why?", "coder": "Bram", "at": "2024-11-04",'
            ' "id": "ceb4f11c-1373-5c82-9297-bb0ee578bef1", "target": {"study": true}}\n'
            '{"type": "analytic", "text": "Why?", "coder": "Anna", "at": "2024-11-05",'
            ' "id": "ceb4f11c-1373-5c82-9297-bb0ee578bef0", "target": {"source": "berg", "start": 27, "end": 35}}\n'
        )


WORDS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1)
MEMOS = st.lists(
    st.fixed_dictionaries(
        {"text": WORDS.filter(str.strip), "target": st.sampled_from([target for target, _ in PLACES])},
        optional={
            "type": st.sampled_from(["analytic", "case", "method", "theoretical"]),
            "title": WORDS,
            "coder": st.sampled_from(["Anna", "Bråm"]),
            "at": st.datetimes().map(lambda at: at.isoformat()),
            "id": st.uuids().map(str),
        },
    ),
    max_size=6,
    unique_by=lambda memo: memo.get("id") or id(memo),
)


@settings(max_examples=20, deadline=None)
@given(MEMOS)
def test_memos_come_back(memos: list[dict[str, Any]]) -> None:
    with two_studies() as (study, other):
        text = "\n".join(map(json.dumps, memos))
        study.memos.import_rows(parse_memos(text, "m.jsonl", reader(study)), "m")
        written = exported(study)
        assert written.isascii()
        other.memos.import_rows(parse_memos(written, "m.jsonl", reader(other)), "m")
        assert exported(other) == written
        found = [json.loads(line) for line in written.splitlines()]
        assert sorted(map(words, found)) == sorted(map(words, memos))


def words(memo: dict[str, Any]) -> tuple[str, str]:
    return memo["text"], memo.get("title", "")
