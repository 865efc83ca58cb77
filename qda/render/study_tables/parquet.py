"""Tidy tables as Parquet, for pandas, R, DuckDB and the like; what writes it comes along only when asked for."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Any, BinaryIO

from qda.errors import QdaError

if TYPE_CHECKING:
    from qda.reports.study_tables import StudyTable, Taken

_MANY = 20_000
_MISSING = 'Parquet needs pyarrow, which is not installed; run: pip install "qda-tui[parquet]"'


def check_parquet() -> None:
    """Refuse where what writes Parquet is not installed.

    Raises:
        QdaError: It is not.
    """
    try:
        import pyarrow.parquet  # noqa: F401 - it is only asked whether it is there
    except ImportError:
        raise QdaError(_MISSING) from None


def write_parquet(table: StudyTable, taken: Taken, stream: BinaryIO) -> None:
    """Write a table as Parquet, some rows at a time; the meaning of each column goes with it.

    Raises:
        OSError: It cannot be written.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    types = {"text": pa.string(), "integer": pa.int64(), "number": pa.float64(), "boolean": pa.bool_()}
    fields = [
        pa.field(one.name, types[one.type], metadata={"description": one.meaning, "unit": one.unit})
        for one in table.columns
    ]
    schema: Any = pa.schema(fields, metadata={"description": table.about})
    rows = table.rows(taken)
    with pq.ParquetWriter(stream, schema, compression="zstd") as writer:
        while some := list(islice(rows, _MANY)):
            columns = [
                pa.array(column, field.type) for column, field in zip(zip(*some, strict=True), schema, strict=True)
            ]
            writer.write_batch(pa.record_batch(columns, schema=schema))
