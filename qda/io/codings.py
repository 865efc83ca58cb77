"""Codings as JSON lines: one coding a line, in a fixed order, in plain ASCII."""

from __future__ import annotations

import math
from dataclasses import dataclass
from json.encoder import encode_basestring_ascii as quoted
from typing import TYPE_CHECKING, Any

from qda.io.json_lines import LineError, Objects, Problems, full_lines, need_moment, shown
from qda.model.nouns import LAYERS, coding_uid, uid_of
from qda.store.coding_lines import CodingRow

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from qda.model.nouns import Coding
    from qda.store import Study

_EXAMPLE = '{"source": "...", "code": "...", "coder": "...", "start": 0, "end": 9}'

_TYPES: dict[str, tuple[type, ...]] = {
    **dict.fromkeys(("source", "code", "coder"), (str,)),
    **dict.fromkeys(("start", "end"), (int,)),
    **dict.fromkeys(("id", "text", "memo", "at", "origin", "layer"), (str,)),
    "weight": (float, int),
}
_NEEDED = ("source", "code", "coder", "start", "end")


@dataclass(frozen=True, slots=True)
class CodingFile:
    """The codings of a file, and how many of their ids are no UUIDs and were turned into some."""

    rows: list[CodingRow]
    turned_ids: int


def parse_codings(lines: str | Iterable[str], file: str) -> CodingFile:
    """Read codings; empty lines are skipped.

    An `id` is a UUID in any usual form. Any other one becomes the UUIDv5 of its words in our own namespace
    (`CODING_IDS`), so that the same id is the same coding each time; `turned_ids` says how many did.

    Raises:
        BadFileError: Lines are wrong; the sentence names them all by number (the first five with what is
            wrong in them).
    """
    rows: list[CodingRow] = []
    objects = Objects(_TYPES, _NEEDED)
    problems = Problems(file)
    turned: set[bytes] = set()
    for number, line in full_lines(lines, file, _EXAMPLE):
        try:
            rows.append(_row(number, objects.read(line), turned))
        except LineError as problem:
            problems.add(number, str(problem))
    problems.refuse()
    return CodingFile(rows, len(turned))


def _row(number: int, entry: dict[str, Any], turned: set[bytes]) -> CodingRow:
    """The coding that an object says."""
    if entry["start"] < 0 or entry["end"] < 0:
        raise LineError(f"'start' and 'end' are counted from 0, not {entry['start']} and {entry['end']}")
    uid = entry.get("id")
    if uid is not None:
        uid = uid_of(uid) or _turned(uid, turned)
    weight = entry.get("weight")
    if weight is not None:
        weight = _weight(weight)
    at = entry.get("at", "")
    if at:
        need_moment(at)
    layer = entry.get("layer", LAYERS[0])
    if layer not in LAYERS:
        raise LineError(f"the layer {shown(layer)} is not one of {', '.join(LAYERS)}")
    return CodingRow(
        number,
        entry["source"],
        entry["code"],
        entry["coder"],
        entry["start"],
        entry["end"],
        uid,
        entry.get("text"),
        entry.get("memo", ""),
        weight,
        at,
        entry.get("origin", "human"),
        layer,
    )


def _turned(word: str, turned: set[bytes]) -> bytes:
    uid = coding_uid(word)
    turned.add(uid)
    return uid


def _weight(weight: float) -> float:
    try:
        number = float(weight)
    except OverflowError:
        number = math.inf
    if not math.isfinite(number):
        raise LineError("'weight' is too large")
    return number


def write_codings(study: Study, codings: Iterable[Coding] | None = None) -> Iterator[str]:
    """Lines (with their ends) for codings, by default all that the current coder may see.

    They are sorted by source, start, end, code, coder and id; one text is held at a time.
    """
    paths = {code.key: code.path for code in study.codebook.tree().codes}
    coders = {coder.key: coder.name for coder in study.coders.all()}
    memos = study.memos.of_codings()
    chosen: dict[int, list[Coding]] | None = None
    if codings is not None:
        chosen = {}
        for coding in codings:
            chosen.setdefault(coding.source, []).append(coding)
    for source in study.sources.all():
        here = study.codings.all(source.key) if chosen is None else chosen.get(source.key, ())
        keyed = sorted((c.start, c.end, paths[c.code], coders[c.coder], c.uid, c) for c in here)
        if keyed:
            text = study.sources.text(source.key)
            for *_, path, coder, _, coding in keyed:
                if study.outside.withholds(source.key, coding.start, coding.end):
                    continue
                memo = memos.get(coding.key, "")
                yield _line(coding, (source.name, path, coder), text[coding.start : coding.end], memo)


def _line(coding: Coding, names: tuple[str, str, str], text: str, memo: str) -> str:
    source, code, coder = names
    return (
        f'{{"source": {quoted(source)}, "code": {quoted(code)}, "coder": {quoted(coder)}, '
        f'"start": {coding.start}, "end": {coding.end}, "id": "{coding.uid}", "text": {quoted(text)}'
        + (f', "memo": {quoted(memo)}' if memo else "")
        + (f', "weight": {coding.weight!r}' if coding.weight is not None else "")
        + f', "at": {quoted(coding.at)}, "origin": {quoted(coding.origin)}'
        + (f', "layer": {quoted(coding.layer)}' if coding.layer != LAYERS[0] else "")
        + "}\n"
    )
