"""What a selection means in a study: which codes, sources and coders, said in words for title and notes."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

from qda.errors import QdaError
from qda.model.nouns import ROLES, many
from qda.model.selection import SELECTION_LAYERS, Selection

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qda.model.nouns import Source
    from qda.model.tree import Code, CodeTree
    from qda.store import Study


@dataclass(frozen=True)
class Scope:
    """A selection, looked up in a study.

    `coders` is None where everybody's codings count. `pooled` are the notes on sources in which the codings of
    several coders are put together, for reports that do so; `other_kinds` the kinds of cases that could be
    counted as well, where none was named. `voices` are how many coders count in each source; a consensus is one.
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
    other_kinds: tuple[str, ...]
    voices: dict[int, int]
    pooled: tuple[str, ...]
    notes: tuple[str, ...]

    @property
    def others_said(self) -> str:
        """In brackets, which other kinds of cases could be counted."""
        others = ", ".join(f"--cases '{kind}'" for kind in self.other_kinds)
        return f" (others: {others})" if others else ""

    @property
    def source_keys(self) -> frozenset[int]:
        """The keys of the selected sources."""
        return frozenset(source.key for source in self.sources)

    def cases_said(self, case_names: dict[int, str]) -> str:
        """The kind of cases, for a title; without cases the unit is the source."""
        return f"; cases: {self.case_kind}" if case_names else "; no cases, so each source is one"

    def rolled_up(self) -> list[str]:
        """A note where subcodes are merged into a code that is counted."""
        if not (self.selection.roll_up and any(self.tree.children.get(code.key) for code in self.codes)):
            return []
        return ["Subcodes are merged into their parents (rolled up), never added."]

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
    from qda.reports.canonical import canonical
    from qda.reports.narrowing import narrow
    from qda.reports.whose import Voices

    tree = study.codebook.tree()
    for role in selection.roles:
        if role not in ROLES:
            raise QdaError(f"the role '{role}' is not one of {', '.join(ROLES)}")
    query, selection = selection.query, canonical(study, tree, selection)
    sources = _sources(study, selection)
    coders = study.coders.all()
    named = {study.coders.find(name) for name in selection.coders}
    layer = selection.layer or ("independent" if named else "final")
    if layer not in SELECTION_LAYERS:
        raise QdaError(f"the layer '{layer}' is not one of {', '.join(SELECTION_LAYERS)}")
    kind, other_kinds = _case_kind(study, selection)
    scope = Scope(
        selection=selection,
        tree=tree,
        codes=_codes(tree, selection),
        sources=tuple(sources),
        all_sources=not (selection.sources or selection.kinds),
        layer=layer,
        coders=frozenset(named) if named else None,
        coder_names={coder.key: coder.name for coder in coders},
        whose="",
        case_kind=kind,
        other_kinds=other_kinds,
        voices={},
        pooled=(),
        notes=(),
    )
    scope = narrow(study, scope, query)
    voices = Voices(study, scope)
    return replace(
        scope,
        whose=voices.said(),
        voices=voices.numbers(),
        pooled=voices.pooled(),
        notes=(*scope.notes, *voices.unread(), *translated(study, scope), *_hidden(study, scope)),
    )


def translated(study: Study, scope: Scope) -> Iterator[str]:
    """Which translations are counted with their originals, and what of them cannot be."""
    translations = [one for one in study.translations.all() if one.original in scope.source_keys]
    if not translations:
        return
    names = {key: name for name, key in study.sources.names().items()}
    pairs = sorted(f"{names[one.source]} (with {names[one.original]})" for one in translations)
    yield (
        "Translations are counted with their originals: what is coded in either, or alike in both, is one passage, and"
        f" stands at its place in the original. {listed(pairs)}."
    )
    codes = frozenset(code.key for code in scope.codes) | scope.descendants
    for one in translations:
        if strays := study.translations.strays(one, codes):
            yield (
                f"Not counted: {many(strays, 'coding')} in {names[one.source]} on words with which nothing of the"
                " original is aligned; 'qda translation show' lists them."
            )


def _hidden(study: Study, scope: Scope) -> tuple[str, ...]:
    """A note on sources in which others' work is hidden, so that nobody takes the figures for all there is."""
    veiled = study.rounds.veiled()
    veiled = {study.translations.roots().get(key, key) for key in veiled} if veiled else veiled
    names = [source.name for source in scope.sources if source.key in veiled]
    if not names:
        return ()
    return (f"Hidden until the blind round is revealed: what others than you coded in {listed(names)}.",)


def _codes(tree: CodeTree, selection: Selection) -> tuple[Code, ...]:
    if not selection.codes:
        return tree.codes
    wanted: set[int] = set()
    for path in selection.codes:
        code = tree.named(path)
        wanted.update(tree.below(code.key) if selection.subcodes else (code.key,))
    return tuple(code for code in tree.codes if code.key in wanted)


def _sources(study: Study, selection: Selection) -> list[Source]:
    """The selected sources; whoever names a translation, or its kind, means its original."""
    roots = study.translations.roots()
    every = study.sources.all()
    wanted = {source.key for source in every}
    if selection.sources:
        wanted = {study.sources.get(name).key for name in selection.sources}
    if selection.kinds:
        kinds = {source.kind for source in every}
        for kind in selection.kinds:
            if kind not in kinds:
                raise QdaError(f"no source is of the kind '{kind}' (there are: {', '.join(sorted(kinds)) or 'none'})")
        wanted &= {source.key for source in every if source.kind in selection.kinds}
    counted = {roots.get(key, key) for key in wanted}
    return [source for source in every if source.key in counted]


def _case_kind(study: Study, selection: Selection) -> tuple[str, tuple[str, ...]]:
    """The kind of cases a report counts, the one named, else the one entered first; and the others it could count."""
    kinds = study.cases.kinds()
    if selection.cases:
        if selection.cases not in kinds:
            raise QdaError(
                f"there are no cases of the kind '{selection.cases}' (there are: {', '.join(kinds) or 'none'})"
            )
        return selection.cases, ()
    return (kinds[0] if kinds else ""), tuple(kinds[1:])


def listed(names: list[str], most: int = 12) -> str:
    """Names in a sentence; many of them are cut short."""
    shown = ", ".join(names[:most])
    return f"{shown} and {len(names) - most} more" if len(names) > most else shown
