"""Searching what goes out for names and for words that are withheld, whatever its form; one pass over its words."""

from __future__ import annotations

import html
import io
import re
import zipfile
from typing import TYPE_CHECKING, NamedTuple

from qda.model.naming import Names, is_same_place, runs, words_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from qda.model.confidential import Allowed
    from qda.store.outside import Outside

_PROGRAM = re.compile(r'<(style|script)(?![^>]*type="(?:application/json|text/plain)")[^>]*>.*?</\1>', re.DOTALL)
_MARKUP = re.compile(r"[\ufeff \n]*<(?:\?xml|!doctype|html|svg)", re.IGNORECASE)
"""How what has tags begins; other texts may have a `<` too, and a name behind it (`<Osas>`)."""
_TAG = re.compile(r"<[^<>]*>")
_VALUE = re.compile(r'="([^"]*)"')
_ID = re.compile(r"\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b")
_MARK = re.compile(r'<b id="[cz]\d+"[^>]*></b>')
_ESCAPED = re.compile(r"\\u([0-9a-fA-F]{4})")
_BEFORE_SIGN = re.compile(r"\\(?=[^\w\s])")
_BROKEN_WORD = re.compile(r"(?<=[^\W\d_])-[ >]+(?=[^\W\d_])")
_IN_WORD = re.compile(r"</w:t>(?:(?!</w:p>|<w:tab/>|<w:br/>|<w:t[ >]).)*<w:t(?: [^>]*)?>", re.DOTALL)
"""What stands between two runs of a paragraph of Word, which may be parts of one name."""
_SECRET_RUN = 6
_ZIP = b"PK\x03\x04"


class Leak(NamedTuple):
    """A name that would go out, with the words around it; `secret` where it is words that are withheld."""

    name: str
    words: str
    secret: bool = False


class Searcher:
    """Looks for names and for words that are withheld; what was decided on is left out."""

    def __init__(self, outside: Outside, allowed: Sequence[Allowed]) -> None:
        """Take what is looked for: what a profile does not tell, but for what was decided on."""
        self._names = Names(outside.wanted, outside.common)
        self._secret = {run for words in outside.secret for run in runs(words, _SECRET_RUN)} | outside.rare
        self._sizes = sorted({run.count(" ") + 1 for run in self._secret})
        self._allowed: dict[str, list[str]] = {}
        for one in allowed:
            self._allowed.setdefault(one.name, []).append(one.words)

    def leaks(self, content: str | bytes) -> list[Leak]:
        """What would leak, each once, in the order in which it stands there."""
        found: dict[Leak, None] = {}
        for text in texts_of(content):
            for hit in self._names.find(text):
                if not any(is_same_place(hit, words) for words in self._allowed.get(hit.name, ())):
                    found[Leak(hit.name, hit.words)] = None
            for words in dict.fromkeys((text, _BROKEN_WORD.sub("", text))):
                for stretch in self._secrets(words):
                    if stretch not in self._allowed:
                        found[Leak(stretch, stretch, secret=True)] = None
        return list(found)

    def _secrets(self, text: str) -> Iterator[str]:
        """Each stretch of withheld words in a text."""
        if not self._secret:
            return
        words = words_of(text)
        first = last = 0
        for start in range(len(words)):
            if start >= last > first:
                yield " ".join(words[first:last])
                first = last = start
            for size in self._sizes:
                if " ".join(words[start : start + size]) in self._secret:
                    first, last = (first if last > start else start), max(last, start + size)
        if last > first:
            yield " ".join(words[first:last])


def texts_of(content: str | bytes) -> Iterator[str]:
    """The words of what goes out, as they are read: without mark-up, with what is escaped written out."""
    if isinstance(content, bytes) and content.startswith(_ZIP):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            for member in archive.infolist():
                yield member.filename
                data = archive.read(member)
                if data.startswith(_ZIP):
                    yield from texts_of(data)
                else:
                    words = data.decode("utf-8", "replace")
                    yield from texts_of(_IN_WORD.sub("", words) if member.filename.startswith("word/") else words)
        return
    text = content.decode("utf-8", "replace") if isinstance(content, bytes) else content
    text = _ID.sub(" ", text)
    marked = _MARKUP.match(text)
    if marked:
        text = _MARK.sub("", _PROGRAM.sub(" ", text))
        text = _TAG.sub(lambda tag: f" {' '.join(_VALUE.findall(tag[0]))} " if '="' in tag[0] else " ", text)
    if marked or text.lstrip("\ufeff \n")[:1] in ("{", "["):
        text = text.replace("\\n", " ").replace("\\t", " ").replace("\\r", " ")
    if "\\u" in text:
        text = (
            _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text).encode("utf-16", "surrogatepass").decode("utf-16")
        )
    text = html.unescape(text) if "&" in text else text
    yield _BEFORE_SIGN.sub("", text) if "\\" in text else text
