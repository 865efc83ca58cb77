"""What people read in a deposit: the page that says what is in it, and the codebook."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qda.io.deposit.package import MANIFEST

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from qda.io.deposit.metadata import Metadata
    from qda.model.codebook import Codebook, CodeEntry
    from qda.model.project import Left

_FIELDS = ("definition", "include", "exclude", "example")
_OPEN = f"""## How to open it

- The texts are plain text (UTF-8), the tables CSV (UTF-8, commas): any editor, spreadsheet or statistics program reads
  them. `tables/dictionary.md` says what each column means.
- A place in a text is counted in Unicode characters from 0, half-open: `text[start:end]` in Python or R's
  `substr(text, start + 1, end)` gives the words.
- `project.qdpx` is a REFI-QDA project: NVivo, ATLAS.ti, MAXQDA, QualCoder and others import it.
- `annotations.jsonld` are W3C Web Annotations of the texts in `texts/`, `codings.jsonl` the same codings as JSON lines.
- With qda: `qda init study`, `cd study`, and `qda import ../project.qdpx` brings texts, codes, codings, memos, cases.
- To see that nothing was damaged: `sha256sum -c {MANIFEST}`
"""


def readme(about: Metadata, counts: Mapping[str, int], files: Mapping[str, str], left: Sequence[Left]) -> str:
    """The page that says what a package holds, how to open it, and what is still to be filled in.

    Args:
        about: What is said of the study.
        counts: How many things of each kind it has.
        files: The files and folders of the package, each with what it holds.
        left: What the package does not carry.
    """
    lines = [f"# {about.title}", ""]
    if about.subtitle:
        lines += [about.subtitle, ""]
    lines += [f"{about.abstract}\n" if about.abstract else "*(no abstract yet)*\n"]
    told = [
        ("by", "; ".join(about.creators)),
        ("with", "; ".join(about.contributors)),
        ("date", about.date),
        ("collected", about.collected),
        ("languages", ", ".join(about.languages)),
        ("identifier", about.identifier),
        ("contact", about.contact),
    ]
    lines += [f"- {name}: {words}" for name, words in told if words]
    lines += ["", "## What is in it", "", *(f"- {what}: {number}" for what, number in counts.items() if number), ""]
    lines += ["| file | holds |", "|---|---|", *(f"| `{name}` | {said} |" for name, said in files.items()), ""]
    lines += [_OPEN, "## Licence and access", ""]
    lines += [about.licence or "**To be filled in: under which licence others may use this.**", ""]
    lines += [about.access or "**To be filled in: who may see this, and on what conditions.**", ""]
    if missing := about.missing():
        lines += ["## Still missing", "", *(f"- {name}: {said}" for name, said in missing), ""]
    if left:
        lines += ["## What is not in it", ""]
        lines += [f"- {one.what} ({one.number}): {one.becomes}" for one in left] + [""]
    return "\n".join(lines)


def codebook_markdown(codebook: Codebook) -> str:
    """The codebook for people: a heading for each code, as deep as it stands, and what is said of it."""
    lines = ["# Codebook" + (f": {codebook.name}" if codebook.name else ""), ""]
    for names, code in codebook.walk():
        lines += [f"{'#' * min(len(names) + 1, 6)} {' / '.join(names)}", "", *_told(code)]
    return "\n".join(lines)


def _told(code: CodeEntry) -> Iterable[str]:
    for name in _FIELDS:
        if words := getattr(code, name):
            yield from (f"**{name.capitalize()}:** {words}", "")
    if code.aliases:
        yield from (f"**Also:** {', '.join(code.aliases)}", "")
    if code.labels:
        yield from (
            "**In other languages:** " + ", ".join(f"{label} ({language})" for language, label in code.labels.items()),
            "",
        )
    rules = [name for name in ("ordinal", "outside") if getattr(code, name)]
    rules += [f"exclusive in the {code.exclusive}"] if code.exclusive else []
    if rules:
        yield from (f"**Rules:** {', '.join(rules)}", "")
