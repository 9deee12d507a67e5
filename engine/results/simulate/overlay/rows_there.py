"""Rows of a dataset that a scenario names: whether their table is given, and whether they are there."""

from __future__ import annotations

from collections.abc import Sequence

import pyarrow as pa
import pyarrow.compute as pc

from ....execution.dataset import Dataset
from ....execution.frame import Frame
from ....model.school_year import school_year_begins
from ....model.table import Table
from ....syntax.cases import GivenRow
from ....text.diagnostic import Diagnostics
from ....text.source import Span
from ....text.suggest import nearest
from .row_keys import BETWEEN, keys_of_frame

_COMPARED = 2_000
"""Among more keys than this no near one is looked for."""


def frame_given(dataset: Dataset, table: Table, span: Span, diagnostics: Diagnostics) -> Frame | None:
    """The rows of a table; nothing where the dataset does not give it (D006)."""
    found = dataset.tables.get(table.name)
    if found is None:
        help = f"name its file in dataset.yaml, or write `{table.name}:` with `empty: yes` if it has no rows"
        diagnostics.report("D006", span, help=help, table=table.name)
    return found


def key_of_row(table: Table, row: GivenRow) -> str:
    """The key of a row as `keys_of_frame` has it."""
    cells = {name.text: value.text for name, value in row.cells}
    parts = []
    for key in table.key:
        text, column = cells.get(key, ""), table.column(key)
        year = school_year_begins(text) if column is not None and column.type == "school_year" else None
        parts.append(text if year is None else str(year))
    return BETWEEN.join(parts)


def check_there(frame: Frame, keys: Sequence[str], rows: Sequence[GivenRow], diagnostics: Diagnostics) -> None:
    """Every row with these keys is there (X072); the key of a person is not said."""
    table = frame.table
    there = pc.is_in(pa.array(keys, pa.string()), value_set=keys_of_frame(frame)).to_pylist()
    for key, row in ((key, row) for key, row, known in zip(keys, rows, there, strict=True) if not known):
        compared = not table.personal_key and frame.row_count <= _COMPARED
        near = nearest(key, keys_of_frame(frame).to_pylist()) if compared else None
        help = "rows are named by their keys, as the files write them"
        help = f"did you mean `{near.replace(BETWEEN, ', ')}`?" if near else help
        said = "with this key" if table.personal_key else f"`{key.replace(BETWEEN, ', ')}`"
        diagnostics.report("X072", row.span, help=help, key=said, table=table.name)
