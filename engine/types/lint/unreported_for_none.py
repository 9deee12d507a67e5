"""L043: a number of rows that is compared with none, where no row may mean that none was reported."""

from __future__ import annotations

from decimal import Decimal

from ...syntax import expr as ast
from ...syntax.print import print_expr
from ..checked import RowsUse
from .linted import Linted

MIRRORED = {"<": ">", "<=": ">=", ">": "<", ">=": "<="}


def unreported_for_none(of: Linted) -> None:
    """Report `count(ROWS) = 0` and its kin where the rows are not complete: where there are none, it is missing."""
    for one in of.written:
        node = one.node
        if not isinstance(node, ast.Comparison):
            continue
        left, right, op = node.left, node.right, str(node.op)
        if isinstance(right, ast.Aggregate):
            left, right, op = right, left, MIRRORED.get(op, op)
        if not (isinstance(left, ast.Aggregate) and isinstance(right, ast.Number) and left.function == "count"):
            continue
        if left.rows.where is not None or not _asks_for_none(op, right.value):
            continue
        use = of.use_of(left.rows)
        if isinstance(use, RowsUse) and use.relation is not None and not use.relation.complete:
            help = "where no row does mean that there is none, say so: `complete: yes`, in `data:` or in the dataset"
            of.report(one.path, "L043", node.span, help=help, text=print_expr(node), entity=use.entity)


def _asks_for_none(op: str, number: Decimal) -> bool:
    return op in (">=", "<") if number == 1 else number == 0 and op in ("=", "!=", "<=", ">")
