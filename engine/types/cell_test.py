"""An input cell of a table as a test: equal to a value, or within an interval."""

from __future__ import annotations

from ..syntax import expr as ast
from ..syntax.choice_tables import Interval
from ..syntax.expr import Expr


def cell_test(read: Expr, cell: Expr | Interval) -> Expr:
    """The test that `read` fits a cell which is not open to anything."""
    if not isinstance(cell, Interval):
        return ast.Comparison("=", read, cell, span=cell.span)
    ends: list[Expr] = []
    if cell.low is not None:
        ends.append(ast.Comparison(">=" if cell.low_in else ">", read, cell.low, span=cell.low.span))
    if cell.high is not None:
        ends.append(ast.Comparison("<=" if cell.high_in else "<", read, cell.high, span=cell.high.span))
    return ends[0] if len(ends) == 1 else ast.And(tuple(ends), span=ends[0].span)
