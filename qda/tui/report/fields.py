"""The fields of the form in which a selection is chosen: what each is called, what it offers, what it sets."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, NamedTuple

from qda.errors import UsageError
from qda.tui.report import offers
from qda.tui.report.offers import Offer, among

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from qda.model.selection import Selection
    from qda.reports.option import Option
    from qda.store import Study
    from qda.tui.report.kinds import Kind
    from qda.tui.theme import Bar
    from qda.tui.workspace import Workspace


class Field(NamedTuple):
    """A field of a selection: what it is called, what is said where nothing is chosen, how many may be chosen."""

    name: str
    label: str
    nothing: str
    several: bool = True
    most: int = 0


FIELDS = (
    Field("by", "Compare by", "choose one or two", most=2),
    Field("by_within", "… family on", "the same words", several=False),
    Field("codes", "Codes", "all"),
    Field("subcodes", "Their subcodes", "along", several=False),
    Field("roll_up", "Roll up", "no", several=False),
    Field("coders", "Coders", "all"),
    Field("layer", "Layer", "final", several=False),
    Field("sources", "Sources", "all"),
    Field("kinds", "Kinds of source", "all"),
    Field("where", "Only words of", "everybody"),
    Field("query", "Only on a query", "none", several=False),
    Field("cases", "Kind of cases", "the first", several=False),
    Field("roles", "Roles", "respondent"),
)
EVERYTHING = "everything"
SWITCHES = {
    "subcodes": ("left out", "along"),
    "roll_up": ("no", "yes, into the codes above"),
}


def fields_of(kind: Kind, selection: Selection, options: Mapping[str, Any]) -> list[Field]:
    """The fields that a report has a use for, as things stand."""
    used = {*kind.uses}
    if selection.where or options.get("within") == "case":
        used |= {"cases", "roles"}
    optional = {"by", "by_within", "roll_up", "cases", "roles"} - used
    if not selection.by:
        optional.add("by_within")
    if not selection.codes:
        optional.add("subcodes")
    if not kind.queries:
        optional.add("query")
    return [field for field in FIELDS if field.name not in optional]


def value_said(field: Field, selection: Selection) -> str:
    """What is chosen in a field, in words; empty where nothing is."""
    value = getattr(selection, field.name)
    if field.name in SWITCHES:
        return SWITCHES[field.name][bool(value)]
    if field.name == "by_within":
        return "words of the same turn" if value == "turn" else ""
    if field.name == "where":
        return ", ".join(f"{name} = {wanted}" for name, wanted in value)
    if field.name == "roles":
        return "" if value == ("respondent",) else ", ".join(value)
    return ", ".join(value) if isinstance(value, tuple) else str(value)


def nothing_said(field: Field, study: Study) -> str:
    """What holds where nothing is chosen in a field, by its name where it has one."""
    if field.name == "cases":
        return next((f"{kind} (the first kind entered)" for kind in study.cases.kinds()), "none; sources are counted")
    return field.nothing


def said(kind: Kind, selection: Selection, options: Mapping[str, Any]) -> str:
    """A selection in one line: only what was chosen."""
    parts = [
        f"{field.label.lower()}: {words}"
        for field in fields_of(kind, selection, options)
        if (words := value_said(field, selection)) and words not in ("along", "no")
    ]
    parts += [
        f"{option.label.lower()}: {option_said(option, options[option.name])}"
        for option in kind.options
        if options[option.name] != option.default
    ]
    return " · ".join(parts) or EVERYTHING


def narrows(selection: Selection) -> bool:
    """Whether a selection leaves anything out; comparing and merging subcodes do not."""
    one = selection
    return any((one.codes, one.coders, one.layer, one.sources, one.kinds, one.where, one.query))


def option_said(option: Option, value: Any) -> str:
    """The value of an option in words."""
    known = dict(option.values)
    if option.several:
        return ", ".join(known.get(one, str(one)) for one in value) or "all"
    return known[value] if value in known else option.typed.format(value)


def find_for(field: Field, workspace: Workspace, colours: dict[str, Bar]) -> Callable[[str], Sequence[Offer]]:
    """The search among what a field offers."""
    study = workspace.study
    if field.name == "codes":
        return offers.codes(workspace, colours)
    makers: dict[str, Callable[[], list[Offer]]] = {
        "by": lambda: offers.comparable(workspace),
        "coders": lambda: offers.coders(study),
        "layer": offers.layers,
        "sources": lambda: offers.sources(study),
        "kinds": lambda: offers.kinds(study),
        "where": lambda: offers.conditions(study),
        "cases": lambda: offers.cases(study),
        "roles": offers.roles,
    }
    return among(makers[field.name]())


def find_for_option(option: Option, workspace: Workspace) -> Callable[[str], Sequence[Offer]]:
    """The search among the values of an option; where others may stand, a typed one that fits is offered."""
    values = [Offer(str(value), words) for value, words in option.values]
    if option.kind == "round":
        return among([*values, *offers.rounds(workspace.study)])
    if option.kind == "measure":
        return among(offers.measures(workspace.study))
    if option.kind == "moment":
        known_names = {offer.value for offer in values}
        return among([*values, *(one for one in offers.comparable(workspace) if one.value not in known_names)])
    known = among(values)

    def find(typed: str) -> Sequence[Offer]:
        words = typed.strip()
        if option.typed and _fits(option, words):
            return [Offer(words, option.typed.format(words))]
        found = list(known(typed))
        if option.typed and not typed:
            found.append(Offer("", option.typed.format("N"), "type the number"))
        return found

    return find


def _fits(option: Option, words: str) -> bool:
    """Whether typed words can be the value of an option that takes a number."""
    if option.kind == "word":
        return words.isdecimal() and len(words) < 10
    try:
        option.read(words)
    except UsageError:
        return False
    return True


def values_in(field: Field, selection: Selection) -> tuple[str, ...]:
    """What is chosen in a field, as its offers have it."""
    value = getattr(selection, field.name)
    if field.name == "where":
        return tuple(f"{name}={wanted}" for name, wanted in value)
    return value if isinstance(value, tuple) else (str(value),)


def set_in(field: Field, selection: Selection, values: Sequence[str]) -> Selection:
    """A selection with other values in a field."""
    if field.name == "where":
        pairs = (value.partition("=") for value in values)
        return replace(selection, where=tuple((name, wanted) for name, _, wanted in pairs))
    if field.name == "roles":
        return replace(selection, roles=tuple(values) or ("respondent",))
    made: dict[str, Any] = {field.name: tuple(values) if field.several else (values[0] if values else "")}
    return replace(selection, **made)


def switched(field: Field, selection: Selection) -> Selection:
    """A selection with a switch turned over."""
    if field.name == "by_within":
        return replace(selection, by_within="overlap" if selection.by_within == "turn" else "turn")
    turned: dict[str, Any] = {field.name: not getattr(selection, field.name)}
    return replace(selection, **turned)


def cleared(field: Field, selection: Selection) -> Selection:
    """A selection with a field as it is at first."""
    return replace(selection, **{field.name: getattr(type(selection)(), field.name)})


def check(selection: Selection) -> None:
    """Refuse what goes against each other.

    Raises:
        UsageError: Coders are named for a consensus, which is nobody's own coding.
    """
    if selection.layer == "consensus" and selection.coders:
        raise UsageError("the consensus is nobody's own coding: choose all coders, or another layer")
