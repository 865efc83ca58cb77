"""`qda check`: prove that the study, its exports and its codebook files are sound."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from qda.model.nouns import many, many_are

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qda.cli.command import Command
    from qda.io.codebook.difference import Difference
    from qda.store import Study


def run(command: Command, words: list[str]) -> int:
    """Check everything and list what is wrong; returns 1 where something is."""
    from qda.store.check import check_study

    parser = command.parser(
        epilog="Looks at the database, at texts and originals, at the places of codings and at links between things;"
        " proves that each quote in exports/ (Markdown) stands letter for letter where it says; and notes codebook"
        " files in codebooks/ that say something else than the study, and where the registers do not say what the"
        " settings 'totals' and 'fieldwork' state. Each problem is a line; exit code 1 then."
    )
    parser.parse_args(words)
    study = command.study
    problems = check_study(study, _tell)
    quotes, wrong = _check_quotes(study)
    problems += wrong
    notes = [*_drift(study), *_to_look_at(study), *_stated(study), *_queries(study), *_translations(study)]
    for sentence in problems:
        command.write(f"{sentence}\n")
    for sentence in notes:
        command.say(f"note: {sentence}")
    if problems:
        command.say(f"{many_are(len(problems), 'thing')} wrong")
        return 1
    codings, proved = many(study.codings.count(), "coding"), many(quotes, "quote")
    command.say(f"All is sound: {codings}, {proved} verbatim at {'its' if quotes == 1 else 'their'} place")
    return 0


def _tell(what: str) -> None:
    if sys.stderr.isatty():
        sys.stderr.write(f"\rchecking {what}\x1b[K\r")
        sys.stderr.flush()


def _check_quotes(study: Study) -> tuple[int, list[str]]:
    """The quotes in the exports, and those that do not stand verbatim at their place."""
    from qda.errors import QdaError
    from qda.io.files import read_text
    from qda.io.quotes import check_quotes, count

    names = study.sources.names()
    texts: dict[str, str] = {}

    def text_of(name: str) -> str | None:
        if name not in names:
            return None
        if name not in texts:
            texts[name] = study.sources.text(names[name])
        return texts[name]

    total, wrong = 0, []
    for file in sorted((study.folder / "exports").rglob("*.md")):
        try:
            markdown = read_text(file)
        except QdaError as error:
            wrong.append(str(error))
            continue
        total += count(markdown)
        wrong += check_quotes(markdown, str(file.relative_to(study.folder)), text_of)
    return total, wrong


def _drift(study: Study) -> Iterator[str]:
    """Codebook files that were taken in and say something else than the study now."""
    from qda.cli.codebook import read
    from qda.errors import QdaError
    from qda.io.codebook import diff_codebooks
    from qda.model.codebook import Codebook

    whole = study.codebook.codebook()
    for name in study.codebook.files():
        file = study.folder / "codebooks" / name
        if not file.is_file():
            continue
        try:
            book = read(str(file))
        except QdaError as error:
            yield str(error)
            continue
        roots = {code.name for code in book.codes}
        here = Codebook(codes=tuple(code for code in whole.codes if code.name in roots))
        found = [one for one in diff_codebooks(Codebook(codes=book.codes), here) if not _stamped(one)]
        if found:
            yield f"codebooks/{name} and the study differ in {many(len(found), 'place')}; see 'qda codebook diff'"


def _to_look_at(study: Study) -> Iterator[str]:
    """How many codings need a look since an edit of their text."""
    review, lost = study.review.counts()
    if review:
        yield f"{many_are(review, 'coding')} to be reviewed; 'qda codings flagged' lists them"
    marks = sum(one.anchor > 0 for one in study.sensitive.all())
    if marks:
        yield f"{many(marks, 'confidential segment')} to be looked at since its text was edited; see 'qda sensitive'"
    cited_review, cited_lost = study.claims.flagged()
    if cited_review or cited_lost:
        yield (
            f"{many_are(cited_review, 'citation')} to be looked at, {cited_lost} lost the words cited, since a text was"
            " corrected; 'qda claims' and its 'show' list them"
        )
    if lost:
        verb = "has lost its" if lost == 1 else "have lost their"
        yield f"{many(lost, 'coding')} {verb} words in an edit; 'qda codings flagged' lists them"


def _stated(study: Study) -> Iterator[str]:
    """What the team states of its material and the registers say otherwise."""
    from qda.store.stated import stated_notes

    yield from stated_notes(study)


def _queries(study: Study) -> Iterator[str]:
    """Saved queries that name something that is not there any more."""
    from qda.errors import QdaError
    from qda.reports.querying import checked

    for one in study.queries.all():
        try:
            checked(study, one.text)
        except QdaError as error:
            yield f"the query '{one.name}' finds nothing any more: {error}"


def _translations(study: Study) -> Iterator[str]:
    """Translations whose alignment is of an older text, and codings in them that are counted nowhere."""
    names = {key: name for name, key in study.sources.names().items()}
    codes = frozenset(code.key for code in study.codebook.tree().codes)
    for one in study.translations.all():
        name = names.get(one.source, "")
        if study.translations.is_stale(one):
            yield (
                f"'{name}' was aligned with its original in an older text, and the alignment follows the words; look"
                " at it with 'qda translation show', and keep it with 'qda translation align'"
            )
        if strays := study.translations.strays(one, codes):
            yield (
                f"{many_are(strays, 'coding')} counted nowhere, on words of the translation '{name}' with which"
                " nothing of its original is aligned; 'qda translation show' lists them"
            )
    for key in study.translations.chained():
        yield f"'{names.get(key, '')}' translates a translation, so it counts by itself; link it to the original"


def _stamped(found: Difference) -> bool:
    """Whether the only difference is the origin that a code got when it was taken over."""
    return found.field == "origin" and not found.old
