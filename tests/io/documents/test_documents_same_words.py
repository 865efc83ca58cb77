"""The same words in each kind of document and in five languages are the same text, with the same turns."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from document_files import in_each_kind

from qda.io.transcripts import is_transcript, read_transcript

if TYPE_CHECKING:
    from pathlib import Path

TALKS = {
    "English": ["I: How did it begin?", "", "R1: It’s “said” – naïve {me} & <you> \\ 5 €.", "I: Why?", "R1: Because."],
    "Dutch": ["I: Hoe begon het?", "R1: Eén ideeën-\u00adboek; ĳs.", "I: Waarom?", "R1: Daarom, 's avonds."],
    "Norwegian": ["I: Hvordan gikk det på båten?", "R1: Æ, ø, å – vi stolte på båten.", "I: Og nå?", "R1: Nå?"],
    "Sorani": ["I: چۆن بوو؟", "R1: ئێمە لە سلێمانی بووین، ١٢ ساڵ. ڕۆژ\u200cباش", "I: بۆچی؟", "R1: مرحبا \u200fبالعالم"],
    "signs": ["I: e\u0301 a\u030a ḍ̣?", "R1: 🚢👩\u200d👩\u200d👧 🇳🇴 漢字 \ufffd", "I: דן?", "R1: \U0001f642\ufe0f"],
}


@pytest.mark.parametrize("language", TALKS)
def test_the_same_words_are_the_same_text(tmp_path: Path, language: str) -> None:
    paragraphs = TALKS[language]
    for ending, data in in_each_kind(paragraphs).items():
        for name in (f"{language}.{ending}", f"{ending}.txt"):  # the content decides, whatever it is called
            (tmp_path / name).write_bytes(data)
            read = read_transcript(tmp_path / name)
            assert (read.format, read.text) == (ending, "\n".join(paragraphs))
            assert [turn.label for turn in read.turns] == ["I", "R1", "I", "R1"]
            assert read.original == data
            assert is_transcript(tmp_path / name)
