"""Decision tables and bands in an expression: sugar for a choice among their rows, in the version that is in force."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from ..syntax import expr as ast
from ..syntax.choice_tables import Bands, BandsVersion, Dated, DecisionTable, TableVersion, V
from ..syntax.expr import Expr
from ..syntax.walk import Node, transform
from . import complaints, units
from .cell_test import cell_test
from .check_in_force import by_version
from .check_names import renewed
from .checker import Checker, Scope
from .datatypes import UNKNOWN, Type, number
from .pending import MOST_LINES
from .table_gaps import report_gaps
from .table_result import as_written, result_type, settle
from .units import parse_unit


def table_as_choice(checker: Checker, expr: Expr, table: DecisionTable, scope: Scope, date: Expr | None = None) -> Type:
    """A decision table named in an expression: a chain of choices over its rows, checked in this scope. With `date`, or
    where each row has its own version, the version of that date.
    """
    wanted = result_type(checker, table)
    if wanted is None or any(len(one.rows) > MOST_LINES for one in table.versions):
        return UNKNOWN

    def chain(version: TableVersion) -> Expr:
        found: Expr = ast.Missing(span=expr.span)
        for row in reversed(version.rows):
            tests = tuple(
                cell_test(read, cell)
                for (_, read), cell in zip(version.inputs, row.cells, strict=True)
                if cell is not None
            )
            result = as_written(row.result, wanted, ast.Missing(span=row.span))
            if tests:
                test = tests[0] if len(tests) == 1 else ast.And(tests, span=row.span)
                result = ast.If(test, result, found, span=row.span)
            found = result
        return found

    found = _stand_in(checker, expr, table, chain, scope, date, wanted)
    if found.kind != "unknown":
        for version in table.versions:
            if (table.name, version.starts) not in checker.searched:
                checker.searched.add((table.name, version.starts))  # once is enough; a table in a ring would never end
                types = [checker.infer(renewed(read), scope) for _, read in version.inputs]
                report_gaps(checker, table.name, version, types)
    return found


def bands_as_choice(checker: Checker, expr: ast.Call, bands: Bands, scope: Scope, date: Expr | None = None) -> Type:
    """Bands called with a number: a chain of choices over their cuts, with the number in the place of `x`."""
    if len(expr.arguments) != 1:
        return complaints.wrong_arguments(checker.diagnostics, expr, bands.name, f"{bands.name}(x)")
    unit = parse_unit(bands.gives.text)
    if unit is None or any(len(one.rows) > MOST_LINES for one in bands.versions):
        return UNKNOWN
    cut = expr.arguments[0]

    def in_place(node: Node) -> Node:
        return cut if isinstance(node, ast.Name) and node.name == "x" else node

    def chain(version: BandsVersion) -> Expr:
        found: Expr = ast.Missing(span=expr.span)
        for row in reversed(version.rows):
            gives = transform(row.gives, in_place)
            open_ended = row.cut.low is None and row.cut.high is None
            found = gives if open_ended else ast.If(cell_test(cut, row.cut), gives, found, span=row.span)
        return found

    return _stand_in(checker, expr, bands, chain, scope, date, number(unit, 1, 0))


def _stand_in(
    checker: Checker,
    expr: Expr,
    item: Dated[V],
    chain: Callable[[V], Expr],
    scope: Scope,
    date: Expr | None,
    wanted: Type,
) -> Type:
    """Let `expr` stand for the rows of the version in force: of the run, or of the row's own date."""
    if date is not None or item.in_force_by is not None:
        body = by_version(item, [chain(one) for one in item.versions], date, expr.span)
    else:
        body = chain(item.versions[0])
    body = renewed(body)
    found = checker.stand_in(expr, body, scope, item.name, item.span)
    if found.kind == "nothing" or (found.kind != "unknown" and wanted.kind != "number"):
        found = settle(checker, body, wanted)
    if (
        found.kind == "number"
        and found.unit == units.PLAIN
        and not (wanted.unit.is_money or wanted.unit == units.RATIO)
    ):
        found = replace(found, unit=wanted.unit, literal=False)  # bare numbers alone: of the unit that it names
    if not item.begun and found.kind != "unknown":
        checker.renewed[expr.id] = nothing = ast.Missing("not in force", span=expr.span)
        found = checker.adopt(nothing, found.maybe())
    return found
