"""Reads a codebook: all words as typed, and one clear sentence with line and column for what is wrong."""

from __future__ import annotations

from qda.errors import BadFileError
from qda.io.codebook.composing import compose
from qda.io.codebook.fields import MAX_LEVELS, Fields, refuse, text_of
from qda.io.codebook.keys import BOOK_KEYS, CODE_KEYS
from qda.io.codebook.names import check_siblings, name_of
from qda.io.codebook.syntax import Refusal, clean
from qda.io.codebook.tree import Node, Pairs, Scalar
from qda.model.codebook import EXCLUSIVE, ORIGINS, Codebook, CodeEntry

_EMPTY = "nothing stands in this file: a codebook begins with 'codes:' and a list of codes, each with its 'name:'"


def read_codebook(text: str, file: str) -> Codebook:
    """Read a codebook from YAML; `file` is its name for the errors.

    Raises:
        BadFileError: The text is not valid YAML or no codebook.
    """
    try:
        return _codebook(compose(clean(text)))
    except Refusal as refusal:
        raise BadFileError(file, refusal.problem, line=refusal.line, column=refusal.column) from None


def _codebook(root: Node | None) -> Codebook:
    if root is None or (isinstance(root, Scalar) and not root.text):
        raise Refusal(_EMPTY)
    if not isinstance(root, Pairs):
        refuse(root, "a codebook begins with 'codes:' and below it a list of codes, each with its 'name:'")
    fields = Fields(root, BOOK_KEYS, "the codebook")
    name, extra = _title(fields)
    return Codebook(name=name, extra=extra, codes=_codes(fields.nodes("codes"), 1))


def _title(fields: Fields) -> tuple[str, dict[str, object]]:
    """The codebook's name, and what is said of it besides: under `x` or beside its name."""
    extra = fields.anything("x")
    title = fields.node("codebook")
    if not isinstance(title, Pairs):
        return fields.text("codebook"), extra
    beside: dict[str, object] = {}
    for key, value in title.pairs:
        if key.text != "name":
            if key.text in extra:
                refuse(key, f"{key.text!r} stands under 'codebook' and under 'x': keep one of the two")
            beside[key.text] = text_of(value, f"{key.text!r} of the codebook")
    named = title.get("name")
    return "" if named is None else text_of(named, "the codebook's name"), beside | extra


def _codes(nodes: tuple[Node, ...], level: int) -> tuple[CodeEntry, ...]:
    written = [_mapping(node, level) for node in nodes]
    codes = tuple(_code(node, level) for node in written)
    check_siblings(written, codes)
    return codes


def _mapping(node: Node, level: int) -> Pairs:
    if level > MAX_LEVELS:
        refuse(node, f"codes are nested more than {MAX_LEVELS} levels deep here")
    if not isinstance(node, Pairs):
        refuse(node, "a code is written as '- name: its name', with a space after the colon")
    return node


def _code(node: Pairs, level: int) -> CodeEntry:
    named = node.get("name")
    whose = f"the code {named.text!r}" if isinstance(named, Scalar) and named.text else "this code"
    fields = Fields(node, CODE_KEYS, whose)
    code = CodeEntry(
        name=name_of(node),
        definition=fields.text("definition"),
        include=fields.text("include"),
        exclude=fields.text("exclude"),
        example=fields.text("example"),
        labels=fields.named_texts("labels"),
        aliases=fields.texts("aliases"),
        origin=fields.choice("origin", ORIGINS),
        ordinal=fields.flag("ordinal"),
        exclusive=fields.choice("exclusive", EXCLUSIVE),
        moment=fields.text("moment"),
        outside=fields.flag("outside"),
        patterns=fields.texts("patterns"),
        extra=fields.anything("x"),
        children=_codes(fields.nodes("children"), level + 1),
        line=node.line,
    )
    moment = fields.node("moment")
    if moment is not None and code.exclusive != "case_moment":
        refuse(moment, f"'moment' of {whose} needs 'exclusive: case_moment' beside it")
    return code
