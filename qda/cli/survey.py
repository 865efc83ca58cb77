"""`qda survey`: tables of answers: what their columns may be, and taking respondents in."""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import TYPE_CHECKING

from qda.cli.command import add_form
from qda.cli.given import check_date, language_of
from qda.cli.parsing import add_action, add_actions
from qda.errors import QdaError, UsageError, in_file
from qda.model.nouns import many, many_are

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence

    from qda.cli.command import Command
    from qda.io.surveys.proposing import Proposal
    from qda.io.surveys.respondents import Asked, Survey
    from qda.model.surveys import Surveyed, SurveyTable

_FILE = "the table: .csv, .xlsx (its first sheet) or .sav of SPSS, a row for each respondent"
_LONG = (
    "Each respondent becomes a source with a turn for each open question and each answer, a person, and a case with the"
    " closed answers as values; all of it is one action. Who is in the study already stays as they are, and what the"
    " table says otherwise of them is listed. Columns that are not named stay out of the study."
)
_SHOWN = 20


def run(command: Command, words: list[str]) -> int:
    """Propose what the columns of a table are, or take respondents in."""
    parser = command.parser(epilog=_LONG)
    actions = add_actions(parser)
    said = "list the columns of a table with what each may be: id, open, closed, multiple, empty or ?"
    columns = add_action(actions, "columns", said)
    take = add_action(actions, "import", "take the respondents of a table in", _LONG)
    for one in (columns, take):
        one.add_argument("file", help=_FILE)
        one.add_argument(
            "--missing", nargs="+", action="extend", default=[], metavar="CODE", help="cells that say nothing, as -99"
        )
    _add_columns(take)
    take.add_argument("--name", metavar="PATTERN", help="names of sources and cases (default: FILE {id})")
    take.add_argument("--language", default="", help="a code of ISO 639 or an English name, as nl or Dutch")
    take.add_argument("--date", default="", help="as 2024, 2024-05 or 2024-05-14, where a respondent has none")
    take.add_argument("--dry-run", action="store_true", help="only list what would become of each respondent")
    for one in (columns, take):
        add_form(one)
    options = parser.parse_args(words)
    if options.action == "columns":
        return _columns(command, options)
    return _import(command, options)


def _add_columns(take: argparse.ArgumentParser) -> None:
    take.add_argument("--id", metavar="COLUMN", default="", help="the column that names the respondents")
    for name, said in (
        ("--open", "open questions: each answer is a turn"),
        ("--closed", "closed questions: values of the cases"),
    ):
        take.add_argument(name, nargs="+", action="extend", default=[], metavar="COLUMN", help=said)
    take.add_argument(
        "--multiple",
        nargs="+",
        action="extend",
        default=[],
        metavar="STEM",
        help="questions with several answers, a column each: their common beginning",
    )
    take.add_argument("--dated", metavar="COLUMN", default="", help="the column with the day of each answer")
    take.add_argument("--as-proposed", action="store_true", help="take the id, open and closed columns as proposed")


def _columns(command: Command, options: argparse.Namespace) -> int:
    from qda.io.surveys.proposing import propose
    from qda.io.surveys.reading import read_survey

    table = read_survey(Path(options.file), missing=options.missing)
    proposals = propose(table)
    rows = [
        (one.column.name, one.column.question, one.filled, one.distinct, round(one.words, 1), one.role, one.example)
        for one in proposals
    ]
    names = ("column", "question", "filled", "distinct", "words", "proposal", "example")
    if options.format in ("table", "md"):
        rows = [(name, *rest, " ".join(example.split())[:60]) for name, _, *rest, example in rows]  # type: ignore[misc]
        names = (names[0], *names[2:])  # type: ignore[assignment]
    command.show(names, rows, options, "")
    command.say(f"{many(len(table.rows), 'respondent')}. {_next(options.file, proposals)}")
    return 0


def _next(file: str, proposals: Sequence[Proposal]) -> str:
    """The command that takes a table in as it is proposed; the user decides."""
    from qda.io.surveys.proposing import chosen, told_left_out

    by_role = {role: chosen(proposals, role) for role in ("id", "open", "closed", "multiple")}
    words = ["qda", "survey", "import", file]
    for role, names in by_role.items():
        if names:
            words += [f"--{role}", *(names[:1] if role == "id" else names)]
    missing = [f"--{role}" for role in ("id", "open") if not by_role[role]]
    hint = f" (name {' and '.join(missing)} yourself)" if missing else ""
    proposed = f"A proposal, to be read and changed{hint}: {shlex.join(words)}"
    return "\n".join(filter(None, (proposed, told_left_out(proposals))))


def _import(command: Command, options: argparse.Namespace) -> int:
    from qda.io.surveys.reading import read_survey
    from qda.io.surveys.respondents import respondents_of
    from qda.store.surveys import Fields

    if options.date:
        check_date(options.date)
    language = language_of(options.language)
    file = Path(options.file)
    table = read_survey(file, missing=options.missing)
    asked = _asked(options, table)
    survey = respondents_of(table, asked, options.file)
    study = command.study
    try:
        if options.dry_run:
            found = study.surveys.compare(survey.respondents, asked.name)
            _show(command, options, survey, found)
        else:
            fields = Fields(language, options.date, f"{file.stem} questionnaire")
            summary = f"survey {file.name}"
            found = study.surveys.import_rows(survey.respondents, survey.attributes, asked.name, fields, summary)
    except QdaError as error:
        raise in_file(error, options.file) from None
    verb = "would come in" if options.dry_run else "came in"
    command.say(
        f"{file}: {many(len(found.new), 'respondent')} {verb}, {many_are(len(found.here), 'other')} here already"
    )
    _say_changes(command, found)
    return 0


def _asked(options: argparse.Namespace, table: SurveyTable) -> Asked:
    from qda.io.surveys.proposing import chosen, propose
    from qda.io.surveys.respondents import Asked

    ident, asked_open, closed, multiple = options.id, options.open, options.closed, options.multiple
    if options.as_proposed:
        proposals = propose(table)
        ident = ident or next(iter(chosen(proposals, "id")), "")
        used = {ident, options.dated, *asked_open, *closed}
        multiple = multiple or chosen(proposals, "multiple")
        asked_open = asked_open or [name for name in chosen(proposals, "open") if name not in used]
        free = [name for name in chosen(proposals, "closed") if name not in used]
        closed = closed or [name for name in free if not name.startswith(tuple(multiple))]
    if not ident or not asked_open:
        what = "--id (which column names the respondents)" if not ident else "--open (which columns are open questions)"
        raise UsageError(f"say {what}; 'qda survey columns {options.file}' proposes both")
    name = options.name or f"{Path(options.file).stem} {{id}}"
    return Asked(ident, tuple(asked_open), tuple(closed), tuple(multiple), options.dated, name)


def _show(command: Command, options: argparse.Namespace, survey: Survey, found: Surveyed) -> None:
    new = set(found.new)
    rows = [
        (
            *(
                one.name,
                "new" if one.name in new else "here already",
                sum(bool(answer.words) for answer in one.answers),
            ),
            [f"{name}={', '.join(values)}" for name, values in one.values.items()],
        )
        for one in survey.respondents
    ]
    command.show(("name", "what", "answers", "values"), rows, options, "Nobody would come in.")


def _say_changes(command: Command, found: Surveyed) -> None:
    """Where the table differs from what came in before; nothing of that is changed."""
    for one in found.differences[:_SHOWN]:
        command.say(f"  {one.name}: '{one.column}' is {_cut(one.now)} now; the study keeps {_cut(one.before)}")
    if len(found.differences) > _SHOWN:
        command.say(f"  and {many(len(found.differences) - _SHOWN, 'more difference')}")
    if found.gone:
        names = ", ".join(f"'{name}'" for name in found.gone[:_SHOWN])
        command.say(f"  in the study and not in the table any more: {names}")


def _cut(words: str) -> str:
    line = " ".join(words.split())
    return f"'{line if len(line) <= 60 else line[:59] + '…'}'"
