"""The actions of the places beside the coding screen. A letter means the same in all of them, and as on that screen."""

from __future__ import annotations

from qda.tui.action import Action

CODEBOOK: tuple[Action, ...] = (
    Action("up", "codebook", "Move", ("up", "k"), "to the code above"),
    Action("down", "codebook", "Move", ("down", "j"), "to the code below"),
    Action("fold", "codebook", "Move", ("left", "h"), "hide the subcodes; then to the parent"),
    Action("unfold", "codebook", "Move", ("right", "l"), "show the subcodes; then to the first of them"),
    Action("fold_all", "codebook", "Move", ("Z",), "show only the families, or everything again"),
    Action("page_up", "codebook", "Move", ("pageup",), "a page up"),
    Action("page_down", "codebook", "Move", ("pagedown",), "a page down"),
    Action("top", "codebook", "Move", ("home", "g"), "to the first code"),
    Action("bottom", "codebook", "Move", ("end", "G"), "to the last code"),
    Action("filter", "codebook", "Look", ("f", "/"), "show only the codes that fit what is typed", "find"),
    Action("open", "codebook", "Look", ("enter",), "the excerpts of this code", "excerpts"),
    Action("retired", "codebook", "Look", ("H",), "show or hide retired codes"),
    Action("about", "codebook", "Look", ("I",), "show or hide everything about the code"),
    Action("read_down", "codebook", "Look", ("J", "ctrl+down"), "read on in what is said about the code"),
    Action("read_up", "codebook", "Look", ("K", "ctrl+up"), "read back in it"),
    Action("versions", "codebook", "Look", ("L",), "the versions of the codebook: what changed when"),
    Action("add_below", "codebook", "Change", ("a",), "a new code under this one", "add"),
    Action("add_top", "codebook", "Change", ("A",), "a new code at the top"),
    Action("edit", "codebook", "Change", ("e",), "write everything about this code", "edit"),
    Action("rename", "codebook", "Change", ("r",), "another name; the old one stays as an alias"),
    Action("move", "codebook", "Change", (">",), "put this code under another"),
    Action("earlier", "codebook", "Change", ("+",), "move this code up among its siblings"),
    Action("later", "codebook", "Change", ("-",), "move this code down among its siblings"),
    Action("merge", "codebook", "Change", ("M",), "merge this code into another, after a look at it", "merge"),
    Action("split", "codebook", "Change", ("s",), "give some codings of this code a new code"),
    Action("retire", "codebook", "Change", ("R",), "take this code out of use, or bring it back"),
    Action("remove", "codebook", "Change", ("x", "delete"), "remove this code, if it was never used"),
    Action("memo", "codebook", "Write", ("m",), "write a memo on this code"),
    Action("undo", "codebook", "Write", ("u", "ctrl+z"), "take back what you did last", "undo"),
    Action("redo", "codebook", "Write", ("U", "ctrl+y"), "do again what you took back"),
)
MEMOS: tuple[Action, ...] = (
    Action("up", "memos", "Move", ("up", "k"), "to the memo above"),
    Action("down", "memos", "Move", ("down", "j"), "to the memo below"),
    Action("page_up", "memos", "Move", ("pageup",), "a page up"),
    Action("page_down", "memos", "Move", ("pagedown",), "a page down"),
    Action("top", "memos", "Move", ("home", "g"), "to the first memo"),
    Action("bottom", "memos", "Move", ("end", "G"), "to the last memo"),
    Action("open", "memos", "Look", ("enter",), "go to what the memo is about", "go there"),
    Action("filter", "memos", "Look", ("f", "/"), "show only the memos with what is typed in them", "find"),
    Action("kinds", "memos", "Look", ("t",), "only one kind of memo; again: the next kind"),
    Action("coders", "memos", "Look", ("p",), "only what one coder wrote; again: the next coder"),
    Action("abouts", "memos", "Look", ("d",), "only memos on one kind of thing; again: the next"),
    Action("everything", "memos", "Look", ("*",), "all memos again"),
    Action("about", "memos", "Look", ("I",), "show or hide the whole memo"),
    Action("read_down", "memos", "Look", ("J", "ctrl+down"), "read on in the memo"),
    Action("read_up", "memos", "Look", ("K", "ctrl+up"), "read back in it"),
    Action("add", "memos", "Write", ("a",), "a new memo on the study", "new"),
    Action("edit", "memos", "Write", ("e",), "write on in this memo, or change its kind", "edit"),
    Action("remove", "memos", "Write", ("x", "delete"), "remove this memo", "remove"),
    Action("undo", "memos", "Write", ("u", "ctrl+z"), "take back what you did last", "undo"),
    Action("redo", "memos", "Write", ("U", "ctrl+y"), "do again what you took back"),
)

_TABLE_MOVES = (
    ("up", ("up", "k"), "one row up"),
    ("down", ("down", "j"), "one row down"),
    ("left", ("left", "h"), "one column left"),
    ("right", ("right", "l"), "one column right"),
    ("page_up", ("pageup", "ctrl+b"), "a page up"),
    ("page_down", ("pagedown",), "a page down"),
    ("top", ("g", "ctrl+home"), "to the first row"),
    ("bottom", ("G", "ctrl+end"), "to the last row"),
    ("line_start", ("home", "0"), "to the first column"),
    ("line_end", ("end", "$"), "to the last column"),
    ("filter", ("f", "/"), "show only the rows with the words that you type; Esc shows all again"),
    ("sort", ("O",), "sort by the column of the cursor; again: from the end; again: as it was"),
)
SOURCES: tuple[Action, ...] = (
    Action("open", "sources", "Sources", ("enter",), "open this source where you left it", "open"),
    Action("done", "sources", "Sources", ("D",), "mark as done by you, or as in progress again", "done"),
    Action("assign", "sources", "Sources", ("P",), "assign to a coder", "assign"),
    Action("edit", "sources", "Sources", ("e",), "edit kind, language and date", "edit"),
    Action("take_in", "sources", "Sources", ("a",), "import a file or folder", "import"),
    Action("voices", "sources", "Sources", ("p",), "who speaks in it, how much, and for whom", "voices"),
    Action("tick", "sources", "Sources", ("space",), "tick: D, P and e then hold for all that are ticked", "tick"),
    Action("undo", "sources", "Write", ("u", "ctrl+z"), "take back what you did last", "undo"),
    Action("redo", "sources", "Write", ("U", "ctrl+y"), "do again what you took back"),
    *(Action(name, "sources", "Move", keys, title) for name, keys, title in _TABLE_MOVES),
)

ROUNDS: tuple[Action, ...] = (
    Action("open", "rounds", "Rounds", ("enter",), "go on in your part, where something is left to do", "code"),
    Action("done", "rounds", "Rounds", ("D",), "hand in your part", "hand in"),
    Action("add", "rounds", "Rounds", ("a",), "make a round", "new"),
    Action(
        "reveal", "rounds", "Rounds", ("o",), "let everybody see the round; it says first what that means", "reveal"
    ),
    Action("agreement", "rounds", "Rounds", ("y",), "how far its coders agree: the report on this round", "agreement"),
    Action("edit", "rounds", "Rounds", ("e",), "say by what it is judged, and what it should reach"),
    Action(
        "export", "rounds", "Rounds", ("E",), "write a hand-out: a study file for one coder, with nothing of the others"
    ),
    Action("undo", "rounds", "Write", ("u", "ctrl+z"), "take back what you did last", "undo"),
    Action("redo", "rounds", "Write", ("U", "ctrl+y"), "do again what you took back"),
    *(Action(name, "rounds", "Move", keys, title) for name, keys, title in _TABLE_MOVES),
)

REGISTERS: tuple[Action, ...] = (
    Action("persons", "registers", "Registers", ("1",), "the persons: who speaks, in which role"),
    Action("cases", "registers", "Registers", ("2",), "the cases: what is compared, and whom it gathers"),
    Action("attributes", "registers", "Registers", ("3",), "the attributes of sources, persons or cases, as a grid"),
    Action("coverage", "registers", "Registers", ("4",), "the coverage: what was asked in which source"),
    Action("next_tab", "registers", "Registers", ("tab",), "the next of these four"),
    Action("tab_back", "registers", "Registers", ("shift+tab",), "the one before"),
    Action(
        "edit", "registers", "Edit", ("enter", "e"), "edit the person, case, cell or entry under the cursor", "edit"
    ),
    Action("voices", "registers", "Persons", ("p",), "who speaks where and for whom, and change that", "for whom"),
    Action("merge", "registers", "Persons", ("M",), "this person is the same as another: merge them", "merge"),
    Action("add", "registers", "Edit", ("a",), "add a person, a case, or an attribute", "add"),
    Action(
        "tick",
        "registers",
        "Edit",
        ("space",),
        "whom a case gathers; asked, not asked, unknown",
        "tick",
    ),
    Action("remove", "registers", "Edit", ("x", "delete"), "remove the case; empty the cell or the entry", "remove"),
    Action("go_to_column", "registers", "Attributes", (":",), "go to an attribute or a code by its name"),
    Action("whose", "registers", "Attributes", ("t",), "the rows are sources, persons or cases", "rows"),
    Action("paste", "registers", "Attributes", ("ctrl+v",), "paste cells, or a table with a header", "paste"),
    Action("spread", "registers", "Coverage", ("Y",), "give all sources that are shown what this one has", "to all"),
    Action("undo", "registers", "Edit", ("u", "ctrl+z"), "take back what you did last", "undo"),
    Action("redo", "registers", "Edit", ("U", "ctrl+y"), "do again what you took back"),
    *(Action(name, "registers", "Move", keys, title) for name, keys, title in _TABLE_MOVES),
)

REPORTS: tuple[Action, ...] = (
    Action("left", "reports", "Move", ("left", "h"), "one column left"),
    Action("right", "reports", "Move", ("right", "l"), "one column right"),
    Action("up", "reports", "Move", ("up", "k"), "one up"),
    Action("down", "reports", "Move", ("down", "j"), "one down"),
    Action("page_up", "reports", "Move", ("pageup",), "a page up"),
    Action("page_down", "reports", "Move", ("pagedown",), "a page down"),
    Action("first_column", "reports", "Move", ("home", "0"), "to the first column"),
    Action("last_column", "reports", "Move", ("end", "$"), "to the last column"),
    Action("top", "reports", "Move", ("g", "ctrl+home"), "to the top"),
    Action("bottom", "reports", "Move", ("G", "ctrl+end"), "to the bottom"),
    Action(
        "open", "reports", "Look", ("enter",), "the excerpts behind the cell; from an excerpt, the text", "excerpts"
    ),
    Action("sort", "reports", "Look", ("O",), "sort by this column; again: the other way; again: as it was", "sort"),
    Action("chart", "reports", "Look", ("F",), "look at it as a chart of this column; again: the table", "chart"),
    Action("notes", "reports", "Look", ("d",), "read all notes of this report"),
    Action("next_report", "reports", "Choose", ("tab", "]"), "the next report", "next"),
    Action("previous_report", "reports", "Choose", ("shift+tab", "["), "the report before"),
    Action("choose_report", "reports", "Choose", ("t",), "choose a report from the list"),
    Action("select", "reports", "Choose", ("f",), "choose what is counted", "count"),
    Action("compare_by", "reports", "Choose", ("b",), "choose what to compare by"),
    Action("recount", "reports", "Choose", (".",), "count anew"),
    Action("export", "reports", "Write", ("E",), "write it into exports/ as Markdown", "export"),
    Action("export_as", "reports", "Write", ("ctrl+e",), "write it in another form: CSV, JSON, quotations"),
    Action("command", "reports", "Write", ("!",), "the command that makes this report"),
)
SEARCH: tuple[Action, ...] = (
    Action("up", "search", "Move", ("up", "k"), "one hit up; from the first to the line"),
    Action("down", "search", "Move", ("down", "j"), "one hit down; from the line to the hits"),
    Action("page_up", "search", "Move", ("pageup",), "a page up"),
    Action("page_down", "search", "Move", ("pagedown",), "a page down"),
    Action("top", "search", "Move", ("home", "g"), "to the first hit"),
    Action("bottom", "search", "Move", ("end", "G"), "to the last hit"),
    Action("next_source", "search", "Move", ("]", "right"), "to the next source"),
    Action("source_back", "search", "Move", ("[", "left"), "to the source before"),
    Action("switch", "search", "Search", ("tab",), "from the line to the hits, and back"),
    Action("type", "search", "Search", ("/",), "type other words", "words"),
    Action("filter", "search", "Search", ("f", "ctrl+o"), "search only some sources, codes or coders", "only"),
    Action("counts", "search", "Look", (":",), "how many hits each source has; go to one", "sources"),
    Action("mode", "search", "Search", ("ctrl+t", "t"), "search folded, exactly, by pattern, by lemma"),
    Action("open", "search", "Look", ("enter",), "the place in the text", "text"),
    Action("tick", "search", "Code", ("space",), "tick the hit, or take the tick away", "tick"),
    Action("tick_all", "search", "Code", ("*",), "tick all hits, or none", "all"),
    Action("code", "search", "Code", ("c",), "put a code, old or new, on all ticked hits at once", "code"),
    Action("undo", "search", "Code", ("u", "ctrl+z"), "take back what you did last", "undo"),
    Action("redo", "search", "Code", ("U", "ctrl+y"), "do again what you took back"),
)
HISTORY = (
    Action("undo", "history", "Write", ("u", "ctrl+z"), "take back what you did last", "undo"),
    Action("redo", "history", "Write", ("U", "ctrl+y"), "do again what you took back", "redo"),
)
