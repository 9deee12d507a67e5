"""What a dataset says of the error of a column: a percent, or the column of the table that has it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal

from ..model.table import Column, Table
from ..text.diagnostic import Diagnostics
from ..text.document import Node, Scalar
from ..text.suggest import nearest
from .dataset_file import TableSource

_PERCENT = re.compile(r"([0-9]{1,3}(?:[.][0-9]{1,4})?) ?%")
_COLUMN = re.compile(r"[a-z][a-z0-9_]*")


def column_error(node: Node | None, table: Table, column: Column, diagnostics: Diagnostics) -> Decimal | str:
    """The relative standard error of a column, as a ratio or as the name of a column; empty where none is said.

    Reported: what is neither (D057), the error of a column that holds no numbers (D058), a column that is not there or
    does not hold percents (D059).
    """
    if node is None:
        return ""
    text = node.text.strip() if isinstance(node, Scalar) else ""
    percent = _PERCENT.fullmatch(text)
    if percent is None and not _COLUMN.fullmatch(text):
        help = "write a percent such as `3%`, or the column of the table that has it"
        diagnostics.report("D057", node.span, help=help, found=" ".join(text.split()) or "a block")
        return ""
    if column.type != "number" or column.name in table.key:
        help = "take `error` out"
        diagnostics.report("D058", node.span, help=help, table=table.name, column=column.name)
        return ""
    if percent is not None:
        return Decimal(percent[1]) / 100
    return text if holds_error(table, text, node, diagnostics) else ""


def holds_error(table: Table, name: str, node: Node, diagnostics: Diagnostics) -> bool:
    """Whether a column of a table can hold relative standard errors; one that cannot is reported (D059)."""
    found = table.column(name)
    if found is not None and is_error_column(found):
        return True
    fitting = [one.name for one in table.columns if is_error_column(one)]
    near = nearest(name, fitting)
    help = f"did you mean `{near}`?" if near else "name a column of the table that holds percents, or write a percent"
    diagnostics.report("D059", node.span, help=help, table=table.name, column=name)
    return False


def declared_errors(table: Table, source: TableSource | None, columns: Iterable[str]) -> dict[str, Decimal | str]:
    """The relative standard errors of some columns of a table: those that the dataset says, else those of the model."""
    found: dict[str, Decimal | str] = {}
    for name in columns:
        said = source.columns.get(name) if source is not None else None
        column = table.column(name)
        error = (said.error if said is not None else "") or (column.error if column is not None else "")
        if error:
            found[name] = error
    return found


def is_error_column(column: Column) -> bool:
    """Whether a column can hold relative standard errors: shares that are never negative."""
    return (column.type, column.unit) == ("number", "ratio") and column.at_least is not None and column.at_least >= 0
