"""Taking a survey in from the screen: what the columns may be stands in a form, to be changed before it holds."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from qda.errors import QdaError, in_file
from qda.io.surveys.proposing import chosen, propose, told_left_out
from qda.io.surveys.reading import ENDINGS, read_survey
from qda.io.surveys.respondents import Asked, respondents_of
from qda.io.tables import join_values, split_values
from qda.model.nouns import many
from qda.tui.forms import Field, Form, Reading

if TYPE_CHECKING:
    from pathlib import Path

    from qda.model.surveys import Surveyed
    from qda.tui.forms import Values
    from qda.tui.sources import SourcesScreen

_SHOWN = 200
_SAID = "A proposal. Several columns have | between them; multiple: what the columns of one question begin with."


def is_survey(path: Path) -> bool:
    """Whether a path is that of a table."""
    return path.suffix.casefold() in ENDINGS and path.is_file()


async def ask_columns(screen: SourcesScreen, file: Path, language: str) -> None:
    """Ask what the columns of a table are; the proposal stands in the form already."""
    import asyncio

    screen.say(f"reading {file.name}")
    try:
        proposals = propose(await asyncio.to_thread(read_survey, file))
    except QdaError as error:
        screen.say(str(error), error=True)
        return
    proposed = {role: chosen(proposals, role) for role in ("id", "open", "closed", "multiple")}
    fields = [
        Field("id", next(iter(proposed["id"]), "")),
        *(Field(role, join_values(proposed[role])) for role in ("open", "closed", "multiple")),
        *(Field("dated", hint="the column with the day, or nothing"), Field("name", f"{file.stem} {{id}}")),
    ]
    said = f"{_SAID} {told_left_out(proposals)}"
    act = partial(_take, screen, file, language)
    screen.app.push_screen(Form(f"What the columns of {file.name} are", fields, act, said, does="takes them in"))


def _take(screen: SourcesScreen, file: Path, language: str, values: Values) -> None:
    """Take the respondents in, and say who is new and what differs.

    Raises:
        QdaError: A column is not there, or a row cannot be taken.
    """
    from qda.store.surveys import Fields

    table = read_survey(file)
    if not values["id"] or not values["open"]:
        raise QdaError("name the column with the respondents, and an open question at least")
    asked_open, closed, multiple = (split_values(values[name]) for name in ("open", "closed", "multiple"))
    asked = Asked(values["id"], asked_open, closed, multiple, values["dated"], values["name"])
    study = screen.workspace.study
    try:
        survey = respondents_of(table, asked, str(file))
        fields = Fields(language, "", f"{file.stem} questionnaire")
        summary = f"survey {file.name}"
        found = study.surveys.import_rows(survey.respondents, survey.attributes, asked.name, fields, summary)
    except QdaError as error:
        raise in_file(error, str(file)) from None
    screen.call_after_refresh(_tell, screen, found)


def _tell(screen: SourcesScreen, found: Surveyed) -> None:
    screen.workspace.refresh()
    screen.show()
    said = f"{many(len(found.new), 'respondent')} came in, {len(found.here)} here already"
    screen.say(said)
    lines = [
        f"{one.name}: '{one.column}' is '{one.now}' now; the study keeps '{one.before}'" for one in found.differences
    ]
    lines += [f"in the study and not in the table any more: '{name}'" for name in found.gone]
    if lines:
        screen.app.push_screen(Reading(said, "\n".join(lines[:_SHOWN])))
