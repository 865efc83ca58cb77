"""`qda export deposit`: a package for an archive, with metadata, checksums and a page that says what is in it."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

from qda.cli.given import refuse_dash
from qda.cli.publishing import add_profile, through_folder
from qda.errors import UsageError
from qda.model.confidential import INTERNAL
from qda.model.nouns import many

if TYPE_CHECKING:
    import argparse

    from qda.cli.command import Command
    from qda.io.deposit.metadata import Metadata
    from qda.io.deposit.package import Package
    from qda.model.project import Left, Project

_METADATA = (
    "what the archive is told: title, creators, abstract, licence and so on (YAML; docs/deposit.md has an example)"
)
_ORIGINALS = "the files as they came in go along too: Word documents, PDFs"
_FILES = {
    "README.md": "what is in the package, and how to open it",
    "metadata/ddi-codebook.xml": "the study as DDI-Codebook 2.5",
    "metadata/dublin-core.xml": "the study as Dublin Core",
    "texts/": "the text of each source, as plain text",
    "originals/": "the files as they came in",
    "codebook/codebook.yaml": "the codebook with all that is said of each code, for programs",
    "codebook/codebook.md": "the same for people",
    "tables/": "sources, turns, persons, cases, attributes, codes, codings, memos as CSV, with a dictionary",
    "codings.jsonl": "the codings as JSON lines",
    "annotations.jsonld": "the codings as W3C Web Annotations",
    "memos.jsonl": "the memos as JSON lines",
    "claims.md": "the findings in words, with what is cited for and against each",
    "summaries.csv": "what each case says on each theme, in the words of the team",
    "facts.csv": "ratings and figures from elsewhere, each with its origin",
    "datasets/": "tables of others as CSV after their recodings; beside each what it is, what was recoded, its rules",
    "project.qdpx": "the study as a REFI-QDA project",
    "manifest-sha256.txt": "the SHA-256 of each file",
}


def run(command: Command, words: list[str]) -> None:
    """Write a package, or only list what would go and what would stay."""
    options = _options(command, words)
    study = command.study
    output = Path(options.output or study.folder / "exports" / f"{study.title}-deposit.zip")
    refuse_dash(options.output, "'qda export deposit' writes a zip into a file")
    made: list[_Deposit] = []

    def write(place: Path) -> None:
        made[:] = [_Deposit(command, _metadata(command, options), originals=options.originals)]
        made[0].write(place)

    through_folder(command, options, output, write)
    deposit = made[0]
    command.say(f"{output}: {', '.join(f'{what} ({number})' for what, number in deposit.counts.items() if number)}")
    if deposit.left:
        command.say("What is not in it:")
    for one in deposit.left:
        command.say(f"  {one.what} ({one.number}): {one.becomes}")
    if study.rounds.veiled():
        command.say("note: what a blind round hides from you is not in it; make the package when it is revealed")
    if missing := deposit.about.missing():
        command.say("Archives ask for more; write it into a file and name that with --metadata:")
    for name, said in missing:
        command.say(f"  {name}: {said}")


def _options(command: Command, words: list[str]) -> argparse.Namespace:
    parser = command.parser(epilog="README.md in the package says what is in it and how to open it.")
    parser.add_argument("form", metavar="FORMAT", help="deposit: a package for an archive (a zip)")
    parser.add_argument("-o", "--output", metavar="FILE", help="where (default: in exports/ of the study's folder)")
    parser.add_argument("--metadata", metavar="FILE", help=_METADATA)
    parser.add_argument("--originals", action="store_true", help=_ORIGINALS)
    add_profile(parser, cells=False)
    options = parser.parse_args(words)
    if options.originals and options.profile != INTERNAL:
        raise UsageError(
            "--originals have all names in them and go with --profile internal only; leave one of them out"
        )
    return options


def _metadata(command: Command, options: argparse.Namespace) -> Metadata:
    from qda.io.deposit.metadata import Metadata, completed, read_metadata
    from qda.io.files import read_text, shown

    given = Metadata()
    if options.metadata:
        given = read_metadata(read_text(options.metadata), shown(options.metadata))
    return completed(given, command.study)


class _Deposit:
    """One package; afterwards it knows what went and what stayed."""

    def __init__(self, command: Command, about: Metadata, *, originals: bool) -> None:
        from qda.store.projects import give

        self._study = command.study
        self.about = about
        self._originals = originals
        self._project: Project = give(command.study, about.title)
        self._names = _file_names(self._project)
        self.counts: dict[str, int] = {}
        self.left: list[Left] = []
        self._withheld: list[Left] = []

    def write(self, output: Path) -> None:
        """Write the package, whole or not at all."""
        from qda.cli.progress import Meter
        from qda.io.deposit.package import Package
        from qda.io.files import write_through

        parts = (self._texts, self._codebook, self._tables, self._codings, self._findings, self._refi, self._said)

        def fill(stream: object) -> None:
            package = Package(stream)  # type: ignore[arg-type]
            try:
                with Meter("writing", len(parts)) as meter:
                    for part in parts:
                        part(package)
                        meter.step()
                package.close()
            except BaseException:
                package.give_up()
                raise

        write_through(output, fill)

    def _texts(self, package: Package) -> None:
        for source in self._project.sources:
            transcript, _ = source.load()
            name = self._names[source.guid]
            package.add(f"texts/{name}.txt", transcript.text)
            if self._originals:
                package.add(f"originals/{name}.{transcript.format}", transcript.original)

    def _codebook(self, package: Package) -> None:
        from qda.io.codebook import write_codebook
        from qda.io.deposit.words import codebook_markdown

        codebook = self._study.codebook.codebook()
        package.add("codebook/codebook.yaml", write_codebook(codebook, None))
        package.add("codebook/codebook.md", codebook_markdown(codebook))

    def _tables(self, package: Package) -> None:
        from qda.render.study_tables import csv_pieces, csvw, dictionary_markdown
        from qda.reports.study_tables import TABLES, Taken

        taken = Taken(self._study)
        rows = dict.fromkeys((one.name for one in TABLES), 0)
        for table in TABLES:

            def seen(_row: object, name: str = table.name) -> None:
                rows[name] += 1

            package.add(f"tables/{table.name}.csv", csv_pieces(table, taken, seen))
        package.add("tables/dictionary.md", dictionary_markdown(TABLES, rows))
        package.add("tables/tables-metadata.json", csvw(TABLES))
        named = ("sources", "turns", "persons", "cases", "codes", "codings", "memos", "coders")
        self.counts = {name: rows[name] for name in named}

    def _codings(self, package: Package) -> None:
        from qda.io.codings import write_codings
        from qda.io.memos import write_memos
        from qda.io.tools.writing.web_annotation import AnnotationWriter

        package.add("codings.jsonl", write_codings(self._study))
        package.add("memos.jsonl", write_memos(self._study))
        names = self._names
        writer = AnnotationWriter(self._project, lambda source: quote(f"texts/{names[source.guid]}.txt"))
        package.add("annotations.jsonld", writer.pieces(int))

    def _findings(self, package: Package) -> None:
        from qda.io.deposit.findings import add_findings

        counts, withheld = add_findings(package, self._study)
        self.counts |= counts
        self._withheld = withheld

    def _refi(self, package: Package) -> None:
        from qda.io.refi.writing.archive import write_project
        from qda.io.refi.writing.reader import reader_for

        with tempfile.TemporaryDirectory(prefix="qda-") as folder:
            file = Path(folder) / "project.qdpx"
            write_project(self._project, file, reader_for("generic"))
            package.add_file("project.qdpx", file)

    def _said(self, package: Package) -> None:
        from qda.io.deposit.described import ddi, dublin_core
        from qda.io.deposit.words import readme

        made = [*package.files, *_MADE_LAST]
        self.left = [*(one for one in self._project.left if one.what not in _CARRIED), *self._withheld]
        files = {name: said for name, said in _FILES.items() if any(one.startswith(name) for one in made)}
        units = ", ".join(many(self.counts[f"{noun}s"], noun) for noun in ("source", "person", "case"))
        package.add("metadata/dublin-core.xml", dublin_core(self.about))
        listed = {name: said for name, said in files.items() if not name.endswith("/")}
        package.add("metadata/ddi-codebook.xml", ddi(self.about, listed, units))
        package.add("README.md", readme(self.about, self.counts, files, self.left))


# What tables and JSON lines carry, beside the REFI-QDA project that cannot.
_CARRIED = {
    *("persons", "turns", "persons in cases", "values of attributes of persons", "memos on persons", "memos on claims"),
    *("retired codes", "weights of codings", "codings from rules or suggestions", "codings to be looked at again"),
    *("codings of the consensus", "stretches that are no data", "marks of who has done which source"),
    *("marks of what was asked where", "memos on codings that stay"),
    *("claims", "citations for and against claims", "summaries of cases by theme"),
    *("facts from elsewhere beside cases and values", "datasets", "recodings in datasets", "rules for datasets"),
}
_MADE_LAST = ("README.md", "metadata/ddi-codebook.xml", "metadata/dublin-core.xml", "manifest-sha256.txt")


def _file_names(project: Project) -> dict[bytes, str]:
    """A name for the file of each source, on every system."""
    from qda.io.outgoing import Names, as_file_name

    names = Names(folded=True)
    return {source.guid: names.give(as_file_name(source.name)) for source in project.sources}
