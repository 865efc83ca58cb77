"""Memos as JSON lines: what kind, on what, by whom, when, in which words."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from qda.errors import QdaError
from qda.io.json_lines import LineError, Objects, Problems, check_types, full_lines, need_moment
from qda.io.quotations import Quotes
from qda.model.nouns import MEMO_KINDS, named_uid, uid_of
from qda.store.memos import MemoRow

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from qda.model.nouns import Memo
    from qda.store import Study

MEMO_IDS = bytes.fromhex("7d1c1c5253c45f0e8f3a3b2f5ce7a0b4")
"""The namespace of ids of memos that are no UUIDs."""

_TYPES: dict[str, tuple[type, ...]] = {
    **dict.fromkeys(("type", "title", "text", "coder", "at", "id"), (str,)),
    "target": (dict,),
}
_EXAMPLE = '{"text": "...", "target": {"source": "..."}}'
_NAMED = ("person", "case", "code", "coding", "claim")
_TARGET_TYPES: dict[str, tuple[type, ...]] = {
    "study": (bool,),
    **dict.fromkeys(("source", "quote", *_NAMED), (str,)),
    **dict.fromkeys(("start", "end"), (int,)),
}
_TARGETS = (
    {"study"},
    {"source"},
    {"source", "start", "end"},
    {"source", "quote"},
    *({name} for name in _NAMED),
)


def parse_memos(lines: str | Iterable[str], file: str, text_of: Callable[[str], str]) -> list[MemoRow]:
    """Read memos; empty lines are skipped.

    An `id` that is no UUID becomes the UUIDv5 of its words in our own namespace (`MEMO_IDS`).

    Args:
        lines: The content of the file.
        file: Its name, for the sentences.
        text_of: The text of a source by its name; raises a QdaError where there is no such source.

    Raises:
        BadFileError: Lines are wrong; the sentence names them by number.
    """
    rows: list[MemoRow] = []
    objects = Objects(_TYPES, ("text", "target"))
    problems = Problems(file)
    quotes = Quotes(text_of)
    for number, line in full_lines(lines, file, _EXAMPLE):
        try:
            rows.append(_row(number, objects.read(line), quotes))
        except (LineError, QdaError) as problem:
            problems.add(number, str(problem))
    problems.refuse()
    return rows


def _row(number: int, entry: dict[str, Any], quotes: Quotes) -> MemoRow:
    kind = entry.get("type", MEMO_KINDS[0])
    if kind not in MEMO_KINDS:
        raise LineError(f"the type '{kind}' is not one of {', '.join(MEMO_KINDS)}")
    if not entry["text"].strip():
        raise LineError("'text' is empty")
    if "at" in entry:
        need_moment(entry["at"])
    target_kind, target, start, end = _target(entry["target"], quotes)
    return MemoRow(
        body=entry["text"],
        target_kind=target_kind,
        target=target,
        kind=kind,
        title=entry.get("title", ""),
        start=start,
        end=end,
        coder=entry.get("coder", ""),
        at=entry.get("at", ""),
        id=_memo_uid(entry["id"]) if "id" in entry else None,
        line=number,
    )


def _memo_uid(word: str) -> bytes:
    return uid_of(word) or named_uid(MEMO_IDS, word.encode())


def _target(target: dict[str, Any], quotes: Quotes) -> tuple[str, str, int | None, int | None]:
    """What a memo is about: the kind, the name, and start and end of a segment."""
    check_types(target, _TARGET_TYPES, ())
    if target.keys() not in _TARGETS:
        words = " with ".join(target) or "nothing"
        raise LineError(
            f"the target is {words}; it must be study, person, case, code, coding, claim or source,"
            " and a source may have start and end, or a quote, with it"
        )
    if "study" in target:
        if target["study"] is not True:
            raise LineError("'study' in the target must be true")
        return "study", "", None, None
    if empty := [name for name, value in target.items() if value == ""]:
        raise LineError(f"'{empty[0]}' in the target is empty")
    if "quote" in target:
        start, end = quotes.find(target["source"], target["quote"])
        return "segment", target["source"], start, end
    if "start" in target:
        return "segment", target["source"], target["start"], target["end"]
    kind, name = next(iter(target.items()))
    return kind, name, None, None


def write_memos(study: Study) -> Iterator[str]:
    """Lines (with their ends) for all memos that the current coder may see, by time."""
    for memo in study.memos.all():
        entry = {
            "type": memo.kind,
            "title": memo.title,
            "text": memo.body,
            "coder": memo.coder,
            "at": memo.at,
            "id": memo.uid,
            "target": _written_target(memo),
        }
        if not memo.title:
            del entry["title"]
        yield json.dumps(entry) + "\n"


def _written_target(memo: Memo) -> dict[str, object]:
    if memo.target_kind == "study":
        return {"study": True}
    if memo.target_kind == "segment":
        return {"source": memo.target, "start": memo.start, "end": memo.end}
    return {memo.target_kind: memo.target}
