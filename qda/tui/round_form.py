"""The windows in which a round is made, and in which is said by what it is judged."""

from __future__ import annotations

from typing import TYPE_CHECKING, Generic, NamedTuple

from textual.containers import Horizontal, VerticalScroll
from textual.widgets import Input, Label, Select

from qda.errors import QdaError
from qda.model.rounds import PRIMARY_STATS, Primary, Terms, read_primary
from qda.store.drawing import OWN, Sampling
from qda.tui.writing import Value, WritingWindow

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from textual.app import ComposeResult
    from textual.widget import Widget

    from qda.store import Study

_MOST_DIGITS = 9


class Wanted(NamedTuple):
    """A round as it is wanted."""

    name: str
    coders: tuple[str, ...]
    sources: tuple[str, ...]
    sampling: Sampling
    terms: Terms


class Offered(NamedTuple):
    """What a study has to choose from: who codes, the sources, and what can be drawn alike from."""

    coders: tuple[str, ...]
    sources: tuple[str, ...]
    strata: tuple[str, ...]


def offered(study: Study) -> Offered:
    """What the study has to choose from."""
    attributes = [name for name, target, _ in study.attributes.all() if target in ("source", "person")]
    return Offered(
        tuple(coder.name for coder in study.coders.all()),
        tuple(source.name for source in study.sources.all()),
        tuple(dict.fromkeys((*OWN, *attributes))),
    )


class RowsForm(WritingWindow[Value], Generic[Value]):
    """Fields in rows, with their names before them; a new kind of form names its rows."""

    DEFAULT_CSS = """
    RowsForm VerticalScroll { height: 1fr; }
    RowsForm Horizontal { height: auto; }
    RowsForm Horizontal > Label { width: 14; color: $quiet; }
    RowsForm Select, RowsForm Input { width: 1fr; margin-bottom: 1; }
    """

    def rows(self) -> Iterator[tuple[str, Widget]]:
        """Each field with its name."""
        raise NotImplementedError

    def fields(self) -> ComposeResult:
        """The fields, one below the other."""
        with VerticalScroll(can_focus=False):
            for said, widget in self.rows():
                with Horizontal():
                    yield Label(said)
                    yield widget

    def typed(self, name: str) -> str:
        """What stands in a line."""
        return self.query_one(f"#{name}", Input).value.strip()

    def chosen(self, name: str) -> str:
        """What is chosen in a list."""
        value = self.query_one(f"#{name}", Select).value
        return value if isinstance(value, str) else ""

    def primary(self) -> Primary:
        """By what a round is judged, of those forms that ask it.

        Raises:
            UsageError: It does not fit together.
        """
        return read_primary(self.chosen("stat"), self.chosen("unit"), self.chosen("rule"), self.typed("threshold"))


def _primary_rows(primary: Primary) -> Iterator[tuple[str, Widget]]:
    stats = dict.fromkeys(name for names in PRIMARY_STATS.values() for name in names)
    yield "counted in", _select("unit", [(name, name) for name in PRIMARY_STATS], primary.unit)
    usual = ("the usual one: " + ", ".join(f"{names[0]} ({unit})" for unit, names in PRIMARY_STATS.items()), "")
    yield "judged by", _select("stat", [usual, *((name, name) for name in stats)], primary.stat)
    rules = [("for turns and sentences: any", ""), ("any", "any"), ("majority", "majority")]
    yield "rule", _select("rule", rules, primary.rule)
    yield (
        "should reach",
        _line("threshold", f"{0.8 if primary.threshold is None else primary.threshold:g}", "such as 0.8"),
    )


class RoundForm(RowsForm[Wanted]):
    """All that a new round needs; what is left empty is said in its place."""

    def __init__(self, has: Offered, save: Callable[[Wanted], object]) -> None:
        super().__init__("A new round: the same parts for each of its coders", save)
        self._has = has

    def rows(self) -> Iterator[tuple[str, Widget]]:
        """Name and coders, what they code, how, and by what it is judged."""
        has = self._has
        yield "name", _line("name", "", "such as pilot")
        yield "coders", _line("coders", ", ".join(has.coders), "two names at least, with commas between")
        blind = [
            ("blind: nobody sees the others' work until it is revealed", "blind"),
            ("open: everybody sees all", "open"),
        ]
        yield "kind", _select("kind", blind, "blind")
        yield "sources", _line("sources", "", f"all {len(has.sources)}; or names, with commas between")
        yield "draw", _line("draw", "", "all; or a number such as 4, or a share such as 20 %")
        alike = [("whatever comes", ""), *((f"from each {name} its share", name) for name in has.strata)]
        yield "alike", _select("by", alike, "")
        yield "seed", _line("seed", "1", "the same words draw the same again")
        yield "stretches", _line("length", "", "whole sources; or stretches of so many characters, such as 3000")
        gold = [("no: coders are compared with each other", ""), *((f"against {name}", name) for name in has.coders)]
        yield "training", _select("gold", gold, "")
        yield from _primary_rows(Primary(stat=""))

    def gather(self) -> Wanted:
        """What stands in the fields.

        Raises:
            QdaError: A number is none.
        """
        number, share = _drawn(self.typed("draw"))
        length = _whole(self.typed("length"), "the length of stretches") if self.typed("length") else 0
        return Wanted(
            self.typed("name"),
            _listed(self.typed("coders")),
            _listed(self.typed("sources")),
            Sampling(number, share, self.chosen("by"), self.typed("seed"), length),
            Terms(self.chosen("kind") == "blind", self.chosen("gold"), self.primary()),
        )


class JudgeForm(RowsForm[Primary]):
    """By what a round is judged."""

    def __init__(self, name: str, primary: Primary, save: Callable[[Primary], object]) -> None:
        super().__init__(f"By what '{name}' is judged; its report says when that was changed", save)
        self._primary = primary

    def rows(self) -> Iterator[tuple[str, Widget]]:
        """Unit, figure, rule and threshold."""
        return _primary_rows(self._primary)

    def gather(self) -> Primary:
        """What stands in the fields."""
        return self.primary()


def _line(name: str, value: str, hint: str) -> Input:
    return Input(value, id=name, placeholder=hint, compact=True)


def _select(name: str, choices: Sequence[tuple[str, str]], value: str) -> Select[str]:
    return Select(choices, allow_blank=False, value=value, id=name, compact=True)


def _listed(words: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for part in words.split(",") if (name := part.strip())))


def _drawn(words: str) -> tuple[int, int]:
    """How many are drawn, and which share in per cent; both 0 for all."""
    if not words:
        return 0, 0
    share = words.endswith("%")
    number = _whole(words.rstrip("%").strip(), "how many are drawn")
    return (0, number) if share else (number, 0)


def _whole(words: str, what: str) -> int:
    if not words.isdecimal() or len(words) > _MOST_DIGITS or not int(words):
        raise QdaError(f"{what} is a whole number of at least 1, not '{words}'")
    return int(words)
