"""Codings: what is the same coding, what is refused by its line, and all or nothing."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any

import pytest
from store_world import ENGLISH, INTERVIEW, add, another, coding, document, paths, problems, snapshot

from qda.errors import QdaError
from qda.model.nouns import coding_uid
from qda.store import Study, codings
from qda.store.memos import MemoRow

if TYPE_CHECKING:
    from qda.store.coding_lines import CodingRow

LENGTH = len(ENGLISH)


def found(study: Study) -> list[tuple[str, str, int, int, str]]:
    """What is coded: code, coder, start, end, layer."""
    codes = {code.key: code.path for code in study.codebook.tree().codes}
    coders = {coder.key: coder.name for coder in study.coders.all()}
    return [(codes[one.code], coders[one.coder], one.start, one.end, one.layer) for one in study.codings.all()]


def refused(study: Study, rows: list[CodingRow], words: str, **options: Any) -> str:
    before = snapshot(study)
    with pytest.raises(QdaError, match=words) as caught:
        study.codings.import_rows(rows, "refused", **options)
    assert snapshot(study) == before
    assert "\n" not in str(caught.value)
    return str(caught.value)


def test_a_code_is_put_on_a_segment(anna: Study) -> None:
    made = anna.codings.apply("t", "a/b", 4, 10, weight=0.5)
    (one,) = anna.codings.all()
    assert (one.uid, one.start, one.end, one.layer, one.weight) == (made, 4, 10, "independent", 0.5)
    assert (one.origin, one.anchor) == ("human", 0)
    assert uuid.UUID(made).bytes != bytes(16)
    assert anna.changes.all(last=1)[0].summary == "a/b on t 4-10"
    assert len(one.at) == 20
    assert one.at.endswith("Z")


@pytest.mark.parametrize("layer", ["independent", "consensus"])
def test_the_same_segment_code_coder_and_layer_is_the_same_coding(anna: Study, layer: str) -> None:
    rows = [coding(1, "a", 0, 3, layer=layer), coding(2, "c", 0, 3, layer=layer), coding(3, "a", 0, 3, layer=layer)]
    done = anna.codings.import_rows(rows, "once")
    assert (done.added, done.skipped) == (2, 1)
    ids = {one.uid for one in anna.codings.all()}
    again = anna.codings.import_rows(rows, "twice")
    assert (again.added, again.skipped, again.new_codes, again.new_coders) == (0, 3, (), ())
    assert {one.uid for one in anna.codings.all()} == ids
    assert anna.changes.all(last=1)[0].summary == "once"


def test_one_that_differs_in_anything_is_another(anna: Study) -> None:
    add(anna, INTERVIEW)
    rows = [
        coding(1, "a", 0, 3),
        coding(2, "a", 0, 4),
        coding(3, "a", 1, 3),
        coding(4, "a/b", 0, 3),
        coding(5, "a", 0, 3, coder="bram"),
        coding(6, "a", 0, 3, layer="consensus"),
        coding(7, "a", 0, 3, source="u"),
    ]
    assert anna.codings.import_rows(rows, "all").added == 7
    assert anna.codings.count() == 7
    assert problems(anna) == []


def test_applying_twice_gives_the_same_id(anna: Study) -> None:
    made = anna.codings.apply("t", "c", 0, 3)
    assert anna.codings.apply("t", "c", 0, 3, weight=0.9) == made
    assert anna.codings.count() == 1
    with another(anna, "bram") as bram:
        assert bram.codings.apply("t", "c", 0, 3) != made


def test_the_consensus_is_not_the_coders_own(anna: Study) -> None:
    anna.codings.import_rows([coding(1, "c", 0, 3, layer="consensus")], "agreed")
    made = anna.codings.apply("t", "c", 0, 3)
    assert {one.layer: one.uid for one in anna.codings.all()}["independent"] == made
    keys = {coder.name: coder.key for coder in anna.coders.all()}
    assert anna.codings.counts_by_coder() == {keys["anna"]: 1}


def test_ids_are_kept_and_a_removed_coding_can_come_back_under_its_own(anna: Study) -> None:
    uid = uuid.uuid4()
    anna.codings.import_rows([coding(1, "c", 0, 3, id=uid.bytes)], "with an id")
    assert [one.uid for one in anna.codings.all()] == [str(uid)]
    key = anna.codings.key(str(uid))
    anna.codings.remove(str(uid))
    assert anna.codings.count() == 0
    anna.codings.import_rows([coding(1, "c", 5, 9, id=uid.bytes)], "again")
    assert [(one.uid, one.key, one.start) for one in anna.codings.all()] == [(str(uid), key, 5)]
    assert problems(anna) == []


def test_an_id_that_stands_for_something_else_is_refused(anna: Study) -> None:
    made = uuid.UUID(anna.codings.apply("t", "c", 0, 3)).bytes
    source = uuid.UUID(anna.sources.get("t").uid).bytes
    refused(anna, [coding(7, "c", 5, 9, id=made)], "^line 7: its id belongs to another coding already$")
    refused(anna, [coding(8, "c", 5, 9, id=source)], "^line 8: its id belongs to a source already$")
    twice = [coding(1, "c", 5, 9, id=b"x" * 16), coding(2, "c", 6, 9, id=b"x" * 16)]
    refused(anna, twice, "^line 2: its id stands in line 1 already$")
    done = anna.codings.import_rows([coding(1, "c", 0, 3, id=b"y" * 16)], "the same under another id")
    assert (done.added, done.skipped) == (0, 1)


@pytest.mark.parametrize(
    ("start", "end", "words"),
    [
        (5, 5, "the segment 5-5 is empty"),
        (0, 0, "the segment 0-0 is empty"),
        (9, 5, f"the segment 9-5 does not lie in 't' (0-{LENGTH})"),
        (-1, 5, f"the segment -1-5 does not lie in 't' (0-{LENGTH})"),
        (0, LENGTH + 1, f"the segment 0-{LENGTH + 1} does not lie in 't' (0-{LENGTH})"),
        (LENGTH, LENGTH + 1, "does not lie in 't'"),
        (LENGTH, LENGTH, "is empty"),
        (10**30, 10**31, "does not lie in 't'"),
    ],
)
def test_segments_that_are_none_are_refused(anna: Study, start: int, end: int, words: str) -> None:
    sentence = refused(anna, [coding(3, "c", start, end)], "line 3")
    assert words in sentence
    before = snapshot(anna)
    with pytest.raises(QdaError):
        anna.codings.apply("t", "c", start, end)
    assert snapshot(anna) == before


def test_the_whole_text_and_its_edges_can_be_coded(anna: Study) -> None:
    for start, end in ((0, LENGTH), (0, 1), (LENGTH - 1, LENGTH)):
        anna.codings.apply("t", "c", start, end)
    assert anna.codings.count() == 3


def test_offsets_are_code_points(anna: Study) -> None:
    text = "e\u0301é 👩\u200d👧 عودة\x00end"
    add(anna, document(text, "u"))
    for start in range(len(text)):
        anna.codings.import_rows(
            [coding(1, "c", start, start + 1, source="u", text=text[start])], f"the sign at {start}"
        )
    assert anna.codings.count() == len(text)
    refused(anna, [coding(1, "c", 0, len(text) + 1, source="u")], rf"\(0-{len(text)}\)")
    assert problems(anna) == []


def test_the_text_must_be_that_of_the_segment(anna: Study) -> None:
    right = coding(1, "c", 0, 3, text=ENGLISH[:3])
    assert anna.codings.import_rows([right], "right").added == 1
    sentence = refused(anna, [coding(2, "c", 4, 10, text="Return")], "line 2")
    assert "the text at 4-10 of 't' is 'return', not 'Return'" in sentence
    sentence = refused(anna, [coding(2, "c", 0, 70, text="x" * 70)], "line 2")
    assert len(sentence) < 200
    assert "…" in sentence
    refused(anna, [coding(2, "c", 0, 3, text="")], "line 2")


def test_wrong_lines_are_named_all_or_nothing(anna: Study) -> None:
    rows = [coding(number, "c", number, number + 1) for number in range(1, 30)]
    wrong = {
        4: coding(4, "no", 0, 3),
        9: coding(9, "c", 3, 3),
        12: coding(12, "c", 0, 3, source="no"),
        13: coding(13, "c", 0, 3, text="xyz"),
        20: coding(20, "c", 0, 3, layer="other"),
        28: coding(28, "c", 0, 999),
        29: coding(29, "c", 0, 999),
    }
    rows = [wrong.get(row.line, row) for row in rows]
    sentence = refused(anna, rows, "line 4: there is no code 'no'")
    for line in (9, 12, 13, 20):
        assert f"line {line}: " in sentence
    assert "line 28" not in sentence
    assert "and 2 more" in sentence
    assert "the layer 'other' is not one of independent, consensus" in sentence


def test_unknown_codes_are_refused_or_made(anna: Study) -> None:
    rows = [coding(1, "new/deep\\/er", 0, 3), coding(2, "a", 0, 3), coding(3, "new", 0, 3), coding(4, "a/b/c", 0, 3)]
    sentence = refused(anna, rows, "line 1")
    assert "line 3: there is no code 'new'" in sentence
    done = anna.codings.import_rows(rows, "made", create_codes=True)
    assert (done.added, done.new_codes) == (4, ("new/deep\\/er", "a/b/c"))
    assert paths(anna) == ["a", "a/b", "a/b/c", "c", "new", "new/deep\\/er"]
    assert anna.codebook.get("new").entry.origin == "open"
    assert len([line for line in anna.changes.all() if line.summary == "made"]) == 1
    anna.changes.undo()
    assert paths(anna) == ["a", "a/b", "c"]
    refused(anna, [coding(1, "x//y", 0, 3)], "line 1", create_codes=True)
    refused(anna, [coding(1, "bad\\", 0, 3)], "line 1", create_codes=True)
    refused(anna, [coding(1, " a ", 0, 3)], "line 1", create_codes=True)


def test_aliases_and_former_paths_lead_to_the_code(anna: Study) -> None:
    anna.codebook.rename("c", "d")
    anna.codebook.move("a/b", "d")
    rows = [coding(1, "c", 0, 3), coding(2, "a/b", 0, 3), coding(3, "d", 0, 3)]
    done = anna.codings.import_rows(rows, "by old names", create_codes=True)
    assert (done.added, done.skipped, done.new_codes) == (2, 1, ())
    assert {code for code, *_ in found(anna)} == {"d", "d/b"}


def test_a_name_that_is_nearly_right_is_suggested(anna: Study) -> None:
    assert "did you mean 'a/b'?" in refused(anna, [coding(1, "a/bb", 0, 3)], "no code 'a/bb'")
    assert "did you mean 't'?" in refused(anna, [coding(1, "c", 0, 3, source="tt")], "no source named 'tt'")


def test_unknown_coders_are_made_with_the_first_line(anna: Study) -> None:
    done = anna.codings.import_rows(
        [coding(1, "c", 0, 3, coder="zed"), coding(2, "c", 0, 3, coder="anna"), coding(3, "c", 4, 5, coder="zed")], "x"
    )
    assert done.new_coders == ("zed",)
    assert [coder.name for coder in anna.coders.all()] == ["anna", "zed"]
    assert found(anna)[0] == ("c", "anna", 0, 3, "independent")
    for name in ("", "a|b", " x", "\x07"):
        refused(anna, [coding(1, "c", 8, 9), coding(2, "c", 8, 9, coder=name)], "^line 2: .*cannot be a coder's name")


def test_memo_weight_time_and_origin_come_along(anna: Study) -> None:
    row = coding(1, "c", 0, 3, memo="Why?", weight=0.25, at="2020-01-02T03:04:05Z", origin="rule")
    anna.codings.import_rows([row, coding(2, "a", 0, 3, memo="  ")], "x")
    one = next(one for one in anna.codings.all() if one.weight)
    assert (one.weight, one.at, one.origin) == (0.25, "2020-01-02T03:04:05Z", "rule")
    (memo,) = anna.memos.all()
    assert (memo.body, memo.coder, memo.at, memo.target_kind, memo.target) == (
        *("Why?", "anna", "2020-01-02T03:04:05Z", "coding", one.uid),
    )
    assert anna.memos.of_codings() == {one.key: "Why?"}


def test_the_memo_of_a_skipped_line_is_not_written_twice(anna: Study) -> None:
    rows = [coding(1, "c", 0, 3, memo="Why?")]
    anna.codings.import_rows(rows, "x")
    anna.codings.import_rows(rows, "x")
    assert len(anna.memos.all()) == 1


def test_removing_takes_the_memos_along_and_undo_brings_both_back(anna: Study) -> None:
    anna.codings.import_rows([coding(1, "c", 0, 3, memo="Why?")], "x")
    (one,) = anna.codings.all()
    anna.codings.remove(one.uid)
    assert (anna.codings.count(), anna.memos.all()) == (0, [])
    anna.changes.undo()
    assert [again.uid for again in anna.codings.all()] == [one.uid]
    assert [memo.target for memo in anna.memos.all()] == [one.uid]


@pytest.mark.parametrize("word", ["17", "2b4c0a3e-94a4-5d5b-8a5e-6f4ad1f0c0d1", "{2B4C0A3E94A45D5B8A5E6F4AD1F0C0D1}"])
def test_a_coding_is_found_by_the_id_of_its_file(anna: Study, word: str) -> None:
    anna.codings.import_rows([coding(1, "c", 0, 3, id=coding_uid(word))], "x")
    anna.memos.add(MemoRow("On it.", "coding", word))
    assert [memo.target for memo in anna.memos.all()] == [next(anna.codings.all()).uid]
    anna.codings.remove(word)
    assert anna.codings.count() == 0


@pytest.mark.parametrize("word", ["", "nonsense", "12345678-1234-1234-1234-1234567890ab"])
def test_what_is_no_coding_cannot_be_removed(anna: Study, word: str) -> None:
    before = snapshot(anna)
    with pytest.raises(QdaError, match="there is no coding with the id"):
        anna.codings.remove(word)
    with pytest.raises(QdaError):
        anna.codings.remove(anna.sources.get("t").uid)
    assert snapshot(anna) == before


def test_nobody_named_cannot_apply(anna: Study) -> None:
    with Study.open(anna.folder) as nobody, pytest.raises(QdaError, match="say who codes first"):
        nobody.codings.apply("t", "c", 0, 3)


def test_a_retired_code_is_not_put_on_anything_new(anna: Study) -> None:
    anna.codings.apply("t", "c", 0, 3)
    anna.codebook.retire("c")
    with pytest.raises(QdaError, match="retired"):
        anna.codings.apply("t", "c", 4, 9)
    assert anna.codings.count() == 1


def test_codings_are_listed_in_order_and_counted(anna: Study) -> None:
    add(anna, INTERVIEW)
    rows = [
        coding(1, "c", 5, 9),
        coding(2, "a", 5, 7, coder="bram"),
        coding(3, "a", 5, 7),
        coding(4, "a/b", 0, 9),
        coding(5, "a", 0, 3, source="u", layer="consensus"),
    ]
    anna.codings.import_rows(rows, "x")
    in_order = [
        ("a/b", "anna", 0, 9, "independent"),
        ("a", "anna", 5, 7, "independent"),
        ("a", "bram", 5, 7, "independent"),
        ("c", "anna", 5, 9, "independent"),
        ("a", "anna", 0, 3, "consensus"),
    ]
    assert found(anna) == in_order
    t, u = (anna.sources.get(name).key for name in "tu")
    assert [one.start for one in anna.codings.all(u)] == [0]
    assert len(list(anna.codings.all(t))) == 4
    codes = {code.path: code.key for code in anna.codebook.tree().codes}
    assert anna.codings.count() == 5
    assert anna.codings.counts_by_source() == {t: 4, u: 1}
    assert anna.codings.counts_by_code() == {codes["a"]: 3, codes["a/b"]: 1, codes["c"]: 1}
    coders = {coder.name: coder.key for coder in anna.coders.all()}
    assert anna.codings.counts_by_coder() == {coders["anna"]: 3, coders["bram"]: 1}


def test_now_is_utc_to_the_second() -> None:
    from datetime import UTC, datetime

    moment = datetime.strptime(codings.now(), "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)
    assert abs((datetime.now(UTC) - moment).total_seconds()) < 5
