"""`qda export refi` and `qda export qdc`: the study or its codebook for other tools, with what stays behind."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from qda.cli.given import refuse_dash
from qda.errors import UsageError
from qda.model.nouns import LAYERS

if TYPE_CHECKING:
    import argparse
    from collections.abc import Mapping, Sequence

    from qda.cli.command import Command
    from qda.model.project import Left

_ENDINGS = {"refi": ".qdpx", "qdc": ".qdc"}
_FOR = "who reads it: generic (default), nvivo, atlas, maxqda or qualcoder"
_OFFSETS = "how places are counted (default: as that tool does), as utf16 or codepoints,crlf1"
_PERSONS = "persons go as cases, with their sources, attributes and memos"
_LAYER = "which codings go (default: what each coder coded)"
_HINT = (
    "What stays behind is said; --dry-run only lists it, as a table. docs/interop.md says how each tool takes it in."
)


def run(command: Command, words: list[str]) -> None:
    """Write a project or a codebook file, or only list what would go and what would stay."""
    options = _options(command, words)
    study = command.study
    output = options.output or str(study.folder / "exports" / f"{study.folder.resolve().name}{_ENDINGS[options.form]}")
    refuse_dash(output, f"'qda export {options.form}' writes into a file")
    with study.database.reading():
        counts, left = (_refi if options.form == "refi" else _qdc)(command, options, Path(output))
    went = [(what, number) for what, number in counts.items() if number]
    if options.dry_run:
        options.output = None
        rows = [*((what, number, "goes") for what, number in went), *left]
        command.show(("what", "number", "becomes"), rows, options, "There is nothing to write.")
        return
    command.say(f"{output}: {', '.join(f'{what} ({number})' for what, number in went) or 'an empty project'}")
    if left:
        command.say("What does not go as it is, for REFI-QDA has no place for it:")
    for one in left:
        command.say(f"  {one.what} ({one.number}): {one.becomes}")


def _options(command: Command, words: list[str]) -> argparse.Namespace:
    from qda.render import FORMATS

    parser = command.parser(epilog=_HINT)
    parser.add_argument("form", metavar="FORMAT", help="refi (a project) or qdc (its codebook)")
    parser.add_argument("-o", "--output", metavar="FILE", help="where (default: in exports/ of the study's folder)")
    if words[0] == "refi":
        parser.add_argument("--for", dest="reader", default="generic", metavar="TOOL", help=_FOR)
        parser.add_argument("--coder", action="append", default=[], metavar="NAME", help="only codings of this coder")
        parser.add_argument("--layer", default=LAYERS[0], metavar="|".join(LAYERS), help=_LAYER)
        parser.add_argument("--persons", action="store_true", help=_PERSONS)
        parser.add_argument("--offsets", default="auto", metavar="auto|WORDS", help=_OFFSETS)
        parser.add_argument("--line-ends", default="", metavar="lf|crlf", help="how lines end in texts (default: lf)")
    parser.add_argument("--dry-run", action="store_true", help="only list what would go and what would stay")
    form = "form of that list (default: table)"
    parser.add_argument("--format", default="table", choices=FORMATS, metavar="|".join(FORMATS), help=form)
    options = parser.parse_args(words)
    if words[0] == "refi" and options.layer not in LAYERS:
        raise UsageError(f"--layer is {' or '.join(LAYERS)} here, not '{options.layer}'")
    if words[0] == "refi" and options.layer == "consensus" and options.coder:
        raise UsageError("the consensus is nobody's own coding; leave out --coder, or --layer consensus")
    return options


def _refi(command: Command, options: argparse.Namespace, output: Path) -> tuple[Mapping[str, int], Sequence[Left]]:
    from qda.cli.progress import Meter
    from qda.io.refi.offsets import parse_convention
    from qda.io.refi.writing.archive import try_project, write_project
    from qda.io.refi.writing.reader import reader_for
    from qda.store.projects import give

    reader = reader_for(options.reader, parse_convention(options.offsets), options.line_ends)
    project = give(command.study, output.stem, layer=options.layer, coders=options.coder, persons=options.persons)
    if options.dry_run:
        return try_project(project, reader)
    with Meter("writing", len(project.sources)) as meter:
        return write_project(project, output, reader, meter.step)


def _qdc(command: Command, options: argparse.Namespace, output: Path) -> tuple[Mapping[str, int], Sequence[Left]]:
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
    return {"codes": len(project.codes)}, [*lost_of_codes(project.codes), *left]
