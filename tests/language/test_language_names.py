"""Languages are named by codes and names, and kept as one code."""

from __future__ import annotations

import pytest

from qda.errors import QdaError
from qda.language.names import language_code


@pytest.mark.parametrize(
    ("words", "code"),
    [
        *(("nl", "nl"), ("NL", "nl"), ("nld", "nl"), ("dut", "nl"), ("Dutch", "nl"), (" nederlands ", "nl")),
        *(("no", "no"), ("norsk", "no"), ("nb", "nb"), ("Bokmål", "nb"), ("Bokma\u030al", "nb"), ("nob", "nb")),
        *(("English", "en"), ("FARSI", "fa"), ("فارسی", "fa"), ("ትግርኛ", "ti"), ("Türkçe", "tr")),
        *(("Dari", "prs"), ("Sorani", "ckb"), ("tig", "tig"), ("Moroccan  Arabic", "ary"), ("serbo-croatian", "sh")),
        *(("nl_be", "nl-BE"), ("zh-hans", "zh-Hans"), ("zh-hant-tw", "zh-Hant-TW"), ("es-419", "es-419")),
        *(("Lao", "lo"), ("Twi", "tw"), ("mul", "mul"), ("ber", "ber"), ("qaa", "qaa"), ("", ""), ("  ", "")),
    ],
)
def test_a_language_is_kept_as_its_code(words: str, code: str) -> None:
    assert language_code(words) == code
    assert language_code(code) == code


@pytest.mark.parametrize(
    "words", ["xx", "xyz", "qzz", "d", "5", "nl-", "-nl", "nl-Belgium", "nl,en", "klingonish", "🙂", "x-nl", "nl-be-x"]
)
def test_nonsense_is_refused(words: str) -> None:
    with pytest.raises(QdaError, match="is no language known here.*such as nl or Dutch"):
        language_code(words)


@pytest.mark.parametrize(("words", "near"), [("Dutchh", "Dutch"), ("Norwegain", "Norwegian"), ("tigrinia", "Tigrinya")])
def test_the_nearest_name_is_said(words: str, near: str) -> None:
    with pytest.raises(QdaError, match=f"did you mean '{near}'"):
        language_code(words)
