"""The registers of facts and of datasets: what is known from elsewhere, and where it comes from."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.suggester import SuggestFromList

from qda.errors import QdaError
from qda.model.facts import CASE, FactRow, Measure
from qda.model.nouns import many
from qda.tui.forms import Field, Form
from qda.tui.listing import Listing, Row
from qda.tui.register_panel import Panel
from qda.tui.sheet import Column, wide

if TYPE_CHECKING:
    from rich.text import Text

    from qda.model.facts import Fact
    from qda.tui.forms import Values

_NO_FACTS = """\
There are no facts yet. A fact is a rating or a figure from elsewhere about a case, or about everybody who carries a \
value. It stands as it was typed, with where it comes from.

    a    adds a fact

In a shell:  qda facts import FILE.csv
"""
_NO_DATASETS = """\
There are no datasets yet. A dataset is a table of others beside the study; no count of codings includes it.

In a shell:  qda dataset import FILE.csv
"""


class FactsPanel(Panel):
    """Facts by measure and what they are about."""

    name: ClassVar[str] = "facts"
    title: ClassVar[str] = "Facts"
    noun = "fact"

    def load(self) -> Listing:
        """Read all facts."""
        study = self.study
        with study.database.reading():
            self._facts = {fact.key: fact for fact in study.facts.all()}
            self._measures = {one.name: one for one in study.facts.measures()}
            self._offered = [
                f"{CASE}=",
                *(f"{name}=" for name in dict.fromkeys(row[0] for row in study.attributes.all())),
            ]
        rows = [
            Row(key, fact.about, (fact.about, fact.measure.name, fact.shown, fact.period, fact.rater, fact.origin))
            for key, fact in self._facts.items()
        ]
        named = ("about", "measure", "value", "period", "rater", "origin")
        columns = [Column(name, wide(name, (str(row.cells[at]) for row in rows), 32)) for at, name in enumerate(named)]
        return Listing(columns, rows)

    def nothing(self) -> str:
        """What to do where no fact is entered."""
        return _NO_FACTS

    def about(self, row: Row, column: int) -> Text:  # noqa: ARG002 - a register may ask for the column
        """A fact with its origin, how far it holds, and who entered it."""
        fact = self._facts[row.key]
        levels = f", {' < '.join(fact.measure.levels)}" if fact.measure.levels else ""
        return self.facts(
            f"{fact.about}: {fact.measure.name} {fact.shown}",
            ("comes from: ", fact.mark),
            ("note:       ", fact.note or "none"),
            ("type:       ", f"{fact.measure.type}{levels}"),
            ("entered by: ", f"{fact.coder}, {fact.at[:10]}"),
        )

    # --- what is done -----------------------------------------------------------------------------------

    def do_add(self) -> None:
        """Add a fact; what is known of the measure need not be said again."""
        here = self.screen.current()
        measure = self._facts[here.key].measure.name if here else ""
        fields = [
            Field("about", hint="case=NAME or ATTRIBUTE=VALUE", suggester=SuggestFromList(self._offered)),
            Field("measure", measure, suggester=SuggestFromList([*self._measures])),
            Field("value"),
            Field("type", hint="of a new measure: number, percent, text, yes/no, or scale low|middle|high"),
            *(Field(name) for name in ("origin", "rater", "period", "note")),
        ]
        self.screen.app.push_screen(Form("Add a fact", fields, self._add))

    def _add(self, values: Values) -> None:
        kind, _, levels = values["type"].partition(" ")
        scale = tuple(word.strip() for word in levels.split("|") if word.strip())
        measure = Measure(values["measure"], kind.rstrip(":"), scale)
        self._enter(values["about"], measure, values)

    def do_edit(self) -> None:
        """Edit the value of a fact, and the note on it."""
        fact = self._facts[self.current().key]
        choices = fact.measure.levels or (("yes", "no") if fact.measure.type == "yes/no" else ())
        fields = [Field("value", fact.value, choices, only=bool(choices)), Field("note", fact.note)]
        title = f"{fact.about}: {fact.measure.name}"
        self.screen.app.push_screen(Form(title, fields, lambda values: self._change(fact, values), said=fact.mark))

    def _change(self, fact: Fact, values: Values) -> None:
        known = {"period": fact.period, "rater": fact.rater, "origin": fact.origin}
        self._enter(fact.about, fact.measure, {**known, **values})

    def _enter(self, about: str, measure: Measure, values: Values) -> None:
        words = (values[name] for name in ("value", "period", "rater", "origin", "note"))
        value, period, rater, origin, note = words
        row = FactRow(about, measure, value, period, rater, origin, note)
        said = f"{measure.name} of {about}: {value}"
        self.save(lambda: self.study.facts.enter([row], said), f"{said} is saved")

    def do_remove(self) -> None:
        """Take the fact away."""
        fact = self._facts[self.current().key]
        said = f"{fact.measure.name} of {fact.about} is removed"
        self.change(lambda: self.study.facts.remove([fact.uid], said), said)


class DatasetsPanel(Panel):
    """Datasets, to be looked at; they are worked on in a shell."""

    name: ClassVar[str] = "datasets"
    title: ClassVar[str] = "Datasets"
    noun = "dataset"

    def load(self) -> Listing:
        """Read all datasets with their recodings."""
        study = self.study
        with study.database.reading():
            self._sets = {one.key: one for one in study.datasets.all()}
            self._recoded = {key: study.datasets.recodings(one) for key, one in self._sets.items()}
            self._rules = {key: study.dataset_rules.of(one) for key, one in self._sets.items()}
        rows = []
        for key, one in self._sets.items():
            counts = (str(one.rows), str(len(one.columns)), str(len(self._recoded[key])), str(len(self._rules[key])))
            rows.append(Row(key, one.name, (one.name, *counts, one.origin)))
        named = ("dataset", "rows", "columns", "recodings", "rules", "origin")
        columns = [
            Column(name, wide(name, (str(row.cells[at]) for row in rows), 40), 0 < at < len(named) - 1)
            for at, name in enumerate(named)
        ]
        return Listing(columns, rows)

    def nothing(self) -> str:
        """How a dataset comes in."""
        return _NO_DATASETS

    def about(self, row: Row, column: int) -> Text:  # noqa: ARG002 - a register may ask for the column
        """The columns of a dataset with their types, and what was recoded in it."""
        one = self._sets[row.key]
        recoded = [
            ("recoded: ", f"{each.recoding.said}; {many(each.hits, 'row')}; {each.reason} ({each.coder})")
            for each in self._recoded[row.key]
        ]
        return self.facts(
            one.name,
            ("columns: ", ", ".join(f"{name} ({kind})" for name, kind in one.columns)),
            ("note:    ", one.note or "none"),
            *recoded,
            *(("rule:    ", each.words) for each in self._rules[row.key]),
        )

    def do_edit(self) -> None:
        """Say where datasets are worked on."""
        raise QdaError("datasets are checked, recoded and crossed in a shell: qda dataset --help")

    do_add = do_remove = do_edit
