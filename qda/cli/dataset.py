"""`qda dataset`: tables of others beside the study: taken in, checked, recoded, crossed, written out."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from qda.cli.command import add_form
from qda.cli.dataset_words import add_own
from qda.cli.parsing import add_action, add_actions, or_list
from qda.errors import QdaError, UsageError, in_file
from qda.model.dataset.recoding import MISSING, Recoding, parse_condition
from qda.model.nouns import many, many_are

if TYPE_CHECKING:
    import argparse

    from qda.cli.command import Command

_LONG = (
    "A dataset is a table (CSV) that others made: it is never a source or a case, and no count of codings includes it."
    " Its file stays byte for byte; recodings are applied whenever it is read. qda fits no models."
)
_MODELS = ("regress", "regression", "model", "logit")
_SHOWN = 20
_MOST_DECIMALS = 6


def run(command: Command, words: list[str]) -> None:
    """List the datasets, or do what is asked with one."""
    if words and words[0] in _MODELS:
        raise UsageError(
            "qda fits no models: write the clean table with 'qda dataset export NAME FILE.csv' for a statistics"
            " program, and take its figures back as facts with their origin: 'qda facts add'"
        )
    parser = command.parser(epilog=_LONG)
    actions = add_actions(parser)
    add_form(add_action(actions, "list", "list the datasets"))
    add_own(actions, _LONG)
    options = parser.parse_args(or_list(words))
    _ACTIONS[options.action](command, options)


def _list(command: Command, options: argparse.Namespace) -> None:
    study = command.study
    with study.database.reading():
        rows = [
            (
                *(one.name, one.rows, len(one.columns), len(study.datasets.recodings(one))),
                *(one.origin, one.note, one.coder, one.at, one.sha256),
            )
            for one in study.datasets.all()
        ]
    columns = ("name", "rows", "columns", "recodings", "origin", "note", "by", "at", "sha256")
    command.show(columns, rows, options, "There are no datasets; 'qda dataset import FILE.csv' takes one in.")


def _import(command: Command, options: argparse.Namespace) -> None:
    from qda.io.datasets import read_dataset
    from qda.io.files import shown

    content, encoding = read_dataset(options.file)
    study, file = command.study, shown(options.file)
    if known := study.datasets.with_bytes(content):
        command.say(f"{file}: these bytes are the dataset '{known.name}' already; nothing was taken in")
        return
    name = options.name or Path(file).stem
    try:
        one = study.datasets.add(name, content, encoding, origin=options.origin or "", note=options.note or "")
    except QdaError as error:
        raise in_file(error, file) from None
    kinds = ", ".join(f"{column} ({kind})" for column, kind in one.columns)
    command.say(f"{file}: dataset '{one.name}', {many(one.rows, 'row')}, {many(len(one.columns), 'column')}: {kinds}")


def _describe(command: Command, options: argparse.Namespace) -> None:
    command.study.datasets.describe(options.name, options.origin, options.note)


def _export(command: Command, options: argparse.Namespace) -> None:
    from qda.io.datasets import dataset_csv, dataset_page

    study = command.study
    with study.database.reading():
        one = study.datasets.get(options.name)
        if options.raw:
            if options.file == "-":
                raise UsageError("a terminal cannot take the bytes of a file; name a file for them")
            command.write(study.datasets.raw(one), options.file)
            return
        data = study.datasets.data(one)
        page = dataset_page(study, one, data)
    command.write(dataset_csv(data), options.file)
    if options.file != "-":
        file = Path(options.file)
        beside = file.with_name(f"{file.stem}-README.md")
        command.write(page, str(beside))
        command.say(f"{many(one.rows, 'row')} are in {file}; {beside} says what they are and what was recoded")


def _remove(command: Command, options: argparse.Namespace) -> None:
    command.study.datasets.remove(options.name)


def _show(command: Command, options: argparse.Namespace) -> None:
    from qda.reports.datasets import column_rows

    study = command.study
    with study.database.reading():
        one = study.datasets.get(options.name)
        rows = column_rows(study, one)
        kept = study.dataset_rules.of(one)
    command.show(("column", "type", "different", "missing", "frequent"), rows, options, "")
    command.say(f"{one.name}: {many(one.rows, 'row')}; origin: {one.origin or 'not given'}; {one.note or 'no note'}")
    for each in kept:
        command.say(f"rule: {each.words}")


def _recodings(command: Command, options: argparse.Namespace) -> None:
    study = command.study
    with study.database.reading():
        found = study.datasets.recodings(study.datasets.get(options.name))
    rows = [
        (
            *(each.recoding.column, each.recoding.was, each.recoding.becomes),
            *(" and ".join(map(str, each.recoding.where)), each.hits, each.reason, each.coder, each.at),
        )
        for each in found
    ]
    columns = ("column", "was", "becomes", "where", "rows", "reason", "by", "at")
    command.show(columns, rows, options, "Nothing is recoded in this dataset.")


def _check(command: Command, options: argparse.Namespace) -> None:
    from qda.io.files import read_text
    from qda.reports.datasets import checked

    study = command.study
    words = list(options.rule)
    if options.rules:
        lines = (line.partition("#")[0].strip() for line in read_text(options.rules).splitlines())
        words += [line for line in lines if line]
    for each in options.forget:
        study.dataset_rules.forget(options.name, each)
    with study.database.reading():
        one = study.datasets.get(options.name)
        if options.forget and not words and not study.dataset_rules.of(one):
            return
        found = checked(study, one, words)
    if options.keep:
        command.say(f"{many_are(study.dataset_rules.keep(options.name, words), 'new rule')} kept with '{one.name}'")
    if options.counts:
        counts = [(each.rule, len(each.flagged), one.rows) for each in found]
        command.show(("rule", "rows", "of"), counts, options, "")
        return
    most = _SHOWN if options.format == "table" and not options.output else one.rows
    flags = [(line, each.rule, said) for each in found for line, said in each.flagged[:most]]
    command.show(("line", "rule", "found"), flags, options, "Every row is as the rules want it.")
    for each in found:
        more = f", the first {most} shown; --format csv lists all" if len(each.flagged) > most else ""
        command.say(f"{each.rule}: {len(each.flagged)} of {many(one.rows, 'row')}{more}")


def _crosstab(command: Command, options: argparse.Namespace) -> None:
    from qda.cli.given import number_of
    from qda.reports.datasets import crossed, long, rounding_notes, wide

    study = command.study
    decimals = number_of(options.decimals, "--decimals")
    if decimals > _MOST_DECIMALS:
        raise UsageError(f"--decimals is at most {_MOST_DECIMALS}, not {decimals}")
    columns = [options.down, *([options.across] if options.across else [])]
    with study.database.reading():
        one = study.datasets.get(options.name)
        found, names = crossed(study, one, columns, [parse_condition(words) for words in options.where])
    if options.format in ("csv", "json"):
        command.show(*long(found, names, decimals), options, "")
        return
    command.show(*wide(found, names, options.percent, decimals), options, "")
    base = options.percent if options.across else "total"
    told = f"{one.name}: {found.counts['(all)', '(all)']} of {many(one.rows, 'row')}; percentages are of the {base}"
    command.say(f"{told}, each rounded for itself")
    for note in rounding_notes(found, names, options.percent, decimals):
        command.say(f"note: {note}")


def _recode(command: Command, options: argparse.Namespace) -> None:
    where = tuple(parse_condition(words) for words in options.where)
    was, becomes = ("" if words == MISSING else words for words in (options.was, options.becomes))
    if was is None and not where:
        raise UsageError("say which values are recoded: --from VALUE, or --where COLUMN=VALUE")
    wanted = Recoding(options.column, was, becomes, where)
    hits, rows = command.study.datasets.recode(options.name, wanted, options.reason)
    command.say(f"{hits} of {many(rows, 'row')} are recoded; the file itself stays, and 'qda undo' takes this back")


_ACTIONS = {
    "list": _list,
    "import": _import,
    "describe": _describe,
    "export": _export,
    "remove": _remove,
    "show": _show,
    "recodings": _recodings,
    "check": _check,
    "crosstab": _crosstab,
    "recode": _recode,
}
