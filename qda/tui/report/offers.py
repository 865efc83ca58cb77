"""What a study offers for each field of a selection."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from qda.model.nouns import ROLES, many
from qda.reports.canonical import FAMILY
from qda.store.standing import standing
from qda.tui.fuzzy import Finder, folded

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from qda.model.tree import Code
    from qda.store import Study
    from qda.tui.theme import Bar
    from qda.tui.workspace import Workspace

LEVELS = ("person", "source", "case")


class Offer(NamedTuple):
    """Something to choose: its value, how it is called, and what is said of it; before a code its family's mark."""

    value: str
    name: str
    said: str = ""
    bar: Bar | None = None


Find = "Callable[[str], Sequence[Offer]]"


def among(offers: Iterable[Offer]) -> Callable[[str], Sequence[Offer]]:
    """A search among offers: all typed words must stand in them."""
    known = [(folded(f"{offer.name} {offer.said}"), offer) for offer in offers]

    def find(typed: str) -> Sequence[Offer]:
        wanted = folded(typed).split()
        return [offer for text, offer in known if all(word in text for word in wanted)]

    return find


def codes(workspace: Workspace, colours: dict[str, Bar], *, usable: bool = False) -> Callable[[str], Sequence[Offer]]:
    """A search among the codes, as everywhere; `usable` leaves out the retired ones."""
    listed = [code for code in workspace.tree.codes if not (usable and code.retired)]
    finder = Finder(listed)
    counts = workspace.counts()
    recent = workspace.recent

    def offer(code: Code, by: str = "") -> Offer:
        said = f"{counts.get(code.key, 0)}{' retired' if code.retired else ''}"
        return Offer(code.path, code.path + (f" ({by})" if by else ""), said, colours.get(code.path))

    def find(typed: str) -> Sequence[Offer]:
        if not typed.strip():
            return [offer(code) for code in sorted(listed, key=lambda code: usable and code.key not in recent)]
        return [offer(one.code, one.by) for one in finder.find(typed, recent)]

    return find


def codes_or_new(workspace: Workspace, colours: dict[str, Bar]) -> Callable[[str], Sequence[Offer]]:
    """A search among the codes in use; a new name is offered before codes that only share letters with it."""
    known = codes(workspace, colours, usable=True)
    finder = Finder(code for code in workspace.tree.codes if not code.retired)

    def find(typed: str) -> Sequence[Offer]:
        found, name = list(known(typed)), typed.strip()
        if not name or workspace.tree.find(name) is not None:
            return found
        fitting = finder.find(typed, workspace.recent)
        if not any(folded(one.code.entry.name) == folded(name) for one in fitting[:1]):
            found.insert(sum(not one.loose for one in fitting), Offer(name, f"+ new code: {name}"))
        return found

    return find


def coders(study: Study) -> list[Offer]:
    """Who codes, with how much."""
    counts = study.codings.counts_by_coder()
    return [Offer(one.name, one.name, many(counts.get(one.key, 0), "coding")) for one in study.coders.all()]


def sources(study: Study) -> list[Offer]:
    """The sources, with their kind and how much is coded."""
    counts = study.codings.counts_by_source()
    return [
        Offer(one.name, one.name, f"{one.kind}, {many(counts.get(one.key, 0), 'coding')}")
        for one in study.sources.all()
    ]


def rounds(study: Study) -> list[Offer]:
    """The rounds, with how far each is."""
    found = [standing(study, one) for one in study.rounds.all()]
    return [Offer(one.round.name, one.round.name, f"{one.kind} round, {one.said}") for one in found]


def measures(study: Study) -> list[Offer]:
    """The measures that facts are of, with their type."""
    return [Offer(one.name, one.name, one.type) for one in study.facts.measures()]


def queries(study: Study) -> list[Offer]:
    """The saved queries, with their words."""
    return [Offer(one.name, one.name, one.text) for one in study.queries.all()]


def kinds(study: Study) -> list[Offer]:
    """The kinds of sources that there are."""
    found = [source.kind for source in study.sources.all()]
    return [Offer(kind, kind, many(found.count(kind), "source")) for kind in dict.fromkeys(found)]


def cases(study: Study) -> list[Offer]:
    """The kinds of cases that there are."""
    found = [case.kind for case in study.cases.all()]
    return [Offer(kind, kind, many(found.count(kind), "case")) for kind in study.cases.kinds()]


def roles() -> list[Offer]:
    """Whose words may be counted."""
    return [Offer(role, role) for role in ROLES]


def layers() -> list[Offer]:
    """What may count where several have coded."""
    return [
        Offer("", "final", "the consensus where there is one, else all coders; each alone where coders are named"),
        Offer("independent", "independent", "what each coder coded alone"),
        Offer("consensus", "consensus", "only what was agreed on"),
    ]


def _values(study: Study) -> dict[str, dict[str, dict[str, int]]]:
    """All attributes by level and name, with their values and how many have them."""
    found: dict[str, dict[str, dict[str, int]]] = {}
    for level in LEVELS:
        for held in study.attributes.of(level).values():
            for name, values in held.items():
                counts = found.setdefault(level, {}).setdefault(name, {})
                for value in values:
                    counts[value] = counts.get(value, 0) + 1
    return found


def _named(study: Study) -> list[tuple[str, str, dict[str, int]]]:
    """Attributes as a selection names them, with their level; a name on several levels also with its level."""
    found = _values(study)
    names = [name for level in found.values() for name in level]
    listed = []
    for level, attributes in found.items():
        for name, values in attributes.items():
            if names.count(name) > 1:
                listed.append((f"{level}.{name}", level, values))
            else:
                listed.append((name, level, values))
    return listed


def conditions(study: Study) -> list[Offer]:
    """Every attribute with every value that it has."""
    return [
        Offer(f"{name}={value}", f"{name} = {value}", many(number, level))
        for name, level, values in _named(study)
        for value, number in sorted(values.items())
    ]


def comparable(workspace: Workspace) -> list[Offer]:
    """What codes can be compared by: attributes, and families of codes."""
    found = [
        Offer(name, name, f"{level}: {', '.join(sorted(values)[:4])}{' …' if len(values) > 4 else ''}")
        for name, level, values in _named(workspace.study)
    ]
    tree = workspace.tree
    known = {offer.value for offer in found}
    families = [code.path for code in tree.codes if tree.children.get(code.key)]
    names = [f"{FAMILY}{path}" if path in known else path for path in families]
    return found + [Offer(name, name, "codes of this family on the same words") for name in names]
