"""What is looked for in what goes out is found in every form: tags, archives in archives, signs of escape."""

from __future__ import annotations

import io
import zipfile

import pytest

from qda.io.leaking import Searcher
from qda.model.confidential import Allowed
from qda.store.outside import Outside

SEEN = Outside(
    "public", secret=("one two three four five six seven eight", "a b c d e f g"), wanted=frozenset({"osas"})
)


def _zipped(name: str, data: bytes) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr(name, data)
    return made.getvalue()


@pytest.mark.parametrize(
    "content",
    [
        "<Osas> a text with tags of its own",
        '<!doctype html><p title="of Osas">',
        "<?xml version='1.0'?><a>Os&#97;s</a>",
        '{"a": "An-\\nna and Os-\\nas"}',
        '["\\u004fsas"]',
        _zipped("sources/x.vtt", b"<v Osas>Hello"),
        _zipped("inside.zip", _zipped("no ending", b"by osas")),
        _zipped("Osas.txt", b""),
        _zipped("word/document.xml", b"<?xml?><w:p><w:r><w:t>Os</w:t></w:r><w:r><w:t>as</w:t></w:r></w:p>"),
    ],
)
def test_a_name_is_found_in_every_form(content: str | bytes) -> None:
    assert [leak.name for leak in Searcher(SEEN, []).leaks(content)] == ["osas"]


def test_a_decision_on_some_withheld_words_lets_no_longer_stretch_out() -> None:
    allowed = [Allowed(1, "", "one two three four five six", "", "", "", "")]
    searcher = Searcher(SEEN, allowed)
    assert searcher.leaks("so one two three four five six, x") == []
    for words, stretch in (
        ("One two three four- five six seven; one two", "one two three four five six seven"),
        ("x two three fo- ur five six seven", "two three four five six seven"),
        ("a b c d e f g h", "a b c d e f g"),
    ):
        assert [leak.words for leak in searcher.leaks(words)] == [stretch]
