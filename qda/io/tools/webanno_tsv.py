"""The text and the annotations of words in a file of WebAnno TSV 3, whose places are units of UTF-16."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import NamedTuple

from qda.errors import BadFileError

HEAD = "#FORMAT=WebAnno TSV 3"
_LAYER, _RELATION, _CHAIN, _TEXT = "#T_SP=", "#T_RL=", "#T_CH=", "#Text="
_TOKEN = re.compile(r"\d+-\d+(\.\d+)?\t(\d{1,9})-(\d{1,9})\t")
_ESCAPE = re.compile(r"\\(.)", re.DOTALL)
_SIGNS = {"t": "\t", "n": "\n", "r": "\r", "b": "\b", "f": "\f"}
_STACK = re.compile(r"(?<!\\)\|")
_NUMBER = re.compile(r"(?<!\\)\[(\d+)\]\Z")
_NONE, _NULL = "_", "*"
# Layers in which a program marks every word, not people some of them.
OF_WORDS = (".segmentation.type.", ".lexmorph.type.", ".syntax.type.", ".transform.type.")


class Annotation(NamedTuple):
    """A stretch in units of UTF-16, its layer, and the values of the layer's features that have one."""

    layer: str
    start: int
    end: int
    values: dict[str, str]


@dataclass
class Parsed:
    """What a file holds; `tokens` are places and words, `said` what is in it that is no annotation of words."""

    text: str = ""
    annotations: list[Annotation] = field(default_factory=list)
    tokens: list[tuple[int, int, str]] = field(default_factory=list)
    said: set[str] = field(default_factory=set)


class _Layer(NamedTuple):
    """A layer of annotations of words: its name, its first column, and its columns (`""`: none of a feature)."""

    name: str
    first: int
    columns: list[str]


def parse_tsv(text: str, file: str) -> Parsed:
    """Read a file.

    Raises:
        BadFileError: A line is damaged, or a word is not at the place that the file says.
    """
    parsed, reading = Parsed(), _Lines()
    layers: list[_Layer] = []
    columns = 0
    for number, line in enumerate(text.replace("\r\n", "\n").split("\n"), 1):
        if line.startswith((_LAYER, _RELATION, _CHAIN)):
            name, *names = line.partition("=")[2].split("|")
            names = names or [""]
            if line.startswith(_LAYER) and not any(part in name for part in OF_WORDS):
                layers.append(_Layer(name, columns, names))
            else:
                kind = "words as such" if line.startswith(_LAYER) else "relations and chains"
                parsed.said.add(f"layers of {kind} are left out")
            columns += len(names)
        elif line.startswith(_TEXT):
            reading.sentence.append(_plain(line.removeprefix(_TEXT)))
        elif line.strip() and not line.startswith("#"):
            found = _TOKEN.match(line)
            cells = line.split("\t")[2:]
            if found is None or len(cells) < columns + 1:
                raise BadFileError(file, "this is no line of WebAnno TSV", line=number)
            start, end = int(found[2]), int(found[3])
            reading.take(start, end, _plain(cells[0]), parsed, first=found[1] is None, file=file, line=number)
            for layer in layers:
                _annotate(layer, cells[1:], start, end, reading.spans)
    if not parsed.tokens:
        raise BadFileError(file, "there is no text in it")
    parsed.text = "".join(reading.parts)
    parsed.annotations = list(reading.spans.values())
    return parsed


class _Lines:
    """The text as it grows sentence by sentence, and the annotations, by layer and number."""

    def __init__(self) -> None:
        self.sentence: list[str] = []
        self.parts: list[str] = []
        self.spans: dict[tuple[str, str], Annotation] = {}
        self._units = self._begin = 0
        self._words = b""

    def take(self, start: int, end: int, word: str, parsed: Parsed, *, first: bool, file: str, line: int) -> None:
        """Take a word in, behind its sentence where it is the first of it; a part of a word adds nothing."""
        if self.sentence:
            text = "\n".join(self.sentence)
            self.sentence = []
            before = _units(text[: max(text.find(word), 0)])
            if start < before or start - before < self._units:
                raise BadFileError(file, "this sentence begins within the one before it", line=line)
            gap = start - before - self._units
            # As the tool reads it: a line end behind each sentence, then spaces.
            space = "\n" + " " * (gap - 1) if gap and self.parts else " " * gap
            self.parts += [space, text]
            self._begin, self._words = start - before, text.encode("utf-16-le")
            self._units = self._begin + len(self._words) // 2
        at = 2 * (start - self._begin)
        if start > end or self._words[at : 2 * (end - self._begin)] != word.encode("utf-16-le", "surrogatepass"):
            raise BadFileError(file, f"the word '{word}' is not at its place in the text", line=line)
        if first:
            parsed.tokens.append((start, end, word))


def _annotate(layer: _Layer, cells: list[str], start: int, end: int, spans: dict[tuple[str, str], Annotation]) -> None:
    """Add what a line says of one layer; annotations with a number go on over several lines."""
    stacks = [_STACK.split(cell) for cell in cells[layer.first : layer.first + len(layer.columns)]]
    for place in range(max(len(stack) for stack in stacks)):
        values: dict[str, str] = {}
        number = ""
        there = False
        for name, stack in zip(layer.columns, stacks, strict=True):
            cell = stack[place] if place < len(stack) else _NONE
            if cell in (_NONE, ""):
                continue
            there = True
            if found := _NUMBER.search(cell):
                number, cell = found[1], cell[: found.start()]
            if cell != _NULL and name and not name.startswith("ROLE_") and "." not in name:
                values[name] = _plain(cell)
        if not there:
            continue
        key = (layer.name, number or f"line {len(spans)}")
        before = spans.get(key)
        if before is None:
            spans[key] = Annotation(layer.name, start, end, values)
        else:
            spans[key] = before._replace(start=min(before.start, start), end=max(before.end, end))


def _plain(cell: str) -> str:
    """A value without its backslashes."""
    return _ESCAPE.sub(lambda found: _SIGNS.get(found[1], found[1]), cell)


def _units(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2
