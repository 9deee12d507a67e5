"""L055: a minimum that is compared as if it were a maximum, or the other way round."""

from __future__ import annotations

from ...syntax import expr as ast
from ...syntax.expr import Expr
from ...syntax.print import print_expr
from .linted import Linted
from .unreported_for_none import MIRRORED
from .verdicts import parts, verdicts

LEAST = frozenset(("minimum", "min", "least"))
MOST = frozenset(("maximum", "max", "most"))


def names_against_comparisons(of: Linted) -> None:
    """Report `x <= minimum` and `x > minimum` wherever they stand, and `x < minimum` where being true helps the row: a
    minimum itself is enough. Of a maximum the same the other way round.
    """
    parameters = {item.name for item in of.policy.parameters}
    helping = {id(part): path for path, test in verdicts(of) for part in parts(test)}
    for one in of.written:
        node = one.node
        if not isinstance(node, ast.Comparison):
            continue
        for bar, op in ((node.right, str(node.op)), (node.left, MIRRORED.get(node.op, ""))):
            name = _name(bar)
            words = set(name.lower().split("_")) if name in parameters else set()
            least, most = bool(words & LEAST), bool(words & MOST)
            if least == most:
                continue
            wrong = ("<=", ">") if least else (">=", "<")
            wanted = ">=" if least else "<="
            if op in wrong or (id(node) in helping and op == ("<" if least else ">")):
                help = f"`{name}` says `{wanted}`; where the law means what is written here, give it another name"
                of.report(one.path, "L055", node.span, help=help, text=print_expr(node), name=name)


def _name(expr: Expr) -> str:
    if isinstance(expr, ast.AsOf):
        return _name(expr.value)
    return expr.name if isinstance(expr, ast.Name) else ""
