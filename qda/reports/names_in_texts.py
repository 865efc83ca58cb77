"""Where the names of persons stand in the texts of a study, so that they can be blacked out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qda.model.confidential import BLACK_OUT
from qda.model.naming import Names
from qda.store.naming_people import wanted_words
from qda.store.sensitive import SensitiveRow

if TYPE_CHECKING:
    from collections.abc import Collection

    from qda.store import Study


def named_places(study: Study, persons: Collection[str] = (), reason: str = "") -> list[SensitiveRow]:
    """The places of words of persons' names in the current texts, longest first where they meet.

    Args:
        study: The study.
        persons: Whose names; empty: everybody's.
        reason: Why they are to be blacked out.

    Raises:
        QdaError: Nobody is called so.
    """
    chosen = {study.persons.find(name) for name in persons}
    people = [one for one in study.persons.all() if not chosen or one.key in chosen]
    names = [name for one in people for name in (one.name.rpartition("/")[2], one.label) if name]
    looked_for = Names(*wanted_words(study, names))
    places = [
        (source.name, hit.start, hit.end)
        for source in study.sources.all()
        for hit in looked_for.find(study.sources.text(source.key))
    ]
    return [SensitiveRow(name, "", start, end, BLACK_OUT, reason) for name, start, end in sorted(set(places))]
