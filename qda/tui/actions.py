"""Every action of the screens with its keys: keys, help, palette and hints are made from this one table."""

from __future__ import annotations

from typing import NamedTuple


class Action(NamedTuple):
    """Something that can be done: where, by which keys (characters or names of keys), said in a few words.

    `hint` is the short word for the status line; an action without one stands only in help and palette.
    """

    name: str
    place: str
    group: str
    keys: tuple[str, ...]
    title: str
    hint: str = ""


# The name of a key as people know it, where Textual calls it otherwise.
SHOWN = {
    "escape": "Esc",
    "enter": "Enter",
    "space": "Space",
    "tab": "Tab",
    "pageup": "PgUp",
    "pagedown": "PgDn",
    "delete": "Del",
    "backspace": "Backspace",
    "left": "←",
    "right": "→",
    "up": "↑",
    "down": "↓",
    "home": "Home",
    "end": "End",
}

EVERYWHERE = (
    Action("show_coding", "everywhere", "Places", ("f2",), "the transcript that is being coded"),
    Action("show_sources", "everywhere", "Places", ("f3",), "the sources, with who has done what"),
    Action("show_codebook", "everywhere", "Places", ("f4",), "the codebook"),
    Action("show_memos", "everywhere", "Places", ("f5",), "all memos"),
    Action("show_registers", "everywhere", "Places", ("f6",), "persons, cases, attributes and coverage"),
    Action("show_reports", "everywhere", "Places", ("f7",), "the reports"),
    Action("show_search", "everywhere", "Places", ("f8", "ctrl+f"), "search all sources"),
    Action("show_history", "everywhere", "Places", ("f9",), "what was done, by whom and when"),
    Action("show_settings", "everywhere", "Places", ("f10",), "settings of this screen"),
    Action("show_palette", "everywhere", "Places", ("ctrl+p",), "everything that can be done, by name"),
    Action("show_help", "everywhere", "Places", ("f1", "question_mark"), "the keys of this place", "help"),
    Action("leave", "everywhere", "Places", ("ctrl+q",), "leave; all that you did is saved already"),
)

CODING = (
    Action("left", "coding", "Move", ("left", "h"), "one character left"),
    Action("right", "coding", "Move", ("right", "l"), "one character right"),
    Action("up", "coding", "Move", ("up", "k"), "one line up"),
    Action("down", "coding", "Move", ("down", "j"), "one line down"),
    Action("word_back", "coding", "Move", ("b", "ctrl+left"), "to the word before"),
    Action("word", "coding", "Move", ("w", "ctrl+right"), "to the next word"),
    Action("sentence_back", "coding", "Move", ("(",), "to the sentence before"),
    Action("sentence", "coding", "Move", (")",), "to the next sentence"),
    Action("turn_back", "coding", "Move", ("{",), "to the turn before"),
    Action("turn", "coding", "Move", ("}",), "to the next turn"),
    Action("coding_back", "coding", "Move", ("[",), "to the coding before"),
    Action("coding", "coding", "Move", ("]",), "to the next coding"),
    Action("line_start", "coding", "Move", ("home", "0"), "to the start of the line"),
    Action("line_end", "coding", "Move", ("end", "$"), "to the end of the line"),
    Action("page_up", "coding", "Move", ("pageup", "ctrl+b"), "a page up"),
    Action("page_down", "coding", "Move", ("pagedown",), "a page down"),
    Action("top", "coding", "Move", ("g", "ctrl+home"), "to the start of the text"),
    Action("bottom", "coding", "Move", ("G", "ctrl+end"), "to the end of the text"),
    Action("uncoded", "coding", "Move", ("z",), "to the next sentence you have not coded; no questions"),
    Action("bookmark", "coding", "Move", ("B",), "set a bookmark here, or take it away"),
    Action("next_bookmark", "coding", "Move", ("'",), "to the next bookmark"),
    Action("go_to", "coding", "Move", (":",), "to a turn by its number, or to a time such as 12:30"),
    Action("mark", "coding", "Select", ("v",), "start a selection; the cursor extends it", "select"),
    Action("select_sentence", "coding", "Select", ("S",), "select the sentence; again: the next one too", "sentence"),
    Action("select_turn", "coding", "Select", ("T",), "select the turn; again: the next one too", "turn"),
    Action("select_coding", "coding", "Select", ("V",), "select the words of the coding under the cursor"),
    Action("cancel", "coding", "Select", ("escape",), "give up the selection or the marks; else go back", "give up"),
    Action("pick", "coding", "Code", ("c", "enter"), "pick codes by name, or make a new one here", "code"),
    Action("recent", "coding", "Code", tuple("123456789"), "put a recent code on the selection", "recent"),
    Action("repeat", "coding", "Code", (".",), "put the last codes on this selection too"),
    Action("in_vivo", "coding", "Code", ("i",), "make a code of the selected words themselves"),
    Action("next_here", "coding", "Code", ("tab",), "choose among the codings under the cursor"),
    Action("remove", "coding", "Code", ("x", "delete"), "take the chosen coding away", "remove"),
    Action("recode", "coding", "Code", ("r",), "give the chosen coding another code"),
    Action("adjust", "coding", "Code", ("a",), "move the ends of the chosen coding"),
    Action("split", "coding", "Code", ("s",), "split the chosen coding at the cursor"),
    Action("weigh", "coding", "Code", ("W",), "give the chosen coding a weight"),
    Action("comment", "coding", "Code", ("e",), "write a comment on the chosen coding, or go on in yours"),
    Action("definition", "coding", "Code", ("d",), "read the definition of the code under the cursor"),
    Action("focus", "coding", "Look", ("f",), "tint the code under the cursor; again: none"),
    Action("guided", "coding", "Look", ("f12",), "be guided through a first coding"),
    Action("others", "coding", "Look", ("o",), "show or hide what other coders did"),
    Action("codes_pane", "coding", "Look", ("C",), "show or hide the codebook pane"),
    Action("detail_pane", "coding", "Look", ("I",), "show or hide what is known of this place"),
    Action("find", "coding", "Look", ("/",), "find words in this text", "find"),
    Action("find_next", "coding", "Look", ("n",), "to the next place that was found"),
    Action("find_back", "coding", "Look", ("N",), "to the place found before"),
    Action("memo", "coding", "Write", ("m",), "write a memo on the selection, else on the turn", "memo"),
    Action("not_data", "coding", "Write", ("X",), "mark the selection as no data, or take the mark away"),
    Action("done", "coding", "Write", ("D",), "mark this source as done by you, or not yet"),
    Action("undo", "coding", "Write", ("u", "ctrl+z"), "take back what you did last", "undo"),
    Action("redo", "coding", "Write", ("U", "ctrl+y"), "do again what you took back"),
)

CODEBOOK: tuple[Action, ...] = (
    Action("up", "codebook", "Move", ("up", "k"), "to the code above"),
    Action("down", "codebook", "Move", ("down", "j"), "to the code below"),
    Action("fold", "codebook", "Move", ("left", "h"), "hide the subcodes; then to the parent"),
    Action("unfold", "codebook", "Move", ("right", "l"), "show the subcodes; then to the first of them"),
    Action("fold_all", "codebook", "Move", ("z",), "show only the families, or everything again"),
    Action("page_up", "codebook", "Move", ("pageup",), "a page up"),
    Action("page_down", "codebook", "Move", ("pagedown",), "a page down"),
    Action("top", "codebook", "Move", ("home", "g"), "to the first code"),
    Action("bottom", "codebook", "Move", ("end",), "to the last code"),
    Action("filter", "codebook", "Look", ("f", "/"), "show only the codes that fit what is typed", "find"),
    Action("open", "codebook", "Look", ("enter",), "the excerpts of this code", "excerpts"),
    Action("retired", "codebook", "Look", ("H",), "show or hide retired codes"),
    Action("about", "codebook", "Look", ("I",), "show or hide everything about the code"),
    Action("read_down", "codebook", "Look", ("J", "ctrl+down"), "read on in what is said about the code"),
    Action("read_up", "codebook", "Look", ("K", "ctrl+up"), "read back in it"),
    Action("versions", "codebook", "Look", ("v",), "the versions of the codebook: what changed when"),
    Action("add_below", "codebook", "Change", ("a",), "a new code under this one", "add"),
    Action("add_top", "codebook", "Change", ("A",), "a new code at the top"),
    Action("edit", "codebook", "Change", ("e",), "write everything about this code", "edit"),
    Action("rename", "codebook", "Change", ("r",), "another name; the old one stays as an alias"),
    Action("move", "codebook", "Change", ("M",), "put this code under another"),
    Action("earlier", "codebook", "Change", ("+",), "move this code up among its siblings"),
    Action("later", "codebook", "Change", ("-",), "move this code down among its siblings"),
    Action("merge", "codebook", "Change", ("G",), "merge this code into another, after a look at it", "merge"),
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
    Action("coders", "memos", "Look", ("c",), "only what one coder wrote; again: the next coder"),
    Action("abouts", "memos", "Look", ("o",), "only memos on one kind of thing; again: the next"),
    Action("everything", "memos", "Look", ("C",), "all memos again"),
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
    ("filter", ("f",), "show only the rows with the words that you type; Esc shows all again"),
    ("sort", ("s",), "sort by the column of the cursor; again: from the end; again: as it was"),
)
SOURCES: tuple[Action, ...] = (
    Action("open", "sources", "Sources", ("enter",), "open this source where you left it", "open"),
    Action("done", "sources", "Sources", ("D",), "mark as done by you, or as in progress again", "done"),
    Action("assign", "sources", "Sources", ("A",), "assign to a coder", "assign"),
    Action("edit", "sources", "Sources", ("e",), "edit kind, language and date", "edit"),
    Action("take_in", "sources", "Sources", ("i",), "import a file or folder", "import"),
    Action("voices", "sources", "Sources", ("p",), "who speaks in it, how much, and for whom", "voices"),
    Action("tick", "sources", "Sources", ("space",), "tick: D, A and e then hold for all that are ticked", "tick"),
    Action("undo", "sources", "Write", ("u", "ctrl+z"), "take back what you did last", "undo"),
    Action("redo", "sources", "Write", ("U", "ctrl+y"), "do again what you took back"),
    *(Action(name, "sources", "Move", keys, title) for name, keys, title in _TABLE_MOVES),
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
    Action("voices", "registers", "Persons", ("w",), "who speaks where and for whom, and change that", "for whom"),
    Action("merge", "registers", "Persons", ("M",), "this person is the same as another: merge them", "merge"),
    Action("members", "registers", "Cases", ("m",), "choose the persons and sources of this case", "members"),
    Action("add", "registers", "Edit", ("a",), "add a person, a case, or an attribute", "add"),
    Action("go_to_column", "registers", "Attributes", ("c",), "go to an attribute or a code by its name"),
    Action("whose", "registers", "Attributes", ("t",), "the rows are sources, persons or cases", "rows"),
    Action("empty", "registers", "Attributes", ("delete", "x"), "empty the cell", "empty"),
    Action("paste", "registers", "Attributes", ("ctrl+v",), "paste cells, or a table with a header", "paste"),
    Action("toggle", "registers", "Coverage", ("space",), "asked, not asked, unknown", "asked?"),
    Action("spread", "registers", "Coverage", ("C",), "give all sources that are shown what this one has", "to all"),
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
    Action("top", "reports", "Move", ("ctrl+home", "<"), "to the top"),
    Action("bottom", "reports", "Move", ("ctrl+end", ">"), "to the bottom"),
    Action(
        "open", "reports", "Look", ("enter",), "the excerpts behind the cell; from an excerpt, the text", "excerpts"
    ),
    Action("sort", "reports", "Look", ("s",), "sort by this column; again: the other way; again: as it was", "sort"),
    Action("chart", "reports", "Look", ("g",), "look at it as a chart of this column; again: the table", "chart"),
    Action("notes", "reports", "Look", ("n",), "read all notes of this report"),
    Action("next_report", "reports", "Choose", ("tab", "]"), "the next report", "next"),
    Action("previous_report", "reports", "Choose", ("shift+tab", "["), "the report before"),
    Action("choose_report", "reports", "Choose", ("r",), "choose a report from the list"),
    Action("select", "reports", "Choose", ("f",), "choose what is counted", "count"),
    Action("compare_by", "reports", "Choose", ("b",), "choose what to compare by"),
    Action("recount", "reports", "Choose", ("R",), "count anew"),
    Action("export", "reports", "Write", ("x",), "write it into exports/: Markdown, CSV or JSON", "export"),
    Action("command", "reports", "Write", ("c",), "the command that makes this report"),
)
SEARCH: tuple[Action, ...] = (
    Action("up", "search", "Move", ("up", "k"), "one hit up; from the first to the line"),
    Action("down", "search", "Move", ("down", "j"), "one hit down; from the line to the hits"),
    Action("page_up", "search", "Move", ("pageup",), "a page up"),
    Action("page_down", "search", "Move", ("pagedown",), "a page down"),
    Action("top", "search", "Move", ("home", "<"), "to the first hit"),
    Action("bottom", "search", "Move", ("end", ">"), "to the last hit"),
    Action("next_source", "search", "Move", ("]", "right"), "to the next source"),
    Action("source_back", "search", "Move", ("[", "left"), "to the source before"),
    Action("switch", "search", "Search", ("tab",), "from the line to the hits, and back"),
    Action("type", "search", "Search", ("/",), "type other words", "words"),
    Action("mode", "search", "Search", ("ctrl+t", "t"), "search folded, exactly, by pattern, by lemma"),
    Action("open", "search", "Look", ("enter",), "the place in the text", "text"),
    Action("tick", "search", "Code", ("space",), "tick the hit, or take the tick away", "tick"),
    Action("tick_all", "search", "Code", ("A",), "tick all hits, or none", "all"),
    Action("code", "search", "Code", ("a",), "put a code on all ticked hits at once", "code"),
    Action("undo", "search", "Code", ("u", "ctrl+z"), "take back what you did last", "undo"),
    Action("redo", "search", "Code", ("U", "ctrl+y"), "do again what you took back"),
)
HISTORY = (
    Action("undo", "history", "Write", ("u", "ctrl+z"), "take back what you did last", "undo"),
    Action("redo", "history", "Write", ("U", "ctrl+y"), "do again what you took back", "redo"),
)

ACTIONS: tuple[Action, ...] = (
    *CODING,
    *CODEBOOK,
    *MEMOS,
    *SOURCES,
    *REGISTERS,
    *REPORTS,
    *SEARCH,
    *HISTORY,
    *EVERYWHERE,
)


def by_key(place: str) -> dict[str, Action]:
    """The actions of a place, and those of everywhere, by key."""
    return {key: action for action in ACTIONS if action.place in (place, "everywhere") for key in action.keys}


def shown(key: str) -> str:
    """A key as people know it: `Ctrl+Z`, `PgUp`, `←`, `x`."""
    *held, last = key.split("+") if len(key) > 1 else (key,)
    known = SHOWN.get(last, "?" if last == "question_mark" else last)
    letter = len(known) == 1 and held
    name = known.upper() if letter or (known[:1] == "f" and known[1:].isdigit()) else known
    return "+".join([*(word.capitalize() for word in held), name])


def of_place(place: str) -> list[Action]:
    """The actions of one place, those of everywhere behind them."""
    return [action for action in ACTIONS if action.place == place] + list(EVERYWHERE)
