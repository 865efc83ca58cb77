"""What a deposit says of the study as a whole: read from a small YAML file, and what is missing in it."""

from __future__ import annotations

from dataclasses import dataclass, field, fields, replace
from typing import TYPE_CHECKING

from qda.errors import BadFileError
from qda.io.codebook.composing import compose
from qda.io.codebook.fields import Fields, refuse
from qda.io.codebook.syntax import Refusal, clean
from qda.io.codebook.tree import Pairs

if TYPE_CHECKING:
    from qda.store import Study

_ASKED = {
    "title": "what the study is called",
    "creators": "who made it",
    "date": "when it was finished",
    "abstract": "what it is about",
    "licence": "under which licence others may use it",
    "access": "who may see it",
}
_LISTS = ("creators", "contributors", "keywords", "languages", "funders", "places")


@dataclass(frozen=True)
class Metadata:
    """What is said of a study; all words as they were typed, empty where nothing is said.

    `collected` is when the data were collected, as a date or as two with `/` between them.
    """

    title: str = ""
    subtitle: str = ""
    creators: tuple[str, ...] = ()
    contributors: tuple[str, ...] = ()
    date: str = ""
    collected: str = ""
    languages: tuple[str, ...] = ()
    abstract: str = ""
    keywords: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    method: str = ""
    sampling: str = ""
    population: str = ""
    publisher: str = ""
    funders: tuple[str, ...] = ()
    contact: str = ""
    identifier: str = ""
    licence: str = ""
    access: str = ""
    version: str = ""
    named: bool = field(default=True, metadata={"told": False})
    """Whether the title was said, and is not only the name of the study's folder."""

    def missing(self) -> list[tuple[str, str]]:
        """What an archive asks for and nobody said: the fields, each with what it means."""
        return [
            (name, said)
            for name, said in _ASKED.items()
            if not (self.named if name == "title" else getattr(self, name))
        ]


NAMES = tuple(one.name for one in fields(Metadata) if one.metadata.get("told", True))


def read_metadata(text: str, file: str) -> Metadata:
    """Read metadata from YAML.

    Raises:
        BadFileError: It is no YAML, a field is unknown, or is no text.
    """
    try:
        root = compose(clean(text))
        if root is not None and not isinstance(root, Pairs):
            refuse(root, "metadata are fields, a line each, as 'title: Coming home'")
        if root is None:
            return Metadata()
        found = Fields(root, NAMES, "the metadata")
        return Metadata(**{name: found.texts(name) if name in _LISTS else found.text(name) for name in NAMES})  # type: ignore[arg-type]
    except Refusal as refusal:
        raise BadFileError(file, refusal.problem, line=refusal.line, column=refusal.column) from None


def completed(given: Metadata, study: Study) -> Metadata:
    """Metadata with what the study itself knows: its name, the languages and dates of its sources."""
    sources = study.sources.all()
    languages = tuple(dict.fromkeys(sorted(one.language for one in sources if one.language)))
    dates = sorted(one.date for one in sources if one.date)
    collected = dates[0] if len(set(dates)) == 1 else f"{dates[0]}/{dates[-1]}" if dates else ""
    return replace(
        given,
        title=given.title or study.title,
        named=bool(given.title),
        languages=given.languages or languages,
        collected=given.collected or collected,
    )
