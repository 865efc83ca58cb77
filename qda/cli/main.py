"""The entry of the command line: global options, the table of commands, and the one place that shows errors."""

from __future__ import annotations

import contextlib
import errno
import os
import sys
from importlib import import_module
from typing import TYPE_CHECKING

from qda.cli.command import Command
from qda.cli.parsing import Parser
from qda.errors import QdaError, UsageError
from qda.version import __version__

if TYPE_CHECKING:
    from collections.abc import Sequence

# Command: its module in qda.cli, and what it does in one sentence. Only the module of the command is loaded.
COMMANDS = {
    "demo": ("demo", "make the sample study and show what can be done with it"),
    "init": ("init", "make a new study with its folders"),
    "import": ("importing", "take in transcripts, documents and codebooks"),
    "survey": ("survey", "tables of answers: see what the columns may be, take respondents in as sources and cases"),
    "sources": ("listing", "list the sources"),
    "codes": ("listing", "list the codes"),
    "coders": ("listing", "list the coders"),
    "persons": ("listing", "who speaks: list, import, export and merge persons"),
    "cases": ("listing", "what is compared: list, import and export cases"),
    "memos": ("listing", "list, add, import and export memos"),
    "claims": ("claims", "findings with what is cited for and against them: write, cite, grade, import, export"),
    "source": ("source", "edit a source's text, set its kind, language or date, show its turns"),
    "code": ("code", "add, rename, move, merge, retire, describe and remove codes"),
    "codebook": ("codebook", "import, export, check and compare codebooks (YAML)"),
    "attributes": ("registers", "what is known of sources, persons and cases: list, import, export"),
    "progress": ("registers", "who has done which source: list, set, import, export"),
    "reread": ("reread", "sources that were done before a code was made or changed: list, progress, done"),
    "sensitive": ("sensitive", "what is confidential: sources, persons, segments; names blacked out in texts"),
    "pseudonyms": (
        "pseudonyms",
        "what persons, sources and cases are called outside: list, set, import, export",
    ),
    "leaks": ("leaks", "names that may go out in what is made for others: list, allow, forget"),
    "coverage": ("registers", "what was asked where: list, import, export"),
    "frame": ("frame", "who was asked and who answered: list, import, change, report the response"),
    "not-data": ("registers", "stretches that are no data: list, add, remove, import, export"),
    "translation": ("translation", "which source is the translation of which: link, show, align, unlink"),
    "codings": ("codings", "import, export, add and remove codings; list those that need a look after an edit"),
    "states": ("states", "states of cells of the comparison that are set by hand, with the reason: set, remove, list"),
    "summaries": ("summaries", "what each case says on each theme, for the framework matrix: write, confirm, list"),
    "facts": ("facts", "ratings and figures from elsewhere, of cases or values, with their origin: add, import, count"),
    "dataset": ("dataset", "tables of others beside the study: import, check by rules, recode, cross, export"),
    "search": ("search", "find words in all sources, through line breaks, hyphens and case"),
    "query": ("query", "passages by codes, nearness, attributes, coder and date: run, save, list, rename, remove"),
    "report": ("report", "frequency, co-occurrence, comparison, excerpts, agreement: every figure opens its excerpts"),
    "export": (
        "export",
        "write coded excerpts, all tables, or the study for NVivo, ATLAS.ti, MAXQDA, QualCoder, Taguette and others",
    ),
    "history": ("history", "show what was done, by whom and when"),
    "undo": ("history", "take back your own last action"),
    "redo": ("history", "do again what you took back"),
    "check": ("check", "prove that the study and its exports are sound"),
    "verify": ("verify", "say whether a written report still holds, and which cells changed"),
    "backup": ("backup", "write a consistent copy of the study"),
    "restore": ("backup", "put a backup in the place of the study"),
    "round": ("round", "rounds of coding apart, blind or open: make, show, hand out, hand in, reveal"),
    "merge": ("merge", "bring a hand-out, or any other copy of the study, back into it"),
    "agreement": ("agreement", "agreement on units that were cut beforehand, from a table"),
    "settings": ("settings", "show or change the study's settings"),
}

_GROUPS = {
    "Start": ("demo", "init", "import", "survey"),
    "Look": ("sources", "codes", "coders", "persons", "cases", "memos", "search", "history"),
    "Code": ("codebook", "code", "codings", "source", "translation", "not-data"),
    "Register": ("attributes", "facts", "dataset", "progress", "reread", "coverage", "frame", "settings"),
    "Agree": ("round", "merge", "agreement"),
    "Publish": ("sensitive", "pseudonyms", "leaks"),
    "Report": ("query", "report", "summaries", "states", "claims", "export"),
    "Keep safe": ("undo", "redo", "check", "verify", "backup", "restore"),
}


# Why standard output takes nothing.
_ENDS = {errno.EBADF: "is closed", errno.ENOSPC: "leads to a disk that is full"}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; returns 0 when done, 1 when refused or failed, 2 for wrong usage."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    _use_utf8()
    try:
        try:
            return _run(words)
        finally:
            sys.stdout.flush()
    except UsageError as error:
        Command.complain(error)
        return 2
    except QdaError as error:
        Command.complain(error)
        return 1
    except BrokenPipeError:
        _forget_output()  # the reader has gone
        return 0
    except KeyboardInterrupt:
        print("qda: stopped; what was not finished is not in the study", file=sys.stderr)
        return 130
    except Exception as error:
        if os.environ.get("QDA_TRACEBACK"):
            raise
        Command.complain(_unforeseen(error))
        _forget_output()
        return 1


def _forget_output() -> None:
    """Let what standard output did not take go, or Python would complain of it when it leaves."""
    try:
        sys.stdout.flush()
    except OSError:
        with contextlib.suppress(OSError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _unforeseen(error: Exception) -> str:
    """One sentence for what nobody foresaw."""
    if type(error).__module__ == "sqlite3":
        from qda.store.sentences import explain

        return str(explain(error, "the study"))  # type: ignore[arg-type]
    if isinstance(error, OSError):
        if error.filename is None and error.errno in _ENDS:
            return f"standard output {_ENDS[error.errno]}; what was done is done, but its result was not written"
        return f"{error.filename or 'standard output'}: {error.strerror or error}"
    return (
        f"something went wrong inside ({type(error).__name__}: {error}); the study is as it was before;"
        " set QDA_TRACEBACK=1 to see where, and please report it"
    )


def _refuse_broken(words: Sequence[str]) -> None:
    """Refuse words with bytes that are no characters: nothing in a study could be written with them."""
    for word in words:
        if any("\ud800" <= sign <= "\udfff" for sign in word):
            raise QdaError(f"'{word}' has bytes that are no text; rename the file, or check the terminal's encoding")


def _use_utf8() -> None:
    for name in ("stdin", "stdout", "stderr"):
        if getattr(sys, name) is None:  # closed by whoever started us; a result cannot be written then
            handle = os.open(os.devnull, os.O_WRONLY if name == "stderr" else os.O_RDONLY)
            setattr(sys, name, open(handle, "r" if name == "stdin" else "w", encoding="utf-8"))  # noqa: SIM115, PTH123
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace", newline="\n")


def _parser() -> Parser:
    parser = Parser(prog="qda", add_help=False)
    parser.add_argument("--help", "-h", action="store_true")
    parser.add_argument("--version", action="store_true")
    parser.add_argument("--study")
    parser.add_argument("--coder")
    return parser


def _split(words: Sequence[str]) -> int:
    """Where the command stands: behind the global options and their values."""
    place = 0
    while place < len(words) and words[place].startswith("-"):
        place += 2 if words[place] in ("--study", "--coder") else 1
    return min(place, len(words))


def _run(words: list[str]) -> int:
    _refuse_broken(words)
    place = _split(words)
    options = _parser().parse_args(words[:place])
    if options.version:
        print(f"qda {__version__}")
        return 0
    if options.help:
        print(help_text(), end="")
        return 0
    if place == len(words):
        return _nothing(options.study, options.coder)
    name, *rest = words[place:]
    if name not in COMMANDS:
        import difflib

        close = difflib.get_close_matches(name, COMMANDS, n=1)
        hint = f"; did you mean 'qda {close[0]}'?" if close else "; 'qda --help' lists the commands"
        raise UsageError(f"there is no command '{name}'{hint}")
    module = import_module(f"qda.cli.{COMMANDS[name][0]}")
    command = Command(name, COMMANDS[name][1], options.study, options.coder)
    try:
        status: int | None = module.run(command, rest)
        command.say_if_idle()
    finally:
        command.close()
    return status or 0


def _nothing(study: str | None, coder: str | None) -> int:
    """`qda` alone: the coding screen on a terminal, else the help."""
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        print(help_text(), end="", file=sys.stderr)
        return 2
    from qda.cli.screen import show

    return show(Command("qda", "", study, coder))


def help_text() -> str:
    """The help for `qda --help`."""
    lines = [
        f"qda {__version__}: qualitative coding whose numbers open their excerpts",
        "",
        "usage: qda [--study PATH] [--coder NAME] COMMAND ...",
        "",
        "  --study PATH   the study's folder or file (default: study.db here, or in the nearest folder above)",
        "  --coder NAME   who works (default: $QDA_CODER, the study's setting, your user name)",
        "  --version      the version; --help after a command explains it",
    ]
    for group, names in _GROUPS.items():
        lines += ["", f"{group}:"]
        lines += [f"  {name:<12} {COMMANDS[name][1]}" for name in names]
    lines += ["", "New here? 'qda demo' makes a sample study to explore; 'qda init' starts your own."]
    return "\n".join(lines) + "\n"
