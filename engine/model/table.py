"""The shapes in which the standard data model is declared: tables, columns, keys, references, meanings. Data only."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column of a table.

    `type` is `text`, `date`, `truth`, `number`, `enum` (then `values`, and `ordered` where the order means something),
    `school_year` (a year such as 2026-27), or the name of an entity whose one-column key it holds (a reference).
    `unit` is a unit as policies write it (`USD/year`, `count`, `ratio`, `points` …); `scale` the decimals kept;
    `at_least` and `at_most` the range; `stored` is `percent` where files hold 5.2 for 5.2%, else `ratio`.
    `bounded` columns may hold "at least" or "at most" values. `required` columns are never missing. `error` is the
    column of the table that holds the relative standard error of this one, where publishers give it.
    """

    name: str
    type: str = "number"
    title: str = ""
    values: tuple[str, ...] = ()
    ordered: bool = False
    unit: str = "count"
    scale: int = 0
    at_least: Decimal | None = None
    at_most: Decimal | None = None
    stored: str = ""
    bounded: bool = False
    required: bool = False
    personal: bool = False
    error: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A kind of thing. `rows_name` is its plural in `over`; `key` its key columns (required by nature).

    `complete` says that a row that is not there does not exist; where it is false, no row may mean not reported.
    `label` is the column that names a row to people, `area` the column that ties a row to a jurisdiction (for `scope`).
    """

    name: str
    rows_name: str
    title: str
    key: tuple[str, ...]
    columns: tuple[Column, ...]
    complete: bool = True
    label: str = ""
    area: str = ""
    personal_key: bool = False

    def column(self, name: str) -> Column | None:
        """The column of a name, or nothing."""
        return next((column for column in self.columns if column.name == name), None)
