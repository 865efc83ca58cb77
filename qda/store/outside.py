"""A study as others see it: names replaced, dates of a month, and confidential words covered, wherever it is read.

The views through which all reading goes give other names and dates then; texts are covered where they are read.
Nothing that is made of a study behind this can name what it does not know.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field, replace
from itertools import count
from typing import TYPE_CHECKING

from qda.model.confidential import BLACK_OUT, INTERNAL, PUBLIC
from qda.model.naming import needles, rare_runs
from qda.store.naming_people import plain_words, wanted_words
from qda.store.revisions import LOST

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from qda.model.claims import Citation
    from qda.store.database import Database
    from qda.store.study import Study
    from qda.store.translations import Translation

COVER, BLACK = "\u2588", "\u2592"
"""What stands for each character that is withheld (an excerpt with one does not go out), and that is blacked out."""
_FEW = 400  # so many of one role get numbers of three digits


@dataclass(frozen=True)
class Outside:
    """A profile, looked up in a study.

    Attributes:
        profile: Its name.
        names: What persons, sources, cases and coders are called, by key; others keep their names.
        covered: The stretches of each source's current text that are covered, each with the sign that covers it.
        hidden: The real names of people that must not go out.
        titles: The names of sources and cases that must not go out as a whole.
        secret: The words that are withheld, in stretches.
        rare: Short runs of them that stand nowhere else in the texts, folded.
        wanted: The words of real names that are looked for in what goes out, folded.
        common: Those of them that are words of the language too.
    """

    profile: str = INTERNAL
    names: dict[int, str] = field(default_factory=dict)
    covered: dict[int, list[tuple[int, int, str]]] = field(default_factory=dict)
    hidden: tuple[str, ...] = ()
    titles: tuple[str, ...] = ()
    secret: tuple[str, ...] = ()
    rare: frozenset[str] = frozenset()
    wanted: frozenset[str] = frozenset()
    common: frozenset[str] = frozenset()

    def cover(self, source: int, text: str, start: int = 0) -> str:
        """A stretch of a source's text that begins at `start`, with what is confidential in it covered."""
        for first, last, sign in self.covered.get(source, ()):
            low, high = max(first, start) - start, min(last, start + len(text)) - start
            if low < high:
                text = text[:low] + sign * (high - low) + text[high:]
        return text

    def withholds(self, source: int, start: int, end: int) -> bool:
        """Whether a stretch of a source shares a character with what is withheld."""
        spans = self.covered.get(source, ())
        return any(first < end and start < last and sign == COVER for first, last, sign in spans)

    def cited(self, one: Citation) -> Citation:
        """A citation as it is seen; words that are gone from a text with secrets are all covered."""
        if one.source not in self.covered:
            return one
        lost = one.anchor == LOST
        if (lost and self.profile == PUBLIC) or (not lost and self.withholds(one.source, one.start, one.end)):
            return one._replace(words=COVER * len(one.words), wording=COVER if one.wording else "")
        return one if lost else one._replace(words=self.cover(one.source, one.words, one.start))


def outside(study: Study, profile: str) -> Outside:
    """Look a profile up in a study that is not seen through one.

    `internal` changes nothing. `team` has pseudonyms where they are set, and names in texts blacked out where that is
    marked. `public` has no names at all: a pseudonym, else the role, kind or case's kind with a number that stays the
    same and says nothing of the order; and it covers what is confidential.
    """
    if profile == INTERNAL:
        return Outside()
    named = _Namer(study, everybody=profile == PUBLIC)
    covered = _covered(study, public=profile == PUBLIC)
    texts = {source: study.sources.text(source) for source in covered}
    secret = [
        texts[source][start:end] for source, spans in covered.items() for start, end, sign in spans if sign == COVER
    ]
    found = Outside(profile, named.names, covered, tuple(sorted(named.hidden)), tuple(sorted(named.titles)))
    cited = [one for one in study.claims.citations() if found.withholds(one.source, one.start, one.end)]
    secret += [one.wording for one in cited if one.wording]
    blacked = [
        texts[source][start:end] for source, spans in covered.items() for start, end, sign in spans if sign == BLACK
    ]
    wanted, common = wanted_words(study, found.hidden, (*found.titles, *blacked))
    rare = rare_runs(secret, (found.cover(*one) for one in study.counts.texts()) if secret else ())
    return replace(found, secret=tuple(secret), rare=rare - wanted, wanted=wanted, common=common)


class _Namer:
    """Finds what everything is called outside."""

    def __init__(self, study: Study, *, everybody: bool) -> None:
        self._database, self._everybody = study.database, everybody
        self._given = study.pseudonyms.by_key()
        self.names: dict[int, str] = {}
        self.hidden: set[str] = set()
        self._numbers: dict[tuple[str, str], dict[int, str]] = {}
        persons, sources, cases = study.persons.all(), study.sources.all(), study.cases.all()
        for person in persons:
            if everybody or person.key in self._given:
                self._name("person", person.key, person.name, person.role)
        kept = {one.name for one in persons if self._given.get(one.key) == one.name}
        labels = self._database.rows("SELECT key, label FROM live_person WHERE label <> ''")
        self.hidden |= {label for key, label in labels if key in self.names and label not in kept}
        plain = plain_words(study)
        telling = needles(self.hidden, plain)
        for source in sources:
            if everybody or source.key in self._given or telling & needles([source.name], plain):
                self._name("source", source.key, source.name, source.kind or "source")
        self.titles = {one.name for one in sources if one.key in self.names}
        for case in cases:
            if (
                case.key in self._given
                or telling & needles([case.name], plain)
                or case.name in self.hidden | self.titles
            ):
                self._name("case", case.key, case.name, case.kind or "case")
        self.titles |= {one.name for one in cases if one.key in self.names}
        if everybody:
            for number, coder in enumerate(study.coders.all(), start=1):
                self.names[coder.key] = f"coder {number}"
                self.hidden.add(coder.name)

    def _name(self, table: str, key: int, name: str, word: str) -> None:
        given = self._given.get(key)
        if given == name:
            return
        self.names[key] = given or self._numbered(table, word)[key]
        if table == "person":
            self.hidden.add(name.rpartition("/")[2])  # before it stands the name of a source

    def _numbered(self, table: str, word: str) -> dict[int, str]:
        """All of a role or kind, each with a number of its own: made of the id, so that it stays and tells no order."""
        if (table, word) not in self._numbers:
            column = {"person": "role", "source": "kind", "case": "kind"}[table]
            rows = self._database.rows(
                f'SELECT t.key, e.uid FROM main."{table}" t JOIN entity e ON e.key = t.key WHERE t.{column} IN (?, ?)'
                " GROUP BY t.key ORDER BY min(t.born), e.uid",
                (word, "" if word == table else word),
            )
            taken: set[int] = set()
            found = self._numbers[table, word] = {}
            for key, uid in rows:
                top = 10**3 if len(rows) < _FEW else 10**6
                number = next(one for one in _numbers(uid, top) if one not in taken)
                taken.add(number)
                found[key] = f"{word} {number}"
        return self._numbers[table, word]


def _numbers(uid: bytes, top: int) -> Iterator[int]:
    """The numbers that something may get, its own first; all of as many digits."""
    first, low = int.from_bytes(hashlib.sha256(uid).digest()[:8], "big"), top // 10
    return (low + (first + step) % (top - low) for step in count())


def _covered(study: Study, *, public: bool) -> dict[int, list[tuple[int, int, str]]]:
    """What is covered in each source: names first, so that what is withheld covers them too."""
    found: dict[int, list[tuple[int, int, str]]] = {}
    marks = study.database.rows(
        "SELECT m.target, m.start, m.end, m.how, t.kind FROM main.sensitive m JOIN entity t ON t.key = m.target"
        f" WHERE m.died IS NULL AND m.anchor < {LOST} ORDER BY m.start, m.end, m.how"
    )
    sizes = {source.key: source.characters for source in study.sources.all()}
    for target, start, end, how, _ in marks:
        if how == BLACK_OUT:
            found.setdefault(target, []).append((start, end, BLACK))
    for target, start, end, how, kind in marks if public else ():
        if kind == "source" and how != BLACK_OUT:
            found.setdefault(target, []).append((start or 0, sizes.get(target, 0) if end is None else end, COVER))
        elif kind == "person":
            for source, first, last in _spoken(study.database, target):
                found.setdefault(source, []).append((first, sizes[source] if last is None else last, COVER))
    for source, start, end in _in_other_languages(study, found, sizes):
        found.setdefault(source, []).append((start, end, COVER))
    return found


def _in_other_languages(
    study: Study, found: Mapping[int, Sequence[tuple[int, int, str]]], sizes: Mapping[int, int]
) -> list[tuple[int, int, int]]:
    """What says the same as what is withheld, in translations and originals: source, start, end."""
    translations = study.translations.all()
    more: list[tuple[int, int, int]] = []
    for one in translations:  # from translations to originals first: these may have other translations
        more += _carried(study, found, sizes, one, back=False)
    both = {key: list(spans) for key, spans in found.items()}
    for source, start, end in more:
        both.setdefault(source, []).append((start, end, COVER))
    for one in translations:
        more += _carried(study, both, sizes, one, back=True)
    return more


def _carried(
    study: Study,
    found: Mapping[int, Sequence[tuple[int, int, str]]],
    sizes: Mapping[int, int],
    one: Translation,
    *,
    back: bool,
) -> list[tuple[int, int, int]]:
    """What is withheld in one text of a pair, in the other; all of it where all of the one is withheld."""
    source, target = (one.original, one.source) if back else (one.source, one.original)
    alignment = study.translations.alignment(one)
    across = alignment.turned if back else alignment
    spans = [(start, end) for start, end, sign in found.get(source, ()) if sign == COVER]
    if any(end - start >= sizes[source] for start, end in spans):
        return [(target, 0, sizes[target])]
    return [(target, *there) for span in spans for there in across.carry(*span)]


def _spoken(database: Database, person: int) -> list[tuple[int, int, int | None]]:
    """The turns of a person in current texts; of a source without turns in which the person takes part, all of it."""
    current = "r.number = (SELECT max(number) FROM live_revision WHERE source = r.source)"
    turns = database.rows(
        "SELECT r.source, t.start, t.end FROM live_turn t JOIN live_revision r ON r.key = t.revision"
        f" WHERE {current} AND (t.person = :person OR t.speaks_for = :person)",
        {"person": person},
    )
    whole = database.rows(
        "SELECT p.source, 0, NULL FROM live_participant p WHERE p.person = ? AND NOT EXISTS (SELECT 1 FROM live_turn t"
        " JOIN live_revision r ON r.key = t.revision WHERE r.source = p.source)",
        (person,),
    )
    return [*turns, *whole]
