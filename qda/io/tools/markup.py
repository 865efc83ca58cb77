"""The words of HTML with nothing but the tags left out, as tools count places that keep their texts so."""

from __future__ import annotations

from html.parser import HTMLParser


def words_of(html: str) -> str:
    """All text between the tags, in order, with LF line ends; a line end right behind `<pre>` is none."""
    reader = _Words()
    reader.feed(html.replace("\r\n", "\n").replace("\r", "\n"))
    reader.close()
    return "".join(reader.parts)


class _Words(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self._opened = False

    def handle_starttag(self, tag: str, attrs: object) -> None:  # noqa: ARG002 - it is called so
        """A tag begins."""
        self._opened = tag == "pre"

    def handle_endtag(self, tag: str) -> None:  # noqa: ARG002 - it is called so
        """A tag ends."""
        self._opened = False

    def handle_data(self, data: str) -> None:
        """Words stand between tags."""
        self.parts.append(data.removeprefix("\n") if self._opened else data)
        self._opened = False
