"""What is said of a project that was read: how its places were counted, and what could not be taken in."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from qda.io.refi.keeping import AGAIN, codings_in, kept_source
from qda.io.refi.seeing import MEDIA, SELECTIONS
from qda.model.nouns import many

if TYPE_CHECKING:
    from collections.abc import Mapping

    from qda.io.refi.choosing import Chosen
    from qda.io.refi.items import Lost
    from qda.io.refi.seeing import Look, Seen

_SHOWN = 5
_MEDIA = {"picture": "picture", "document": "PDF", "audio": "recording", "video": "video"}


def said_of(found: Look, chosen: Mapping[bytes, Chosen], lost: Lost) -> list[str]:
    """Sentences for whoever imports a project."""
    said = [*_offsets(found, chosen), *_missing(found.sources), *_rich(found), *_media(found.sources)]
    if lost.outside:
        shown = "; ".join(lost.outside[:_SHOWN])
        more = f"; and {len(lost.outside) - _SHOWN} more" if len(lost.outside) > _SHOWN else ""
        said.append(f"{many(len(lost.outside), 'selection')} empty or outside the text: left out: {shown}{more}")
    if lost.clipped:
        said.append(f"{many(lost.clipped, 'selection')} went on behind the end of the text: cut there")
    if lost.codeless:
        said.append(f"{many(lost.codeless, 'coding')} with a code that is not in the file: left out")
    kept = sum(any(child.tag != "MemberSource" for child in node.children) or not node.children for node in found.sets)
    if kept:
        said.append(f"{many(kept, 'set')} of codes or notes, or empty: {AGAIN}")
    if found.graphs:
        said.append(f"{many(len(found.graphs), 'graph')}: {AGAIN}")
    return said


def _offsets(found: Look, chosen: Mapping[bytes, Chosen]) -> list[str]:
    """How places were counted: once for all sources that were read alike."""
    ways: dict[str, list[Seen]] = {}
    for seen in found.sources:
        if seen.evidence is not None and seen.count and chosen[seen.guid].matters:
            ways.setdefault(chosen[seen.guid].convention.said(), []).append(seen)
    said = []
    for way, sources in ways.items():
        counts = [(seen.count, chosen[seen.guid].edges or 0.0) for seen in sources]
        share = sum(count * edges for count, edges in counts) / sum(count for count, _ in counts)
        said.append(
            f"places in {many(len(sources), 'source')} read as {way}: {share:.0%} of the ends of selections are at"
            " edges of words (--offsets reads them otherwise)"
        )
    return said


def _missing(sources: list[Seen]) -> list[str]:
    said = []
    without = [seen for seen in sources if not seen.has_text and seen.holder is not None]
    if without:
        kept = sum(sum(map(codings_in, seen.selections)) for seen in without)
        names = ", ".join(f"'{seen.node.get('name')}'" for seen in without[:_SHOWN])
        more = f" and {len(without) - _SHOWN} more" if len(without) > _SHOWN else ""
        why = "; ".join(dict.fromkeys(seen.problem or "empty" for seen in without))
        said.append(
            f"{many(len(without), 'source')} without text ({why}): {names}{more}; {many(kept, 'coding')} on them"
            " kept, to be placed when the project comes in with the texts"
        )
    said += [f"'{seen.node.get('name')}': {seen.problem}" for seen in sources if seen.has_text and seen.problem]
    return said


def _rich(found: Look) -> list[str]:
    """Formatted versions of texts, which are left behind."""
    sources = [seen for seen in found.sources if seen.has_text and not seen.problem and seen.node.get("richTextPath")]
    notes = [seen for seen in found.notes if seen.has_text and not seen.problem and seen.node.get("richTextPath")]
    listed = [many(len(some), noun) for some, noun in ((sources, "source"), (notes, "note")) if some]
    if not listed:
        return []
    return [
        f"{' and '.join(listed)} with a formatted version beside the plain text: the words came in; bold, headings,"
        " tables and pictures did not"
    ]


def _media(sources: list[Seen]) -> list[str]:
    """Pictures, recordings and pages: what is marked on them cannot be coded here."""
    media = [seen for seen in sources if seen.node.tag in MEDIA]
    if not media:
        return []
    counts = Counter(_MEDIA[MEDIA[seen.node.tag]] for seen in media)
    listed = ", ".join(many(number, name) for name, number in counts.items())
    nodes = [node for seen in media if (node := kept_source(seen)) is not None]
    marks = [(node.get("name"), mark) for node in nodes for mark in node.children if mark.tag in SELECTIONS]
    coded = sum(codings_in(mark) for _, mark in marks)
    said = [f"{listed} kept as references; nothing can be coded on them here"]
    if marks:
        where = ", ".join(f"'{name}'" for name in dict.fromkeys(name for name, _ in marks))
        marked = f"{many(len(marks), 'selection')} with {many(coded, 'coding')}"
        said.append(f"  {marked} on {where}: 'qda export refi' writes them again")
    return said
