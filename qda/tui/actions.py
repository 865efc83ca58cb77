"""Every action of the screens with its keys: keys, help, palette and hints are made from this one table."""

from __future__ import annotations

from qda.tui.action import DIGITS, Action
from qda.tui.actions_places import (
    ADJUDICATION,
    CLAIMS,
    CODEBOOK,
    HISTORY,
    MEMOS,
    REGISTERS,
    REPORTS,
    REREADS,
    ROUNDS,
    SEARCH,
    SOURCES,
)

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
    Action("show_claims", "everywhere", "Places", ("f11", "ctrl+l"), "the claims, with what is cited for and against"),
    Action("show_registers", "everywhere", "Places", ("f6",), "persons, cases, attributes, coverage, facts, datasets"),
    Action("show_reports", "everywhere", "Places", ("f7",), "the reports"),
    Action("show_search", "everywhere", "Places", ("f8", "ctrl+f"), "search all sources"),
    Action("show_history", "everywhere", "Places", ("f9",), "what was done, by whom and when"),
    Action(
        "show_rounds", "everywhere", "Places", ("ctrl+r",), "the rounds: who codes what apart, and how far they are"
    ),
    Action(
        "show_adjudication", "everywhere", "Places", ("ctrl+d",), "where coders of a round are apart, to be decided"
    ),
    Action("show_rereads", "everywhere", "Places", ("ctrl+g",), "what is to be read again since codes changed"),
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
    Action("other_language", "coding", "Move", ("=",), "to the same words in the translation, or in the original"),
    Action("mark", "coding", "Select", ("v",), "start a selection; the cursor extends it", "select"),
    Action("select_sentence", "coding", "Select", ("S",), "select the sentence; again: the next one too", "sentence"),
    Action("select_turn", "coding", "Select", ("T",), "select the turn; again: the next one too", "turn"),
    Action("select_coding", "coding", "Select", ("V",), "select the words of the coding under the cursor"),
    Action("cancel", "coding", "Select", ("escape",), "give up the selection or the marks; else go back", "give up"),
    Action("pick", "coding", "Code", ("c", "enter"), "pick codes by name, or make a new one here", "code"),
    Action("recent", "coding", "Code", DIGITS, "put a recent code on the selection", "recent"),
    Action("repeat", "coding", "Code", (".",), "put the last codes on this selection too"),
    Action("in_vivo", "coding", "Code", ("i",), "make a code of the selected words themselves"),
    Action("next_here", "coding", "Code", ("tab",), "choose among the codings under the cursor"),
    Action("remove", "coding", "Code", ("x", "delete"), "take the chosen coding away", "remove"),
    Action("recode", "coding", "Code", ("r",), "give the chosen coding another code"),
    Action("adjust", "coding", "Code", ("a",), "move the ends of the chosen coding"),
    Action("split", "coding", "Code", ("s",), "split the chosen coding at the cursor"),
    Action("weigh", "coding", "Code", ("W",), "give the chosen coding a weight"),
    Action(
        "reviewed",
        "coding",
        "Code",
        ("R",),
        "say that the chosen coding is right, though its text was edited (~)",
        "right",
    ),
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
    Action("cite", "coding", "Write", ("q",), "cite the selection, else the coding, for or against a claim", "cite"),
    Action("not_data", "coding", "Write", ("X",), "mark the selection as no data, or take the mark away"),
    Action("confidential", "coding", "Write", ("%",), "keep the selection out of what is published, or let it go out"),
    Action("done", "coding", "Write", ("D",), "mark this source as done by you, or not yet"),
    Action("undo", "coding", "Write", ("u", "ctrl+z"), "take back what you did last", "undo"),
    Action("redo", "coding", "Write", ("U", "ctrl+y"), "do again what you took back"),
)

ACTIONS: tuple[Action, ...] = (
    *CODING,
    *CODEBOOK,
    *MEMOS,
    *CLAIMS,
    *SOURCES,
    *REGISTERS,
    *ROUNDS,
    *REREADS,
    *REPORTS,
    *SEARCH,
    *HISTORY,
    *ADJUDICATION,
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


def keys_said(action: Action, most: int | None = None) -> str:
    """The keys of an action as people know them, so many at most; digits as the first and the last."""
    return "1-9" if action.keys == DIGITS else "  ".join(shown(key) for key in action.keys[:most])


def of_place(place: str) -> list[Action]:
    """The actions of one place, those of everywhere behind them."""
    return [action for action in ACTIONS if action.place == place] + list(EVERYWHERE)
