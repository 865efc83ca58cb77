"""A query in the one way of writing it."""

from __future__ import annotations

from qda.model.query.parts import AnyCode, Both, Code, Condition, Either, Near, Not, Part
from qda.model.query.tokens import plain


def written(part: Part) -> str:
    """A query in the one way of writing it, with brackets only where they are needed."""
    if isinstance(part, Either):
        return " OR ".join(map(written, part.parts))
    if isinstance(part, Both):
        return " AND ".join(_bracketed(one, Either, Both) for one in part.parts)
    if isinstance(part, Not):
        return f"NOT {_bracketed(part.part, Either, Both)}"
    if isinstance(part, Near):
        return _near(part)
    if isinstance(part, Condition):
        return f"{name_written(part.name)} {part.sign} {name_written(part.value)}"
    alone = "ONLY " if isinstance(part, Code) and part.alone else ""
    return "*" if isinstance(part, AnyCode) else f"{alone}{name_written(part.path)}"


def _near(part: Near) -> str:
    how = f"WITHIN {part.most} {'turn' if part.turns else 'character'}{'' if part.most == 1 else 's'} OF"
    if part.turns and not part.most:
        how = "IN SAME TURN AS"
    one, other = _bracketed(part.one, Either, Both, Not), _bracketed(part.other, Either, Both, Not, Near)
    return f"{one} {'NOT ' if part.negated else ''}{how} {other}"


def _bracketed(part: Part, *kinds: type[Part]) -> str:
    return f"({written(part)})" if isinstance(part, kinds) else written(part)


def name_written(name: str) -> str:
    """A name as it stands in a query: in quotation marks where it would mean something else without them."""
    return name if plain(name) else quoted(name)


def quoted(name: str) -> str:
    """A name in quotation marks."""
    doubled = name.replace('"', '""')
    return f'"{doubled}"'
