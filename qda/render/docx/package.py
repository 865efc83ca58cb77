"""The file around a document: its parts, with footnotes, comments and what it was made from, packed the same each time.

The parts are those of Office Open XML (ECMA-376, part 1: 11.3 for WordprocessingML; part 2 for the package). Nothing
outside is referred to, and there is no name of a user or machine and no clock in it.
"""

from __future__ import annotations

import json
import zipfile
from importlib.resources import files
from io import BytesIO
from typing import TYPE_CHECKING, Any

from qda.render.docx.words import Look, escaped, is_right_to_left, paragraph, runs, said

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_R = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
MADE_FROM = "customXml/item1.xml"
"""The part that says, as JSON, by which commands the reports in it were made."""
_FIXED = (1980, 1, 1, 0, 0, 0)

# Parts of the main document: name, what it is related as, its content type.
_BESIDE = (
    ("styles.xml", "styles", "styles"),
    ("numbering.xml", "numbering", "numbering"),
    ("settings.xml", "settings", "settings"),
    ("footer1.xml", "footer", "footer"),
    ("footnotes.xml", "footnotes", "footnotes"),
    ("comments.xml", "comments", "comments"),
)
_SETTINGS = (
    '<w:zoom w:percent="100"/><w:defaultTabStop w:val="567"/><w:characterSpacingControl w:val="doNotCompress"/>'
    '<w:footnotePr><w:footnote w:id="-1"/><w:footnote w:id="0"/></w:footnotePr>'
    '<w:compat><w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word"'
    ' w:val="15"/></w:compat><w:decimalSymbol w:val="."/><w:listSeparator w:val=","/>'
)
_NUMBERING = (
    '<w:abstractNum w:abstractNumId="0"><w:multiLevelType w:val="hybridMultilevel"/><w:lvl w:ilvl="0">'
    '<w:start w:val="1"/><w:numFmt w:val="bullet"/><w:pStyle w:val="ListBullet"/><w:lvlText w:val="•"/>'
    '<w:lvlJc w:val="left"/><w:pPr><w:ind w:left="284" w:hanging="284"/></w:pPr></w:lvl></w:abstractNum>'
    '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
)
_FOOTER = (
    '<w:p><w:pPr><w:pStyle w:val="Footer"/></w:pPr><w:r><w:fldChar w:fldCharType="begin"/></w:r>'
    '<w:r><w:instrText xml:space="preserve"> PAGE </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    '<w:r><w:t>1</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>'
)
_SEPARATORS = "".join(
    f'<w:footnote w:type="{kind}" w:id="{number}"><w:p><w:r><w:{kind}/></w:r></w:p></w:footnote>'
    for kind, number in (("separator", -1), ("continuationSeparator", 0))
)
TALL, WIDE = (11_906, 16_838), (16_838, 11_906)
MARGIN = 1_134
"""Pages (A4) and their margins in twentieths of a point."""


class Document:
    """A document that is being written, from its first paragraph to its last; equal words give equal bytes."""

    def __init__(self, title: str) -> None:
        self._title = title
        self._blocks: list[str] = []
        self._footnotes: list[str] = []
        self._comments: list[str] = []
        self._page = TALL
        self._headings: list[tuple[str, int]] = []
        self._contents: int | None = None

    def heading(self, text: str, level: int, *, over: bool = False) -> None:
        """A heading of a level from 1 to 4; with `over` it begins a page."""
        number = len(self._headings) + 1
        self._headings.append((text, level))
        mark = f'<w:bookmarkStart w:id="{number}" w:name="_Toc{number:08}"/>'
        inside = f'{mark}{runs(text)}<w:bookmarkEnd w:id="{number}"/>'
        settings = f'<w:pStyle w:val="Heading{level}"/>{"<w:pageBreakBefore/>" if over else ""}'
        settings += "<w:bidi/>" if is_right_to_left(text) else ""
        self._blocks.append(f"<w:p><w:pPr>{settings}</w:pPr>{inside}</w:p>")

    def contents(self) -> None:
        """Here stands the table of contents of all headings of the first level."""
        self._contents = len(self._blocks)
        self._blocks.append("")

    def add(self, *blocks: str) -> None:
        """Paragraphs and tables, as XML."""
        self._blocks += blocks

    def turn(self, page: tuple[int, int]) -> None:
        """Go on, on pages of this size: a new section where they were of another."""
        if page != self._page:
            if self._blocks:
                self._blocks.append(f"<w:p><w:pPr>{_section(self._page)}</w:pPr></w:p>")
            self._page = page

    def footnote(self, text: str) -> str:
        """The run that leads to a new footnote at the bottom of the page."""
        number = len(self._footnotes) + 1
        mark = '<w:r><w:rPr><w:rStyle w:val="FootnoteReference"/></w:rPr><w:footnoteRef/></w:r>'
        inside = paragraph(f"{mark}{runs(f' {text}')}", "FootnoteText", right=is_right_to_left(text))
        self._footnotes.append(f'<w:footnote w:id="{number}">{inside}</w:footnote>')
        return f'<w:r><w:rPr><w:rStyle w:val="FootnoteReference"/></w:rPr><w:footnoteReference w:id="{number}"/></w:r>'

    def comment(self, author: str, sentences: Sequence[str]) -> int:
        """A new comment in the margin; returns its number, by which its words are marked."""
        number = len(self._comments)
        mark = '<w:r><w:rPr><w:rStyle w:val="CommentReference"/></w:rPr><w:annotationRef/></w:r>'
        first, *others = sentences
        inside = paragraph(mark + runs(first, Look(bold=True)), "CommentText", right=is_right_to_left(first))
        inside += "".join(said(one, "CommentText") for one in others)
        initials = "".join(word[0] for word in author.split())[:3] or "?"
        self._comments.append(
            f'<w:comment w:id="{number}" w:author="{escaped(author)}" w:initials="{escaped(initials)}">'
            f"{inside}</w:comment>"
        )
        return number

    def close(self, made_from: Sequence[Any] = ()) -> bytes:
        """The finished file; `made_from` is what `qda verify` makes it anew from."""
        if self._contents is not None:
            self._blocks[self._contents] = _contents(self._headings)
        body = "".join(self._blocks)
        document = f"{_HEAD}<w:document {_W} {_R}><w:body>{body}{_section(self._page)}</w:body></w:document>"
        parts = {
            "[Content_Types].xml": _content_types(),
            "_rels/.rels": _relations(
                (f"{_OFFICE}/relationships/officeDocument", "word/document.xml"),
                (f"{_PACKAGE}/relationships/metadata/core-properties", "docProps/core.xml"),
                (f"{_OFFICE}/relationships/extended-properties", "docProps/app.xml"),
            ),
            "word/document.xml": document,
            "word/_rels/document.xml.rels": _relations(
                *((f"{_OFFICE}/relationships/{kind}", name) for name, kind, _ in _BESIDE),
                (f"{_OFFICE}/relationships/customXml", f"../{MADE_FROM}"),
            ),
            "word/styles.xml": (files("qda.render.docx") / "styles.xml").read_text(encoding="utf-8"),
            "word/numbering.xml": _part("numbering", _NUMBERING),
            "word/settings.xml": _part("settings", _SETTINGS),
            "word/footer1.xml": _part("ftr", _FOOTER),
            "word/footnotes.xml": _part("footnotes", _SEPARATORS + "".join(self._footnotes)),
            "word/comments.xml": _part("comments", "".join(self._comments)),
            **_about(self._title),
            **_made_from(made_from),
        }
        return _packed(parts)


def _contents(headings: Sequence[tuple[str, int]]) -> str:
    """A table of contents as a field, with what stands in it until Word numbers its pages."""
    listed = [
        (f'<w:hyperlink w:anchor="_Toc{number:08}" w:history="1">{runs(text, Look("Hyperlink"))}</w:hyperlink>', level)
        for number, (text, level) in enumerate(headings, start=1)
        if level == 1
    ]
    begin = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> TOC \\o "1-1" \\h \\z \\u'
        ' </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    )
    entries = "".join(
        paragraph(f"{'' if number else begin}{link}", f"TOC{level}") for number, (link, level) in enumerate(listed)
    )
    return (
        '<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/><w:docPartUnique/></w:docPartObj>'
        f"</w:sdtPr><w:sdtContent>{said('Contents', 'TOCHeading')}{entries}"
        '<w:p><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p></w:sdtContent></w:sdt>'
    )


def _section(page: tuple[int, int]) -> str:
    """The end of a section: its footer and the size of its pages."""
    width, height = page
    orient = ' w:orient="landscape"' if width > height else ""
    margins = " ".join(f'w:{side}="{MARGIN}"' for side in ("top", "right", "bottom", "left"))
    return (
        f'<w:sectPr><w:footerReference w:type="default" r:id="r4"/><w:type w:val="nextPage"/>'
        f'<w:pgSz w:w="{width}" w:h="{height}"{orient}/>'
        f'<w:pgMar {margins} w:header="567" w:footer="567" w:gutter="0"/></w:sectPr>'
    )


def _part(name: str, inside: str) -> str:
    return f"{_HEAD}<w:{name} {_W}>{inside}</w:{name}>"


def _content_types() -> str:
    own = {"/word/document.xml": f"{_WORD}.document.main+xml"}
    own |= {f"/word/{name}": f"{_WORD}.{kind}+xml" for name, _, kind in _BESIDE}
    own["/docProps/core.xml"] = "application/vnd.openxmlformats-package.core-properties+xml"
    own["/docProps/app.xml"] = "application/vnd.openxmlformats-officedocument.extended-properties+xml"
    own["/customXml/itemProps1.xml"] = "application/vnd.openxmlformats-officedocument.customXmlProperties+xml"
    listed = "".join(f'<Override PartName="{name}" ContentType="{kind}"/>' for name, kind in own.items())
    return (
        f'{_HEAD}<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{listed}</Types>'
    )


def _relations(*related: tuple[str, str]) -> str:
    """Which parts belong to a part; they are `r1`, `r2` and so on."""
    listed = "".join(
        f'<Relationship Id="r{number}" Type="{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(related, start=1)
    )
    return f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">{listed}</Relationships>'


def _about(title: str) -> dict[str, str]:
    """The properties of the file: its title, and no person, machine or moment."""
    core = (
        f'{_HEAD}<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/"'
        f' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><dc:title>{escaped(title)}</dc:title>'
        '<dc:creator></dc:creator><dcterms:created xsi:type="dcterms:W3CDTF">1980-01-01T00:00:00Z</dcterms:created>'
        "</cp:coreProperties>"
    )
    app = f'{_HEAD}<Properties xmlns="{_OFFICE}/extended-properties"><Application>qda</Application></Properties>'
    return {"docProps/core.xml": core, "docProps/app.xml": app}


def _made_from(manifests: Sequence[Any]) -> dict[str, str]:
    """What the file was made from, which Word keeps when somebody saves it again."""
    words = escaped(json.dumps(manifests, ensure_ascii=False, sort_keys=True))
    return {
        MADE_FROM: f'{_HEAD}<made-from xmlns="urn:qda:made-from">{words}</made-from>',
        "customXml/itemProps1.xml": (
            f'{_HEAD}<ds:datastoreItem xmlns:ds="{_OFFICE}/customXml"'
            ' ds:itemID="{5D8E2F0A-6C1B-4B53-9A57-0B1F7C3A9E42}"><ds:schemaRefs>'
            '<ds:schemaRef ds:uri="urn:qda:made-from"/></ds:schemaRefs></ds:datastoreItem>'
        ),
        "customXml/_rels/item1.xml.rels": _relations((f"{_OFFICE}/relationships/customXmlProps", "itemProps1.xml")),
    }


def _packed(parts: Mapping[str, str]) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, words in parts.items():
            entry = zipfile.ZipInfo(name, _FIXED)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 0  # the same bytes whatever the system
            archive.writestr(entry, words.encode("utf-8"))
    return out.getvalue()
