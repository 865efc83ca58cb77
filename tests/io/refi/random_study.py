"""Studies of random content, made through the doors that people use; and what of a study a project must carry."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING, Any

from qda.model.codebook import Codebook, CodeEntry
from qda.model.nouns import MEMO_KINDS
from qda.model.paths import join_path
from qda.model.transcript import Transcript
from qda.store import Study
from qda.store.attributes import AttributeRow
from qda.store.cases import CaseRow
from qda.store.coding_lines import CodingRow
from qda.store.memos import MemoRow
from qda.store.merge.snapshot import snapshot

if TYPE_CHECKING:
    from pathlib import Path

PIECES = (
    *(
        "trust ",
        "a\u0301",
        "e\u0308\u0301 ",
        "🚢",
        "👩\u200d👩\u200d👧",
        "🇳🇱 ",
        "שלום ",
        "\u202bعربي\u202c ",
        "\n",
        "\n\n",
        " ",
        "\t",
    ),
    *("&", "<b>", "]]>", '"', "'", "Ann: yes\n", "x" * 40, "\u2028", "\x0c", "\ufeff", "İ", "ß", "𝒳", "\u00a0", "…"),
)
WORDS = (
    "trust",
    "Trust é",
    "vertrouwen",
    "שלום",
    "emoji 🙂",
    "a & b",
    "<i>",
    "quote \" '",
    "e\u0301",
    "NO",
    "1:30",
    "ﬁ",
)


class RandomStudy:
    """Fills a study from a seed."""

    def __init__(self, folder: Path, seed: int) -> None:
        self._luck = random.Random(seed)
        self.study = Study.create(folder, coder="Lead")
        self._coders = [f"{word} {number}" for number, word in enumerate(self._some(WORDS, 1, 4))]
        self._codes()
        self._texts = {f"{self._pick(WORDS)} {number}": self._text() for number in range(self._luck.randint(0, 4))}
        for name, text in self._texts.items():
            fields = {"kind": self._pick(("transcript", "notes", "Feld🙂")), "language": self._pick(("", "nl", "he"))}
            transcript = Transcript(name, "txt", text.encode(), text, "utf-8")
            self.study.sources.add(
                transcript, speakers={}, name=name, again=True, date=self._pick(("", "2024", "2024-05-01")), **fields
            )
        self._codings()
        self._cases()
        self._attributes()
        self._memos()

    def _pick(self, words: Any) -> Any:
        return self._luck.choice(words)

    def _some(self, words: Any, least: int, most: int) -> list[Any]:
        return [self._pick(words) for _ in range(self._luck.randint(least, most))]

    def _text(self) -> str:
        return "".join(self._some(PIECES, 0, 40)).removeprefix("\ufeff")

    def _words(self) -> str:
        words = "".join(self._some(PIECES, 0, 8)).replace("\x0c", "")
        return f"w{words}" if self._luck.random() < 0.8 else ""

    def _codes(self) -> None:
        def level(depth: int) -> tuple[CodeEntry, ...]:
            names = dict.fromkeys(f"{word}{number}" for number, word in enumerate(self._some(WORDS, 0, 3)))
            return tuple(
                CodeEntry(
                    name,
                    *(self._words() for _ in range(4)),
                    origin="a-priori",
                    extra=self._pick(({}, {"color": "#F00082"}, {"codable": "false"})),
                    children=level(depth - 1) if depth else (),
                )
                for name in names
            )

        deep = CodeEntry("same", origin="a-priori")
        for _ in range(self._luck.randint(0, 12)):
            deep = CodeEntry("same", origin="a-priori", children=(deep,))
        self._codebook = Codebook(codes=(*level(3), deep))
        self.study.codebook.import_codebook(self._codebook, "codes")

    def _span(self, text: str) -> tuple[int, int]:
        edges = self._luck.random()
        if edges < 0.15:
            return 0, len(text)
        start = self._luck.randrange(len(text))
        end = self._luck.randint(start + 1, len(text))
        return (0, end) if edges < 0.3 else (start, len(text)) if edges < 0.45 else (start, end)

    def _codings(self) -> None:
        paths = [join_path(names) for names, _ in self._codebook.walk()]
        spans = {name: [self._span(text) for _ in range(4)] for name, text in self._texts.items() if text}
        rows = {}
        for name, places in spans.items():
            for _ in range(self._luck.randint(0, 25)):
                row = CodingRow(0, name, self._pick(paths), self._pick(self._coders), *self._pick(places))
                rows[row] = row._replace(at=f"2024-05-{self._luck.randint(10, 28)}T10:00:00Z", memo=self._words())
        self._spans = spans
        self.study.codings.import_rows(list(rows.values()), "codings")

    def _cases(self) -> None:
        rows = [
            CaseRow(f"{self._pick(WORDS)} {number}", kind, (), tuple(set(self._some(list(self._texts), 0, 3))))
            for number, kind in enumerate(self._some(("case", "country pair", "set"), 0, 4))
            if self._texts
        ]
        self._case_names = [row.case for row in rows]
        self.study.cases.import_rows(rows, "cases")

    def _attributes(self) -> None:
        values = {
            "text": WORDS,
            "number": ("3", "-4.50", "3,5", "007"),
            "date": ("2024", "2024-05", "2024-05-14"),
            "choice": ("true", "false", "no"),
        }
        for target, names in (("source", list(self._texts)), ("case", self._case_names)):
            for kind, words in values.items():
                lines = [
                    AttributeRow(name, {f"{kind} of {target}": tuple(dict.fromkeys(self._some(words, 1, 2)))})
                    for name in names
                    if self._luck.random() < 0.6
                ]
                if self._luck.random() < 0.7:
                    self.study.attributes.import_rows(target, {f"{kind} of {target}": kind}, lines, "values")

    def _memos(self) -> None:
        codes = [code.path for code in self.study.codebook.tree().codes]
        codings = [coding.uid for coding in self.study.codings.all()]
        spots = [(name, *span) for name, spans in self._spans.items() for span in spans]
        things: list[tuple[str, Any]] = [("study", "")]
        things += [(kind, name) for kind, names in (("source", list(self._texts)), ("code", codes)) for name in names]
        things += [("case", name) for name in self._case_names]
        things += [("coding", uid) for uid in codings]
        things += [("segment", spot) for spot in spots]
        rows = {}
        for kind, thing in self._some(things, 0, 20):
            name, start, end = thing if kind == "segment" else (thing, None, None)
            words = {"kind": self._pick(MEMO_KINDS), "title": self._pick(("", "A title 🙂"))}
            at = f"2024-06-{self._luck.randint(10, 28)}T10:00:00Z"
            row = MemoRow(f"about {self._words()}", kind, name, start=start, end=end, at=at, **words)
            rows[row[:3], row.title, start, end] = row._replace(coder=self._pick(self._coders))
        self.study.memos.import_rows(list(rows.values()), "memos")


def carried(study: Study) -> dict[str, dict[Any, Any]]:
    """What a project must carry of a study, by uids; dates of work that nobody dated are left out."""
    rows = snapshot(study.database)
    texts = {row["key"]: row for row in rows["revision"].values()}
    kept: dict[str, dict[Any, Any]] = {}
    for table, columns in {
        "coder": ("name",),
        "code": ("parent", "name", "definition", "include", "exclude", "example", "origin", "extra"),
        "source": ("name", "kind", "language", "date"),
        "coding": ("source", "code", "coder", "start", "end", "layer", "at"),
        "case": ("name", "kind"),
        "member": ("case_", "member"),
        "attribute": ("name", "target", "type"),
        "value": ("target", "attribute", "value"),
    }.items():
        kept[table] = {ident: [row[column] for column in columns] for ident, row in rows[table].items()}
    columns = ("kind", "title", "body", "coder", "at", "target", "start", "end")
    kept["memo"] = {
        ident: [
            *(row[column] for column in columns),
            texts[row["revision"]]["source"] if row["revision"] else None,
        ]
        for ident, row in rows["memo"].items()
    }
    newest = study.sources.all()
    kept["text"] = {source.uid: study.sources.text(source.key) for source in newest}
    kept["coder"] = {ident: row for ident, row in kept["coder"].items() if row[0] != "Lead"}  # who took it in
    return kept
