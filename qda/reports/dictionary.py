"""What the columns of a report mean, in a sentence each: the data dictionary that goes beside a CSV file."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from qda.reports.report import Report

BELOW = "_with_subcodes"

CODE = "the code, by its path"
FOUND = {
    "passages": "passages of the code: one coder's overlapping codings merged, then those of several coders",
    "sources": "distinct sources with such passages",
    "persons": "distinct persons heard in these passages",
    "cases": "distinct cases of these persons, else of their source; sources where the study has no cases",
}
BY_REPORT = {
    "frequency": {
        "code": CODE,
        **FOUND,
        "characters": "characters of the passages, without what is no data",
        "share": "characters divided by all characters of the selected sources (0 to 1)",
        "coders": "coders who gave the code in these passages; of a consensus, who recorded it",
    },
    "cooccurrence": {
        "code": CODE,
        "other": "the other code, by its path",
        "jaccard": "what both codes have divided by what either has (0 to 1); the notes say of what; empty: undefined",
    },
    "comparison": {
        "code": CODE,
        "value": "the value compared by; (missing) where there is none",
        "value2": "the value of the second thing compared by",
        **FOUND,
        "base": "cases of the value that were asked about the code and in which every source asked is done",
        "share": "base_found divided by base (0 to 1); empty where the base is 0",
        "state": "found, unasked (found though nobody was asked), or why nothing was found: none found, not yet coded,"
        " not asked, coverage unknown",
        "base_found": "cases of the base in which the code or a subcode was found: the n of share",
        "cases_asked_not_done": "cases of the value outside the base: asked, and a source asked is not done",
        "cases_not_asked": "cases of the value outside the base: not asked",
        "cases_unknown": "cases of the value outside the base: nothing was entered about asking",
        "cases_in_value": "all cases of the value: base and cases outside it",
        "words_in_value": "words of the value's respondents; of the whole text where a source has no turns",
        "per_case": "passages divided by cases_in_value",
        "per_10000_words": "passages for each 10,000 of words_in_value",
        "distinct_passages": "passages of the code over all values, each once; the same in every row of the code",
        "base_found_own": "cases of the base in which the code itself was found, subcodes left aside",
        "share_own": "base_found_own divided by base (0 to 1); empty where the base is 0",
        "state_by_hand": "what somebody says of the cell beside what is counted; empty: nothing",
        "reason_by_hand": "why",
        "set_by": "who set it",
        "set_at": "when it was set (UTC)",
        "p": "exact test that share differs between values; the same in every row of the code; empty: nothing to test",
        "p_holm": "p after Holm's correction over the codes tested",
        "cramers_v": "Cramer's V, the size of the effect (0 to 1)",
    },
    "crosstab": {
        "code": f"{CODE}; (all) for all counted codes together, overlapping passages as one",
        **FOUND,
        "share_of_code": "passages divided by all passages of the row's code (0 to 1); empty where it has none",
    },
    "spectrum": {
        "family": "the ordinal family, by its path",
        "case": "the case; the source where the study has no cases",
        "moment": "the moment: a code of the family of moments, a value, or a date; (missing) where none is told",
        "level": "the level, by its path",
        "place": "the level's place on the scale, 1 the lowest: an order, no quantity; empty: outside the scale",
        "scale": "whether the level is on the scale or outside",
        "passages": "passages in which the level is told of the case at that moment",
        "sources": "distinct sources of these passages",
        "coders": "who gave the level there, several with | between them",
        "conflict": "two levels by one coder, or coders disagree, about the case at that moment; empty: neither",
    },
    "framework": {
        "case": "the case; the source where the study has no cases",
        "value": "the value of the attribute by which cases are grouped; several with a comma between them",
        "theme": "the theme, a code by its path",
        "passages": "passages of the theme and its subcodes in the words of the case",
        "sources": "distinct sources of these passages",
        "state": "written, stale or open (passages, no summary yet); without passages why there are none",
        "stale_because": "what has changed since the summary was written; empty where it is not stale",
        "summary": "what the team wrote; empty where nothing is written",
        "written_by": "who wrote it last; several with | between them",
        "written_at": "when it was written last (UTC)",
    },
    "joint": {
        "case": "the case; the source where the study has no cases",
        "value": "the value of the attribute by which rows are set apart; (missing) where there is none",
        "kind": "fact (typed in), dataset (counted in a dataset), or theme (counted in codings)",
        "column": "the measure, the figure of a dataset, or the theme by its path",
        "passages": "of a theme: passages with those of its subcodes",
        "n": "cases of the value with a passage of the theme; of a dataset, rows that fulfil the condition",
        "of": "all cases of the value; of a dataset, all its rows with the value",
        "base_found": "of the base, cases with a passage of the theme",
        "base": "cases of the value that were asked and are done",
        "state": "why a cell is empty; of a theme with passages: found",
        "figure": "the fact as it was typed, or the figure of a dataset in words; several with | between them",
        "unit": "unit of the figure",
        "period": "period or date that a fact holds for",
        "rater": "who rated",
        "origin": "where the figure comes from",
        "note": "how far it holds",
        "quotation": "with --quote: the first words of the theme there, and whose they are",
    },
    "quotes": {
        "code": CODE,
        "value": "the value that sets the quotes apart; (missing) where there is none",
        "source": "the source, by its name",
        "n": "cases of the value with a passage of the code (sources, where there are no cases)",
        "of": "all cases of the value in the selected sources, whether or not they were asked",
        "base_found": "of the base, cases with a passage of the code",
        "base": "cases of the value that were asked and are done",
        "case": "whose words these are; several with | between them",
        "speaker": "who of the value speaks; several with | between them",
        "date": "date of the source; empty: not known",
        "start": "first character of the passage, counted from 0",
        "end": "the character behind its last one",
        "text": "the words as they stand",
        "coders": "who coded the passage; several with | between them",
        "codings": "ids of the codings that make the passage",
    },
    "coverage": {
        "source": "the source, by its name",
        "kind": "kind of the source, as transcript or notes",
        "date": "date of the source; empty: not known",
        "characters": "characters of the source that are data",
        "coded_characters": "of these, under any of the selected codes, each once",
        "share_coded": "coded_characters divided by characters (0 to 1); empty: the source has none",
        "codes": "how many codes are selected",
        "found": "of these, with a passage in the source",
        "none_found": "asked about, read under a codebook that had the code, and not found",
        "not_yet_coded": "asked about, and not read for it yet",
        "not_asked": "nobody was asked about it",
        "coverage_unknown": "nothing was entered of whether it was asked about",
        "done": "who is done with the source; several with | between them",
        "in_progress": "who has begun",
        "assigned": "who is to begin",
        "no_state": "who coded there without saying how far",
    },
    "codebook": {
        "code": CODE,
        **{name: FOUND[name] for name in ("passages", "sources", "cases")},
        "level": "how deep the code stands, 1 at the top",
        "definition": "what the code means",
        "include": "what belongs to it",
        "exclude": "what does not",
        "example": "an example",
        "labels": "names in other languages, as language: name",
        "aliases": "names under which it is found too",
        "origin": "how it came into the codebook: a-priori, open, in-vivo or analyst",
        "rules": "how it may be used: ordinal, exclusive, its moments, outside the scale",
        "retired": "retired: out of use; its codings count",
    },
    "saturation": {
        "source": "the interview, by the name of the source",
        "date": "date of the source; empty: not known",
        "interview": "its number in order of date",
        "new_codes": "codes that no earlier interview has",
        "new_a_priori": "of these, codes that stood in the codebook before the coding",
        "new_open": "of these, all others",
        "codes": "codes that this interview or an earlier one has",
        "codes_a_priori": "of these, codes that stood in the codebook before the coding",
        "codes_open": "of these, all others",
        "low": "codes after so many interviews: the lower end of what 95 % of random orders give",
        "high": "the upper end of that",
        "share_new": "new codes of the run that ends here, divided by the codes of the base; empty: no run ends here",
        "share_new_a_priori": "the same of a-priori codes alone",
        "share_new_open": "the same of all others",
        "first_used": "the new codes, by their paths, with | between them",
    },
    "timeline": {
        "code": CODE,
        "period": "day, month, quarter or year of the source, or the moment; (missing) where it is not known",
        **FOUND,
        "sources_in_period": "selected sources of the period, with the code or without; empty: by a family of codes",
        "share_of_sources": "sources divided by sources_in_period (0 to 1); empty where there are none",
    },
    "portrait": {
        "source": "the source, by its name",
        "code": CODE,
        "piece": "number of the piece of the text, from 1; pieces without the code have no row",
        "start": "first character of the piece, counted from 0",
        "end": "the character after its last one",
        "characters": "characters of the code in the piece, without what is no data",
        "share": "these divided by the characters of the piece that are data (0 to 1)",
    },
    "claims": {
        "number": "the number of the claim in the list of claims",
        "claim": "the claim, in its writer's words",
        "kind": "respondent-said, analyst-derived, or literature",
        "state": "tentative, upheld, changed, or contested",
        "grade": "confirmed, probable, or inconclusive: by the rule in the notes, or by hand; empty: not to be counted",
        "sources": "distinct sources cited for the claim itself",
        "sources_with_parts": "distinct sources cited for the claim or for claims that are part of it",
        "passages": "passages cited for the claim itself, in whatever source",
        "stance": "for, against, not cited (a passage in scope), words gone (from a corrected text), or nothing",
        "text": "the words, verbatim",
        "source": "the source; empty for readers outside",
        "start": "the first character of the words in the source's text, from 0",
        "end": "the character after the last",
        "turn": "the first turn of the words; empty where the source has none",
        "speaker": "who speaks in the turns of the words; empty for readers outside",
        "quoted": "verbatim, edited, or translated",
        "wording": "what is printed in the place of the words, where it is edited or translated",
        "by": "who edited or translated",
        "note": "the number of the footnote",
        "footnote": "the footnote",
        "codes": "of a passage that is not cited: its codes in the scope, several with | between them",
        "claim_id": "the id of the claim",
    },
    "agreement": {
        "stat": "the figure; docs/agreement.md says what each of them is",
        "unit": "what is counted: char, segment (passages), continuum (unitizing), turn, sentence",
        "rule": "when a turn or sentence counts as coded, or a threshold that was chosen; empty: the row's only rule",
        "code": "the code, by its path; empty: all codes",
        "source": "the source, by its name; empty: all of them",
        "coders": "the two coders, in the study's order with '|' between them; empty: all coders",
        "value": "the figure; empty: undefined, with the reason",
        "low": "lower end of the 95 % interval over sources; empty: none, with the reason",
        "high": "upper end of the 95 % interval over sources",
        "n_sources": "sources that the figure is of",
        "reason": "why there is no value, or no interval",
    },
    "excerpts": {
        "code": CODE,
        "text": "the coded words, letter for letter",
        "source": "the source, by its name",
        "start": "first character in the stored text, counted from 0 in Unicode code points",
        "end": "the character after the last",
        "turn": "number of the first turn that the words lie in; empty where the source has none",
        "speaker": "who speaks in these turns, several with '; ' between them",
        "coder": "who gave the code, or consensus",
        "at": "when the code was given",
        "memo": "the comment on the coding",
        "id": "the id of the coding, the same in every export",
    },
}
# Of every report that quotes, where there are translations.
IN_OTHER_LANGUAGES = {
    "translation": "the same words in the other language; several with | between them",
    "translation_at": "where those stand: source, first character, the character after the last",
}
EVIDENCE = "ids of the codings behind the row, with spaces between them"


def meaning(report: Report, column: str) -> str:
    """What a column means."""
    known = {**IN_OTHER_LANGUAGES, **BY_REPORT.get(report.name, {}), **report.described}
    if column in known:
        return known[column]
    if column.endswith(BELOW) and column.removesuffix(BELOW) in known:
        return f"as {column.removesuffix(BELOW)}, with the subcodes of the code merged in"
    return ""


def datatype(report: Report, column: str) -> str:
    """The kind of a column's values, as CSV on the Web names it."""
    place = report.table.columns.index(column)
    kinds = {type(row[place]) for row in report.table.rows} - {type(None)}
    if kinds and kinds <= {int}:
        return "integer"
    return "number" if kinds and kinds <= {int, float} else "string"
