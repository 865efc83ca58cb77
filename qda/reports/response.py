"""The response to a frame: how many units answered, who is missing, and what changed between versions."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from qda.model.frames import IN, moved, response, response_words

if TYPE_CHECKING:
    from qda.model.frames import FrameVersion, Response
    from qda.store import Study


class Found(NamedTuple):
    """The response to a version, in figures and in sentences."""

    version: FrameVersion
    figures: Response
    sentences: list[str]


def respond(study: Study, name: str = "") -> Found:
    """The response to a version of the frame, the last one without a name.

    Raises:
        QdaError: There is no such version.
    """
    with study.database.reading():
        version = study.frames.get(name)
        units = study.frames.units(version)
        figures = response(units)
        sentences = [response_words(version.name, figures)]
        versions = study.frames.versions()
        place = [one.key for one in versions].index(version.key)
        if place:
            before = versions[place - 1]
            gone, come = moved(study.frames.units(before), units)
            held = f" since {version.since}" if version.since else ""
            went, came = ", ".join(gone) or "nobody", ", ".join(come) or "nobody"
            sentences.append(f"Against the frame '{before.name}'{held}: out {went}; in {came}.")
        cases = study.cases.known()
        lost = [unit.name for unit in units if unit.status == IN and cases.find(unit.case or unit.name) is None]
        if lost:
            sentences.append(f"In, but without a case of the name in the study: {', '.join(lost)}.")
    return Found(version, figures, sentences)


def frame_note(study: Study) -> list[str]:
    """The response in one sentence for reports that say what they stand on; nothing where no frame is entered."""
    versions = study.frames.versions()
    if not versions:
        return []
    return [response_words(versions[-1].name, response(study.frames.units(versions[-1])))]
