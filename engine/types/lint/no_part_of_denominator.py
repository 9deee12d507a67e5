"""L061: a rate whose numerator counts rows that its denominator does not."""

from __future__ import annotations

from ...syntax import expr as ast
from ...syntax.expr import Expr
from ...syntax.print import print_expr
from .linted import Linted, conjuncts


def no_parts_of_denominators(of: Linted) -> None:
    """Report each quotient of two counts of the same rows where what the lower one asks for is not asked for above: it
    may come to more than 100%. A bare name stands for the definition that it names, on the same entity.
    """
    for one in of.written:
        if not (isinstance(one.node, ast.Arithmetic) and one.node.op == "/"):
            continue
        above, below = _count(of, one.path, one.node.left), _count(of, one.path, one.node.right)
        if above is None or below is None:
            continue
        if (above.rows.path, above.rows.top) != (below.rows.path, below.rows.top) or below.rows.top:
            continue
        asked = tuple(conjuncts(above.rows.where))
        lacking = [part for part in conjuncts(below.rows.where) if part not in asked]
        if lacking and above.rows.where != below.rows.where:
            help = f"add it above: `{_with(above, lacking[0])}`"
            of.report(one.path, "L061", above.span, help=help, text=print_expr(above), part=print_expr(lacking[0]))


def _count(of: Linted, path: str, expr: Expr) -> ast.Aggregate | None:
    """The count that an expression is, by itself or by the name of a definition of the same entity."""
    if isinstance(expr, ast.Name):
        entity = path.split(".")[1] if path.startswith(("definitions.", "criteria.")) else ""
        named = [one for one in of.policy.definitions if one.name == expr.name and one.entity.text == entity]
        expr = named[0].versions[-1].body if len(named) == 1 else expr
    is_count = isinstance(expr, ast.Aggregate) and expr.function == "count"
    return expr if is_count else None  # type: ignore[return-value]


def _with(count: ast.Aggregate, part: Expr) -> str:
    assert count.rows is not None
    where = print_expr(part) if count.rows.where is None else f"{print_expr(part)} and {print_expr(count.rows.where)}"
    return f"count({print_expr(count.rows.path)} where {where})"
