"""What a claim and a citation must be, wherever they come from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qda.errors import QdaError
from qda.model.claims import CLAIM_KINDS, CLAIM_STATES, QUOTED, STANCES, one_sentence
from qda.model.grading import GRADES, parse_rule
from qda.model.quoting import edit_problem

if TYPE_CHECKING:
    from qda.model.claims import CitationRow, ClaimRow


def checked(row: ClaimRow) -> str:
    """The sentence of a claim that makes sense, on one line.

    Raises:
        QdaError: It has no words, a kind, state or grade that there is not, a grade without a reason, or no rule.
    """
    text = one_sentence(row.text)
    if not any(character.isalpha() for character in text):  # a mere number names the claim in that place of the list
        raise QdaError("the claim has no words")
    for word, known, what in (
        (row.kind, CLAIM_KINDS, "kind of a claim"),
        (row.state, CLAIM_STATES, "state of a claim"),
        (row.grade, ("", *GRADES), "grade of a claim"),
    ):
        if word not in known:
            raise QdaError(f"'{word}' is no {what}; it is one of {', '.join(filter(None, known))}")
    if row.grade and not row.reason.strip():
        raise QdaError("a grade that is set by hand needs a reason; without a grade it follows from the rule")
    if row.rule.strip():
        parse_rule(one_sentence(row.rule))
    return text


def check_citation(row: CitationRow, words: str) -> None:
    """Refuse a citation that makes no sense; `words` are those at its place.

    Raises:
        QdaError: It is neither for nor against, its words are others, or what it prints is not what it says it is.
    """
    for word, known, what in ((row.stance, STANCES, "cited"), (row.quoted, QUOTED, "quoted")):
        if word not in known:
            raise QdaError(f"a segment is {what} {' or '.join(known)}, not '{word}'")
    if row.words and row.words != words:
        raise QdaError(f"the words at {row.start}-{row.end} of '{row.source}' are not those of the quotation")
    if row.quoted == "verbatim" and (row.wording.strip() or row.by.strip()):
        raise QdaError("a verbatim quotation has no other wording; say that it is edited or translated")
    if row.quoted != "verbatim" and not row.wording.strip():
        raise QdaError(f"a quotation that is {row.quoted} needs its words")
    if row.quoted == "translated" and not row.by.strip():
        raise QdaError("say who translated the quotation")
    if row.quoted == "edited" and (problem := edit_problem(words, row.wording)):
        raise QdaError(f"the edited quotation: {problem}")
