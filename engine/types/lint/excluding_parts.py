"""L021: parts of a condition that cannot hold together, or of which one always holds."""

from __future__ import annotations

from itertools import combinations

from ...syntax import expr as ast
from ...syntax.expr import Expr
from ...syntax.print import print_expr
from ...text.diagnostic import Label
from ..checked import ValueUse
from .linted import Linted, conjuncts
from .opposites import exclude, opposite, written_out


def excluding_parts(of: Linted) -> None:
    """Report `x >= 5 and x < 3`, which is never true, and `x >= 3 or x < 5`, which always is."""

    def is_value(name: Expr) -> bool:
        return isinstance(of.use_of(name), ValueUse)

    read = written_out(is_value)
    seen: set[int] = set()
    for one in of.written:
        node = one.node
        if not isinstance(node, ast.And | ast.Or) or node.id in seen:
            continue
        parts = list(conjuncts(node)) if isinstance(node, ast.And) else list(node.operands)
        seen.update(inner.id for inner in node.operands)
        for first, second in combinations(parts, 2):
            both = isinstance(node, ast.And)
            clash = exclude(first, second, read) if both else exclude(opposite(first), opposite(second), read)
            if clash:
                said = "is true of no row" if both else "is true of every row"
                help = "mostly `or` was meant, or a sign was mistaken" if both else "mostly `and` was meant"
                text = f"{print_expr(first)} {'and' if both else 'or'} {print_expr(second)}"
                others = (Label(first.span, "beside this"),)
                of.report(one.path, "L021", second.span, others=others, help=help, text=text, said=said)
                break
