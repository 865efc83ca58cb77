"""A slow, independent reference for the counting rules of DESIGN section 7.

It was written from the rules alone, without a look at `qda`, and counts character by character with sets.
Where it and the tool differ, one of them is wrong, or the rule leaves a choice open. These are the choices
made here where the rules leave one.

Whose codings
  A  `--coder` is applied first, the layer after it: with `--coder Anna` the final layer of a source is what
     Anna recorded there (the consensus only if it stands in her name), not an empty row.
  B  Consensus is recorded for a source when at least one consensus coding of any code stands in it; then the
     independent codings of all codes in that source are out. It is decided before codes are selected.
  C  The consensus is one voice, whoever recorded its parts; the column `coders` counts the names on it.
Passages and not-data
  D  Merging looks at all characters: segments that share only a character of a page head are one passage.
     What is wholly inside not-data is left out after merging (so it may have joined two others). A coding
     wholly inside it is behind a passage, and its coder credited, only where it joins others.
  E  A quote coded as two segments, before and after a page head, is two passages: they share no character.
  F  Data characters are all stored characters outside not-data: white space and speaker labels too.
  G  A share of characters is of all selected sources, coded or not, and n/a where they hold no data.
Codes
  H  Figures with subcodes take all subcodes of the codebook, whichever codes are selected; under
     `--no-subcodes` they equal the code's own. Every selected code is a row, used or not. `--roll-up` takes
     all subcodes into the code's own figures, in every report and under `--no-subcodes` too.
Co-occurrence
  I  A region is left out when it is wholly inside not-data; merging of regions looks at all characters.
  J  Jaccard by characters: data characters of the regions over data characters of A or B by anybody; so a
     disagreement makes it smaller. The diagonal is 1; n/a where neither code is used.
  K  "Within each coder" holds for turns, sources, distances, cases and the row measure too. One exception:
     in a case, A and B by two coders do count together when they stand in two different sources of the case
     (the work was divided; no text is disagreed about). `--pool` lifts the rule everywhere.
  L  `--within N` counts pairs of passages with the coders merged, near when the same coder's parts are (so k
     coders make one pair); the diagonal is the passages of the code.
  M  The distance is the number of data characters between: touching is 0, and a page head adds nothing.
  N  Row measure: passages of A, coders merged, of which a part meets a B in the sense of `--within`; N is
     the passages of A; on the diagonal n is N.
  O  All turns are units, the interviewer's too; a passage outside every turn is in no turn.
Persons
  P  A turn is [start, end) with its label; the shared character must be data.
  Q  In an interpreter's turn both the interpreter and the person spoken for are heard; the roles choose.
  R  Without turns: exactly one person *of the selected roles* among those attached. With turns there is no
     fallback: a passage outside all turns, or in a nameless turn, is (partly) unknown.
Cases and attributes
  S  Both are looked up for each person of the passage by itself: one person's value or case does not hide
     that another has none (that one falls to the source, or shows as (missing)).
  T  A passage with no person of the selected roles, such as a question of the interviewer, falls to its
     source's cases and attributes, also where the source has respondents.
  U  A person in several cases (or a source, when it decides) counts under each and is listed as ambiguous.
     The persons attached to a source do not lend it their cases.
  V  Only cases of the report's kind lend attributes. With several kinds one must be named; a kind that no
     case has is refused.
  W  `source.` `person.` `case.` before an attribute force the level; an empty list of values is missing.
Comparison
  X  In a cell, persons and cases are those who have the value, not everybody in the passage: a value that stands
     on a case is that case's, not that of the person's other cases, and a pair of values that stand on cases
     needs a case that has both.
  Y  A code family gives the paths of all its codes, its top included (without the top of a family that has
     subcodes where `family_top` is off, as the tool does), each as itself (not rolled up), by the
     same coder's passage (or pooled); all are columns. In a source without turns, by turn is (missing).
     Its cells take in every selected source, and to be done means with the family's code in the codebook.
  Z  A source belongs to a value by its subjects: persons attached to it or speaking in it, the silent too;
     without turns its one person, else the source itself. A column in which only passages stand has the sources
     of all these passages for every code, and an empty base.
States and base
  AA Asked is what is entered for this code in this source: nothing is inherited up or down the tree.
  AB A source is done when at least one selected coder has a progress record there and every one that has is
     done under a codebook with the code; codings without a record say nothing about progress.
  AC One source: nothing entered about asking is `coverage unknown`, even if done; not asked is `not asked`,
     even if not done; asked and not done (or without the code) is `not yet coded`.
  AD A mixed cell takes the first of: not yet coded, coverage unknown, not asked. A cell without any source
     is `not asked`.
  AE A code is found when it or any of its subcodes is, also under `--no-subcodes`; its own count may be 0.
  AF Unasked: every source of the cell is entered as not asked, and none as asked about a subcode. Where
     anything is unknown it is plainly found.
  AG A case is in the base when it was asked in at least one of its sources in the cell and each source that
     asked is done; sources of the case that did not ask do not matter. The unit is the source without cases.
  AH The share is the cases found *that are in the base* over the base, so never above 1; `cases` counts all
     that were found. n/a with base 0.
Not in this reference: translation pairs, linked cases, weights, `--where`, tests and words per 10,000.
"""

from .comparison import Cell, CellFigures, Comparison, comparison
from .cooccurrence import Cooccurrence, cooccurrence
from .frequency import Figures, FrequencyRow, frequency
from .passages import Final, Passage, chosen_codings, final_layer, left_out, own_passages, passages
from .states import FOUND, NONE_FOUND, NOT_ASKED, NOT_YET, UNKNOWN, case_state, cell_state, source_state
from .subjects import MISSING, Cases, Who, cases_of, persons_of, values_of
from .world import (
    CaseData,
    Code,
    CodingData,
    PersonData,
    ProgressData,
    Selection,
    SourceData,
    TurnData,
    World,
    path,
)

__all__ = [
    "FOUND",
    "MISSING",
    "NONE_FOUND",
    "NOT_ASKED",
    "NOT_YET",
    "UNKNOWN",
    "CaseData",
    "Cases",
    "Cell",
    "CellFigures",
    "Code",
    "CodingData",
    "Comparison",
    "Cooccurrence",
    "Figures",
    "Final",
    "FrequencyRow",
    "Passage",
    "PersonData",
    "ProgressData",
    "Selection",
    "SourceData",
    "TurnData",
    "Who",
    "World",
    "case_state",
    "cases_of",
    "cell_state",
    "chosen_codings",
    "comparison",
    "cooccurrence",
    "final_layer",
    "frequency",
    "left_out",
    "own_passages",
    "passages",
    "path",
    "persons_of",
    "source_state",
    "values_of",
]
