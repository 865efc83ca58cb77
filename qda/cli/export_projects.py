"""`qda export refi`, `qdc`, `qualcoder`, `taguette`, `webanno`: a study for other tools, with what stays behind."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from qda.cli.given import refuse_dash
from qda.cli.publishing import add_profile, through_folder
from qda.errors import UsageError
from qda.model.nouns import LAYERS

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable

    from qda.cli.command import Command
    from qda.io.outgoing import Wrote
    from qda.model.project import Project


class _Form(NamedTuple):
    """A format: how its files end, what has no place there, and what it is in a few words."""

    ending: str
    holds_no: str
    said: str


FORMS = {
    "refi": _Form(".qdpx", "REFI-QDA has", "a REFI-QDA project"),
    "qdc": _Form(".qdc", "REFI-QDA has", "the codebook as a REFI-QDA codebook file"),
    "qualcoder": _Form(".qda", "QualCoder has", "a project of QualCoder (a folder)"),
    "taguette": _Form(".sqlite3", "Taguette has", "a project that Taguette imports"),
    "webanno": _Form(".jsonld", "Web Annotations have", "codings as W3C Web Annotations (JSON-LD)"),
}
_FOR = "who reads it: generic (default), nvivo, atlas, maxqda or qualcoder"
_OFFSETS = "how places are counted (default: as that tool does), as utf16 or codepoints,crlf1"
_PERSONS = "persons go as cases, with their sources, attributes and memos"
_LAYER = "which codings go (default: what each coder coded)"
_CATEGORIES = "codes with others below them go as categories, for QualCoder without codes below codes (3.8 and before)"
_HINT = (
    "What stays behind is said; --dry-run only lists it, as a table. docs/interop.md says how each tool takes it in."
)


def run(command: Command, words: list[str]) -> None:
    """Write a study for another tool, or only list what would go and what would stay."""
    options = _options(command, words)
    study, form = command.study, FORMS[options.form]
    output = options.output or str(study.folder / "exports" / f"{study.folder.resolve().name}{form.ending}")
    refuse_dash(output, f"'qda export {options.form}' writes into a file")
    made: list[Wrote] = []

    def write(place: Path) -> None:
        made[:] = [_WRITE[options.form](command, options, place)]

    through_folder(command, options, Path(output), write)
    wrote = made[0]
    went = [(what, number) for what, number in wrote.counts.items() if number]
    if options.dry_run:
        options.output = None
        rows = [*((what, number, "goes") for what, number in went), *wrote.left]
        command.show(("what", "number", "becomes"), rows, options, "There is nothing to write.")
        return
    command.say(f"{output}: {', '.join(f'{what} ({number})' for what, number in went) or 'an empty project'}")
    if wrote.left:
        command.say(f"What does not go as it is, for {form.holds_no} no place for it:")
    for one in wrote.left:
        command.say(f"  {one.what} ({one.number}): {one.becomes}")


def _options(command: Command, words: list[str]) -> argparse.Namespace:
    from qda.render import FORMATS

    form = words[0]
    parser = command.parser(epilog=_HINT)
    parser.add_argument("form", metavar="FORMAT", help=f"{form}: {FORMS[form].said}")
    parser.add_argument("-o", "--output", metavar="FILE", help="where (default: in exports/ of the study's folder)")
    if form != "qdc":
        parser.add_argument("--coder", action="append", default=[], metavar="NAME", help="only codings of this coder")
        parser.add_argument("--layer", default=LAYERS[0], metavar="|".join(LAYERS), help=_LAYER)
    if form in ("refi", "qualcoder"):
        parser.add_argument("--persons", action="store_true", help=_PERSONS)
    if form == "qualcoder":
        parser.add_argument("--categories", action="store_true", help=_CATEGORIES)
    if form == "refi":
        parser.add_argument("--for", dest="reader", default="generic", metavar="TOOL", help=_FOR)
        parser.add_argument("--offsets", default="auto", metavar="auto|WORDS", help=_OFFSETS)
        parser.add_argument("--line-ends", default="", metavar="lf|crlf", help="how lines end in texts (default: lf)")
    parser.add_argument("--dry-run", action="store_true", help="only list what would go and what would stay")
    said = "form of that list (default: table)"
    parser.add_argument("--format", default="table", choices=FORMATS, metavar="|".join(FORMATS), help=said)
    add_profile(parser, cells=False)
    options = parser.parse_args(words)
    if form != "qdc" and options.layer not in LAYERS:
        raise UsageError(f"--layer is {' or '.join(LAYERS)} here, not '{options.layer}'")
    if form != "qdc" and options.layer == "consensus" and options.coder:
        raise UsageError("the consensus is nobody's own coding; leave out --coder, or --layer consensus")
    return options


def _project(command: Command, options: argparse.Namespace, output: Path) -> Project:
    from qda.store.projects import give

    persons = getattr(options, "persons", False)
    return give(command.study, output.stem, layer=options.layer, coders=options.coder, persons=persons)


def _metered(project: Project, write: Callable[[Callable[[], object]], Wrote]) -> Wrote:
    """Write a project while a line on the terminal counts its sources."""
    from qda.cli.progress import Meter

    with Meter("writing", len(project.sources)) as meter:
        return write(meter.step)


def _refi(command: Command, options: argparse.Namespace, output: Path) -> Wrote:
    from qda.io.refi.offsets import parse_convention
    from qda.io.refi.writing.archive import try_project, write_project
    from qda.io.refi.writing.reader import reader_for

    reader = reader_for(options.reader, parse_convention(options.offsets), options.line_ends)
    project = _project(command, options, output)
    if options.dry_run:
        return try_project(project, reader)
    return _metered(project, lambda step: write_project(project, output, reader, step))


def _qdc(command: Command, options: argparse.Namespace, output: Path) -> Wrote:
    from qda.io.outgoing import Wrote
    from qda.io.refi.writing.codes import codebook_file, lost_of_codes
    from qda.io.refi.writing.xml import Xml
    from qda.model.project import Left
    from qda.store.projects import give

    project = give(command.study, output.stem)
    content = codebook_file(project, Xml())
    if not options.dry_run:
        command.write(content, str(output))
    memos = sum(memo.target_kind == "code" for memo in command.study.memos.all())
    left = [Left("memos on codes", memos, "stay in the study; 'qda export refi' writes them")] if memos else []
    left += [one for one in project.left if one.what == "retired codes"]
    return Wrote({"codes": len(project.codes)}, [*lost_of_codes(project.codes), *left])


def _qualcoder(command: Command, options: argparse.Namespace, output: Path) -> Wrote:
    from qda.io.tools.writing.qualcoder import try_qualcoder, write_qualcoder

    project, categories = _project(command, options, output), options.categories
    if options.dry_run:
        return try_qualcoder(project, categories=categories)
    return _metered(project, lambda step: write_qualcoder(project, output, categories=categories, step=step))


def _taguette(command: Command, options: argparse.Namespace, output: Path) -> Wrote:
    from qda.io.tools.writing.taguette import try_taguette, write_taguette

    project = _project(command, options, output)
    if options.dry_run:
        return try_taguette(project)
    return _metered(project, lambda step: write_taguette(project, output, step))


def _webanno(command: Command, options: argparse.Namespace, output: Path) -> Wrote:
    from qda.io.tools.writing.web_annotation import try_annotations, write_annotations

    project = _project(command, options, output)
    if options.dry_run:
        return try_annotations(project)
    return _metered(project, lambda step: write_annotations(project, output, step))


_WRITE: dict[str, Callable[[Command, argparse.Namespace, Path], Wrote]] = {
    "refi": _refi,
    "qdc": _qdc,
    "qualcoder": _qualcoder,
    "taguette": _taguette,
    "webanno": _webanno,
}
