"""What scenarios change of data, held to the data model and to the policy before any data are read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import TypeVar

from ....execution.contract import frame_of
from ....execution.given_rows import raw_rows
from ....execution.row_complaints import RowComplaints
from ....model.table import Table
from ....syntax.cases import GivenRow
from ....syntax.forms import intended
from ....syntax.policy import Word
from ....syntax.scenario import Scenario
from ....syntax.scenario_changes import Chosen, Growth
from ....text.diagnostic import Diagnostic, Diagnostics, Label
from ....text.source import Span
from ....text.suggest import nearest
from ....types.checked import CheckedPolicy
from ..grown_rows import SEED
from .chosen_rows import ChosenRows, check_chosen
from .row_keys import BETWEEN

_DAY = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$"


@dataclass(frozen=True, slots=True)
class AddedRow:
    """A row that a scenario adds to a table."""

    scenario: Scenario
    table: Table
    row: GivenRow

    @property
    def key(self) -> str:
        """Its key, as written."""
        cells = {name.text: value.text for name, value in self.row.cells}
        return BETWEEN.join(cells.get(name, "") for name in self.table.key)


@dataclass(frozen=True, slots=True)
class RemovedRow:
    """A row that a scenario removes, by its key: the columns of the key in their order."""

    scenario: Scenario
    table: Table
    row: GivenRow

    @property
    def key(self) -> str:
        """Its key, as written."""
        return BETWEEN.join(value.text for _, value in self.row.cells)


@dataclass(frozen=True, slots=True)
class SetRow(AddedRow):
    """A row that stays, by its key, with the cells that a scenario sets otherwise."""


Row = TypeVar("Row", bound=AddedRow | RemovedRow)


@dataclass(frozen=True, slots=True)
class GrowingRows:
    """Rows of a table that become more, or fewer, by a part; all of them where none are chosen."""

    table: Table
    chosen: Chosen | None
    by: Fraction
    seed: int
    meaning: str
    span: Span


@dataclass(frozen=True, slots=True)
class CheckedRows:
    """All changes of data as one. `policy` is that which says which rows are chosen."""

    added: tuple[AddedRow, ...]
    removed: tuple[RemovedRow, ...]
    chosen: tuple[tuple[Table, Chosen], ...]
    growing: tuple[GrowingRows, ...]
    choices: ChosenRows
    cells: tuple[SetRow, ...] = ()

    def __bool__(self) -> bool:
        """Whether anything changes."""
        return bool(self.added or self.removed or self.chosen or self.growing or self.cells)


def check_rows(checked: CheckedPolicy, scenarios: Sequence[Scenario], diagnostics: Diagnostics) -> CheckedRows | None:
    """The changes of data of some scenarios; nothing where one is at fault: a table or a column that there is not
    (D004, D005), cells that break the data contract (D018 to D028), rows that cannot be copied (X074), what is
    added and removed, or added twice in other words (X069), tests of rows that do not fit the policy.
    """
    own = Diagnostics()
    changing = sorted((one for one in scenarios if one.rows is not None), key=lambda one: repr((one.name, one.rows)))
    tables = tables_of(checked)
    added = list(_added(changing, tables, own))
    removed = list(_removed(changing, tables, own))
    chosen = {
        (table.name, one.meaning): (table, one)
        for scenario in changing
        for one in (scenario.rows.removed if scenario.rows else ())
        if (table := table_of(one.table, tables, own)) is not None
    }
    growing = {one.meaning: one for scenario in changing for one in _growing(scenario, tables, own)}
    tests = [(table, one) for table, one in chosen.values()]
    tests += [(one.table, one.chosen) for one in growing.values() if one.chosen is not None]
    choices = check_chosen(checked, tests, own)
    _check_cells(added, own)
    _check_cells(removed, own)
    _check_conflicts(added, removed, own)
    diagnostics.extend(own.sorted())
    if own.has_errors:
        return None
    kept = {(one.table.name, one.key): one for one in reversed(added)}
    gone = {(one.table.name, one.key): one for one in reversed(removed)}
    order = list(checked.tables)
    return CheckedRows(
        tuple(kept.values()),
        tuple(gone.values()),
        tuple(chosen[each] for each in sorted(chosen)),
        tuple(sorted(growing.values(), key=lambda one: (order.index(one.table.name), one.meaning))),
        choices,
    )


def tables_of(checked: CheckedPolicy) -> dict[str, Table]:
    """The tables whose rows scenarios can change, by what rows are called."""
    return {table.rows_name: table for table in checked.tables.values() if table.rows_name and table.name != "state"}


def table_of(name: Word, tables: Mapping[str, Table], diagnostics: Diagnostics) -> Table | None:
    """The table with rows of a name (D004)."""
    found = tables.get(name.text)
    if found is None:
        single = next((table.rows_name for table in tables.values() if table.name == name.text), None)
        near = single or nearest(name.text, tables)
        help = f"did you mean `{near}`?" if near else "`specie data describe` shows the tables and what rows are called"
        diagnostics.report("D004", name.span, help=help, table=name.text)
    return found


def _added(scenarios: Iterable[Scenario], tables: Mapping[str, Table], diagnostics: Diagnostics) -> Iterator[AddedRow]:
    for scenario in scenarios:
        for one in scenario.rows.added if scenario.rows else ():
            table = table_of(one.name, tables, diagnostics)
            if table is not None:
                yield from (AddedRow(scenario, table, row) for row in one.rows)


def _removed(
    scenarios: Iterable[Scenario], tables: Mapping[str, Table], diagnostics: Diagnostics
) -> Iterator[RemovedRow]:
    for scenario in scenarios:
        for one in scenario.rows.removed_keys if scenario.rows else ():
            table = table_of(one.table, tables, diagnostics)
            if table is not None:
                for row in one.keys:
                    key = _key_of(table, row, diagnostics)
                    if key is not None:
                        yield RemovedRow(scenario, table, key)


def _key_of(table: Table, row: GivenRow, diagnostics: Diagnostics) -> GivenRow | None:
    """The key that an entry of `remove` writes (D005 for a column that is none, D025 for one that is not written)."""
    cells = {name.text or table.key[0]: value for name, value in row.cells}
    for name, _ in row.cells:
        if name.text and name.text not in table.key:
            help = f"write the key alone: {', '.join(f'`{key}`' for key in table.key)}"
            diagnostics.report("D005", name.span, help=help, table=table.name, column=name.text)
            return None
    for key in table.key:
        if key not in cells or not cells[key].text:
            help = f"write each column of the key: {', '.join(f'`{one}: …`' for one in table.key)}"
            diagnostics.report("D025", row.span, help=help, column=key, table=table.name)
            return None
    return GivenRow(tuple((Word(text=key, span=cells[key].span), cells[key]) for key in table.key), row.span)


def _growing(scenario: Scenario, tables: Mapping[str, Table], diagnostics: Diagnostics) -> Iterator[GrowingRows]:
    rows = scenario.rows
    for one in rows.growth if rows else ():
        table = table_of(one.rows.table, tables, diagnostics)
        if table is None:
            continue
        if one.by > 0 and not _has_codes(table):
            help = f"add rows with `add:` `{table.rows_name}:`, or grow what they refer to"
            problem = "its key is not one code, so that a copy could not have its own"
            diagnostics.report("X074", one.span, help=help, table=table.name, problem=problem)
            continue
        seed = SEED if rows is None or rows.seed is None else rows.seed
        chosen, meaning = one.rows if one.rows.test else None, _meaning(table, one, seed)
        yield GrowingRows(table, chosen, one.by, seed, meaning, one.span)


def _has_codes(table: Table) -> bool:
    column = table.column(table.key[0])
    return len(table.key) == 1 and column is not None and column.type == "text"


def _meaning(table: Table, one: Growth, seed: int) -> str:
    return f"{table.name} {seed} {one.rows.meaning} {one.by}"


def _check_cells(rows: Sequence[AddedRow | RemovedRow], diagnostics: Diagnostics) -> None:
    """Rows that are added, and keys of rows that are removed, keep the data contract by themselves (D005, D020 to
    D028).
    """
    for table, several in by_file(rows):
        found = Diagnostics()
        required = [column.name for column in table.columns if column.required and isinstance(several[0], AddedRow)]
        raw = raw_rows(table, required, [one.row for one in several], found)
        complaints = RowComplaints(raw)
        frame_of(raw, complaints, complete=True)
        complaints.report(found)
        diagnostics.extend(in_words_of_scenarios(one, table) for one in found.sorted())


def by_file(rows: Sequence[Row]) -> list[tuple[Table, list[Row]]]:
    """Rows by the scenario that writes them and their table."""
    found: dict[tuple[str, str, str], list[Row]] = {}
    for one in rows:
        found.setdefault((one.table.name, one.scenario.source.name, one.scenario.name.text), []).append(one)
    return [(several[0].table, several) for several in found.values()]


def in_words_of_scenarios(found: Diagnostic, table: Table) -> Diagnostic:
    """A complaint of the contract with the cure that fits a row of a scenario, where the usual one is about
    dataset.yaml or a spreadsheet, or there is none.
    """
    if found.code == "D025" and not found.help:
        return replace(found, help=(f"write each column of the key: {', '.join(f'`{key}: …`' for key in table.key)}",))
    if found.code == "D020" and any("yyyy-mm-dd" in help for help in found.help):
        meant = intended(found.span.text, _DAY)
        written = f"write it as `{meant[0]}` (yyyy-mm-dd)" if meant else "write the day as in `2026-08-01` (yyyy-mm-dd)"
        return replace(found, help=(written,))
    if not any("dataset.yaml" in help for help in found.help):
        return found
    help = "write the row of another place, or of the policy's own" if found.code == "D029" else "write a number"
    return replace(found, help=(f"{help}, or leave it out",))


def _check_conflicts(added: Sequence[AddedRow], removed: Sequence[RemovedRow], diagnostics: Diagnostics) -> None:
    """A row is not added twice with other cells, and not added and removed (X069)."""
    found: dict[tuple[str, str], AddedRow] = {}
    for one in added:
        other = found.setdefault((one.table.name, one.key), one)
        same_file = other is not one and other.scenario is one.scenario  # a row twice is told by the contract
        if other is not one and not same_file and other.row != one.row:
            _conflict(one, one.row.span, "added", Label(other.row.span, "added with other cells here"), other.scenario,
                      diagnostics)  # fmt: skip
    for gone in removed:
        both = found.get((gone.table.name, gone.key))
        if both is not None:
            _conflict(both, gone.row.span, "removed", Label(both.row.span, "added here"), both.scenario, diagnostics)


def _conflict(row: AddedRow, span: Span, done: str, other: Label, scenario: Scenario, diagnostics: Diagnostics) -> None:
    secret = row.table.personal_key
    path = f"{row.table.rows_name}" if secret else f"{row.table.rows_name} {row.key.replace(BETWEEN, ', ')}"
    said = other.message.removesuffix(" here")
    diagnostics.report(
        "X069", span, others=(other,), help="leave one of them out", path=path, one=done, other=said,
        scenario=scenario.name.text,
    )  # fmt: skip
