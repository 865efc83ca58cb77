"""Web Annotations: places checked by quotations, quotations found again, and texts that lie beside or in the study."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from tools_world import Truth, codings, grown, take

from qda.errors import QdaError
from qda.io.tools.asked import KnownText
from qda.io.transcripts import read_transcript
from qda.model.nouns import uid_of

if TYPE_CHECKING:
    from pathlib import Path

    from qda.store import Study


def annotation(source: str, code: str, creator: str, *selectors: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {
        "@context": "http://www.w3.org/ns/anno.jsonld",
        "type": "Annotation",
        "motivation": "tagging",
        "body": [{"type": "TextualBody", "value": code, "purpose": "tagging"}],
        "creator": {"type": "Person", "name": creator},
        "created": "2024-01-15T10:00:00Z",
        "target": {"source": source, "selector": list(selectors)},
        **more,
    }


def position(start: int, end: int) -> dict[str, Any]:
    return {"type": "TextPositionSelector", "start": start, "end": end}


def quote(exact: str, prefix: str = "", suffix: str = "") -> dict[str, Any]:
    return {"type": "TextQuoteSelector", "exact": exact, "prefix": prefix, "suffix": suffix}


def write(path: Path, value: object) -> Path:
    path.write_text(json.dumps(value), encoding="utf-8")
    return path


@pytest.mark.parametrize("unit", ["code points", "UTF-16"])
def test_every_annotation_at_its_words(study: Study, tmp_path: Path, unit: str) -> None:
    text, places = grown(21)
    (tmp_path / "talk.txt").write_text(text, encoding="utf-8")
    items, truth = [], []
    for number, (start, end) in enumerate(places):
        code, who = ("trust", "a/b")[number % 2], ("Ann", "Bob")[number % 3 == 0]
        at = len(text[:start].encode("utf-16-le")) // 2 if unit == "UTF-16" else start
        to = len(text[:end].encode("utf-16-le")) // 2 if unit == "UTF-16" else end
        items.append(annotation("talk.txt", code, who, position(at, to), quote(text[start:end])))
        truth.append(Truth("talk.txt", code.replace("/", "\\/"), who, start, end, text[start:end]))
    collection = {
        "@context": "http://www.w3.org/ns/anno.jsonld",
        "type": "AnnotationCollection",
        "first": {"items": items},
    }
    take(study, write(tmp_path / "a.jsonld", collection), speakers="no")
    assert codings(study) == sorted(truth)


def test_words_are_found_by_what_stands_around_them(study: Study, tmp_path: Path) -> None:
    text = "we trust them, they trust us, we trust all"
    (tmp_path / "talk.txt").write_text(text)
    items = [
        annotation("talk.txt", "x", "Ann", quote("trust", "they ", " us")),
        annotation("talk.txt", "y", "Ann", position(2, 7), quote("trust")),
        annotation("talk.txt", "z", "Ann", quote("WE  TRUST\nall")),
        annotation("talk.txt", "gone", "Ann", quote("nowhere")),
        annotation("other.txt", "gone", "Ann", quote("trust")),
    ]
    outcome = take(study, write(tmp_path / "a.json", items))
    assert [(one.code, one.start, one.end) for one in codings(study)] == [("x", 20, 25), ("y", 3, 8), ("z", 30, 42)]
    for part in ("words are not in their text: 1", "'other.txt': its text is neither"):
        assert any(part in said for said in outcome.said), part


def test_texts_of_the_study_come_first_and_notes_become_memos(study: Study, tmp_path: Path) -> None:
    (tmp_path / "talk.txt").write_text("caf\u00e9 and ship")
    study.sources.add(read_transcript(tmp_path / "talk.txt"), speakers={})
    (tmp_path / "talk.txt").unlink()
    source = study.sources.all()[0]
    items = {
        "rows": [
            {
                "user": "acct:ann@hypothes.is",
                "tags": ["place", "warm"],
                "text": "why here?",
                "target": [{"source": "https://x.example/files/talk.txt?a=1", "selector": [quote("caf\u00e9")]}],
            },
            {"user": "bob", "text": "look", "target": [{"source": "talk", "selector": [quote("ship")]}]},
            {"user": "bob", "text": "a good one", "target": "talk"},
        ]
    }
    uid = uid_of(source.uid)
    assert uid
    known = [KnownText(uid, source.name, lambda: study.sources.text(source.key))]
    outcome = take(study, write(tmp_path / "h.json", items), texts=lambda: known)
    assert codings(study) == [
        Truth("talk", "place", "acct:ann@hypothes.is", 0, 4, "caf\u00e9"),
        Truth("talk", "warm", "acct:ann@hypothes.is", 0, 4, "caf\u00e9"),
    ]
    assert sorted(memo.body for memo in study.memos.all()) == ["a good one", "look", "why here?"]
    assert len(study.sources.all()) == 1
    assert not outcome.said


def test_texts_outside_the_folder_are_not_read(study: Study, tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("a secret")
    (tmp_path / "in").mkdir()
    items = [annotation("../secret.txt", "x", "Ann", quote("secret"))]
    take(study, write(tmp_path / "in" / "a.json", items))
    assert study.sources.all() == []


@pytest.mark.parametrize("text", ['{"anno.jsonld": ', '"anno.jsonld"', '{"TextQuoteSelector": [1, {"target": []}]}'])
def test_what_holds_no_annotations_is_refused(study: Study, tmp_path: Path, text: str) -> None:
    (tmp_path / "a.json").write_text(text)
    before = study.state_hash()
    with pytest.raises(QdaError, match=r"no JSON|no annotations"):
        take(study, tmp_path / "a.json")
    assert study.state_hash() == before


def test_odd_values_are_no_reason_to_stop(study: Study, tmp_path: Path) -> None:
    (tmp_path / "talk.txt").write_text("some words")
    nested: Any = "deep"
    for _ in range(900):
        nested = [nested]
    items = [
        annotation("talk.txt", "half \ud800 code", "An\udfffn", quote("some"), text="a \ud83d memo"),
        annotation("talk.txt", "x", "Ann", quote("half \ud800"), position(-5, 4)),
        annotation("talk.txt", "y", "Ann", position(0, 10**30), quote("words")),
        {
            "target": [None, 7, {"source": {"id": None}, "selector": [None, 3]}],
            "creator": nested,
            "body": [None, 7, []],
        },
        {"target": {"source": "talk.txt"}, "body": {"purpose": ["oa:tagging"], "value": {"label": "all of it"}}},
    ]
    (tmp_path / "a.json").write_text(json.dumps(items, ensure_ascii=True))
    take(study, tmp_path / "a.json")
    assert sorted((one.code, one.text) for one in codings(study)) == [
        ("all of it", "some words"),
        ("half ? code", "some"),
        ("y", "words"),
    ]
    assert [memo.body for memo in study.memos.all()] == ["a ? memo"]
