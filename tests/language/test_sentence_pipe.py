"""The component `qda_sentences` gives pipelines of spaCy the boundaries that the plain function gives."""

from __future__ import annotations

import gold
import pytest

from qda.language import sentence_pipe
from qda.language.sentences import sentences

spacy = pytest.importorskip("spacy")


@pytest.mark.parametrize("language", ["en", "nl", "nb"])
def test_a_pipeline_has_the_same_boundaries(language: str) -> None:
    nlp = sentence_pipe.pipeline(language)
    for text, _ in gold.stretches(f"{language}_dev"):
        assert [text[sent.start_char : sent.end_char].strip() for sent in nlp(text).sents] == [
            text[start:end] for start, end in sentences(text, 0, len(text), language)
        ]


@pytest.mark.parametrize("code", ["no", "nn", "nl-BE", "ckb", "ja", "zz", ""])
def test_any_code_has_a_pipeline(code: str) -> None:
    assert len(list(sentence_pipe.pipeline(code)("Een zin. Nog een.").sents)) == 2


def test_a_pipeline_of_another_can_have_it() -> None:
    sentence_pipe.register()
    nlp = spacy.blank("nl")
    nlp.add_pipe("qda_sentences")
    assert [sent.text for sent in nlp("Hij kwam bijv. Toos halen. Nu niet.").sents] == [
        "Hij kwam bijv. Toos halen.",
        "Nu niet.",
    ]
    assert [len(list(doc.sents)) for doc in nlp.pipe(["", "   ", "Ja. Nee."])] == [0, 1, 2]
