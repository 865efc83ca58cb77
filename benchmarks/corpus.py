"""A made-up study of any size: transcripts, a codebook, codings and countries; the same bytes on every machine.

Nothing in it is anybody's words: sentences are strings of invented words with the sizes, the line ends and
the odd characters of real transcripts. What is planted (one phrase, known numbers) lets a benchmark see that
an operation did its work.
"""

from __future__ import annotations

import hashlib
import json
import shutil
from bisect import bisect
from dataclasses import asdict, dataclass
from itertools import accumulate
from random import Random
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

PHRASE = "when the third letter came"
COUNTRIES = ("Netherlands", "Norway", "Belgium", "Ghana", "Iraq", "Poland", "Brazil", "Nepal")
CODERS = ("Anna", "Bram", "Kari", "Omar")
CODES = 60
THEMES = ("moment", "place", "people", "money", "law", "health", "future", "feeling")
SHARE_DOUBLE = 0.3
CHARACTERS = 40_000

_MADE_BY = 2  # a higher number makes every kept corpus anew
_LONGEST_PASSAGE, _SHORTEST_PASSAGE = 420, 40
_ODD = ("🙂", "𐌰𐌱", "e\u0301e\u0301n", "“ja”", "co\u00adding", "ﬁn", "straße", "naïef", "…")


@dataclass(frozen=True, slots=True)
class Size:
    """How large a corpus is."""

    name: str
    sources: int
    codings_per_source: int
    characters: int = CHARACTERS
    codes: int = CODES

    @property
    def codings(self) -> int:
        """How many codings it has."""
        return self.sources * self.codings_per_source


SIZES = {size.name: size for size in (Size("plain", 200, 250), Size("wide", 2_000, 250), Size("dense", 200, 2_500))}


@dataclass(frozen=True, slots=True)
class Corpus:
    """A corpus on disk, and what is known of it."""

    folder: Path
    sources: int
    codings: int
    characters: int
    hits: int

    @property
    def transcripts(self) -> Path:
        """The folder with one text file for each source."""
        return self.folder / "transcripts"

    @property
    def codebook(self) -> Path:
        """The codebook (YAML)."""
        return self.folder / "codebook.yaml"

    @property
    def codings_file(self) -> Path:
        """The codings (JSON lines)."""
        return self.folder / "codings.jsonl"

    @property
    def attributes(self) -> Path:
        """The country of each source (CSV)."""
        return self.folder / "attributes.csv"


class Dice:
    """Random choices of which only `Random.random` is used, because only that never changes in Python."""

    def __init__(self, seed: str) -> None:
        number = int.from_bytes(hashlib.sha256(seed.encode()).digest()[:8], "big")
        self.roll = Random(number).random

    def below(self, limit: int) -> int:
        """A number from 0 up to, and without, the limit."""
        return int(self.roll() * limit)

    def between(self, low: int, high: int) -> int:
        """A number from low to high, both included."""
        return low + int(self.roll() * (high - low + 1))


def make_corpus(size: Size, cache: Path) -> Corpus:
    """The corpus of a size in a folder of the cache; made once, and again where it was left half made."""
    folder = cache / f"{size.name}-{_MADE_BY}"
    known = folder / "known.json"
    if not known.exists():
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        corpus = _write(size, folder)
        facts = {name: value for name, value in asdict(corpus).items() if name != "folder"}
        known.write_text(json.dumps(facts), encoding="utf-8")
    return Corpus(folder, **json.loads(known.read_text(encoding="utf-8")))


def _write(size: Size, folder: Path) -> Corpus:
    corpus = Corpus(folder, size.sources, size.codings, 0, 0)
    corpus.transcripts.mkdir()
    paths = _code_paths(size.codes)
    corpus.codebook.write_text(_codebook(paths), encoding="utf-8", newline="\n")
    pool = _sentences()
    weights = list(accumulate(1 / (rank + 3) ** 0.6 for rank in range(len(paths))))
    characters = hits = 0
    countries = ["source,country"]
    with corpus.codings_file.open("w", encoding="ascii", newline="\n") as out:
        for number in range(1, size.sources + 1):
            name, dice = f"interview {number:04d}", Dice(f"{size.name} {number}")
            text, planted = _transcript(dice, pool, size.characters, wrapped=number % 5 == 0)
            (corpus.transcripts / f"{name}.txt").write_text(text, encoding="utf-8", newline="\n")
            countries.append(f"{name},{COUNTRIES[dice.below(len(COUNTRIES))]}")
            for start, end, code, coder in _codings(dice, size.codings_per_source, text, weights):
                line = {"source": name, "code": paths[code], "coder": coder, "start": start, "end": end}
                out.write(json.dumps(line) + "\n")
            characters += len(text)
            hits += planted
    corpus.attributes.write_text("\n".join(countries) + "\n", encoding="utf-8", newline="\n")
    return Corpus(folder, size.sources, size.codings, characters, hits)


def _code_paths(codes: int) -> list[str]:
    """The paths of all codes: themes, codes below them, and a third level below the first of these."""
    paths = list(THEMES)
    for number in range(codes - len(THEMES)):
        theme = THEMES[number % len(THEMES)]
        above = theme if number < 3 * len(THEMES) else f"{theme}/{theme} 1"
        paths.append(f"{above}/{theme} {number // len(THEMES) + 1}")
    return paths


def _codebook(paths: list[str]) -> str:
    def lines(parent: str, indent: str) -> list[str]:
        inside = [path for path in paths if path.rpartition("/")[0] == parent]
        found = []
        for path in inside:
            found.append(f"{indent}- name: {path.rpartition('/')[2]}")
            found.append(f"{indent}  definition: Everything about {path.replace('/', ', ')}.")
            below = lines(path, indent + "  ")
            found += [f"{indent}  children:", *below] if below else []
        return found

    return "\n".join(["codebook: Benchmark", "codes:", *lines("", "")]) + "\n"


def _words(dice: Dice) -> list[str]:
    """Invented words of one to four syllables; short ones in front, so that they are frequent."""
    heads, cores, tails = (*"bdfghklmnprstvw", "st", "br", "kl"), "aeiouaeiouøéü", (*"nrstlkm", "", "", "", "")
    made: dict[str, None] = {}
    while len(made) < 3_000:
        syllables = [
            heads[dice.below(len(heads))] + cores[dice.below(len(cores))] + tails[dice.below(len(tails))]
            for _ in range(dice.between(1, 4))
        ]
        made["".join(syllables)] = None
    return sorted(made, key=len)


def _sentences() -> list[str]:
    """A pool of sentences; one in twenty holds a character that is easily counted wrongly."""
    dice = Dice("sentences")
    words = _words(dice)
    pool = []
    for number in range(4_000):
        said = [words[int(len(words) * dice.roll() ** 2)] for _ in range(dice.between(5, 22))]
        if number % 20 == 0:
            said[dice.below(len(said))] = _ODD[number // 20 % len(_ODD)]
        said[len(said) // 2] += "," if dice.roll() < 0.5 else ""
        pool.append(" ".join(said).capitalize())
    return pool


def _transcript(dice: Dice, pool: list[str], characters: int, *, wrapped: bool) -> tuple[str, int]:
    """A dialogue with how often the phrase is in it; a wrapped one has lines of at most 80 characters."""
    parts: list[str] = []
    size = planted = 0
    asks = True
    while size < characters:
        said = [pool[dice.below(len(pool))] for _ in range(dice.between(1, 3 if asks else 9))]
        if not asks and dice.roll() < 0.04:
            said.insert(dice.below(len(said) + 1), f"It was {PHRASE.upper() if dice.roll() < 0.2 else PHRASE}")
            planted += 1
        turn = ("Interviewer: " if asks else "R1: ") + ". ".join(said) + ("?" if asks else ".")
        parts.append(_wrap(turn) if wrapped else turn)
        size += len(parts[-1]) + 2
        asks = not asks
    return "\n\n".join(parts) + "\n", planted


def _wrap(turn: str) -> str:
    lines = [""]
    for word in turn.split(" "):
        if lines[-1] and len(lines[-1]) + len(word) >= 80:
            lines.append(word)
        else:
            lines[-1] += f" {word}" if lines[-1] else word
    return "\n".join(lines)


def _whole_words(text: str, start: int, end: int) -> tuple[int, int]:
    """A span as people select it: from the beginning of a word to the end of one."""
    while text[start].isspace():
        start += 1
    while start and not text[start - 1].isspace():
        start -= 1
    while end < len(text) and (end <= start or not text[end].isspace()):
        end += 1
    while text[end - 1].isspace():
        end -= 1
    return start, end


Drawn = tuple[int, int, int, str]
"""Start, end, number of the code, coder."""


def _codings(dice: Dice, number: int, text: str, weights: list[float]) -> list[Drawn]:
    """The codings of a source: of one coder, or of two of whom the second saw much of the same."""

    def draw(coder: str) -> Drawn:
        start = dice.below(len(text) - _LONGEST_PASSAGE)
        end = start + dice.between(_SHORTEST_PASSAGE, _LONGEST_PASSAGE)
        return *_whole_words(text, start, end), bisect(weights, dice.roll() * weights[-1]), coder

    def see(drawn: Drawn, coder: str) -> Drawn:
        start, end, code, _ = drawn
        start = max(0, start + dice.between(-15, 15))
        end = min(len(text), max(start + 1, end + dice.between(-15, 15)))
        return (
            *_whole_words(text, start, end),
            code if dice.roll() < 0.85 else bisect(weights, dice.roll() * weights[-1]),
            coder,
        )

    first = dice.below(len(CODERS))
    found: dict[Drawn, None] = {}
    if dice.roll() < SHARE_DOUBLE:
        one, other = CODERS[first], CODERS[(first + 1) % len(CODERS)]
        while len(found) < number // 2:
            found[draw(one)] = None
        for drawn in list(found):
            if dice.roll() < 0.75:
                found[see(drawn, other)] = None
        while len(found) < number:
            found[draw(other)] = None
    while len(found) < number:
        found[draw(CODERS[first])] = None
    return sorted(found)
