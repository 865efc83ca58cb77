"""Datasets: tables of others beside the study, their bytes as they came, and what is recoded when they are read."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING

from qda.errors import QdaError, WrongLinesError
from qda.model.dataset.data import Data, kinds_of, read_data
from qda.model.dataset.nouns import Dataset, Recoded
from qda.model.dataset.recoding import Condition, Recoding, recode
from qda.model.delimited import delimiter_of
from qda.model.nouns import id_of, many
from qda.store.base import Names, Nouns, check_plain
from qda.store.codings import now

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Sequence


class Datasets(Nouns):
    """The datasets of the study; none of them is a source, a case, or a part of what is counted from codings."""

    def all(self) -> list[Dataset]:
        """All datasets, by name."""
        rows = self.database.rows(
            "SELECT d.key, e.uid, d.name, d.original, d.encoding, d.delimiter, d.rows, d.columns, d.origin, d.note,"
            " k.name, d.at FROM live_dataset d JOIN entity e ON e.key = d.key JOIN live_coder k ON k.key = d.coder"
            " ORDER BY d.name"
        )
        return [
            Dataset(
                key=row[0],
                uid=id_of(row[1]),
                name=row[2],
                sha256=row[3].hex(),
                encoding=row[4],
                delimiter=row[5],
                rows=row[6],
                columns=tuple((name, kind) for name, kind in json.loads(row[7])),
                origin=row[8],
                note=row[9],
                coder=row[10],
                at=row[11],
            )
            for row in rows
        ]

    def get(self, name: str) -> Dataset:
        """The dataset with a name.

        Raises:
            QdaError: There is none; the sentence names the nearest.
        """
        found = {one.key: one for one in self.all()}
        return found[Names("dataset", {one.name: key for key, one in found.items()}).get(name)]

    def add(self, name: str, content: bytes, encoding: str, *, origin: str = "", note: str = "") -> Dataset:
        """Take a table in: every row must have as many cells as the header; nothing of it is altered.

        Args:
            name: What it is called.
            content: The bytes of the file, which stay.
            encoding: How they are read as text.
            origin: Where it comes from.
            note: How far it holds.

        Raises:
            QdaError: The name is taken or cannot be used, or nobody is named as who takes it in.
            WrongLinesError: The table is damaged.
        """
        check_plain(name, "dataset")
        if name != name.strip() or ":" in name:
            raise QdaError(f"'{name}' cannot be the name of a dataset; leave out colons and spaces around it")
        text = content.decode(encoding)
        delimiter = delimiter_of(text.removeprefix("\ufeff"))
        data = read_data(text, delimiter)
        columns = json.dumps([[one.name, one.type] for one in kinds_of(data)], ensure_ascii=False)
        sha = hashlib.sha256(content).digest()
        with self.study.action("dataset", f"dataset {name}: {many(len(data.lines), 'row')}") as change:
            me = self.who()
            if Names("dataset", {one.name: one.key for one in self.all()}).find(name) is not None:
                raise QdaError(f"there is a dataset '{name}' already; choose another with --name")
            self.database.connection.execute("INSERT OR IGNORE INTO original VALUES (?, ?)", (sha, content))
            key = change.new_key("dataset")
            row = (key, name, sha, encoding, delimiter, len(data.lines), columns, origin, note, me, now())
            change.insert("dataset", [row])
        return self.get(name)

    def describe(self, name: str, origin: str | None, note: str | None) -> None:
        """Say where a dataset comes from and how far it holds; None leaves what is said.

        Raises:
            QdaError: There is no such dataset.
        """
        with self.study.action("dataset", f"described the dataset {name}") as change:
            words = {key: value for key, value in (("origin", origin), ("note", note)) if value is not None}
            change.edit("dataset", "key = ?", (self.get(name).key,), **words)

    def with_bytes(self, content: bytes) -> Dataset | None:
        """The dataset that came in as these bytes, None where there is none."""
        sha = hashlib.sha256(content).hexdigest()
        return next((one for one in self.all() if one.sha256 == sha), None)

    def remove(self, name: str) -> None:
        """Take a dataset away with its recodings and rules; undo brings all of it back.

        Raises:
            QdaError: There is no such dataset.
        """
        with self.study.action("dataset", f"removed the dataset {name}") as change:
            one = self.get(name)
            for table in ("recoding", "rule"):
                change.close(table, "dataset = ?", (one.key,))
            change.close("dataset", "key = ?", (one.key,))

    # --- reading -----------------------------------------------------------------------------------------

    def raw(self, one: Dataset) -> bytes:
        """The bytes that came in."""
        sha = bytes.fromhex(one.sha256)
        kept = self.database.one("SELECT bytes FROM original WHERE sha256 = ?", (sha,))
        if kept is None:  # a source has the same bytes, and they are its text
            kept = self.database.one("SELECT body FROM text WHERE sha256 = ?", (sha,))
            kept = None if kept is None else str(kept).encode()
        if kept is None:
            raise QdaError(f"the file of the dataset '{one.name}' is missing; restore a backup")
        return bytes(kept)

    def data(self, one: Dataset, columns: Collection[str] | None = None) -> Data:
        """The rows with all recodings applied: all columns, or the wanted ones (and those that recodings need)."""
        recodings = [each.recoding for each in self.recodings(one)]
        wanted = None if columns is None else {*columns} | _needed(recodings, {*columns})
        data = read_data(self.raw(one).decode(one.encoding), one.delimiter, wanted)
        for each in recodings:
            if wanted is None or each.column in wanted:
                recode(data, each)
        return data

    def column_of(self, one: Dataset) -> Callable[[str], str]:
        """Finds a column of a dataset by name, whatever its case and the writing of accents."""
        names = Names("column", {name: at for at, name in enumerate(one.names)})
        return lambda name: one.names[names.get(name.strip())]

    # --- recoding ----------------------------------------------------------------------------------------

    def recodings(self, one: Dataset) -> list[Recoded]:
        """The recodings of a dataset in the order in which they are applied."""
        rows = self.database.rows(
            "SELECT r.key, e.uid, r.number, r.column_, r.was, r.becomes, r.where_, r.hits, r.reason, k.name, r.at"
            " FROM live_recoding r JOIN entity e ON e.key = r.key JOIN live_coder k ON k.key = r.coder"
            " WHERE r.dataset = ? ORDER BY r.number, e.uid",
            (one.key,),
        )
        return [
            Recoded(key, id_of(uid), number, Recoding(column, was, becomes, _conditions(where)), *rest)
            for key, uid, number, column, was, becomes, where, *rest in rows
        ]

    def recode(self, name: str, wanted: Recoding, reason: str) -> tuple[int, int]:
        """Read values of a column as another one from now on; the file stays as it is.

        Returns:
            In how many rows that changes what stands there, and how many rows there are.

        Raises:
            QdaError: There is no such dataset or column, no reason is given, or nothing would change.
        """
        if not reason.strip():
            raise QdaError("say why with --reason: a recoding that nobody can explain cannot be defended")
        with self.study.action("recoding", f"recoded {name}") as change:
            me, one = self.who(), self.get(name)
            column_of = self.column_of(one)
            where = tuple(each._replace(column=column_of(each.column)) for each in wanted.where)
            recoding = wanted._replace(column=column_of(wanted.column), where=where)
            hits = recode(self.data(one, {recoding.column, *(each.column for each in where)}), recoding)
            if not hits:
                raise QdaError(f"this changes no row of '{one.name}': {recoding.said}")
            number = 1 + max((each.number for each in self.recodings(one)), default=0)
            words = (recoding.column, recoding.was, recoding.becomes, json.dumps(where, ensure_ascii=False))
            change.insert(
                "recoding", [(change.new_key("recoding"), one.key, number, *words, hits, reason.strip(), me, now())]
            )
            change.summarise(f"recoded {one.name}, {many(hits, 'row')}: {recoding.said} ({reason.strip()})")
        return hits, one.rows

    # --- checking ----------------------------------------------------------------------------------------

    def problems(self) -> Iterator[str]:
        """Datasets whose file is gone or has other rows than it had, and recodings of what is not there."""
        for one in self.all():
            try:
                rows = len(self.data(one).lines)
            except (QdaError, WrongLinesError, LookupError, ValueError) as error:
                yield f"the dataset '{one.name}' cannot be read: {error}"
                continue
            if rows != one.rows:
                yield f"the dataset '{one.name}' has {many(rows, 'row')}, not {one.rows}"

    def who(self) -> int:
        """The key of who works.

        Raises:
            QdaError: Nobody is named.
        """
        if not self.study.coder:
            raise QdaError("say who works first: --coder NAME, or QDA_CODER in the environment")
        return self.study.coders.find(self.study.coder)


def _conditions(words: str) -> tuple[Condition, ...]:
    return tuple(Condition(*each) for each in json.loads(words))


def _needed(recodings: Sequence[Recoding], wanted: set[str]) -> set[str]:
    """The columns that must be read so that the wanted ones are recoded."""
    needed, before = {*wanted}, 0
    while before < len(needed):
        before = len(needed)
        needed |= {one.column for each in recodings if each.column in needed for one in each.where}
    return needed
