"""The codebook as a document: every code with its definition, what it includes and excludes, examples and counts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qda.model.nouns import many
from qda.reports.frequency import frequency
from qda.reports.manifest import manifest
from qda.reports.report import Part, Report, Table
from qda.reports.scope import look_up

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from qda.model.selection import Selection
    from qda.model.tree import Code
    from qda.reports.report import Cell
    from qda.reports.scope import Scope
    from qda.store import Study

WORDS = ("definition", "include", "exclude", "example")
COUNTS = ("passages", "sources", "cases")
COLUMNS = (
    *("code", "level", *WORDS, "labels", "aliases", "origin", "rules", "retired"),
    *(*COUNTS, *(f"{name}_with_subcodes" for name in COUNTS)),
)


def codebook(study: Study, selection: Selection) -> Report:
    """The selected codes with everything that is written about them, and how often they were used."""
    scope = look_up(study, selection)
    counted = frequency(study, selection)
    counts = {str(row[0]): dict(zip(counted.table.columns, row, strict=True)) for row in counted.table.rows}
    rows = tuple(_row(code, counts[code.path]) for code in scope.codes)
    return Report(
        name="codebook",
        title=f"Codebook, version {study.codebook.version()}; counts: {scope.whose}",
        unit="codes; counts are passages, sources and cases",
        table=Table(COLUMNS, rows),
        notes=(*_notes(scope), *counted.notes),
        manifest=manifest(study, scope, "codebook"),
        evidence=counted.evidence,
        view=Table(
            ("code", "definition", "passages", "passages_with_subcodes"),
            tuple(
                (code.path, code.entry.definition, *(counts[code.path][name] for name in _VIEWED))
                for code in scope.codes
            ),
        ),
        lead=(_lead(scope),),
        parts=lambda: tuple(_part(code, counts[code.path]) for code in scope.codes),
    )


_VIEWED = ("passages", "passages_with_subcodes")


def _row(code: Code, counts: Mapping[str, Cell]) -> tuple[Cell, ...]:
    entry = code.entry
    labels = " | ".join(f"{language}: {label}" for language, label in sorted(entry.labels.items()))
    return (
        *(code.path, _level(code), *(getattr(entry, name) or None for name in WORDS)),
        *(labels or None, " | ".join(entry.aliases) or None, entry.origin or None, ", ".join(_rules(code)) or None),
        "retired" if code.retired else None,
        *(counts[name] for name in COUNTS),
        *(counts[f"{name}_with_subcodes"] for name in COUNTS),
    )


def _level(code: Code) -> int:
    """How deep a code stands: 1 at the top."""
    from qda.model.paths import split_path

    return len(split_path(code.path))


def _rules(code: Code) -> Iterator[str]:
    """What the codebook says of how a code may be used."""
    entry = code.entry
    if entry.ordinal:
        yield "ordinal"
    if entry.exclusive:
        yield f"exclusive: {entry.exclusive}"
    if entry.moment:
        yield f"moments: {entry.moment}"
    if entry.outside:
        yield "outside the scale"


def _lead(scope: Scope) -> str:
    tops = sum(code.parent is None for code in scope.codes)
    retired = sum(code.retired for code in scope.codes)
    undefined = sum(not code.entry.definition for code in scope.codes)
    return (
        f"{many(len(scope.codes), 'code')}, {tops} at the top; {undefined} without a definition"
        f"{f', {retired} retired' if retired else ''}."
    )


def _notes(scope: Scope) -> list[str]:
    undefined = [code.path for code in scope.codes if not code.entry.definition]
    if not undefined:
        return []
    from qda.reports.scope import listed

    return [f"Without a definition: {listed(undefined)}."]


def _part(code: Code, counts: Mapping[str, Cell]) -> Part:
    """A code as a section of a document."""
    entry = code.entry
    said = [entry.definition or "No definition is written."]
    for name, words in (("Include", entry.include), ("Exclude", entry.exclude), ("Example", entry.example)):
        if words:
            said.append(f"{name}: {words}")
    labels = ", ".join(f"{label} ({language})" for language, label in sorted(entry.labels.items()))
    for name, listed_ in (("In other languages", labels), ("Also found as", ", ".join(entry.aliases))):
        if listed_:
            said.append(f"{name}: {listed_}.")
    about = [entry.origin, *_rules(code), "retired" if code.retired else ""]
    used = f"Used: {_counted(counts, '')}"
    if counts["passages_with_subcodes"] != counts["passages"]:
        used += f"; with its subcodes {_counted(counts, '_with_subcodes')}"
    said.append(f"{used}. {', '.join(filter(None, about)).capitalize()}".rstrip() + ".")
    return Part(code.path, tuple(said))


def _counted(counts: Mapping[str, Cell], ending: str) -> str:
    passages, sources = (int(counts[f"{name}{ending}"] or 0) for name in ("passages", "sources"))
    return f"{many(passages, 'passage')} in {many(sources, 'source')}"
