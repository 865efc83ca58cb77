"""Our sentences in pipelines of spaCy, as the component `qda_sentences`; spaCy loads only when a function is called."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from qda.language.sentences import sentences

if TYPE_CHECKING:
    from collections.abc import Callable

    from spacy.language import Language
    from spacy.tokens import Doc

NAME = "qda_sentences"


def pipeline(language: str) -> Language:
    """A blank pipeline for a language that knows our sentences; a general one where spaCy has none for it."""
    import spacy

    register()
    code = language.lower().replace("_", "-").split("-")[0]
    try:
        nlp = spacy.blank({"no": "nb"}.get(code, code) or "xx")
    except ImportError:  # a language that is unknown, or whose tokenizer wants a package that is not here
        nlp = spacy.blank("xx")
    nlp.add_pipe(NAME, config={"language": language})
    return nlp


@cache
def register() -> None:
    """Make the component known to spaCy, so that `nlp.add_pipe("qda_sentences")` finds it."""
    from spacy.language import Language

    Language.factory(NAME, default_config={"language": None}, assigns=["token.is_sent_start"], func=component)


# spaCy reads the annotations of a factory when it is registered, so they name nothing that is not loaded.
def component(nlp: object, name: str, language: str | None) -> Callable[[Doc], Doc]:  # noqa: ARG001 - spaCy's form
    """What marks the sentences of a document, in a language given or in that of its pipeline."""
    code = language if language is not None else str(getattr(nlp, "lang", ""))
    return lambda doc: mark(doc, code)


def mark(doc: Doc, language: str) -> Doc:
    """Mark which tokens begin a sentence.

    A boundary inside a token is lost; white space between two sentences belongs to the one before it.
    """
    starts = {start for start, _ in sentences(doc.text, 0, len(doc.text), language)[1:]}
    for token in doc:
        token.is_sent_start = token.i == 0 or token.idx in starts
    return doc
