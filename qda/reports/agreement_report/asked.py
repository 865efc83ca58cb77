"""What is asked of the report on agreement beyond a selection."""

from __future__ import annotations

from dataclasses import dataclass

from qda.errors import UsageError
from qda.reports.agreement.rows import UNCUT

CUT = ("turn", "sentence")
UNITS = (*UNCUT, *CUT)
RULES = ("any", "majority")
INTERVALS = ("jackknife", "bootstrap", "none")


@dataclass(frozen=True)
class Asked:
    """Round, units, rules and intervals; what is empty is everything."""

    round: str = ""
    overlap: float = 0.9
    rule: str = ""
    unit: tuple[str, ...] = ()
    stat: tuple[str, ...] = ()
    by_source: bool = False
    intervals: str = "jackknife"
    seed: int = 1
    with_accepted: bool = False
    disagreements: bool = False

    @property
    def units(self) -> tuple[str, ...]:
        """The units that are counted."""
        return tuple(unit for unit in UNITS if not self.unit or unit in self.unit)

    def wants(self, *stats: str) -> bool:
        """Whether one of these figures is wanted."""
        return not self.stat or not {*self.stat}.isdisjoint(stats)

    def check(self) -> None:
        """Refuse what does not fit.

        Raises:
            UsageError: An option is none of those that there are.
        """
        wrong = [unit for unit in self.unit if unit not in UNITS]
        if wrong:
            raise UsageError(f"--unit is one of {', '.join(UNITS)}, not '{wrong[0]}'")
        if self.rule and self.rule not in RULES:
            raise UsageError(f"--rule is any or majority, not '{self.rule}'")
        if not 0 < self.overlap <= 1:
            raise UsageError(f"--overlap is a share above 0 and up to 1, as 0.9, not {self.overlap:g}")
        if self.intervals not in INTERVALS:
            raise UsageError(f"--intervals is one of {', '.join(INTERVALS)}, not '{self.intervals}'")

        if self.disagreements:
            plain = Asked()
            figures = ("stat", "unit", "rule", "overlap", "by_source")
            useless = [name for name in figures if getattr(self, name) != getattr(plain, name)]
            if useless:
                raise UsageError(
                    f"--disagreements lists places, not figures, and has no use for --{useless[0].replace('_', '-')}"
                )

    def words(self) -> list[str]:
        """As the words of a command, in a fixed order; what is so anyhow is left out."""
        plain = Asked()
        words = ["--round", self.round] if self.round else []
        for unit in self.units if self.unit else ():
            words += ["--unit", unit]
        for stat in sorted({*self.stat}):
            words += ["--stat", stat]
        if self.disagreements:
            return [*words, "--disagreements", *(["--with-accepted"] if self.with_accepted else [])]
        words += ["--rule", self.rule] if self.rule else []
        words += ["--overlap", f"{self.overlap:g}"] if self.overlap != plain.overlap else []
        words += ["--by-source"] if self.by_source else []
        words += ["--intervals", self.intervals] if self.intervals != plain.intervals else []
        words += ["--seed", str(self.seed)] if self.intervals == "bootstrap" and self.seed != plain.seed else []
        return words + (["--with-accepted"] if self.with_accepted else [])
