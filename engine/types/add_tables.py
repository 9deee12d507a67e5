"""The data model with what a policy adds to it: columns of standard tables, and tables of its own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

from ..model.table import Column, Table
from ..syntax import expr as ast
from ..syntax.expr import Expr
from ..syntax.policy import ColumnDeclaration, Policy, TableDeclaration
from ..text.diagnostic import Diagnostics
from . import complaints
from .check_expr import decimals
from .units import parse_unit

PLAIN_TYPES = ("text", "date", "truth", "number", "school_year", "enum")


def add_tables(standard: Mapping[str, Table], policy: Policy, diagnostics: Diagnostics) -> dict[str, Table]:
    """The tables of the model with the policy's `data:` put in. Unknown types and units, and names that are taken, are
    reported and left out.
    """
    tables = dict(standard)
    keys = {name: len(table.key) for name, table in standard.items()}
    keys.update((item.name, len(item.key)) for item in policy.data if item.key and item.name not in keys)
    for item in policy.data:
        known = tables.get(item.name)
        if known is None and not item.key:
            complaints.unknown_name(
                diagnostics,
                item.span,
                item.name,
                "among the tables of the data model",
                tables,
                "a new table needs a `key:`",
            )
            continue
        if known is not None and item.key:
            diagnostics.report("N010", item.span, name=item.name, what="a table of the data model")
            continue
        columns = [
            column for declared in item.columns if (column := _column(declared, keys, known, diagnostics)) is not None
        ]
        tables[item.name] = _extended(known, columns) if known is not None else _new(item, columns, diagnostics)
    return _with_persons(tables)


def _with_persons(tables: dict[str, Table]) -> dict[str, Table]:
    """The tables, of which those that have a person in their key are known to be of persons."""
    while True:
        more = [
            table
            for table in tables.values()
            if not table.personal_key and any(_names_a_person(table.column(key), tables) for key in table.key)
        ]
        if not more:
            return tables
        tables |= {table.name: replace(table, personal_key=True) for table in more}


def _names_a_person(column: Column | None, tables: Mapping[str, Table]) -> bool:
    return column is not None and (column.personal or (column.type in tables and tables[column.type].personal_key))


def _extended(known: Table, columns: list[Column]) -> Table:
    return replace(known, columns=(*known.columns, *columns))


def _new(item: TableDeclaration, columns: list[Column], diagnostics: Diagnostics) -> Table:
    names = {column.name for column in columns}
    for key in item.key:
        if key.text not in names and key.text not in {declared.name for declared in item.columns}:
            complaints.unknown_name(diagnostics, key.span, key.text, f"among the columns of `{item.name}`", names)
    return Table(
        name=item.name,
        rows_name=item.rows_name or f"{item.name}s",
        title=item.title,
        key=tuple(key.text for key in item.key if key.text in names),
        columns=tuple(columns),
        complete=item.complete is not False,
    )


def _column(
    declared: ColumnDeclaration, keys: Mapping[str, int], known: Table | None, diagnostics: Diagnostics
) -> Column | None:
    if known is not None and known.column(declared.name) is not None:
        diagnostics.report("N010", declared.span, name=declared.name, what=f"a column of {known.name}")
        return None
    kind = declared.type.text if declared.type is not None else ("enum" if declared.values else "number")
    if declared.type is not None and kind not in PLAIN_TYPES and kind not in keys:
        types = {*PLAIN_TYPES, *keys}
        help = f"it is {', '.join(f'`{one}`' for one in sorted(PLAIN_TYPES))}, or a table such as `school`"
        more = () if complaints.did_you_mean(kind, types) else (help,)
        complaints.unknown_name(diagnostics, declared.type.span, kind, "among the types", types, *more)
        return None
    if declared.type is not None and keys.get(kind, 1) != 1:
        complaints.needs_one_key(diagnostics, declared.type.span, "a column that names a row", kind, keys[kind])
        return None
    unit = declared.unit.text if declared.unit is not None else "count"
    if declared.unit is not None and parse_unit(unit) is None:
        complaints.unknown_unit(diagnostics, declared.unit.span, unit)
        return None
    if declared.stored == "percent" and declared.scale is not None and declared.scale < 2:
        form = "a scale for percent, which is that of the ratio"
        help = f"the ratio has two decimals more than files hold: write `scale: {declared.scale + 2}`"
        diagnostics.report("Y044", declared.span, found=declared.scale, form=form, help=help)
        return None
    ends = [end for end in (declared.at_least, declared.at_most) if end is not None]
    scale = declared.scale if declared.scale is not None else max([2 if "USD" in unit else 0, *map(_decimals, ends)])
    return Column(
        name=declared.name,
        type=kind,
        title=declared.title,
        values=declared.values,
        ordered=declared.ordered,
        unit=unit,
        scale=scale if declared.stored != "percent" else scale + (2 if declared.scale is None else 0),
        at_least=_value(declared.at_least),
        at_most=_value(declared.at_most),
        stored=declared.stored,
        bounded=declared.bounded,
        required=declared.required,
        personal=declared.personal,
    )


def _value(end: Expr | None) -> Decimal | None:
    match end:
        case ast.Number(value=value) | ast.Money(value=value):
            return value
        case ast.Percent(value=value):
            return value / 100
        case ast.Negate(operand=operand):
            inner = _value(operand)
            return None if inner is None else -inner
        case _:
            return None


def _decimals(end: Expr) -> int:
    if isinstance(end, ast.Negate):
        return _decimals(end.operand)
    if isinstance(end, ast.Percent):
        return decimals(end) + 2
    return decimals(end) if isinstance(end, (ast.Number, ast.Money)) else 0
