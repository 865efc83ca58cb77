"""Whose codings count in each selected source: for the title, and for notes on sources with several coders."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qda.model.nouns import many
from qda.reports.scope import listed

if TYPE_CHECKING:
    from collections.abc import Mapping

    from qda.reports.scope import Scope
    from qda.store import Study

FEW = 3  # so many sources are always named


class Voices:
    """Whose codings count in each selected source."""

    def __init__(self, study: Study, scope: Scope) -> None:
        self._scope = scope
        self._named = scope.coders or frozenset[int]()
        self._agreed = study.counts.consensus_sources() if scope.layer != "independent" else set[int]()
        self._heard = self._of_selected(study.counts.independent_coders())
        codes = _codes(scope)
        of_codes = self._heard if codes is None else study.counts.independent_coders(codes)
        self._heard_of_codes = self._of_selected(of_codes)
        states = {(source, coder) for source, coder, *_ in study.progress.counted()} if self._named else set()
        self._unread = [
            source.name
            for source in scope.sources
            if self._named
            and not self._heard[source.key]
            and not any((source.key, coder) in states for coder in self._named)
        ]

    def _of_selected(self, by_source: Mapping[int, set[int]]) -> dict[int, set[int]]:
        """The selected coders who have codings in each selected source."""
        return {
            source.key: {coder for coder in by_source.get(source.key, ()) if not self._named or coder in self._named}
            for source in self._scope.sources
        }

    def said(self) -> str:
        """Whose codings count, for a title; who has none here is not named."""
        if self._scope.layer == "consensus":
            return "the consensus"
        own = {key: heard for key, heard in self._heard.items() if key not in self._agreed}
        heard = self._named or {coder for coders in own.values() for coder in coders}
        who = ", ".join(name for key, name in self._scope.coder_names.items() if key in heard)
        agreed = len(self._scope.sources) - len(own)
        consensus = f"the consensus in {agreed} of {many(len(self._scope.sources), 'source')}" if agreed else ""
        if consensus and not who:
            return consensus
        return f"codings of {who or 'nobody yet'}{f'; {consensus}' if consensus else ''}"

    def numbers(self) -> dict[int, int]:
        """How many voices are counted in each selected source: its coders, or the consensus as one."""
        alone = self._scope.layer == "consensus"
        return {key: int(key in self._agreed) or (0 if alone else len(heard)) for key, heard in self._heard.items()}

    def pooled(self) -> tuple[str, ...]:
        """A note on the sources in which codings of the selected codes by several coders are counted together."""
        if self._scope.layer == "consensus":
            return ()
        groups: dict[str, list[str]] = {}
        for source in self._scope.sources:
            who = self._heard_of_codes[source.key]
            if source.key not in self._agreed and len(who) > 1:
                names = [name for key, name in self._scope.coder_names.items() if key in who]
                groups.setdefault(f"{', '.join(names[:-1])} and {names[-1]}", []).append(source.name)
        if not groups:
            return ()
        where = _where(groups, [source.name for source in self._scope.sources])
        return (f"Pooled in {where}; what several coded alike counts once.",)

    def unread(self) -> tuple[str, ...]:
        """A note on the sources that the named coders never had."""
        if not self._unread or self._scope.layer == "consensus":
            return ()
        return (
            "Bases count these sources too, in which the coders named have neither codings nor a state:"
            f" {listed(self._unread)}.",
        )


def _codes(scope: Scope) -> frozenset[int] | None:
    """The codes that are counted; None for all."""
    if not scope.selection.codes:
        return None
    own = frozenset(code.key for code in scope.codes)
    return own | scope.descendants if scope.selection.roll_up else own


def _where(groups: Mapping[str, list[str]], sources: list[str]) -> str:
    """The pooled sources with their coders; where these are most of many, the others are named instead."""
    pooled = {name for names in groups.values() for name in names}
    others = [name for name in sources if name not in pooled]
    if len(pooled) > FEW and 2 * len(others) < len(pooled):
        many_of = f"{len(pooled)} of {len(sources)}" if others else f"all {len(sources)}"
        said = ", ".join(f"{len(names)} by {who}" for who, names in sorted(groups.items()))
        but = f", not in {listed(others)}" if others else ""
        return f"{many_of} sources ({said if len(groups) > 1 else f'by {next(iter(groups))}'}){but}"
    named = "; ".join(f"{listed(names)} (by {who})" for who, names in sorted(groups.items()))
    return f"{len(pooled)} of {many(len(sources), 'source')}: {named}" if others else named
