"""`qda claims`: findings with what is cited for and against them; list, show, write, cite, grade, take in and out."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from qda.cli.command import add_form
from qda.cli.given import number_of
from qda.cli.parsing import add_action, add_actions
from qda.errors import QdaError, UsageError, in_file
from qda.model.claims import CLAIM_KINDS, CLAIM_STATES, CitationRow, ClaimRow, parse_scope

if TYPE_CHECKING:
    import argparse

    from qda.cli.command import Command
    from qda.cli.parsing import Actions
    from qda.store import Study

_CLAIM = "its number in the list, its id or how that begins, or words of it"
_SCOPE = (
    "what the claim speaks about, so that what is not cited can be listed: 'code PATH', 'where ATTRIBUTE=VALUE',"
    " 'source NAME', 'kind WORD', 'coder NAME', 'layer NAME', 'no subcodes' (may stand several times)"
)
_RULE = "the rule of its grade, as 'confirmed: sources >= 3 and against = 0; probable: sources >= 2'"


def run(command: Command, words: list[str]) -> None:
    """Do one action on the claims; without one, list them."""
    if not words or (words[0].startswith("-") and words[0] not in ("-h", "--help")):
        words = ["list", *words]
    parser = command.parser(epilog="Without an action: the list, with --format and -o.")
    parser.usage = f"qda {command.name} [ACTION] ..."
    actions = add_actions(parser)
    add_form(add_action(actions, "list", "list them"))
    add_action(actions, "show", "show a claim with its quotations, what is not cited, and its log").add_argument(
        "claim", help=_CLAIM
    )
    _add_writing(actions)
    _add_citing(actions)
    _add_files(actions)
    options = parser.parse_args(words)
    _ACTIONS[options.action](command, options)


def _add_writing(actions: Actions) -> None:
    add = add_action(actions, "add", "write a claim")
    add.add_argument("text", help="the claim, in quotes")
    edit = add_action(actions, "edit", "change a claim; what is not named stays", "'' empties what is named.")
    edit.add_argument("claim", help=_CLAIM)
    edit.add_argument("--text", help="other words")
    for one in (add, edit):
        one.add_argument("--kind", metavar="|".join(CLAIM_KINDS), help="whose finding it is")
        one.add_argument("--scope", action="append", metavar="PART", help=_SCOPE)
        one.add_argument("--rule", help=_RULE)
        one.add_argument("--part-of", metavar="CLAIM", help="the claim that it is a part of")
    edit.add_argument("--grade", help="a grade by hand: confirmed, probable, inconclusive; '' lets the rule decide")
    edit.add_argument("--reason", help="why that grade")
    state = add_action(actions, "state", "say how a claim fared: upheld, changed, contested, or tentative")
    state.add_argument("claim", help=_CLAIM)
    state.add_argument("state", help=", ".join(CLAIM_STATES))
    state.add_argument("--reason", default="", help="why")
    add_action(actions, "remove", "take a claim away, with what is cited for it").add_argument("claim", help=_CLAIM)


def _add_citing(actions: Actions) -> None:
    cite = add_action(
        actions,
        "cite",
        "cite a segment for a claim, or against it",
        "A segment that is cited already is then quoted and counted as said now. Prints the id of the citation.",
    )
    cite.add_argument("claim", help=_CLAIM)
    cite.add_argument("source", nargs="?", help="the source (or --coding)")
    cite.add_argument("start", nargs="?", help="the first character, from 0 (or --quote)")
    cite.add_argument("end", nargs="?", help="the character after the last")
    cite.add_argument("--quote", metavar="WORDS", help="the words themselves, where they stand only once in the source")
    cite.add_argument("--coding", metavar="ID", help="the segment of this coding")
    cite.add_argument("--against", action="store_true", help="it contradicts the claim")
    cite.add_argument("--role", default="", help="what the footnote calls whoever speaks")
    cite.add_argument("--edited", metavar="WORDS", help="printed in its place; changes stand in [ ], omissions as […]")
    cite.add_argument("--translated", metavar="WORDS", help="printed in its place, the original beside it")
    cite.add_argument("--by", default="", metavar="NAME", help="who edited or translated")
    uncite = add_action(actions, "uncite", "take a citation back")
    uncite.add_argument("citation", help="its id, or how that begins; 'qda claims show' gives it")


def _add_files(actions: Actions) -> None:
    said = (
        "A claim in the file becomes exactly what the file says; claims that it does not name stay. Each claim is a"
        " heading '##' with lines such as 'kind: respondent-said' and 'scope: code trust' below it; under '### For' and"
        " '### Against' stand quotations, each with a line '— source, characters 3-20' below it."
    )
    read = add_action(actions, "import", "take claims in from a Markdown file", said)
    read.add_argument("file", help="the file (- is standard input)")
    written = add_action(actions, "export", "write them to a file, as 'import' reads it", said)
    written.add_argument("file", help="the file (- is standard output)")


# --- what is done -----------------------------------------------------------------------------------------------


def _list(command: Command, options: argparse.Namespace) -> None:
    from qda.reports.claim_evidence import Evidence

    study = command.study
    with study.database.reading():
        rows: list[tuple[Any, ...]] = [
            (
                *(one.claim.number, one.claim.text, one.claim.kind, one.claim.state, one.grade or None),
                *(len(one.supporting), len(one.contradicting), one.all.sources),
                *(None if one.uncited is None else len(one.uncited), len(one.lost), one.claim.uid),
            )
            for one in Evidence(study).all()
        ]
    columns: tuple[str, ...] = (
        *("number", "claim", "kind", "state", "grade", "for", "against", "sources", "uncited", "words_gone", "id"),
    )
    if options.format in ("table", "md"):
        columns, rows = columns[:-2], [row[:-2] for row in rows]
    command.show(columns, rows, options, "There are no claims yet; write one with 'qda claims add TEXT'.")


def _show(command: Command, options: argparse.Namespace) -> None:
    from qda.model.markup import visible
    from qda.model.selection import Selection
    from qda.render.quotations import quotations_text
    from qda.reports.claims import claims

    study = command.study
    with study.database.reading():
        claim = study.claims.get(options.claim)
        report = claims(study, Selection())
        part = report.parts()[claim.number - 1]
        lines = [part.heading, *part.sentences, *quotations_text(part.quotes), "", f"id {claim.uid}"]
        columns = report.table.columns
        ids = [dict(zip(columns, row, strict=True)) for row in report.table.rows if row[0] == claim.number]
        lines += [f"citation [{row['note']}] {row['citation_id']}" for row in ids if row["citation_id"]]
        memos = [memo for memo in study.memos.all() if memo.target_kind == "claim" and memo.target == claim.uid]
        lines += ["", "Memos:", *(f"  {memo.at[:10]} {memo.coder}: {memo.body}" for memo in memos)] if memos else []
        lines += ["", "Log:", *(f"  {line.at[:16]} {line.coder}: {line.words}" for line in study.claims.log(claim.key))]
    command.write(visible("\n".join(lines) + "\n"))


def _add(command: Command, options: argparse.Namespace) -> None:
    row = ClaimRow(options.text, rule=options.rule or "", under=options.part_of or "")
    row = row._replace(scope=parse_scope(options.scope or ()), kind=options.kind or row.kind)
    command.write(f"{command.study.claims.add(row)}\n")


def _edit(command: Command, options: argparse.Namespace) -> None:
    study = command.study
    fields: dict[str, Any] = {
        name: value
        for name in ("text", "kind", "rule", "grade", "reason")
        if (value := getattr(options, name)) is not None
    }
    if options.part_of is not None:
        fields["under"] = options.part_of
    if options.scope is not None:
        fields["scope"] = parse_scope(options.scope)
    if fields.get("grade") == "":
        fields.setdefault("reason", "")
    if not fields:
        raise UsageError("say what to change: --text, --kind, --scope, --rule, --grade with --reason, or --part-of")
    study.claims.edit(study.claims.get(options.claim), **fields)


def _state(command: Command, options: argparse.Namespace) -> None:
    study = command.study
    study.claims.edit(study.claims.get(options.claim), state=options.state, because=options.reason)


def _remove(command: Command, options: argparse.Namespace) -> None:
    command.study.claims.remove(command.study.claims.get(options.claim))


def _cite(command: Command, options: argparse.Namespace) -> None:
    study = command.study
    claim = study.claims.get(options.claim)
    source, start, end = _segment(study, options)
    if options.edited is not None and options.translated is not None:
        raise UsageError("a quotation is --edited or --translated; give one of them")
    quoted = "edited" if options.edited is not None else "translated" if options.translated is not None else "verbatim"
    row = CitationRow(source, start, end, "against" if options.against else "for", options.role, quoted)
    row = row._replace(wording=options.edited or options.translated or "", by=options.by)
    command.write(f"{study.claims.cite(claim, row)}\n")


def _segment(study: Study, options: argparse.Namespace) -> tuple[str, int, int]:
    """The segment that is cited: of a coding, by its words, or by its place."""
    if options.coding is not None:
        if options.source or options.quote is not None:
            raise UsageError("--coding says where the words stand; leave out the source and --quote")
        key = study.codings.key(options.coding)
        coding = next(one for one in study.codings.all() if one.key == key)
        return next(one.name for one in study.sources.all() if one.key == coding.source), coding.start, coding.end
    if not options.source:
        raise UsageError("say what is cited: SOURCE START END, SOURCE --quote WORDS, or --coding ID")
    if options.quote is not None:
        from qda.io.quotations import Quotes

        if options.start:
            raise UsageError("--quote says where the words stand; leave out START and END")
        return (options.source, *Quotes(_text_of(study)).find(options.source, options.quote))
    if options.start is None or options.end is None:
        raise UsageError("say where the words stand: START and END, or --quote WORDS")
    return options.source, number_of(options.start, "START"), number_of(options.end, "END")


def _text_of(study: Study) -> Any:
    return lambda name: study.sources.text(study.sources.get(name).key)


def _uncite(command: Command, options: argparse.Namespace) -> None:
    command.study.claims.uncite(command.study.claims.citation(options.citation))


def _import(command: Command, options: argparse.Namespace) -> None:
    from qda.io.claims import parse_claims
    from qda.io.files import read_text, shown
    from qda.store.claim_import import import_claims

    study, text = command.study, read_text(options.file)
    name = shown(options.file)
    try:
        rows = parse_claims(text, name, _text_of(study))
        done = import_claims(study, rows, f"claims from {Path(name).name}")
    except QdaError as error:
        raise in_file(error, name) from None
    command.say(f"{done.new} new, {done.changed} changed, {done.same} as they were")


def _export(command: Command, options: argparse.Namespace) -> None:
    from qda.io.claims import write_claims

    with command.study.database.reading():
        text = "".join(write_claims(command.study))
    command.write(text, options.file)


_ACTIONS = {
    "list": _list,
    "show": _show,
    "add": _add,
    "edit": _edit,
    "state": _state,
    "remove": _remove,
    "cite": _cite,
    "uncite": _uncite,
    "import": _import,
    "export": _export,
}
