"""Tables in memory (data frames, Arrow tables, lists of rows) in place of a dataset's folder.

The libraries are loaded where a table is opened: naming tables costs nothing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date as Date
from typing import TYPE_CHECKING, Any

from ..text.errors import EngineBug

if TYPE_CHECKING:
    from ..text.diagnostic import Diagnostics
    from ..text.source import Span
    from .open_table import OpenTable


@dataclass(frozen=True, slots=True)
class MemoryTables:
    """What stands in for a folder: tables by their names in the data model, and what `dataset.yaml` would say of them.

    A table is a pandas data frame, an Arrow table (or anything that hands one over, such as a polars data frame), or a
    list of rows as mappings from column to value.
    """

    tables: Mapping[str, Any]
    as_of: Date | None = None
    jurisdiction: str = ""
    name: str = ""
    made_up: bool = False


def dataset(
    tables: Mapping[str, Any],
    as_of: Date | None = None,
    jurisdiction: str = "",
    name: str = "",
    made_up: bool = False,
) -> MemoryTables:
    """A dataset of tables in memory, for `evaluate`, `explain` and `check` in place of a folder.

    `tables` maps names of the data model to pandas data frames, Arrow tables or lists of dicts, whose columns bear the
    model's names. They are held to the data contract when a policy is run on them. A table without rows is known to be
    empty.
    """
    return MemoryTables(dict(tables), as_of, jurisdiction, name, made_up)


def open_memory_table(name: str, given: Any, span: Span, diagnostics: Diagnostics) -> OpenTable | None:
    """The table given for a name of the model; complaints stand at `span`.

    Nothing where it is no table (D036) or has two columns of one name (D015).
    """
    import pyarrow as pa

    from .json_file import open_rows
    from .open_table import OpenTable
    from .parquet_file import columns_of

    called = f"{name} (in memory)"
    if _is_rows(given):
        return open_rows(given, called)
    frame = type(given).__module__.partition(".")[0] == "pandas" and hasattr(given, "columns")
    if not frame and not isinstance(given, pa.Table) and not hasattr(given, "__arrow_c_stream__"):
        help = "give a pandas data frame, an Arrow table, or a list with a dict for each row"
        diagnostics.report("D036", span, help=help, file=called, problem=f"it is no table but a {type(given).__name__}")
        return None
    names = [str(column) for column in (given.columns if frame else pa.table(given).schema.names)]
    headers = tuple(column.strip() for column in names)
    repeated = next((column for column in headers if headers.count(column) > 1), None)
    if repeated is not None:
        diagnostics.report("D015", span, help="name each column once", file=called, header=repeated)
        return None
    if frame:
        return OpenTable(called, headers, lambda used: _frame_columns(given, headers, used))
    table = pa.table(given)
    stored = dict(zip(headers, names, strict=True))
    return OpenTable(called, headers, lambda used: columns_of(table, {header: stored[header] for header in used}))


def _is_rows(given: Any) -> bool:
    rows = isinstance(given, Sequence) and not isinstance(given, str | bytes)
    return rows and all(isinstance(row, Mapping) and all(isinstance(key, str) for key in row) for row in given)


def _frame_columns(frame: Any, headers: tuple[str, ...], used: Sequence[str]) -> Any:
    """The cells of columns of a data frame; a column of mixed values is read value by value."""
    import pyarrow as pa

    from .arrow_cells import arrow_cells
    from .open_table import TableColumns
    from .python_cells import python_cells

    columns, kinds = {}, {}
    for header in used:
        values = frame.iloc[:, headers.index(header)]
        if values.dtype == object:
            columns[header], found = python_cells(values.tolist())
        else:
            columns[header], found = arrow_cells(pa.array(values, from_pandas=True))
        if found is not None:
            kinds[header] = found
    if any(len(cells) != len(frame) for cells in columns.values()):
        raise EngineBug("a column of a data frame has another length")
    return TableColumns(columns, pa.array(range(1, len(frame) + 1), pa.int64()), kinds)
