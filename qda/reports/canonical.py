"""A selection in the one way of writing it: names as the study has them, in its order, each of them once."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from qda.model.nouns import ROLES
from qda.store.attributes import SOURCE_FIELDS

FAMILY = "code."
"""Before a path: the family of codes is meant, not the attribute that is called so too."""

if TYPE_CHECKING:
    from qda.model.selection import Selection
    from qda.model.tree import CodeTree
    from qda.store import Study


def canonical(study: Study, tree: CodeTree, selection: Selection) -> Selection:
    """The same selection, whatever the order, case and repetition in which it was written.

    Two selections that count the same words have the same manifest, and so the same bytes.

    Raises:
        QdaError: It names a code, a coder or a source that is not there.
    """
    from qda.reports.querying import canonical_query

    coders = {study.coders.find(name) for name in selection.coders}
    sources = {study.sources.get(name).key for name in selection.sources}
    kinds = study.cases.kinds() if selection.cases else []
    query = canonical_query(study, tree, selection.query) if selection.query else ""
    attributes = {row[0] for row in study.attributes.all()} | {*SOURCE_FIELDS}
    return replace(
        selection,
        codes=_codes(tree, selection),
        coders=tuple(coder.name for coder in study.coders.all() if coder.key in coders) if coders else (),
        sources=tuple(source.name for source in study.sources.all() if source.key in sources) if sources else (),
        kinds=tuple(sorted({*selection.kinds})),
        cases="" if kinds == [selection.cases] else selection.cases,
        where=tuple(sorted({(study.attributes.named(name), value) for name, value in selection.where})),
        by=tuple(_compared(study, tree, name, attributes) for name in selection.by),
        roles=tuple(role for role in ROLES if role in selection.roles),
        query=query,
    )


def _codes(tree: CodeTree, selection: Selection) -> tuple[str, ...]:
    """The paths of the codes; one that stands under another is there with it, unless subcodes are left out."""
    named = {tree.named(words).key for words in selection.codes}
    if selection.subcodes:
        named = {key for key in named if not named.intersection(tree.above(key)[1:])}
    return tuple(code.path for code in tree.codes if code.key in named)


def _compared(study: Study, tree: CodeTree, name: str, attributes: set[str]) -> str:
    """An attribute, or else the path of a code, as a report takes it."""
    meant = name.startswith(FAMILY) and tree.seek(name.removeprefix(FAMILY))
    code = meant or (None if name in attributes else tree.seek(name))
    if code is None:
        return study.attributes.named(name)
    return f"{FAMILY}{code.path}" if code.path in attributes else code.path
