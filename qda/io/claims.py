"""Claims as a Markdown file that people read and write in any editor.

A claim is a heading of the second level with lines `name: value` below it; what is cited stands under `### For` and
`### Against` as block quotes, each with its line of facts (`— source, characters 3-20`), as exported excerpts have it.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any, NamedTuple

from qda.errors import QdaError
from qda.io.claim_lines import Line, Lines, Problem, blocks
from qda.io.quotations import Quotes
from qda.model.claims import (
    CLAIM_IDS,
    CitationRow,
    ClaimRow,
    one_sentence,
    parse_scope,
    scope_lines,
)
from qda.model.confidential import INTERNAL
from qda.model.markup import harmless, harmless_name, plain
from qda.model.nouns import named_uid, uid_of
from qda.store.outside import COVER

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from qda.model.claims import Citation, Claim
    from qda.store import Study

TITLE = "# Claims"
HELP = (
    "Each claim is a heading '##'; below it lines such as 'kind: respondent-said', 'state: upheld', 'because: …',"
    " 'scope: code …', 'rule: …', 'grade: …', 'reason: …', 'part of: …'. Under '### For' and '### Against' stand the"
    " quotations, each as '> words' with a line '— source, characters 3-20' below it."
)
_FIELDS = ("kind", "state", "because", "rule", "grade", "reason", "part of", "scope", "id")
_STANCES = {"for": "for", "against": "against"}
_PLACE = re.compile(r"—\s*(?P<source>(?:\\.|[^\\,·])+?)\s*(?:,(?P<rest>[^·]*))?(?P<facts>·.*)?")
_SPAN = re.compile(r"characters\s+([0-9]+)\s*[-–]\s*([0-9]+)")
_CITATION = re.compile(r"·\s*citation\s+([^·]+?)\s*(?:·|$)")
_ROLE = re.compile(r"role\s*:\s*(.*)")
_HOW = re.compile(r"(edited|translated)(?:\s+by\s+(.+?))?\s*:\s*", re.IGNORECASE)


class _Cited(NamedTuple):
    """A quotation with its line of facts, before it is looked up."""

    line: int
    words: str
    source: str
    span: tuple[int, int] | None
    anchored: bool
    id: bytes | None
    stance: str


def is_claims(path: Path) -> bool:
    """Whether a Markdown file holds claims, as `write_claims` begins them."""
    if path.suffix.lower() not in (".md", ".markdown"):
        return False
    try:
        with path.open(encoding="utf-8-sig") as stream:
            return next((line.strip() for line in stream if line.strip()), "") == TITLE
    except (OSError, UnicodeDecodeError):
        return False


def parse_claims(text: str, file: str, text_of: Callable[[str], str]) -> list[ClaimRow]:
    """Read claims; what stands before the first of them is the writer's own.

    Args:
        text: The content of the file.
        file: Its name, for the sentences.
        text_of: The text of a source by its name; raises a QdaError where there is no such source.

    Raises:
        BadFileError: Lines are wrong; the sentence names them by number.
    """
    problems = Problem(file)
    quotes = Quotes(text_of)
    rows: list[ClaimRow] = []
    seen: dict[str, int] = {}
    for lines in blocks(text):
        row = _claim(lines, quotes, text_of, problems)
        if row.text in seen:
            problems.add(row.line, f"this claim stands in line {seen[row.text]} already; leave one of them out")
        seen.setdefault(row.text, row.line)
        rows.append(row)
    problems.refuse()
    return rows


def _claim(lines: Lines, quotes: Quotes, text_of: Callable[[str], str], problems: Problem) -> ClaimRow:
    fields: dict[str, Line] = {}
    scope: list[Line] = []
    citations: list[CitationRow] = []
    text = one_sentence(plain(lines.heading.words))
    if not text:
        problems.add(lines.heading.number, "the heading of this claim has no words; write the claim after '## '")
    stance = ""
    while lines.more:
        line = lines.take()
        if line.words.startswith("### "):
            stance = _STANCES.get(line.words[4:].strip().casefold(), "")
            if not stance:
                problems.add(line.number, f"'{line.words}' is no part of a claim; write '### For' or '### Against'")
        elif line.words.startswith(">"):
            lines.back()
            if cited := _quotation(lines, stance, problems):
                citations += _complete(lines, cited, quotes, text_of, problems)
        elif line.words.startswith("—"):
            problems.add(line.number, "no quotation stands above this line; write it with '> ' before each line")
        elif stance:
            problems.add(line.number, f"'{_cut(line.words)}' is neither a quotation nor what belongs to one")
        else:
            _field(line, fields, scope, problems)
    return _row(lines.heading.number, text, fields, scope, tuple(citations), problems)


def _field(line: Line, fields: dict[str, Line], scope: list[Line], problems: Problem) -> None:
    name, sign, value = line.words.partition(":")
    name = name.strip().casefold()
    if not sign or name not in _FIELDS:
        known = ", ".join(f"'{known}:'" for known in _FIELDS)
        problems.add(line.number, f"'{_cut(line.words)}' is no line of a claim; lines begin with {known}")
    elif name == "scope":
        scope.append(Line(line.number, value.strip()))
    elif name in fields:
        problems.add(line.number, f"'{name}:' stands in line {fields[name].number} already; leave one of them out")
    else:
        fields[name] = Line(line.number, value.strip())


def _row(
    number: int, text: str, fields: dict[str, Line], scope: list[Line], cited: tuple[CitationRow, ...], bad: Problem
) -> ClaimRow:
    """The claim, with what is wrong in its fields at their own lines."""
    from qda.store.claim_rules import checked

    def value(name: str) -> str:
        return plain(fields[name].words) if name in fields else ""

    row = ClaimRow(
        text,
        because=one_sentence(value("because")),
        reason=one_sentence(value("reason")),
        under=one_sentence(value("part of")),
        citations=cited,
        line=number,
    )
    words: dict[str, Any] = {name: value(name).casefold() for name in ("kind", "state", "grade") if value(name)}
    row = row._replace(**words)
    for name in ("kind", "state", "grade", "rule"):
        if name in fields:
            said = value(name) if name == "rule" else value(name).casefold()
            field: dict[str, Any] = {name: said}
            alone = ClaimRow("x", reason="x")._replace(**field)
            bad.attempt(fields[name].number, lambda row=alone: checked(row))  # type: ignore[misc]
    if row.grade and not row.reason:
        bad.add(fields["grade"].number, "a grade that is set by hand needs a line 'reason: …' beside it")
    for line in scope:
        bad.attempt(line.number, lambda line=line: parse_scope([plain(line.words)]))  # type: ignore[misc]
    uid = _uid(value("id")) if value("id") else None
    row = row._replace(rule=one_sentence(value("rule")), id=uid)
    return row._replace(scope=parse_scope([plain(line.words) for line in scope])) if not bad.any else row


def _uid(words: str) -> bytes:
    return uid_of(words) or named_uid(CLAIM_IDS, words.encode())


# --- quotations -------------------------------------------------------------------------------------------------


def _quotation(lines: Lines, stance: str, problems: Problem) -> _Cited | None:
    """A block quote and the line of facts below it."""
    first, words = lines.block()
    facts = lines.take() if lines.more else Line(first, "")
    found = _PLACE.fullmatch(facts.words)
    if found is None:
        problems.add(first, "no line '— source, characters 3-20' stands below this quotation, saying where it stands")
        if not facts.words.startswith("—") and facts.number != first:
            lines.back()
        return None
    if not stance:
        problems.add(first, "say whether this is cited for or against the claim: '### For' or '### Against' above it")
    rest = found["facts"] or ""
    span = _SPAN.search(found["rest"] or "")
    named = _CITATION.search(rest)
    return _Cited(
        line=first,
        words=words,
        source=plain(found["source"]),
        span=(int(span[1]), int(span[2])) if span else None,
        anchored="· unanchored" not in rest,
        id=_uid(plain(named[1])) if named else None,
        stance=stance or "for",
    )


def _complete(
    lines: Lines, cited: _Cited, quotes: Quotes, text_of: Callable[[str], str], problems: Problem
) -> Iterator[CitationRow]:
    """The citation with the lines that may follow it: the role, and the words that are printed in its place."""
    role, quoted, wording, by = "", "verbatim", "", ""
    while lines.more:
        line = lines.take()
        if said := _ROLE.fullmatch(line.words):
            role = one_sentence(plain(said[1]))
        elif how := _HOW.fullmatch(line.words):
            quoted, by = how[1].casefold(), one_sentence(plain(how[2] or ""))
            if not lines.more or not lines.peek().words.startswith(">"):
                problems.add(line.number, f"the words that are {quoted} stand below this line, with '> ' before them")
                break
            wording = lines.block()[1]
        else:
            lines.back()
            break
    try:
        start, end = _place(cited, quotes, text_of)
    except QdaError as error:
        problems.add(cited.line, str(error))
        return
    yield CitationRow(
        cited.source,
        start,
        end,
        cited.stance,
        role,
        quoted,
        wording,
        by,
        cited.words,
        cited.id,
        cited.anchored,
        cited.line,
    )


def _place(cited: _Cited, quotes: Quotes, text_of: Callable[[str], str]) -> tuple[int, int]:
    """Where a quotation stands: where its line of facts says, else the only place with these words."""
    text = text_of(cited.source)
    if not cited.anchored:
        return cited.span or (0, 0)
    if cited.span is None:
        return quotes.find(cited.source, cited.words)
    start, end = cited.span
    if text[start:end] == cited.words:
        return start, end
    place = f"characters {start}-{end} of '{cited.source}'"
    if cited.words in text:
        start = text.index(cited.words)
        raise QdaError(
            f"the quotation is not at {place}; the same words stand at characters {start}-{start + len(cited.words)}"
        )
    raise QdaError(f"the quotation is not at {place}, and those words stand nowhere in that source")


def _cut(words: str) -> str:
    return words if len(words) <= 40 else f"{words[:39]}…"


# --- writing ----------------------------------------------------------------------------------------------------


def write_claims(study: Study) -> Iterator[str]:
    """The file that `parse_claims` reads, a piece at a time: all claims that the current coder may see.

    Where a study is seen through a profile, citations that are withheld stay out, and a scope names no source or coder.
    """
    claims, inside = study.claims.all(), study.outside.profile == INTERNAL
    names = {source.key: source.name for source in study.sources.all()}
    by_key = {claim.key: claim for claim in claims}
    yield f"{TITLE}\n"
    for claim in claims:
        seen = claim if inside else claim._replace(scope=replace(claim.scope, sources=(), coders=()))
        yield "\n" + "\n".join(_claim_lines(seen, by_key)) + "\n"
        cited = [one for one in study.claims.citations(claim.key) if inside or not is_withheld(one)]
        for stance, heading in (("for", "For"), ("against", "Against")):
            listed = [one for one in cited if one.stance == stance]
            if listed:
                yield f"\n### {heading}\n"
            for one in listed:
                yield "\n" + "\n\n".join(_citation_blocks(one, names[one.source])) + "\n"


def is_withheld(one: Citation) -> bool:
    """Whether a citation, as a study is seen, has words that do not go out."""
    return COVER in one.words or COVER in one.wording


def _claim_lines(claim: Claim, by_key: dict[int, Claim]) -> Iterator[str]:
    yield f"## {harmless_name(claim.text)}"
    yield ""
    yield f"kind: {claim.kind}"
    yield f"state: {claim.state}"
    parent = by_key.get(claim.under or 0)
    for name, value in (
        ("because", claim.because),
        ("part of", parent.uid if parent else ""),
        ("rule", claim.rule),
        ("grade", claim.grade),
        ("reason", claim.reason),
    ):
        if value:
            yield f"{name}: {harmless_name(value)}"
    for line in scope_lines(claim.scope):
        yield f"scope: {harmless_name(line)}"
    yield f"id: {claim.uid}"


def _citation_blocks(one: Citation, source: str) -> Iterator[str]:
    yield _block(one.words)
    name = harmless_name(source, part=True)
    place = f"— {name}, characters {one.start}-{one.end}"
    if one.anchor == 2:  # `qda check` must not look for it in the text of today
        place = f"— {name} · unanchored, in a text that was corrected since"
    yield f"{place} · citation {one.uid}"
    if one.role:
        yield f"role: {harmless_name(one.role)}"
    if one.wording:
        by = f" by {harmless_name(one.by)}" if one.by else ""
        yield f"{one.quoted}{by}:"
        yield _block(one.wording)


def _block(text: str) -> str:
    return "\n".join(f"> {line}".rstrip() for line in harmless(text).split("\n"))
