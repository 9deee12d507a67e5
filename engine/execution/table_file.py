"""From the file that a dataset names for a table to the table, opened: by the end of the file's name."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from pathlib import Path

from ..model.table import Table
from ..text.diagnostic import Diagnostics
from .csv_table import read_csv_table, read_headers
from .dataset_file import TableSource
from .excel_file import open_excel
from .file_bytes import EXCEL, PARQUET, FileBytes, read_file_bytes
from .json_file import open_json
from .open_table import OpenTable, TableColumns
from .parquet_file import open_parquet
from .separators import check_separator


def open_table_file(
    folder: Path, table: Table, source: TableSource, known: Collection[str], diagnostics: Diagnostics
) -> OpenTable | None:
    """The table in the file that `source` names, inside `folder`; `known` are the headers that are looked for.

    Nothing comes back where the file cannot be read (D008 to D015, D017, D032, D035, D036).
    """
    span = source.file_span or source.span
    file = read_file_bytes(folder, source.file, span, diagnostics, separator=source.separator)
    if file is None:
        return None
    if file.delimiter:
        return _open_csv(file, table, known, diagnostics)
    ending = Path(file.name).suffix.lower()
    if ending == PARQUET:
        return open_parquet(file, span, diagnostics)
    return open_excel(file, source, span, diagnostics) if ending == EXCEL else open_json(file, span, diagnostics)


def _open_csv(file: FileBytes, table: Table, known: Collection[str], diagnostics: Diagnostics) -> OpenTable | None:
    if not check_separator(file, table.name, known, diagnostics):
        return None
    headers = read_headers(file, diagnostics)
    if headers is None:
        return None
    secret = table.personal_key or any(column.personal for column in table.columns)

    def read(used: Sequence[str]) -> TableColumns | None:
        return read_csv_table(file, headers, used, diagnostics, secret=secret)

    return OpenTable(file.name, headers, read, file)
