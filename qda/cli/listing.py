"""`qda sources`, `codes`, `coders`, `persons`, `cases`, `memos`: lists, with what can be taken in and out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qda.cli.command import add_form
from qda.cli.moving import add_memo, add_merge, parse_action, run_action

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable

    from qda.cli.command import Command
    from qda.cli.parsing import Actions
    from qda.reports.report import Cell

_WITH_ACTIONS: dict[str, Callable[[Actions], None] | None] = {"persons": add_merge, "cases": None, "memos": add_memo}


def run(command: Command, words: list[str]) -> None:
    """List the things that the command is named after, or move them in or out."""
    if command.name in _WITH_ACTIONS:
        options = parse_action(command, words, _WITH_ACTIONS[command.name])
        if options.action != "list":
            run_action(command, options)
            return
    else:
        parser = command.parser(epilog=_COLUMNS[command.name])
        add_form(parser)
        options = parser.parse_args(words)
    _LISTS[command.name](command, options)


def _sources(command: Command, options: argparse.Namespace) -> None:
    study = command.study
    persons: dict[int, int] = {}
    for sources in study.persons.sources_of().values():
        for source in sources:
            persons[source] = persons.get(source, 0) + 1
    turns = study.sources.turn_counts()
    codings = study.codings.counts_by_source()
    rows: list[tuple[Cell | list[str], ...]] = [
        (
            *(source.name, source.kind, source.language, source.date, source.format, source.encoding),
            *(
                source.characters,
                turns.get(source.key, 0),
                persons.get(source.key, 0),
                codings.get(source.key, 0),
            ),
            *(source.revision, source.sha256, source.text_sha256, source.revision_sha256, source.uid),
        )
        for source in study.sources.all()
    ]
    columns: tuple[str, ...] = (
        *(
            "name",
            "kind",
            "language",
            "date",
            "format",
            "encoding",
            "characters",
            "turns",
            "persons",
            "codings",
        ),
        *("revision", "sha256", "text_sha256", "revision_sha256", "id"),
    )
    if options.format in ("table", "md"):
        columns, rows = columns[:-5], [row[:-5] for row in rows]
    command.show(columns, rows, options, "There are no sources yet; take some in with 'qda import FILE...'.")


def _codes(command: Command, options: argparse.Namespace) -> None:
    study = command.study
    tree = study.codebook.tree()
    counts = study.codings.counts_by_code()
    rows: list[tuple[Cell | list[str], ...]] = [
        (
            *(code.path, code.entry.name, tree.by_key[code.parent].path if code.parent else None),
            *(code.entry.definition, counts.get(code.key, 0), code.entry.origin, list(code.entry.aliases)),
            *(code.retired, code.uid),
        )
        for code in tree.codes
    ]
    columns: tuple[str, ...] = (
        "path",
        "name",
        "parent",
        "definition",
        "codings",
        "origin",
        "aliases",
        "retired",
        "id",
    )
    if options.format in ("table", "md"):
        rows = [(row[0], row[4], row[5], row[3]) for row in rows]
        columns = ("path", "codings", "origin", "definition")
    command.show(columns, rows, options, "There are no codes yet; take a codebook in with 'qda codebook import FILE'.")


def _coders(command: Command, options: argparse.Namespace) -> None:
    study = command.study
    counts = study.codings.counts_by_coder()
    rows: list[tuple[Cell | list[str], ...]] = [
        (coder.name, counts.get(coder.key, 0), coder.uid) for coder in study.coders.all()
    ]
    command.show(
        ("name", "codings", "id"),
        rows,
        options,
        "Nobody has coded yet; 'qda' opens the screen to code in, 'qda codings import FILE' takes codings in.",
    )


def _persons(command: Command, options: argparse.Namespace) -> None:
    study = command.study
    names = {source.key: source.name for source in study.sources.all()}
    sources = study.persons.sources_of()
    values = study.attributes.of("person")
    attributes = [name for name, target, _ in study.attributes.all() if target == "person"]
    rows: list[tuple[Cell | list[str], ...]] = [
        (
            *(person.name, person.label, person.role, [names[key] for key in sources.get(person.key, ())]),
            *("|".join(values.get(person.key, {}).get(name, ())) for name in attributes),
            person.uid,
        )
        for person in study.persons.all()
    ]
    columns = ("name", "label", "role", "sources", *attributes, "id")
    command.show(columns, rows, options, "There are no persons yet; they come in with the speakers of transcripts.")


def _cases(command: Command, options: argparse.Namespace) -> None:
    study = command.study
    persons = {person.key: person.name for person in study.persons.all()}
    sources = {source.key: source.name for source in study.sources.all()}
    members = study.cases.members()
    values = study.attributes.of("case")
    attributes = [name for name, target, _ in study.attributes.all() if target == "case"]
    rows: list[tuple[Cell | list[str], ...]] = [
        (
            *(case.name, case.kind),
            [persons[m] for c, m, kind in members if c == case.key and kind == "person"],
            [sources[m] for c, m, kind in members if c == case.key and kind == "source"],
            *("|".join(values.get(case.key, {}).get(name, ())) for name in attributes),
            case.uid,
        )
        for case in study.cases.all()
    ]
    columns = ("name", "kind", "persons", "sources", *attributes, "id")
    command.show(columns, rows, options, "There are no cases yet; take a register in with 'qda cases import FILE'.")


def _memos(command: Command, options: argparse.Namespace) -> None:
    rows: list[tuple[Cell | list[str], ...]] = [
        (
            memo.at,
            memo.coder,
            memo.kind,
            memo.target_kind,
            memo.target,
            memo.start,
            memo.end,
            memo.title,
            memo.body,
            memo.uid,
        )
        for memo in command.study.memos.all()
    ]
    columns: tuple[str, ...] = (
        "at",
        "coder",
        "type",
        "about",
        "target",
        "start",
        "end",
        "title",
        "text",
        "id",
    )
    if options.format == "table":
        rows = [(*row[:5], row[7], row[8]) for row in rows]
        columns = ("at", "coder", "type", "about", "target", "title", "text")
    command.show(columns, rows, options, "There are no memos yet; write one with 'qda memos add TEXT'.")


_COLUMNS = {
    "sources": "CSV and JSON have more columns: revision, the SHA-256 of its file, its text and its first file, id.",
    "codes": "CSV and JSON have more columns: name, parent, aliases, whether it is retired, id.",
    "coders": "A consensus is not counted for anybody.",
}
_LISTS = {
    "sources": _sources,
    "codes": _codes,
    "coders": _coders,
    "persons": _persons,
    "cases": _cases,
    "memos": _memos,
}
