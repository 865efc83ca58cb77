"""What a selection means in a study: which codes, sources and coders, said in words for title and notes."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from qda.errors import QdaError
from qda.model.nouns import ROLES, many
from qda.model.selection import SELECTION_LAYERS, Selection

if TYPE_CHECKING:
    from qda.model.nouns import Coder, Source
    from qda.model.tree import Code, CodeTree
    from qda.store import Study


@dataclass(frozen=True)
class Scope:
    """A selection, looked up in a study.

    `coders` is None where everybody's codings count. `pooled` names the sources in which the codings of
    several coders are put together, with their coders.
    """

    selection: Selection
    tree: CodeTree
    codes: tuple[Code, ...]
    sources: tuple[Source, ...]
    all_sources: bool
    layer: str
    coders: frozenset[int] | None
    coder_names: dict[int, str]
    whose: str
    case_kind: str
    notes: tuple[str, ...]

    @property
    def source_keys(self) -> frozenset[int]:
        """The keys of the selected sources."""
        return frozenset(source.key for source in self.sources)

    def cases_said(self, case_names: dict[int, str]) -> str:
        """The kind of cases, for a title; without cases the unit is the source."""
        return f"; cases: {self.case_kind}" if case_names else "; no cases, so each source is one"

    @cached_property
    def parents(self) -> dict[int, tuple[int, ...]]:
        """For each code, the selected codes with subcodes that it stands under, itself included."""
        wanted = {code.key for code in self.codes}
        tree = self.tree
        return {
            code.key: tuple(key for key in tree.above(code.key) if key in wanted and tree.children.get(key))
            for code in tree.codes
        }

    @cached_property
    def descendants(self) -> frozenset[int]:
        """The subcodes of the selected codes, whether or not they are selected themselves."""
        return frozenset(key for code in self.codes for key in self.tree.below(code.key))

    @cached_property
    def source_names(self) -> dict[int, str]:
        """The names of the selected sources by key."""
        return {source.key: source.name for source in self.sources}


def look_up(study: Study, selection: Selection) -> Scope:
    """Look a selection up in a study.

    Raises:
        QdaError: It names something that is not there; the sentence says what.
    """
    from qda.reports.narrowing import narrow

    tree = study.codebook.tree()
    sources = _sources(study, selection)
    coders = study.coders.all()
    named = {study.coders.find(name) for name in selection.coders}
    layer = selection.layer or ("independent" if named else "final")
    if layer not in SELECTION_LAYERS:
        raise QdaError(f"the layer '{layer}' is not one of {', '.join(SELECTION_LAYERS)}")
    for role in selection.roles:
        if role not in ROLES:
            raise QdaError(f"the role '{role}' is not one of {', '.join(ROLES)}")
    kind, kind_notes = _case_kind(study, selection)
    everything = not (selection.sources or selection.kinds)
    voices = _Voices(study, sources, coders, named, layer)
    scope = Scope(
        selection=selection,
        tree=tree,
        codes=_codes(tree, selection),
        sources=tuple(sources),
        all_sources=everything,
        layer=layer,
        coders=frozenset(named) if named else None,
        coder_names={coder.key: coder.name for coder in coders},
        whose=voices.said(),
        case_kind=kind,
        notes=(*kind_notes, *voices.notes()),
    )
    return narrow(study, scope) if selection.where else scope


def _codes(tree: CodeTree, selection: Selection) -> tuple[Code, ...]:
    if not selection.codes:
        return tree.codes
    wanted: set[int] = set()
    for path in selection.codes:
        code = tree.find(path)
        if code is None:
            raise QdaError(f"there is no code '{path}'{tree.near(path)}")
        wanted.update(tree.below(code.key) if selection.subcodes else (code.key,))
    return tuple(code for code in tree.codes if code.key in wanted)


def _sources(study: Study, selection: Selection) -> list[Source]:
    named = {study.sources.get(name).key for name in selection.sources}
    sources = study.sources.all()
    if named:
        sources = [source for source in sources if source.key in named]
    if selection.kinds:
        kinds = {source.kind for source in study.sources.all()}
        for kind in selection.kinds:
            if kind not in kinds:
                raise QdaError(f"no source is of the kind '{kind}' (there are: {', '.join(sorted(kinds)) or 'none'})")
        sources = [source for source in sources if source.kind in selection.kinds]
    return sources


def _case_kind(study: Study, selection: Selection) -> tuple[str, tuple[str, ...]]:
    """The kind of cases a report counts: the one named, else the one entered first."""
    kinds = study.cases.kinds()
    if selection.cases:
        if selection.cases not in kinds:
            raise QdaError(
                f"there are no cases of the kind '{selection.cases}' (there are: {', '.join(kinds) or 'none'})"
            )
        return selection.cases, ()
    if len(kinds) > 1:
        others = ", ".join(f"--cases '{kind}'" for kind in kinds[1:])
        return kinds[0], (f"Cases are those of the kind '{kinds[0]}'; choose others with {others}.",)
    return (kinds[0] if kinds else ""), ()


class _Voices:
    """Whose codings count in each selected source."""

    def __init__(self, study: Study, sources: list[Source], coders: list[Coder], named: set[int], layer: str) -> None:
        self._layer = layer
        self._named = named
        self._coders = coders
        self._sources = sources
        self._agreed = study.counts.consensus_sources() if layer == "final" else set[int]()
        by_source = study.counts.independent_coders()
        self._heard = {
            source.key: {coder for coder in by_source.get(source.key, ()) if not named or coder in named}
            for source in sources
        }
        states = {(source, coder) for source, coder, *_ in study.progress.by_keys()} if named else set()
        self._unread = [
            source.name
            for source in sources
            if named and not self._heard[source.key] and not any((source.key, coder) in states for coder in named)
        ]

    def said(self) -> str:
        """Whose codings count, for a title; who has none here is not named."""
        if self._layer == "consensus":
            return "the consensus"
        own = {key: heard for key, heard in self._heard.items() if key not in self._agreed}
        heard = self._named or {coder for coders in own.values() for coder in coders}
        who = ", ".join(coder.name for coder in self._coders if coder.key in heard)
        agreed = len(self._sources) - len(own)
        consensus = f"the consensus in {agreed} of {many(len(self._sources), 'source')}" if agreed else ""
        if consensus and not who:
            return consensus
        return f"codings of {who or 'nobody yet'}{f'; {consensus}' if consensus else ''}"

    def notes(self) -> tuple[str, ...]:
        """Notes on sources whose coders are counted together, and on those that the named coders never had."""
        if self._layer == "consensus":
            return ()
        names = {coder.key: coder.name for coder in self._coders}
        groups: dict[tuple[str, ...], list[str]] = {}
        for source in self._sources:
            who = self._heard[source.key]
            if source.key not in self._agreed and len(who) > 1:
                group = tuple(names[coder.key] for coder in self._coders if coder.key in who)
                groups.setdefault(group, []).append(source.name)
        pooled = tuple(
            f"Pooled: the codings of {' and '.join(group)} together in {listed(found)};"
            " what several of them coded alike counts once."
            for group, found in sorted(groups.items())
        )
        if not self._unread:
            return pooled
        return (
            *pooled,
            "Bases count these sources too, in which the coders named have neither codings nor a state:"
            f" {listed(self._unread)}.",
        )


def listed(names: list[str], most: int = 12) -> str:
    """Names in a sentence; many of them are cut short."""
    shown = ", ".join(names[:most])
    return f"{shown} and {len(names) - most} more" if len(names) > most else shown
